"""What is newest comes from the tables: no control stops before it, and no cell types it."""

import ast
import re

import pandas as pd
import pytest

import lessons
from alliance import claims, data, figures, publishers, world
from alliance.claims import card
from alliance.world import World, load

PATHS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]
NEWEST = ("year", "edition", "release", "month")  # controls by these names end at the newest that the tables have
FREE = {  # controls that end elsewhere, and why
    "figures.invitation_scenarios": "years to come, in which Ukraine might be invited",
    "figures.revised_aid": "an older release, beside the newest",
}
TYPED = re.compile(r"(20)\d\d-\d\d|R\d\d(-preview)?")


def called(draw):
    return f"{draw.__module__.removeprefix('alliance.').split('.')[0]}.{draw.__name__}"


def newest(name, draw):
    """The newest year (edition, ...) in each table that a figure is filled from; of years, the last event's, too.

    Of editions, that of several years, too: a chart of years cannot draw an annual report's single one.
    """
    found = {load("events")["date"].max().year} if name == "year" else set()
    found |= {load("newest_edition")} if name == "edition" else set()
    for table in (data.load(needed) for needed in world.needs(draw)):
        if name in table:
            found.add(table[name].max())
        elif name == "year":
            days = [table[column].max() for column in table if table[column].dtype.kind == "M"]
            found |= {day.year for day in days if pd.notna(day)}
    return found


@pytest.mark.parametrize("path", PATHS)
def test_a_control_ends_at_the_newest_of_its_table(path):
    for place, panel in lessons.panels(path):
        for name in set(NEWEST) & set(panel.controls):
            if called(panel.draw) in FREE:
                continue
            last = max(lessons.options(panel.controls[name]))
            where = f"{path.name}, code cell {place}, {called(panel.draw)}: {name}"
            assert last in newest(name, panel.draw), f"{where} ends at {last}, not at {newest(name, panel.draw)}"


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


def test_a_misspelt_name_says_which_are_close():
    with pytest.raises(data.DataError, match="did you mean year"):
        World().ask(figures.guideline, yaer=2024)
    with pytest.raises(data.DataError, match="did you mean allied_spending"):
        World().ask(lambda alied_spending: alied_spending)
    with pytest.raises(data.DataError, match="did you mean 'members'"):
        load("member")


# Words that an edition could make false ---------------------------------------------------------

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
FIXED = re.compile(  # days and years, articles of the treaty, names of claims, editions and releases, lessons
    rf"\b(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?\b|\b(?:19|20)\d\d(?:-\d\d)?\b|\b[Aa]rticles? \d+(?: (?:to|and) \d+)?|"
    r"\bA\d(?:-\d+)?\b|\bR\d\d\b|\b[Rr]elease \d+|\b[Ll]essons? \d+b?|\b[Ss]ections? \d+|\b[Ee]xercises? \d+"
)
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\w)")
WORDS = {word: str(number) for number, word in enumerate(publishers.NUMBERS) if number > 2}
DATED = re.compile(rf"(?:{MONTHS}) \d{{4}}|\b(?:19|20)\d\d\b|\bessay|explainer|\bbrief|edition|“")


def said_numbers(text):
    """The numbers of a text, in digits or in words from three to twelve; what names a day, a year or a place apart."""
    text = FIXED.sub("", text)
    return set(NUMBER.findall(text)) | {WORDS[word] for word in re.findall(r"[a-z]+", text.lower()) if word in WORDS}


@pytest.mark.parametrize("identifier", sorted(claims.RULES))
def test_a_caveat_holds_no_number_of_its_finding(identifier):
    """The rule fills in what its tables give; a typed copy beside it would stay when they change."""
    found = card.evidence(identifier)
    # the treaty's articles; a guideline; three ways to count; one vote of March 2022
    fixed = {"A0-07": {"14"}, "A0-23": {"2"}, "A1-033": {"3"}, "A1-026": {"11", "100"}}
    both = said_numbers(found.caveat) & said_numbers(f"{found.says} {found.turns} {' '.join(found.readings)}")
    assert not both - fixed.get(identifier, set()), f"{identifier}: {both} stand in the caveat, too: {found.caveat}"


def test_no_text_types_how_many_allies_articles_claims_or_questions_there_are():
    """A sentence that names its day, its edition or who said so may hold the number of then."""
    counts = {str(len(load(name))) for name in ("members", "claims", "questions")} | {"thirty-two"}
    texts = {path.name: lessons.prose(path) for path in lessons.PATHS}
    for name in ("cases", "reasons", "checks", "sentences", "glossary", "alternatives", "source_cards", "borderlines"):
        told = data.load(name).select_dtypes("str")
        texts[name] = "\n".join(f"{cell}" for column in told for cell in told[column].dropna() if " " in cell)
    for name, text in texts.items():
        for sentence in re.split(r"(?<=[.;?!|])\s|\n", text):
            found = {word for word in re.findall(r"[\w-]+", FIXED.sub("", sentence)) if word in counts}
            assert not found or DATED.search(sentence), f"{name} types {found} in {sentence!r}"


@pytest.mark.parametrize(
    "name", [name for name in data.names() if world.version_column(name) in ("edition", "release")]
)
def test_the_descriptor_names_the_newest_edition_and_cites_it(name):
    said, rows = data.resource(name), data.load(name)
    column = world.version_column(name)
    last = (
        load("newest_edition")
        if column == "edition"
        else rows.loc[rows[column].str.fullmatch(r"[R\d-]+"), column].max()
    )
    newest = rows[rows[column] == last]
    sources = data.load("sources").set_index("id")
    ids = list(newest["source"].unique())
    assert ids[0] in {cited["id"] for cited in said["sources"]}
    assert pd.Timestamp(said["read"]) >= sources.loc[list(rows["source"].unique()), "date_read"].max()
    told = sources.loc[ids, "edition"].fillna("")
    named = [word for word in re.findall(r"(?:Release|R)? ?\d+|\w+ \d{4}", told.iloc[0])]
    assert any(word.strip() in said["edition"] for word in named), f"{said['edition']} names none of {named}"
