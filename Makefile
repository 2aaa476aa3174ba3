# Everything a person does with this repository, by name. It needs make and Python 3.11 or newer; the rest it installs.

PORT ?= 8080
WORKERS ?= 2
export PORT

SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help install run test lint types imports docs reference pictures lock clean bench

BIN := .venv/bin
RUN := $(BIN)/.installed-run
ALL := $(BIN)/.installed-all
BENCH_PYTHON := .bench/venv/bin/python
BENCH := .bench/venv/.installed
# The plugins that come with it, each a distribution of its own.
PLUGINS := $(sort $(wildcard plugins/*/pyproject.toml))
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input
LOCK := $(BIN)/uv pip compile pyproject.toml --quiet --group build --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate

help:  ## Say what can be asked for
	@$(FIND_PYTHON); "$$python" -c 'import re; [print(f"  make {n:11}{w}") for n, w in re.findall(r"(?m)^(\w+):.*?## (.*)", open("Makefile").read())]'

install: $(RUN)  ## Make the environment in .venv, and no more

run: $(RUN)  ## Start the console with made-up people, on 127.0.0.1:8080 (PORT=9000; CONFIG=config/derbyshire.toml)
	@CM_CONFIG="$(CONFIG)" exec $(BIN)/cm serve --demo

# Tests start many programs: what is compiled for one is kept for the next, whatever this machine does otherwise.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(ALL)  ## Run every test, on SQLite and on PostgreSQL
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS)

lint: $(ALL)  ## Look for slips of the pen, and for files not laid out alike (ruff format lays them out)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(ALL)  ## Check the types of the core
	$(BIN)/mypy

imports: $(ALL)  ## Check the walls between the folders
	$(BIN)/python -m tests.house.walls

docs: $(ALL)  ## Check that what the pages say is still so
	$(BIN)/python -m pytest -q -p no:randomly tests/house/test_documents.py tests/house/test_reference.py

reference: $(ALL)  ## Write the pages of docs/reference again, from what the software declares
	$(BIN)/python -m tests.house.reference
	$(BIN)/python -m tests.house.components

pictures: $(ALL)  ## Draw the pictures of the README again, from the made-up people
	$(BIN)/python docs/pictures/make.py

bench: $(BENCH)  ## Measure beside peers and the floor (ARGS="pages --rounds 30")
	$(BENCH_PYTHON) -W ignore -m bench $(ARGS)

lock: $(ALL)  ## Write the locks again from pyproject.toml
	$(LOCK) --all-extras --output-file requirements.lock
	$(LOCK) --extra console --extra evidence --extra postgres --constraint requirements.lock --output-file requirements-run.lock

clean:  ## Take away the environment and what tools leave; what was entered under var/ stays
	rm -rf .venv build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# --- the environment ---------------------------------------------------------------------------------------------

# The stamps are written last, so an install that was interrupted is done again.
$(RUN): requirements-run.lock pyproject.toml $(PLUGINS)
	@$(MAKE_VENV)
	@echo "Installing what the console needs …"
	@awk '/^[a-z]/ { wanted = /^uv==/ } wanted' requirements-run.lock > $(BIN)/uv.lock
	@$(PIP) install --quiet --require-hashes -r $(BIN)/uv.lock
	@$(call INSTALL, --require-hashes -r requirements-run.lock)
	@$(call INSTALL, --no-deps --no-build-isolation --no-index --editable . $(PLUGINS:%/pyproject.toml=--editable ./%))
	@: > $@

$(ALL): requirements.lock $(RUN)
	@echo "Installing what tests and checks need …"
	@$(call INSTALL, --require-hashes -r requirements.lock)
	@: > $@

# uv installs in a sixth of pip's time. Where it cannot reach the packages and pip, told of another place, can: pip.
define INSTALL
index=$${PIP_INDEX_URL:-$$($(PIP) config get global.index-url 2>/dev/null)}; \
UV_DEFAULT_INDEX="$$index" UV_HTTP_RETRIES=1 $(BIN)/uv pip install --quiet --python $(BIN)/python $(1) 2>$(BIN)/uv.log || \
	$(PIP) install --quiet $(1) || { cat $(BIN)/uv.log >&2; exit 1; }
endef

# The peers of the measurements have an environment of their own, beside the locked parts.
$(BENCH): requirements.lock bench/requirements.txt $(ALL)
	@echo "Installing the peers to measure beside …"
	@$(BIN)/uv venv --quiet --clear --python $(BIN)/python .bench/venv
	@$(BIN)/uv pip install --quiet --python $(BENCH_PYTHON) --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BENCH_PYTHON) -r bench/requirements.txt
	@: > $@

define MAKE_VENV
if ! { $(BIN)/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' && $(BIN)/python -m pip --version; } >/dev/null 2>&1; then \
	$(FIND_PYTHON); \
	echo "Making .venv with $$("$$python" --version) …"; \
	"$$python" -m venv --clear .venv || { \
		echo "This Python cannot make an environment. On Debian and Ubuntu: apt-get install python3-venv" >&2; exit 1; }; \
fi
endef

define FIND_PYTHON
python=; \
for each in $(PYTHON) python3.11 python3.12 python3.13 python3.14 python3 python; do \
	if "$$each" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; then python=$$each; break; fi; \
done; \
if [ -z "$$python" ]; then \
	echo "This needs Python 3.11 or newer, and there is none on the PATH. Install it, or name one: make PYTHON=/path/to/python3.11" >&2; \
	exit 1; \
fi
endef
