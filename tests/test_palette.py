"""Colours are seen on white and in the dark, stay apart for colour-blind eyes, and never speak alone."""

import functools
import itertools
import re

import pytest
from coloraide.everything import ColorAll as Color

import lessons
from alliance.figures import style

GROUNDS = {"white": "#ffffff", "Lab's dark page": "#111111", "Lab's dark outputs": "#212121"}
EYES = ("trichromat", "protan", "deutan")
PATHS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]


@functools.cache
def contrast(one, other, strength=1.0):
    """The contrast ratio of WCAG, from 1 to 21, of a colour on another, of which `strength` is seen."""
    return Color(other).mix(one, strength, space="srgb").contrast(other)


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
def test_every_mark_of_a_chart_is_seen_on_its_ground(path, record_property):
    least = 21.0
    for where, figure in lessons.drawn(path):
        own = figure.layout.geo.bgcolor if any(trace.type == "choropleth" for trace in figure.data) else None
        grounds = {"the map's sea": own} if own else GROUNDS
        for colour, strength in sorted({(colour, strength) for colour, _, strength in looks(figure)}):
            if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
                assert is_faint(colour), f"{where}: {colour} is neither a colour of ours nor a faint ground"
                continue
            seen = {name: contrast(colour, ground, strength) for name, ground in grounds.items()}
            least = min(least, *seen.values())
            assert min(seen.values()) >= 3, f"{where}: {colour}, {strength:.0%} of it, is hard to see: {seen}"
    record_property("lowest contrast of a mark with its ground", round(least, 2))


@pytest.mark.parametrize("path", PATHS)
def test_every_word_in_a_chart_is_read_on_its_ground(path, record_property):
    """4.5 to 1, on a bar of one colour or hatched, on a map, on a page of either theme."""
    least = 21.0
    for where, figure in lessons.drawn(path):
        for word, ground in words_on_grounds(figure):
            least = min(least, contrast(word, ground))
            assert contrast(word, ground) >= 4.5, f"{where}: words in {word} on {ground}, {contrast(word, ground):.2f}"
    if least < 21:
        record_property("lowest contrast of a word with its ground", round(least, 2))


def words_on_grounds(figure):
    """Pairs of colours: of words that do not take the page's ink, and of all that they may stand on."""
    key = figure.layout.legend
    if key.font.color:
        yield key.font.color, key.bgcolor
    for note in figure.layout.annotations:
        yield from ((note.font.color, ground) for ground in GROUNDS.values() if note.font.color)
    tinted = [colour for trace in figure.data if trace.type == "choropleth" for _, colour in trace.colorscale]
    for trace in figure.data:
        own = getattr(trace, "textfont", None) and trace.textfont.color
        if trace.type == "bar" and trace.text is not None and trace.textposition != "outside":
            yield from ((trace.insidetextfont.color or own or "white", ground) for ground in bar_grounds(trace.marker))
        elif trace.type == "heatmap" and own:
            yield from ((own, colour) for _, colour in trace.colorscale[1:])
        elif trace.type == "scattergeo" and own:
            yield from ((own, ground) for ground in (figure.layout.geo.bgcolor, *tinted) if ground.startswith("#"))
        elif own:
            yield from ((own, ground) for ground in GROUNDS.values())


def bar_grounds(marker):
    """The colours of bars, and those of the pattern over them."""
    pattern, colours = marker.pattern, {*([*marker.color] if is_list(marker.color) else [marker.color])}
    over = 0 if not pattern.fillmode else 0.8 if str(pattern.fgcolor).startswith("rgba") else pattern.fgopacity or 0.5
    for colour in colours - {style.FAINT}:
        yield colour
        yield Color(colour).mix("white", over, space="srgb").to_string(hex=True)


@pytest.mark.parametrize("path", PATHS)
def test_colour_never_speaks_alone(path):
    for where, figure in lessons.drawn(path):
        by_colour = {}
        for colour, look, _ in looks(figure):
            by_colour.setdefault(colour, set()).add(look)
        for one, other in itertools.combinations(by_colour, 2):
            shared = by_colour[one] & by_colour[other]
            assert not shared, f"{where}: {one} and {other} differ by nothing but colour: {sorted(shared)[:2]}"


def is_faint(colour):
    """Whether a colour is nearly transparent: a ground for other marks."""
    found = re.fullmatch(r"rgba\(.*,\s*([\d.]+)\)", colour)
    return bool(found) and float(found[1]) <= 0.35


def looks(figure):
    """Colour, all else that tells marks apart, and how much of the colour is seen.

    What tells apart: kind, symbol, dash, pattern, or a name written beside them, as beside a bar on an axis of names.
    """
    written = " ".join(str(note.text) for note in figure.layout.annotations)
    for trace in figure.data:
        if trace.visible is False or trace.type in ("choropleth", "heatmap"):
            continue  # their colours are told by marks or numbers: see test_charts
        label = trace.name if trace.name and trace.name in written else ""
        if trace.type == "bar":
            lying = trace.orientation == "h"
            axis = figure.layout.yaxis if lying else figure.layout.xaxis
            written_at = dict(zip(axis.tickvals or (), axis.ticktext or ()))
            names = [written_at.get(name, name) for name in (trace.y if lying else trace.x)]
            beside = [name if isinstance(name, str) and not name.isdigit() else label for name in names]
            yield from by_mark(trace.marker.color, trace.marker.pattern.shape, "bar", beside, strength(trace))
            continue
        mode = trace.mode or "lines"
        area = trace.type == "scatter" and (trace.stackgroup or trace.fill)
        if "lines" in mode and trace.line.color and trace.line.width != 0:
            shape = trace.fillpattern.shape if area else str(trace.marker.symbol) if "markers" in mode else None
            yield trace.line.color, ("line", trace.line.dash or "solid", shape or "", label), trace.opacity or 1
        if "markers" in mode:
            yield from by_mark(trace.marker.color, trace.marker.symbol, "marker", [label], strength(trace))


def by_mark(colours, shapes, kind, labels, seen):
    """The looks of marks whose colour, shape and name are given once, or one by one."""
    sides = [[*part] if is_list(part) else [part] for part in (colours, shapes, labels)]
    marks = range(max(map(len, sides)) if all(sides) else 0)
    for colour, shape, label in {tuple(side[mark % len(side)] for side in sides) for mark in marks}:
        if colour:
            yield str(colour), (kind, str(shape or "") or "plain", label), seen


def strength(trace):
    """How much of its colour a trace's marks show; plotly fades marks of several sizes unless it is told not to."""
    own = trace.marker.opacity
    if own is None:
        own = 0.7 if trace.type == "scatter" and is_list(trace.marker.size) else 1
    return (trace.opacity or 1) * (min(own) if is_list(own) else own)


def is_list(value):
    return not isinstance(value, str) and hasattr(value, "__len__")
