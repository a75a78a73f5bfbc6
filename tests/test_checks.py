"""Checks keep their promises: right by the tables, in an order of the learner's own, told why; and what comes of them."""

import collections
import html
import math

import nbformat
import pandas as pd
import pytest

import lessons
from alliance import checks, data
from alliance.lesson import answers, before, check, course, exercise, sentences
from alliance.words import unsealed
from alliance.world import World

IDS = checks.ids()
QUESTIONS = [checks.check(identifier) for identifier in IDS]
TWELVE = {form: checks.sentences(form) for form in checks.FORMS}
SHEETS = {"checks": [asked for asked in QUESTIONS if asked.kind == "one"], **TWELVE}
LEARNERS = [f"learner {number}" for number in range(12)]


@pytest.fixture(autouse=True)
def nobody(tmp_path, monkeypatch):
    """A learner who has answered nothing yet."""
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers.sqlite"))
    monkeypatch.setattr(answers, "_unsaved", {})


def learner(name):
    answers.keep(check.LEARNER, name)


def put(panel, answer):
    """Answer a check as a learner does, and press its button."""
    panel._put(answer)
    panel.look()


# The tables


@pytest.mark.parametrize("asked", [*QUESTIONS, *TWELVE["start"], *TWELVE["end"]], ids=lambda asked: asked.id)
def test_each_wrong_answer_has_a_reason_and_there_are_two_at_least(asked):
    wrong = (
        asked.slips
        if asked.kind == "number"
        else {key: asked.reasons[key] for key in asked.options if key not in asked.right}
    )
    assert len(wrong) >= 2 and all(wrong.values())
    assert asked.kind == "number" or all(asked.reasons[key] for key in asked.right)
    said = [asked.question, *asked.options.values(), *asked.reasons.values(), *asked.slips.values()]
    assert not any("{" in text for text in said), "words in braces were not filled in"


@pytest.mark.parametrize("asked", [asked for asked in QUESTIONS if asked.kind == "number"], ids=lambda asked: asked.id)
def test_each_slip_differs_from_the_right_number_and_from_the_others(asked):
    numbers = [asked.right, *asked.slips]
    assert all(map(math.isfinite, numbers)), "a slip has no number"
    near = [
        (one, other)
        for place, one in enumerate(numbers)
        for other in numbers[place + 1 :]
        if abs(one - other) <= 2 * max(asked.tolerance, abs(other) * 0.005)
    ]
    assert len(asked.slips) == data.load("checks")["check"].eq(asked.id).sum() - 1 and not near


@pytest.mark.parametrize("asked", [asked for asked in QUESTIONS if asked.kind != "number"], ids=lambda asked: asked.id)
def test_options_and_answers_are_those_of_the_kind(asked):
    assert len(set(asked.options.values())) == len(asked.options)
    assert len(asked.right) == 1 if asked.kind == "one" else 2 <= len(asked.right) < len(asked.options)


def test_the_table_decides_or_the_tables_of_the_data_do_never_both():
    table = data.load("checks")
    for identifier, rows in table.groupby("check"):
        if identifier in checks.ANSWERS:
            assert not (rows["right"].eq(True) & (rows["kind"] != "number")).any() or identifier == "05-2", identifier
        else:
            assert rows["right"].notna().all(), identifier
    strange = set(checks.ANSWERS) - set(table["check"]) - {asked.id for form in TWELVE.values() for asked in form}
    assert not strange, "an answer to no question"


@pytest.mark.parametrize("identifier", IDS)
def test_a_core_check_rests_on_a_core_section_and_any_on_one_that_is_there(identifier):
    asked = checks.check(identifier)
    path = next(path for path in lessons.PATHS if lessons.number(path) == asked.lesson)
    titles = [line for line in lessons.prose(path).splitlines() if line.startswith(f"## {asked.section}. ")]
    assert len(titles) == 1, f"{path.name} has no section {asked.section}"
    assert asked.core != titles[0].endswith("(optional)"), titles[0]


def test_each_lesson_has_three_to_five_checks_two_of_them_core():
    for lesson in {asked.lesson for asked in QUESTIONS}:
        core = [checks.is_core(identifier) for identifier in checks.ids(lesson)]
        assert 3 <= len(core) <= 5 and sum(core) >= 2, lesson


def test_the_two_forms_ask_for_the_same_in_other_words():
    for start, end in zip(TWELVE["start"], TWELVE["end"], strict=True):
        assert start.lesson == end.lesson and start.question != end.question
    table = data.load("sentences").drop_duplicates(["form", "number"])
    assert table.groupby("number")["misconception"].nunique().eq(1).all()
    assert table["misconception"].nunique() == 12


# By the data


def changed(name, change):
    return World(instead={name: change(data.load(name))})


MOVES = {
    "02-2": ("members", lambda table: table.assign(former_ussr=table["iso3"] == "POL"), frozenset({"POL"})),
    "03-1": ("treaty_articles", lambda table: table.assign(theme=table["theme"].shift(1)), frozenset({"5"})),
    "05b-1": ("public_opinion", lambda table: table.assign(question="one for all"), frozenset({"opinion"})),
    "08-3": (
        "institutions",
        lambda table: table.assign(cpi_score=table["cpi_score"].where(table["year"] < 2020, 60)),
        100,
    ),
    "10-1": (
        "arguments",
        lambda table: table.assign(kind=table["kind"].where(table["id"] != "arg-13", "predictive")),
        frozenset({"arg-01", "arg-13", "arg-28"}),
    ),
}


@pytest.mark.parametrize("identifier", MOVES)
def test_other_data_give_another_answer(identifier):
    name, change, right = MOVES[identifier]
    assert checks.check(identifier).right != right
    assert checks.check(identifier, changed(name, change)).right == right


def test_cash_is_measured_against_what_was_voted():
    def all_cash(table):
        return table.assign(usd_billions=table["usd_billions"].where(table["id"] != "usaid_dbs", 120.0))

    assert checks.sentence("start", 6).right == {"less"}
    assert checks.sentence("start", 6, changed("us_aid_totals", all_cash)).right == {"most"}


def test_an_answer_outside_the_options_is_an_error_that_names_the_check():
    def nowhere(table):
        return table.assign(theme=["consultation", *["else"] * (len(table) - 1)])

    with pytest.raises(ValueError, match="03-1 by the data, 1, is not among its options"):
        checks.check("03-1", changed("treaty_articles", nowhere))


def test_a_misspelt_id_is_told_the_close_ones():
    with pytest.raises(KeyError, match="no check '04_2'; did you mean 04-2"):
        check.check("04_2")


# The order


@pytest.mark.parametrize("name", LEARNERS)
@pytest.mark.parametrize("sheet", SHEETS)
def test_the_right_option_stands_equally_often_at_each_place(sheet, name):
    learner(name)
    places = collections.defaultdict(list)
    for asked in SHEETS[sheet]:
        places[len(asked.options)].append(check.order(asked).index(next(iter(asked.right))))
    for many, found in places.items():
        counts = [found.count(place) for place in range(many)]
        assert max(counts) - min(counts) <= 1, counts


def test_each_learner_has_an_order_and_keeps_it_over_a_restart():
    asked = checks.check("04-1")
    first = check.order(asked)
    assert check.order(asked) == first and sorted(first) == sorted(asked.options)
    orders = set()
    for name in LEARNERS:
        learner(name)
        orders.add(tuple(check.order(asked)))
    assert len(orders) > 4


@pytest.mark.parametrize("extreme", [max, min])
@pytest.mark.parametrize("sheet", SHEETS)
def test_length_does_not_tell_the_right_option(sheet, extreme):
    """The right one is the longest, and the shortest, in no more questions than chance has it."""
    told = [
        asked.id
        for asked in SHEETS[sheet]
        if asked.options[next(iter(asked.right))] == extreme(asked.options.values(), key=len)
        and [len(option) for option in asked.options.values()].count(len(asked.options[next(iter(asked.right))])) == 1
    ]
    chance = sum(1 / len(asked.options) for asked in SHEETS[sheet])
    assert len(told) <= chance, told


# Answering


def test_no_key_leaves_with_the_panel():
    for asked in QUESTIONS:
        panel = check.check(asked.id)
        bundle = panel._repr_mimebundle_()
        assert bundle["text/plain"] == f"Check yourself: {asked.question}"
        assert unsealed(bundle["text/x-answer"]) == asked.right_words


@pytest.mark.parametrize("key", ["imprecise", "contradicted"])
def test_each_option_is_told_why(key):
    panel = check.check("01-2")
    put(panel, key)
    opening = "Right." if key == "imprecise" else "Not this one."
    assert panel.said == html.escape(f"{opening} {panel.asked.reasons[key]}")


def test_each_wrongly_ticked_option_is_told_why():
    panel, said = check.check("09-2"), []
    for ticked in (["talk"], ["all", "talk"], ["all"], ["all", "power"], []):
        put(panel, ticked)
        said.append(html.unescape(panel.said))
    asked = panel.asked
    assert said[0] == said[1] == f"Not quite. “{asked.options['talk']}”: {asked.reasons['talk']}"
    assert said[2] == "So far so good, but 1 more belongs here."
    assert said[3].startswith("Right. ") and all(asked.reasons[key] in said[3] for key in ("all", "power"))
    assert said[4] == "Tick at least one answer first."


def test_what_is_ticked_or_typed_is_there_again_without_a_button():
    typed, ticked, chosen = check.check("06-2"), check.check("09-2"), check.check("04-2")
    typed._inputs[0].value = "4"
    ticked._boxes["talk"].value = True
    chosen._inputs[0].value = "less"
    assert [check.check(one)._take() for one in ("06-2", "09-2", "04-2")] == ["4", ["talk"], "less"]
    assert answers.kept(check.key("04-2")) is None, "a tick is no try"


def test_the_first_try_stays_and_counts():
    for answer in ("less", "open"):
        put(check.check("04-2"), answer)
    assert answers.first(check.key("04-2")) == {"answer": "less", "right": False}
    assert answers.kept(check.key("04-2")) == {"answer": "open", "right": True}


@pytest.mark.parametrize("empty", ["04-2", "09-2", "06-2"])
def test_nothing_chosen_is_no_try(empty):
    panel = check.check(empty)
    panel.look()
    assert panel.said.endswith("first.") and answers.kept(check.key(empty)) is None


@pytest.mark.parametrize("mark", [",", ".", ", %", ""])
def test_a_decimal_comma_is_a_decimal_point(mark):
    panel, right = check.check("08-3"), f"{checks.check('08-3').right:.1f}"
    whole, tenth = right.split(".")
    put(panel, f"{whole}{mark.replace(' %', '')}{tenth * bool(mark)}{' %' * mark.endswith('%')}")
    assert panel.said.startswith("Right: ")


@pytest.mark.parametrize("kept", [True, 3, "two", ["one"], {"one": 1}, [["one"]], {"answer": 3}], ids=repr)
@pytest.mark.parametrize("identifier", ["04-2", "09-2", "06-2"])
def test_a_check_opens_whatever_was_kept(identifier, kept):
    answers.keep(check.key(identifier), kept)
    check.check(identifier).look()


# Three from before


def test_nothing_comes_back_before_anything_was_done():
    assert before.before("05").asked == [] and before.NONE in str(before.before("05").children[0].value)


def test_three_come_back_the_longest_unseen_first_and_none_of_the_lesson_itself(monkeypatch):
    for second, identifier in enumerate(["02-1", "05-2", "01-2", "03-1", "04-2"]):
        put(check.check(identifier), None)
        monkeypatch.setattr(answers.datetime, "datetime", clock(second))
        put(check.check(identifier), next(iter(checks.check(identifier).options)))
    assert before.unseen("05") == ["02-1", "01-2", "03-1"]
    asked = before.before("05").asked
    assert [panel._take() for panel in asked] == [None] * 3, "they come back empty"
    monkeypatch.setattr(answers.datetime, "datetime", clock(30))
    put(asked[0], next(iter(asked[0].asked.right)))
    assert before.unseen("05") == ["01-2", "03-1", "04-2"]
    assert check.check("02-1", again=True)._take() is None, "and empty once more when they come back again"


def clock(second):
    """A clock that stands still."""
    real = answers.datetime.datetime

    class Clock(real):
        @classmethod
        def now(cls, zone=None):
            return real(2026, 11, 26, 8, 0, second, tzinfo=zone)

    return Clock


# Twelve sentences


def fill(form, right):
    """Answer a form with so many right answers, and count."""
    panel = sentences.sentences(form)
    for number, (asked, choice) in enumerate(zip(panel.asked, panel.choices, strict=True)):
        choice.value = next(key for key in asked.options if (key in asked.right) == (number < right))
    panel.count()
    return panel


def test_the_first_form_tells_the_count_beside_chance_and_nothing_else():
    panel = fill("start", 5)
    assert panel.said.startswith("You have 5 of 12. Who guesses blindly has 4 of 12, on average.")
    assert panel._result.value == ""
    told = [reason for asked in panel.asked for reason in asked.reasons.values() if reason in html.unescape(panel.said)]
    assert not told and all(choice.disabled for choice in panel.choices), "no second count, so no trying out"


def test_an_open_sentence_is_named_before_anything_is_counted():
    panel = sentences.sentences("start")
    for choice, asked in zip(panel.choices[2:], panel.asked[2:], strict=True):
        choice.value = next(iter(asked.options))
    panel.count()
    assert panel.said.startswith("Still open: 1 and 2.") and sentences.kept("start") is None
    assert sentences.sentences("start").choices[5].value == panel.choices[5].value, "what is chosen is kept"


def test_the_second_form_shows_before_and_after_with_reason_and_lesson():
    fill("start", 5)
    panel = fill("end", 9)
    assert "You have 9 of 12." in panel.said and "At the start you had 5." in panel.said
    table = sentences.side_by_side()
    assert [table[when].eq("✓ right").sum() for when in ("at the start", "now")] == [5, 9]
    shown = html.unescape(panel._result.value)
    for asked in panel.asked:
        assert asked.right_words in shown and asked.reasons[next(iter(asked.right))] in shown and asked.lesson in shown


def test_the_second_form_stands_without_the_first():
    assert "You left out the form at the start." in fill("end", 3).said


def test_chance_is_four_of_twelve():
    assert [round(sentences.chance(form), 9) for form in checks.FORMS] == [4, 4]


# My course


def test_my_course_opens_with_nothing_kept():
    assert repr(course.my_course()) == course.EMPTY


def test_my_course_counts_what_was_kept():
    asked = checks.ids("04")
    for identifier in filter(checks.is_core, asked):
        put(check.check(identifier), list(checks.check(identifier).right)[:1] if identifier == "04-1" else None)
    for identifier in asked:
        right = checks.check(identifier)
        answer = sorted(right.right) if right.kind == "several" else next(iter(right.right))
        put(check.check(identifier), answer)
    answers.keep("near How many?", True, lesson="04", kind="near")
    answers.keep("near How much?", False, lesson="06", kind="near")
    fill("start", 6)
    row = course.progress().set_index("lesson").loc["04"]
    assert [row[name] for name in ("begun", "done", "tried", "right", "near", "far")] == [
        True, True, len(asked), len(asked) - 1, 1, 0,
    ]  # fmt: skip
    card = course.my_course()
    said = repr(card)
    assert card._repr_html_().count("<tr>") == len(course.progress()) + 1 and "&lt;" not in card._repr_html_()
    right, lessons_ = f"{len(asked) - 1} of {len(asked)}", len(course.progress())
    assert f"Lessons begun: 2, done: 1, of {lessons_}." in said and f"Checks right at the first try: {right}." in said
    assert "Twelve sentences: 6 at the start; who guesses blindly has 4." in said
    assert f"04 · Who pays for what? | done | 1 | 0 | {right} | {len(asked)}" in said


def test_every_lesson_with_checks_has_its_title_in_my_course():
    assert set(course.progress()["lesson"]) == {asked.lesson for asked in QUESTIONS}


# For the teacher


def test_the_teachers_key_has_every_check_with_answer_and_reasons():
    table = checks.key_for_teachers()
    assert list(table["check"]) == IDS and table["answer"].str.len().gt(0).all()
    assert table["reasons"].map(len).ge(2).all()


# Exercises


def test_my_own_number_shows_the_right_one_where_only_tests_look():
    bundle = check.mine(16, right=17, unit="allies")._repr_mimebundle_()
    assert unsealed(bundle["text/x-answer"]) == "17 allies" and "17" not in bundle["text/plain"]


TABLE = pd.DataFrame({"share_of_gdp": [2.0], "year": [2024]})
STATES = pd.DataFrame({"country": ["Germany", "France"], "year": [2024, 2023], "share": [2.0, 2.1]})
BY_NAME = STATES.set_index("country")
BY_BOTH = STATES.set_index(["country", "year"])["share"]
LISTED = {"Bucharest": "2008-04-03"}


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (lambda: TABLE["shar_of_gdp"], "no column 'shar_of_gdp'. Did you mean 'share_of_gdp'?"),
        (lambda: TABLE[["year", "share"]], "no column 'share'. Did you mean 'share_of_gdp'?"),
        (lambda: TABLE.yaer, "no column 'yaer'. Did you mean 'year'?"),
        (lambda: TABLE["country"], "no column 'country'. It has share_of_gdp, year."),
        (lambda: TABLE.query("yaer == 2024"), "no column 'yaer'. Did you mean 'year'?"),
        (lambda: TABLE.groupby("yaer"), "no column 'yaer'. Did you mean 'year'?"),
        (lambda: TABLE.groupby("year")["share"], "no column 'share'. Did you mean 'share_of_gdp'?"),
        (lambda: TABLE.sort_values("yaer"), "no column 'yaer'. Did you mean 'year'?"),
        (lambda: TABLE.loc[TABLE["year"] > 2000, "share"], "no column 'share'. Did you mean 'share_of_gdp'?"),
        (lambda: TABLE.drop(columns="yaer"), "no column 'yaer'. Did you mean 'year'?"),
        (lambda: STATES.groupby(["country", "year", "yaer"]).size(), "no column 'yaer'. Did you mean 'year'?"),
        (lambda: STATES.groupby("year")[["country", "shar"]].sum(), "no column 'shar'. Did you mean 'share'?"),
        (lambda: STATES.sort_values(by=["year", "shar"]), "no column 'shar'. Did you mean 'share'?"),
        (lambda: STATES.agg({"shar": "sum"}), "no column 'shar'. Did you mean 'share'?"),
        (lambda: STATES.astype({"shar": str}), "no column 'shar'. Did you mean 'share'?"),
        (lambda: STATES.set_index("yaer"), "no column 'yaer'. Did you mean 'year'?"),
        (lambda: STATES.merge(TABLE, on="yaer"), "no column 'yaer'. Did you mean 'year'?"),
        (lambda: STATES.hed(), "Did you mean 'head'?"),
        (lambda: STATES["share"].maen(), "Did you mean 'mean'?"),
        (lambda: STATES.iloc[0]["yaer"], "called 'yaer'. Did you mean 'year'?"),
        (lambda: STATES.iloc[0].yaer, "called 'yaer'. Did you mean 'year'?"),
        (lambda: STATES.iloc[0][["yaer"]], "called 'yaer'. Did you mean 'year'?"),
        (lambda: next(STATES.itertuples()).yaer, "called 'yaer'. Did you mean 'year'?"),
        (lambda: BY_NAME.loc["Germny"], "no row 'Germny'. Did you mean 'Germany'?"),
        (lambda: BY_NAME.loc["Germny", "share"], "no row 'Germny'. Did you mean 'Germany'?"),
        (lambda: BY_NAME.loc["Germany", "shar"], "no column 'shar'. Did you mean 'share'?"),
        (lambda: BY_NAME.loc[["Germny", "France"]], "no row 'Germny'. Did you mean 'Germany'?"),
        (lambda: BY_NAME.at["Germny", "share"], "no row 'Germny'. Did you mean 'Germany'?"),
        (lambda: BY_NAME.drop("Germny"), "no row 'Germny'. Did you mean 'Germany'?"),
        (lambda: BY_NAME["share"]["Germny"], "called 'Germny'. Did you mean 'Germany'?"),
        (lambda: BY_BOTH["Germny", 2024], "called 'Germny'. Did you mean 'Germany'?"),
        (lambda: STATES.groupby("country").get_group("Germny"), "no group 'Germny'. Did you mean 'Germany'?"),
        (lambda: STATES.loc["Germny"], "table[table['country'] == 'Germany']"),
        (
            lambda: STATES.query("country == Germny"),
            "'country' with 'Germany' in it. A text stands in quotation marks.",
        ),
        (lambda: STATES[STATES["country"] == "Germny"].iloc[0], "No row is left here."),
        (lambda: STATES[STATES["country"] == "Germny"]["share"].to_numpy()[0], "No row is left here."),
        (lambda: STATES.iloc[9], "2 rows here, counted from 0 to 1."),
        (lambda: LISTED["Bucharst"], "called 'Bucharst'. Did you mean 'Bucharest'?"),
        (lambda: STATSE, "called 'STATSE'. Did you mean 'STATES'?"),  # noqa: F821
        (lambda: TABLE.drop(7), "no row 7. There are 0 to 0."),
        (lambda: TABLE.loc[7], "no row 7. There are 0 to 0."),
        (lambda: TABLE.query("year == @nothing"), ""),
        (lambda: {"a": 1}["b"], ""),
        (lambda: "text".nothing, ""),
        (lambda: [1, 2][5], ""),
        (lambda: nothing_like_it, ""),  # noqa: F821
    ],
)
def test_a_misspelt_name_is_met_by_a_sentence_and_other_errors_are_not(line, says):
    with pytest.raises((KeyError, AttributeError, NameError, IndexError)) as raised:
        line()
    said = exercise.misspelt(raised.value, raised.tb)
    assert says in said and bool(says) == bool(said)


def test_no_notebook_holds_a_key():
    for path in lessons.PATHS:
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                assert "check.one(" not in cell.source and "check.several(" not in cell.source, path.name


@pytest.mark.parametrize(
    ("value", "unit", "said"),
    [
        (1, "allies", "1 ally"),
        (1, "miles", "1 mile"),
        (2, "allies", "2 allies"),
        (1, "%", "1%"),
        (1, "EUR billion", "1 EUR billion"),
    ],
)
def test_one_is_singular(value, unit, said):
    assert f"Right: {said} by the data." == repr(check.mine(value, value, unit=unit))
