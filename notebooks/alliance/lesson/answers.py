"""What a learner answers, kept in one small local file that git ignores.

SQLite keeps it whole: two open notebooks, a killed kernel or a full disk cost at most the
answer being written, and `keep` says so. `ALLIANCE_ANSWERS` names another file (tests do).
"""

import contextlib
import json
import os
import pathlib
import sqlite3

NOTEBOOKS = pathlib.Path(__file__).parents[2]
_unsaved = {}


def path():
    """The file that holds the answers."""
    return pathlib.Path(os.environ.get("ALLIANCE_ANSWERS", NOTEBOOKS / ".answers.sqlite"))


@contextlib.contextmanager
def _opened():
    connection = sqlite3.connect(path(), timeout=5)
    try:
        with connection:
            connection.execute("CREATE TABLE IF NOT EXISTS answers (question TEXT PRIMARY KEY, answer TEXT NOT NULL)")
            yield connection
    finally:
        connection.close()


def keep(question, answer):
    """Save `answer` (anything JSON can hold); returns '' or a sentence that says why it is not on disk."""
    _unsaved[question] = answer
    try:
        with _opened() as connection:
            connection.execute("INSERT OR REPLACE INTO answers VALUES (?, ?)", (question, json.dumps(answer)))
    except (sqlite3.Error, OSError) as error:
        return f"Your answer counts in this session but could not be saved ({error}). Note it on paper, or copy the course to a folder you may write to."
    del _unsaved[question]
    return ""


def kept(question):
    """The answer to `question`, or None if there is none."""
    if question in _unsaved:
        return _unsaved[question]
    if not path().exists():
        return None
    try:
        with _opened() as connection:
            row = connection.execute("SELECT answer FROM answers WHERE question = ?", (question,)).fetchone()
    except (sqlite3.Error, OSError):
        return None
    return json.loads(row[0]) if row else None


def forget():
    """Delete every answer, for the next learner at this machine."""
    _unsaved.clear()
    path().unlink(missing_ok=True)
