"""The ledger says what the tables say, and says so again when they change."""

import ast
import pathlib
import re
import statistics

import pandas as pd
import pytest

import lessons
import reading
from alliance import claims, data
from alliance.claims import Finding
from alliance.claims.__main__ import main
from alliance.lesson import cards, lab
from alliance.world import World, editions, load

CLAIMS = data.load("claims").set_index("id", drop=False)
LEDGER = load("ledger")
every_rule = pytest.mark.parametrize("identifier", sorted(claims.RULES))
every_claim = pytest.mark.parametrize("identifier", CLAIMS.index)


# What is on record ---------------------------------------------------------------------------


@every_rule
def test_a_computed_verdict_is_the_one_on_record(identifier):
    """A revised figure that moves a verdict makes this fail: look at the claim again, then record what you find."""
    found, recorded = claims.finding(identifier), CLAIMS.loc[identifier, "verdict"]
    assert found.verdict == recorded, f"{identifier} is {recorded} on record; the tables now say: {found.says}"


@every_claim
def test_every_claim_is_said_in_full_with_its_test(identifier):
    row = LEDGER.set_index("id").loc[identifier]
    assert row["verdict"] in claims.VERDICTS and row["tested"] in claims.WAYS
    assert row["says"].strip() and not re.search(r"\b(nan|None|NaT|<NA>)\b", row["says"]), row["says"]
    assert (row["why"] != "") == (row["tested"] in ("not verified", "cannot be tested")) == (row["would_test"] != "")


def test_the_ledger_has_every_claim_once_in_the_articles_order():
    assert list(LEDGER["id"]) == list(CLAIMS.index) and LEDGER["id"].is_unique


def test_what_is_computed_has_a_rule_and_what_has_none_says_how_it_was_found():
    computed = set(CLAIMS.index[CLAIMS["basis"] == "computed"])
    assert computed <= set(claims.RULES), f"computed, but no rule: {sorted(computed - set(claims.RULES))}"
    assert set(claims.RULES) <= set(CLAIMS.index)
    unread = CLAIMS[~CLAIMS["basis"].isin(claims.READ)]
    assert not set(unread.index) & set(claims.RULES), "what a rule computes is no longer unverified: mend its basis"


@every_claim
def test_what_nobody_verified_says_so_and_what_was_found_has_a_source(identifier):
    said = repr(cards.evidence(identifier))
    if CLAIMS.loc[identifier, "basis"] in claims.READ:
        assert re.search(r"^Sources?: .", said, re.MULTILINE), f"{identifier} has no source:\n{said}"
    else:
        assert "Not verified" in said.splitlines()[0]
        assert "Verdict: – not checkable" in said or "Our reading, not verified" in said


@every_rule
def test_the_tables_on_record_are_those_that_the_rule_looks_at(identifier):
    used = claims.tables_of(identifier) - {"sources", "facts"}  # facts are facts of rows of the others
    assert used == set(str(CLAIMS.loc[identifier, "tables"]).split(";")), f"{identifier} looks at {sorted(used)}"


def test_rules_see_nothing_but_the_tables_they_are_given():
    for path in (pathlib.Path(claims.__file__).parent / "rules").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = getattr(getattr(node, "func", None), "attr", getattr(getattr(node, "func", None), "id", ""))
            assert name not in {"load", "read_csv", "open", "now", "today"}, f"{path.name}, line {node.lineno}: {name}"


def test_the_words_of_the_scale_are_unique_and_simple():
    for words in (
        list(claims.VERDICTS),
        list(claims.VERDICTS.values()),
        list(claims.MARKS.values()),
        list(claims.WAYS.values()),
        list(claims.WHY.values()),
    ):
        assert len(set(words)) == len(words)
    assert set(claims.MARKS) == set(claims.VERDICTS) and set(CLAIMS["verdict"]) <= set(claims.VERDICTS)
    assert all(len(meaning.split()) <= 20 for meaning in claims.VERDICTS.values())


def test_a_finding_with_a_word_off_the_scale_is_refused():
    with pytest.raises(ValueError, match="Not a verdict: true"):
        Finding("It is so.", "true")
    with pytest.raises(ValueError, match="two rules"):
        claims.rule("A0-28")(lambda tables: None)


def told(identifier):
    """The sentences of a card that are ours."""
    row, found = CLAIMS.loc[identifier], claims.finding(identifier)
    parts = [row["claim"], found.says, found.turns, row["caveat"]]
    return " ".join(part if part.endswith((".", "?")) else f"{part}." for part in parts if pd.notna(part) and part)


def test_cards_are_as_easy_to_read_as_the_text_of_a_lesson():
    ease = {identifier: reading.ease(told(identifier)) for identifier in CLAIMS.index}
    hard = {identifier: round(one) for identifier, one in ease.items() if one < reading.PLAIN}
    assert not hard, f"cards harder than {reading.PLAIN}: {hard}"
    assert statistics.mean(ease.values()) >= reading.EASY


# Where claims are taught ---------------------------------------------------------------------


@pytest.mark.parametrize("identifier", CLAIMS.index[CLAIMS["priority"] < 3])
def test_a_claim_to_teach_is_tested_in_its_lesson(identifier):
    """What is most worth teaching has a card in its lesson; all else waits in lesson 11, under its topic."""
    row = CLAIMS.loc[identifier]
    path = next(path for path in lessons.PATHS if lessons.number(path) == row["lesson"])
    source = "\n".join(cell.source for cell in lessons.book(path).cells)
    assert row["lesson"] in lab.TOPICS, f"lesson 11 has no topic for {identifier}"
    assert row["priority"] > 1 or re.search(rf'tested\([^)]*"{identifier}"', source), (
        f"{path.name} does not test {identifier}: {row['claim']}"
    )


# Altered data --------------------------------------------------------------------------------


def altered(name, change):
    """The world with one table changed."""
    return World(instead={name: change(data.load(name))})


def fifth_of_ukraine(countries):
    """Ukraine's weight moves its ratios less then, and still by more than the line of the rule."""
    rows, counts = countries["iso3"] == "UKR", ["population", "gdp_usd", *countries.filter(like="active_military_")]
    counts = ["active_military", *(name for name in counts if not name.endswith("year"))]
    return countries.assign(**{name: countries[name].mask(rows, (countries[name] / 5).round()) for name in counts})


def freer_in_the_newest_year(institutions):
    """Ukraine's score of the newest year alone lies above that before the war."""
    scored = institutions[institutions["iso3"].eq("UKR") & institutions["vdem_electoral"].notna()]
    institutions.loc[scored["year"].idxmax(), "vdem_electoral"] = 0.9
    return institutions


def where(column, value, /, **cells):
    """A change: the rows with that value get these cells."""

    def change(table):
        rows = table[column] == value
        assert rows.any(), f"no row with {column} == {value!r}"
        for name, cell in cells.items():
            table.loc[rows, name] = cell
        return table

    return change


def scaled(column, factor, rows=lambda table: slice(None)):
    """A change: a column times a factor, in some rows."""

    def change(table):
        table.loc[rows(table), column] = table.loc[rows(table), column] * factor
        return table

    return change


def without(column, *values):
    """A change: the rows with these values are gone."""
    return lambda table: table[~table[column].isin(values)].reset_index(drop=True)


def moved(event, day):
    """A change: an event happened on another day."""
    return where("id", event, date=pd.Timestamp(day))


def denied(fact):
    """A change: a fact that is a yes is a no."""
    return lambda facts: facts.assign(value=facts["value"].mask(facts["fact"] == fact, "no"))


def us_aid_goes_on(table):
    newest = table[table["month"] == table["month"].max()].iloc[:1]
    return pd.concat([table, newest.assign(iso3="USA", donor_group="United States", military=1.0)], ignore_index=True)


def second_invocation(table):
    return pd.concat(
        [table, table[table["kind"] == "Article 5"].assign(id="again", requested_date=pd.Timestamp("2030-01-01"))]
    )


def one_more_country(table):
    table["countries_so_far"] = table["countries_so_far"] + 1
    return table


ALTERED = [
    ("A0-05", "members", without("iso3", "ISL"), "contradicted"),
    ("A0-29", "members", without("iso3", "SWE"), "contradicted"),
    ("A1-080", "members", where("iso3", "FIN", former_ussr=True), "supported"),
    ("A1-103", "members", where("iso3", "DEU", accession_date=pd.Timestamp("1990-10-03")), "contradicted"),
    ("A0-07", "treaty_articles", without("number", 14), "contradicted"),
    ("A3-15", "consultations", second_invocation, "outdated"),
    ("A1-113", "facts", denied("each_chooses"), "supported"),
    ("A1-012", "facts", denied("unanimous"), "supported"),
    ("A1-076", "facts", denied("within_un_charter"), "contradicted"),
    ("A3-14", "facts", denied("invites"), "supported"),
    ("A0-22", "defence_expenditure", scaled("usd_current_millions", 0.3, lambda table: table["iso3"] == "USA"), "contested"),
    ("A0-25", "military_expenditure", scaled("usd_constant_millions", 0.5, lambda table: table["year"] == 2024), "contradicted"),
    ("A0-26", "spending_other_totals", where("id", "eda-2024-final", eur_billions=326), "supported"),
    ("A0-28", "defence_expenditure", scaled("share_of_gdp", 1.3), "supported"),
    ("A0-28", "defence_expenditure", scaled("share_of_gdp", 0.7), "contradicted"),
    ("A1-109", "spending_other_totals", where("id", "nato-common-funds-2024", eur_billions=380), "contested"),
    ("A1-022", "events", moved("2008-08-08-russia-georgia-war", "2009-07-01"), "supported"),
    ("A2-13", "events", moved("2022-02-22-blinken-calls-off-geneva", "2022-02-24"), "supported"),
    ("A0-46", "events", moved("2022-09-30-ukraine-applies-fast-track", "2021-09-30"), "contradicted"),
    ("A3-16", "events", moved("2025-12-14-zelenskyy-offers-set-nato", "2024-10-01"), "supported"),
    ("A0-30", "events", moved("2025-06-25-hague-summit-agrees-five", "2014-01-01"), "supported"),
    ("A1-042", "security_agreements", one_more_country, "supported"),
    ("A1-035", "aid_by_donor", where("iso3", "HUN", military=0.5), "supported"),
    ("A1-114", "aid_by_month", us_aid_goes_on, "supported"),
    ("A1-027", "facts", denied("assistance_package_adopted"), "not-checkable"),
    ("A1-036", "facts", without("fact", "older_models"), "supported"),
    ("A3-05", "facts", denied("arms_before_invitation"), "contradicted"),
    ("A1-115", "us_aid_totals", where("id", "act5_total", usd_billions=160.78), "contradicted"),
    ("A1-116", "us_aid_totals", where("id", "usaid_dbs", usd_billions=128), "supported"),
    ("A0-19", "borders", scaled("length_km", 1.5), "contradicted"),
    ("A1-094", "borders", scaled("length_km", 1.2), "contradicted"),
    ("A1-095", "borders", scaled("length_km", 4, lambda table: table["iso3"] == "UKR"), "supported"),
    ("A1-090", "countries", scaled("population", 10, lambda table: table["iso3"] == "RUS"), "contradicted"),
    ("A1-090", "purchasing_power", scaled("ppp_rate", 0.4, lambda table: table["iso3"] == "RUS"), "contested"),
    ("A1-090", "purchasing_power", scaled("ppp_rate", 3.0, lambda table: table["iso3"] == "RUS"), "supported"),
    ("A4-28", "purchasing_power", scaled("ppp_rate", 0.4, lambda table: table["iso3"] == "RUS"), "not-checkable"),
    ("A2-06", "facts", lambda facts: facts.assign(value=facts["value"].mask(facts["fact"] == "fighting_ended", "yes")), "contested"),
    ("A1-119", "countries", where("iso3", "TUR", in_un_m49_europe=True), "imprecise"),
    ("A1-106", "facts", where("fact", "aid_to_israel_usd_bn", value="9.0"), "contradicted"),
    ("A1-086", "facts", where("fact", "demands_no_enlargement", value="no"), "not-checkable"),
    ("A1-121", "facts", where("fact", "states_pledging", value="0"), "contradicted"),
    ("A3-19", "facts", where("fact", "called", value="guarantees"), "supported"),
    ("A1-050", "institutions", where("iso3", "UKR", fh_status="F"), "contradicted"),
    ("A1-050", "institutions", freer_in_the_newest_year, "supported"),
    ("A1-043", "security_agreements", lambda table: table.assign(duration_years=float("nan")), "supported-with-caveat"),
    ("A1-008", "countries", fifth_of_ukraine, "contested"),
    ("A3-13", "events", moved("2025-12-14-zelenskyy-offers-set-nato", "2024-10-01"), "supported"),
    ("A1-009", "gas_transit", lambda table: table.assign(bcm=table["bcm"].where(table["year"] < 2010, 0)), "imprecise"),
    ("A1-010", "gas_transit", where("year", 2025, bcm=15.0), "not-checkable"),
    ("A1-028", "events", moved("2021-12-07-biden-putin-hold-video", "2022-01-07"), "contradicted"),
    ("A2-04", "events", moved("2021-11-15-nato-warns-new-build", "2021-09-15"), "contradicted"),
    ("A2-04", "facts", where("fact", "build_up_seen_by", value="NATO"), "contradicted"),
    ("A4-14", "articles", where("id", "A4", not_before=pd.Timestamp("2025-02-27")), "supported"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("identifier", "table", "change", "verdict"), ALTERED, ids=lambda part: str(part) if isinstance(part, str) else ""
)
def test_altered_data_alter_the_verdict(identifier, table, change, verdict):
    assert claims.finding(identifier, altered(table, change)).verdict == verdict


def test_one_peace_signed_before_the_entry_is_enough_whatever_is_signed_later():
    facts, events, members = (data.load(name) for name in ("facts", "events", "members"))
    steps = facts[facts["fact"] == "peace_step"]
    days = events.set_index("id")["date"][steps["id"]].sort_values()
    facts["value"] = facts["value"].mask(
        facts["fact"].eq("peace_step") & facts["id"].isin(days.index[[0, -1]]), "signed"
    )
    for day, at_war in ((days.iloc[0] - pd.Timedelta(days=1), True), (days.iloc[0], False), (days.iloc[-1], False)):
        joined = pd.concat([members, members.tail(1).assign(iso3="UKR", accession_date=day)], ignore_index=True)
        found = claims.finding("A1-066", World(instead={"facts": facts, "members": joined}))
        assert (found.verdict == "contradicted") == at_war, found.says


def test_altered_data_are_tried_over_all_subjects():
    moving = [
        (identifier, verdict) for identifier, _, _, verdict in ALTERED if verdict != CLAIMS.loc[identifier, "verdict"]
    ]
    assert len({identifier for identifier, _ in moving}) >= 20
    subjects = set(CLAIMS.loc[[identifier for identifier, _ in moving], "lesson"])
    assert subjects >= {"02", "03", "04", "05", "06", "07", "08", "09", "10"}


# Turning points ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("edition", "verdict"), [("2024-06", "supported"), ("2025-08", "outdated"), ("2026-07", "outdated")]
)
def test_23_allies_is_true_by_the_june_2024_edition_and_false_since(edition, verdict):
    assert claims.finding("A0-28", World(until={"defence_expenditure": edition})).verdict == verdict


@pytest.mark.parametrize(
    ("day", "verdict"), [("2023-04-03", "supported"), ("2023-04-04", "contradicted"), ("2024-03-07", "contradicted")]
)
def test_doubling_the_border_is_true_until_the_day_finland_joined(day, verdict):
    found = claims.finding("A1-095", World(until={"members": day}))
    assert found.verdict == verdict and ("4 April 2023" in found.turns) == (verdict == "contradicted")


def test_doubling_the_border_would_be_outdated_in_an_essay_older_than_finlands_entry():
    early = altered("articles", where("id", "A1", not_before=pd.Timestamp("2023-04-03")))
    assert claims.finding("A1-095", early).verdict == "outdated"


def test_an_older_world_knows_nothing_of_what_was_printed_later():
    then = claims.finding("A0-28", World(until={"defence_expenditure": "2024-06", "military_expenditure": "2025-04"}))
    assert "2026" not in then.says and "23 by NATO, June 2024" in then.says


def test_amounts_come_from_the_newest_edition_that_has_them():
    tables = World(until={"defence_expenditure": "2025-08"})
    assert tables["newest_edition"] == "2025-08" and tables["edition"] == "2024-06"


@pytest.mark.parametrize(("table", "edition", "says"), [
    ("defence_expenditure", "2024-07", "it has 2024-03, 2024-06"),
    ("aid_by_donor", "R99", "it has R25, R28, R29, R30"),
    ("aid_by_month", "2024-12", "has no edition '2024-12'; it has R29, R30"),
    ("members", "yesterday", "cut at a day, like 2024-03-07"),
    ("members", "1900-01-01", "begins on 1949-04-04"),
    ("countries", "2024", "neither editions nor dates"),
    ("event", "2024", "did you mean events"),
])  # fmt: skip
def test_a_world_that_cannot_be_cut_says_what_can(table, edition, says):
    with pytest.raises(ValueError, match=says):
        World(until={table: edition})


def test_no_edition_of_any_table_breaks_a_rule_without_words():
    """In an older world a rule gives a verdict, or the ledger says why it cannot."""
    for table in ("defence_expenditure", "aid_by_donor"):
        rows = claims.through(table, editions(table))
        assert rows["id"].nunique() > 3
        lost = rows[rows["verdict"].isna()]
        assert lost["says"].str.startswith("Cannot be worked out").all()


# The command ---------------------------------------------------------------------------------


def test_the_command_prints_counts_that_add_up(capsys):
    assert main([]) == 0
    printed = capsys.readouterr().out
    assert printed.count(f"{len(LEDGER)}\n") >= 2, "verdicts and ways both add up to all claims"
    for word in (*claims.VERDICTS, *claims.WAYS):
        assert word in printed


def test_the_command_prints_a_card_and_an_article(capsys):
    assert main(["a0-28"]) == 0
    assert capsys.readouterr().out.strip() == repr(cards.whole("A0-28"))
    assert main(["A3"]) == 0
    assert len(re.findall(r"^A3-\d+ ", capsys.readouterr().out, re.MULTILINE)) == 20


def test_the_command_says_what_became_false(capsys):
    assert main(["--changed", "defence_expenditure=2024-06"]) == 0
    printed = capsys.readouterr().out
    assert printed.startswith(
        f"defence_expenditure: 2024-06 against {editions('defence_expenditure')[-1]}, the newest."
    )
    verdicts, numbers = printed.split("keep their verdict")
    assert "A0-28" in verdicts and "supported  →  ◷ outdated" in verdicts and "A0-22" in numbers
    assert main(["--changed", "defence_expenditure=2025-08"]) == 0
    printed = capsys.readouterr().out
    assert "0 verdicts that move" in printed and "A0-28" in printed.split("keep their verdict")[1]
    assert main(["--changed", "defence_expenditure"]) == 0
    assert capsys.readouterr().out.count("defence_expenditure: ") == len(editions("defence_expenditure")) - 1


@pytest.mark.parametrize(("arguments", "says"), [
    (["A9-99"], "There is no claim"), (["A1-95"], "did you mean A1-095"), (["A9"], "There is no article A9"),
    (["--changed", "defence_expenditure=2023-01"], "has no edition '2023-01'"), (["--changed", "members"], "say which day"),
    (["--changed", "nothing=1"], "There is no 'nothing'"),
], ids=lambda part: " ".join(part) if isinstance(part, list) else "")  # fmt: skip
def test_the_command_helps_where_it_cannot_answer(arguments, says, capsys):
    assert main(arguments) == 1
    shown = capsys.readouterr()
    assert says in shown.err and not shown.out.strip() and "Traceback" not in shown.err


def test_two_sentences_are_merged_with_what_moved_in_brackets():
    assert claims.merged("Allies: 23 of 32 in 2024.", "Allies: 17 of 32 in 2024.") == [
        "Allies: [23 → 17] of 32 in 2024."
    ]
    assert claims.merged(
        "3 of 27 in 2014 and 6 of 29 in 2021.", "3 of 27 in 2014, 6 of 29 in 2021 and 17 of 31 in 2024."
    ) == ["3 of 27 in 2014 [and 6 of 29 in 2021 → , 6 of 29 in 2021 and 17 of 31 in 2024]."], "a list reads as one"
    assert claims.merged("Yes.", "Something else entirely was said.")[0].startswith("then: Yes.")
