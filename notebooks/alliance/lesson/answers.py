"""What a learner answers, kept in one small local file that git ignores.

SQLite keeps it whole: two open notebooks, a killed kernel or a full disk cost at most the
answer being written, and `keep` says so. The first value of an answer stays, however often it is
given again; the latest stands beside it. Times are in UTC, values are anything JSON can hold.
`ALLIANCE_ANSWERS` names another file (tests do), or is `visit`: a file for this kernel alone,
where many people share one account. A file of an earlier version of the course is taken over.
"""

import atexit
import contextlib
import datetime
import functools
import json
import os
import pathlib
import random
import sqlite3
import tempfile
import time

NOTEBOOKS = pathlib.Path(__file__).parents[2]
FORMAT = 2  # of a row; the rows of version 1 had a question and an answer
PATIENCE = 0.8  # seconds that a locked file is waited for, once in LOCKED seconds
LOCKED = 60
NAP = 0.0005, 0.002  # seconds between two tries
FIELDS = ("lesson", "kind", "key", "first", "first_time", "latest", "latest_time", "format")
TABLE = """CREATE TABLE IF NOT EXISTS kept (lesson TEXT NOT NULL, kind TEXT NOT NULL, key TEXT PRIMARY KEY,
    first TEXT NOT NULL, first_time TEXT NOT NULL, latest TEXT NOT NULL, latest_time TEXT NOT NULL,
    format INTEGER NOT NULL)"""
# The first value stays; lesson and kind are learnt when they are said.
WRITE = """INSERT INTO kept VALUES (:lesson, :kind, :key, :first, :first_time, :latest, :latest_time, :format)
    ON CONFLICT (key) DO UPDATE SET
    latest = excluded.latest, latest_time = excluded.latest_time, format = excluded.format,
    lesson = coalesce(nullif(excluded.lesson, ''), lesson), kind = coalesce(nullif(excluded.kind, ''), kind)"""

_unsaved = {}  # rows that are not on disk, by key; None: to be deleted
_read = {"stamp": None, "rows": {}, "trouble": "", "locked": float("-inf")}


def path():
    """The file that holds the answers."""
    where = os.environ.get("ALLIANCE_ANSWERS", NOTEBOOKS / ".answers.sqlite")
    return pathlib.Path(_visit().name, "answers.sqlite") if where == "visit" else pathlib.Path(where)


@functools.cache
def _visit():
    """A folder of this kernel alone, gone with it."""
    return tempfile.TemporaryDirectory(prefix="alliance-")


def _opened(work):
    """What `work` gives of a connection, whose changes are written together at its end.

    A locked file is waited for once, then no more. It is tried every millisecond or two: SQLite by itself tries less
    and less often, and beside a notebook that writes without a pause it never finds the file free.
    """
    began = time.monotonic()
    patience = PATIENCE if began - _read["locked"] > LOCKED else 0
    while True:
        try:
            with contextlib.closing(sqlite3.connect(path(), timeout=0)) as connection, connection:
                done = work(connection)
            _read["locked"] = float("-inf")
            return done
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            if time.monotonic() - began >= patience:
                _read["locked"] = time.monotonic() if patience else _read["locked"]
                raise
        time.sleep(random.uniform(*NAP))


def _tables(connection):
    return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}


def _of_version_1(connection):
    found = connection.execute("SELECT question, answer FROM answers")
    return [dict(zip(FIELDS, ("", "", key, answer, "", answer, "", 1))) for key, answer in found]


def _on_disk(connection):
    """All rows by key, those of version 1 as well."""
    tables = _tables(connection)
    old = _of_version_1(connection) if "answers" in tables else []
    new = connection.execute(f"SELECT {', '.join(FIELDS)} FROM kept") if "kept" in tables else ()
    return {row["key"]: row for row in [*old, *(dict(zip(FIELDS, row)) for row in new)]}


def _stamp():
    """What tells whether the file has changed; its last part is None where there is none."""
    try:
        found = path().stat()
    except (FileNotFoundError, NotADirectoryError):
        return path(), None
    return path(), (found.st_mtime_ns, found.st_size)


def _rows():
    """All rows by key: read once a kernel, and again when the file has changed."""
    try:
        if (stamp := _stamp()) != _read["stamp"]:
            _read.update(stamp=None, rows={}, trouble="")
            if stamp[1] is not None:
                _read["rows"] = _opened(_on_disk)
            _read["stamp"] = stamp
    except (sqlite3.Error, OSError) as error:  # the next question asks again, without waiting
        _read["trouble"] = f"Your earlier answers cannot be read now ({error})."
    return {key: row for key, row in (_read["rows"] | _unsaved).items() if row is not None}


def trouble():
    """'' or a sentence that says why earlier answers are missing."""
    _rows()
    return _read["trouble"]


def _write(connection):
    """Write what is not on disk yet."""
    connection.execute("PRAGMA secure_delete = ON")  # what is taken away leaves no trace in the file
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(TABLE)
    if "answers" in _tables(connection):
        connection.executemany(WRITE, _of_version_1(connection))
        connection.execute("DROP TABLE answers")
    for key, row in _unsaved.items():
        if row is None:
            connection.execute("DELETE FROM kept WHERE key = ?", (key,))
        else:
            connection.execute(WRITE, row)


def save():
    """Write to disk what was noted. Returns '' or a sentence that says why it could not be;
    then it is tried again with the next answer, and when the kernel ends.
    """
    if not _unsaved:
        return ""
    try:
        if not (_stamp()[1] or (0, 0))[1]:  # JupyterLite's drive wants the table there before it is written to
            _opened(lambda connection: connection.execute(TABLE))
        _opened(_write)
    except (sqlite3.Error, OSError) as error:
        return (
            f"Your answer counts in this session but could not be saved ({error}). Note it on paper, or copy the "
            "course to a folder you may write to."
        )
    _unsaved.clear()
    _read["stamp"] = None
    return ""


atexit.register(save)


def note(key, value, *, lesson=None, kind=None):
    """As `keep`, but to be written with the next `save`; whoever asks in this kernel has it at once."""
    written, now = json.dumps(value), datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    before = _rows().get(key, {"lesson": "", "kind": "", "first": written, "first_time": now})
    _unsaved[key] = None if value is None else before | {
        "lesson": lesson or before["lesson"],
        "kind": kind or before["kind"],
        "key": key,
        "latest": written,
        "latest_time": now,
        "format": FORMAT,
    }  # fmt: skip


def keep(key, value, *, lesson=None, kind=None):
    """Keep `value` as the latest answer to `key`, and as the first if there is none; None takes the answer away.

    `lesson` ("04") and `kind` ("number") say where it was given and how to read it.
    Returns '' or a sentence that says why it is not on disk; then it is tried again with the next answer.
    """
    note(key, value, lesson=lesson, kind=kind)
    return save()


def kept(key):
    """The latest answer to `key`, or None if there is none."""
    row = _rows().get(key)
    return row and json.loads(row["latest"])


def first(key):
    """The first answer to `key`, whatever came later, or None if there is none."""
    row = _rows().get(key)
    return row and json.loads(row["first"])


def all():
    """Every answer, a dict each of lesson, kind, key, first, first_time, latest, latest_time and format."""
    return [row | {name: json.loads(row[name]) for name in ("first", "latest")} for row in _rows().values()]


def forget():
    """Delete every answer, for the next learner at this machine."""
    _unsaved.clear()
    path().unlink(missing_ok=True)
