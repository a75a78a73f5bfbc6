"""What several charts share: bars with a pattern, a matrix of dots for yes and no."""


import plotly.graph_objects as go

from .. import style

YES, NO, BEYOND, UNKNOWN = "yes", "no", "more than that", "not known"
_MARKS = {
    YES: (style.BLUE, "circle", 20),
    NO: (style.GREY, "circle-open", 14),
    BEYOND: (style.ORANGE, "diamond", 20),
    UNKNOWN: (style.GREY, "x-thin", 14),
}


def filled(colour, pattern=""):
    """A bar's marker: its colour with a pattern drawn over it in white, so that both are seen and text stays legible."""
    return dict(color=colour, pattern=dict(shape=pattern, size=7, fillmode="overlay", fgcolor="white", fgopacity=0.55))


def matrix(labels, answers, texts):
    """The traces of a matrix of dots, and a dict of its layout.

    `labels`: a short name for each row. `answers`: a DataFrame in their order, a column for each heading, of
    "yes", "no", "more than that" or "not known". `texts`: what the pointer shows, one for each row, or a
    DataFrame like `answers` with one for each dot.
    """
    rows = [style.wrapped(label, 18) for label in labels]
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
                hovertemplate=f"<b>%{{customdata[0]}}</b><br>%{{customdata[1]}}: {answer}<br>%{{customdata[2]}}<extra></extra>",
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
