"""What a learner's own line prints: plain numbers, and a sentence, no page of traceback, for a misspelt column."""

import difflib
import re

import numpy as np
import pandas as pd
from IPython import get_ipython
from pandas.api.typing import DataFrameGroupBy

MOST = 12  # columns named where none is close
CELLS = type(pd.DataFrame().loc), type(pd.DataFrame().at)  # what takes rows, then columns, in its brackets


def meet_learners():
    """Ask the notebook, if this is one, to print NumPy's numbers as plain ones and to say which column is not there."""
    shell = get_ipython()
    if shell is None:
        return
    shell.set_custom_exc((KeyError, AttributeError, pd.errors.UndefinedVariableError), _met)
    plain = shell.display_formatter.formatters["text/plain"]
    for kind in (np.bool_, np.int32, np.int64, np.float32, np.float64):
        plain.for_type(kind, lambda number, printer, cycle: printer.text(repr(number.item())))


def _met(shell, kind, error, trace, tb_offset=None):
    """Show the sentence, or the usual traceback where the error is another."""
    sentence = misspelt_column(error, trace)
    if sentence:
        shell._showtraceback(kind, error, [sentence])
    else:
        shell.showtraceback((kind, error, trace), tb_offset=tb_offset)


def misspelt_column(error, trace):
    """What to say of an error that a column name caused, or '' if none did."""
    if isinstance(error, AttributeError):
        table, wanted = _table(error.obj), [error.name]
    else:
        table, wanted = _asked(error, trace)
    if table is None:
        return ""
    columns = [str(column) for column in table.columns]
    missing = [str(name) for name in wanted if str(name) not in columns]
    if not missing:
        return ""
    close = difflib.get_close_matches(missing[0], columns, n=3, cutoff=0.5)
    if close:
        hint = f"Did you mean {' or '.join(map(repr, close))}?"
    else:
        more = " and more" if len(columns) > MOST else ""
        hint = f"It has {', '.join(columns[:MOST])}{more}."
    return f"This table has no column {missing[0]!r}. {hint} Correct the name in your line, then run the cell again."


def _table(thing):
    """The table that `thing` is, or that it groups or indexes; None if neither."""
    if isinstance(thing, pd.DataFrame):
        return thing
    held = getattr(thing, "obj", None) if isinstance(thing, (DataFrameGroupBy, *CELLS)) else None
    return held if isinstance(held, pd.DataFrame) else None


def _asked(error, trace):
    """The first table that was asked for something, and the columns asked for; (None, []) if none was."""
    while trace is not None:
        asked = trace.tb_frame.f_locals
        if (table := _table(asked.get("self"))) is not None:
            return table, _columns(error, trace.tb_frame.f_code.co_name, asked)
        trace = trace.tb_next
    return None, []


def _columns(error, method, asked):
    """The columns that a method of a table was asked for; none where it was asked for rows."""
    key = asked.get("key")
    if method == "__getitem__" and isinstance(asked["self"], CELLS):
        key = key[1] if isinstance(key, tuple) and len(key) == 2 else None
    elif method != "__getitem__":
        rows = method == "drop" and asked.get("columns") is None and asked.get("axis") in (0, "index")
        key = None if rows else _named(error.args[0] if error.args else None)
    return [key] if isinstance(key, str) else list(key) if isinstance(key, list) else []


def _named(said):
    """The names in what pandas says of an error: a name alone, names in quotation marks, or a list of names."""
    if isinstance(said, str):
        return [] if said.startswith("local variable") else re.findall(r"'([^']*)'", said) or [said]
    return list(said) if isinstance(said, list | pd.Index) else None
