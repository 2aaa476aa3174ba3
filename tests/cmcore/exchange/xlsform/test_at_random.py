"""Workbooks at random: each makes a form that works from its frozen copy, or says by sentence why it makes none."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from cmcore.forms import describe, freeze, json_schema, read, thaw
from cmcore.forms.standing import first_values, standing
from tests.cmcore.exchange.xlsform.made_workbooks import reading

COLUMNS = (
    *("type", "name", "label::English (en)", "label::Cymraeg (cy)", "relevant", "constraint", "constraint_message"),
    *("calculation", "required", "default", "choice_filter", "appearance", "repeat_count", "readonly"),
)
NAMES = "abcdef"
TYPES = st.sampled_from(
    [*("text", "integer", "decimal", "date", "note", "calculate", "hidden", "acknowledge", "image", "range", "today")]
    + [*("select_one yn", "select_multiple yn", "rank yn", "select_one yn or_other", "deviceid", "geotrace", "file")]
    + ["begin group", "begin repeat", "end"]
)
EXPRESSIONS = st.sampled_from(
    [*("", "", "", "${a}='yes'", "${b}>3", "selected(${c},'no')", "sum(${d})", "count(${e})", "position(..)=1")]
    + [*(". < ${a}", "regex(.,'a+')", "today()", "concat(${a},${b})", "jr:choice-name(${a},'${a}')", "once(now())")]
    + ["if(${a}='x',1,2)", "indexed-repeat(${a}, ${b}, 1)", "pulldata('a','b')"]
)
ROWS = st.tuples(
    TYPES,
    st.sampled_from(["Label", "Hi ${a}", ""]),
    st.sampled_from(["", "Helo"]),
    EXPRESSIONS,
    EXPRESSIONS,
    st.sampled_from(["", "No ${b}!"]),
    EXPRESSIONS,
    st.sampled_from(["", "yes", "${a}='1'"]),
    st.sampled_from(["", "3", "today()", "yes"]),
    st.sampled_from(["", "", "g = ${a}"]),
    st.sampled_from(["", "likert", "multiline"]),
    st.sampled_from(["", "2", "${b}"]),
    st.sampled_from(["", "", "yes"]),
)
CHOICES = [("list_name", "name", "label", "g"), ("yn", "yes", "Yes", "1"), ("yn", "no", "No", "2")]


def survey(drawn: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The rows with a name each, every group closed, and every name asked for somewhere."""
    rows, still_open, free = [COLUMNS], [], list(NAMES)
    for kind, *rest in drawn:
        if kind == "end":
            if still_open:
                rows.append((f"end {still_open.pop()}",))
            continue
        if kind.startswith("begin"):
            still_open.append(kind.split()[1])
        rows.append((kind, free.pop(0), *rest))
    rows += [(f"end {each}",) for each in reversed(still_open)]
    return rows + [("text", name, "Text") for name in free]


@settings(max_examples=60)
@given(st.lists(ROWS, max_size=len(NAMES)).map(survey))
def test_a_workbook_makes_a_form_that_works_or_says_why_not(rows: list[tuple[str, ...]]) -> None:
    found = reading(survey=rows, choices=CHOICES)
    assert (found.form is None) == bool(found.findings)
    assert all(one.message and one.file for one in (*found.findings, *found.left_out))
    if found.form is None:
        return
    form = thaw(freeze(found.form))
    assert freeze(form) == freeze(found.form) and describe(form) == describe(found.form)
    assert json_schema(form)["properties"]
    read(form, first_values(form))
    read(form, {one.key: "yes" for one in form.questions if one.asks}, draft=True)
    standing(form, {one.key: [{"a": 1}, {}] for one in form.questions})
