"""Worlds that differ from ours in one line: for each rule one, at least, in which its verdict turns.

`worlds.csv` has a line a change: claim, table, rows ("fact=invites & id=10"; all where it is empty), column, becomes and the
verdict that follows. Lines of one claim with one verdict make one world together. `becomes` is "gone" (the rows), "kept"
(the others are gone), "= value", "* factor" or "+ days".
"""

import csv
import pathlib

import pandas as pd

from alliance import data
from alliance.world import World

FILE = pathlib.Path(__file__).with_suffix(".csv")
STEADY = {  # rules without such a world, and why
    "A0-41": "clout has no agreed measure, wherever Poland stands",
    "A0-49": "how far off membership is stands on no scale",
    "A4-31": "a forecast: the price of a goal bears on it and settles nothing",
}


def lines():
    """The changes: {(claim, verdict): [line, ...]}."""
    found = {}
    with FILE.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            found.setdefault((line["claim"], line["verdict"]), []).append(line)
    return found


def world(changes):
    """The `World` of these lines."""
    instead = {}
    for line in changes:
        name = line["table"]
        instead[name] = changed(instead[name] if name in instead else data.load(name), line)
    return World(instead=instead)


def changed(table, line):
    """A table after one line; AssertionError where the line meets no row."""
    meant = pd.Series(True, index=table.index)
    for part in filter(None, line["rows"].split(" & ")):
        column, _, value = part.partition("=")
        meant &= table[column].astype(str) == value
    assert meant.any(), f"{line['table']} has no row with {line['rows']}"
    how, _, amount = line["becomes"].partition(" ")
    if how in ("gone", "kept"):
        return table[meant if how == "kept" else ~meant].reset_index(drop=True)
    for column in line["column"].split(" & "):
        table[column] = table[column].mask(meant, become(table[column], how, amount))
    return table


def become(column, how, amount):
    """A column times a factor, some days later, or all one value, read as the column has its values."""
    if how == "*":
        return (column * float(amount)).round(6 if column.dtype.kind == "f" else 0)
    if how == "+":
        return column + pd.Timedelta(days=int(amount))
    if column.dtype.kind == "M":
        return pd.Timestamp(amount)
    if pd.api.types.is_bool_dtype(column):
        return amount == "yes"
    return float(amount) if pd.api.types.is_numeric_dtype(column) else amount
