"""What a learner's own line prints: plain numbers, and a sentence, no page of traceback, for a misspelt name.

A name may be that of a column, a row, a value in a row, a group, a command, an entry of a list by names, or a variable.
"""

import difflib
import numbers
import os
import re
import types

import numpy as np
import pandas as pd
from IPython import get_ipython
from markupsafe import Markup
from pandas.api.typing import DataFrameGroupBy, SeriesGroupBy
from pandas.errors import UndefinedVariableError

from .. import words
from . import check

MOST = 12  # names told where none is close
CLOSE, VERY = 0.5, 0.7  # how alike (0 to 1) a name must be, and one of very many
AS_CLOSE = 0.1  # how much less alike than the best one another may be
NUMPYS = np.bool_, np.int32, np.int64, np.float32, np.float64
CELLS = type(pd.DataFrame().loc), type(pd.DataFrame().at)  # what takes rows, then columns, in its brackets
GROUPS = DataFrameGroupBy, SeriesGroupBy
THEN = "Correct the name in your line, then run the cell again."


def meet_learners():
    """Ask the notebook, if this is one, to print NumPy's numbers as plain ones and to say which name is not there.

    Under Voila, which shows no code, what a line of pandas gives is folded once an exercise has been set: then it is
    a worked answer, before it a table to look at.
    """
    shell = get_ipython()
    if shell is None:
        return
    shell.set_custom_exc((KeyError, AttributeError, NameError, IndexError), _met)
    plain = shell.display_formatter.formatters["text/plain"]
    for kind in NUMPYS:
        plain.for_type(kind, lambda number, printer, cycle: printer.text(repr(number.item())))
    if os.environ.get("SERVER_SOFTWARE", "").startswith("voila"):
        page = shell.display_formatter.formatters["text/html"]
        for kind in (*NUMPYS, int, float, bool, str, list, tuple, dict, pd.Series):
            page.for_type(kind, lambda value: _folded(Markup("<pre>{}</pre>").format(plain(value))))
        page.for_type(pd.DataFrame, lambda table: _folded(Markup(table._repr_html_())))


def _folded(shown):
    """HTML to open by a click, once an exercise is set: a page without code would tell a worked answer at once."""
    answer = Markup("<details><summary>A worked answer</summary>{}</details>")
    return answer.format(shown) if check.Mine.is_set else shown


def _met(shell, kind, error, trace, tb_offset=None):
    """Show the sentence, or the usual traceback where the error is another."""
    sentence = misspelt(error, trace)
    if sentence:
        shell._showtraceback(kind, error, [sentence])
    else:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


def misspelt(error, trace):
    """What to say of an error that a misspelt name caused, or '' if none did."""
    if isinstance(error, AttributeError):
        return _attribute(error.obj, error.name, _frames(trace)[-1])
    if isinstance(error, NameError) and not isinstance(error, UndefinedVariableError):
        return _variable(error, trace)
    if isinstance(error, IndexError):
        return _place(error, _frames(trace))
    return _key(error, trace)


# Names that are not there ---------------------------------------------------------------------


def _attribute(thing, wanted, frame):
    """Of `thing.wanted`: a column, a value of a row, or a command of a table, a row, a module or a text."""
    table = _table(thing)
    if not isinstance(wanted, str) or wanted.startswith("_"):
        return ""
    commands = [name for name in dir(thing) if not name.startswith("_")]
    if table is not None:
        return _said("This table has no column", wanted, table.columns, beside=commands)
    if isinstance(thing, pd.Series):
        return _said("Nothing here is called", wanted, _texts(thing.index), beside=commands)
    close = _close(wanted, commands, VERY)
    return _said("Nothing here is called", wanted, close) if close and not _in_the_library(frame) else ""


def _variable(error, trace):
    """Of a variable; '' where none has a name like it."""
    frame = _frames(trace)[-1]
    known = [name for name in {**frame.f_globals, **frame.f_locals} if not name.startswith("_")]
    close = _close(error.name, known, VERY) if error.name and not _in_the_library(frame) else []
    return _said("Nothing is called", error.name, close) if close else ""


def _place(error, frames):
    """Of a place in rows, counted: where a misspelt name was compared with, no row is left."""
    tables = [getattr(frame.f_locals.get("self"), "obj", None) for frame in frames]
    rows = next((len(one) for one in tables if isinstance(one, pd.DataFrame | pd.Series)), None)
    if rows == 0 or rows is None and "size 0" in str(error) and not _in_the_library(frames[-1]):
        return f"No row is left here. Are the names and numbers that your line compares with those of the table? {THEN}"
    return "" if rows is None else f"There are {rows} rows here, counted from 0 to {rows - 1}. {THEN}"


def _key(error, trace):
    """Of `thing[wanted]`, or of a name given to a command of a table."""
    for frame in _frames(trace):
        asked = frame.f_locals
        thing = asked.get("self")
        held = getattr(thing, "obj", None) if isinstance(thing, (*GROUPS, *CELLS)) else thing
        if isinstance(held, pd.DataFrame | pd.Series):
            wanted = _wanted(error, asked)
            return next((said for name in wanted if (said := _of(held, thing, name, frame))), "")
    return _entry(error, _frames(trace)[-1])


def _of(held, thing, name, frame):
    """What to say of `name`, asked of the table or row `held` by way of `thing`; '' if it is there."""
    if isinstance(thing, GROUPS) and frame.f_code.co_name == "get_group":
        return _said("There is no group", name, list(thing.groups))
    if isinstance(held, pd.Series):
        return _said("Nothing here is called", name, _labels(held.index))
    if _of_rows(name, thing, frame):
        return _row(held, name)
    said = _said("This table has no column", name, held.columns)
    column, value = _standing_in(held, name) if said and not _close(name, held.columns) else (None, None)
    if column is None:
        return said
    there = f"a column {column!r} with {value!r} in it"
    return f"This table has no column {name!r}, but {there}. A text stands in quotation marks. {THEN}"


def _of_rows(name, thing, frame):
    """Whether a name was asked of the rows of a table rather than of its columns."""
    asked, method = frame.f_locals, frame.f_code.co_name
    if isinstance(thing, CELLS):
        key = asked.get("key")
        column = key[-1] if isinstance(key, tuple) and len(key) == 2 else None
        return not (name == column or isinstance(column, list | slice) and name in str(column))
    if method in ("drop", "rename"):
        return asked.get("columns") is None and asked.get("axis") in (0, "index", "rows")
    return method in ("xs", "reindex")


def _row(table, name):
    """What to say of a row that a table has not."""
    labels = _labels(table.index)
    if isinstance(name, str) and not _texts(labels):
        column, value = _standing_in(table, name)
        hint = "" if column is None else f"To find it by the column {column!r}: table[table[{column!r}] == {value!r}]. "
        return f"This table has no row {name!r}: its rows are numbered. {hint}{THEN}"
    return _said("This table has no row", name, labels)


def _entry(error, frame):
    """Of an entry of a list by names (a dict) that the learner's own line asks; '' where none was asked."""
    wanted = error.args[0] if error.args else None
    if not isinstance(wanted, str) or _in_the_library(frame):
        return ""
    known = _texts(key for one in _named_in(frame) if isinstance(one, dict) and wanted not in one for key in one)
    return _said("Nothing here is called", wanted, known) if known else ""


def _named_in(frame):
    """What the names in a line mean, alone and behind the name of a module."""
    names, held = frame.f_code.co_names, {**frame.f_globals, **frame.f_locals}
    named = [held[name] for name in names if name in held]
    modules = [value for value in named if isinstance(value, types.ModuleType)]
    return [*named, *(vars(module).get(name) for module in modules for name in names)]


# Parts ------------------------------------------------------------------------------------------


def _table(thing):
    """The table that `thing` is, or that it groups or indexes; None if neither."""
    if isinstance(thing, pd.DataFrame):
        return thing
    held = getattr(thing, "obj", None) if isinstance(thing, (DataFrameGroupBy, *CELLS)) else None
    return held if isinstance(held, pd.DataFrame) else None


def _frames(trace):
    """The frames of an error, the learner's line first."""
    frames = []
    while trace is not None:
        frames.append(trace.tb_frame)
        trace = trace.tb_next
    return frames


def _wanted(error, asked):
    """The names that were asked for: those that pandas says, or those between the brackets."""
    said, key = error.args[0] if error.args else None, asked.get("key")
    if isinstance(said, str):
        names = _told(said, isinstance(error, UndefinedVariableError))
    else:
        names = list(said) if isinstance(said, list | tuple | pd.Index) else [said]
    names += key if isinstance(key, list) else []
    return [name for name in names if isinstance(name, str | int)]


def _told(said, of_query):
    """The names in pandas' words: a name alone, in quotation marks, in a list, or numbers in a list."""
    if of_query and said.startswith("local variable"):
        return []
    if said.startswith("Column"):  # Column not found: share; Columns not found: 'share', 'x'
        return [name.strip("' ") for name in said.partition(":")[2].split(",")]
    if of_query or re.search(r"\[.*\]|label '|' not found", said):
        bare = re.sub(r"^The following '\w+' labels|dtype='\w+'|name='[^']*'", "", said)
        return re.findall(r"'([^']*)'", bare) or [int(found) for found in re.findall(r"\d+", bare)]
    return [said]


def _labels(index):
    """The names in an index; of several levels, those of each."""
    levels = index.levels if isinstance(index, pd.MultiIndex) else [index]
    return [label for level in levels for label in level]


def _texts(labels):
    return [label for label in labels if isinstance(label, str)]


def _standing_in(table, text):
    """The first column in which `text` stands, or one very like it, and what stands there; (None, None) if in none."""
    texts = {column: _texts(table[column].unique()) for column in table.columns} if isinstance(text, str) else {}
    found = [(column, close[0]) for column, there in texts.items() if (close := _close(text, there, VERY))]
    exact = [(column, text) for column, there in texts.items() if text in there]
    return next(iter([*exact, *found]), (None, None))


def _in_the_library(frame):
    """Whether the line is one of the course's own library: then its words are for who keeps it."""
    return str(frame.f_globals.get("__name__")).startswith("alliance")


def _close(wanted, known, least=CLOSE):
    """The names most alike to `wanted`, the most alike first."""
    wanted = str(wanted)
    close = words.close(wanted, known, cutoff=least)
    alike = [difflib.SequenceMatcher(None, wanted, name).ratio() for name in close]
    return [name for name, ratio in zip(close, alike, strict=True) if ratio >= alike[0] - AS_CLOSE]


def _said(what, wanted, known, beside=()):
    """The sentence: what is not there, and which names are close; '' if it is there. `beside`: told only if close."""
    known = list(known)
    if wanted in known:
        return ""
    if close := _close(wanted, [*known, *beside]):
        hint = f"Did you mean {' or '.join(map(repr, close))}?"
    elif known and all(isinstance(label, numbers.Integral) for label in known):
        hint = f"There are {min(known)} to {max(known)}."
    elif not known:
        hint = "It is empty."
    else:
        hint = f"It has {', '.join(map(str, known[:MOST]))}{' and more' if len(known) > MOST else ''}."
    return f"{what} {wanted!r}. {hint} {THEN}"
