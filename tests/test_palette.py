"""Colours are seen on white and in the dark, stay apart for colour-blind eyes, and never speak alone."""

import itertools
import re

import numpy as np
import pytest

import lessons
from alliance.figures import style

GROUNDS = {"white": "#ffffff", "Lab's dark page": "#111111", "Lab's dark outputs": "#212121"}
# Machado, Oliveira, Fernandes 2009, severity 1.0: what linear red, green and blue become in another eye.
EYES = {
    "trichromat": np.eye(3),
    "protanope": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranope": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
PATHS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]


def linear(colour):
    """'#rrggbb' as linear red, green and blue from 0 to 1."""
    parts = np.array([int(colour[place : place + 2], 16) for place in (1, 3, 5)]) / 255
    return np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """The contrast ratio of WCAG, from 1 to 21."""
    dark, light = sorted(linear(colour) @ [0.2126, 0.7152, 0.0722] for colour in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    """Linear RGB as CIELAB under D65."""
    to_xyz = np.array(
        [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
    )
    x, y, z = (
        np.cbrt(part) if part > 216 / 24389 else part * 841 / 108 + 4 / 29
        for part in to_xyz @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    )
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(one, other):
    """The colour difference of two CIELAB colours (Sharma, Wu, Dalal 2005)."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    seventh = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    stretch = 1.5 - 0.5 * np.sqrt(seventh / (seventh + 25**7))
    c1, c2 = np.hypot(a1 * stretch, b1), np.hypot(a2 * stretch, b2)
    h1, h2 = (np.degrees(np.arctan2(b, a * stretch)) % 360 for a, b in ((a1, b1), (a2, b2)))
    turn = 0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    lightness, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    hue = h1 + h2 if c1 * c2 == 0 else h1 + turn / 2
    hue_weight = (
        1
        - 0.17 * np.cos(np.radians(hue - 30))
        + 0.24 * np.cos(np.radians(2 * hue))
        + 0.32 * np.cos(np.radians(3 * hue + 6))
        - 0.20 * np.cos(np.radians(4 * hue - 63))
    )
    parts = np.array(
        [
            (l2 - l1) / (1 + 0.015 * (lightness - 50) ** 2 / np.sqrt(20 + (lightness - 50) ** 2)),
            (c2 - c1) / (1 + 0.045 * chroma),
            2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2)) / (1 + 0.015 * chroma * hue_weight),
        ]
    )
    rotation = np.exp(-((((hue % 360) - 275) / 25) ** 2))
    rotation = -2 * np.sqrt(chroma**7 / (chroma**7 + 25**7)) * np.sin(np.radians(60 * rotation))
    return np.sqrt(parts @ parts + rotation * parts[1] * parts[2])


@pytest.mark.parametrize(
    ("one", "other", "difference"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((22.7233, 20.0904, -46.6940), (23.0331, 14.9730, -42.5619), 2.0373),
        ((90.8027, -2.0831, 1.4410), (91.1528, -1.6435, 0.0447), 1.4441),
    ],
)
def test_the_difference_is_the_published_one(one, other, difference):
    assert ciede2000(np.array(one), np.array(other)) == pytest.approx(difference, abs=1e-4)


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", style.PALETTE)
def test_every_colour_is_seen_on_white_and_in_the_dark(colour, ground):
    assert contrast(colour, GROUNDS[ground]) >= 3


@pytest.mark.parametrize("eye", EYES)
def test_colours_stay_apart_in_every_eye(eye, record_property):
    seen = {colour: lab(EYES[eye] @ linear(colour)) for colour in style.PALETTE}
    apart = {pair: ciede2000(seen[pair[0]], seen[pair[1]]) for pair in itertools.combinations(seen, 2)}
    nearest = min(apart, key=apart.get)
    record_property("distance of the nearest two colours", round(float(apart[nearest]), 1))
    assert apart[nearest] >= 10, f"{nearest} are {apart[nearest]:.1f} apart for a {eye}"


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_every_mark_of_a_chart_is_seen_on_its_ground(path):
    for where, figure in lessons.drawn(path):
        own = figure.layout.geo.bgcolor if any(trace.type == "choropleth" for trace in figure.data) else None
        grounds = {"the map's sea": own} if own else GROUNDS
        for colour in sorted({colour for colour, _ in looks(figure)}):
            if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
                assert is_faint(colour), f"{where}: {colour} is neither a colour of ours nor a faint ground"
                continue
            weak = [name for name, ground in grounds.items() if contrast(colour, ground) < 3]
            assert not weak, f"{where}: {colour} is hard to see on {weak}"


@pytest.mark.parametrize("path", PATHS)
def test_colour_never_speaks_alone(path):
    for where, figure in lessons.drawn(path):
        by_colour = {}
        for colour, look in looks(figure):
            by_colour.setdefault(colour, set()).add(look)
        for one, other in itertools.combinations(by_colour, 2):
            shared = by_colour[one] & by_colour[other]
            assert not shared, f"{where}: {one} and {other} differ by nothing but colour: {sorted(shared)[:2]}"


def is_faint(colour):
    """Whether a colour is nearly transparent: a ground for other marks."""
    found = re.fullmatch(r"rgba\(.*,\s*([\d.]+)\)", colour)
    return bool(found) and float(found[1]) <= 0.35


def looks(figure):
    """Pairs of colour and all else that tells marks apart: kind, symbol, dash, pattern, or a name written beside them."""
    written = " ".join(str(note.text) for note in figure.layout.annotations)
    for trace in figure.data:
        if trace.visible is False or trace.type in ("choropleth", "heatmap"):
            continue  # their colours are told by marks or numbers: see test_charts
        label = trace.name if trace.name and trace.name in written else ""
        if trace.type == "bar":
            yield from by_mark(trace.marker.color, trace.marker.pattern.shape, "bar", label)
            continue
        mode = trace.mode or "lines"
        area = trace.type == "scatter" and (trace.stackgroup or trace.fill)
        if "lines" in mode and trace.line.color and trace.line.width != 0:
            shape = trace.fillpattern.shape if area else str(trace.marker.symbol) if "markers" in mode else None
            yield trace.line.color, ("line", trace.line.dash or "solid", shape or "", label)
        if "markers" in mode:
            yield from by_mark(trace.marker.color, trace.marker.symbol, "marker", label)


def by_mark(colours, shapes, kind, label):
    """The looks of marks whose colour and shape are given once, or one by one."""
    count = min([len(part) for part in (colours, shapes) if is_list(part)], default=1)
    colours, shapes = ([*part] if is_list(part) else [part] * count for part in (colours, shapes))
    for colour, shape in set(zip(colours, shapes, strict=True)):
        if colour:
            yield str(colour), (kind, str(shape or "") or "plain", label)


def is_list(value):
    return not isinstance(value, str) and hasattr(value, "__len__")
