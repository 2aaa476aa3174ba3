"""What is built holds all that the library and the console are made of, not only what one checkout happens to find."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from tests.house import sources

#: What is read by people who look after the files, not by the program.
LEFT_OUT = {".md"}


def test_a_built_wheel_holds_every_file_of_both_packages(tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    for path in sources.kept():
        if path.parts[0] in {"cmcore", "console", "pyproject.toml", "README.md", "LICENSE"}:
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(sources.ROOT / path, copy / path)
    built = subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", tmp_path, copy],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    [wheel] = tmp_path.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    needed = {
        path.as_posix()
        for path in sources.kept()
        if path.parts[0] in {"cmcore", "console"} and path.suffix not in LEFT_OUT
    }
    assert not needed - held
