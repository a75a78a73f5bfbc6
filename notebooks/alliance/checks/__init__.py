"""Questions with a key: the checks of the lessons (checks.csv) and the twelve sentences (sentences.csv).

Which options are right stands in the table, or, where data decide it, is computed by a function
registered for the question, which asks for its tables by name as a claim's rule does. No notebook
holds a key. From the notebooks folder, `python -m alliance.checks` prints every check with its
answer and reasons, for the teacher.
"""

import dataclasses
import re

import pandas as pd

from .. import claims, data, words
from ..world import today

FORMS = ("start", "end")  # of the twelve sentences


@dataclasses.dataclass(frozen=True)
class Answer:
    """What tables say of a question: the keys of its right options, or a number; and words for its braces."""

    right: frozenset | float
    words: dict = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True)
class Question:
    """A question as a learner meets it.

    `options` maps each key to what is read, `reasons` each key to what is said on choosing it, in the
    table's order. `right` is the frozenset of right keys, or the number where `kind` is "number"; then
    `slips` maps likely wrong numbers to what went wrong.
    """

    id: str
    lesson: str
    kind: str
    question: str
    options: dict
    reasons: dict
    right: frozenset | float
    core: bool = True
    section: int = 0
    unit: str = ""
    tolerance: float = 0.0
    slips: dict = dataclasses.field(default_factory=dict)

    @property
    def right_words(self):
        """The right answer as text: its options, or the number."""
        if self.kind == "number":
            return f"{self.right:.5g} {self.unit}".strip()
        return self.said(self.right)

    def said(self, answer):
        """A kept answer (a key, several of them, or a typed number) in the words that were read; '' if it fits none."""
        if self.kind == "number":
            return str(answer)
        keys = [answer] if isinstance(answer, str) else answer or ()
        return "; ".join(option for key, option in self.options.items() if key in keys)


ANSWERS = {}


def answer(*ids):
    """Register the function that gives the right key, keys or number of these questions, or an `Answer`."""
    return claims.registered(ANSWERS, "answer", ids)


def ids(lesson=None):
    """The ids of all checks, or of a lesson's, in the table's order."""
    table = data.load("checks")
    return list(table.loc[table["lesson"].eq(lesson) | (lesson is None), "check"].unique())


def is_core(identifier):
    """Whether a check rests on a section of its lesson's core."""
    table = data.load("checks")
    return bool(table.loc[table["check"] == identifier, "core"].all())


def misconceptions():
    """What many people believe, in the order of the twelve sentences."""
    table = data.load("sentences")
    return list(table.drop_duplicates("number")["misconception"])


def key_for_teachers(world=None):
    """All checks, a row each: check, section, core, question, answer, and reasons (pairs of option and reason)."""
    rows = []
    for asked in (check(identifier, world) for identifier in ids()):
        numbers = {f"{number:,g} {asked.unit}": why for number, why in asked.slips.items()}
        said = numbers or {option: asked.reasons[key] for key, option in asked.options.items()}
        reasons = list(said.items())
        where = "core" if asked.core else "optional"
        rows.append((asked.id, asked.section, where, asked.question, asked.right_words, reasons))
    return pd.DataFrame(rows, columns=["check", "section", "core", "question", "answer", "reasons"])


def check(identifier, world=None):
    """The `Question` of a check; `world` is another world to compute its answer in.

    Raises KeyError in words where there is no such check, and ValueError where the answer that the
    tables give is not among its options.
    """
    table = data.load("checks")
    rows = table[table["check"] == identifier]
    if rows.empty:
        hint = words.meant(identifier, table["check"].unique()) or "ids look like 04-2."
        raise KeyError(f"There is no check {identifier!r}; {hint}")
    first = rows.iloc[0]
    found = _answer(identifier, rows, world)
    fields = dict(lesson=first["lesson"], core=bool(first["core"]), section=int(first["section"]))
    if first["kind"] == "number":
        unit, tolerance = ("" if pd.isna(first["unit"]) else first["unit"]), float(first["tolerance"])
        fields |= dict(unit=unit, tolerance=tolerance, slips=_slips(rows, found))
    return _question(identifier, rows, found, kind=first["kind"], **fields)


def sentence(form, number, world=None):
    """The `Question` of one of the twelve sentences; `form` is "start" or "end"."""
    table = data.load("sentences")
    rows = table[(table["form"] == form) & (table["number"] == number)]
    identifier = sentence_id(form, number)
    found = _answer(identifier, rows, world)
    return _question(identifier, rows, found, kind="one", lesson=rows.iloc[0]["lesson"])


def sentence_id(form, number):
    """The id of one of the twelve sentences: "start-03"."""
    return f"{form}-{number:02d}"


def sentences(form, world=None):
    """The twelve `Question`s of a form, in order."""
    table = data.load("sentences")
    return [sentence(form, number, world) for number in table.loc[table["form"] == form, "number"].unique()]


def _answer(identifier, rows, world):
    """What tables say of a question, or what its own rows do."""
    if identifier in ANSWERS:
        found = (world or today()).ask(ANSWERS[identifier])
        found = found if isinstance(found, Answer) else Answer(found)
        return dataclasses.replace(found, right=frozenset([found.right])) if isinstance(found.right, str) else found
    right = rows[rows["right"].fillna(False).astype(bool)]
    return Answer(frozenset(right["key"]))


def _question(identifier, rows, found, kind, **fields):
    filled = {column: [_filled(text, found.words) for text in rows[column]] for column in ("question", "option", "why")}
    options = dict(zip(rows["key"], filled["option"], strict=True))
    if kind != "number" and not (found.right and found.right <= set(options)):
        stray = ", ".join(sorted(found.right - set(options))) or "nothing"
        known = ", ".join(options)
        raise ValueError(f"The right answer of {identifier} by the data, {stray}, is not among its options {known}.")
    reasons = dict(zip(rows["key"], filled["why"], strict=True))
    return Question(identifier, kind=kind, question=filled["question"][0], options=options, reasons=reasons,
                    right=float(found.right) if kind == "number" else found.right, **fields)  # fmt: skip


def _slips(rows, found):
    """Likely wrong numbers and what went wrong; those that are computed stand among the answer's words by their key."""
    wrong = rows[rows["key"] != "right"]
    numbers = wrong["number"].fillna(wrong["key"].map(found.words)).astype(float)
    return dict(zip(numbers, (_filled(text, found.words) for text in wrong["why"]), strict=True))


def _filled(text, words):
    if pd.isna(text):
        return ""
    return re.sub(r"\{(\w+)\}", lambda name: str(words.get(name[1], name[0])), text)


from . import computed  # noqa: E402  (importing the answers registers them)
