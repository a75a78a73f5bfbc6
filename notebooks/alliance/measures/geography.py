"""Distances and borders."""

import numpy as np
import pandas as pd

EARTH_RADIUS_KM = 6371.0


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
