"""Distances and borders."""

from typing import Literal

import numpy as np
import pandas as pd

from .. import words
from ..world import table

KM_A_MILE = 1.609344
SURVEYS = "national surveys, land"
BORDER_SOURCES = {  # what a source set is called: (source or None for the recommended rows, type of length)
    SURVEYS: (None, "land"),
    "CIA World Factbook, land": ("cia-factbook", "land"),
    "Russian list, land": ("border-list-vbordo", "land"),
    "Russian list, sea included": ("border-list-vbordo", "total"),
}
COUNTED = {"land": "land", "dry_land": "dry land only", "sea": "with sea", "total": "with sea"}  # by type of length
FRONTIERS = {  # the states of Europe whose lines a map draws, by the neighbour behind the line
    "RUS": ("NOR", "FIN", "EST", "LVA", "LTU", "POL", "UKR"),
    "BLR": ("LVA", "LTU", "POL", "UKR"),
}
LIFTED = (np.nan, np.nan)  # no place: between two lines
PRINTED = {"FIN": "A0-19", "UKR": "A1-094"}  # the claim that prints a length of this country's border
FINLAND_JOINED = pd.Timestamp("2023-04-04")


def country_name(countries, iso3):
    """What our tables call a country, by its code: who types the name itself finds nothing once it is changed."""
    return countries.set_index("iso3")["name"][iso3]


def label_points(outlines, lon, lat, steps=20):
    """Where to write in each outlined country: a point well inside the part that a map shows.

    `lon`, `lat`: what the map shows, degrees. Of a country's pieces the one with the most room is taken.
    Columns lon, lat; index iso3. A country outside the map has no point (NaN).
    """
    points = {feature["id"]: _roomiest(feature["geometry"], lon, lat, steps) for feature in outlines["features"]}
    return pd.DataFrame.from_dict(points, orient="index", columns=["lon", "lat"]).rename_axis("iso3")


def _roomiest(geometry, lon, lat, steps):
    """The point of a grid over each piece that lies farthest from the outline, among those inside it."""
    best, room = (np.nan, np.nan), 0
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    for polygon in polygons:
        ring = np.array([point[:2] for point in polygon[0]])
        low, high = np.maximum(ring.min(axis=0), (lon[0], lat[0])), np.minimum(ring.max(axis=0), (lon[1], lat[1]))
        if (low >= high).any():
            continue
        grid = np.stack(np.meshgrid(*np.linspace(low, high, steps + 2)[1:-1].T), axis=-1).reshape(-1, 2)
        grid = grid[_inside(grid, ring)]
        if len(grid) == 0:
            continue
        narrow = np.array([np.cos(np.radians(low[1] + high[1]) / 2), 1])
        edge = np.minimum(_distance_to_ring(grid * narrow, ring * narrow), _distance_to_frame(grid, lon, lat, narrow))
        if edge.max() > room:
            best, room = tuple(grid[edge.argmax()]), edge.max()
    return best


def _inside(points, ring):
    """Which points lie inside a closed ring: a line to the east crosses it an odd number of times."""
    x, y = points.T[:, :, None]
    (x0, y0), (x1, y1) = ring[:-1].T, ring[1:].T
    with np.errstate(divide="ignore", invalid="ignore"):
        crosses = ((y0 > y) != (y1 > y)) & (x < x0 + (y - y0) * (x1 - x0) / (y1 - y0))
    return crosses.sum(axis=1) % 2 == 1


def _distance_to_ring(points, ring):
    start, along = ring[:-1], np.diff(ring, axis=0)
    length = np.maximum((along**2).sum(axis=1), 1e-12)
    part = np.clip(((points[:, None] - start) * along).sum(axis=2) / length, 0, 1)
    return np.sqrt(((points[:, None] - start - part[..., None] * along) ** 2).sum(axis=2)).min(axis=1)


def _distance_to_frame(points, lon, lat, narrow):
    x, y = points.T
    return np.minimum.reduce([(x - lon[0]) * narrow[0], (lon[1] - x) * narrow[0], y - lat[0], lat[1] - y])


@table
def frontier_lines(europe_outlines):
    """The lines that the outlines of `FRONTIERS` and their neighbours share: iso3, neighbour_iso3, part, lon, lat.

    A line is a run of corners that both outlines have, in order; `part` numbers the runs of a pair of states.
    After its last corner stands a row without a place (NaN), where a pen is lifted.
    """
    rings = {feature["id"]: _rings(feature["geometry"]) for feature in europe_outlines["features"]}
    rows = []
    for neighbour, codes in FRONTIERS.items():
        there = {point for ring in rings[neighbour] for point in ring}
        for code in sorted(codes):
            parts = [part for ring in rings[code] for part in _runs(ring, there)]
            rows += [
                (code, neighbour, number, *point) for number, part in enumerate(parts) for point in [*part, LIFTED]
            ]
    return pd.DataFrame(rows, columns=["iso3", "neighbour_iso3", "part", "lon", "lat"])


@table
def frontier_spots(frontier_lines):
    """Where a map writes beside each state's line with Russia: its western end and the middle of its corners' heights.

    Columns lon, lat (degrees); index iso3.
    """
    lines = frontier_lines[frontier_lines["neighbour_iso3"] == "RUS"].groupby("iso3")
    return lines.agg(lon=("lon", "min"), lat=("lat", "mean"))


def _rings(geometry):
    """The rings of an outline, each a list of corners (lon, lat)."""
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [[tuple(point[:2]) for point in ring] for polygon in polygons for ring in polygon]


def _runs(ring, there):
    """The runs of two or more corners of a closed ring that are corners `there`, too."""
    start = next((place for place, point in enumerate(ring) if point not in there), 0)
    runs, run = [], []
    for point in [*ring[start:], *ring[1 : start + 1], None]:
        if point in there:
            run.append(point)
        else:
            runs.append(run)
            run = []
    return [run for run in runs if len(run) > 1]


@table
def border_lengths(borders, lengths: Literal[*BORDER_SOURCES] = SURVEYS):
    """Each neighbour's border with Russia by one source set, a key of `BORDER_SOURCES`: iso3, length_km, source.

    Where the set has no length of that type for Ukraine, the recommended one stands in.
    """
    source, kind = BORDER_SOURCES[lengths]
    rows = borders[borders["neighbour_iso3"] == "RUS"]
    recommended = rows[rows["recommended"]]
    chosen = recommended if source is None else rows[(rows["source"] == source) & (rows["length_type"] == kind)]
    if "UKR" not in set(chosen["iso3"]):
        chosen = pd.concat([chosen, recommended[recommended["iso3"] == "UKR"]])
    return chosen[["iso3", "length_km", "source"]].reset_index(drop=True)


@table
def allied_border(members, border_lengths, day=None):
    """The border with Russia of the allies of `day` (of all, without one), by day of entry.

    Columns: iso3, country, length_km, source.
    """
    allies = members if day is None else members[members["accession_date"] <= pd.Timestamp(day)]
    allies = allies.sort_values(["accession_date", "country"])[["iso3", "country"]]
    return allies.merge(border_lengths, on="iso3")


@table
def border_stairs(allied_border, border_lengths, with_ukraine=True):
    """The allies' border with Russia, a state a row, each begun where the one before ends; Ukraine's last, if asked.

    Columns: iso3, country, length_km, source, begin, end (km). `attrs`: `added`, whether Ukraine was asked for; `ally`,
    whether it is one.
    """
    inside = allied_border["iso3"] == "UKR"
    rows = allied_border
    if with_ukraine:
        ukraine = border_lengths[border_lengths["iso3"] == "UKR"].assign(country="Ukraine")
        rows = pd.concat([allied_border[~inside], ukraine], ignore_index=True)
    end = rows["length_km"].cumsum()
    rows = rows.assign(begin=end - rows["length_km"], end=end)
    rows.attrs = dict(added=with_ukraine, ally=bool(inside.any()))
    return rows


@table
def border_steps(members, border_lengths, countries, day=None, with_ukraine=False):
    """Russia's neighbours that are allies today, and Ukraine, as they stood on `day` (today, without one), by entry.

    Columns: iso3, country, length_km, source, joined (year; missing for Ukraine), counted (whether its border is
    the allies' on that day, or Ukraine's with `with_ukraine`).
    """
    joined = members.set_index("iso3")["accession_date"]
    rows = border_lengths[border_lengths["iso3"].isin([*joined.index, "UKR"])]
    rows = rows.assign(since=rows["iso3"].map(joined), country=rows["iso3"].map(countries.set_index("iso3")["name"]))
    then = joined.max() if day is None else pd.Timestamp(day)
    counted = (rows["since"] <= then) | ((rows["iso3"] == "UKR") & with_ukraine)
    rows = rows.assign(joined=rows["since"].dt.year.astype("Int64"), counted=counted)
    rows = rows.sort_values(["since", "country"], ignore_index=True)
    return rows[["iso3", "country", "length_km", "source", "joined", "counted"]]


@table
def belarus_border(borders, border_steps):
    """The borders with Belarus of the states that count in `border_steps`: iso3, country, length_km, source."""
    known = borders[borders["recommended"]]
    lines = pd.concat([known, known.rename(columns={"iso3": "neighbour_iso3", "neighbour_iso3": "iso3"})])
    lines = lines[lines["neighbour_iso3"] == "BLR"][["iso3", "length_km", "source"]]
    return border_steps.loc[border_steps["counted"], ["iso3", "country"]].merge(lines, on="iso3")


@table
def border_ratio(allied_border, border_lengths):
    """How Ukraine changes the allies' border with Russia: a Series of now (without it), ukraine, then (km), times."""
    now = allied_border.loc[allied_border["iso3"] != "UKR", "length_km"].sum()
    ukraine = border_lengths.loc[border_lengths["iso3"] == "UKR", "length_km"].item()
    return pd.Series({"now": now, "ukraine": ukraine, "then": now + ukraine, "times": (now + ukraine) / now})


def border_ratio_on(borders, members, lengths=SURVEYS, day=None):
    """`border_ratio` by one source set, of the allies of `day`."""
    known = border_lengths(borders, lengths)
    return border_ratio(allied_border(members, known, day), known)


@table
def border_growth(borders, members):
    """How many times as long Ukraine would make the border, by source set: lengths, before Finland joined, since.

    Since then means with Finland: who joined later is left out.
    """
    eve = FINLAND_JOINED - pd.Timedelta(days=1)
    rows = [
        (name, *(border_ratio_on(borders, members, name, day)["times"] for day in (eve, FINLAND_JOINED)))
        for name in BORDER_SOURCES
    ]
    return pd.DataFrame(rows, columns=["lengths", "before", "since"])


@table
def longest_border(borders, members):
    """The longest that any source set makes the border with Ukraine in it, or twice that without, in km."""
    ratios = [border_ratio_on(borders, members, name) for name in BORDER_SOURCES]
    return float(max(max(one["then"], 2 * one["now"]) for one in ratios))


@table
def border_days(members):
    """Days on which the allies' border with Russia changed since Russia is a state of its own: {as said: day}.

    The first is 1 January 1992; before the last change stands the day before it.
    """
    changed = (
        members[members["borders_russia"] & (members["accession_date"] > "1992")]["accession_date"]
        .drop_duplicates()
        .sort_values()
    )
    days = [pd.Timestamp("1992-01-01"), *changed[:-1], changed.iloc[-1] - pd.Timedelta(days=1), changed.iloc[-1]]
    return {words.day(day): day for day in days}


def last_border_day(border_days):
    """The newest day on which the allies' border with Russia changed."""
    return max(border_days.values())


@table
def border_by_day(borders, members, border_days):
    """The allies' border with Russia by national surveys on each of `border_days`: day, length_km."""
    known = border_lengths(borders)
    lengths = [allied_border(members, known, day)["length_km"].sum() for day in border_days.values()]
    return pd.DataFrame({"day": border_days.values(), "length_km": lengths})


@table
def border_by_year(members, border_lengths, events):
    """The allies' border with Russia at the end of each year from 1992: columns year, length_km, who joined it."""
    since = members[members["borders_russia"]].groupby(members["accession_date"].dt.year)["country"].agg(", ".join)
    years = pd.Series(range(1992, events["date"].max().year + 1), name="year")
    length = [allied_border(members, border_lengths, f"{year}-12-31")["length_km"].sum() for year in years]
    return pd.DataFrame({"year": years, "length_km": length, "who": years.map(since).fillna("")})


def length_by_year(border_by_year):
    """The allies' border with Russia (km) by year."""
    return border_by_year.set_index("year")["length_km"]


@table
def border_by_source(borders, sources, country):
    """Every length of the border of `country` (ISO code) with Russia, shortest first; the index is the table's order.

    Columns: source, publisher, counts (what is counted, in short), counted_as, length_type, length_km, miles,
    recommended, note.
    """
    rows = borders[(borders["iso3"] == country) & (borders["neighbour_iso3"] == "RUS")]
    rows = rows.assign(
        miles=rows["length_km"] / KM_A_MILE,
        publisher=rows["source"].map(sources.set_index("id")["publisher"]),
        counts=rows["length_type"].map(COUNTED),
    )
    columns = [
        "source",
        "publisher",
        "counts",
        "counted_as",
        "length_type",
        "length_km",
        "miles",
        "recommended",
        "note",
    ]
    return rows[columns].sort_values("length_km")


@table
def printed_length(claims, country, unit: Literal["km", "miles"] = "km"):
    """The length an article prints for the border of `country`; None if none does.

    A Series: value (in `unit`), printed (the article's own unit).
    """
    if country not in PRINTED:
        return None
    row = claims.set_index("id").loc[PRINTED[country]]
    printed = "miles" if row["unit"] == "miles" else "km"
    factor = {("miles", "km"): KM_A_MILE, ("km", "miles"): 1 / KM_A_MILE}.get((printed, unit), 1)
    return pd.Series({"value": float(row["value"]) * factor, "printed": printed})
