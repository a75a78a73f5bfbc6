"""What is newest comes from the tables: no control stops before it, and no cell types it."""

import ast
import inspect
import re

import pandas as pd
import pytest

import lessons
from alliance import claims, controls, data, figures, measures, words, world
from alliance.world import World, load

PATHS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]
NEWEST = ("year", "edition", "release", "month")  # controls by these names end at the newest that the tables have
FREE = {  # controls that end elsewhere, and why
    "figures.invitation_scenarios": "years to come, in which Ukraine might be invited",
    "figures.revised_aid": "an older release, beside the newest",
    "figures.agreements_by_day": "the month of the newest agreement between states, not of the newest of all kinds",
    "figures.gap": "a year to begin in: the newest leaves no way to go",
}
OLDER = {
    "older editions": {"defence_expenditure": "2024-06", "aid_by_donor": "R25"},
    "an older day": dict.fromkeys(world.DATED, "2023-09-30") | {"members": "2023-04-03"},
}
CHOICES = {  # of charts that no panel draws
    "guideline": {"year": 2024},
    "polls_in": {"years": (2008,)},
    "sum_and_share": {"names": ("Germany", "Estonia")},
}
OF_LEARNERS = {  # charts of what a learner guessed, judged or wrote: no table of data/ holds it
    "calibration", "class_guesses", "moving_verdicts", "own_sentence", "positions", "readings", "weighed_subjects",
}  # fmt: skip
TYPED = re.compile(r"(20)\d\d-\d\d|R\d\d(-preview)?")


def called(draw):
    return f"{draw.__module__.removeprefix('alliance.').split('.')[0]}.{draw.__name__}"


def newest(name, draw):
    """The newest year (edition, ...) in each table that a figure is filled from; of years, the last event's and the last
    that has amounts in NATO's tables, too: some editions give shares alone.

    Of editions, that of several years, too: a chart of years cannot draw an annual report's single one.
    """
    years = {load("events")["date"].max().year, measures.newest_year(load("allied_spending"))}
    found = years if name == "year" else set()
    found |= {load("newest_edition")} if name == "edition" else set()
    for table in (data.load(needed) for needed in world.needs(draw)):
        if name in table:
            found.add(table[name].max())
        elif name in ("year", "month"):
            days = [table[column].max() for column in table if table[column].dtype.kind == "M"]
            found |= {day.year if name == "year" else f"{day:%Y-%m}" for day in days if pd.notna(day)}
    return found


def dated(options):
    """What the options of a control are, whatever it is called: years; or editions, releases, months; or neither."""
    if all(type(option) is int and 1900 < option < 2100 for option in options):
        return ("year",)
    return NEWEST[1:] if all(TYPED.fullmatch(str(option)) for option in options) else ()


@pytest.mark.parametrize("path", PATHS)
def test_a_control_ends_at_the_newest_of_its_table(path):
    for place, panel in lessons.panels(path):
        for name, control in panel.controls.items():
            if called(panel.draw) in FREE or not hasattr(control, "options") and not hasattr(control, "max"):
                continue
            options = lessons.options(control)
            kinds = (name,) if name in NEWEST else dated(options)
            known = {last for kind in kinds for last in newest(kind, panel.draw)}
            where = f"{path.name}, code cell {place}, {called(panel.draw)}: {name}"
            assert not kinds or max(options) in known, f"{where} ends at {max(options)}, not at {known}"


@pytest.mark.parametrize("path", PATHS)
def test_no_line_to_draw_has_its_newest_year_typed(path):
    shown = dict(lessons.shown(path))
    for number, source in enumerate(lessons.code_cells(path), 1):
        for call in ast.walk(ast.parse(source)):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "predict.line":
                [years] = [word.value for word in call.keywords if word.arg == "years"]
                if isinstance(
                    years, ast.List
                ):  # the newest year may be one that is not over: the one before counts, too
                    last, newest_ = years.elts[-1], max(shown[number].answer.keys())
                    typed = isinstance(last, ast.Constant) and last.value >= newest_ - 1
                    assert not typed, f"{path.name}, code cell {number}: {last.value} is typed, of a table to {newest_}"


@pytest.mark.parametrize("path", PATHS)
def test_no_control_has_its_newest_typed(path):
    for number, source in enumerate(lessons.code_cells(path), 1):
        for call in ast.walk(ast.parse(source)):
            if not isinstance(call, ast.Call) or not ast.unparse(call.func).startswith("controls."):
                continue
            given = [] if ast.unparse(call.func) == "controls.years" else call.args  # its numbers say where it starts
            parts = [*given, *(word.value for word in call.keywords if word.arg not in ("value", "first"))]
            values = [part.value for one in parts for part in ast.walk(one) if isinstance(part, ast.Constant)]
            typed = [v for v in values if (type(v) is int and 2014 <= v < 2100) or TYPED.fullmatch(str(v))]
            allowed = any(name.split(".")[1] in source for name in FREE)
            assert not typed or allowed, f"{path.name}, code cell {number}: {typed} typed in {ast.unparse(call)}"


def asked_of():
    """Each chart with choices to ask it with: those of a lesson's panel, or none; and those that are handed rows."""
    asked = {panel.draw: panel.values() for path in lessons.PATHS for _, panel in lessons.panels(path)}
    charts = {chart for chart in vars(figures).values() if inspect.isfunction(chart)}
    rest = {
        chart: CHOICES.get(chart.__name__, {}) for chart in charts - set(asked) if chart.__name__ not in OF_LEARNERS
    }
    return asked | rest


@pytest.mark.parametrize("until", OLDER.values(), ids=OLDER)
def test_any_chart_can_be_drawn_in_an_older_world_or_says_why_not(until):
    older, asked, refused, wrong = World(until=until), asked_of(), 0, []
    for chart, choices in asked.items():
        try:
            figure = older.ask(chart, **choices)
        except ValueError as why_not:  # a DataError is one
            refused += 1
            wrong += [] if str(why_not).endswith(".") else [f"{called(chart)}: {why_not!r}"]
        except Exception as error:
            wrong.append(f"{called(chart)}: {error!r}")
        else:
            wrong += [called(chart)] if not figure.source or "nan" in figure.twin.split() else []
    assert not wrong, wrong
    assert refused <= 0.1 * len(asked), f"{refused} of {len(asked)} cannot be drawn"


@pytest.mark.parametrize("path", PATHS)
def test_no_cell_names_the_newest_edition_in_words(path):
    """A question that names it is false with the next one."""
    newest = {words.edition(load("newest_edition")), f"elease {load('aid_by_donor')['release'].max()[1:]}"}
    for source in lessons.code_cells(path):
        assert not [name for name in newest if name in source], source[:120]


VERSIONED = [name for name in data.names() if world.version_column(name) in ("edition", "release")]


@pytest.mark.parametrize("name", VERSIONED)
def test_what_is_said_of_a_table_names_its_newest_edition_and_cites_it_first(name):
    rows, column, said = data.load(name), world.version_column(name), data.resource(name)
    newest = max(edition for edition in rows[column].unique() if "preview" not in edition)
    called = f"Release {newest[1:]}" if newest[0] == "R" else words.edition(newest)
    first = re.split("[,;]", said["edition"])[0]
    named = called in said["edition"] or ("SIPRI" in first and called.split()[-1] in first)  # its releases have years
    assert named, f"{name} has rows of {called}; its descriptor says {said['edition']}"
    cited = set(rows.loc[rows[column] == newest, "source"])
    assert said["sources"][0]["id"] in cited, f"{name} cites {said['sources'][0]['id']} first, its newest rows {cited}"
    source = data.load("sources").set_index("id").loc[said["sources"][0]["id"]]
    assert called.split()[-1] in f"{source['title']} {source['edition']}", (
        f"{name}: {source['title']}, {source['edition']}"
    )


def of_one_year():
    """The tables that have one year of figures so far, and rules that look at them."""
    for name in data.names():
        looking = [claim for claim in claims.RULES if name in claims.tables_of(claim)]
        if looking and "year" in data.load(name) and data.load(name)["year"].nunique() == 1:
            yield name, looking


@pytest.mark.parametrize(("name", "looking"), of_one_year(), ids=lambda part: part if isinstance(part, str) else "")
def test_where_a_table_gets_a_second_year_the_newer_one_counts(name, looking):
    table = data.load(name)
    columns = enumerate(table.select_dtypes("float"), 1)  # each cell by another factor: ratios move, too
    grown = {column: table[column] * (1 + place * table.index / 10) for place, column in columns}
    newer = table.assign(year=table["year"] + 1, **grown)
    alone, beside = World(instead={name: newer}), World(instead={name: pd.concat([newer, table], ignore_index=True)})
    for claim in looking:
        assert claims.finding_in(beside, claim).says == claims.finding_in(alone, claim).says, claim


def test_a_misspelt_name_says_which_are_close():
    with pytest.raises(data.DataError, match="did you mean year"):
        World().ask(figures.guideline, yaer=2024)
    with pytest.raises(data.DataError, match=r"did you mean allied_spending.*\? A measure .* is marked @table"):
        World().ask(lambda alied_spending: alied_spending)
    with pytest.raises(data.DataError, match="did you mean members"):
        load("member")
    with pytest.raises(data.DataError, match="neither a table nor a measure 'edtion'; did you mean edition"):
        load("edtion")
    for room, name, close in ((figures, "guidelin", "guideline"), (measures, "alied_spending", "allied_spending")):
        with pytest.raises(AttributeError, match=f"has no .* '{name}'; did you mean {close}"):
            getattr(room, name)


@pytest.mark.parametrize(
    ("chart", "choices", "close"),
    [
        (figures.country_target, {"country": "Germny", "edition": "2026-07", "target": 2.0}, "country .* Germany"),
        (figures.yearly_noise, {"country": "UKA", "margin": 2}, "country 'UKA'; did you mean .*UKR"),
        (figures.revised_aid, {"release": "R2"}, "release 'R2'; did you mean R2"),
        (
            figures.days_apart,
            {"first": "2008-04-03-bucharest-summit-will-becom", "second": "x"},
            "first .* 2008-04-03-buch",
        ),
    ],
    ids=lambda part: getattr(part, "__name__", ""),
)
def test_a_misspelt_value_is_told_the_close_ones(chart, choices, close):
    with pytest.raises(data.DataError, match=f"{chart.__name__} knows no {close}"):
        World().ask(chart, **choices)


def test_what_a_function_was_not_told_and_what_it_does_not_know_is_said():
    with pytest.raises(data.DataError, match="ally_shares asks for 'year'; say which: year="):
        World().ask(figures.guideline)
    with pytest.raises(data.DataError, match="aid_gap knows no kind 'militry'"):
        World().ask(figures.aid_gap, kind="militry")


def test_a_choice_that_is_compared_with_a_word_says_which_words_there_are():
    """Else a misspelt one falls silently to the other branch;
    "all" stands beside the names in a table, which refuses others.
    """
    for name, function in [*vars(figures).items(), *vars(measures).items()]:
        if inspect.isfunction(function):
            compared = re.findall(r"(\w+) == \"(?!all\")", inspect.getsource(function))
            choices = {choice for choice in inspect.signature(function).parameters if choice in compared}
            untold = choices - set(world.words_of(function))
            assert not untold, f"{name}: {untold}; give each the type Literal[...]"


def test_a_control_does_not_begin_with_what_it_does_not_offer():
    for control, value in (controls.choice, "door"), (controls.buttons, "door"), (controls.ticks, ("door",)):
        with pytest.raises(ValueError, match="The control 'EU' does not offer 'door'; did you mean donor"):
            control("EU", {"apart": "donor", "shared out": "members"}, value=value)
