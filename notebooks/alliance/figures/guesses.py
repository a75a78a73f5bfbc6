"""Charts of what a class guessed, before the data are shown."""

from .. import data, measures, words
from . import marks, style

TALL = 30  # pixels of a bar


def class_guesses(guesses, kind, question):
    """The guesses of a class to one question, without a name: dots, bars or lines, as `kind` asks; no data beside."""
    rows = measures.class_guesses(guesses, kind)
    traces, twin, more = LOOKS[kind](rows)
    return style.figure(
        traces,
        title=f"How {words.counted(len(guesses), 'learner')} guessed",
        subtitle=question,
        source=data.own("the class's own first guesses", "read from this computer"),
        twin=twin,
        table=rows,
        showlegend=False,
        **more,
    )


def _numbers(rows):
    low, high = rows["value"].min(), rows["value"].max()
    dots = marks.dots(rows, "value", "height", says="{value}", colour=style.BLUE, size=15)
    twin = f"The guesses go from {words.short(low)} to {words.short(high)}."
    highest = max(4, int(rows["height"].max()))
    return [dots], twin, {"yaxis": {"visible": False, "range": [0, highest + 1]}, "height": 280, "value_axis": "x"}


def _choices(rows):
    wrapped = rows.assign(name=[style.wrapped(said, 34) for said in rows["said"]], end=rows["learners"].astype(str))
    first, most = rows.iloc[0], rows["learners"].sum()
    twin = f"Most often, by {first['learners']} of {most}: “{first['said']}”."
    return _bars(wrapped, "learners", "{learners} chose it"), twin, _lying(rows)


def _orders(rows):
    ends = [f"{place:.1f}" for place in rows["mean_place"]]
    wrapped = rows.assign(name=[style.wrapped(item, 34) for item in rows["item"]], end=ends)
    twin = f"Foremost in the class's orders: “{rows['item'].iloc[0]}”; last: “{rows['item'].iloc[-1]}”."
    return _bars(wrapped, "mean_place", "mean place {mean_place:.1f}"), twin, _lying(rows)


def _bars(rows, column, says):
    return [marks.bars(rows, column, "name", says=says, lying=True, text="end", marker=marks.filled(style.BLUE, ""))]


def _lying(rows):
    return {"yaxis": {"autorange": "reversed"}, "height": 130 + TALL * len(rows), "value_axis": "x"}


def _lines(rows):
    lines = [
        marks.line(rows[rows["learner"] == learner], "year", "value", colour=style.BLUE).update(line_width=2)
        for learner in rows["learner"].unique()
    ]
    twin = f"The lines go from {words.short(rows['value'].min())} to {words.short(rows['value'].max())}."
    return lines, twin, {"xaxis": {"tickformat": "d"}, "height": 380}


LOOKS = {"number": _numbers, "choice": _choices, "ranking": _orders, "order": _orders, "line": _lines}
