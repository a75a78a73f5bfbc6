"""Fair to both sides: each at its best and at one length, causes with owners, and verdicts that keep their definition."""

import re

import pandas as pd
import pytest

import lessons
from alliance import claims, data, measures
from alliance.world import World, load
from test_treaty_and_members import with_ally

BOOKS = [*lessons.PATHS, lessons.FOLDER / "teacher_guide.ipynb"]
CLAIMS = data.load("claims").set_index("id", drop=False)
WRITTEN = data.load("articles").set_index("id")["not_before"]
every_book = pytest.mark.parametrize("path", BOOKS, ids=lambda path: path.stem)

# What one side calls the other, a war without an actor, a cause without an owner: nowhere in the course's own voice.
LOADED = re.compile(
    r"fighting in the east|frozen conflict|unresolved conflict|breakaway|separatist|so-called|\bregime|"
    r"aggress(?:or|ion|ive)|grievance|puppet|propagand|unprovoked|illegal|unlawful|barbar|heroi|brutal|"
    r"special military operation|\bliberat|pro-(?:Russian|Western|Ukrainian)|anti-(?:Russian|NATO)|backyard|"
    r"close to \w+'s framing|of course|obvious|"
    r"(?:some|many|most) (?:scholars|experts|historians|observers|analysts)|experts (?:say|agree)|it is known",
    re.IGNORECASE,
)
# Words of others, named as theirs: columns that report them, and rows that quote a court, an article or a leader.
REPORTED = {
    "arguments", "article_lines", "articles", "claims.claim", "claims.how", "facts", "questions", "scholars",
    "sources", "stated_aims", "aid_weapons", "us_aid_totals.measure",
}  # fmt: skip
QUOTED = {
    ("claims", "A1-021"), ("claims", "A1-068"), ("claims", "A1-062"),
    ("events", "2023-01-25-european-court-finds-russian"),
    ("events", "2023-03-17-international-criminal-court-seeks"),
}  # fmt: skip


def markdown(path):
    return [cell.source for cell in lessons.book(path).cells if cell.cell_type == "markdown"]


def near(first, second):
    """Within a quarter of each other's length."""
    return 4 * abs(len(first) - len(second)) <= max(len(first), len(second))


# Words ---------------------------------------------------------------------------------------


@every_book
def test_a_lesson_has_no_loaded_word_and_no_cause_without_an_owner(path):
    assert not [found for text in markdown(path) for found in LOADED.findall(text)]


@pytest.mark.parametrize("name", [name for name in data.names() if name not in REPORTED])
def test_a_table_has_no_loaded_word_of_its_own(name):
    rows = data.load(name)
    columns = [column for column in rows.select_dtypes("str") if f"{name}.{column}" not in REPORTED and column != "id"]
    key = rows[rows.columns[0]]
    found = {
        (name, row): LOADED.findall(str(text))
        for column in columns
        for row, text in zip(key, rows[column])
        if LOADED.search(str(text))
    }
    assert not {place: words for place, words in found.items() if place not in QUOTED}


def test_no_computed_finding_has_a_loaded_word():
    """But for A1-068, which weighs such words of the essay, and A1-093, which counts the kinds of stated aims."""
    ledger = load("ledger").set_index("id").loc[sorted(claims.RULES)]
    assert {identifier for identifier, says in ledger["says"].items() if LOADED.search(says)} <= {"A1-068", "A1-093"}


# Lengths -------------------------------------------------------------------------------------


@every_book
def test_two_cases_at_their_best_are_of_one_length(path):
    for text in markdown(path):
        for paragraph in text.split("\n"):
            _, *cases = re.split(r"[^.:]*\bat its best:\**", paragraph)
            cases = [case.strip().split(". ")[0] for case in cases]
            assert len(cases) in (0, 2), paragraph
            assert not cases or near(*cases), f"{[len(case) for case in cases]}: {paragraph}"


@every_book
def test_two_sides_of_a_discussion_are_of_one_length(path):
    for text in markdown(path):
        for sides in re.findall(r"One side: (.+?) The other: (.+?)(?: Use | Name | \*|\n|$)", text):
            assert near(*sides), f"{[len(side) for side in sides]}: {sides}"


def test_two_stories_of_lesson_05b_are_of_one_length():
    path = next(path for path in BOOKS if lessons.number(path) == "05b")
    table = next(text for text in markdown(path) if "| Story A" in text)
    row = next(line for line in table.split("\n") if line.startswith("| Kennan"))
    assert near(*row.strip("| ").split(" | "))


@pytest.mark.parametrize("table, subject, words", [("cases", "subject", "case"), ("option_questions", None, None)])
def test_the_two_cards_of_a_subject_are_of_one_length(table, subject, words):
    rows = data.load(table)
    subject, words = subject or rows.columns[0], words or rows.columns[3]
    for name, pair in rows.groupby(subject):
        assert set(pair["side"]) == {"for", "against"} and len(pair) == 2
        assert near(*pair[words]), f"{name}: {list(pair[words].str.len())}"


# Verdicts keep their printed definition --------------------------------------------------------


def of(verdict):
    rows = CLAIMS[CLAIMS["verdict"] == verdict]
    assert len(rows), verdict
    return rows


def turning_day(identifier):
    """The last day that a claim's turning point names, else the day of what was found."""
    turns = claims.finding(identifier).turns if identifier in claims.RULES else ""
    days = re.findall(r"(?:\d{1,2} )?[A-Z][a-z]+ \d{4}", turns)
    return max(map(pd.Timestamp, days)) if days else CLAIMS.loc[identifier, "as_of"]


def test_what_is_supported_was_found_in_a_table_or_a_source_and_is_no_forecast():
    rows = of("supported")
    assert set(rows["basis"]) <= set(claims.READ) and "prediction" not in set(rows["kind"])
    assert set(rows["confidence"]) <= {"high", "medium"} and rows["found"].notna().all()


@pytest.mark.parametrize("verdict", ["supported-with-caveat", "imprecise", "contested", "outdated"])
def test_what_needs_one_more_fact_has_it(verdict):
    assert list(of(verdict).index[of(verdict)["caveat"].isna()]) == []


def test_what_is_imprecise_or_contradicted_was_read_or_refutes_itself():
    for verdict in ("imprecise", "contradicted"):
        unread = of(verdict)[~of(verdict)["basis"].isin(claims.READ)]
        assert set(unread["basis"]) <= {"article-text"} and (verdict == "imprecise" or unread.empty)


@pytest.mark.parametrize("identifier", CLAIMS.index[CLAIMS["verdict"] == "contradicted"])
def test_what_is_contradicted_was_wrong_on_the_day_it_was_written(identifier):
    """Else it would be outdated: what speaks against it happened, or was printed, before the article."""
    article = CLAIMS.loc[identifier, "article"]
    assert turning_day(identifier) <= WRITTEN[article], f"turned {turning_day(identifier)}, written {WRITTEN[article]}"


@pytest.mark.parametrize("identifier", CLAIMS.index[CLAIMS["verdict"] == "outdated"])
def test_what_is_outdated_turned_after_it_was_written(identifier):
    assert turning_day(identifier) > WRITTEN[CLAIMS.loc[identifier, "article"]]


def test_what_is_contested_is_a_judgement_or_was_read_and_is_not_merely_unread():
    rows = of("contested")
    judged = rows["kind"].isin(["opinion", "prediction"])
    assert set(rows[~judged]["basis"]) <= set(claims.READ) and rows[~judged]["found"].notna().all()
    assert set(rows[judged]["basis"]) <= {*claims.READ, "article-text"}


def test_what_is_not_checkable_is_an_opinion_a_forecast_or_beyond_any_public_source():
    rows = of("not-checkable")
    known = rows[~rows["kind"].isin(["opinion", "prediction"])]
    assert list(known.index) == ["A1-062"] and "No such estimate" in known["found"].item()


# Who is weighed beside whom --------------------------------------------------------------------


@pytest.mark.parametrize("ukraine", measures.UKRAINE_WITH.values())
def test_a_state_is_never_on_both_sides_nor_twice_on_one(ukraine):
    """Ukraine's weight lies where the control puts it, also on the day after it has joined."""
    now, later = (
        World().ask(measures.two_sides, ukraine=ukraine),
        with_ally("Ukraine").ask(measures.two_sides, ukraine=ukraine),
    )
    assert now[["europe", "russia"]].equals(later[["europe", "russia"]])


def test_ukraine_is_weighed_beside_the_allies_of_the_essays_day():
    assert with_ally("Ukraine")["weight_of_ukraine"] == load("weight_of_ukraine")
    assert with_ally("Ireland")["weight_of_ukraine"]["allies"] == load("weight_of_ukraine")["allies"] == 30
    members = with_ally("Ukraine")["members"]
    members.loc[members["iso3"] == "UKR", "accession_date"] = pd.Timestamp("2025-01-15")
    assert World(instead={"members": members})["weight_of_ukraine"] == load("weight_of_ukraine")


# What is said of how current a table is ----------------------------------------------------------


@pytest.mark.parametrize(
    "name, column", [("claims", "as_of"), ("events", "date"), ("consultations", "requested_date"),
                     ("stated_aims", "date"), ("security_agreements", "signed_date")]
)  # fmt: skip
def test_as_of_is_true_of_every_row(name, column):
    """Where a table's description names days, the newest is not before the table's newest row."""
    entry = data.resource(name)
    said = f"{entry.get('edition') or ''} {entry['coverage']}"
    days = [pd.Timestamp(day) for day in re.findall(r"\b\d{1,2} [A-Z][a-z]+ 20\d\d", said)]
    days += [pd.Timestamp(f"1 {month}") + pd.offsets.MonthEnd() for month in re.findall(r"\b[A-Z][a-z]+ 20\d\d", said)
             if pd.notna(pd.to_datetime(f"1 {month}", errors="coerce"))]  # fmt: skip
    assert not days or data.load(name)[column].max() <= max(days)
