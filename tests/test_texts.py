"""Words of ours that an edition could make false: a rule fills in what its tables give, or the words name their day."""

import re

import pandas as pd
import pytest

import lessons
from alliance import claims, data, words
from alliance.claims import card
from alliance.world import load

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
FIXED = re.compile(  # days and years, articles of the treaty, names of claims, editions and releases, lessons
    rf"\b(?:\d{{1,2}} )?(?:{MONTHS})(?: \d{{4}})?\b|\b(?:19|20)\d\d(?:-\d\d)?\b|\b[Aa]rticles? \d+(?: (?:to|and) \d+)?|"
    r"\bA\d(?:-\d+)?\b|\bR\d\d\b|\b[Rr]elease \d+|\b[Ll]essons? \d+b?|\b[Ss]ections? \d+|\b[Ee]xercises? \d+"
)
NUMBER = re.compile(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?!\w)")
WORDS = {word: str(number) for number, word in enumerate(words.NUMBERS) if number > 2}
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


@pytest.mark.parametrize("name", [name for name in data.names() if "source" in data.load(name)])
def test_a_table_was_read_no_earlier_than_its_sources(name):
    days = data.load("sources").set_index("id")["date_read"]
    last = days.reindex(data.load(name)["source"].dropna().unique()).max()
    assert pd.isna(last) or pd.Timestamp(data.resource(name)["read"]) >= last


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
    (words.minus, ("-2 to A-3, 1-2",), "−2 to A-3, 1-2"),
]  # fmt: skip


@pytest.mark.parametrize(("say", "given", "told"), SAID, ids=lambda part: getattr(part, "__name__", str(part)))
def test_a_number_or_a_date_is_said_as_people_say_it(say, given, told):
    assert say(*given) == told
