"""Every chart carries its words, reads from the back row, and draws doubt as doubt."""

import html
import json
import re

import ipywidgets as widgets
import numpy as np
import pytest

import benchmark
import lessons
from alliance import data, figures, measures
from alliance.figures import style
from alliance.lesson.predict import Line, Number, Reveal
from alliance.lesson.work import Work
from alliance.words import unsealed
from alliance.world import World, load, today

PATHS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]
LESSONS = [pytest.param(path, id=path.stem) for path in lessons.LESSONS]
UNIT = re.compile(
    r"%|\b(1[89]|20)\d\d\b|\b(number|count|share|billions?|millions?|thousands?|euros?|dollars?|US\$|EUR|km|years?|months?|days?"
    r"|miles|people|points?|grades?|score|index|allies|states|members|soldiers|troops|units|claims?|sentences?|questions?|arguments?|answers?)\b",
    re.IGNORECASE,
)
SMALLEST = 14


def each_figure(path):
    found = lessons.drawn(path)
    assert found or lessons.number(path) in ("00", "11"), f"{path.name} shows no chart"
    return found


@pytest.mark.parametrize("path", PATHS)
def test_every_chart_has_a_title_that_states_and_a_subtitle_with_unit_or_date(path):
    for where, figure in each_figure(path):
        title, subtitle = figure.layout.title.text, figure.layout.title.subtitle.text
        assert len(title.split()) >= 4, f"{where}: {title!r} states nothing"
        assert len(title) <= 130, f"{where}: a title of {len(title)} letters, {title!r}"
        measured = len(figure.table.select_dtypes("number").columns)
        assert UNIT.search(subtitle) or not measured, f"{where}: {subtitle!r} gives neither unit nor date"


@pytest.mark.parametrize("path", PATHS)
def test_no_open_panel_holds_a_closed_part(path):
    lessons.outputs(path)
    for widget in lessons.made[path]:  # of one that cannot be told, a page that is loaded anew shows no widget at all
        assert not widget.comm or widget.get_state(), widget


@pytest.mark.parametrize("path", PATHS)
def test_every_chart_names_its_source_with_edition_or_date(path):
    for where, figure in each_figure(path):
        assert re.match(r"Sources?: \w", str(figure.source)), f"{where}: {str(figure.source)!r}"
        dated = re.search(r"\b(1[89]|20)\d\d\b|Natural Earth|our own calculation|your own sliders", str(figure.source))
        assert dated, f"{where}: no edition or date in {str(figure.source)!r}"
        assert "http" not in str(figure.source), f"{where}: an address in {str(figure.source)!r}"


@pytest.mark.parametrize("path", PATHS)
def test_every_chart_has_a_twin_of_one_to_three_sentences(path):
    for where, figure in each_figure(path):
        sentences = re.findall(r"[.?!](?=\s+[A-Z“]|\s*$)", figure.twin)
        assert figure.twin.strip()[-1:] in (".", "?", "!"), f"{where}: {figure.twin!r} is no sentence"
        assert 1 <= len(sentences) <= 3, f"{where}: {len(sentences)} sentences: {figure.twin}"
        assert not re.search(r"\bnan\b|\bNone\b|\bNaT\b|<NA>|[{}]|&lt;|<b>", figure.twin), f"{where}: {figure.twin}"


@pytest.mark.parametrize("path", PATHS)
def test_every_chart_has_the_table_behind_it(path):
    for where, figure in each_figure(path):
        assert figure.table is not None and len(figure.table.columns) >= 2, f"{where}: no table"
        assert 1 <= len(figure.table) <= 3000 or re.match("0 |.*no figure", figure.layout.title.text), (
            f"{where}: {len(figure.table)} rows"
        )


@pytest.mark.parametrize("path", PATHS)
def test_every_text_in_a_chart_has_fourteen_pixels_or_more(path):
    for where, figure in each_figure(path):
        small = [(place, size) for place, size in font_sizes(figure) if size < SMALLEST]
        assert not small, f"{where}: {small}"


@pytest.mark.parametrize("path", PATHS)
def test_every_chart_keeps_to_its_place(path):
    """A chart fits a screen; a list of named rows may be as long as its names need."""
    for where, figure in each_figure(path):
        assert figure.layout.width is None, f"{where}: a fixed width is cut off on small screens"
        rows = len(figure.layout.yaxis.ticktext or ())
        assert 150 <= figure.layout.height <= max(480, 130 + 34 * rows), f"{where}: {figure.layout.height} pixels high"


def shape_of_table(figure):
    """Rows and columns behind a figure: where a name or another measure comes in, an axis may grow."""
    return len(figure.table), [*figure.table.columns]


@pytest.mark.parametrize("path", LESSONS)
def test_axes_stay_where_they_are_while_a_slider_moves(path):
    for where, control, (low, high) in lessons.ends(path):
        assert low.layout.uirevision == high.layout.uirevision, f"{where}: zoom is lost at every step"
        if hasattr(control, "step") and shape_of_table(low) == shape_of_table(high):
            assert axes(low) == axes(high), f"{where} moves an axis"


@pytest.mark.parametrize("path", PATHS)
def test_estimates_are_drawn_hollow_or_dashed_and_nothing_else_is_called_one(path):
    for where, figure in each_figure(path):
        if "status" not in figure.table:
            continue
        estimates = (figure.table["status"] == "estimate").any()
        assert drawn_in_doubt(figure) or not estimates, (
            f"{where}: the table has estimates, the chart draws none as such"
        )
        called = [trace.name for trace in figure.data if "estimate" in str(trace.name)]
        assert estimates or not called, f"{where}: {called} without an estimate in the table"


@pytest.mark.parametrize("path", PATHS)
def test_hover_says_value_and_unit_in_words(path):
    for where, figure in each_figure(path):
        for trace in figure.data:
            told = trace.hovertemplate
            if trace.hoverinfo == "skip" or trace.type == "scattergeo":
                continue
            assert told, f"{where}: {trace.name or trace.type} shows plotly's own hover"
            tells = [told] if isinstance(told, str) else list(told)
            for tell in tells:
                assert "<extra></extra>" in tell, f"{where}: {tell!r} leaves plotly's extra box"
                assert "_" not in re.sub(r"%\{.*?\}", "", tell), f"{where}: a column's name in {tell!r}"
            strings = [
                part
                for given in (trace.customdata, trace.hovertext)
                for part in np.ravel(given)
                if isinstance(part, str)
            ]
            wide = [line for text in strings for line in text.split("<br>") if len(line) > 90]
            assert not wide, f"{where}: a hover line of {len(wide[0])} letters does not fit the screen: {wide[0]!r}"


def remarks():
    """Known breaks and outliers of allies' spending that a chart of a year and an edition can show."""
    spending, full = load("allied_spending"), set(load("full_editions").values())
    for kind in ("breaks", "outliers"):
        for _, entry in data.remarks("defence_expenditure", kind).query("field == 'share_of_gdp'").iterrows():
            rows = spending[spending["edition"].isin(full)].dropna(subset="share_of_gdp")
            for column in ("iso3", "year", "edition"):
                if entry[column] == entry[column]:
                    rows = rows[rows[column] == entry[column]]
            for _, row in rows.groupby(["iso3", "year"]).first().reset_index().head(2).iterrows():
                yield row["iso3"], int(row["year"]), row["edition"], entry["note"]


def test_known_breaks_and_outliers_are_told_where_the_mouse_points():
    country = data.load("members").set_index("iso3")["country"]
    told = 0
    for iso3, year, edition, note in remarks():
        then = dict(year=year, edition=edition)
        drawn = {
            "guideline": today().ask(figures.guideline, **then),
            "country_target": today().ask(figures.country_target, country=country[iso3], edition=edition, target=2.0),
            "two_guidelines": today().ask(figures.two_guidelines, **then),
            "two_editions": today().ask(figures.two_editions, **then, before="2024-06"),
        }
        for name, figure in drawn.items():
            if name in ("two_guidelines", "two_editions") and country[iso3] not in set(figure.table["country"]):
                continue
            assert style.plain(note) in hovers(figure), f"{name}: {iso3} {year} of {edition} hides that {note!r}"
            told += 1
    assert told > 40


@pytest.mark.parametrize("path", PATHS)
def test_a_missing_figure_is_missing_and_not_zero(path):
    for where, figure in each_figure(path):
        for trace in figure.data:
            if trace.type not in ("bar", "scatter") or trace.hoverinfo == "skip":
                continue
            values = trace.x if trace.type == "bar" and trace.orientation == "h" else trace.y
            assert "nan" not in [
                str(text).lower() for text in np.ravel(trace.text if trace.text is not None else [])
            ], where
            assert values is None or len(values) == 0 or not all(value is None for value in values), where


@pytest.mark.parametrize("path", PATHS)
def test_what_is_saved_says_what_the_chart_says(path):
    cells = [cell for cell in lessons.book(path).cells if cell.cell_type == "code"]
    for number, value in lessons.shown(path):
        if twin := getattr(value, "twin", getattr(getattr(value, "shown", None), "twin", "")):
            parts = [part for output in cells[number - 1].outputs for part in output.get("data", {}).items()]
            saved = [unsealed(text) for kind, text in parts if kind in ("text/plain", "text/x-reveal")]
            assert any(twin in text for text in saved), (
                f"{path.name}, code cell {number} is saved without its words: {saved}"
            )


@pytest.mark.parametrize("path", PATHS)
def test_what_stands_for_a_panel_before_it_runs_is_set_as_text_and_says_no_more_than_the_plain_words(path):
    """Plain text is set in monospace that breaks inside words."""
    for number, value in lessons.outputs(path):
        if isinstance(value, widgets.Widget) and not isinstance(value, Work):  # my work has a card of its own
            saved = value._repr_mimebundle_()
            words = html.unescape(re.sub(r"<strong>.*?</strong>|<[^>]*>", " ", saved["text/html"]))
            assert words.split() == saved["text/plain"].split(), f"{path.name}, code cell {number}: {words}"
            assert "<strong>" not in saved["text/html"] or not {"text/x-reveal", "text/x-answer"} & set(saved)


@pytest.mark.parametrize("path", PATHS)
def test_no_line_of_the_data_looks_like_a_guess(path):
    for _, value in lessons.outputs(path):
        if isinstance(value, Reveal) and isinstance(value.guess, Number | Line):
            drawn = value.figure.to_plotly_json()
            lines = [(part.get("name"), part.get("line") or {}) for part in drawn["data"]]
            lines += [("", shape["line"]) for shape in drawn["layout"].get("shapes", [])]
            alike = [name for name, line in lines if (line.get("color"), line.get("dash")) == (style.ORANGE, "dash")]
            assert not alike, f"guess {value.guess.name}: {alike}"


def test_no_chart_is_built_with_plotly_express():
    paths = [*lessons.PATHS, *(lessons.FOLDER / "alliance").rglob("*.py")]
    express = [path.name for path in paths if re.search(r"plotly[. ]express|import +express", path.read_text("utf-8"))]
    assert not express, "plotly.express takes ten times as long at each step of a control"


def axes(figure):
    """What each axis of a figure shows: its fixed range, or, where it has none, all that stands along it."""
    found = {}
    for axis in (*figure.select_xaxes(), *figure.select_yaxes()):
        letter, number = re.fullmatch(r"([xy])axis(\d*)", axis.plotly_name).groups()
        traces = [
            trace
            for trace in figure.data
            if f"{letter}axis" in trace._valid_props and (trace[f"{letter}axis"] or letter) == letter + number
        ]
        along = [
            str(value) for trace in traces for value in np.ravel(trace[letter] if trace[letter] is not None else [])
        ]
        found[axis.plotly_name] = axis.range or axis.categoryarray or sorted(set(along))
    return found


def font_sizes(figure):
    """Every font size in a figure, with its place."""
    given = json.loads(figure.to_json())
    given["layout"].pop("title", None)  # the page's own title and subtitle stand in chart.css

    def walk(part, place):
        if isinstance(part, dict):
            for name, value in part.items():
                if name.endswith("font") and isinstance(value, dict) and "size" in value:
                    for size in np.ravel(value["size"]):
                        yield f"{place}.{name}", size
                yield from walk(value, f"{place}.{name}")
        elif isinstance(part, list):
            for number, value in enumerate(part):
                yield from walk(value, f"{place}[{number}]")

    return list(walk(given, ""))


def drawn_in_doubt(figure):
    """Whether a figure has a hollow mark, a broken line or a hatched bar."""
    for trace in figure.data:
        marks = trace.marker if "marker" in trace else None
        symbols = np.ravel(marks.symbol) if marks is not None and "symbol" in marks and marks.symbol is not None else []
        if any(str(symbol).endswith("-open") for symbol in symbols):
            return True
        if trace.type == "bar" and any(np.ravel(trace.marker.pattern.shape or "")):
            return True
        if trace.type == "scatter" and trace.line.dash not in (None, "solid"):
            return True
    return False


def hovers(figure):
    """All that a mouse can be told by a figure, as one text."""
    strings = [part for trace in figure.data for part in np.ravel(trace.customdata) if isinstance(part, str)]
    return " ".join(strings).replace("<br>", " ")


@pytest.mark.parametrize("lengths", measures.BORDER_SOURCES)
def test_the_line_of_twice_as_long_a_border_stands_on_the_axis(lengths):
    for day in load("border_days").values():
        figure = today().ask(figures.border_calculator, day=day, lengths=lengths)
        [line] = figure.layout.shapes
        assert line.x0 < figure.layout.xaxis.range[1]


def test_a_border_that_stands_in_from_another_source_is_cited():
    figure = today().ask(figures.border_calculator, day="2023-04-04", lengths="Russian list, land")
    assert "vbordo.ru" in str(figure.source) and "State Border Guard" in str(figure.source)


def test_the_american_part_names_both_counts_of_forces():
    then = World(until={"defence_expenditure": "2026-07"})
    parts = then["us_parts"].set_index("what")["us_part"]
    assert parts["active forces (CIA)"] == pytest.approx(37.1, abs=0.05)
    assert parts["active forces (NATO)"] == pytest.approx(39.6, abs=0.05)
    twin = then.ask(figures.us_parts).twin
    assert "40% of active forces (NATO)" in twin and "37% of active forces (CIA)" in twin


def test_every_chart_that_the_benchmark_measures_can_be_drawn():
    names = {}
    exec(f"{benchmark.SET_UP}\n{benchmark.INTERACT.partition('slider =')[0]}", names)
    drawn = [eval(cell, names).figure for cell in benchmark.OURS] + [names["draw"](2014)]
    assert all(figure.data for figure in drawn)
