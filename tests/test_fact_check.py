"""The fact-check lab: judgements are kept, the first one counts, and a sentence of one's own is tested by the table."""

import pandas as pd
import pytest

import record
from alliance import claims, data, figures, measures, world
from alliance.lesson import answers, cards, claim, evidence, lab
from alliance.world import World, load

pytestmark = pytest.mark.slow
LEDGER = load("ledger")
NO_TABLE = record.fingerprint(None)


@pytest.fixture(autouse=True)
def fresh(tmp_path, monkeypatch):
    """Answers of nobody else."""
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers.sqlite"))
    monkeypatch.setattr(answers, "_unsaved", {})


def judged(identifier, verdict, sure=70):
    panel = lab.judge()
    row = claims.claim(identifier)
    panel.inputs["show"].value = ("article", row["article"])
    panel.inputs["sentence"].value = identifier
    panel.inputs["verdict"].value, panel.inputs["sure"].value = verdict, sure
    panel.commit()
    panel._stay.click()
    return panel


def words(panel):
    """All that a panel shows as text, below one another."""
    return " ".join(str(getattr(part, "value", "")) for part in [panel.message, *panel._evidence.children])


# Judging -------------------------------------------------------------------------------------


def test_every_claim_is_listed_under_its_article_and_under_its_topic_in_order():
    panel = lab.judge()
    for value in [value for _, value in panel.inputs["show"].options]:
        panel.inputs["show"].value = value
        column, wanted = value
        assert [identifier for _, identifier in panel.inputs["sentence"].options] == list(
            LEDGER.loc[LEDGER[column] == wanted, "id"]
        )


def test_nothing_is_shown_before_a_verdict_and_a_verdict_is_asked_for():
    panel = lab.judge()
    panel.commit()
    assert "Choose a verdict first" in panel.said and not panel._evidence.children and lab.judgements().empty


def test_a_verdict_is_reached_in_two_steps_and_a_third_only_where_a_side_has_several():
    verdict, asked = lab.Verdict(), []
    for tested, holds in [("no", None), *(("yes", word) for word in lab.HOLDS)]:
        verdict.value = None
        assert verdict.value is None and verdict.holds.layout.display == "none"
        verdict.tested.value, verdict.holds.value = tested, holds
        asked += [value for _, value in verdict.kind.options] if verdict.value is None else [verdict.value]
        assert (verdict.kind.layout.display is None) == (verdict.value is None)
    assert sorted(asked) == sorted(claims.VERDICTS), "each verdict is reached by one way"
    for one in claims.VERDICTS:
        verdict.value = one
        assert verdict.value == one


def test_after_a_verdict_the_evidence_is_shown_and_the_verdict_kept():
    panel = judged("A0-28", "supported")
    assert (
        "You said ● supported, 70% sure; with the evidence the same" in panel.said
        and "The ledger says ◷ outdated" in panel.said
    )
    assert "17 by NATO, July 2026" in words(panel)
    again = lab.judge()  # another kernel, another day
    again.inputs["sentence"].value = "A0-28"
    assert "You said ● supported" in again.said
    assert (
        dict(again.inputs["sentence"].options)[
            "✓ A0-28 · No fewer than 23 of 32 allies now put at least 2% of GDP into defence."
        ]
        == "A0-28"
    )


def test_how_sure_is_asked_for_and_starts_empty_each_time():
    panel = lab.judge()
    panel.inputs["verdict"].value = "supported"
    panel.commit()
    assert "Say how sure you are" in panel.said and lab.judgements().empty
    panel.inputs["sure"].value = 90
    panel.commit()
    assert panel.inputs["sure"].value is None
    panel._step(1)
    assert panel.inputs["sure"].value is None and panel.inputs["verdict"].value is None


def test_the_evidence_is_judged_without_the_verdict_and_both_judgements_are_drawn():
    panel = lab.judge()
    panel.inputs["sentence"].value = "A0-28"
    panel.inputs["verdict"].value, panel.inputs["sure"].value = "supported", 80
    panel.commit()
    assert "17 by NATO, July 2026" in words(panel) and "outdated" not in words(panel) and "Verdict" not in words(panel)
    assert lab.judgements(seen=True).empty
    panel.inputs["verdict"].value, panel.inputs["sure"].value = "outdated", 100
    panel.commit()
    assert "80% sure; with the evidence ◷ outdated, 100% sure. The ledger says the same." in panel.said
    assert "outdated" in words(panel)
    assert list(lab.judgements()["verdict"]) == ["supported"] and list(lab.judgements(seen=True)["verdict"]) == [
        "outdated"
    ]
    twin = lab.calibration().twin
    assert "80% sure on average" in twin and "With the evidence in view: 1 sentence judged: 100% sure" in twin


@pytest.fixture
def unread(monkeypatch):
    """A claim that nobody has verified: all of ours are by now, so one is taken for such."""
    way = claims.way
    monkeypatch.setattr(claims, "way", lambda row: "not verified" if row["id"] == "A4-23" else way(row))
    world._today.cache_clear()
    yield "A4-23"
    world._today.cache_clear()


def test_cards_of_the_lessons_stand_beside_the_picture(unread):
    claim.tested("A0-28").children[0].judged.value = "holds with a fix"
    claim.tested(unread).children[0].judged.value = "holds"
    seen = lab.calibration()._cards.value
    assert "you judged 1 sentence: the ledger stands on your side in 1." in seen, "the unverified one does not count"


def test_agreement_and_nearness_are_told_apart():
    assert "The ledger says the same" in judged("A0-28", "outdated").said
    assert "on the same side of the scale" in judged("A0-27", "supported").said


def test_what_nobody_verified_does_not_count(unread):
    assert "does not count" in judged(unread, "contradicted").said
    found = world.load("ledger")[["id", "tested", "verdict"]]
    assert measures.calibration(lab.judgements(), found).empty
    assert lab.calibration().twin.startswith("No sentence judged that counts yet.")
    judged("A0-28", "outdated", 100)
    assert lab.calibration().twin.endswith("1 that you judged is left out, because nobody has verified it.")


def test_the_list_is_walked_with_buttons_to_its_ends():
    panel = lab.judge()
    walked = [identifier for _, identifier in panel.inputs["sentence"].options]
    before, after = panel.children[0].children[1:]
    for button, place in ((after, 1), (after, 2), (before, 1)):
        button.click()
        assert panel.inputs["sentence"].value == walked[place]
    panel.inputs["sentence"].value = walked[0]
    panel._step(-1)
    assert "first sentence" in panel.said
    for _ in range(len(panel.inputs["sentence"].options)):
        panel._step(1)
    assert "last sentence" in panel.said


@pytest.mark.parametrize("identifier", sorted(evidence.BY_CLAIM))
def test_every_chart_of_evidence_draws_with_its_words(identifier):
    """As recorded: test_states.py draws each of them."""
    drawn = record.read("evidence")[identifier][""]
    assert identifier in set(LEDGER["id"]) and drawn["twin"] and drawn["source"] and drawn["table"] != NO_TABLE


def test_markup_in_a_claim_is_shown_as_text(monkeypatch):
    table = data.load("claims")
    table.loc[table["id"] == "A0-06", ["claim", "found", "caveat"]] = "<script>alert(1)</script>"
    load, row, by_id = data.load, data.row, table.set_index("id", drop=False)
    monkeypatch.setattr(data, "load", lambda name: table.copy() if name == "claims" else load(name))
    monkeypatch.setattr(data, "row", lambda name, key: by_id.loc[key] if name == "claims" else row(name, key))
    shown = words(judged("A0-06", "supported")) + cards.whole("A0-06")._repr_html_()
    assert "<script>" not in shown and "&lt;script&gt;" in shown


# Calibration ---------------------------------------------------------------------------------


def test_calibration_is_the_share_right_at_each_confidence():
    mine = pd.DataFrame(
        [
            ("A0-28", "outdated", 90),
            ("A0-27", "supported", 90),
            ("A0-29", "contradicted", 50),
            ("A4-23", "supported", 50),
        ],
        columns=["id", "verdict", "confidence"],
    )
    unread = LEDGER.assign(tested=LEDGER["tested"].mask(LEDGER["id"] == "A4-23", "not verified"))
    table = measures.calibration(mine, unread).set_index("confidence")
    assert list(table.loc[90, ["judged", "right", "near"]]) == [2, 1, 2] and table.loc[90, "share_right"] == 50
    assert list(table.loc[50, ["judged", "right", "near"]]) == [1, 0, 0], "the unverified one is left out"


def test_the_picture_is_drawn_kindly_when_empty_and_anew_on_demand():
    panel = lab.calibration()
    assert panel.twin.startswith("No sentence judged yet")
    judged("A0-28", "outdated", 100)
    panel.draw()
    assert panel.twin.startswith("1 sentence judged: 100% sure on average, the very verdict in 100%")


def test_a_verdict_stands_on_one_side_of_the_scale():
    assert sorted(verdict for side in measures.SIDES.values() for verdict in side) == sorted(claims.VERDICTS)
    assert {measures.verdict_side(verdict) for verdict in claims.VERDICTS} == set(measures.SIDES)


# Profiles and moving verdicts ----------------------------------------------------------------


@pytest.mark.parametrize("by", ["verdict", "kind", "tested"])
@pytest.mark.parametrize("article", ["all", *sorted(LEDGER["article"].unique())])
def test_a_profile_counts_every_sentence_once(article, by):
    table = measures.article_profile(LEDGER, by, article)
    assert table["count"].sum() == (len(LEDGER) if article == "all" else (LEDGER["article"] == article).sum())
    assert TABLES.ask(figures.article_profile, article=article, by=by).twin


@pytest.mark.parametrize("what", lab.CUTS)
def test_moving_verdicts_are_drawn_with_the_sentence_that_moves(what):
    figure = lab.moving_verdicts(what)
    assert "A0-28" in figure.table.index
    rows = [row for trace in figure.data for row in trace.y]
    told = [figure.table["claim"].str.startswith(row[1:12].replace("<br>", " ")).any() for row in rows]
    assert rows and all(told), "a row is called by its sentence"
    assert len({*rows}) < len(figure.table) or len(figure.table) == 1, "sentences that turn alike are one row"


def test_what_moved_shows_then_and_now():
    said = repr(lab.what_moved("defence_expenditure", "2024-06"))
    assert "[70 → 65]%" in said and "● supported → ◷ outdated" in said


# A sentence of one's own ---------------------------------------------------------------------

TABLES = World()
INDICATORS = [(table, label) for table, labels in measures.INDICATORS.items() for label in labels]


@pytest.mark.parametrize(("table", "label"), INDICATORS)
def test_every_table_and_measure_makes_sentences_with_source_edition_and_date(table, label):
    panel = lab.sentence()
    panel.controls["table"].value = table
    panel.controls["measure"].value = label
    for place, (_, edition) in enumerate(panel.controls["edition"].options):
        panel.controls["edition"].value = edition
        comparisons = [value for _, value in panel.controls["comparison"].options]
        for comparison in comparisons if place == 0 else comparisons[:1]:
            panel.controls["comparison"].value = comparison
            assert panel.message.value == ""
            assert "; read " in panel.twin and str(panel.figure.source).startswith("Source")
            assert any(
                end in panel.twin for end in ("holds.", "does not hold.", "cannot be said.", "countries with a figure")
            )


def test_a_sentence_holds_as_the_table_has_it():
    indicator = measures.INDICATORS["NATO: allies' defence spending"]["share of GDP"]
    rows = measures.indicator_rows(TABLES, indicator, "2026-07")
    shares = rows[rows["year"] == 2024].set_index("country")["value"]
    for country, share in shares.items():
        result = measures.own_sentence(rows, country, 2024, "at least", 2.0)
        assert result.holds == (share >= 2.0) and result.found[0].value == share
    counted = measures.own_sentence(rows, "", 2024, "how many reached", 2.0)
    assert counted.reached == ((shares >= 2.0).sum(), len(shares)) and counted.holds is None


def test_a_missing_figure_is_said_to_be_missing_and_a_tracked_donor_without_aid_has_zero():
    indicator = measures.INDICATORS["Kiel: aid to Ukraine"]["military aid"]
    rows = measures.indicator_rows(TABLES, indicator)
    missing = measures.own_sentence(rows, "Albania", 2024, "at least", 1.0)
    zero = measures.own_sentence(rows, "United States", 2026, "less than", 0.01)
    said = [
        figures.own_sentence(rows, indicator, "military aid", tested, "Kiel", data.own("nobody")).twin
        for tested in (missing, zero)
    ]
    assert missing.holds is None and "missing, which is not zero" in said[0]
    assert zero.holds is True and "0.00 billion" in said[1] and "only" in said[1]


def test_aid_by_year_adds_up_to_the_months():
    rows = measures.indicator_rows(TABLES, measures.INDICATORS["Kiel: aid to Ukraine"]["military aid"])
    assert rows["value"].sum() == pytest.approx(load("monthly_allocations")["military"].sum(), abs=0.5)


def test_a_choice_that_is_no_more_to_be_had_falls_back():
    panel = lab.sentence()
    panel.controls["who"].value, panel.controls["year"].value = "Canada", 2026
    panel.controls["table"].value = "Corruption and democracy"
    assert (
        panel.controls["who"].value == "Canada" and panel.controls["year"].value <= 2025 and panel.message.value == ""
    )
    panel.controls["comparison"].value = "more than another country"
    panel.controls["who"].value = panel.controls["other"].value
    assert panel.controls["who"].value != panel.controls["other"].value
