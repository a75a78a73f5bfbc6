"""Places to write: `box` for a few words, and a desk that looks for evidence in a text, kindly, whatever its opinion.

What it finds are words and numbers, not meaning. The text is kept on this computer as it is typed and never run.
"""

import re

import ipywidgets as widgets
from markupsafe import Markup

from .. import data
from ..controls import Panel, Said
from .cards import items
from .drafts import Draft

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


class Box(Panel):
    """A question, a place for a few words, and a line that says that they are kept."""

    ROWS, HINT = 3, "a sentence or two; nobody but you reads it"

    def __init__(self, question):
        self.question = question
        self.text = widgets.Textarea(
            placeholder=self.HINT, layout=widgets.Layout(width="98%", max_width="900px"), rows=self.ROWS
        )
        self.text.description = "Your text"
        self.text.style.description_width = "initial"
        self.draft = Draft(question, "words")
        super().__init__([Said(question, css="abn-ask"), self.text, self.draft.line])
        before = self.draft.kept()
        if isinstance(before, str):
            self.text.value = before
        self.text.observe(lambda change: self.draft.note(change["new"]), "value")

    @property
    def twin(self):
        return f"Write here: {self.question}"


class Desk(Box):
    """A place for a longer text, a button, and what was found in it."""

    ROWS = 9

    def __init__(self, question, words, points):
        self._words, self._points, self.HINT = words, points, f"about {words} words"
        super().__init__(question)
        self._found, self._said = widgets.HTML(), Said()
        button = widgets.Button(
            description="Look at my text", button_style="primary", layout=widgets.Layout(width="auto")
        )
        button.on_click(lambda _: self.look())
        self.text.observe(lambda _: self._said.say(""), "value")
        self.children = [*self.children[:-1], button, self._said, self._found, self.children[-1]]

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
        """Say what was found."""
        if not self.text.value.strip():
            self._found.value = ""
            self._said.say("Write a sentence first; it may be a bad one.")
            return
        findings = self.findings()
        there = sum(enough for enough, _ in findings)
        are = "is" if there == 1 else "are"
        self._said.say(
            f"{there} of {len(findings)} {are} there. I look for words and numbers only: whether they are right, and "
            "what you conclude, is yours."
        )
        self._found.value = Markup(
            '<ul style="font-size: 16px; line-height: 1.45; list-style: none; padding-left: 0;">{}</ul>'
        ).format(items(f"{'✓' if enough else '○'} {line}" for enough, line in findings))


def _listed(found):
    return ", ".join(dict.fromkeys(found)) if found else "none seen yet"


def box(question):
    """A place for a few words of the learner's own, kept as they are typed; `question` says what to write."""
    return Box(question)


def desk(question, words=200, points=3):
    """A desk for a text of about `words` words with `points` data points, a dated source and a doubt."""
    return Desk(question, words, points)
