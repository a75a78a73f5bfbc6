"""Hand in: what a learner guessed, judged, answered and wrote, as one file that people and the class page can read.

Never positions, unless they are ticked; a name only if one is written. Nothing is sent: the file is
written on this computer, and who gets it is the learner's own choice.
"""

import datetime
import json
import pathlib
import re

import ipywidgets as widgets

from .. import checks, claims, data
from ..controls import Panel, Said, labelled, switch
from . import answers
from .drafts import Draft

FORMAT = 1  # of the file
KINDS = (
    "number", "choice", "ranking", "order", "line", "card", "verdict", "check", "sentences", "words", "piles",
    "setting",
)  # fmt: skip
POSITIONS = ("position", "scales")
FIELDS = ("lesson", "kind", "key", "asked", "first", "first_time", "latest", "latest_time")


def handed_in(name="", positions=False):
    """What is handed in, as a dict that JSON can hold; rows are sorted by lesson, time and key."""
    kinds = KINDS + (POSITIONS if positions else ())
    rows = [row | {"asked": asked(row)} for row in answers.all() if row["kind"] in kinds]
    rows.sort(key=lambda row: (row["lesson"], row["first_time"], row["key"]))
    return {
        "alliance": "hand-in",
        "format": FORMAT,
        "name": name.strip(),
        "written": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "rows": [{field: row[field] for field in FIELDS} for row in rows],
    }


def asked(row):
    """What was asked where a kept answer was given, in words."""
    identifier = row["key"].split()[-1]
    if row["kind"] in ("number", "choice", "ranking", "order", "line"):
        return row["latest"].get("asked", "") if isinstance(row["latest"], dict) else row["key"]
    if row["kind"] == "check":
        return checks.check(identifier).question if identifier in checks.ids() else row["key"]
    if row["kind"] in ("card", "verdict"):
        return claims.claim(identifier)["claim"] if identifier in set(data.load("claims")["id"]) else row["key"]
    return row["key"]


def written(name="", positions=False, folder=None):
    """Write the file into `folder`, or beside the notebooks; returns its path."""
    plain = re.sub(r"[^\w-]+", "-", name.strip()).strip("-")[:40] or "no-name"
    path = pathlib.Path(folder or answers.NOTEBOOKS, f"hand-in-{plain}.json")
    path.write_text(json.dumps(handed_in(name, positions), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return path


class HandIn(Panel):
    """A box for a name, a box to tick for the positions, a button that writes the file."""

    def __init__(self):
        self.name = labelled(widgets.Text(description="Name or sign, if you like"))
        self._draft = Draft("name to hand in", "name")
        if isinstance(before := self._draft.kept(), str):
            self.name.value = before
        self.name.observe(lambda change: self._draft.note(change["new"] or None), "value")
        self.positions = switch("with my positions of lesson 10")
        self._said = Said()
        button = widgets.Button(
            description="Write the file", button_style="primary", layout=widgets.Layout(width="auto")
        )
        button.on_click(lambda _: self.write())
        super().__init__([self.name, self._draft.line, self.positions, button, self._said])

    @property
    def twin(self):
        return "Hand in: one file with your first guesses, answers and words; never your positions unless you tick it."

    def write(self):
        """Write the file, and say where it is and what it holds."""
        many = len(handed_in(self.name.value, self.positions.value)["rows"])
        try:
            path = written(self.name.value, self.positions.value)
        except OSError as error:
            self._said.say(f"The file could not be written ({error}). Copy the course to a folder you may write to.")
            return
        self._said.say(
            f"{path.name} stands beside the notebooks: {many} answers. Nothing was sent; give it to whom you choose."
        )


def hand_in():
    """Write what you guessed, answered and wrote into one file for your class; positions only if ticked."""
    return HandIn()
