"""Charts of who is in NATO, since when, and what part of Europe that is."""

import pandas as pd
import plotly.graph_objects as go

from .. import data, words
from . import marks, style
from .maps import europe_map

ROUTES = {
    "MAP": ("by action plan (MAP)", style.BLUE, "circle"),
    "application (no MAP)": ("by application", style.GREEN, "square"),
    "application": ("by application", style.GREEN, "square"),
    "predates MAP": ("before there was an action plan", style.PURPLE, "diamond"),
    "not recorded": ("route not recorded", style.GREY, "triangle-up"),
    "still waiting": ("still waiting", style.ORANGE, "hourglass-open"),
}
MARKS = {
    "former_ussr": "former Soviet republics",
    "former_warsaw_pact": "states of the former Warsaw Pact",
    "former_yugoslavia": "former Yugoslav republics",
    "borders_russia": "states with a land border with Russia",
    "eu_member": "members of the European Union",
}
_UNITS = {"countries": ("countries", 1), "population": ("million people", 1e6), "area_km2": ("thousand km²", 1e3)}


def members_over_time(members, members_by_year, last_event_day):
    """Step line: how many states are members at the end of each year, the last as of the newest event."""
    first, now = members_by_year.iloc[0], members_by_year.iloc[-1]
    joins = members_by_year[(members_by_year["joined"] > 0) & (members_by_year["year"] > first["year"])]
    most = joins.loc[joins["joined"].idxmax()]
    says = "<b>{year}: {members} members</b><br>{joined} new: {who}"
    return style.figure(
        [
            go.Scatter(
                x=members_by_year["year"],
                y=members_by_year["members"],
                mode="lines",
                line=dict(shape="hv", color=style.BLUE),
                name="members",
                hoverinfo="skip",
            ),
            marks.dots(
                joins.assign(
                    who=marks.whole(joins["who"]),
                    label=[f"+{joined}" if joined > 1 else "" for joined in joins["joined"]],
                ),
                "year",
                "members",
                says=says,
                colour=style.BLUE,
                shape="diamond",
                text="label",
                textposition="top left",
                textfont_size=14,
                name="a year of entry",
            ),
        ],
        title=f"From {first['members']} members in {first['year']} to {now['members']}, in {len(joins)} steps",
        subtitle=f"Members of NATO at the end of each year; {now['year']}: on {words.day(last_event_day)}",
        source=data.cite(members),
        twin=f"{first['members']} states founded the alliance in {first['year']}; {now['members']} are members at the "
        f"end of {joins['year'].max()}. Most joined in {most['year']}: {most['joined']} states.",
        table=members_by_year[members_by_year["joined"] > 0],
        note="A diamond: a year of entry, with the number of new members where there were several. Point at it to see "
        "who.",
        xaxis=dict(range=[first["year"] - 2, now["year"] + 2], tickformat="d", dtick=10, tick0=1950),
        yaxis=dict(range=[0, 10 * (now["members"] // 10 + 1)]),
        showlegend=False,
        height=380,
    )


def waits(members, years_waited, waits_and_clocks, still_waiting, wait, waiting=False):
    """Dot plot: how long each ally waited; with `waiting` also the clocks that still run."""
    rows = waits_and_clocks if waiting else years_waited
    longest, shortest = years_waited.iloc[0], years_waited.iloc[-1]
    end = max([years_waited.attrs["longest"], *(still_waiting["years"] if waiting else ())])
    sources = data.cite(members)
    if waiting:
        sources = sources + data.cited("events", id="2008-04-03-bucharest-summit-will-become")
    return style.figure(
        _routes(rows),
        title=f"{wait.capitalize()}: {shortest['years']:.1f} to {longest['years']:.1f} years",
        subtitle="Years waited; allies that joined after 1949" + (", hourglass: not in yet" if waiting else ""),
        source=sources,
        twin=_waited(years_waited) + _clocks(still_waiting)
        if waiting
        else f"{wait.capitalize()}: {_waited(years_waited)}{_middle(years_waited)}",
        table=rows,
        note="An ally stands here if the day of that step is known. The Membership Action Plan (MAP) exists since 1999."
        + (" A promise, an application and an action plan are different starts." if waiting else ""),
        value_axis="x",
        xaxis=dict(range=[-0.4, end + 2], dtick=5),
        yaxis=dict(
            categoryorder="array", categoryarray=list(style.plain(rows["country"]))[::-1], dtick=1, tickfont_size=14
        ),
        height=450,
    )


def _routes(rows):
    """The dots of `waits`, a trace for each label of `ROUTES`."""
    looks = {label: (colour, shape) for label, colour, shape in ROUTES.values()}
    rows = rows.assign(
        way=rows["route"].map(lambda route: ROUTES[route][0]),
        country=style.plain(rows["country"]),
        start=rows["since"].map(words.day),
        entry=rows["until"].map(words.day),
        label=[words.number(years, 1) for years in rows["years"]],
    )
    traces = []
    for way, (colour, shape) in looks.items():
        part = rows[rows["way"] == way]
        if part.empty:
            continue
        marker = dict(color=colour, symbol=shape, size=12, line_width=3 if shape.endswith("open") else 0)
        traces.append(
            marks.dots(
                part,
                "years",
                "country",
                says="<b>{country}</b>: {years:.1f} years<br>{start} to {entry}",
                colour=colour,
                marker=marker,
                text="label",
                textposition="middle right",
                textfont_size=14,
                name=way,
            )
        )
    return traces


def _waited(years_waited):
    longest, shortest = years_waited.iloc[0], years_waited.iloc[-1]
    return (
        f"{longest['years']:.1f} years for {longest['country']}, the longest; "
        f"{shortest['years']:.1f} for {shortest['country']}, the shortest."
    )


def _middle(years_waited):
    return f" Half of the {len(years_waited)} states took {years_waited.attrs['middle']:.1f} years or less."


def _clocks(still_waiting):
    if still_waiting.empty:
        return " No clock of our table still runs."
    clocks = [f"{row['country']}, {row['years']:.1f} years" for _, row in still_waiting.iterrows()]
    return f" On {words.day(still_waiting['until'].max())} still waiting: {words.named(clocks)}."


def share_of_europe(states_of_europe, europe_share, allies_beyond, europe_land, definition, counted="countries"):
    """Map and strip: what part of Europe, by one definition, lies in NATO."""
    unit, scale = _UNITS[counted]
    states = states_of_europe.assign(**states_of_europe[["amount", "before"]] / scale)
    ally, other, beyond = "ally", "in this Europe, not an ally", "ally outside this Europe"
    inside = states[["iso3"]].assign(group=states["ally"].map({True: ally, False: other}))
    said = f"{europe_share['part'] / scale:,.0f} of {europe_share['whole'] / scale:,.0f} {unit}"
    drawn = europe_map(
        europe_land,
        pd.concat([inside, allies_beyond[["iso3"]].assign(group=beyond)], ignore_index=True).assign(says=""),
        {ally: (style.BLUE, "circle"), other: (style.GREEN, "square"), beyond: (style.PURPLE, "diamond")},
        title=f"{said}: {europe_share['percent']:.0f}% of Europe is in NATO",
        subtitle=f"Europe by {definition}, counted in {unit}; the strip shows each country, allies first",
        source=data.cited(
            "countries", *dict.fromkeys(["in_un_m49_europe", *([] if counted == "countries" else [counted])])
        ),
        twin=f"By {definition}, {europe_share['allies']} of {europe_share['listed']} countries are allies; "
        f"counted in {unit} that is {europe_share['percent']:.1f}% of Europe. "
        f"Allies outside it: {words.named(allies_beyond['country'])}.",
        table=pd.concat(
            [
                states[["name", "ally"]].assign(**{unit: states["amount"], "in_this_europe": "yes"}),
                pd.DataFrame({"name": allies_beyond["country"], "ally": True, "in_this_europe": "no"}),
            ],
            ignore_index=True,
        ),
        note="The UN list has the Holy See and Russia, its Asian part included. The wide list adds Türkiye, Cyprus, "
        "Armenia, Azerbaijan, Georgia and Kosovo.",
    )
    drawn.add_trace(_strip(states, unit))
    drawn.update_layout(
        geo_domain_y=[0.15, 1],
        xaxis=dict(domain=[0, 1], range=[0, europe_share["whole"] / scale], showgrid=False, tickfont_size=14),
        yaxis=dict(domain=[0.01, 0.1], visible=False, fixedrange=True),
        margin=dict(l=8, r=16, t=8, b=24),
    )
    return drawn


def _strip(states, unit):
    """One bar along the foot of a map, a piece a state."""
    return marks.bars(
        states.assign(name=style.plain(states["name"]), lane=""),
        "amount",
        "lane",
        says=f"<b>{{name}}</b><br>{{amount:,.2~f}} {unit}",
        lying=True,
        base=states["before"],
        width=1,
        marker=dict(
            color=states["ally"].map({True: style.BLUE, False: style.GREEN}),
            pattern=dict(
                shape=list(states["ally"].map({True: "", False: "/"})),
                fillmode="overlay",
                fgcolor="white",
                solidity=0.2,
            ),
            line=dict(color="white", width=1),
        ),
        showlegend=False,
    )


def rounds(members, rounds, occupied, mark):
    """Stacked bars: who joined in each year of entry; `mark` a yes/no column of members."""
    name, total = MARKS[mark], rounds["marked"] + rounds["others"]
    war = rounds.attrs["war"].year + rounds.attrs["war"].day_of_year / 365
    line = dict(
        type="line", x0=war, x1=war, yref="paper", y0=0, y1=0.82, line=dict(color=style.GREY, dash="dash", width=2)
    )
    at_war = dict(x=war, yref="paper", y=1, yanchor="top", xanchor="right", align="right", showarrow=False)
    return style.figure(
        _joined_bars(rounds, name),
        title=f"{rounds['marked'].sum()} of the {total.sum()} later allies: {name}",
        subtitle="States that joined after 1949, by year of entry; a label counts the marked ones of several",
        source=data.cite(members) + data.cited("events", id="2008-08-08-russia-georgia-war"),
        twin=_joined(rounds, name),
        table=rounds[["year", "marked", "others", "marked_states", "other_states"]],
        note=f"{words.named(occupied['country'])} were occupied by the Soviet Union in "
        f"{words.named(occupied['year'].unique())}. Many states never recognised that. "
        "A member of the Warsaw Pact was a state of its own, unless it lay inside the Soviet Union.",
        barmode="stack",
        xaxis=dict(dtick=10, tick0=1950, tickformat="d", showgrid=False, range=[1950, rounds["year"].max() + 1.5]),
        yaxis=dict(range=[0, total.max() + 2.5], dtick=2),
        shapes=[line],
        annotations=[at_war | dict(text=f"Russia-Georgia war,<br>{words.day(rounds.attrs['war'])}")],
        height=380,
    )


def _joined_bars(rounds, name):
    """The marked states of each year of entry, and the others above them."""
    whole = rounds["marked"] + rounds["others"]
    rows = rounds.assign(
        whole=whole,
        count=[
            "" if all_ == 1 else f"{marked} of {all_}" if marked else str(all_)
            for marked, all_ in zip(rounds["marked"], whole, strict=True)
        ],
        marked_states=marks.whole(rounds["marked_states"]),
        other_states=marks.whole(rounds["other_states"]),
    )
    return [
        marks.bars(
            rows,
            "year",
            "marked",
            says="<b>{year}</b>: {marked} states<br>{marked_states}",
            name=name,
            marker=marks.filled(style.ORANGE, "/"),
        ),
        marks.bars(
            rows,
            "year",
            "others",
            says="<b>{year}</b>: {others} states<br>{other_states}",
            name="others",
            marker=dict(color=style.BLUE),
        ),
        marks.labels(rows, "year", "whole", "count", textposition="top center"),
    ]


def _joined(rounds, name):
    """Who of the marked states joined when, and how many on each side of the war."""
    marked = rounds[rounds["marked"] > 0]
    listed = "; ".join(f"{row['marked_states']} ({row['year']})" for _, row in marked.iterrows()) or "none"
    if marked["marked"].sum() > 10:
        listed = f"{marked['marked'].sum()} of {(rounds['marked'] + rounds['others']).sum()} who joined later"
    after = rounds[rounds["after_war"]]
    return (
        f"{words.capital(name)}: {listed}. "
        f"After the war of {words.month(rounds.attrs['war'])} {after['marked'].sum() or 'none'} of them joined, "
        f"and {after['others'].sum()} other states did."
    )


def gaps_between_entries(members, years_between_entries):
    """Bars: years from one day of entry to the next, and the gap still open on the day of the newest event."""
    closed, unclosed = years_between_entries.iloc[:-1], years_between_entries.iloc[-1]
    longest = closed.loc[closed["years"].idxmax()]
    names = [*closed["accession_date"].dt.year.astype(str), "since then"]
    colours = [*[style.BLUE] * len(closed), style.GREY]
    until = words.day(years_between_entries.attrs["until"])
    return style.figure(
        [
            marks.bars(
                years_between_entries.assign(
                    entry=names,
                    label=[words.number(years, 1) for years in years_between_entries["years"]],
                    who=marks.whole(years_between_entries["who"]),
                ),
                "entry",
                "years",
                says="<b>{entry}</b>: {years:.1f} years after the entry before<br>{who}",
                text="label",
                marker=marks.filled(colours, [*[""] * len(closed), "/"]),
            )
        ],
        title=f"Between entries: from {closed['years'].min():.1f} to {longest['years']:.1f} years",
        subtitle="Years since the entry before, by year of entry; hatched: the gap still open",
        source=data.cite(members),
        twin=f"The longest gap, {longest['years']:.1f} years, ended in {longest['accession_date'].year}; the middle "
        f"one is {years_between_entries.attrs['middle']:.1f} years. Since the last entry {unclosed['years']:.1f} "
        f"years had passed on {until}.",
        table=years_between_entries,
        xaxis=dict(type="category", showgrid=False),
        yaxis=dict(range=[0, longest["years"] * 1.12]),
        showlegend=False,
        height=340,
    )
