"""Charts of the long road: timeline, summits, polls, days, law, stories, ladder and stance."""

import pandas as pd
import plotly.graph_objects as go

from .. import data, measures, words
from . import style

TABLE = "events"
KINDS = ["membership", "diplomacy", "war", "aid", "reform", "spending"]
LABELLED = 14  # so many events fit into a chart with their names
_SHAPES = {
    "referendum, all respondents": "circle",
    "referendum, those who would vote": "diamond",
    "in favour, not a referendum question": "square",
}


def _cited(rows, table=TABLE):
    """Source line of some rows: three sources named, the others counted."""
    rows = rows.drop_duplicates("source")
    lines = [data.source_line(table, id=identifier) for identifier in rows["id"].head(3)]
    if not lines:
        return data.source_line(table)
    return words.sources(*lines) + (f"; and {len(rows) - 3} more" if len(rows) > 3 else "")


def _these(events, identifiers):
    return events[events["id"].isin(list(identifiers))]


def _titles():
    known = data.load("sources").set_index("id")
    return known["publisher"] + ", " + known["title"]


def _said(rows):
    return [measures.when(date, precision) for date, precision in zip(rows["date"], rows["precision"])]


def _short(date, precision="day"):
    return {"day": f"{date.day} {date:%b %Y}", "month": f"{date:%b %Y}", "year": f"{date:%Y}"}[precision]


def _vertical(x, text, **more):
    """A dashed line across the chart with words at its top."""
    shape = dict(type="line", x0=x, x1=x, yref="paper", y0=0, y1=1, line=dict(color=style.GREY, width=2, dash="dash"))
    place = dict(xanchor="left", yanchor="top", yref="paper", y=1, align="left")
    return shape, dict(x=x, text=text, showarrow=False, font_size=14, **{**place, **more})


# The road with filters ------------------------------------------------------------------------


def road(events, period, kind="all", article="all", doubtful=False):
    """Timeline of the events that pass the filters: named one by one if they are few, else in lanes by kind."""
    rows = measures.road_events(events, period, kind, article, doubtful)
    rows = rows.assign(said=_said(rows), firm=rows["confidence"].isin(measures.FIRM), flagged=rows["flag_text"].notna())
    named = len(rows) <= LABELLED
    start, end = (pd.Timestamp(day) for day in period)
    lanes = {name: place for place, name in enumerate(KINDS)}
    if named:
        heights = pd.Series(range(len(rows)), index=rows.index, dtype=float)
        days = [_short(date, precision) for date, precision in zip(rows["date"], rows["precision"])]
        if len(rows) <= 7:
            labels = [
                f"<b>{day}</b><br>{style.plain(measures.shortened(title, 34))}"
                for day, title in zip(days, rows["title"])
            ]
        else:
            short = [style.plain(measures.shortened(title, 27)) for title in rows["title"]]
            labels = [f"{date:%b %Y}  {title}" for date, title in zip(rows["date"], short)]
    else:
        shift = (rows.groupby("category").cumcount() % 3 - 1) * 0.22
        heights, labels = rows["category"].map(lanes) + shift, KINDS
    groups = [
        ("event", rows["firm"] & ~rows["flagged"], style.BLUE, "circle"),
        ("an article and the record part ways", rows["firm"] & rows["flagged"], style.ORANGE, "diamond"),
        ("doubtful: found nowhere else", ~rows["firm"], style.GREY, "x-open"),
    ]
    traces = []
    for name, chosen, colour, shape in groups:
        part = rows[chosen]
        if part.empty:
            continue
        flags = ["" if pd.isna(flag) else f"<br><i>{style.wrapped(flag)}</i>" for flag in part["flag_text"]]
        traces.append(
            go.Scatter(
                x=part["date"],
                y=heights[chosen],
                mode="markers",
                name=name,
                marker=dict(color=colour, symbol=shape, size=12, line_width=2 if shape == "x-open" else 0),
                customdata=[
                    [said, style.wrapped(title), style.wrapped(about), kind, flag]
                    for said, title, about, kind, flag in zip(
                        part["said"], part["title"], part["description"], part["category"], flags
                    )
                ],
                hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[0]}, %{customdata[3]}<br>%{customdata[2]}%{customdata[4]}<extra></extra>",
            )
        )
    firm, asked = rows[rows["firm"]], _asked(kind, article)
    if rows.empty:
        twin = f"No {asked} from {start.year} to {end.year}. Choose other filters."
    else:
        twin = f"{len(rows)} {asked}: the first on {rows['said'].iloc[0]} ({rows['title'].iloc[0]}), the last on {rows['said'].iloc[-1]} ({rows['title'].iloc[-1]}). In {rows['flagged'].sum()} of them an article and the record part ways."
    if kind == "all" and len(firm) > LABELLED:
        most = firm["category"].value_counts()
        twin += f" Most frequent: {most.index[0]} ({most.iloc[0]})."
    if doubtful:
        twin += f" Doubtful rows among them: {(~rows['firm']).sum()}."
    return style.figure(
        traces or [go.Scatter(x=[start], y=[0], mode="markers", marker_opacity=0, hoverinfo="skip")],
        title=f"{len(rows)} {asked}",
        subtitle=f"{_short(start)} to {_short(end)}; date and kind of event"
        + ("" if named else "; point at a mark to read it"),
        source=_cited(rows),
        twin=twin,
        table=rows.assign(source=rows["source"].map(_titles()))[
            ["said", "title", "description", "category", "articles", "flag_text", "source", "confidence"]
        ].rename(columns={"said": "date", "category": "kind", "flag_text": "where an article parts ways"}),
        note="With few events, each is named; with many, they lie in lanes by kind. Which events stand in the table is a choice, too.",
        showlegend=True,
        xaxis=dict(
            type="date", nticks=6, tickangle=0, range=[start - (end - start) * 0.03, end + (end - start) * 0.05]
        ),
        yaxis=dict(
            tickvals=list(range(len(rows))) if named else list(lanes.values()),
            ticktext=labels,
            range=[max(len(rows), 4) - 0.4, -0.6] if named else [5.5, -0.5],
            tickfont_size=14,
        ),
        height=450,
    )


def _asked(kind, article):
    what = "events in these years" if kind == "all" else f"events of the kind “{kind}”"
    return what + {"all": "", "none": " that none of the five articles mentions"}.get(
        article, f" that {article} mentions"
    )


# Summits --------------------------------------------------------------------------------------


def promises(summits):
    """Timeline of four summits with the words each used on Ukraine's membership."""
    gaps = summits["date"].diff().dt.days.iloc[1:]
    first, last = summits.iloc[0], summits.iloc[-1]
    return style.figure(
        [
            go.Scatter(
                x=summits["date"],
                y=list(range(len(summits))),
                mode="markers+text",
                text=[f"<b>{style.plain(phrase)}</b>" for phrase in summits["phrase"]],
                textposition=["middle right" if place == 0 else "middle left" for place in range(len(summits))],
                textfont_size=14,
                marker=dict(color=style.BLUE, size=14),
                customdata=[[style.wrapped(text), summit] for text, summit in zip(summits["text"], summits["summit"])],
                hovertemplate="<b>%{customdata[1]}</b><br>%{customdata[0]}<extra></extra>",
            )
        ],
        title=f"From “{first['phrase']}” in {first['date'].year} to “{last['phrase']}” in {last['date'].year}",
        subtitle="What four summits said of Ukraine's membership: our gist in a few words, by date",
        source=_cited(summits),
        twin="; ".join(f"{summit}: “{phrase}”" for summit, phrase in zip(summits["summit"], summits["phrase"]))
        + f". Between the first and the second lie {measures.apart(gaps.iloc[0])}.",
        table=summits[["summit", "phrase", "text", "articles"]],
        note="The words in bold are a gist, not a quotation. The table behind the chart says more.",
        xaxis=dict(type="date", range=["2007-01-01", "2026-12-31"]),
        yaxis=dict(
            tickvals=list(range(len(summits))),
            ticktext=[style.plain(summit).replace(", ", ",<br>", 1) for summit in summits["summit"]],
            range=[len(summits) - 0.4, -0.6],
            tickfont_size=14,
        ),
        height=330,
        showlegend=False,
    )


# Polls ----------------------------------------------------------------------------------------


def _poll_hover(rows):
    notes = rows["note"].fillna("").map(lambda note: f"<br><i>{style.wrapped(note)}</i>" if note else "")
    asked = [f", {size:,.0f} people" if pd.notna(size) else "" for size in rows["sample_size"]]
    return [
        [style.plain(series), day, people, note]
        for series, day, people, note in zip(rows["series"], rows["poll_date"], asked, notes)
    ]


POLL_HOVER = (
    "<b>%{y:.0f}% in favour</b><br>%{customdata[0]}<br>asked %{customdata[1]}%{customdata[2]}%{customdata[3]}"
    "<extra></extra>"
)


def polls_in(polls, years):
    """Dots: what polls of all adults said in a few years, with their middle; the years are not joined."""
    rows, middle = measures.support_in(polls, years)
    return style.figure(
        [
            go.Scatter(
                x=rows["year"],
                y=rows["for_pct"],
                mode="markers",
                name="one poll",
                marker=dict(color=style.BLUE, size=11),
                customdata=_poll_hover(rows),
                hovertemplate=POLL_HOVER,
            ),
            go.Scatter(
                x=list(middle),
                y=list(middle.values()),
                mode="markers+text",
                name="middle of the polls",
                text=[f"<b>{value:.0f}%</b>" for value in middle.values()],
                textposition="middle left",
                textfont_size=15,
                marker=dict(symbol="line-ew", size=34, line=dict(width=4, color=style.GREEN), color=style.GREEN),
                hovertemplate="<b>%{x}</b><br>middle of the polls: %{y:.1f}%<extra></extra>",
            ),
        ],
        title="In favour of joining: "
        + words.named(f"{value:.0f}% in {year}" for year, value in middle.items())
        + ", in the middle of the polls",
        subtitle="Polls in Ukraine, all adults who were asked how they would vote; % in favour of joining NATO",
        source=_cited(rows, "public_opinion"),
        twin="; ".join(
            f"in {year} {(rows['year'] == year).sum()} polls from {rows.loc[rows['year'] == year, 'for_pct'].min():.0f}% to {rows.loc[rows['year'] == year, 'for_pct'].max():.0f}%"
            for year in middle
        ).capitalize()
        + ".",
        table=rows[["poll_date", "pollster", "for_pct", "against_pct", "confidence"]],
        note="The years are not joined: from 2014 on Crimea and occupied land are not polled, from 2022 on people are asked by telephone.",
        xaxis=dict(range=[2006.2, 2023], tickvals=list(middle), tickformat="d", showgrid=False),
        yaxis=dict(range=[0, 100], ticksuffix="%"),
        height=380,
    )


def support(polls, series, against=False, others=True):
    """One pollster's series on joining NATO, broken where the way of asking changed; other polls as single marks."""
    known = measures.known_polls(polls)
    rows = known[known["series"] == series]
    traces = []
    if others:
        rest = known[known["series"] != series]
        for question, shape in _SHAPES.items():
            part = rest[rest["question"] == question]
            traces.append(
                go.Scatter(
                    x=part["date"],
                    y=part["for_pct"],
                    mode="markers",
                    name=f"other polls: {question.split(', ')[-1]}",
                    marker=dict(color=style.GREY, symbol=f"{shape}-open", size=9, line_width=2),
                    customdata=_poll_hover(part),
                    hovertemplate=POLL_HOVER,
                )
            )
    lines = [("in favour", "for_pct", style.BLUE, "circle", "solid")]
    if against:
        lines.append(("against", "against_pct", style.ORANGE, "square", "dash"))
    for name, column, colour, shape, dash in lines:
        for place, (_, part) in enumerate(rows.dropna(subset=column).groupby("era")):
            traces.append(
                go.Scatter(
                    x=part["date"],
                    y=part[column],
                    mode="lines+markers",
                    name=name,
                    legendgroup=name,
                    showlegend=place == 0,
                    line=dict(color=colour, dash=dash),
                    marker=dict(symbol=shape, size=10, color=colour),
                    customdata=_poll_hover(part),
                    hovertemplate=POLL_HOVER.replace("in favour", name),
                )
            )
    shown = known.assign(drawn_as=["line" if one else "single mark" for one in known["series"] == series])
    shown = (shown if others else shown.loc[rows.index]).sort_values(["drawn_as", "date"])
    breaks = data.remarks("public_opinion", "breaks")
    marks = [_vertical(f"{row['year']}-01-01", str(row["year"])) for _, row in breaks.iterrows()]
    first, last = rows.iloc[0], rows.iloc[-1]
    highest = rows.loc[rows["for_pct"].idxmax()]
    return style.figure(
        traces,
        title=f"{series.split(', ')[0]}: {first['for_pct']:.0f}% in favour in {first['date']:%B %Y}, {last['for_pct']:.0f}% in {last['date']:%B %Y}",
        subtitle=f"Polls in Ukraine on joining NATO, % of {series.split(', ')[1].replace('only those', 'those').replace('all who', 'those who')}, by date",
        source=data.source_line("public_opinion", pollster=first["pollster"]),
        twin=f"{series}: {len(rows)} polls. In favour: {first['for_pct']:.0f}% ({first['date']:%B %Y}), highest {highest['for_pct']:.0f}% ({highest['date']:%B %Y}), newest {last['for_pct']:.0f}% ({last['date']:%B %Y})."
        + (
            f" Against: {rows['against_pct'].dropna().iloc[0]:.0f}% at first, {rows['against_pct'].dropna().iloc[-1]:.0f}% where last given."
            if against
            else ""
        )
        + ("" if others else " Other pollsters are hidden."),
        table=shown[["poll_date", "pollster", "question", "for_pct", "against_pct", "drawn_as", "confidence", "note"]],
        note="The line breaks at the dashed lines. "
        + " ".join(breaks["note"])
        + " Shares of voters and shares of all adults are never joined.",
        xaxis=dict(type="date", range=["2005-01-01", f"{known['date'].dt.year.max() + 1}-01-01"]),
        yaxis=dict(range=[0, 100], ticksuffix="%"),
        shapes=[shape for shape, _ in marks],
        annotations=[label for _, label in marks],
        height=430,
        showlegend=True,
    )


# Days -----------------------------------------------------------------------------------------


def days_apart(events, first, second):
    """Bar: the days from one event to another, on an axis that begins with the first."""
    one, two = measures.event(events, first), measures.event(events, second)
    days = measures.days_between(events, first, second)
    order = "the same day" if days == 0 else f"{abs(days):,} days {'later' if days > 0 else 'earlier'}"
    reach = max(abs(days) * 1.15, 10)
    near, far = ("left", "right") if days >= 0 else ("right", "left")
    far = near if abs(days) < reach / 2 else far
    table = pd.DataFrame(
        {"event": [one["title"], two["title"]], "date": [one["said"], two["said"]], "days_from_the_first": [0, days]}
    )
    return style.figure(
        [
            go.Bar(
                x=[days],
                y=[0],
                orientation="h",
                width=0.35,
                marker=dict(color=style.BLUE),
                hovertemplate=f"<b>{abs(days):,} days</b>, {measures.apart(days)}<extra></extra>",
            ),
            go.Scatter(
                x=[0, days],
                y=[0, 0],
                mode="markers",
                marker=dict(color=[style.GREY, style.ORANGE], symbol=["circle", "diamond"], size=16),
                customdata=[[style.wrapped(row["title"]), row["said"]] for row in (one, two)],
                hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}<extra></extra>",
            ),
        ],
        title=f"{order.capitalize()}: {style.plain(two['title'])}",
        subtitle="Days from the first event to the second"
        + (f"; about {measures.apart(days)}" if abs(days) >= 200 else ""),
        source=_cited(_these(events, [first, second])),
        twin=f"{one['title']}: {one['said']}. {two['title']}: {two['said']}. The second is {order}"
        + (f", in {'the same year' if one['date'].year == two['date'].year else 'another year'}." if days else "."),
        table=table,
        value_axis="x",
        xaxis=dict(range=[-reach * 0.12, reach] if days >= 0 else [-reach, reach * 0.12], title_text="days"),
        yaxis=dict(visible=False, range=[-1, 1]),
        annotations=[
            dict(x=0, y=0.62, text=f"first: {_short(one['date'])}", xanchor=near, showarrow=False, font_size=15),
            dict(x=days, y=-0.62, text=f"second: {_short(two['date'])}", xanchor=far, showarrow=False, font_size=15),
        ],
        height=240,
        showlegend=False,
    )


# Law ------------------------------------------------------------------------------------------


def law(events, mark):
    """Bars over years: what Ukrainian law said of alliances, with one event marked."""
    spans, row = measures.law_spans(events), measures.event(events, mark)
    status = measures.law_on(events, row["date"])
    start = [date.year + (date.day_of_year - 1) / 365.25 for date in spans["start"]]
    here = row["date"].year + (row["date"].day_of_year - 1) / 365.25
    chosen = spans["law"] == status
    line, label = _vertical(here, _short(row["date"], row["precision"]), xanchor="center", yanchor="bottom")
    return style.figure(
        [
            go.Bar(
                x=spans["years"],
                base=start,
                y=[style.wrapped(text, 24) for text in spans["law"]],
                orientation="h",
                marker=dict(
                    color=[style.BLUE if yes else style.GREY for yes in chosen],
                    pattern_shape=["" if yes else "/" for yes in chosen],
                ),
                customdata=[
                    [style.wrapped(title), measures.when(day), style.wrapped(about)]
                    for title, day, about in zip(spans["title"], spans["start"], spans["description"])
                ],
                hovertemplate="<b>%{y}</b><br>from %{customdata[1]}: %{customdata[0]}<br>%{customdata[2]}<extra></extra>",
            )
        ],
        title=f"{row['said']}: {status}",
        subtitle="What Ukrainian law said of joining an alliance, and one event, by year",
        source=_cited(_these(events, [*measures.LAWS, mark])),
        twin=f"{row['title']}, {row['said']}: at that time the law said “{status}”. That had held for {measures.apart((row['date'] - spans.loc[chosen, 'start'].iloc[0]).days)}.",
        table=spans[["law", "start", "end", "years", "title"]],
        note="In July 2004 the aim was taken out of the military doctrine; the bars do not show that step. The last bar ends with our newest event.",
        xaxis=dict(range=[1990, spans["end"].max().year + 1], tickformat="d"),
        yaxis=dict(autorange="reversed", showgrid=False, tickfont_size=14),
        shapes=[line],
        annotations=[label],
        height=400,
        showlegend=False,
    )


# Two lines through the same stations ----------------------------------------------------------


def _stations(labels, sides):
    """Traces of two lines that run down through the same stations: told, passed by, or not on the line.

    `sides`: dicts of name, colour, shape, told (bools), passed (bools), beside (words at each station), hover.
    """
    places = list(range(len(labels)))
    guide = dict(mode="lines", line=dict(color=style.FAINT, width=1), hoverinfo="skip")
    traces = [go.Scatter(x=[0.6, 0.95, None] * len(places), y=[place for place in places for _ in range(3)], **guide)]
    for x, side in enumerate(sides):
        told = [place for place in places if side["told"][place]]
        passed = [place for place in places if side["passed"][place]]
        traces.append(
            go.Scatter(
                x=[x] * len(told),
                y=told,
                mode="lines+markers+text",
                name=side["name"],
                text=[f" {style.plain(side['beside'][place])}" for place in told],
                textposition="middle right",
                textfont_size=14,
                line=dict(color=side["colour"], width=4),
                marker=dict(color=side["colour"], symbol=side["shape"], size=14),
                customdata=[side["hover"][place] for place in told],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
        traces.append(
            go.Scatter(
                x=[x] * len(passed),
                y=passed,
                mode="markers+text",
                name=f"{side['name']}: {side['missing']}",
                text=[f" {side['missing']}" for _ in passed],
                textposition="middle right",
                textfont=dict(size=14, color=style.GREY),
                marker=dict(color=style.GREY, symbol=f"{side['shape']}-open", size=13, line_width=2),
                customdata=[side["hover"][place] for place in passed],
                hovertemplate="%{customdata}<extra></extra>",
            )
        )
    return traces


def _platform(labels, sides):
    """Axes of `_stations`: names of the stations on the left, names of the lines on top."""
    return dict(
        xaxis=dict(
            side="top",
            tickvals=[0, 1],
            ticktext=[f"<b>{style.plain(side['name'])}</b>" for side in sides],
            range=[-0.1, 1.85],
            tickangle=0,
            showgrid=False,
            ticks="",
            tickfont_size=16,
        ),
        yaxis=dict(
            tickvals=list(range(len(labels))),
            ticktext=labels,
            range=[len(labels) - 0.5, -0.5],
            showgrid=False,
            tickfont_size=14,
        ),
        showlegend=False,
    )


def two_stories(events, pool, story_a, story_b):
    """Two stories through the same dates: what each tells, in order, and what it leaves out that the other tells."""
    rows = measures.two_stories(events, pool, story_a, story_b)
    hover = [
        f"<b>{style.wrapped(title)}</b><br>{said}<br>{style.wrapped(about)}"
        for title, said, about in zip(rows["title"], rows["said"], rows["description"])
    ]
    sides = []
    for key, colour, shape in (("a", style.BLUE, "circle"), ("b", style.PURPLE, "square")):
        days = rows[f"days_{key}"]
        sides.append(
            dict(
                name=f"Story {key.upper()}",
                colour=colour,
                shape=shape,
                told=rows[key],
                passed=rows[f"left_out_{key}"],
                beside=["begins" if pd.isna(gap) else f"+{measures.apart(gap)}" for gap in days],
                missing="left out",
                hover=hover,
            )
        )
    names = {identifier: name for name, identifier in pool.items()}
    short = rows["id"].map(names)
    told = {key: short[rows[key]].tolist() for key in "ab"}
    left = {key: short[rows[f"left_out_{key}"]].tolist() for key in "ab"}
    neither = short[~rows["a"] & ~rows["b"]].tolist()
    neither = words.named(neither) if len(neither) <= 5 else f"{len(neither)} of the {len(rows)} dates"
    shared = short[rows["a"] & rows["b"]].tolist()
    labels = [f"{date:%b %Y}  {style.plain(name.split(' ', 1)[1])}" for date, name in zip(rows["date"], short)]
    return style.figure(
        _stations(labels, sides),
        title=f"Story A tells {len(told['a'])} dates, story B {len(told['b'])}; they share {len(shared)}",
        subtitle=f"The same {len(rows)} dates for both, {rows['date'].min():%Y} to {rows['date'].max():%Y}; beside each, the time since the date told before",
        source=_cited(_these(events, pool.values())),
        twin=f"Story A: {words.named(told['a'])}; it leaves out, though B tells it: {words.named(left['a'])}. "
        f"Story B: {words.named(told['b'])}; it leaves out, though A tells it: {words.named(left['b'])}. "
        f"In neither: {neither}.",
        table=rows.assign(
            story_a=rows["a"].map({True: "told", False: ""}).where(~rows["left_out_a"], "left out"),
            story_b=rows["b"].map({True: "told", False: ""}).where(~rows["left_out_b"], "left out"),
        )[["said", "title", "story_a", "days_a", "story_b", "days_b"]].rename(columns={"said": "date"}),
        note="The order of dates is a fact. That one led to another is a claim, and needs more than dates.",
        height=325,
        **_platform(labels, sides),
    )


def ladder(events, members, ally):
    """Rungs to membership: when Ukraine and one ally reached each; hollow where Ukraine has not, as of our newest event."""
    rows = measures.membership_ladder(events, members, ally)
    name = members.set_index("iso3").loc[ally, "country"]
    newest = measures.newest_event(events)
    sides = []
    for key, who, colour, shape in (
        ("ukraine", "Ukraine", style.BLUE, "circle"),
        ("ally", name, style.GREEN, "square"),
    ):
        dates = rows[key]
        precision = ["month" if key == "ukraine" and place == 0 else "day" for place in range(len(rows))]
        said = ["" if pd.isna(day) else _short(day, how) for day, how in zip(dates, precision)]
        sides.append(
            dict(
                name=who,
                colour=colour,
                shape=shape,
                told=dates.notna(),
                passed=dates.isna() & rows["formal"],
                beside=said,
                missing="not yet" if key == "ukraine" else "no date",
                hover=[
                    f"<b>{style.plain(who)}</b> {rung}<br>{day or 'not reached, or no such step'}"
                    for rung, day in zip(rows["rung"], said)
                ],
            )
        )
    labels = [style.wrapped(rung, 18) for rung in rows["rung"]]
    formal = rows[rows["formal"]]
    asked, member = formal["ally"].iloc[0], formal["ally"].iloc[-1]
    since = (newest - formal["ukraine"].iloc[0]).days
    return style.figure(
        _stations(labels, sides),
        title=f"{name}: {measures.apart((member - asked).days)} from its first step to membership; Ukraine: {measures.apart(since)} since it applied, so far",
        subtitle=f"Date of each rung, as of {newest:%B %Y}; an ally takes only the formal ones",
        source=words.sources(
            _cited(_these(events, measures.RUNGS.values())),
            data.source_line("members", iso3=ally),
        ),
        twin=f"Ukraine has reached {formal['ukraine'].notna().sum()} of {len(formal)} formal rungs as of {newest:%B %Y}. {name} took {measures.apart((member - asked).days)} from its first step to membership ({measures.when(member)}).",
        table=rows[["rung", "ukraine", "ally"]],
        note="A first step is an application or entry into the Membership Action Plan, as the members table records it.",
        height=400,
        **_platform(labels, sides),
    )


# Stance ---------------------------------------------------------------------------------------


def stance(events, membership=1, diplomacy=1, war=1, reform=1, aid=1):
    """Line: steps closer to membership minus steps away, weighted by kind as the learner sets it."""
    weights = dict(membership=membership, diplomacy=diplomacy, war=war, reform=reform, aid=aid, spending=aid)
    rows = measures.stance_line(events, weights)
    low, high = measures.stance_limits(events)
    moved = rows[rows["effect"] != 0]
    top, last = rows.loc[rows["level"].idxmax()], rows.iloc[-1]
    counted = words.named(f"{kind} ×{weight}" for kind, weight in weights.items() if weight and kind != "spending")
    return style.figure(
        [
            go.Scatter(
                x=rows["date"],
                y=rows["level"],
                mode="lines",
                line=dict(color=style.BLUE, shape="hv"),
                hoverinfo="skip",
                showlegend=False,
            ),
            *(
                go.Scatter(
                    x=part["date"],
                    y=part["level"],
                    mode="markers",
                    name=name,
                    marker=dict(color=colour, symbol=shape, size=9),
                    customdata=[
                        [style.wrapped(title), measures.when(day, precision), style.wrapped(reason), f"{effect:+g}"]
                        for title, day, precision, reason, effect in zip(
                            part["title"], part["date"], part["precision"], part["stance_reason"], part["effect"]
                        )
                    ],
                    hovertemplate="<b>%{customdata[0]}</b><br>%{customdata[1]}: %{customdata[3]}<br>%{customdata[2]}<extra></extra>",
                )
                for name, part, colour, shape in (
                    ("a step closer", moved[moved["effect"] > 0], style.GREEN, "triangle-up"),
                    ("a step away", moved[moved["effect"] < 0], style.ORANGE, "triangle-down"),
                )
            ),
        ],
        title=f"With your weights the line stands at {last['level']:+g}; its top was {top['level']:+g} in {top['date']:%B %Y}"
        if len(moved)
        else "With your weights nothing counts: the line is flat",
        subtitle="Steps closer to membership minus steps away since 1991, each times your weight for its kind",
        source=data.source_line(TABLE),
        twin=f"Counted: {counted}. {(moved['effect'] > 0).sum()} steps closer, {(moved['effect'] < 0).sum()} away. The line stands at {last['level']:+g} in {last['date']:%B %Y}"
        + (f" and was highest, {top['level']:+g}, in {top['date']:%B %Y}." if len(moved) else "."),
        table=moved[["date", "title", "category", "effect", "level", "stance_reason"]],
        note="Closer, away or neither is our judgement, one event at a time; the weights are yours. No setting is the right one. Spending counts with aid.",
        xaxis=dict(type="date", range=["1991-01-01", f"{last['date'].year + 1}-06-30"]),
        yaxis=dict(range=[low - 1, high + 1], zeroline=True, zerolinecolor=style.GREY),
        height=400,
        showlegend=True,
    )
