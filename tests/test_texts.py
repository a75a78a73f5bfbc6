"""Words of ours that an edition could make false: a rule fills in what its tables give, or the words name their day."""

import re

import pandas as pd
import pytest

import lessons
from alliance import claims, data, glossary, words
from alliance.claims import card
from alliance.world import load

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
FIXED = re.compile(  # days and years, articles of the treaty, names of claims, editions and releases, lessons
    rf"\b(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?\b|\b(?:19|20)\d\d(?:-\d\d)?\b|\b[Aa]rticles? \d+(?: (?:to|and) \d+)?|"
    r"\bA\d(?:-\d+)?\b|\bR\d\d\b|\b[Rr]elease \d+|\b[Ll]essons? \d+b?|\b[Ss]ections? \d+|\b[Ee]xercises? \d+"
)
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\w)")
WORDS = {word: str(number) for number, word in enumerate(words.NUMBERS) if number > 2}
MORE = {"fourteen": 14, "twenty": 20, "twenty-eight": 28, "twenty-nine": 29, "thirty": 30, "thirty-two": 32}
COUNTS = {word: int(number) for word, number in WORDS.items()} | MORE
COUNT = re.compile(rf"(?<![\w.,-])(\d[\d,]*|{'|'.join(sorted(COUNTS, reverse=True))}) ([A-Za-z]+(?: [A-Za-z]+)?)", re.I)
DATED = re.compile(rf"(?:{MONTHS}) \d{{4}}|\b(?:19|20)\d\d\b|\bessay|explainer|\bbrief|edition|“")


def said_numbers(text):
    """The numbers of a text, in digits or in words from three to twenty; what names a day, a year or a place apart."""
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


OF_A_DAY = {"events", "claims", "consultations", "sources", "questions"}  # their rows say what was said, or then found
PARTS = ("title", "description", "edition", "coverage")


def counts_of(text):
    """Each count of a text, in digits or words from three, with the two words after it; days, years and names apart."""
    for number, noun in COUNT.findall(FIXED.sub("", text)):
        yield COUNTS.get(number.lower()) or int(number.replace(",", "")), noun


def kinds(column):
    """How many different values a column has."""
    return lambda table: table[column].nunique()


def where(column, value):
    """How many rows have this value."""
    return lambda table: table[column].eq(value).sum()


def others(column, value):
    """How many rows have another value."""
    return lambda table: table[column].ne(value).sum()


def each(*columns):
    """How many rows each has that these columns name; one number for all."""
    return lambda table: table.groupby(list(columns)).size().unique().item()


def of_newest(column):
    """How many different values a column has in the newest release."""
    return lambda table: table.loc[table["release"].eq(table["release"].max()), column].nunique()


def allies(table):
    return table["iso3"].isin(load("members")["iso3"]).groupby(table["iso3"]).first().sum()


def in_eu(table):
    countries = load("countries")
    return countries.loc[countries["is_eu_member"].eq(True), "iso3"].isin(table["iso3"]).sum()


def neighbours_of_russia(table):
    either = table.loc[table["iso3"].eq("RUS") | table["neighbour_iso3"].eq("RUS"), ["iso3", "neighbour_iso3"]]
    return len(set(either.stack()) - {"RUS", "XNT"})


KIEL = {"donors": kinds("iso3"), "releases": kinds("release"), "older": lambda table: table["release"].nunique() - 1}
COUNTED = {  # by table: how the words after a count begin, and what they count
    "aid_by_donor": KIEL,
    "aid_by_month": KIEL | {"months": of_newest("month")},
    "aid_weapons": {
        "donors": lambda table: table.loc[table["release"].eq("R29"), "iso3"].nunique(),
        "systems": lambda table: table.loc[
            table["release"].eq("R28") & table["category"].ne("Ammunition (rounds)"), "models"
        ].nunique(),
        "cells": where("release", "R31-preview"),
    },
    "alternatives": {"options": len, "ways": len},
    "option_questions": {"questions": kinds("criterion")},
    "arguments": {side: where("side", side) for side in ("for", "against", "context")},
    "article_lines": {"lines": each("article")},
    "borders": {"land neighbours": neighbours_of_russia},
    "cases": {"subjects": kinds("subject")},
    "countries": {
        "countries of": lambda table: {table["population"].count(), table["in_un_m49_europe"].eq(True).sum()},
    },
    "defence_expenditure": {
        "editions": kinds("edition"),
        "older": lambda table: table["edition"].nunique() - 1,
        "allies": lambda table: set(table[~table["iso3"].isin(["XNT", "XNE"])].groupby("edition")["iso3"].nunique()),
    },
    "entry_criteria": {"expectations": len},
    "gas_transit": {"years": kinds("year")},
    "glossary": {"terms": len},
    "institutions": {"allies": allies},
    "military_expenditure": {"allies": allies, "of": in_eu, "members": lambda table: in_eu(load("countries"))},
    "missions": {"operations": len},
    "nato_purposes": {"texts": kinds("document")},
    "public_opinion": {"polls": len, "pollsters": kinds("pollster"), "rows": where("source", "poll-wikipedia-table")},
    "purchasing_power": {"allies": allies},
    "purl": {
        "months": where("measure", "allocated in the month"),
        "statements": others("measure", "allocated in the month"),
    },
    "ratifications": {"allies": kinds("iso3")},
    "reasons": {"reasons": len, "claims": lambda table: table["claims"].str.split(";").explode().nunique()},
    "reforms": {"reforms": len},
    "scholars": {"positions": len, "of them": where("question", "What was promised in 1990?")},
    "security_agreements": {
        "agreements": others("kind", "related document"),
        "related": where("kind", "related document"),
    },
    "sentences": {"sentences": kinds("number"), "questions": kinds("number"), "options": each("form", "number")},
    "source_cards": {"of": len, "sources": len},
    "borderlines": {"verdicts": len, "claims": len},
    "spending_other_totals": {"figures": len},
    "stated_aims": {"statements": len},
    "treaty_articles": {"articles": len},
    "ukraine_brings": {"statements": len},
    "us_aid_totals": {"totals": len},
}
UNCOUNTED = {  # counts in words that no rows of ours give
    "public_opinion": {"different questions", "more do"},
    "troops": {"since"},
}


@pytest.mark.parametrize("name", data.names())
def test_a_count_that_the_descriptor_types_of_a_table_is_that_of_its_rows(name):
    table, entry, rules = load(name), data.resource(name), COUNTED.get(name, {})
    for part in PARTS:
        for number, noun in counts_of(entry.get(part) or ""):
            if number < 3 or {noun, noun.split()[0]} & UNCOUNTED.get(name, set()):
                continue
            found = [count(table) for begins, count in rules.items() if noun.startswith(begins)]
            assert found, f"{name}, {part}: which rows are “{number} {noun}”? Say it in COUNTED, or leave it out."
            given = {int(one) for count in found for one in (count if isinstance(count, set) else [count])}
            assert number in given, f"{name}, {part} says {number} {noun}; the table gives {given}"


def test_no_cell_types_how_many_allies_or_agreements_there_are():
    """Of all texts in tables, but for those of a row with a day, of an article or of a speaker, who may be quoted."""
    members, signed = load("members"), load("security_agreements")
    later = int((members["accession_date"] > members["accession_date"].min()).sum())
    given = {
        r"\b(allies|members?|states|accessions|ratifications|guarantors|parliaments)\b": {len(members), later},
        r"\b(agreements|countries)\b": {
            int(signed["kind"].eq("bilateral").sum()),
            int(signed["kind"].ne("related document").sum()),
        },
    }
    for name in sorted(set(data.names()) - OF_A_DAY):
        table = data.load(name)
        if "article" in table:  # what an article says
            table = table[table["article"].isna()]
        for column in table.select_dtypes("str"):
            for cell in table[column].dropna():
                assert cell != str(len(members)), f"{name}, {column}: {cell} alone, as many as there are allies"
                for sentence in re.split(r"(?<=[.;?!|])\s|\n", "" if DATED.search(cell) else cell):
                    for number, noun in counts_of(sentence):
                        said = [kind for kind, counts in given.items() if number in counts and re.search(kind, noun)]
                        assert not said, f"{name}, {column} types {number} {noun}: {sentence!r}"


@pytest.mark.parametrize("name", [name for name in data.names() if "source" in data.load(name)])
def test_a_table_was_read_no_earlier_than_its_sources(name):
    days = data.load("sources").set_index("id")["date_read"]
    last = days.reindex(data.load(name)["source"].dropna().unique()).max()
    assert pd.isna(last) or pd.Timestamp(data.resource(name)["read"]) >= last


def test_a_word_that_is_not_in_the_glossary_is_met_by_the_close_ones():
    assert str(glossary("Edtion")).startswith("“Edtion” is not in the glossary. Near it: edition")
    assert "Near it: article 5" in str(glossary("the fifth article")), "a word that is not very near, too"
    assert str(glossary("xyzzy")) == "“xyzzy” is not in the glossary."


SAID = [  # at the edges, where a fault of one step tells another number or unit
    (words.billions, (23.14,), "23.1 billion"), (words.billions, (0.0995,), "0.1 billion"), (words.billions, (0.04949,), "49 million"),
    (words.billions, (0.0004,), "0.4 million"), (words.billions, (0.00004,), "nothing"), (words.billions, (0,), "nothing"),
    (words.times, (0,), "never"), (words.times, (1,), "once"), (words.times, (2,), "twice"), (words.times, (3,), "3 times"),
    (words.signed, (3,), "+3"), (words.signed, (-2.5, 1), "−2.5"), (words.signed, (-0.2,), "0"),
    (words.apart, (1,), "1 day"), (words.apart, (199,), "199 days"), (words.apart, (200,), "7 months"),
    (words.apart, (729,), "24 months"), (words.apart, (730,), "2.0 years"), (words.apart, (-2155,), "5.9 years"),
    (words.counted, (1, "ally", "allies"), "1 ally"), (words.counted, (1200, "state"), "1,200 states"),
    (words.short, (9999.4,), "9999.4"), (words.short, (10_000,), "10,000"), (words.number, (float("nan"),), "no figure"),
    (words.known_date, ("2024-09-30",), "30 September 2024"), (words.known_date, ("2024-08",), "August 2024"),
    (words.known_date, ("2025",), "2025"), (words.edition, ("2026-07",), "July 2026"),
    (words.shortened, ("one two three", 13), "one two three"), (words.shortened, ("one two three", 12), "one two…"),
    (words.minus, ("-2 to A-3, 1-2",), "−2 to A-3, 1-2"), (words.billions, (0.0001,), "0.1 million"),
    (words.listed, (["state media", "", None, float("nan"), "Ukraine"],), "state media, Ukraine"),
]  # fmt: skip


@pytest.mark.parametrize(("say", "given", "told"), SAID, ids=lambda part: getattr(part, "__name__", str(part)))
def test_a_number_or_a_date_is_said_as_people_say_it(say, given, told):
    assert say(*given) == told
