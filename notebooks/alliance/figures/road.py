"""Charts of the long road: events against articles, summits, polls, days, gas, law, stories, ladder and stance."""

import pandas as pd
import plotly.graph_objects as go
from markupsafe import Markup

from .. import data, measures, words
from . import marks, style

LOOKS = {
    measures.TELLS: (style.BLUE, "circle", 15),
    measures.DIFFERS: (style.ORANGE, "diamond", 16),
    measures.OMITS: (style.GREY, "circle-open", 5),
}
_SHAPES = {
    "referendum, all respondents": "circle",
    "referendum, those who would vote": "diamond",
    "in favour, not a referendum question": "square",
}


def _short(date, precision="day"):
    return {"day": f"{date.day} {date:%b %Y}", "month": f"{date:%b %Y}", "year": f"{date:%Y}"}[precision]


def _below(note):
    """A remark in italics on a line of its own; nothing where there is none."""
    return style.hover("<br><i>{}</i>", note) if pd.notna(note) else ""


def _vertical(x, text, **more):
    """A dashed line across the chart with words at its top."""
    shape = dict(type="line", x0=x, x1=x, yref="paper", y0=0, y1=1, line=dict(color=style.GREY, width=2, dash="dash"))
    place = dict(xanchor="left", yanchor="top", yref="paper", y=1, align="left")
    return shape, dict(x=x, text=text, showarrow=False, font_size=14, **{**place, **more})


# Events against articles ----------------------------------------------------------------------


def event_matrix(road_matrix, told_by_article):
    """Rows of events against columns of articles: which tells an event, tells it differently, or leaves it out."""
    named = list(told_by_article["article"])
    rows = road_matrix.assign(
        name=_dated(road_matrix, 90),
        flag=road_matrix["flag_text"].map(_below),
        place=range(len(road_matrix)),
    )
    cells = rows.melt(id_vars=["place", "said", "title", "description", "flag"], value_vars=named,
                      var_name="article", value_name="does")  # fmt: skip
    return style.figure(
        [
            marks.dots(
                cells[cells["does"] == does], "article", "place",
                says="<b>{article} {does}</b><br>{title}<br>{said}<br>{description}{flag}",
                colour=colour, name=does,
                marker=dict(color=colour, symbol=shape, size=size, line_width=1 if does == measures.OMITS else 0),
            )
            for does, (colour, shape, size) in LOOKS.items()
        ],
        **_matrix_words(rows, told_by_article),
        source=data.cite(rows) if len(rows) else data.cited("events"),
        table=road_matrix[["said", "title", *named, "told", "flag_text"]].rename(
            columns={"said": "date", "flag_text": "where an article differs"}
        ),
        note="Which events stand in our table is a choice, too. Doubtful events are left out.",
        xaxis=dict(side="top", categoryorder="array", categoryarray=named, tickvals=named, showgrid=False,
                   range=[-0.6, len(named) - 0.4], ticks="", tickfont_size=15, fixedrange=True),
        yaxis=dict(tickvals=list(rows["place"]), ticktext=list(rows["name"]), range=[max(len(rows), 3) - 0.4, -0.6],
                   tickfont_size=14, ticks=""),
        height=120 + 30 * max(len(rows), 5),
        showlegend=True,
        legend=dict(y=-0.01, yanchor="top"),
    )  # fmt: skip


def _dated(rows, width):
    """Events as names of rows: date and title, in two lines where they are longer than `width` letters."""
    return [
        style.wrapped(f"{_short(date, precision)}  {title}", width)
        for date, precision, title in zip(rows["date"], rows["precision"], rows["title"], strict=True)
    ]


def _matrix_words(rows, told_by_article):
    """Title, subtitle and twin of `event_matrix`."""
    span = rows.attrs["span"]
    if rows.empty:
        return dict(title=f"0 events of {span} are told by an article", subtitle="Choose other years, or tick the box",
                    twin=f"{span}: none of the events in our table is told by an article.")  # fmt: skip
    counts = told_by_article.sort_values("tells", ascending=False)
    most, least = counts.iloc[0], counts.iloc[-1]
    once, none = (rows["told"] == 1).sum(), (rows["told"] == 0).sum()
    left = f" {none} stand in none." if none else ""
    return dict(
        title=f"Of {words.counted(len(rows), 'event')} {most['article']} tells {most['tells']}, "
        f"{least['article']} tells {least['tells']}",
        subtitle=f"Events of {span} in our table, and which of the articles tells them",
        twin=f"{words.counted(once, 'event is', 'events are')} told by one article only, "
        f"{(rows['told'] == len(counts)).sum()} by all.{left} In {told_by_article['differs'].sum()} places an "
        "article tells it differently from the record.",
    )


# Summits --------------------------------------------------------------------------------------


def promises(summit_promises, newest_event):
    """Timeline of four summits with the words each used on Ukraine's membership."""
    rows = summit_promises.assign(
        place=range(len(summit_promises)),
        beside=[f"<b>{style.plain(phrase)}</b>" for phrase in summit_promises["phrase"]],
    )
    first, second, last = rows.iloc[0], rows.iloc[1], rows.iloc[-1]
    said = "; ".join(f"{summit}: “{phrase}”" for summit, phrase in zip(rows["summit"], rows["phrase"], strict=True))
    return style.figure(
        [
            marks.dots(
                rows,
                "date",
                "place",
                says="<b>{summit}</b><br>{text}",
                colour=style.BLUE,
                text="beside",
                marker=dict(color=style.BLUE, size=14),
                textposition=["middle right" if place == 0 else "middle left" for place in rows["place"]],
                textfont_size=14,
            )
        ],
        title=f"From “{first['phrase']}” in {first['date'].year} to “{last['phrase']}” in {last['date'].year}",
        subtitle=f"What {words.spelt(len(rows))} summits said of Ukraine's membership: our gist, by date",
        source=data.cite(rows),
        twin=f"{said}. Between the first and the second lie {words.apart((second['date'] - first['date']).days)}.",
        table=rows[["summit", "phrase", "text", "articles"]],
        note="The words in bold are a gist, not a quotation. The table behind the chart says more.",
        xaxis=dict(type="date", range=[f"{first['date'].year - 1}-01-01", f"{newest_event.year}-12-31"]),
        yaxis=dict(
            tickvals=list(rows["place"]),
            ticktext=[
                f"{style.plain(summit.split(',')[0])},<br>{day:%b %Y}"
                for summit, day in zip(rows["summit"], rows["date"])
            ],
            range=[len(rows) - 0.4, -0.6],
            tickfont_size=14,
        ),
        height=330,
        showlegend=False,
    )


# Polls ----------------------------------------------------------------------------------------


def _poll_hovers(rows):
    """The polls with what the pointer shows of each: `people` asked, and `remark`."""
    people = [f", {size:,.0f} people" if pd.notna(size) else "" for size in rows["sample_size"]]
    series = [Markup(style.plain(name)) for name in rows["series"]]  # on one line, however long
    return rows.assign(series=series, people=people, remark=rows["note"].map(_below))


def _starred(rows):
    """What the star beside a poll means, where one of these has it."""
    told = "* This poll stands only in an encyclopedia. The pollster's own page was not read."
    return told if rows["star"].any() else ""


def _poll_says(column, answer):
    return f"<b>{{{column}:.0f}}% {answer}</b><br>{{series}}<br>asked {{poll_date}}{{people}}{{remark}}"


def polls_in(adult_polls, middle_of_polls):
    """Dots: what polls of all adults said in a few years, with their middle; the years are not joined."""
    rows = _poll_hovers(adult_polls)
    middle = pd.DataFrame({"year": middle_of_polls.keys(), "middle": middle_of_polls.values()})
    middle["beside"] = [f"<b>{value:.0f}%</b>" for value in middle["middle"]]
    shares = {year: rows.loc[rows["year"] == year, "for_pct"] for year in middle["year"]}
    title = words.named(f"{value:.0f}% in {year}" for year, value in middle_of_polls.items())
    said = [f"In {year} {len(part)} polls gave {part.min():.0f}% to {part.max():.0f}%" for year, part in shares.items()]
    rows, middle = (part.assign(lane=part["year"].astype(str)) for part in (rows, middle))
    tick = dict(symbol="line-ns", size=34, line=dict(width=5, color=style.ORANGE), color=style.ORANGE)
    return style.figure(
        [
            marks.dots(
                rows, "for_pct", "lane", says=_poll_says("for_pct", "in favour"), colour=style.BLUE, name="one poll",
                text="star", textposition="bottom center", marker=dict(color=style.BLUE, size=13),
            ),
            marks.dots(
                middle, "middle", "lane", says="<b>{year}</b><br>middle of the polls: {middle:.1f}%",
                colour=style.ORANGE, name="middle of the polls", marker=tick,
            ),
        ],
        title=f"Middle of the polls for joining: {title}",
        subtitle="Polls in Ukraine, all adults who were asked how they would vote; % in favour of joining NATO",
        source=data.cite(rows),
        twin=f"{'. '.join(said)}.",
        table=rows[["poll_date", "pollster", "for_pct", "against_pct", "confidence"]],
        note="The years are not joined. From 2014 on nobody is polled in Crimea and on occupied land. From 2022 on "
        f"people are asked by telephone. {_starred(rows)}".rstrip(),
        value_axis="x",
        xaxis=dict(range=[0, 100], ticksuffix="%"),
        yaxis=dict(type="category", range=[len(middle) - 0.5, -0.7], tickfont_size=16),
        annotations=[
            dict(x=row["middle"], y=place, text=row["beside"], yshift=21, yanchor="bottom", showarrow=False,
                 font_size=16)
            for place, row in middle.iterrows()
        ],
        height=130 + 66 * len(middle),
    )  # fmt: skip


def support(polls_drawn, known_polls, series, against=False, others=True):
    """One pollster's series on joining NATO, broken where the way of asking changed; other polls as single marks."""
    rows = polls_drawn[polls_drawn["drawn_as"] == "line"]
    breaks = data.remarks("public_opinion", "breaks")
    lines = [_vertical(f"{row['year']}-01-01", str(row["year"])) for _, row in breaks.iterrows()]
    years = known_polls["date"].dt.year
    return style.figure(
        [*(_other_polls(polls_drawn) if others else ()), *_poll_lines(rows, against)],
        **_support_words(rows, series, against, others),
        source=data.cite(polls_drawn),
        table=polls_drawn[
            ["poll_date", "pollster", "question", "for_pct", "against_pct", "drawn_as", "confidence", "note"]
        ],
        note=f"The line breaks at the dashed lines. {' '.join(breaks['note'])} "
        f"Shares of voters and shares of all adults are never joined. {_starred(polls_drawn)}".rstrip(),
        xaxis=dict(type="date", range=[f"{years.min() - 1}-01-01", f"{years.max() + 1}-01-01"]),
        yaxis=dict(range=[0, 100], ticksuffix="%"),
        shapes=[shape for shape, _ in lines],
        annotations=[label for _, label in lines],
        height=430,
        showlegend=True,
    )


def _other_polls(polls_drawn):
    """Hollow grey marks, a shape for each question."""
    rest = _poll_hovers(polls_drawn[polls_drawn["drawn_as"] != "line"])
    return [
        marks.dots(
            rest[rest["question"] == question], "date", "for_pct",
            says=_poll_says("for_pct", "in favour"), colour=style.GREY,
            name=f"other polls: {question.split(', ')[-1]}", text="star", textposition="middle right",
            marker=dict(color=style.GREY, symbol=f"{shape}-open", size=9, line_width=2),
        )
        for question, shape in _SHAPES.items()
    ]  # fmt: skip


def _poll_lines(rows, against):
    """A line for each era, of those in favour and, if asked for, of those against."""
    lines = [("in favour", "for_pct", style.BLUE, "circle", "solid")]
    if against:
        lines.append(("against", "against_pct", style.ORANGE, "square", "dash"))
    traces = []
    for name, column, colour, shape, dash in lines:
        known = _poll_hovers(rows.dropna(subset=column))
        for place, era in enumerate(known["era"].unique()):
            trace = marks.line(
                known[known["era"] == era], "date", column,
                says=_poll_says(column, name), colour=colour, dash=dash, mode="lines+markers+text",
                text=known.loc[known["era"] == era, "star"], textposition="top center",
                name=name, legendgroup=name, showlegend=place == 0,
                marker=dict(symbol=shape, size=10, color=colour),
            )  # fmt: skip
            traces.append(trace)
    return traces


def _support_words(rows, series, against, others):
    """Title, subtitle and twin of `support`."""
    first, last, highest = rows.iloc[0], rows.iloc[-1], rows.loc[rows["for_pct"].idxmax()]
    began, ended = words.month(first["date"]), words.month(last["date"])
    of = {"all who were asked": "those who were asked", "only those who would vote": "those who would vote"}
    twin = (
        f"{series}: {len(rows)} polls{'' if others else ', others hidden'}. "
        f"In favour: {first['for_pct']:.0f}% in {began}, at most {highest['for_pct']:.0f}% "
        f"in {words.month(highest['date'])}, and {last['for_pct']:.0f}% in the newest ({ended})."
    )
    if against:
        shares = rows["against_pct"].dropna()
        twin += f" Against: {shares.iloc[0]:.0f}% at first, {shares.iloc[-1]:.0f}% where last given."
    return dict(
        title=f"{first['pollster']}: {first['for_pct']:.0f}% in favour in {began}, {last['for_pct']:.0f}% in {ended}",
        subtitle=f"Polls in Ukraine on joining NATO, % of {of.get(first['asked'], first['asked'])}, by date",
        twin=twin,
    )


# Days -----------------------------------------------------------------------------------------


def days_apart(two_events):
    """Bar: the days from one event to another, on an axis that begins with the first."""
    one, two = two_events.iloc[0], two_events.iloc[1]
    days = int(two["days"])
    reach = max(abs(days) * 1.15, 10)
    near, far = ("left", "right") if days >= 0 else ("right", "left")
    far = near if abs(days) < reach / 2 else far
    return style.figure(
        [
            go.Bar(
                x=[days],
                y=[0],
                orientation="h",
                width=0.35,
                marker=dict(color=style.BLUE),
                hovertemplate=f"<b>{abs(days):,} days</b>, {words.apart(days)}<extra></extra>",
            ),
            marks.dots(
                two_events.assign(place=0),
                "days",
                "place",
                says="<b>{title}</b><br>{said}",
                colour=None,
                marker=dict(color=[style.GREY, style.ORANGE], symbol=["circle", "diamond"], size=16),
            ),
        ],
        **_days_words(one, two, days),
        source=data.cite(two_events if days >= 0 else two_events.iloc[::-1]),
        table=two_events[["title", "said", "days"]].rename(
            columns={"title": "event", "said": "date", "days": "days_from_the_first"}
        ),
        value_axis="x",
        xaxis=dict(range=[-reach * 0.12, reach] if days >= 0 else [-reach, reach * 0.12]),
        yaxis=dict(visible=False, range=[-1, 1]),
        annotations=[
            dict(x=0, y=0.62, text=f"first: {_short(one['date'])}", xanchor=near, showarrow=False, font_size=15),
            dict(x=days, y=-0.62, text=f"second: {_short(two['date'])}", xanchor=far, showarrow=False, font_size=15),
        ],
        height=240,
        showlegend=False,
    )


def _days_words(one, two, days):
    """Title, subtitle and twin of `days_apart`."""
    order = "the same day" if days == 0 else f"{abs(days):,} days {'later' if days > 0 else 'earlier'}"
    year = "the same year" if one["date"].year == two["date"].year else "another year"
    about = f"; about {words.apart(days)}" if abs(days) >= 200 else ""
    return dict(
        title=f"{order.capitalize()}: {style.plain(two['title'])}",
        subtitle=f"Days from the first event to the second{about}",
        twin=f"{one['title']}: {one['said']}. {two['title']}: {two['said']}. "
        f"The second is {order}{f', in {year}' if days else ''}.",
    )


# Gas ------------------------------------------------------------------------------------------


def gas(gas_by_year, written):
    """Bars: Russian gas through Ukraine by year, with the year in which a sentence is written."""
    rows = gas_by_year.assign(
        remark=gas_by_year["note"].map(_below),
        label=[f"{bcm:.1f}" if when == "then" else "" for bcm, when in zip(gas_by_year["bcm"], gas_by_year["when"])],
    )
    looks = {"before": (style.BLUE, ""), "then": (style.ORANGE, ""), "after": (style.GREY, "/")}
    then, most, last = (gas_by_year.attrs[name] for name in ("then", "most", "last"))
    flow = f"{then:.1f} billion cubic metres, {100 * then / most:.0f}% of" if then else "nothing, against"
    beyond = "" if written in set(rows["year"]) else f" Our table ends in {rows['year'].max()}."
    says = (
        "<b>{year}: {bcm:.1f} billion cubic metres</b><br>{share:.0f}% of the most<br>counted by {counted_by}{remark}"
    )
    return style.figure(
        [
            marks.bars(
                rows, "year", "bcm", says=says, text="label",
                marker=marks.filled(*([looks[when][part] for when in rows["when"]] for part in (0, 1))),
            )
        ],
        title=f"Written in {written}: Ukraine {'is' if then > 0 else 'was'} a route for Russian gas",
        subtitle="Russian gas that flowed through Ukraine to other countries, billion cubic metres, by year",
        source=data.cite(rows),
        twin=f"{written}: {flow} the most ({most:.0f} in {gas_by_year.attrs['most_year']}). "
        f"The last year with a flow up to then is {last}.{beyond}",
        table=rows[["year", "bcm", "share", "counted_by", "note"]],
        note="Hatched years lie after the sentence. Who counted changed: a small step between two years may be "
        "a change of book.",
        xaxis=dict(nticks=7, tickformat="d", range=[rows["year"].min() - 0.7, rows["year"].max() + 0.7]),
        yaxis=dict(range=[0, most * 1.08]),
        height=360,
        showlegend=False,
    )  # fmt: skip


# Law ------------------------------------------------------------------------------------------


def _years(dates):
    """Dates as years with decimals."""
    return dates.dt.year + (dates.dt.day_of_year - 1) / 365.25


def law(law_spans, events, mark):
    """Bars over years: what Ukrainian law said of alliances, with one event marked."""
    row, status = measures.event(events, mark), measures.law_on(law_spans, events, mark)
    rows = law_spans.assign(
        name=[style.wrapped(text, 24) for text in law_spans["law"]], since=law_spans["start"].map(words.day)
    )
    chosen = rows["law"] == status
    held = (row["date"] - rows.loc[chosen, "start"].iloc[0]).days
    here = _years(pd.Series([row["date"]])).iloc[0]
    line, label = _vertical(here, _short(row["date"], row["precision"]), xanchor="center", yanchor="bottom")
    return style.figure(
        [
            marks.bars(
                rows,
                "years",
                "name",
                says="<b>{name}</b><br>from {since}: {title}<br>{description}",
                lying=True,
                base=_years(rows["start"]),
                marker=dict(color=chosen.map({True: style.BLUE, False: style.GREY})),
            )
        ],
        title=f"{row['said']}: {status}",
        subtitle="What Ukrainian law said of joining an alliance, and one event, by year",
        source=data.cite(measures.these_events(events, [*rows["id"], mark])),
        twin=f"{row['title']}, {row['said']}: at that time the law said “{status}”. "
        f"That had held for {words.apart(held)}.",
        table=rows[["law", "start", "end", "years", "title"]],
        note="In July 2004 the aim was taken out of the military doctrine; the bars do not show that step. "
        "The last bar ends with our newest event.",
        xaxis=dict(range=[rows["start"].min().year - 1, rows["end"].max().year + 1], tickformat="d"),
        yaxis=dict(autorange="reversed", showgrid=False, tickfont_size=14),
        shapes=[line],
        annotations=[label],
        height=400,
        showlegend=False,
    )


# Two lines through the same stations ----------------------------------------------------------


def _stations(sides):
    """Traces of two lines that run down through the same stations: told, passed by, or not on the line.

    `sides`: dicts of name, colour, shape, missing (words at a station passed by), and rows: told, passed (bools),
    beside (words at each station), hover (ready to show).
    """
    places = range(len(sides[0]["rows"]))
    guide = dict(mode="lines", line=dict(color=style.FAINT, width=1), hoverinfo="skip")
    traces = [go.Scatter(x=[0.6, 0.95, None] * len(places), y=[place for place in places for _ in range(3)], **guide)]
    for x, side in enumerate(sides):
        rows, colour, missing = side["rows"].assign(x=x, place=places), side["colour"], side["missing"]
        rows = rows.assign(beside=[f" {style.plain(text)}" for text in rows["beside"]], missing=f" {side['missing']}")
        told = marks.dots(
            rows[rows["told"]],
            "x",
            "place",
            says="{hover}",
            name=side["name"],
            text="beside",
            textposition="middle right",
            textfont_size=14,
            line=dict(color=colour, width=4),
            colour=colour,
            shape=side["shape"],
            size=14,
        ).update(mode="lines+markers+text")
        passed = marks.dots(
            rows[rows["passed"]],
            "x",
            "place",
            says="{hover}",
            name=f"{side['name']}: {missing}",
            text="missing",
            textposition="middle right",
            textfont_size=14,
            colour=style.GREY,
            marker=dict(color=style.GREY, symbol=f"{side['shape']}-open", size=13, line_width=2),
        )
        traces += [told, passed]
    return traces


def _platform(labels, sides):
    """Axes of `_stations`: names of the stations on the left, names of the lines on top."""
    return dict(
        xaxis=dict(
            side="top",
            tickvals=[0, 1],
            ticktext=[f"<b>{style.plain(side['name'])}</b>" for side in sides],
            range=[-0.07, 1.75],
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


def two_stories(two_stories, scholars, because_a="", because_b=""):
    """Two stories through the same dates: what each tells, in order, what it leaves out, and who owns its *because*."""
    rows = two_stories[two_stories["a"] | two_stories["b"]].reset_index(drop=True)
    rows = rows.assign(
        hover=[
            style.hover("<b>{}</b><br>{}<br>{}", *told)
            for told in zip(rows["title"], rows["said"], rows["description"], strict=True)
        ]
    )
    owners = {key: owner_of_because(scholars, who) for key, who in (("a", because_a), ("b", because_b))}
    sides = [
        dict(
            name=f"Story {key.upper()}",
            colour=colour,
            shape=shape,
            missing="left out",
            rows=rows.assign(
                told=rows[key],
                passed=rows[f"left_out_{key}"],
                beside=["begins" if pd.isna(gap) else f"+{words.apart(gap)}" for gap in rows[f"days_{key}"]],
            ),
        )
        for key, colour, shape in (("a", style.BLUE, "circle"), ("b", style.PURPLE, "square"))
    ]
    title, twin = _stories_words(two_stories)
    return style.figure(
        _stations(sides),
        title=title,
        subtitle=f"Dates of {two_stories['date'].min():%Y} to {two_stories['date'].max():%Y} that one of them tells; "
        "beside each, the time since the date told before",
        source=data.cite(two_stories) + data.cite(scholars[scholars["id"].isin([because_a, because_b])])
        if because_a or because_b
        else data.cite(two_stories),
        twin=twin,
        table=two_stories.assign(
            story_a=two_stories["a"].map({True: "told", False: ""}).where(~two_stories["left_out_a"], "left out"),
            story_b=two_stories["b"].map({True: "told", False: ""}).where(~two_stories["left_out_b"], "left out"),
        )[["said", "title", "story_a", "days_a", "story_b", "days_b"]].rename(columns={"said": "date"}),
        note=" ".join(f"Because in story {key.upper()}: {owners[key]}" for key in "ab" if owners[key])
        or "The order of dates is a fact. That one led to another is a claim, and needs an owner.",
        height=130 + 34 * max(len(rows), 3),
        **_platform(_dated(rows, 46), sides),
    )


def owner_of_because(scholars, who):
    """An author with work, year and position, as a sentence; nothing for nobody."""
    if not who:
        return ""
    row = scholars.set_index("id").loc[who]
    return f"{row['person']} ({row['work']}, {row['year']}). {row['position']}"


def _stories_words(rows):
    """Title and twin of `two_stories`."""
    a, b = rows["a"].sum(), rows["b"].sum()
    shared, neither = (rows["a"] & rows["b"]).sum(), (~rows["a"] & ~rows["b"]).sum()
    missed = [words.counted(count, "date") if (count := rows[f"left_out_{key}"].sum()) else "nothing" for key in "ab"]
    left = f"{neither} of the {len(rows)} dates are in neither."
    if a == b == shared:
        return (
            f"Both stories tell the same {words.counted(a, 'date')}",
            f"Neither leaves out what the other tells. {left}",
        )
    if not a or not b:
        only, count = ("A", a) if a else ("B", b)
        told = (
            f"Story {only} tells {words.counted(count, 'date')}, the other none yet" if a + b else "No date is told yet"
        )
        return told, f"Story A leaves out {missed[0]} that B tells, story B {missed[1]} that A tells. {left}"
    together = f"they share {shared}" if shared else "they share none"
    return (
        f"Story A tells {words.counted(a, 'date')}, story B {b}; {together}",
        f"Story A leaves out {missed[0]} that B tells, story B {missed[1]} that A tells. {left}",
    )


def ladder(membership_ladder, ally):
    """Rungs to membership: when Ukraine and one ally reached each; hollow where Ukraine has not yet."""
    rows, name = membership_ladder, membership_ladder.attrs["country"]
    sides = [
        _climb(rows.assign(reached=rows["ukraine"]), "Ukraine", style.BLUE, "circle", "not yet"),
        _climb(rows.assign(reached=rows["ally"], precision="day"), name, style.GREEN, "square", "no date"),
    ]
    took, since = words.apart(rows.attrs["took"]), words.apart(rows.attrs["since"])
    newest, formal = words.month(rows.attrs["newest"]), rows[rows["formal"]]
    return style.figure(
        _stations(sides),
        title=f"{name}: {took} from first step to entry; Ukraine: {since}"
        + (" from applying" if rows.attrs["joined"] else " so far"),
        subtitle=f"Date of each rung, as of {newest}; an ally takes only the formal ones",
        source=data.cite(rows) + data.cited("members", iso3=ally),
        twin=f"Ukraine has reached {formal['ukraine'].notna().sum()} of {len(formal)} formal rungs as of {newest}. "
        f"{name} took {took} from its first step to membership ({words.day(formal['ally'].iloc[-1])}).",
        table=rows[["rung", "ukraine", "ally"]],
        note="An ally's first step is to apply, or to enter the Membership Action Plan, as our table of members has "
        "it. Ukraine's is that it applied.",
        height=400,
        **_platform([style.wrapped(rung, 18) for rung in rows["rung"]], sides),
    )


def _climb(rows, who, colour, shape, missing):
    """One state's line in `ladder`: where it stood at each rung, by the column `reached`."""
    said = [
        "" if pd.isna(day) else _short(day, how) for day, how in zip(rows["reached"], rows["precision"], strict=True)
    ]
    hover = [
        style.hover("<b>{}</b> {}<br>{}", who, rung, day or "not reached, or no such step")
        for rung, day in zip(rows["rung"], said, strict=True)
    ]
    told = rows["reached"].notna()
    rows = rows.assign(told=told, passed=~told & rows["formal"], beside=said, hover=hover)
    return dict(name=who, colour=colour, shape=shape, missing=missing, rows=rows)


# Stance ---------------------------------------------------------------------------------------


def stance(stance_line, stance_limits, membership=1, diplomacy=1, war=1, reform=1, aid=1):
    """Line: steps closer to membership minus steps away, weighted by kind as the learner sets it."""
    low, high = stance_limits
    moved = stance_line[stance_line["effect"] != 0].assign(
        said=lambda rows: measures.dates_in_words(rows), step=lambda rows: [f"{effect:+g}" for effect in rows["effect"]]
    )
    weights = dict(membership=membership, diplomacy=diplomacy, war=war, reform=reform, aid=aid)
    says = "<b>{title}</b><br>{said}: {step}<br>{stance_reason}"
    return style.figure(
        [
            go.Scatter(
                x=stance_line["date"],
                y=stance_line["level"],
                mode="lines",
                line=dict(color=style.BLUE, shape="hv"),
                hoverinfo="skip",
                showlegend=False,
            ),
            *(
                marks.dots(part, "date", "level", says=says, name=name, colour=colour, shape=shape, size=9)
                for name, part, colour, shape in (
                    ("a step closer", moved[moved["effect"] > 0], style.GREEN, "triangle-up"),
                    ("a step away", moved[moved["effect"] < 0], style.ORANGE, "triangle-down"),
                )
            ),
        ],
        **_stance_words(stance_line, moved, weights),
        subtitle="Steps closer to membership minus steps away since 1991, each times your weight for its kind",
        source=data.cited("events"),
        table=moved[["date", "title", "category", "effect", "level", "stance_reason"]],
        note="Closer, away or neither is our judgement, one event at a time; the weights are yours. "
        "No setting is the right one. Spending counts with aid.",
        xaxis=dict(type="date", range=[measures.STANCE_SINCE, f"{stance_line['date'].iloc[-1].year + 1}-06-30"]),
        yaxis=dict(range=[low - 1, high + 1], zeroline=True, zerolinecolor=style.GREY),
        height=400,
        showlegend=True,
    )


def _stance_words(rows, moved, weights):
    """Title and twin of `stance`."""
    top, last = rows.loc[rows["level"].idxmax()], rows.iloc[-1]
    counted = words.named(f"{kind} ×{weight}" for kind, weight in weights.items() if weight)
    twin = (
        f"Counted: {counted}. {(moved['effect'] > 0).sum()} steps closer, {(moved['effect'] < 0).sum()} away. "
        f"The line stands at {words.signed(last['level'])} in {words.month(last['date'])}"
    )
    if moved.empty:
        return dict(title="With your weights nothing counts: the line is flat", twin=f"{twin}.")
    peak = f"{words.signed(top['level'])} in {words.month(top['date'])}"
    return dict(
        title=f"With your weights the line stands at {words.signed(last['level'])}; its top was {peak}",
        twin=f"{twin} and was highest, {words.signed(top['level'])}, in {words.month(top['date'])}.",
    )
