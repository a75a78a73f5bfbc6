"""Answers are never lost: two notebooks at once, a killed kernel, a folder or disk that takes no more."""

import contextlib
import json
import multiprocessing
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

from alliance.lesson import answers

NOTEBOOKS = pathlib.Path(__file__).parents[1] / "notebooks"


@pytest.fixture
def file(memory, monkeypatch):
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(memory / "answers.sqlite"))
    monkeypatch.setattr(answers, "_unsaved", {})
    return memory / "answers.sqlite"


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
    answers.keep("How many?", 4)
    assert (answers.first("How many?"), answers.kept("How many?")) == (3, 4)


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
    assert answers.kept("How many?") is None and "cannot be read" in answers.trouble()
    assert "could not be saved" in answers.keep("How many?", 3)
    assert answers.kept("How many?") == 3


def test_the_first_answer_stays_beside_the_latest(file):
    for value in (20, 17, 16):
        assert answers.keep("How many?", value, lesson="04", kind="number") == ""
    assert (answers.first("How many?"), answers.kept("How many?")) == (20, 16)
    answers.keep("How many?", 15)
    (row,) = answers.all()
    assert (row["lesson"], row["kind"], row["first"], row["latest"]) == ("04", "number", 20, 15)
    assert row["first_time"] <= row["latest_time"] and row["latest_time"].endswith("+00:00")


def test_an_answer_taken_away_leaves_nothing_behind(file):
    answers.keep("Position", {"agree": 3})
    answers.keep("Position", None)
    assert answers.kept("Position") is answers.first("Position") is None and not answers.all()
    assert b"agree" not in file.read_bytes()


def older(file, **rows):
    """A file as the course wrote it before there were first answers."""
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, answer TEXT NOT NULL)")
        connection.executemany(
            "INSERT INTO answers VALUES (?, ?)", [(key, json.dumps(value)) for key, value in rows.items()]
        )


def test_a_file_of_an_earlier_version_is_taken_over(file):
    older(file, old=[1, 2], older="Ω")
    assert (answers.kept("old"), answers.first("older")) == ([1, 2], "Ω")
    assert answers.keep("new", 3) == answers.keep("old", [2, 1]) == ""
    assert (answers.first("old"), answers.kept("old"), answers.kept("older"), answers.kept("new")) == (
        [1, 2],
        [2, 1],
        "Ω",
        3,
    )
    with contextlib.closing(sqlite3.connect(file)) as connection:
        assert [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")] == [
            "kept"
        ]
    older(file, old=[5, 5])  # the earlier version once more, on the same file
    assert answers.keep("new", 4) == "" and answers.first("old") == [1, 2] and answers.kept("old") == [5, 5]


@pytest.fixture
def connections(monkeypatch):
    """What is asked of each connection to the file, from now on."""
    opened, connect = [], sqlite3.connect

    def watched(*arguments, **options):
        connection = connect(*arguments, **options)
        opened.append([])
        connection.set_trace_callback(opened[-1].append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", watched)
    return opened


def test_the_file_is_read_once_a_kernel_and_again_when_another_notebook_answers(file, connections):
    for number in range(5):
        answers.keep(f"answer {number}", number)
    connections.clear()
    assert [answers.kept(f"answer {number}") for number in range(300)] == [*range(5), *[None] * 295]
    assert len(connections) == 1 and sum("FROM kept" in asked for asked in connections[0]) == 1
    older(file, other="from another notebook")
    assert answers.kept("other") == "from another notebook"


def test_a_table_is_on_disk_before_it_is_written_to(file, connections):
    """JupyterLite's drive loses a first answer otherwise."""
    answers.keep("How many?", 3)
    created = [number for number, asked in enumerate(connections) if any("CREATE TABLE" in one for one in asked)]
    written = [number for number, asked in enumerate(connections) if any("INSERT" in one for one in asked)]
    assert written and created[0] < written[0]


def test_a_locked_file_costs_a_second_once_and_is_told(file):
    answers.keep("before", "safe")
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        began = time.monotonic()
        assert all(answers.kept(f"answer {number}") is None for number in range(100)) and answers.kept("before") is None
        assert "locked" in answers.trouble() and "could not be saved" in answers.keep("before", "later")
        assert "could not be saved" in answers.keep("while locked", 3) and answers.kept("while locked") == 3
        assert time.monotonic() - began < 2
    assert answers.kept("before") == "later" and answers.trouble() == "", "nothing is to be said any more"
    assert answers.keep("after", 4) == "" and answers.first("before") == "safe"
    answers._unsaved.clear()
    assert (answers.kept("while locked"), answers.kept("after")) == (3, 4)


VISIT = "from alliance.lesson import answers; print(answers.kept('How many?'), answers.keep('How many?', 3), answers.kept('How many?'), answers.path())"


def test_a_visit_sees_no_other_and_leaves_nothing():
    for _ in range(2):
        own = os.environ | {"ALLIANCE_ANSWERS": "visit"}
        done = subprocess.run(
            [sys.executable, "-c", VISIT], cwd=NOTEBOOKS, env=own, capture_output=True, text=True, check=True
        )
        before, after, place = done.stdout.split()
        assert (before, after) == ("None", "3") and not pathlib.Path(place).parent.exists()


def test_no_test_writes_among_a_learners_answers():
    assert answers.path() != NOTEBOOKS / ".answers.sqlite"
