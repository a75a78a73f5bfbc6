"""Answers are never lost: two notebooks at once, a killed kernel, a folder or disk that takes no more."""

import multiprocessing
import os
import pathlib
import random
import signal
import subprocess
import sys
import time

import pytest

from alliance.lesson import answers

NOTEBOOKS = pathlib.Path(__file__).parents[1] / "notebooks"


@pytest.fixture
def file(tmp_path, monkeypatch):
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers.sqlite"))
    monkeypatch.setattr(answers, "_unsaved", {})
    return tmp_path / "answers.sqlite"


def test_an_answer_is_there_after_a_restart(file):
    assert answers.keep("How many?", {"guess": [1, 2.5, "Ω"]}) == ""
    command = "from alliance.lesson import answers; print(answers.kept('How many?'))"
    said = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", command],
        cwd=NOTEBOOKS,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    )
    assert said.stdout.strip() == str({"guess": [1, 2.5, "Ω"]})


def _answer_many(name, count):
    for number in range(count):
        assert answers.keep(f"{name} {number}", number) == ""


def test_two_notebooks_answer_at_once(file):
    context = multiprocessing.get_context("spawn")
    notebooks = [context.Process(target=_answer_many, args=(name, 40)) for name in ("one", "two")]
    for notebook in notebooks:
        notebook.start()
    for notebook in notebooks:
        notebook.join()
        assert notebook.exitcode == 0
    assert [answers.kept(f"{name} {number}") for name in ("one", "two") for number in range(40)] == [
        *range(40),
        *range(40),
    ]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
def test_answers_survive_a_kernel_killed_while_answering(file):
    chance, kept = random.Random(6), -1
    program = "import itertools\nfrom alliance.lesson import answers\nfor n in itertools.count({start}):\n    assert answers.keep(f'answer {{n}}', n) == ''\n    print(n, flush=True)\n"
    for _ in range(8):
        kernel = subprocess.Popen(
            [sys.executable, "-c", program.format(start=kept + 1)], cwd=NOTEBOOKS, stdout=subprocess.PIPE, text=True
        )
        kernel.stdout.readline()
        time.sleep(chance.uniform(0, 0.05))
        os.kill(kernel.pid, signal.SIGKILL)
        said = [int(line) for line in kernel.stdout.read().split()]
        kernel.wait()
        kept = max([kept + 1, *said])
        assert [answers.kept(f"answer {number}") for number in range(kept + 1)] == list(range(kept + 1))


def test_a_learner_is_told_when_the_folder_takes_no_file(file, monkeypatch, tmp_path):
    (tmp_path / "a_file").write_text("")
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "a_file" / "answers.sqlite"))
    said = answers.keep("How many?", 3)
    assert "could not be saved" in said
    assert answers.kept("How many?") == 3, "the answer counts in this session all the same"


ON_A_FULL_DISK = """
import pathlib, sys
from alliance.lesson import answers
disk = pathlib.Path(sys.argv[1])
print(repr(answers.keep("before", "safe")))
with open(disk / "filler", "wb", buffering=0) as filler:
    try:
        while filler.write(bytes(512)):
            pass
    except OSError as error:
        print(error.strerror)
    for number in range(40):
        said = answers.keep(f"while full {number}", "x" * 2000)
        if said:
            break
    print("told" if "could not be saved" in said else "not told", answers.kept(f"while full {number}") == "x" * 2000)
answers._unsaved.clear()
print(answers.kept("before"), [answers.kept(f"while full {each}") == "x" * 2000 for each in range(number)].count(False))
(disk / "filler").unlink()
print(repr(answers.keep("after", "safe too")), answers.kept("before"), answers.kept("after"))
"""


def test_a_full_disk_costs_only_the_new_answer(tmp_path, walled_off):
    """A disk of 128 KB, mounted for this test and filled to the last byte."""
    own = os.environ | {"ALLIANCE_ANSWERS": str(tmp_path / "answers.sqlite")}
    mount = f"mount -t tmpfs -o size=128k none '{tmp_path}'"
    done = walled_off("--mount", mount, sys.executable, "-c", ON_A_FULL_DISK, tmp_path, cwd=NOTEBOOKS, env=own)
    assert done.returncode == 0, done.stderr[-1500:]
    assert done.stdout.splitlines() == ["''", "No space left on device", "told True", "safe 0", "'' safe safe too"]


def test_a_damaged_file_is_told_and_does_not_stop_the_lesson(file):
    file.write_bytes(b"not a database at all" * 100)
    assert answers.kept("How many?") is None
    assert "could not be saved" in answers.keep("How many?", 3)
    assert answers.kept("How many?") == 3


def test_no_test_writes_among_a_learners_answers():
    assert answers.path() != NOTEBOOKS / ".answers.sqlite"
