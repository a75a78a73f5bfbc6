"""The report of a lesson that says something else than is saved of it."""

import os
import pathlib
import shutil
import subprocess
import sys

import nbformat
import pytest

from alliance import words

ROOT = pathlib.Path(__file__).parents[1]


@pytest.mark.slow
def test_a_failing_lesson_is_told_what_stood_there_and_what_would_stand_there_now_whole(tmp_path):
    (tmp_path / "notebooks").mkdir()
    for name in (".pytest.ini", "notebooks/conftest.py"):
        shutil.copy(ROOT / name, tmp_path / name)
    os.symlink(ROOT / "notebooks" / "alliance", tmp_path / "notebooks" / "alliance")
    begin, end = (
        "Of all the allies that the newest edition counts, " * 20,
        "reached the guideline of two per cent of GDP.",
    )
    cell = nbformat.v4.new_code_cell(f"print({begin!r} + '17 ' + {end!r})", execution_count=1)
    cell.outputs = [nbformat.v4.new_output("stream", name="stdout", text=f"{begin}23 {end}\n")]
    shown = {kind: {"text/plain": "A guess", "text/x-answer": words.sealed(kind)} for kind in ("9 allies", "8 allies")}
    hidden = nbformat.v4.new_code_cell(f"display({shown['8 allies']}, raw=True)", execution_count=2)
    hidden.outputs = [nbformat.v4.new_output("display_data", shown["9 allies"])]
    nbformat.write(nbformat.v4.new_notebook(cells=[cell, hidden]), tmp_path / "notebooks" / "lesson.ipynb")
    command = [sys.executable, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", "notebooks/lesson.ipynb"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=120).stdout
    saved, now = told.index(f"{begin}23 {end}"), told.rindex(f"{begin}17 {end}")
    assert told.index("saved in the notebook:") < saved < told.index("a fresh run says:") < now
    assert "9 allies" in told and "8 allies" in told, "an answer that nobody can read in the file is told in words"
    assert "[23 → 17]" in told and "Skipping" not in told and "truncated" not in told
