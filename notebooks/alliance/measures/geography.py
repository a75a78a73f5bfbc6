"""Distances and borders."""

import numpy as np
import pandas as pd

EARTH_RADIUS_KM = 6371.0
KM_A_MILE = 1.609344
BORDER_SOURCES = {  # what a source set is called: (source or None for the recommended rows, type of length)
    "national surveys, land": (None, "land"),
    "CIA World Factbook, land": ("cia-factbook", "land"),
    "Russian list, land": ("border-list-vbordo", "land"),
    "Russian list, sea included": ("border-list-vbordo", "total"),
}


def distance_to(outlines, iso3):
    """The shortest distance from each outlined country to country `iso3`, in km, rounded to 10.

    Measured between the corner points of the outlines (GeoJSON), so neighbours come out at 0.
    Columns: iso3, distance_km.
    """
    corners = {feature["id"]: _corners(feature["geometry"]) for feature in outlines["features"]}
    target = corners[iso3]
    rows = [(code, round(_nearest(points, target), -1)) for code, points in corners.items() if code != iso3]
    return pd.DataFrame(rows, columns=["iso3", "distance_km"])


def _corners(geometry):
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return np.radians(np.array([point[:2] for polygon in polygons for ring in polygon for point in ring]))


def _nearest(points, target):
    lon, lat = points.T
    to_lon, to_lat = target.T
    across = (
        np.sin((lat[:, None] - to_lat) / 2) ** 2
        + np.cos(lat)[:, None] * np.cos(to_lat) * np.sin((lon[:, None] - to_lon) / 2) ** 2
    )
    return float(2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(across.min())))


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


def border_lengths(borders, lengths):
    """Length of each neighbour's border with Russia (km, index iso3) by one source set, a key of `BORDER_SOURCES`.

    Where the set has no length of that type for Ukraine, the recommended one stands in.
    """
    source, kind = BORDER_SOURCES[lengths]
    rows = borders[borders["neighbour_iso3"] == "RUS"]
    recommended = rows[rows["recommended"]].set_index("iso3")["length_km"]
    if source is None:
        return recommended
    chosen = rows[(rows["source"] == source) & (rows["length_type"] == kind)].set_index("iso3")["length_km"]
    return chosen if "UKR" in chosen else pd.concat([chosen, recommended[["UKR"]]])


def allied_border(borders, members, day, lengths):
    """The border of the allies of `day` with Russia, a row an ally by day of entry: iso3, country, length_km."""
    allies = members[members["accession_date"] <= pd.Timestamp(day)].sort_values(["accession_date", "country"])
    known = border_lengths(borders, lengths)
    allies = allies[allies["iso3"].isin(known.index)]
    return allies[["iso3", "country"]].assign(length_km=allies["iso3"].map(known)).reset_index(drop=True)


def border_ratio(borders, members, day, lengths):
    """How Ukraine would change the allies' border with Russia on `day`: dict of now, ukraine, then (km), times."""
    now = float(allied_border(borders, members, day, lengths)["length_km"].sum())
    ukraine = float(border_lengths(borders, lengths)["UKR"])
    return dict(now=now, ukraine=ukraine, then=now + ukraine, times=(now + ukraine) / now)


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
    return {f"{day.day} {day:%B %Y}": day for day in days}


def border_by_year(borders, members, lengths, last):
    """The allies' border with Russia at the end of each year from 1992: columns year, length_km, who joined it."""
    since = members[members["borders_russia"]].groupby(members["accession_date"].dt.year)["country"].agg(", ".join)
    years = pd.Series(range(1992, last + 1), name="year")
    length = [allied_border(borders, members, f"{year}-12-31", lengths)["length_km"].sum() for year in years]
    return pd.DataFrame({"year": years, "length_km": length, "who": years.map(since).fillna("")})


def border_by_source(borders, iso3):
    """Every length of one border with Russia in the table, shortest first, in km and in miles."""
    rows = borders[(borders["iso3"] == iso3) & (borders["neighbour_iso3"] == "RUS")]
    rows = rows.assign(miles=rows["length_km"] / KM_A_MILE)
    return (
        rows[["source", "counted_as", "length_km", "miles", "recommended", "note"]]
        .sort_values("length_km")
        .reset_index(drop=True)
    )
