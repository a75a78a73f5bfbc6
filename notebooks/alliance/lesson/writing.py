"""A desk to write at: it looks for evidence in a text, kindly, and has no view of its opinion.

What it finds are words and numbers, not meaning. The text is kept on this computer and never run.
"""

import html
import re

import ipywidgets as widgets

from .. import data
from ..controls import Panel, Said
from . import answers

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATE = rf"\b(?:(?:{MONTHS})\s+)?(?:1[89]|20)\d\d\b"
DOUBT = (
    r"\b(may|might|could|perhaps|probably|unclear|uncertain|unknown|doubt|doubtful|depends|estimated?|however|although"
    r"|whether|unless|disputed|not known|cannot know|do not know|not sure|hard to say|on the other hand|not proved)\b"
)
SHORT = ("NATO", "SIPRI", "Kiel", "V-Dem", "Congress")  # how people name some publishers of ours


def numbers(text):
    """The numbers in a text that look like data: no years, no article numbers, no claim ids."""
    bare = re.sub(r"\bA\d-\d+\b|\b(?:[Aa]rticles?|[Ll]essons?|[Ss]ections?)\s+\d+", " ", text)
    found = re.findall(r"(?<![\w.,])\d[\d,.]*(?:\s?%)?", bare)
    return [number.rstrip(".,") for number in found if not re.fullmatch(r"(1[89]|20)\d\d", number.rstrip(".,"))]


def publishers(text):
    """The publishers of our sources, and a few short names for them, that a text names."""
    known = [name.split(",")[0].split(" (")[0] for name in data.load("sources")["publisher"].unique()]
    return [name for name in dict.fromkeys([*SHORT, *known]) if re.search(rf"\b{re.escape(name)}\b", text)]


def dates(text):
    """The years and months a text names."""
    return re.findall(DATE, text)


def doubts(text):
    """The words and phrases in a text that own up to a doubt; the month of May is none."""
    return re.findall(DOUBT, re.sub(DATE, " ", text).replace("May ", " ").lower())


class Desk(Panel):
    """A place for a text, a button, and what was found in it."""

    def __init__(self, question, words, points):
        self.question, self._words, self._points = question, words, points
        self.text = widgets.Textarea(
            placeholder=f"about {words} words", layout=widgets.Layout(width="100%", height="220px"), rows=9
        )
        self.text.description = "Your text"
        self.text.style.description_width = "initial"
        self._found, self._said = widgets.HTML(), Said()
        button = widgets.Button(
            description="Look at my text", button_style="primary", layout=widgets.Layout(width="auto")
        )
        button.on_click(lambda _: self.look())
        super().__init__([Said(question, css="abn-ask"), self.text, button, self._said, self._found])
        before = answers.kept(question)
        if isinstance(before, str):
            self.text.value = before

    @property
    def twin(self):
        return f"Write here: {self.question}"

    def findings(self):
        """What the text holds, a line each, with whether it is enough."""
        text = self.text.value
        count, found = len(text.split()), [numbers(text), publishers(text), dates(text), doubts(text)]
        cited = bool(found[1]) and bool(found[2])
        return [
            (count >= self._words * 0.8, f"{count} words, of about {self._words}."),
            (len(found[0]) >= self._points, f"Data points, {self._points} wanted: {_listed(found[0])}."),
            (cited, f"A source with its date: {_listed(found[1])}; dates: {_listed(found[2])}."),
            (bool(found[3]), f"A doubt: {_listed(found[3])}."),
        ]

    def look(self):
        """Say what was found, and save the text."""
        trouble = answers.keep(self.question, self.text.value)
        if not self.text.value.strip():
            self._found.value = ""
            self._said.say("Write a sentence first; it may be a bad one.")
            return
        findings = self.findings()
        there = sum(enough for enough, _ in findings)
        said = (
            f"{there} of {len(findings)} are there. I look for words and numbers only: whether they are right, "
            "and what you conclude, is yours."
        )
        self._said.say(" ".join(part for part in (said, trouble) if part))
        self._found.value = (
            '<ul style="font-size: 16px; line-height: 1.45; list-style: none; padding-left: 0;">'
            + "".join(f"<li>{'✓' if enough else '○'} {html.escape(line)}</li>" for enough, line in findings)
            + "</ul>"
        )


def _listed(found):
    return ", ".join(dict.fromkeys(found)) if found else "none seen yet"


def desk(question, words=200, points=3):
    """A desk for a text of about `words` words with `points` data points, a dated source and a doubt."""
    return Desk(question, words, points)
