"""Typed facts: what a rule needs to know of an event, a treaty article, an agreement or a claim,
never read from a sentence.
"""

import pandas as pd

from .. import words

READ = {
    "yes": lambda value: {"yes": True, "no": False}[value],
    "number": lambda value: float(value) if "." in value else int(value),
    "date": pd.Timestamp,
    "code": str,
    "codes": lambda value: frozenset(value.split(";")),
}


def fact(facts, of, row, name):
    """The value of one typed fact of a row of the table `of`: bool, number, Timestamp, text or a frozenset of codes.

    KeyError in words, with the close names, where there is no such fact.
    """
    known = facts_of(facts, of, row)
    if name not in known:
        raise KeyError(
            f"{of} {row} has no fact {name!r}; {words.meant(name, known) or f'known are: {words.named(known)}.'}"
        )
    return known[name]


def facts_of(facts, of, row):
    """All typed facts of a row of the table `of`: {name: value}."""
    rows = facts[(facts["of"] == of) & (facts["id"] == str(row))]
    return {
        name: READ[kind](value) for name, kind, value in zip(rows["fact"], rows["type"], rows["value"], strict=True)
    }


def facts_by_row(facts, of, name):
    """One typed fact of every row of the table `of` that has it: a Series of values, index the rows' keys."""
    rows = facts[(facts["of"] == of) & (facts["fact"] == name)]
    values = [READ[kind](value) for kind, value in zip(rows["type"], rows["value"], strict=True)]
    return pd.Series(values, index=rows["id"], dtype=object)
