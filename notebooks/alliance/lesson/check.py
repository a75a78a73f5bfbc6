"""Check yourself: questions whose right answers are computed from the data.

`check.one` has one right option, `check.several` has some, `check.number` takes a typed number,
`check.mine` looks at what the learner's own code came to. Each wrong answer is told why.
"""

import re

import ipywidgets as widgets
import pandas as pd

from .. import words
from ..chart import with_text
from ..controls import Panel, Said
from . import answers


class Check(Panel):
    """A question, its input, a button and what is said of the answer."""

    def __init__(self, question, inputs, right):
        self.question, self._right = question, right
        self._said = Said()
        button = widgets.Button(description="Check", button_style="primary", layout=widgets.Layout(width="auto"))
        button.on_click(lambda _: self.look())
        super().__init__([Said(question, css="abn-ask"), *inputs, button, self._said])
        before = answers.kept(question)
        if before is not None:
            self._put(before)

    @property
    def twin(self):
        return f"Check yourself: {self.question}"

    @property
    def said(self):
        """What was said of the last answer (HTML-escaped)."""
        return self._said.value

    def look(self):
        """Judge the present answer, say why, and save it."""
        verdict = self._judge()
        trouble = answers.keep(self.question, self._take())
        self._said.say(" ".join(part for part in (verdict, trouble) if part))

    def _repr_mimebundle_(self, **kwargs):
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin, answer=str(self._right))


class One(Check):
    """One right option of several; `options` maps each to the reason it is right or wrong."""

    def __init__(self, question, options, right):
        if right not in options:
            raise ValueError(f"The right answer by the data, {right!r}, is not among the options {list(options)}.")
        self._options = options
        self._input = widgets.RadioButtons(options=list(options), value=None)
        super().__init__(question, [self._input], right)

    def _put(self, answer):
        if answer in list(self._options):
            self._input.value = answer

    def _take(self):
        return self._input.value

    def _judge(self):
        if self._input.value is None:
            return "Choose one of the answers first."
        opening = "Right." if self._input.value == self._right else "Not this one."
        return f"{opening} {self._options[self._input.value]}"


class Several(Check):
    """Some right options; `options` maps each to the reason it is right or wrong."""

    def __init__(self, question, options, right):
        if stray := set(right) - set(options):
            raise ValueError(f"Right by the data but not among the options: {sorted(stray)}.")
        self._options = options
        self._inputs = {
            option: widgets.Checkbox(description=option, indent=False, layout=widgets.Layout(width="auto"))
            for option in options
        }
        super().__init__(question, list(self._inputs.values()), sorted(right))

    def _put(self, answer):
        for option, box in self._inputs.items():
            box.value = isinstance(answer, list) and option in answer

    def _take(self):
        return [option for option, box in self._inputs.items() if box.value]

    def _judge(self):
        chosen = self._take()
        if not chosen:
            return "Tick at least one answer first."
        if sorted(chosen) == self._right:
            return "Right. " + " ".join(self._options[option] for option in chosen)
        wrong = [option for option in chosen if option not in self._right]
        if wrong:
            return "Not quite. " + " ".join(f"“{option}”: {self._options[option]}" for option in wrong)
        return f"So far so good, but {len(self._right) - len(chosen)} more belong here."


class Number(Check):
    """A typed number; `slips` maps likely wrong numbers to what went wrong."""

    def __init__(self, question, right, tolerance, unit="", slips=None):
        self._tolerance, self._unit, self._slips = tolerance, unit, slips or {}
        self._input = widgets.Text(
            description=f"Your answer ({unit})" if unit else "Your answer", placeholder="a number"
        )
        self._input.style.description_width = "initial"
        super().__init__(question, [self._input], right)

    def _put(self, answer):
        self._input.value = answer if isinstance(answer, str) else ""

    def _take(self):
        return self._input.value

    def _judge(self):
        try:
            value = read_number(self._input.value)
        except ValueError as error:
            return str(error)
        return judged(value, self._right, self._tolerance, self._unit, self._slips)


def read_number(text):
    """The number in a learner's text: '1,200', '12,5 %', '€ 3.8 bn' are understood; else a ValueError that helps."""
    cleaned = re.sub(r"[\s\u00a0\u202f'’]", "", str(text)).replace("−", "-")
    found = re.fullmatch(r"[^\d+\-.,]*([+-]?[\d.,]*\d[\d.,]*)[^\d]*", cleaned)
    if not cleaned:
        raise ValueError("Type a number first.")
    if not found:
        raise ValueError(f"“{text}” is not one number. Write digits only, such as 12.5.")
    digits = found[1]
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    elif digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        raise ValueError(
            f"“{text}” can be read in two ways. Write it with a point for decimals, such as 1200.5."
        ) from None


def judged(value, right, tolerance, unit="", slips=None):
    """What to say of `value` when `right`, give or take `tolerance`, is right."""
    if abs(value - right) <= tolerance:
        return f"Right: {words.short(right)} {unit}".strip() + " by the data."
    for slip, why in (slips or {}).items():
        if abs(value - slip) <= max(tolerance, abs(slip) * 0.005):
            return f"Not yet. {why}"
    for factor, what in (
        () if right == 0 else ((100, "100 times"), (1000, "1,000 times"), (1_000_000, "a million times"))
    ):
        if abs(value - right * factor) <= tolerance * factor:
            return f"Your number is {what} too big: look at the unit{f' ({unit})' if unit else ''}."
        if abs(value - right / factor) <= tolerance / factor:
            return f"Your number is {what} too small: look at the unit{f' ({unit})' if unit else ''}."
    return f"Not yet: {words.short(value)} is too {'high' if value > right else 'low'}. Look at the chart or the table again."


class Mine:
    """What is said of a learner's own result; shows as text."""

    def __init__(self, said):
        self.said = said

    def __repr__(self):
        return self.said


KINDS = {
    "DataFrame": "a table",
    "Series": "a column of numbers or words",
    "ndarray": "a row of numbers or words",
    "str": "a text",
    "bool": "True or False",
    "list": "a list",
    "dict": "a dictionary",
    "tuple": "several values",
}
ADVICE = {
    **dict.fromkeys(
        ("DataFrame", "Series", "ndarray", "list"), " Count its rows with len(), or add one column up with .sum()."
    ),
    "str": " Write numbers without quotation marks.",
    "bool": " To count how often something is true, add the whole column up with .sum().",
}


def mine(value, right, tolerance=0, unit=""):
    """Look at `value`, what the learner's own code came to, and say in words how it fits."""
    if value is None or value is ...:
        return Mine("Nothing to check yet: put your line of code above in place of the dots.")
    if hasattr(value, "item") and getattr(value, "size", 1) == 1:
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, (int, float, type(pd.NA), type(pd.NaT))):
        kind = type(value).__name__
        if callable(value):
            return Mine("This is a command that has not run yet: put brackets () at its end.")
        return Mine(f"This should be one number, but it is {KINDS.get(kind, f'a {kind}')}.{ADVICE.get(kind, '')}")
    if pd.isna(value):
        return Mine("The result is 'not a number': an empty cell got into the sum. Look which rows have no figure.")
    return Mine(judged(value, right, tolerance, unit))


def one(question, options, right):
    """Ask for the one right option; `options` maps each to why it is right or wrong."""
    return One(question, options, right)


def several(question, options, right):
    """Ask for all right options; `right` is any collection of them."""
    return Several(question, options, right)


def number(question, right, tolerance, unit="", slips=None):
    """Ask for a number; `slips` maps likely wrong numbers to what went wrong."""
    return Number(question, right, tolerance, unit, slips)
