"""Maps of Europe: one way to draw countries by group, the two maps of who is in NATO, and the border with Russia.

Every map draws offline. plotly.js asks its server for outlines only if the first trace of a map
names countries, so the first trace here is a set of points; the outlines go by their name,
"europe_outlines", and the browser has them once however many maps there are.
"""

import functools
import itertools

import pandas as pd
import plotly.graph_objects as go

from .. import data, measures, words
from . import marks, style

OUTLINES = "europe_outlines"
LINES = "Outlines: Natural Earth, today's borders. Crimea is drawn with Ukraine, as UN General Assembly resolution 68/262 has it."
WINDOW = dict(lon=(-25, 46), lat=(33.5, 71.5))
SEA, LAND, INK = "#F1F5F9", "#E3E6E9", "#14181C"
BESIDE = "rgba(116, 120, 125, 0.35)"  # countries that a map is not about
NAMED_FROM_KM2 = 90_000


def europe_map(places, groups, *, title, subtitle, source, twin, table, note="", named=None, height=450):
    """Countries of Europe, coloured and marked by group.

    `places`: iso3, group, says (what the mouse is told; plain text, it is escaped here). `groups`: group ->
    (colour, symbol), in the order of the legend; symbol None draws no mark. `named`: the codes that are
    written on the map, else those of larger countries in a marked group. A country without a row is plain land.
    """
    points = _label_points().reindex(places["iso3"])
    spots = places.assign(lon=points["lon"].to_numpy(), lat=points["lat"].to_numpy())
    if named is None:
        areas = data.load("countries").set_index("iso3")["area_km2"]
        named = set(areas.index[areas >= NAMED_FROM_KM2])
    colours = [colour for colour, _ in groups.values()]
    number = {group: place for place, group in enumerate(groups)}
    steps = max(len(groups) - 1, 1)
    traces = [_marks(spots[spots["group"] == group], group, *groups[group], named) for group in groups]
    drawn = places[places["iso3"].isin(_label_points().index)]
    rest = [code for code in _label_points().index if code not in set(places["iso3"])]
    traces.append(_land(rest, [0] * len(rest), [[0, LAND], [1, LAND]], hoverinfo="skip"))
    scale = (
        [[place / steps, colour] for place, colour in enumerate(colours)]
        if len(groups) > 1
        else [[0, colours[0]], [1, colours[0]]]
    )
    traces.append(
        _land(
            list(drawn["iso3"]),
            list(drawn["group"].map(number)),
            scale,
            zmax=steps,
            customdata=list(zip(style.plain(drawn["group"]), style.plain(drawn["says"]), strict=True)),
            text=list(style.plain(_names().reindex(drawn["iso3"]).fillna(drawn["iso3"]))),
            hovertemplate="<b>%{text}</b><br>%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        )
    )
    return style.figure(
        traces,
        title=title,
        subtitle=subtitle,
        source=source,
        twin=twin,
        table=table,
        note=f"{note} {LINES}".strip(),
        height=height,
        **_frame(WINDOW, (13.5, 53.1), 12, scale=1.13),
    )


def _frame(window, center, rotation, **projection):
    """The layout of a map that shows `window` and stays where it is."""
    lon, lat = center
    return dict(
        geo=dict(
            visible=False,
            showland=False,
            showlakes=False,
            bgcolor=SEA,
            projection=dict(type="conic conformal", parallels=[43, 62], rotation_lon=rotation, **projection),
            center=dict(lon=lon, lat=lat),
            lonaxis_range=window["lon"],
            lataxis_range=window["lat"],
        ),
        margin=dict(l=0, r=0, t=8, b=0),
        legend=dict(itemclick=False, itemdoubleclick=False),
        dragmode=False,
    )


def accession_map(members, year):
    """Map: the allies of one year, those who joined in it marked apart."""
    countries = data.load("countries")
    since = members.set_index("iso3")["accession_date"]
    shown = pd.DataFrame(
        {"iso3": [*since.index, *countries.loc[countries["in_un_m49_europe"].notna(), "iso3"]]}
    ).drop_duplicates()
    joined = shown["iso3"].map(since)
    ally, new, other = "ally", f"joined in {year}", "not an ally"
    group = joined.dt.year.map(lambda when: other if not when <= year else new if when == year else ally)
    told = [_since(when, year) for when in joined]
    fresh = members[members["accession_date"].dt.year == year].sort_values(["accession_date", "country"])
    allies = members[members["accession_date"].dt.year <= year].sort_values(["accession_date", "country"])
    came = f"{words.named(fresh['country'])} joined in {year}" if len(fresh) else f"No state joined in {year}"
    return europe_map(
        shown.assign(group=group, says=told),
        {ally: (style.BLUE, "circle"), new: (style.ORANGE, "diamond"), other: (BESIDE, None)},
        title=f"At the end of {year} the alliance has {len(allies)} members",
        subtitle="Allies at the end of the year; each is drawn from its accession date on",
        source=data.source_line("members"),
        twin=f"{came}; {len(allies)} states were allies at the end of that year.",
        table=allies[["country", "accession_date", "enlargement_round", "route"]],
        note="Canada and the United States, founders, lie outside the map. From 1955 to 1990 Germany means West Germany. Small states have a mark and no letters: point at them.",
    )


def status_map(countries, members):
    """Map: where each country of Europe stands towards NATO."""
    called = {
        "member": ("ally", style.BLUE, "circle"),
        "applicant": ("applied to join", style.ORANGE, "diamond"),
        "aspirant/partner": ("aspirant or partner", style.GREEN, "triangle-up"),
        "neutral": ("neutral", style.GREY, "square"),
        "CSTO": ("CSTO, led by Russia", style.PURPLE, "x"),
        "other": ("other", BESIDE, "cross"),
    }
    rows = countries[countries["nato_status"].isin(list(called))]
    since = members.set_index("iso3")["accession_date"]
    says = [
        f"member since {when.day} {when:%B %Y}" if pd.notna(when) else note if pd.notna(note) else ""
        for when, note in zip(rows["iso3"].map(since), rows["nato_status_note"], strict=True)
    ]
    group = rows["nato_status"].map({status: name for status, (name, _, _) in called.items()})
    count = group.value_counts()
    applicants = rows.loc[rows["nato_status"] == "applicant", "name"]
    return europe_map(
        rows[["iso3"]].assign(group=group, says=says),
        {name: (colour, symbol) for name, colour, symbol in called.values()},
        title=f"{count['ally']} allies, and the {len(rows) - count['ally']} states between and beside them",
        subtitle="Standing towards NATO, as the sources below have it",
        source=data.source_line("countries", "nato_status"),
        twin=f"Of {len(rows)} states {count['ally']} are allies and {count['neutral']} neutral; {words.named(applicants)} {'has' if len(applicants) == 1 else 'have'} applied.",
        table=rows[["name", "nato_status", "nato_status_note"]],
        note="Canada and the United States lie outside the map. Small states have a mark and no letters: point at them.",
    )


EAST = dict(lon=(4, 46), lat=(45.5, 71.3))  # what the map of the border shows
STEPS = (style.BLUE, style.PURPLE, style.GREY, style.GREEN)  # the years of entry, in order


def border_map(frontier_lines, border_steps, belarus_border, border_ratio, day=None, with_ukraine=False):
    """Map: the allies' border with Russia as a thick line by year of entry, and, if asked, Ukraine's with it."""
    on = words.day(pd.Timestamp(day)) if day is not None else "Today"
    counted = border_steps[border_steps["counted"]]
    traces = [_places(counted, frontier_lines)]
    land = [code for code in _label_points().index if code != "RUS"]
    traces.append(_land(land, [0] * len(land), [[0, LAND], [1, LAND]], hoverinfo="skip"))
    traces.append(_land(["RUS"], [0], [[0, BESIDE], [1, BESIDE]], hoverinfo="skip"))
    waiting = border_steps[~border_steps["counted"] & border_steps["joined"].notna()]
    if len(waiting):
        later = dict(color=INK, width=1.5, dash="dot")
        traces.append(_lines(waiting, frontier_lines, "RUS", later, "not yet an ally on that day", "not yet an ally"))
    colours = dict(zip(border_steps["joined"].dropna().unique(), itertools.cycle(STEPS)))
    for year, rows in counted.dropna(subset="joined").groupby("joined"):
        name = f"{year}: {words.named(rows['country'])}, {rows['length_km'].sum():,.0f} km"
        traces.append(_lines(rows, frontier_lines, "RUS", dict(color=colours[year], width=7), name, f"ally since {year}"))
    ukraine = counted[counted["joined"].isna()]
    if len(ukraine):
        name = f"Ukraine, {ukraine['length_km'].sum():,.0f} km"
        look = dict(color=style.ORANGE, width=7)
        traces.append(_lines(ukraine, frontier_lines, "RUS", look, name, "the recognised line, not the front"))
    name = f"with Belarus, not counted: {belarus_border['length_km'].sum():,.0f} km"
    if len(belarus_border):
        look = dict(color=INK, width=3, dash="dash")
        traces.append(_lines(belarus_border, frontier_lines, "BLR", look, name, "with Belarus, not counted"))
    title, twin = _border_words(border_ratio, counted, on, with_ukraine)
    return style.figure(
        traces,
        title=title,
        subtitle="Land border of NATO members with Russia, km, coloured by the year in which each joined",
        source=data.cite(counted),
        twin=twin,
        table=border_steps[["country", "joined", "length_km", "counted"]],
        note="Belarus is in the CSTO, led by Russia: its lines are dashed and not in the sum. "
        f"Poland and Lithuania border the region of Kaliningrad. {LINES}",
        height=560,
        **_frame(EAST, (27.5, 59), 27, scale=1.0),
    )


def _border_words(border_ratio, counted, on, with_ukraine):
    """Title and twin of the map: how long the line is on a day, and what Ukraine would add."""
    now, then, times = border_ratio["now"], border_ratio["then"], border_ratio["times"]
    allies = counted.dropna(subset="joined")
    twin = f"{on}: {words.counted(len(allies), 'ally', 'allies')} with {now:,.0f} km of border with Russia."
    if not with_ukraine:
        return f"{on}: {now:,.0f} km of border with Russia", twin
    added = f"Ukraine's recognised line would add {border_ratio['ukraine']:,.0f} km: {times:.2f} times as long."
    return f"{on}: {now:,.0f} km of border with Russia, with Ukraine {then:,.0f}", f"{twin} {added}"


def _lines(rows, frontier_lines, neighbour, look, name, standing):
    """The lines of some states with a neighbour as one trace: a gap between two lines."""
    shared = frontier_lines[frontier_lines["neighbour_iso3"] == neighbour].merge(rows, on="iso3")
    parts = [pd.concat([part, part.iloc[:1].assign(lon=None, lat=None)]) for _, part in shared.groupby(["iso3", "part"])]
    shared = pd.concat(parts, ignore_index=True).assign(standing=standing)
    spoken = marks.hover(shared, "<b>{country}</b>: {standing}<br>{length_km:,.0f} km")
    return go.Scattergeo(lon=shared["lon"], lat=shared["lat"], mode="lines", line=look, name=style.plain(name), **spoken)


def _places(rows, frontier_lines):
    """The names of states and the length of their borders, each to the left of its line, at half its height."""
    lines = frontier_lines[frontier_lines["neighbour_iso3"] == "RUS"].groupby("iso3")
    spots = rows.join(lines.agg(lon=("lon", "min"), lat=("lat", "mean")), on="iso3")
    return go.Scattergeo(
        lon=spots["lon"],
        lat=spots["lat"],
        text=[f"{style.plain(name)} {length:,.0f} km  " for name, length in zip(spots["country"], spots["length_km"])],
        mode="text",
        textposition=["bottom left" if code == "POL" else "middle left" for code in spots["iso3"]],
        textfont=dict(size=14, color=INK),
        hoverinfo="skip",
        showlegend=False,
    )


def _since(when, year):
    """When a state joined, as it is known in `year`."""
    if pd.isna(when):
        return "not an ally"
    day = f"{when.day} {when:%B %Y}"
    return f"ally since {day}" if when.year <= year else f"joined later, on {day}"


def _land(codes, z, scale, zmax=1, **how):
    """A choropleth of outlines: `z` chooses a colour of `scale`."""
    return go.Choropleth(
        geojson=OUTLINES,
        featureidkey="id",
        locations=codes,
        z=z,
        zmin=0,
        zmax=zmax,
        colorscale=scale,
        showscale=False,
        marker_line=dict(color="white", width=1),
        **how,
    )


def _marks(spots, group, colour, symbol, named):
    """A group's marks and codes; a group without a symbol has its place in the legend only."""
    return go.Scattergeo(
        lon=spots["lon"] if symbol else [None],
        lat=spots["lat"] if symbol else [None],
        text=[code if code in named else "" for code in spots["iso3"]] if symbol else None,
        mode="markers+text" if symbol else "markers",
        textposition="bottom center",
        textfont=dict(size=14, color=INK),
        marker=dict(symbol=symbol or "square", size=9 if symbol else 13, color=colour, line=dict(color=INK, width=1)),
        name=f"{style.plain(group)}: {len(spots)}",
        hoverinfo="skip",
    )


@functools.cache
def _names():
    """English names by code: the course's own, else the outline's."""
    drawn = {feature["id"]: feature["properties"]["name"] for feature in data.load_outlines(OUTLINES)["features"]}
    known = data.load("countries").set_index("iso3")["name"]
    return known.reindex(known.index.union(list(drawn))).fillna(pd.Series(drawn))


@functools.cache
def _label_points():
    """Where to write in each outline; columns lon, lat, index iso3, one row an outline."""
    return measures.label_points(data.load_outlines(OUTLINES), WINDOW["lon"], WINDOW["lat"])
