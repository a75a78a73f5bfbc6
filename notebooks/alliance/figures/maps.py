"""Maps of Europe: one way to draw countries by group, the two maps of who is in NATO, and the border with Russia.

Every map draws offline. plotly.js asks its server for outlines only if the first trace of a map
names countries, so the first trace here is a set of points; the outlines go by their name,
"europe_outlines", and the browser has them once however many maps there are.
"""

import itertools

import pandas as pd
import plotly.graph_objects as go

from .. import data, words
from ..measures import MAP_WINDOW
from . import marks, style

OUTLINES = "europe_outlines"
LINES = (
    "Outlines: Natural Earth, today's borders. "
    "Crimea is drawn with Ukraine, as UN General Assembly resolution 68/262 has it."
)
SEA, LAND, INK = "#F1F5F9", "#E3E6E9", "#000000"
BESIDE = "rgba(116, 120, 125, 0.35)"  # countries that a map is not about
_SIDES = {  # where a name stands beside its mark, if not below it
    "NOR": "middle left",
    "SWE": "top left",
    "FIN": "top right",
    "GBR": "top center",
    "POL": "top center",
    "FRA": "bottom left",
    "ITA": "bottom left",
}
_SIDES_OF_LINES = {"LTU": "top left", "POL": "bottom left"}
_STANDINGS = {
    "member": ("ally", style.BLUE, "circle"),
    "applicant": ("applied to join", style.ORANGE, "diamond"),
    "aspirant/partner": ("aspirant or partner", style.GREEN, "triangle-up"),
    "neutral": ("neutral", style.GREY, "square"),
    "CSTO": ("CSTO, led by Russia", style.PURPLE, "x"),
    "other": ("other", BESIDE, "cross"),
}


def europe_map(europe_land, places, groups, *, title, subtitle, source, twin, table, note):
    """Countries of Europe, coloured and marked by group.

    `places`: iso3, group, says (what the mouse is told; plain text, it is escaped here). `groups`: group ->
    (colour, symbol), in the order of the legend; symbol None draws no mark. The largest countries have their
    names beside the mark. A country without a row is plain land.
    """
    land = europe_land.set_index("iso3")
    spots = places.join(land, on="iso3")
    drawn = spots[spots["outlined"]]
    rest = [code for code in land.index[land["outlined"]] if code not in set(places["iso3"])]
    return style.figure(
        [
            *(_marks(spots[spots["group"] == group], group, *look) for group, look in groups.items()),
            _land(rest, [0] * len(rest), [[0, LAND], [1, LAND]], hoverinfo="skip"),
            _groups(drawn, {group: colour for group, (colour, _) in groups.items()}),
        ],
        title=title,
        subtitle=subtitle,
        source=source,
        twin=twin,
        table=table,
        note=f"{note} {LINES}",
        height=450,
        **_frame(MAP_WINDOW, (13.5, 53.1), 12, scale=1.13),
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
        legend=dict(itemclick=False, itemdoubleclick=False, bgcolor=SEA, font_color=INK),
        dragmode=False,
    )


def accession_map(members, allies_by_entry, states_by_entry, europe_land, year):
    """Map: the allies of one year, those who joined in it marked apart."""
    ally, new, other = "ally", f"joined in {year}", "not an ally"
    entered = states_by_entry["accession_date"].dt.year
    group = pd.Series(other, index=entered.index).mask(entered <= year, ally).mask(entered == year, new)
    fresh = allies_by_entry.loc[allies_by_entry["new"], "country"]
    came = f"{words.named(fresh)} joined in {year}" if len(fresh) else f"No state joined in {year}"
    return europe_map(
        europe_land,
        states_by_entry.assign(group=group, says=[_since(day, year) for day in states_by_entry["accession_date"]]),
        {ally: (style.BLUE, "circle"), new: (style.ORANGE, "diamond"), other: (BESIDE, None)},
        title=f"At the end of {year} the alliance has {len(allies_by_entry)} members",
        subtitle="Allies at the end of the year; each is drawn from its accession date on",
        source=data.cite(members),
        twin=f"{came}; {len(allies_by_entry)} states were allies at the end of that year.",
        table=allies_by_entry[["country", "accession_date", "enlargement_round", "route"]],
        note="Canada and the United States, founders, lie outside the map. From 1955 to 1990 Germany means West "
        "Germany. Most states have a mark and no name: point at them.",
    )


def status_map(standings, europe_land):
    """Map: where each country of Europe stands towards NATO."""
    group = standings["nato_status"].map({status: name for status, (name, _, _) in _STANDINGS.items()})
    allies, neutral = (group == "ally").sum(), (group == "neutral").sum()
    applicants = standings.loc[standings["nato_status"] == "applicant", "name"]
    applied = f"{words.named(applicants)} {'has' if len(applicants) == 1 else 'have'} applied"
    since = standings["accession_date"]
    says = ("member since " + since.dropna().map(words.day)).reindex(since.index)
    return europe_map(
        europe_land,
        standings[["iso3"]].assign(group=group, says=says.fillna(standings["nato_status_note"]).fillna("")),
        {name: (colour, symbol) for name, colour, symbol in _STANDINGS.values()},
        title=f"{allies} allies, and the {len(standings) - allies} states between and beside them",
        subtitle="Standing towards NATO, as the sources below have it",
        source=data.cited("countries", "nato_status"),
        twin=f"Of {len(standings)} states {allies} are allies and {neutral} neutral; {applied}.",
        table=standings[["name", "nato_status", "nato_status_note"]],
        note="Canada and the United States lie outside the map. Most states have a mark and no name: point at them.",
    )


EAST = dict(lon=(4, 46), lat=(45.5, 71.3))  # what the map of the border shows
STEPS = (  # the years of entry, in order: a colour and a dash
    (style.BLUE, "dot"),
    (style.PURPLE, "longdash"),
    (style.GREY, "longdashdot"),
    (style.GREEN, "solid"),
)


def border_map(
    frontier_lines,
    frontier_spots,
    border_steps,
    belarus_border,
    border_ratio,
    europe_land,
    day=None,
    with_ukraine=False,
):
    """Map: the allies' border with Russia as a thick line by year of entry, and, if asked, Ukraine's with it."""
    on = words.day(pd.Timestamp(day)) if day is not None else "Today"
    counted = border_steps[border_steps["counted"]]
    traces = [_places(counted, frontier_spots)]
    land = [code for code in europe_land.loc[europe_land["outlined"], "iso3"] if code != "RUS"]
    traces.append(_land(land, [0] * len(land), [[0, LAND], [1, LAND]], hoverinfo="skip"))
    traces.append(_land(["RUS"], [0], [[0, BESIDE], [1, BESIDE]], hoverinfo="skip"))
    traces += _border_traces(border_steps, frontier_lines, belarus_border)
    title, twin = _border_words(border_ratio, counted.dropna(subset="joined"), on, with_ukraine)
    return style.figure(
        traces,
        title=title,
        subtitle="Land border of NATO members with Russia, km, coloured by the year in which each joined",
        source=data.cite(counted),
        twin=twin,
        table=border_steps[["country", "joined", "length_km", "counted"]],
        note="Belarus is in the CSTO, led by Russia: its lines are dashed and not in the sum. "
        f"Poland and Lithuania border the region of Kaliningrad. {LINES}",
        height=480,
        **_frame(EAST, (27.5, 59), 27, scale=1.0),
    )


def _border_traces(border_steps, frontier_lines, belarus_border):
    """The lines of the border: not yet an ally's, each year's, Ukraine's, and those with Belarus."""
    counted = border_steps[border_steps["counted"]]
    waiting = border_steps[~border_steps["counted"] & border_steps["joined"].notna()]
    if len(waiting):
        look = dict(color=INK, width=1.5, dash="2px,6px")
        yield _lines(waiting, frontier_lines, "RUS", look, "not yet an ally on that day", "not yet an ally")
    looks = dict(zip(border_steps["joined"].dropna().unique(), itertools.cycle(STEPS)))
    for year in counted["joined"].dropna().unique():
        rows, (colour, dash) = counted[counted["joined"].eq(year).fillna(False)], looks[year]
        name = f"{year}: {words.named(rows['country'])}, {rows['length_km'].sum():,.0f} km"
        look = dict(color=colour, dash=dash, width=7)
        yield _lines(rows, frontier_lines, "RUS", look, name, f"ally since {year}")
    ukraine = counted[counted["joined"].isna()]
    if len(ukraine):
        name = f"Ukraine, {ukraine['length_km'].sum():,.0f} km"
        look = dict(color=style.ORANGE, dash="dashdot", width=7)
        yield _lines(ukraine, frontier_lines, "RUS", look, name, "the recognised line, not the front")
    if len(belarus_border):
        name = f"with Belarus, not counted: {belarus_border['length_km'].sum():,.0f} km"
        look = dict(color=INK, width=3, dash="dash")
        yield _lines(belarus_border, frontier_lines, "BLR", look, name, "with Belarus, not counted")


def _border_words(border_ratio, allies, on, with_ukraine):
    """Title and twin of the map: how long the allies' line is on a day, and what Ukraine would add if it is none."""
    now, then, times = allies["length_km"].sum(), border_ratio["then"], border_ratio["times"]
    twin = f"{on}: {words.counted(len(allies), 'ally', 'allies')} with {now:,.0f} km of border with Russia."
    if not with_ukraine or "UKR" in set(allies["iso3"]):
        top = allies.loc[allies["length_km"].idxmax()]
        part = f"{'all' if len(allies) == 1 else format(top['length_km'] / now, '.0%')} of it {top['country']}'s"
        return f"{on}: {now:,.0f} km of border with Russia, {part}", twin
    added = f"Ukraine's recognised line would add {border_ratio['ukraine']:,.0f} km: {times:.2f} times as long."
    return f"{on}: {now:,.0f} km of border with Russia, with Ukraine {then:,.0f}", f"{twin} {added}"


def _lines(rows, frontier_lines, neighbour, look, name, standing):
    """The lines of some states with a neighbour as one trace."""
    shared = frontier_lines[frontier_lines["neighbour_iso3"] == neighbour]
    shared = shared.join(rows.set_index("iso3")[["country", "length_km"]], on="iso3", how="inner")
    shared = shared.assign(standing=standing)
    spoken = marks.hover(shared, "<b>{country}</b>: {standing}<br>{length_km:,.0f} km")
    return go.Scattergeo(
        lon=shared["lon"], lat=shared["lat"], mode="lines", line=look, name=style.plain(name), **spoken
    )


def _places(rows, frontier_spots):
    """The names of states and the length of their borders, each to the left of its line, at half its height."""
    spots = rows.join(frontier_spots, on="iso3")
    return go.Scattergeo(
        lon=spots["lon"],
        lat=spots["lat"],
        text=[f"{style.plain(name)} {length:,.0f}  " for name, length in zip(spots["country"], spots["length_km"])],
        mode="text",
        textposition=[_SIDES_OF_LINES.get(code, "middle left") for code in spots["iso3"]],
        textfont=dict(size=14, color=INK),
        hoverinfo="skip",
        showlegend=False,
    )


def _since(day, year):
    """When a state joined, as it is known in `year`."""
    if pd.isna(day):
        return "not an ally"
    return f"ally since {words.day(day)}" if day.year <= year else f"joined later, on {words.day(day)}"


def _groups(drawn, colours):
    """The outlines of all groups in their colours, and what the mouse is told of each."""
    number = {group: place for place, group in enumerate(colours)}
    steps = len(colours) - 1
    scale = [[place / steps, colour] for place, colour in enumerate(colours.values())]
    told = drawn.assign(says=marks.whole(drawn["says"]), name=style.plain(drawn["name"]))
    says = marks.hover(told, "<b>{name}</b><br>{group}<br>{says}", text="name")
    return _land(
        list(told["iso3"]), list(told["group"].map(number)), scale, zmax=steps, text=list(told["name"]), **says
    )


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


def _short_names(spots):
    """The names of large countries on a map, in two lines where they have two words."""
    return spots["name"].map(lambda name: style.wrapped(name, 8)).where(spots["large"], "")


def _marks(spots, group, colour, symbol):
    """A group's marks and names; a group without a symbol has its place in the legend only."""
    return go.Scattergeo(
        lon=spots["lon"] if symbol else [None],
        lat=spots["lat"] if symbol else [None],
        text=_short_names(spots) if symbol else None,
        mode="markers+text" if symbol else "markers",
        textposition=[_SIDES.get(code, "bottom center") for code in spots["iso3"]],
        textfont=dict(size=14, color=INK),
        marker=dict(symbol=symbol or "square", size=9 if symbol else 13, color=colour, line=dict(color=INK, width=1)),
        name=f"{style.plain(group)}: {len(spots)}",
        hoverinfo="skip",
    )
