"""What a learner's own line prints: plain numbers, and a sentence, no page of traceback, for a misspelt column."""

import difflib

import numpy as np
import pandas as pd
from IPython import get_ipython

MOST = 12  # columns named where none is close


def meet_learners():
    """Ask the notebook, if this is one, to print NumPy's numbers as plain ones and to say which column is not there."""
    shell = get_ipython()
    if shell is None:
        return
    shell.set_custom_exc((KeyError, AttributeError), _met)
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
        table = error.obj if isinstance(error.obj, pd.DataFrame) else None
        wanted = [error.name]
    else:
        table, wanted = _asked(trace)
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


def _asked(trace):
    """The table that was asked for a column in square brackets, and the names asked for; (None, []) if none was."""
    while trace is not None:
        frame = trace.tb_frame
        table = frame.f_locals.get("self")
        if frame.f_code.co_name == "__getitem__" and isinstance(table, pd.DataFrame):
            wanted = frame.f_locals.get("key")
            return table, [wanted] if isinstance(wanted, str) else list(wanted) if isinstance(wanted, list) else []
        trace = trace.tb_next
    return None, []
