"""Twelve sentences: `sentences("start")` before the first lesson, `sentences("end")` after the last.

Two parallel forms, a question for each misconception that the course works on. The first count of a
form stays. After the first form only the number stands there, beside chance: what is right would
spoil the lessons. After the second both stand side by side, with a reason and a lesson for each.
"""

import ipywidgets as widgets
import pandas as pd

from .. import checks, words
from ..chart import with_text
from ..controls import Panel, Said
from . import answers
from .cards import tabled
from .check import Group, read

LESSON = {"start": "00", "end": "11"}  # where each form stands
TITLES = {"start": "Twelve sentences, before you begin", "end": "Twelve sentences, at the end"}


def kept(form):
    """The first count of a form: a dict of `right`, the numbers answered rightly, and `answers` by number; or None."""
    found = answers.first(f"sentences {form}")
    return found if isinstance(found, dict) and isinstance(found.get("right"), list) else None


class Sentences(Group):
    """Twelve questions, a button that counts, and what is said then."""

    def __init__(self, form):
        self.form, self.asked = form, checks.sentences(form)
        self.choices = [widgets.RadioButtons(options=read(asked), value=None) for asked in self.asked]
        self._button = widgets.Button(
            description="Count my answers", button_style="primary", layout=widgets.Layout(width="auto")
        )
        self._button.on_click(lambda _: self.count())
        self._said, self._result = Said(), widgets.HTML()
        self._result.add_class("abn-say")
        questions = [
            Panel([Said(f"{number}. {asked.question}", css="abn-ask"), choice])
            for number, (asked, choice) in enumerate(zip(self.asked, self.choices, strict=True), 1)
        ]
        super().__init__([*questions, Panel([self._button, self._said, self._result])])
        for asked, choice in zip(self.asked, self.choices, strict=True):
            before = answers.kept(f"sentence {asked.id}")
            if isinstance(before, str) and before in asked.options:
                choice.value = before
            choice.observe(lambda change, asked=asked: self._note(asked, change["new"]), "value")
        if kept(form):
            self._close()

    @property
    def twin(self):
        return f"{TITLES[self.form]}: choose one of three answers in each, then count."

    @property
    def said(self):
        """What was said last (HTML-escaped)."""
        return self._said.value

    def count(self):
        """Count what is right, keep it, and say it beside chance; nothing is counted while a sentence is open."""
        open_ones = [number for number, choice in enumerate(self.choices, 1) if choice.value is None]
        if open_ones:
            open_ones = words.named(open_ones)
            self._said.say(f"Still open: {open_ones}. Choose one in each; where you do not know, guess.")
            return
        chosen = [choice.value for choice in self.choices]
        right = [
            number for number, (key, asked) in enumerate(zip(chosen, self.asked, strict=True), 1) if key in asked.right
        ]
        value = {"right": right, "answers": chosen}
        trouble = answers.keep(f"sentences {self.form}", value, lesson=LESSON[self.form], kind="sentences")
        self._close(trouble)

    def _note(self, asked, key):
        self._said.say(answers.keep(f"sentence {asked.id}", key, lesson=LESSON[self.form], kind="draft"))

    def _close(self, trouble=""):
        for part in (*self.choices, self._button):
            part.disabled = True
        self._said.say(" ".join(part for part in (said(self.form), trouble) if part))
        if self.form == "end":
            self._result.value = tabled(side_by_side())._repr_html_()

    def _repr_mimebundle_(self, **kwargs):
        right = " | ".join(asked.right_words for asked in self.asked)
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin, answer=right)


def chance(form):
    """How many of a form's sentences are right, on average, for who guesses blindly."""
    return sum(len(asked.right) / len(asked.options) for asked in checks.sentences(form))


def said(form):
    """The count of a form in words, beside chance, and at the end beside the count at the start."""
    many = len(checks.sentences(form))
    now = (
        f"You have {len(kept(form)['right'])} of {many}. Who guesses blindly has {chance(form):.0f} of {many}, on "
        "average."
    )
    if form == "start":
        return (
            f"{now} Which ones are right, the lessons will show; at the end of the course twelve others ask for "
            "the same."
        )
    before = kept("start")
    return (
        f"{now} At the start you had {len(before['right'])}."
        if before
        else f"{now} You left out the form at the start."
    )


def side_by_side():
    """A row for each misconception: at the start, now, what is so and the lesson that works on it."""
    start, end = kept("start"), kept("end")
    ending = checks.sentences("end")
    return pd.DataFrame(
        {
            "many people think": checks.misconceptions(),
            "at the start": [_mark(start, number) for number in range(1, 13)],
            "now": [_mark(end, number) for number in range(1, 13)],
            "what is right": [f"{asked.question} → {asked.right_words}" for asked in ending],
            "why": [asked.reasons[next(iter(asked.right))] for asked in ending],
            "lesson": [asked.lesson for asked in ending],
        }
    )


def _mark(count, number):
    if count is None:
        return "–"
    return "✓ right" if number in count["right"] else "○ not yet"


def sentences(form):
    """The panel of twelve sentences; `form` is "start" or "end"."""
    if form not in checks.FORMS:
        raise ValueError(f"There is no form {form!r}; there are {words.named(checks.FORMS)}.")
    return Sentences(form)
