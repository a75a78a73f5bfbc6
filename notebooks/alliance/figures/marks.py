"""The marks of a chart: what a trace says of a table, in the table's own words.

A mark takes rows and the names of their columns. `says` names columns as a sentence does:
"<b>{donor}</b><br>military: {military:.2f} billion euros"; numbers ({military:.2f}) and dates ({month|%B %Y}) are
formatted as plotly (d3) formats them.
What stands on an axis is read from there; every other column travels as customdata, its text made
harmless and wrapped, unless it is Markup already. An estimate is hollow, a pattern lies over its colour in white.
"""

import re

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from . import style

YES, NO, BEYOND, PARTLY, UNKNOWN = "yes", "no", "more than that", "in one case", "not known"
_MARKS = {
    YES: (style.BLUE, "circle", 20),
    NO: (style.GREY, "circle-open", 14),
    BEYOND: (style.ORANGE, "diamond", 20),
    PARTLY: (style.BLUE, "circle-open-dot", 18),
    UNKNOWN: (style.GREY, "x-thin", 14),
}
COLUMN = re.compile(r"\{(\w+)([:|][^}]*)?\}")


def hover(rows, says, **axes):
    """hovertemplate and customdata of a sentence with {columns}; `axes` maps x, y or text to a column of `rows`."""
    along = {column: axis for axis, column in axes.items() if column}
    carried = [name for name in dict.fromkeys(name for name, _ in COLUMN.findall(says)) if name not in along]

    def place(found):
        name, form = found.groups(default="")
        return f"%{{{along[name]}{form}}}" if name in along else f"%{{customdata[{carried.index(name)}]{form}}}"

    template = COLUMN.sub(place, says) + "<extra></extra>"
    if not carried:
        return dict(hovertemplate=template)
    cells = zip(*(rows[name].map(safe) for name in carried), strict=True)
    return dict(hovertemplate=template, customdata=[list(row) for row in cells])


def safe(value):
    """Text wrapped and harmless, unless it is Markup already; a number as it is, nothing where a value is missing."""
    if isinstance(value, str):
        return value if isinstance(value, Markup) else style.wrapped(value)
    return "" if pd.isna(value) else value


def whole(texts):
    """A Series of texts made harmless and left on one line, however long."""
    return texts.map(lambda text: Markup(style.plain(text)))


def bars(rows, x, y, *, says, text=None, lying=False, marker=None, **more):
    """Bars over the columns `x` and `y`; lying ones begin at the left. `text` is a column written at their ends."""
    if text:
        more = dict(text=rows[text], textposition="outside", cliponaxis=False, constraintext="none") | more
    more = {"orientation": "h", **more} if lying else more
    return go.Bar(x=rows[x], y=rows[y], marker=marker, **hover(rows, says, x=x, y=y, text=text), **more)


def dots(rows, x, y, *, says, colour, shape="circle", size=11, status=None, text=None, **more):
    """A dot for each row: hollow where the column `status` says "estimate", filled elsewhere;
    `text` is a column beside it.
    """
    marker = estimates(colour, rows[status], shape, size) if status else dict(color=colour, symbol=shape, size=size)
    more = {"mode": "markers", "marker": marker, **more}
    if text:
        more = {**more, "mode": "markers+text", "text": rows[text]}
    return go.Scatter(x=rows[x], y=rows[y], **hover(rows, says, x=x, y=y, text=text), **more)


def crosses(rows, x, y, *, says, **more):
    """A grey cross for each row without a figure: missing is not zero."""
    marker = dict(color=style.GREY, symbol="x-thin", size=9, line=dict(width=2, color=style.GREY))
    return go.Scatter(x=rows[x], y=rows[y], mode="markers", marker=marker, **hover(rows, says, x=x, y=y), **more)


def line(rows, x, y, *, colour, says="", dash=None, mode="lines", **more):
    """A line through the rows in their order, silent unless it `says` something; a missing value is a gap."""
    look = dict(color=colour, dash=dash) if dash else dict(color=colour)
    spoken = hover(rows, says, x=x, y=y) if says else dict(hoverinfo="skip")
    return go.Scatter(x=rows[x], y=rows[y], mode=mode, line=look, **spoken, **more)


def yearly(rows, x, y, *, says, colour, name, shape="circle", status="status"):
    """A series over years: a line for what is reported, a dotted line and hollow dots for estimates; gaps stay gaps."""
    estimate = rows[status].eq("estimate")
    reported = rows[~estimate]
    drawn = dict(colour=colour, legendgroup=name)
    marker = dict(symbol=shape, color=colour)
    traces = [line(reported, x, y, says=says, mode="lines+markers", marker=marker, name=name, **drawn)]
    if estimate.any():
        last = (~estimate).to_numpy().nonzero()[0].max(initial=0)
        traces.append(line(rows.iloc[last:], x, y, dash="dot", showlegend=False, **drawn))
        guessed = rows[estimate]
        traces.append(dots(guessed, x, y, says=says, shape=shape, status=status, name=f"{name}, estimate", **drawn))
    return traces


def labels(rows, x, y, text, **more):
    """Words beside the places of rows, without a hover of their own."""
    silent = dict(hoverinfo="skip", showlegend=False)
    more = {"mode": "text", "textposition": "middle right", "cliponaxis": False, **silent, **more}
    return go.Scatter(x=rows[x], y=rows[y], text=rows[text], **more)


def estimates(colour, status, shape="circle", size=11):
    """A plotly marker for a Series of statuses: filled where actual, hollow where an estimate."""
    hollow = status.eq("estimate")
    return dict(
        color=colour,
        size=size,
        symbol=[f"{shape}-open" if open_ else shape for open_ in hollow],
        line=dict(width=[3 if open_ else 0 for open_ in hollow]),
    )


def upright(at, text, **more):
    """A dashed upright line at `at` with its label at the top."""
    line_ = dict(type="line", x0=at, x1=at, yref="paper", y0=0, y1=1, line=dict(color=style.GREY, dash="dash"))
    label = dict(x=at, yref="paper", y=1, yanchor="top", xanchor="left", text=text, showarrow=False)
    return dict(shapes=[line_], annotations=[{**label, **more}])


def level(at, text, width=None, **more):
    """A dashed line across the chart at the height `at` with its label: `style.figure(..., **level(2, "goal"))`."""
    line_ = dict(type="line", xref="paper", x0=0, x1=1, y0=at, y1=at)
    line_["line"] = dict(color=style.GREY, dash="dash", **(dict(width=width) if width else {}))
    label = dict(xref="paper", x=1, y=at, xanchor="right", yanchor="bottom", text=text, showarrow=False)
    return dict(shapes=[line_], annotations=[{**label, **more}])


def uprights(*places, colour=style.GREY, width=None):
    """Dashed lines from bottom to top at these places of the x axis:
    `style.figure(..., shapes=uprights(2014, 2022))`.
    """
    look = dict(type="line", yref="paper", y0=0, y1=1, line=dict(color=colour, width=width, dash="dash"))
    return [dict(x0=place, x1=place, **look) for place in places]


def filled(colour, pattern="", **over):
    """A bar's marker: its colour with a pattern drawn over it in white, so that both are seen and text stays legible.

    `over` is another white, in the names of plotly's pattern.
    """
    over = over or dict(fgcolor="white", fgopacity=0.55)
    return dict(color=colour, pattern=dict(shape=pattern, size=7, fillmode="overlay", **over))


def matrix(labels, answers, texts, wide=18):
    """The traces of a matrix of dots, and a dict of its layout.

    `labels`: a short name for each row. `answers`: a DataFrame in their order, a column for each heading, of
    "yes", "no", "more than that", "in one case" or "not known". `texts`: what the pointer shows, one for each row, or
    a DataFrame like `answers` with one for each dot. `wide`: letters in a line of a name.
    """
    rows = [style.wrapped(label, wide) for label in labels]
    traces = []
    for answer, (colour, shape, size) in _MARKS.items():
        places = [
            (column, row)
            for row in range(len(answers))
            for column in range(answers.shape[1])
            if answers.iloc[row, column] == answer
        ]
        if not places and answer in (BEYOND, PARTLY, UNKNOWN):
            continue
        said = [
            (rows[row], style.plain(answers.columns[column]), style.wrapped(_said(texts, row, column)))
            for column, row in places
        ]
        traces.append(
            go.Scatter(
                x=[column for column, _ in places],
                y=[row for _, row in places],
                mode="markers",
                name=answer,
                marker=dict(color=colour, symbol=shape, size=size, line=dict(width=2, color=colour)),
                customdata=said,
                hovertemplate=f"<b>%{{customdata[0]}}</b><br>%{{customdata[1]}}: "
                f"{answer}<br>%{{customdata[2]}}<extra></extra>",
            )
        )
    layout = dict(
        xaxis=dict(
            tickvals=list(range(answers.shape[1])),
            ticktext=[style.plain(column) for column in answers.columns],
            range=[-0.5, answers.shape[1] - 0.5],
            side="top",
            ticks="",
        ),
        yaxis=dict(tickvals=list(range(len(rows))), ticktext=rows, range=[len(rows) - 0.5, -0.5]),
        legend=dict(y=-0.02, yanchor="top"),
    )
    return traces, layout


def _said(texts, row, column):
    return texts.iloc[row, column] if texts.ndim == 2 else texts.iloc[row]
