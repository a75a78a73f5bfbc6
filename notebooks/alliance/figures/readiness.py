"""Charts of readiness: scores at accession, over the years, and the way to a goal."""

import pandas as pd
import plotly.graph_objects as go

from .. import data, measures, words
from . import style

TABLE = "institutions"


def _source(index):
    return data.source_line(TABLE, index)


def _digits(index):
    return ".2f" if index.startswith("vdem") else ".0f"


def _axis(index, headroom=0.04):
    """Range of an index with the better end last, and room at both ends."""
    _, _, worst, best, _ = measures.INDICES[index]
    return [worst - (best - worst) * 0.04, best + (best - worst) * headroom]


def _direction(index, side):
    _, scale, _, _, better = measures.INDICES[index]
    return f"{scale}; further {side} is {better}"


def _numbers_run_down(index):
    return " The axis is turned: 1 is the freest grade, 7 the least free." if measures.lower_is_better(index) else ""


def scores_at_accession(institutions, members, index="vdem_electoral", year=2021):
    """Dot plot: each member's score in the year it joined, with Ukraine in several years."""
    rows = measures.at_accession(institutions, members, index)
    own = measures.scores(institutions, measures.UKRAINE, index)
    name, _, _, _, better = measures.INDICES[index]
    years = sorted({*measures.ukraine_years(institutions, index), *([year] if year in own.index else [])})
    ukraine = pd.DataFrame({"country": "Ukraine", "year": years, "value": [float(own[one]) for one in years]})
    table = pd.concat([rows.assign(who="member"), ukraine.assign(who="Ukraine")])
    table = table.sort_values("value", ascending=measures.lower_is_better(index), kind="stable", ignore_index=True)
    labels = [f"{country} {when}" for country, when in zip(table["country"], table["year"])]
    digits, traces = _digits(index), []
    for who, legend, colour, shape in (
        ("member", "a member, in the year it joined", style.BLUE, "circle"),
        ("Ukraine", "Ukraine, in that year", style.ORANGE, "diamond"),
    ):
        part = table[table["who"] == who]
        traces.append(
            go.Scatter(
                x=part["value"],
                y=part.index,
                mode="markers",
                name=legend,
                marker=dict(color=colour, symbol=shape, size=12),
                customdata=[[style.plain(country), one] for country, one in zip(part["country"], part["year"])],
                hovertemplate=f"<b>%{{customdata[0]}}</b>, %{{customdata[1]}}<br>{style.plain(name)}: %{{x:{digits}}}<extra></extra>",
            )
        )
    without = measures.unscored_at_accession(institutions, members, index)
    gone = (
        f" Without a score in their year: {words.named(without)}."
        if len(without) <= 6
        else f" {len(without)} members have no score in the year they joined: most of them joined before the index began."
    )
    if year in own.index:
        lower, same = measures.entered_lower(institutions, members, index, year)
        score = float(own[year])
        title = f"{len(lower)} of {len(rows)} members joined with a worse score than Ukraine's of {year}"
        title += f", {len(same)} with the same" if same else ""
        twin = f"{name}: Ukraine had {score:{digits}} in {year}. Worse when they joined: {words.named(lower)}; the same: {words.named(same)}.{gone}"
        mark = dict(
            type="line",
            x0=score,
            x1=score,
            yref="paper",
            y0=0,
            y1=1,
            line=dict(color=style.ORANGE, width=2, dash="dash"),
        )
        shapes = [mark]
    else:
        title = f"No score for Ukraine in {year} by this index"
        twin = f"{name}: Ukraine has scores from {own.index.min()} to {own.index.max()}, none for {year}.{gone}"
        shapes = []
    return style.figure(
        traces,
        title=title,
        subtitle=f"{name}: {_direction(index, 'right')}",
        source=_source(index),
        twin=twin,
        table=table[["country", "year", "value", "who"]],
        note="The dashed line is Ukraine in the year you chose. A member's score of its own year, not of today."
        + _numbers_run_down(index),
        value_axis="x",
        xaxis=dict(range=_axis(index)),
        yaxis=dict(
            tickvals=list(range(len(table))),
            ticktext=[f"<b>{text}</b>" if who == "Ukraine" else text for text, who in zip(labels, table["who"])],
            range=[len(table) - 0.4, -0.6],
            tickfont_size=14,
        ),
        shapes=shapes,
        height=450,
        showlegend=True,
    )


def readiness_lines(institutions, members, index="vdem_liberal", peer="MKD"):
    """Lines over the years: Ukraine, one other country and the middle of the allies, by one index."""
    name, _, _, _, _ = measures.INDICES[index]
    digits = _digits(index)
    own = measures.scores(institutions, measures.UKRAINE, index)
    other = measures.scores(institutions, peer, index)
    middle = measures.allies_median(institutions, members, index)
    names = data.load("countries").set_index("iso3")["name"]
    joined = members.set_index("iso3")["accession_date"].dt.year
    traces = []
    for who, line, iso3, colour, dash, shape in (
        ("Ukraine", own, measures.UKRAINE, style.BLUE, "solid", "circle"),
        (names[peer], other, peer, style.GREEN, "dash", "square"),
        ("middle of the allies", middle, None, style.GREY, "dot", "diamond"),
    ):
        rows = pd.DataFrame({"iso3": iso3, "year": line.index})
        notes = data.remarks_for(TABLE, rows, index).map(lambda note: f"<br>{style.plain(note)}" if note else "")
        traces.append(
            go.Scatter(
                x=line.index,
                y=line,
                mode="lines+markers",
                name=style.plain(who),
                line=dict(color=colour, dash=dash),
                marker=dict(symbol=shape, size=7, color=colour),
                customdata=list(notes),
                hovertemplate=f"<b>{style.plain(who)}, %{{x}}</b><br>{style.plain(name)}: %{{y:{digits}}}%{{customdata}}<extra></extra>",
            )
        )
    marks = {2014: "annexation<br>of Crimea ", 2022: "full-scale<br>invasion "}
    shapes = [
        dict(type="line", x0=at, x1=at, yref="paper", y0=0, y1=1, line=dict(color=style.GREY, dash="dash"))
        for at in marks
    ]
    top = dict(yref="paper", y=1, yanchor="top", xanchor="right", align="right", showarrow=False, font_size=14)
    labels = [dict(x=at, text=text, **top) for at, text in marks.items()]
    entry = joined.get(peer)
    if entry is not None and entry in other.index:
        labels.append(
            dict(
                x=int(entry),
                y=float(other[entry]),
                text=f"{style.plain(names[peer])} joins",
                ax=0,
                ay=-32,
                arrowhead=2,
                arrowcolor=style.GREY,
                font_size=14,
            )
        )
    both = other.index.intersection(own.index)
    better = ~measures.worse(own[both], other[both], index) & (own[both] != other[both])
    return style.figure(
        traces,
        title=f"Ukraine: {own.iloc[0]:{digits}} in {own.index[0]}, {own.iloc[-1]:{digits}} in {own.index[-1]}; {style.plain(names[peer])}: {other.iloc[-1]:{digits}}",
        subtitle=f"{name}: {_direction(index, 'up')}",
        source=_source(index),
        twin=f"{name}: Ukraine had {own[measures.BEFORE_WARS[0]]:{digits}} in {measures.BEFORE_WARS[0]}, {own[measures.BEFORE_WARS[1]]:{digits}} in {measures.BEFORE_WARS[1]} and {own.iloc[-1]:{digits}} in {own.index[-1]}. It stood better than {names[peer]} in {better.sum()} of {len(both)} years. The middle of the allies was {middle.iloc[-1]:{digits}} in {middle.index[-1]}.",
        table=pd.DataFrame({"Ukraine": own, str(names[peer]): other, "middle of the allies": middle}).rename_axis(
            "year"
        ),
        note="The middle is the median of those who were allies in that year, so its circle grows."
        + _numbers_run_down(index),
        xaxis=dict(range=[middle.index.min() - 1, max(middle.index.max(), own.index.max()) + 1], tickformat="d"),
        yaxis=dict(range=_axis(index, headroom=0.16)),
        shapes=shapes,
        annotations=labels,
        height=420,
        showlegend=True,
    )


def half_way(ways):
    """Bars: how much of the way Ukraine's corruption score has come, goal by goal."""
    first = ways.iloc[0]
    return style.figure(
        [
            go.Bar(
                x=ways["percent"],
                y=ways["yardstick"].str.replace(", ", ",<br>"),
                orientation="h",
                marker_color=style.BLUE,
                text=[f"{value:.0f}%" for value in ways["percent"]],
                textposition="outside",
                customdata=ways[["start", "now", "goal"]],
                hovertemplate="from %{customdata[0]} to %{customdata[1]}, goal %{customdata[2]} points<br><b>%{x:.0f}% of the way</b><extra></extra>",
            )
        ],
        title=f"The same {first['now'] - first['start']} points are "
        + words.named(f"{value:.0f}%" for value in ways["percent"])
        + " of the way",
        subtitle=f"Ukraine's Corruption Perceptions Index since 2014: {first['start']} to {first['now']} points; % of the way to three goals",
        source=_source("cpi_score"),
        twin="From the same start and the same score: "
        + "; ".join(f"{value:.0f}% of the way to {goal}" for value, goal in zip(ways["percent"], ways["goal"]))
        + ".",
        table=ways,
        note="64 is the average of 31 countries of western Europe and the EU, as our claims table records it. The index has no pass mark, and we found none of NATO's.",
        value_axis="x",
        xaxis=dict(range=[0, 104], ticksuffix="%"),
        yaxis=dict(autorange="reversed", showgrid=False),
        height=330,
    )


def gap(institutions, start=2014, goal=64, margin=0.0):
    """A track from 0 to 100: where the corruption score began, where it stands, and where a goal lies."""
    own = measures.scores(institutions, measures.UKRAINE, "cpi_score")
    begin, now, year = int(own[start]), int(own.iloc[-1]), int(own.index[-1])
    if goal == begin:
        percent, said, reach = None, "no way to go", ""
    else:
        percent = measures.gap_closed(begin, now, goal)
        low, high = measures.gap_range(begin, now, goal, margin)
        said = f"{percent:.0f}% of the way"
        reach = (
            f" If both scores may be off by {margin:g} points, it is anything from {low:.0f}% to {high:.0f}%."
            if margin
            else ""
        )
    behind, ahead = now - begin, goal - now
    table = pd.DataFrame(
        {
            "point": ["start", "now", "goal", "behind", "ahead"],
            "year": [start, year, None, None, None],
            "points": [begin, now, goal, behind, ahead],
        }
    )
    return style.figure(
        [
            go.Bar(
                x=[behind],
                base=[begin],
                y=["way"],
                orientation="h",
                name="points gained",
                width=0.4,
                marker_color=style.BLUE,
                hovertemplate="%{x} points gained<extra></extra>",
            ),
            go.Bar(
                x=[ahead],
                base=[now],
                y=["way"],
                orientation="h",
                name="points to go",
                width=0.4,
                marker=dict(color=style.GREY, pattern_shape="/"),
                hovertemplate="%{x} points to go<extra></extra>",
            ),
            go.Scatter(
                x=[begin, now, goal],
                y=["way"] * 3,
                mode="markers",
                marker=dict(
                    color=[style.GREY, style.ORANGE, style.GREEN], symbol=["circle", "diamond", "star"], size=18
                ),
                error_x=dict(type="data", array=[margin, margin, 0], thickness=3, width=8, color=style.GREY)
                if margin
                else None,
                customdata=[f"{start}: {begin} points", f"{year}: {now} points", f"your goal: {goal} points"],
                hovertemplate="%{customdata}<extra></extra>",
                showlegend=False,
            ),
        ],
        title=f"From {begin} in {start} to {now} in {year}: {said} to {goal}",
        subtitle="Ukraine's Corruption Perceptions Index, points from 0 (very corrupt) to 100 (very clean)",
        source=_source("cpi_score"),
        twin=f"{now - begin:+d} points since {start}, {goal - now:+d} to your goal of {goal}: {said}.{reach}",
        table=table,
        note=f"The publisher's standard errors are about {measures.CPI_MARGIN[0]:g} to {measures.CPI_MARGIN[1]:g} points.",
        value_axis="x",
        barmode="overlay",
        xaxis=dict(range=[0, 100]),
        yaxis=dict(visible=False),
        annotations=[
            dict(
                x=begin, y="way", yshift=-58, text=f"{start}: {begin}", showarrow=False, font_size=15, xanchor="right"
            ),
            dict(x=now, y="way", yshift=58, text=f"<b>{year}: {now}</b>", showarrow=False, font_size=15),
            dict(x=goal, y="way", yshift=-58, text=f"goal: {goal}", showarrow=False, font_size=15, xanchor="left"),
        ],
        height=260,
    )


def yearly_noise(institutions, country="UKR", margin=2.0):
    """Bars: a corruption score's change from year to year, against a margin."""
    rows = measures.yearly_changes(institutions, country)
    name = data.load("countries").set_index("iso3").loc[country, "name"]
    beyond = rows["change"].abs() > margin
    total = rows["value"].iloc[-1] - (rows["value"].iloc[0] - rows["change"].iloc[0])
    band = dict(
        type="rect", xref="paper", x0=0, x1=1, y0=-margin, y1=margin, fillcolor=style.FAINT, line_width=0, layer="below"
    )
    return style.figure(
        [
            go.Bar(
                x=rows.loc[chosen, "year"],
                y=rows.loc[chosen, "change"],
                name=legend,
                marker=dict(color=colour, pattern_shape=pattern),
                customdata=rows.loc[chosen, "value"],
                hovertemplate="<b>%{x}</b><br>%{y:+.0f} points, to %{customdata}<extra></extra>",
            )
            for legend, chosen, colour, pattern in (
                ("beyond the margin", beyond, style.BLUE, ""),
                ("within the margin", ~beyond, style.GREY, "/"),
            )
        ],
        title=f"{style.plain(name)}: {beyond.sum()} of {len(rows)} yearly changes exceed {margin:g} points; together they make {total:+.0f}",
        subtitle=f"Corruption Perceptions Index, change against the year before, points, {rows['year'].min()} to {rows['year'].max()}",
        source=_source("cpi_score"),
        twin=f"{name}'s score changed by more than {margin:g} points in {beyond.sum()} of {len(rows)} years. Over all years it moved by {total:+.0f} points, to {rows['value'].iloc[-1]:.0f} in {rows['year'].iloc[-1]}.",
        table=rows,
        note=f"The shaded band is your margin. The publisher's standard errors are about {measures.CPI_MARGIN[0]:g} to {measures.CPI_MARGIN[1]:g} points for Ukraine, Russia and the United States; a difference of two scores is less sure than either.",
        xaxis=dict(
            dtick=1,
            tickformat="d",
            tickangle=-60,
            range=[rows["year"].min() - 0.6, rows["year"].max() + 0.6],
            showgrid=False,
        ),
        yaxis=dict(range=[-10, 10], zeroline=True, zerolinecolor=style.GREY, title_text="points"),
        shapes=[band],
        height=360,
        showlegend=True,
    )
