"""The course works wherever it lies: odd paths, other working directories, read-only, Windows line ends."""

import os
import pathlib
import shutil
import stat
import subprocess
import sys

import nbformat
import pytest
from nbclient import NotebookClient

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


def test_a_lesson_runs_in_a_path_with_spaces_and_other_letters(course):
    run(course / "notebooks" / LESSON, course / "notebooks")


def test_the_library_is_imported_from_any_working_directory(course, tmp_path):
    command = f"import sys; sys.path.insert(0, {str(course / 'notebooks')!r}); from alliance import *; print(len(load('members')))"
    said = subprocess.run([sys.executable, "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert int(said.stdout) == len(subprocess_members())


def subprocess_members():
    """The lines of members.csv after the header."""
    return (ROOT / "data" / "members.csv").read_text(encoding="utf-8").strip().splitlines()[1:]


def test_a_lesson_runs_from_a_read_only_folder(course):
    for path in [*course.rglob("*"), course]:
        path.chmod(stat.S_IREAD | (stat.S_IEXEC if path.is_dir() else 0))
    try:
        run(course / "notebooks" / "00_start_here.ipynb", course / "notebooks")
    finally:
        for path in [course, *course.rglob("*")]:
            path.chmod(stat.S_IRWXU)


def test_windows_line_ends_change_nothing(course):
    for path in [*course.rglob("*.py"), *course.rglob("*.csv"), *course.rglob("*.js"), *course.rglob("*.css")]:
        path.write_bytes(path.read_bytes().replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"))
    run(course / "notebooks" / LESSON, course / "notebooks")


@pytest.mark.skipif(shutil.which("unshare") is None or os.name == "nt", reason="network namespaces are Linux's")
def test_every_notebook_runs_with_only_loopback_up(tmp_path):
    script = (
        "import pathlib, sys, nbformat\nfrom nbclient import NotebookClient\n"
        "for path in sorted(pathlib.Path(sys.argv[1]).glob('*.ipynb')):\n"
        "    NotebookClient(nbformat.read(path, as_version=4), resources={'metadata': {'path': sys.argv[1]}}).execute()\n"
        "    print(path.name, flush=True)\n"
        "import socket\n"
        "try:\n    socket.create_connection(('192.0.2.1', 80), timeout=2)\nexcept OSError:\n    print('no way out')\n"
    )
    command = [
        "unshare",
        "--net",
        "--map-root-user",
        "sh",
        "-c",
        'ip link set lo up 2>/dev/null || ifconfig lo up; exec "$@"',
        "sh",
        sys.executable,
        "-c",
        script,
        str(ROOT / "notebooks"),
    ]
    said = subprocess.run(command, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr[-2000:]
    assert said.stdout.splitlines() == [
        *(path.name for path in sorted((ROOT / "notebooks").glob("*.ipynb"))),
        "no way out",
    ]
