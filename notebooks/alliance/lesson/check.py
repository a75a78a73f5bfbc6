"""Check yourself: `check("04-2")` asks a question of checks.csv, `check.mine` looks at a learner's own result.

Options stand in an order of the learner's own. What is ticked or typed is kept as it is; the first
try counts, whatever comes later. Each wrong answer is told where to look.
"""

import random
import re
import secrets

import ipywidgets as widgets
import pandas as pd

from .. import checks, data, words
from ..chart import with_text
from ..controls import Panel, Said
from . import answers

LEARNER = "learner"  # where the id is kept that decides this learner's orders


def key(identifier):
    """Where tries at a check are kept: dicts of the answer, and whether it was right by the tables of that day."""
    return f"check {identifier}"


def order(question):
    """The keys of a question's options in this learner's order, the same after a restart.

    Over all questions of one right option and as many options, the right one stands equally often at each place.
    """
    learner = answers.kept(LEARNER)
    if not isinstance(learner, str):
        learner = secrets.token_hex(4)
        answers.keep(LEARNER, learner, kind=LEARNER)
    keys = list(question.options)
    random.Random(f"{learner} {question.id}").shuffle(keys)
    if question.kind == "one" and question.id in _alike(question):
        right = next(iter(question.right))
        keys.remove(right)
        keys.insert(_place(question, learner), right)
    return keys


def _place(question, learner):
    """Where the right option of a question stands: as a deck of cards dealt out over all questions of its size."""
    alike = _alike(question)
    many = len(question.options)
    dealer = random.Random(f"{learner} places {many} {alike[0]}")
    first = dealer.randrange(many)
    deck = [(first + card) % many for card in range(len(alike))]
    dealer.shuffle(deck)
    return deck[alike.index(question.id)]


def _alike(question):
    """The ids of all questions of one right option that have as many options, of the checks or of the form."""
    form = question.id.split("-")[0]
    if form in checks.FORMS:
        return [checks.sentence_id(form, number) for number in data.load("sentences")["number"].unique()]
    table = data.load("checks")
    sizes = table[table["kind"] == "one"].groupby("check", sort=False).size()
    return list(sizes.index[sizes == len(question.options)])


class Check(Panel):
    """A `checks.Question`, its input, a button and what is said of the answer.

    `again` asks it anew, from an empty input; the first try stays the first.
    """

    def __init__(self, asked, again=False):
        self.asked, self.question, self._again = asked, asked.question, again
        self._draft = f"{key(asked.id)} {'again' if again else 'draft'}"
        self._said = Said()
        button = widgets.Button(description="Check", button_style="primary", layout=widgets.Layout(width="auto"))
        button.on_click(lambda _: self.look())
        self._inputs = self._made()
        super().__init__([Said(self.question, css="abn-ask"), *self._inputs, button, self._said])
        before = answers.kept(self._draft)
        if before is None and not again:
            before = tried(answers.kept(key(asked.id)))
        if before is not None:
            self._put(before)
        for part in self._inputs:
            part.observe(lambda _: self._note(), "value")

    @property
    def twin(self):
        return f"Check yourself: {self.question}"

    @property
    def said(self):
        """What was said of the last answer (HTML-escaped)."""
        return self._said.value

    def look(self):
        """Judge the present answer, say why, and keep it as a try, if it is one."""
        try:
            right, verdict = self._judge()
        except ValueError as nothing_to_judge:
            self._said.say(str(nothing_to_judge))
            return
        tried = {"answer": self._take(), "right": right}
        trouble = answers.keep(key(self.asked.id), tried, lesson=self.asked.lesson, kind="check")
        if self._again:
            answers.keep(self._draft, None)  # the next time it comes back, it is empty once more
        self._said.say(" ".join(part for part in (verdict, trouble) if part))

    def _note(self):
        self._said.say(answers.keep(self._draft, self._take(), lesson=self.asked.lesson, kind="draft"))

    def _repr_mimebundle_(self, **kwargs):
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin, answer=self.asked.right_words)


class One(Check):
    """One right option of several."""

    def _made(self):
        return [widgets.RadioButtons(options=read(self.asked), value=None)]

    def _put(self, answer):
        if isinstance(answer, str) and answer in self.asked.options:
            self._inputs[0].value = answer

    def _take(self):
        return self._inputs[0].value

    def _judge(self):
        if self._take() is None:
            raise ValueError("Choose one of the answers first.")
        right = self._take() in self.asked.right
        return right, f"{'Right.' if right else 'Not this one.'} {self.asked.reasons[self._take()]}"


class Several(Check):
    """Some right options."""

    def _made(self):
        self._boxes = {
            meant: widgets.Checkbox(description=read, indent=False, layout=widgets.Layout(width="auto"))
            for read, meant in read(self.asked)
        }
        return list(self._boxes.values())

    def _put(self, answer):
        for meant, box in self._boxes.items():
            box.value = isinstance(answer, list) and meant in answer

    def _take(self):
        return [meant for meant, box in self._boxes.items() if box.value]

    def _judge(self):
        chosen, reasons = self._take(), self.asked.reasons
        if not chosen:
            raise ValueError("Tick at least one answer first.")
        missing, wrong = self.asked.right - set(chosen), [meant for meant in chosen if meant not in self.asked.right]
        if wrong:
            told = " ".join(f"“{self.asked.options[meant]}”: {reasons[meant]}" for meant in wrong)
            return False, f"Not quite. {told}"
        if missing:
            return False, f"So far so good, but {words.counted(len(missing), 'more belongs', 'more belong')} here."
        return True, " ".join(["Right.", *dict.fromkeys(reasons[meant] for meant in chosen)])


class Number(Check):
    """A typed number."""

    def _made(self):
        unit = f" ({self.asked.unit})" if self.asked.unit else ""
        typed = widgets.Text(description=f"Your answer{unit}", placeholder="a number")
        typed.style.description_width = "initial"
        return [typed]

    def _put(self, answer):
        self._inputs[0].value = answer if isinstance(answer, str) else ""

    def _take(self):
        return self._inputs[0].value

    def _judge(self):
        value = words.read_number(self._take())
        right = abs(value - self.asked.right) <= self.asked.tolerance
        return right, judged(value, self.asked.right, self.asked.tolerance, self.asked.unit, self.asked.slips)


class Group(widgets.VBox):
    """Panels one below the other, each with its own keyboard; `twin` stands for them where only text is shown."""

    twin = ""

    def _repr_mimebundle_(self, **kwargs):
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin)


def read(question):
    """The options of a question as pairs of what is read and what is meant, in this learner's order."""
    return [(question.options[meant], meant) for meant in order(question)]


def tried(kept):
    """The answer of a kept try; None if there is none."""
    return kept.get("answer") if isinstance(kept, dict) else None


KINDS = {"one": One, "several": Several, "number": Number}


def check(identifier, again=False):
    """The panel of the check `identifier`, such as "04-2"; `again` asks it anew, from an empty input."""
    asked = checks.check(identifier)
    return KINDS[asked.kind](asked, again)


# A number of one's own -----------------------------------------------------------------------


def judged(value, right, tolerance, unit="", slips=None):
    """What to say of `value` when `right`, give or take `tolerance`, is right."""
    if abs(value - right) <= tolerance:
        return f"Right: {_with_unit(right, unit)} by the data."
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
    off = "high" if value > right else "low"
    return f"Not yet: {words.short(value)} is too {off}. Look at the chart or the table again."


def _with_unit(value, unit):
    """'9 allies', '1 ally', '2.5%'."""
    one = re.sub(r"s$", "", re.sub(r"ies$", "y", unit)) if value == 1 else unit
    return f"{words.short(value)}{'' if unit in ('', '%') else ' '}{one}"


class Mine:
    """What is said of a learner's own result; shows as text, with the right answer where only tests look."""

    is_set = False  # whether the lesson has come to an exercise

    def __init__(self, said, right=""):
        self.said, self.right = said, right
        Mine.is_set = True

    def __repr__(self):
        return self.said

    def _repr_mimebundle_(self, **kwargs):
        return with_text({}, self.said, answer=self.right)


TYPES = {
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
    return Mine(_said_of(value, right, tolerance, unit), _with_unit(float(right), unit))


def _said_of(value, right, tolerance, unit):
    if value is None or value is ...:
        return "Nothing to check yet: put your line of code above in place of the dots."
    if hasattr(value, "item") and getattr(value, "size", 1) == 1:
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, (int, float, type(pd.NA), type(pd.NaT))):
        kind = type(value).__name__
        if callable(value):
            return "This is a command that has not run yet: put brackets () at its end."
        return (
            f"This should be one number, but it is {TYPES.get(kind, f'something else ({kind})')}.{ADVICE.get(kind, '')}"
        )
    if pd.isna(value):
        return "The result is 'not a number': an empty cell got into the sum. Look which rows have no figure."
    return judged(value, right, tolerance, unit)


check.mine = mine
