"""Colours are seen on white and in the dark, stay apart for colour-blind eyes, and never speak alone."""

import itertools
import re

import pytest
from coloraide.everything import ColorAll as Color

import lessons
from alliance.figures import style

GROUNDS = {"white": "#ffffff", "Lab's dark page": "#111111", "Lab's dark outputs": "#212121"}
EYES = ("trichromat", "protan", "deutan")
PATHS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]


def contrast(one, other):
    """The contrast ratio of WCAG, from 1 to 21."""
    return Color(one).contrast(other)


def seen_by(eye, colour):
    """A colour as another eye sees it (Machado, Oliveira, Fernandes 2009, severity 1.0), or as it is."""
    seen = Color(colour)
    return seen if eye == "trichromat" else seen.filter(eye, method="machado").clip("srgb")


@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("colour", style.PALETTE)
def test_every_colour_is_seen_on_white_and_in_the_dark(colour, ground):
    assert contrast(colour, GROUNDS[ground]) >= 3


@pytest.mark.parametrize("eye", EYES)
def test_colours_stay_apart_in_every_eye(eye, record_property):
    seen = {colour: seen_by(eye, colour) for colour in style.PALETTE}
    apart = {pair: seen[pair[0]].delta_e(seen[pair[1]], method="2000") for pair in itertools.combinations(seen, 2)}
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
