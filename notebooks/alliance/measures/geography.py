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
