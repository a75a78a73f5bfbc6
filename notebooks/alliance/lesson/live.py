"""A class's guesses before the reveal: read from a folder in which each learner's answers are kept, for a teacher.

Whoever sets up the class gives each learner who takes part `ALLIANCE_ANSWERS=/srv/class/NAME.sqlite`; whoever does not
keeps a file elsewhere. Only first guesses of the one question are read, never positions or words, and no name is shown.
"""

import contextlib
import json
import math
import pathlib
import sqlite3

import ipywidgets as widgets

from .. import figures, words
from ..chart import Chart
from ..controls import Panel, Said
from . import answers

LARGEST = 20_000_000  # bytes of a file of answers
MOST, LONGEST = 60, 200  # parts of one guess, letters of one text
PATIENCE = 0.2  # seconds that one learner's file is waited for
QUERY = "SELECT kind, first FROM kept WHERE key = ? AND kind IN ('number', 'choice', 'ranking', 'order', 'line')"


def guesses(name, folder):
    """The first guesses of a class to the guess of that name ("04-a"), made before its answer was seen.

    Returns a list of (kind, question, guess), how many files there are, and a sentence for each that was not read.
    """
    paths, found, refused = sorted(pathlib.Path(folder).glob("*.sqlite")), [], []
    for path in paths:
        try:
            found += _read(path, name)
        except (sqlite3.Error, OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            refused.append(f"{path.name} ({str(error) or type(error).__name__})")
    return found, len(paths), refused


def _read(path, name):
    """The guess in one learner's file: a list of none or one."""
    if path.stat().st_size > LARGEST:
        raise ValueError(f"larger than {LARGEST // 1_000_000} MB")
    with contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=PATIENCE)) as file:
        if not file.execute("SELECT 1 FROM sqlite_master WHERE name = 'kept'").fetchone():
            return []  # nothing is guessed yet
        rows = file.execute(QUERY, (f"guess {name}",)).fetchall()
    return [taken for kind, first in rows if (taken := _taken(kind, json.loads(first)))]


def _taken(kind, made):
    """What counts of a kept guess, looked at before a chart is made of it; None if the answer had been seen."""
    if made.get("seen"):
        return None
    guess = made["guess"]
    texts = guess if isinstance(guess, list) else [guess]
    fits = {
        "number": lambda: _finite(guess),
        "choice": lambda: _short(guess),
        "line": lambda: all(len(pair) == 2 and all(map(_finite, pair)) for pair in texts) and texts,
    }.get(kind, lambda: all(map(_short, texts)) and len(set(texts)) == len(texts))
    if len(texts) > MOST or not fits():
        raise ValueError("the guess in it cannot be read")
    return kind, str(made.get("asked", ""))[:LONGEST], guess


def _finite(value):
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _short(value):
    return isinstance(value, str) and len(value) <= LONGEST


class OurClass(Panel):
    """The guesses of a class to one question in a chart, read again when a button is pressed."""

    def __init__(self, name, folder):
        self._name, self._folder = name, folder
        self._place, self._said = widgets.VBox(), Said()
        again = widgets.Button(description="Read again", layout=widgets.Layout(width="auto"))
        again.on_click(lambda _: self.read())
        super().__init__([again, self._said, self._place])
        self.read()

    @property
    def twin(self):
        return f"What the class guessed at {self._name}, before the data are shown."

    @property
    def said(self):
        """What was said last (HTML-escaped)."""
        return self._said.value

    def read(self):
        """Read the folder, and draw what the class guessed."""
        found, many, refused = guesses(self._name, self._folder)
        kinds = {kind for kind, _, _ in found}
        alike = [guess for kind, _, guess in found if kind == found[0][0]] if kinds else []
        told = f"{len(alike)} of {words.counted(many, 'learner')} guessed before the answer was seen."
        self._said.say(f"{told} Not read: {words.named(refused)}." if refused else told)
        if alike:
            self._draw(figures.class_guesses(alike, *found[0][:2]))

    def _draw(self, figure):
        if self._place.children:
            self._place.children[0].show(figure)
        else:
            self._place.children = [Chart(figure)]


def our_class(name, folder=None):
    """Show how a class guessed at `name` ("04-a"), from the learners' files in `folder`.

    Unless given, it is the folder of one's own file of answers.
    """
    return OurClass(name, folder or answers.path().parent)
