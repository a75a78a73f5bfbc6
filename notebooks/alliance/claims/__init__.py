"""The ledger: each checkable claim of the five articles, with the verdict that the data give.

A rule computes a claim's finding from the tables through `measures`; it is recomputed whenever
it is asked for. Claims without a rule carry what was looked up, or why no data can test them.
"""

import dataclasses

import pandas as pd

from .. import data

VERDICTS = {
    "supported": "The data say the same, within rounding.",
    "supported-with-caveat": "The data say the same, but a reader needs one more fact to use it well.",
    "imprecise": "Right in kind, wrong in a number, a date or a word.",
    "outdated": "Right when it was written; later figures or events say otherwise.",
    "contested": "The answer depends on a definition, a source or a reading that people rightly dispute.",
    "contradicted": "The data say otherwise.",
    "not-checkable": "An opinion, a forecast, or a fact no public source can show.",
}
MARKS = dict(zip(VERDICTS, "●◕◑◷◐○–"))


@dataclasses.dataclass(frozen=True)
class Finding:
    """What the data say of a claim.

    `says`: a sentence with its numbers filled in. `verdict`: a key of `VERDICTS`.
    `readings`: pairs of a reading (an edition, a definition, a date) and the verdict under it.
    `turns`: where the verdict changes, in words. `value`, `unit`: the number claimed, as found.
    """

    says: str
    verdict: str
    value: float | None = None
    unit: str = ""
    readings: tuple = ()
    turns: str = ""

    def __post_init__(self):
        if unknown := {self.verdict, *(verdict for _, verdict in self.readings)} - set(VERDICTS):
            raise ValueError(f"Not a verdict: {', '.join(sorted(unknown))}. The scale is {', '.join(VERDICTS)}.")


class Tables:
    """The tables as a rule sees them: `tables["members"]`.

    `until` cuts tables with an `edition` (or `release`) column to the editions up to one:
    `Tables(until={"defence_expenditure": "2024-06"})` is the world as that edition knew it.
    """

    def __init__(self, until=None):
        self._until = until or {}

    def __getitem__(self, name):
        table = data.load(name)
        if name in self._until:
            column = "edition" if "edition" in table.columns else "release"
            table = table[table[column] <= self._until[name]].reset_index(drop=True)
        return table

    def newest(self, name, column="edition"):
        """The newest edition of a table, within `until`."""
        return self[name][column].max()


RULES = {}


def rule(*ids):
    """Register a function of `Tables` that returns the `Finding` of these claims."""

    def register(function):
        for claim in ids:
            if claim in RULES:
                raise ValueError(f"{claim} has two rules.")
            RULES[claim] = function
        return function

    return register


def claim(identifier):
    """The row of one claim; KeyError in words if there is none."""
    table = data.load("claims").set_index("id", drop=False)
    if identifier not in table.index:
        raise KeyError(f"There is no claim {identifier!r}; ids look like A0-28 or A1-095.")
    return table.loc[identifier]


def finding(identifier, tables=None):
    """The computed `Finding` of a claim, or the one on record where data cannot compute it."""
    if identifier in RULES:
        return RULES[identifier](tables or Tables())
    row = claim(identifier)
    return Finding(says=row["found"] if pd.notna(row["found"]) else "", verdict=row["verdict"])


from . import rules  # noqa: E402  (importing the rules registers them)
