"""A table of yes and no as dots: rows of words, columns of what they hold."""

import textwrap

import plotly.graph_objects as go

from .. import style

YES, NO, BEYOND, UNKNOWN = "yes", "no", "more than that", "not known"
_MARKS = {
    YES: (style.BLUE, "circle", 20),
    NO: (style.GREY, "circle-open", 14),
    BEYOND: (style.ORANGE, "diamond", 20),
    UNKNOWN: (style.GREY, "x-thin", 14),
}


def wrapped(text, width):
    """`text` made safe and broken into lines of at most `width` signs, as plotly shows it."""
    return "<br>".join(style.plain(line) for line in textwrap.wrap(str(text), width))


def matrix(labels, answers, hovers=None, width=30):
    """Traces, axes and legend of a matrix of dots.

    `labels`: one text a row. `answers`: a DataFrame of "yes", "no", "more than that" or "not known", a column
    for each heading, in the order of `labels`. `hovers`: what to say of a dot, a table of the same shape.
    Returns traces and a dict of layout.
    """
    rows = [wrapped(label, width) for label in labels]
    lines = [row.count("<br>") + 1.5 for row in rows]
    heights = [sum(lines[:row]) + lines[row] / 2 for row in range(len(rows))]
    traces = []
    for answer, (colour, shape, size) in _MARKS.items():
        places = [
            (column, row)
            for row in range(len(answers))
            for column in range(answers.shape[1])
            if answers.iloc[row, column] == answer
        ]
        if not places and answer in (BEYOND, UNKNOWN):
            continue
        said = [
            (
                rows[row],
                style.plain(answers.columns[column]),
                wrapped(hovers.iloc[row, column], 60) if hovers is not None else "",
            )
            for column, row in places
        ]
        traces.append(
            go.Scatter(
                x=[column for column, _ in places],
                y=[heights[row] for _, row in places],
                mode="markers",
                name=answer,
                marker=dict(color=colour, symbol=shape, size=size, line=dict(width=2, color=colour)),
                customdata=said,
                hovertemplate=f"<b>%{{customdata[0]}}</b><br>%{{customdata[1]}}: {answer}<br>%{{customdata[2]}}<extra></extra>",
            )
        )
    layout = dict(
        xaxis=dict(
            tickvals=list(range(answers.shape[1])),
            ticktext=[wrapped(column, 13) for column in answers.columns],
            range=[-0.5, answers.shape[1] - 0.5],
            side="top",
            tickfont_size=14,
            ticks="",
        ),
        yaxis=dict(
            tickvals=heights,
            ticktext=rows,
            range=[sum(lines), 0],
            tickfont_size=14,
        ),
        legend=dict(y=-0.02, yanchor="top"),
    )
    return traces, layout
