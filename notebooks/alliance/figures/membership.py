"""Charts of who is in NATO, since when, and what part of Europe that is."""

import pandas as pd
import plotly.graph_objects as go

from .. import data, measures, words
from . import style
from .maps import europe_map

TABLE = "members"


def _day(when):
    return f"{when.day} {when:%B %Y}"


def members_over_time(members, until):
    """Step line: how many states are members at the end of each year, the last of them as of the day `until`."""
    last = until.year
    table = measures.members_by_year(members, last)
    joins = table[(table["joined"] > 0) & (table["year"] > table["year"].min())]
    most = joins.loc[joins["joined"].idxmax()]
    first, now = table.iloc[0], table.iloc[-1]
    return style.figure(
        [
            go.Scatter(
                x=table["year"],
                y=table["members"],
                mode="lines",
                line=dict(shape="hv", color=style.BLUE),
                name="members",
                hoverinfo="skip",
            ),
            go.Scatter(
                x=joins["year"],
                y=joins["members"],
                mode="markers+text",
                marker=dict(color=style.BLUE, symbol="diamond", size=11),
                text=[f"+{joined}" for joined in joins["joined"]],
                textposition=["bottom right" if gap <= 1 else "top left" for gap in joins["year"].diff()],
                textfont_size=14,
                customdata=list(zip(joins["joined"], style.plain(joins["who"]), strict=True)),
                name="a year of entry",
                hovertemplate="<b>%{x}: %{y} members</b><br>%{customdata[0]} new: %{customdata[1]}<extra></extra>",
            ),
        ],
        title=f"From {first['members']} members in {first['year']} to {now['members']}, in {len(joins)} steps",
        subtitle=f"Members of NATO at the end of each year; {last}: on {_day(until)}",
        source=data.source_line(TABLE),
        twin=f"{first['members']} states founded the alliance in {first['year']}; {now['members']} are members at the end of {joins['year'].max()}. Most joined in {most['year']}: {most['joined']} states.",
        table=table[table["joined"] > 0],
        note="The labels say how many joined in that year; point at a diamond to see who.",
        xaxis=dict(range=[table["year"].min() - 2, last + 2], tickformat="d", dtick=10, tick0=1950),
        yaxis=dict(range=[0, 40]),
        showlegend=False,
        height=380,
    )


ROUTES = {
    "MAP": ("by action plan (MAP)", style.BLUE, "circle"),
    "application (no MAP)": ("by application", style.GREEN, "square"),
    "application": ("by application", style.GREEN, "square"),
    "predates MAP": ("before there was an action plan", style.PURPLE, "diamond"),
    "not recorded": ("route not recorded", style.GREY, "triangle-up"),
    "still waiting": ("still waiting", style.ORANGE, "hourglass-open"),
}


def waits(members, wait, waiting=None):
    """Dot plot: how long each ally waited; `waiting` (rows of `still_waiting`) adds clocks that still run."""
    table = measures.years_waited(members, wait)
    longest, shortest = table.iloc[0], table.iloc[-1]
    ends = [measures.years_waited(members, each)["years"].max() for each in measures.WAITS]
    told = f"{wait.capitalize()}: {longest['years']:.1f} years for {longest['country']}, the longest; {shortest['years']:.1f} for {shortest['country']}, the shortest; half of the {len(table)} states took {table['years'].median():.1f} years or less."
    if waiting is not None:
        told += f" On {_day(waiting['until'].max())} these clocks still ran: {words.named(f'{who}, {years:.1f} years' for who, years in zip(waiting['country'], waiting['years'], strict=True))}."
        table = pd.concat([table, waiting]).sort_values("years", ascending=False)
    return style.figure(
        [_route(table[table["route"].map(lambda route: ROUTES[route][0]) == label], label) for label in _labels(table)],
        title=f"{wait.capitalize()}: {shortest['years']:.1f} to {longest['years']:.1f} years",
        subtitle="Years waited; allies that joined after 1949" + ("" if waiting is None else ", hourglass: not in yet"),
        source=data.source_line(TABLE)
        if waiting is None
        else words.sources(
            data.source_line(TABLE), data.source_line("events", id="2008-04-03-bucharest-summit-will-become")
        ),
        twin=told,
        table=table,
        note="An ally stands here if the day of that step is known. The Membership Action Plan (MAP) exists since 1999."
        + ("" if waiting is None else " A promise, an application and an action plan are different starts."),
        value_axis="x",
        xaxis=dict(
            range=[-0.4, max(*ends, 0 if waiting is None else waiting["years"].max()) + 2], dtick=5, title_text="years"
        ),
        yaxis=dict(
            categoryorder="array", categoryarray=list(style.plain(table["country"]))[::-1], dtick=1, tickfont_size=14
        ),
        height=450,
    )


def _labels(table):
    return dict.fromkeys(label for route, (label, _, _) in ROUTES.items() if route in set(table["route"]))


def _route(part, label):
    """The dots of one route, as `ROUTES` draws it."""
    colour, shape = next((colour, shape) for name, colour, shape in ROUTES.values() if name == label)
    return go.Scatter(
        x=part["years"],
        y=style.plain(part["country"]),
        mode="markers+text",
        text=[f"{years:.1f}" for years in part["years"]],
        textposition="middle right",
        textfont_size=14,
        marker=dict(color=colour, symbol=shape, size=12, line_width=3 if "open" in shape else 0),
        name=label,
        customdata=[[_day(since), _day(until)] for since, until in zip(part["since"], part["until"], strict=True)],
        hovertemplate="<b>%{y}</b>: %{x:.1f} years<br>%{customdata[0]} to %{customdata[1]}<extra></extra>",
    )


def share_of_europe(countries, members, definition, counted="countries"):
    """Map and strip: what part of Europe, by one definition, lies in NATO."""
    rows, share = measures.share_of_europe(countries, members, definition, counted)
    rows = rows.sort_values(["ally", "amount"], ascending=False)
    unit = {"countries": "countries", "population": "million people", "area_km2": "thousand km²"}[counted]
    scale = {"countries": 1, "population": 1e6, "area_km2": 1e3}[counted]
    ally, other, beyond = "ally", "in this Europe, not an ally", "ally outside this Europe"
    outside = [code for code in members["iso3"] if code not in set(rows["iso3"])]
    names = members.set_index("iso3")["country"]
    places = pd.DataFrame(
        {
            "iso3": [*rows["iso3"], *outside],
            "group": [*rows["ally"].map({True: ally, False: other}), *[beyond] * len(outside)],
            "says": "",
        }
    )
    part, whole = share["part"] / scale, share["whole"] / scale
    said = f"{part:,.0f} of {whole:,.0f} {unit}"
    drawn = europe_map(
        places,
        {ally: (style.BLUE, "circle"), other: (style.GREEN, "square"), beyond: (style.PURPLE, "diamond")},
        title=f"{said}: {share['percent']:.0f}% of Europe is in NATO",
        subtitle=f"Europe by {definition}, counted in {unit}; the strip shows each country, allies first",
        source=data.source_line(
            "countries", *dict.fromkeys(["in_un_m49_europe", *([] if counted == "countries" else [counted])])
        ),
        twin=f"By {definition}, {share['allies']} of {share['listed']} countries are allies; counted in {unit} that is {share['percent']:.1f}% of Europe. Allies outside it: {words.named(names[outside])}.",
        table=pd.concat(
            [
                rows[["name", "ally"]].assign(**{unit: rows["amount"] / scale, "in_this_europe": "yes"}),
                pd.DataFrame({"name": names[outside], "ally": True, "in_this_europe": "no"}),
            ],
            ignore_index=True,
        ),
        note="The UN list has the Holy See and Russia, its Asian part included. The wide list adds Türkiye, Cyprus, Armenia, Azerbaijan, Georgia and Kosovo.",
    )
    starts = rows["amount"].cumsum() - rows["amount"]
    drawn.add_trace(
        go.Bar(
            x=rows["amount"] / scale,
            base=starts / scale,
            y=[""] * len(rows),
            orientation="h",
            width=1,
            marker=dict(
                color=rows["ally"].map({True: style.BLUE, False: style.GREEN}),
                pattern=dict(
                    shape=list(rows["ally"].map({True: "", False: "/"})),
                    fillmode="overlay",
                    fgcolor="white",
                    solidity=0.2,
                ),
                line=dict(color="white", width=1),
            ),
            customdata=list(style.plain(rows["name"])),
            hovertemplate=f"<b>%{{customdata}}</b><br>%{{x:,.2~f}} {unit}<extra></extra>",
            showlegend=False,
        )
    )
    drawn.update_layout(
        geo_domain_y=[0.15, 1],
        xaxis=dict(domain=[0, 1], range=[0, whole], showgrid=False, tickfont_size=14),
        yaxis=dict(domain=[0.01, 0.1], visible=False, fixedrange=True),
        margin=dict(l=8, r=16, t=8, b=24),
    )
    return drawn


def rounds(members, events, mark):
    """Stacked bars: who joined in each year of entry; `mark` a yes/no column of members."""
    table = measures.rounds(members, mark)
    name = MARKS[mark]
    place = list(range(len(table)))
    war = events.set_index("id").loc["2008-08-08-russia-georgia-war", "date"]
    before = int((table["year"] <= war.year).sum())
    hover = "<b>%{customdata[0]}</b>: %{y} states<br>%{customdata[1]}<extra></extra>"
    return style.figure(
        [
            go.Bar(
                x=place,
                y=table["marked"],
                name=name,
                marker=dict(color=style.ORANGE, pattern_shape="/"),
                text=table["marked"]
                .where(table["marked"] > 0)
                .map(lambda count: "" if count != count else f"{count:.0f}"),
                textposition="inside",
                customdata=list(zip(table["year"], style.plain(table["marked_states"]), strict=True)),
                hovertemplate=hover,
            ),
            go.Bar(
                x=place,
                y=table["others"],
                name="others",
                marker_color=style.BLUE,
                customdata=list(zip(table["year"], style.plain(table["other_states"]), strict=True)),
                hovertemplate=hover,
            ),
        ],
        title=f"{table['marked'].sum()} of the {table['marked'].sum() + table['others'].sum()} later allies: {name}",
        subtitle="States that joined, by year of entry (the axis shows those years only)",
        source=words.sources(data.source_line(TABLE), data.source_line("events", id="2008-08-08-russia-georgia-war")),
        twin=f"{name[0].upper() + name[1:]}: "
        + (
            "; ".join(f"{row['marked_states']} ({row['year']})" for _, row in table[table["marked"] > 0].iterrows())
            or "none"
        )
        + f". After the war of August 2008 {table['marked'][before:].sum() or 'none'} of them joined, and {table['others'][before:].sum()} other states did.",
        table=table,
        note="The Soviet Union counts as the state; a member of the Warsaw Pact was a state of its own, unless it lay inside the Soviet Union.",
        barmode="stack",
        legend_traceorder="normal",
        xaxis=dict(
            tickvals=place,
            ticktext=[str(year) for year in table["year"]],
            showgrid=False,
            range=[-0.6, len(table) - 0.4],
        ),
        yaxis=dict(range=[0, (table["marked"] + table["others"]).max() + 2.5], dtick=2, title_text="states"),
        shapes=[
            dict(
                type="line",
                x0=before - 0.5,
                x1=before - 0.5,
                yref="paper",
                y0=0,
                y1=0.82,
                line=dict(color=style.GREY, dash="dash", width=2),
            )
        ],
        annotations=[
            dict(
                x=before - 0.5,
                yref="paper",
                y=1,
                yanchor="top",
                text=f"Russia-Georgia war,<br>{_day(war)}",
                showarrow=False,
            )
        ],
        height=380,
    )


MARKS = {
    "former_ussr": "former Soviet republics",
    "former_warsaw_pact": "states of the former Warsaw Pact",
    "former_yugoslavia": "former Yugoslav republics",
    "borders_russia": "states with a land border with Russia",
    "eu_member": "members of the European Union",
}


def gaps_between_entries(members, day):
    """Bars: years from one day of entry to the next, and the gap still open on `day`."""
    table = measures.years_between_entries(members)
    last = table["accession_date"].max()
    table = table.dropna(subset="years")
    open_years = (pd.Timestamp(day) - last).days / measures.DAYS_A_YEAR
    names = [f"{when.year}" for when in table["accession_date"]]
    rows = pd.concat([table, pd.DataFrame([{"accession_date": pd.NaT, "who": "no entry yet", "years": open_years}])])
    return style.figure(
        [
            go.Bar(
                x=[*names, "since then"],
                y=rows["years"],
                marker=dict(color=[*[style.BLUE] * len(table), style.GREY], pattern_shape=[*[""] * len(table), "/"]),
                text=[f"{years:.1f}" for years in rows["years"]],
                textposition="outside",
                customdata=list(style.plain(rows["who"])),
                hovertemplate="<b>%{x}</b>: %{y:.1f} years after the entry before<br>%{customdata}<extra></extra>",
            )
        ],
        title=f"Between entries: from {table['years'].min():.1f} to {table['years'].max():.1f} years",
        subtitle="Years since the entry before, by year of entry; hatched: the gap still open",
        source=data.source_line(TABLE),
        twin=f"The longest gap, {table['years'].max():.1f} years, ended in {table.loc[table['years'].idxmax(), 'accession_date'].year}; the middle one is {table['years'].median():.1f} years. Since the last entry {open_years:.1f} years had passed on {_day(pd.Timestamp(day))}.",
        table=rows,
        xaxis=dict(type="category", showgrid=False),
        yaxis=dict(range=[0, table["years"].max() * 1.12], title_text="years"),
        showlegend=False,
        height=340,
    )
