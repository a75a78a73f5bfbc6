"""The course works wherever it lies: odd paths, other working directories, read-only, Windows line ends."""

import os
import pathlib
import shutil
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

pytestmark = pytest.mark.slow
ROOT = pathlib.Path(__file__).parents[1]
LESSON = "04_who_pays_for_what.ipynb"


@pytest.fixture
def course(tmp_path):
    place = tmp_path / "Schule Ünïcode 2026, Klasse 9b"
    for folder in ("notebooks", "data"):
        shutil.copytree(ROOT / folder, place / folder, ignore=shutil.ignore_patterns("__pycache__", ".*"))
    return place


def run(path, folder):
    """Run the notebook at `path` with `folder` as the kernel's working directory."""
    book = nbformat.read(path, as_version=4)
    NotebookClient(book, kernel_name="python3", resources={"metadata": {"path": str(folder)}}).execute()


def test_the_library_is_imported_from_any_working_directory(course, tmp_path):
    command = f"import sys; sys.path.insert(0, {str(course / 'notebooks')!r}); from alliance import *; print(len(load('members')))"
    said = subprocess.run([sys.executable, "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert int(said.stdout) == len(subprocess_members())


def subprocess_members():
    """The lines of members.csv after the header."""
    return (ROOT / "data" / "members.csv").read_text(encoding="utf-8").strip().splitlines()[1:]


def test_a_lesson_runs_from_a_read_only_disk_and_says_what_is_not_saved(course, walled_off):
    """Mounted read-only, for a root user could write into a folder that only says so."""
    folder = course / "notebooks"
    book = nbformat.read(folder / "00_start_here.ipynb", as_version=4)
    said = "from alliance.lesson import answers\nprint(answers.path().parent, answers.keep('How many?', 3))"
    book.cells.append(nbformat.v4.new_code_cell(said))
    nbformat.write(book, folder / "00_start_here.ipynb")
    furnish = (
        f"mount --bind '{course}' '{course}' && mount -o remount,bind,ro '{course}' && ! touch '{course}/x' 2>/dev/null"
    )
    script = (
        "import sys, nbformat; from nbclient import NotebookClient; book = nbformat.read(sys.argv[1], as_version=4)\n"
        "NotebookClient(book, resources={'metadata': {'path': sys.argv[2]}}).execute()\n"
        "print(book.cells[-1].outputs[0].text)"
    )
    own = {name: value for name, value in os.environ.items() if name != "ALLIANCE_ANSWERS"}
    done = walled_off("--mount", furnish, sys.executable, "-c", script, folder / "00_start_here.ipynb", folder, env=own)
    assert done.returncode == 0, done.stderr[-2000:]
    assert str(folder) in done.stdout and "could not be saved" in done.stdout, done.stdout


def test_a_lesson_runs_in_a_path_with_spaces_and_other_letters_and_with_windows_line_ends(course):
    for path in [*course.rglob("*.py"), *course.rglob("*.csv"), *course.rglob("*.js"), *course.rglob("*.css")]:
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    run(course / "notebooks" / LESSON, course / "notebooks")


def test_every_notebook_runs_with_only_loopback_up(walled_off):
    """Lesson 04 with a kernel, which speaks over loopback; the cells of all notebooks in one process."""
    script = """
import socket, sys
import lessons
from test_it_moves import LESSON, ROOT, run
run(ROOT / "notebooks" / LESSON, ROOT / "notebooks")
for path in lessons.PATHS:
    assert lessons.shown(path)
    print(path.name)
try:
    socket.create_connection(("192.0.2.1", 80), timeout=2)
except OSError:
    print("no way out")
"""
    loopback = "(ip link set lo up 2>/dev/null || ifconfig lo up)"
    there = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "tests"), str(ROOT / "notebooks")])}
    done = walled_off("--net", loopback, sys.executable, "-c", script, env=there)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.splitlines() == [
        *sorted(path.name for path in (ROOT / "notebooks").glob("[0-9]*.ipynb")),
        "no way out",
    ]
