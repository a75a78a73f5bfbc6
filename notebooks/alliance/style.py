"""How every chart looks: one template, one palette, one way to draw doubt.

The palette keeps a contrast of at least 3:1 on white and on JupyterLab's dark grey, and its
colours stay apart (CIEDE2000 of 10 or more) for protanopes and deuteranopes. Colour never
speaks alone: a marker, a dash, a pattern or a label says the same.
"""

import html
import re
import textwrap

import pandas as pd
import plotly.graph_objects as go

BLUE, ORANGE, GREEN, PURPLE, GREY = PALETTE = ("#068AFA", "#EC4F0A", "#3F996D", "#A166A9", "#74787D")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x")
DASHES = ("solid", "dash", "dot", "dashdot", "longdash")
PATTERNS = ("", "/", ".", "x", "-")
FAINT = "rgba(116, 120, 125, 0.25)"
FONT = "system-ui, -apple-system, 'Segoe UI', 'Noto Sans', 'DejaVu Sans', sans-serif"

TEMPLATE = go.layout.Template(
    layout=dict(
        font=dict(family=FONT, size=15),
        colorway=PALETTE,
        paper_bgcolor="rgba(0,0,0,0)",
        plot_bgcolor="rgba(0,0,0,0)",
        title=dict(x=0, xanchor="left", xref="container", font_size=19, subtitle_font_size=15),
        xaxis=dict(
            automargin=True,
            zeroline=False,
            showgrid=True,
            gridcolor=FAINT,
            linecolor=GREY,
            ticks="outside",
            tickcolor=FAINT,
        ),
        yaxis=dict(automargin=True, zeroline=False, showgrid=True, gridcolor=FAINT, linecolor=GREY),
        hoverlabel=dict(font_size=14, font_family=FONT, align="left"),
        legend=dict(orientation="h", x=0, xanchor="left", y=1.02, yanchor="bottom", font_size=14, title_text=""),
        margin=dict(l=8, r=16, t=24, b=8),
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
    `source`: publisher, edition and date. `note`: what to know before reading.
    `table`: the DataFrame behind the chart. `value_axis`: "x" or "y", where the quantity lies.
    """

    twin = ""
    source = ""
    note = ""
    table = None
    value_axis = "y"


def figure(traces, *, title, subtitle, source, twin, table, note="", value_axis="y", height=430, **layout):
    """The `Figure` of these traces; `subtitle` gives unit and year, `layout` goes to plotly."""
    drawn = Figure(data=traces, layout=dict(template=TEMPLATE, height=height, uirevision="keep", **layout))
    drawn.update_layout(title=dict(text=plain(title), subtitle_text=plain(subtitle)))
    drawn.twin, drawn.source, drawn.note, drawn.table, drawn.value_axis = twin, source, note, table, value_axis
    return drawn


def plain(text):
    """`text` (a string or a Series of strings) with HTML made harmless, as plotly shows it."""
    if isinstance(text, pd.Series):
        return text.map(plain)
    return html.escape(str(text), quote=False)


def wrapped(text, width=60):
    """`text` with HTML made harmless, broken into lines short enough for a hover label."""
    return "<br>".join(plain(line) for line in textwrap.wrap(str(text), width))


def number(value, digits=0):
    """`value` as people write it: thousands apart, `digits` decimals, 'no figure' if missing."""
    if pd.isna(value):
        return "no figure"
    return f"{value:,.{digits}f}"


def short(value):
    """`value` with the digits that count, never as 1.2e+04; years keep their look."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.5g}"


def named(items):
    """['a', 'b', 'c'] as 'a, b and c'; 'none' if there are none."""
    items = [str(item) for item in items]
    if len(items) < 2:
        return items[0] if items else "none"
    return ", ".join(items[:-1]) + " and " + items[-1]


def dots(colour, status, shape="circle", size=11):
    """A plotly marker for a Series of statuses: filled where actual, hollow where an estimate."""
    hollow = status.eq("estimate")
    return dict(
        color=colour,
        size=size,
        symbol=[f"{shape}-open" if open_ else shape for open_ in hollow],
        line=dict(width=[3 if open_ else 0 for open_ in hollow]),
    )


def yearly(years, values, status, *, colour, name, hover, customdata=None, shape="circle"):
    """Traces of a series over years: a line for what is reported, a dotted line and hollow dots for estimates.

    All arguments are Series of one length (`customdata` a list); missing values stay gaps.
    """
    known = list(customdata) if customdata is not None else [None] * len(years)
    reported = (status != "estimate").to_numpy()
    last = reported.nonzero()[0].max() if reported.any() else 0
    traces = [
        go.Scatter(
            x=years[reported],
            y=values[reported],
            customdata=[row for row, yes in zip(known, reported, strict=True) if yes],
            mode="lines+markers",
            line_color=colour,
            marker=dict(symbol=shape, color=colour),
            name=name,
            legendgroup=name,
            hovertemplate=hover,
        )
    ]
    if not reported.all():
        traces.append(
            go.Scatter(
                x=years.iloc[last:],
                y=values.iloc[last:],
                mode="lines",
                line=dict(color=colour, dash="dot"),
                legendgroup=name,
                showlegend=False,
                hoverinfo="skip",
            )
        )
        traces.append(
            go.Scatter(
                x=years[~reported],
                y=values[~reported],
                customdata=[row for row, yes in zip(known, reported, strict=True) if not yes],
                mode="markers",
                marker=dots(colour, status[~reported], shape),
                name=f"{name}, estimate",
                legendgroup=name,
                hovertemplate=hover,
            )
        )
    return traces


def copy(figure):
    """A copy of a `Figure` with its words, to draw into."""
    twin = Figure(figure)
    twin.twin, twin.source, twin.note, twin.table, twin.value_axis = (
        figure.twin,
        figure.source,
        figure.note,
        figure.table,
        figure.value_axis,
    )
    return twin


def joined(*source_lines, most=4):
    """Several source lines as one, 'Sources: A; B; and 3 more', with at most `most` of them named."""
    parts = [part for line in source_lines for part in line.split(": ", 1)[1].split("; ")]
    named_parts = list(dict.fromkeys(part for part in parts if not re.fullmatch(r"and \d+ more", part)))
    unnamed = sum(int(part.split()[1]) for part in parts if re.fullmatch(r"and \d+ more", part))
    more = len(named_parts[most:]) + unnamed
    return "Sources: " + "; ".join([*named_parts[:most], *([f"and {more} more"] if more else [])])
