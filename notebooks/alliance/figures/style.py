"""How every chart looks: one template, one palette, one way to draw doubt.

The palette keeps a contrast of at least 3:1 on white and on JupyterLab's dark grey, and its
colours stay apart (CIEDE2000 of 10 or more) for protanopes and deuteranopes. Colour never
speaks alone: a marker, a dash, a pattern or a label says the same.
"""

import functools
import html
import textwrap
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from .. import data, words

BLUE, ORANGE, GREEN, PURPLE, GREY = PALETTE = ("#068AFA", "#EC4F0A", "#3F996D", "#A166A9", "#74787D")
FAINT = "rgba(116, 120, 125, 0.25)"
FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"


@functools.cache
def template():
    """The `Template` of every chart; made when the first is drawn, for plotly takes its time over it."""
    axis = dict(
        automargin=True,
        zeroline=False,
        showgrid=True,
        gridcolor=FAINT,
        linecolor=GREY,
        ticks="outside",
        title_font_size=15,
    )
    return go.layout.Template(
        layout=dict(
            font=dict(family=FONT, size=15),
            colorway=PALETTE,
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            title=dict(x=0, xanchor="left", xref="container", font_size=19, subtitle_font_size=15),
            xaxis=dict(axis, tickcolor=FAINT, tickangle=0),  # words lie flat: chart.js folds or thins them
            yaxis=dict(axis, ticklen=5, tickcolor="rgba(0,0,0,0)"),  # names keep their distance from the bars
            hoverlabel=dict(font_size=14, font_family=FONT, align="left"),
            legend=dict(
                orientation="h",
                x=0,
                xanchor="left",
                y=1.02,
                yanchor="bottom",
                font_size=14,
                title_text="",
                traceorder="normal",
            ),
            margin=dict(l=8, r=24, t=24, b=8),
            bargap=0.25,
        ),
        data=dict(
            scatter=[go.Scatter(line_width=3, marker=dict(size=10, line_width=0))],
            bar=[go.Bar(textfont_size=14)],
        ),
    )


class Figure(go.Figure):
    """A `go.Figure` that also carries its words.

    `twin`: one or two sentences that say what the chart shows, computed from the same table.
    `source`: what it rests on, `data.Sources`. `note`: what to know before reading.
    `table`: the DataFrame behind the chart. `value_axis`: "x" or "y", where the quantity lies.
    """

    WORDS: dict[str, Any] = dict(twin="", source=data.Sources(), note="", table=None, value_axis="y")
    twin, source, note, table, value_axis = WORDS.values()

    @property
    def text(self):
        """What stands for the chart where only text is shown: the twin, and the first of its sources."""
        return " ".join(part for part in (self.twin, f"{self.source.text(2)}." if self.source else "") if part)

    def copy(self):
        """A copy with its words, to draw into."""
        twin = Figure(self)
        for name in self.WORDS:
            setattr(twin, name, getattr(self, name))
        return twin


def figure(traces, *, title, subtitle, source, twin, table, note="", value_axis="y", height=430, **layout):
    """The `Figure` of these traces; `subtitle` gives unit and year, `layout` goes to plotly."""
    title = dict(text=plain(words.minus(title)), subtitle_text=plain(words.minus(subtitle)))
    drawn = Figure(
        data=traces, layout=dict(template=template(), title=title, height=height, uirevision="keep", **layout)
    )
    twin = words.minus(twin)
    drawn.twin, drawn.source, drawn.note, drawn.table, drawn.value_axis = twin, source, note, table, value_axis
    return drawn


def plain(text):
    """`text` (a string or a Series of strings) with HTML made harmless, as plotly shows it."""
    if isinstance(text, pd.Series):
        return text.map(plain)
    return html.escape(str(text), quote=False)


@functools.lru_cache(maxsize=4096, typed=True)  # a chart says the same of many marks, at every step of a control
def wrapped(text, width=60):
    """`text` with HTML made harmless, broken into lines short enough for a hover label."""
    return "<br>".join(plain(line) for line in textwrap.wrap(str(text), width))


def hover(template, *parts):
    """Markup of a template with what stands in its {}: texts made harmless and wrapped, Markup and numbers as they are.

    `hover("<br><i>{}</i>", note)`; what is put together so is shown as it is by the mark that names its column.
    """
    safe = [part if isinstance(part, Markup) or not isinstance(part, str) else Markup(wrapped(part)) for part in parts]
    return Markup(template).format(*safe)
