"""Panels answer in plain words: a step that fails, a guess, a check, a learner's own number."""

import html

import numpy as np
import pandas as pd
import pytest

from alliance import controls, explore, words
from alliance.chart import Chart
from alliance.figures import style
from alliance.lesson import answers, check, predict


@pytest.fixture(autouse=True)
def no_answers(tmp_path, monkeypatch):
    """A learner who has answered nothing yet."""
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers.sqlite"))
    monkeypatch.setattr(answers, "_unsaved", {})


def figure(height=1, **layout):
    table = pd.DataFrame({"year": [2024, 2025], "share": [height, 2.0]})
    words = dict(title="Two years", subtitle="% of GDP", source="Source: test, 2026", twin=f"It is {height}.")
    trace = dict(type="bar", x=table["year"], y=table["share"])
    return style.figure([trace], table=table, **words, **layout)


# A callback that fails


def fails_at_two(height):
    if height == 2:
        raise ValueError("There is no edition <b>2</b>")
    return figure(height)


def test_a_step_that_fails_says_so_and_keeps_the_last_chart():
    panel = explore(fails_at_two, height=controls.slider("Height", 1, 5, value=1))
    panel.controls["height"].value = 2
    said = "This choice cannot be drawn: There is no edition <b>2</b>. The chart still shows the choice before."
    assert panel.message.value == html.escape(said)
    assert panel.chart.words["twin"] == "It is 1."


def test_the_step_after_a_failure_works_again():
    panel = explore(fails_at_two, height=controls.slider("Height", 1, 5, value=1))
    for height in (2, 3):
        panel.controls["height"].value = height
    assert panel.message.value == "" and panel.chart.words["twin"] == "It is 3."


@pytest.mark.parametrize("error", [KeyError("share"), ZeroDivisionError(), RuntimeError("a\nb"), ValueError("Why?")])
def test_any_failure_is_a_sentence(error):
    def draw(height):
        if height == 2:
            raise error
        return figure(height)

    panel = explore(draw, height=controls.slider("Height", 1, 5, value=1))
    panel.controls["height"].value = 2
    assert panel.message.value.startswith("This choice cannot be drawn: ")
    assert ": ." not in panel.message.value and ".." not in panel.message.value and "''" not in panel.message.value


def test_a_figure_that_cannot_be_sent_is_a_failure_too():
    def draw(height):
        return figure(height) if height != 2 else None

    panel = explore(draw, height=controls.slider("Height", 1, 5, value=1))
    for height, fine in ((2, False), (3, True)):
        panel.controls["height"].value = height
        assert (panel.message.value == "") == fine
    assert panel.chart.words["twin"] == panel.twin == "It is 3."


# Predict and reveal

GUESSES = {
    "number": (lambda: predict.number("How many?", 0, 32, "allies"), 20, 17, "20 allies; the data say 17", "3 too high"),
    "decimal": (lambda: predict.number("How much?", 0.0, 5.0, "%", 0.1), 1.5, 2.25, "1.5 %", "0.75 too low"),
    "choice": (lambda: predict.choice("Which?", ["up", "down"]), "up", "down", "You chose “up”", "the data say “down”"),
    "counted": (lambda: predict.choice("By how much?", {"a little": 10, "a lot": 50}), "a lot", 46.0, "You chose “a lot”", "so say the data"),
    "ranking": (lambda: predict.ranking("In which order?", ["a", "b", "c"]), ["b", "a", "c"], ["b", "c", "a"], "1 of 3 in their place", "1. b, 2. c, 3. a"),
    "line": (lambda: predict.line("How did it go?", [2014, 2024], 0, 100, "%"), [[2014, 40.0], [2024, 60.0]], {2014: 50.0, 2024: 62.0}, "6.0 away from the data (%)", "over 2 years"),
}  # fmt: skip
KINDS = pytest.mark.parametrize(("ask", "guess", "answer", "says", "distance"), GUESSES.values(), ids=GUESSES)


def opened(panel):
    """The chart of a reveal, None while it hides it."""
    return next((part for part in panel._place.children if isinstance(part, Chart)), None)


@KINDS
def test_nothing_is_shown_before_the_guess(ask, guess, answer, says, distance):
    panel = predict.reveal(ask(), figure(), answer)
    assert opened(panel) is None and panel._said.value == predict.Reveal.WAITING
    assert panel.twin == f"Your guess, please: {panel.guess.question} {predict.Reveal.WAITING}"


@KINDS
def test_the_reveal_tells_the_distance(ask, guess, answer, says, distance):
    panel = predict.reveal(ask(), figure(), answer)
    panel.guess._put(guess)
    panel.guess.commit()
    said = html.unescape(panel._said.value)
    assert opened(panel) and says in said and distance in said, said


@KINDS
def test_a_second_guess_is_revealed_in_the_same_chart(ask, guess, answer, says, distance):
    panel = predict.reveal(ask(), figure(), answer)
    panel.guess.commit()
    panel.guess._put(guess)
    panel.guess.commit()
    first = opened(panel)
    panel.guess.commit()
    assert opened(panel) is first and distance in html.unescape(panel._said.value)


@KINDS
def test_a_guess_is_kept_and_found_again(ask, guess, answer, says, distance):
    before = ask()
    before._put(guess)
    before.commit()
    after = ask()
    assert after.value == guess and after._take() == guess
    assert html.unescape(after._said.value).startswith("Your guess from last time: ")
    assert opened(predict.reveal(after, figure(), answer)), "a kept guess opens its reveal"


@KINDS
@pytest.mark.parametrize(
    "kept", [True, "x", 1e9, [], ["a"], [1, "a", None], [[2014], [2024]], [[2014, "x"], [2024, 1]], {"a": 1}], ids=repr
)
def test_a_kept_answer_that_no_longer_fits_is_left_alone(ask, guess, answer, says, distance, kept):
    answers.keep(ask().question, kept)
    again = ask()
    assert again.value is None or again._fits(kept)


def test_a_choice_wants_something_chosen():
    asked = predict.choice("Which?", ["up", "down"])
    asked.commit()
    assert asked.value is None and "Choose one first" in asked._said.value


def test_the_figure_opens_without_a_guess_too():
    panel = predict.reveal(predict.number("How many?", 0, 32), figure(), 17)
    panel._skip.click()
    assert opened(panel) and panel._said.value == ""


@pytest.mark.parametrize(("axis", "place"), [("x", "x0"), ("y", "y0")])
def test_a_guessed_number_is_drawn_where_the_quantity_lies(axis, place):
    panel = predict.reveal(predict.number("How many?", 0, 32), figure(value_axis=axis), 17)
    panel.guess._put(20)
    panel.guess.commit()
    shown = opened(panel).figure["layout"]
    assert [shape[place] for shape in shown["shapes"]] == [20]
    assert [note["text"] for note in shown["annotations"]] == ["your guess: 20"]
    assert not panel.figure.layout.shapes, "the figure behind the reveal stays as it was"


def test_a_guessed_line_is_drawn_beside_the_data():
    panel = predict.reveal(predict.line("How did it go?", [2014, 2024], 0, 100, "%"), figure(), {2014: 50.0})
    panel.guess._put([[2014, 40.0], [2024, 60.0]])
    panel.guess.commit()
    line = opened(panel).figure["data"][-1]
    assert line["name"] == "your line" and line["line"]["dash"] == "dash"


def test_a_line_that_nobody_drew_is_no_guess():
    panel = predict.reveal(predict.line("How did it go?", [2014, 2024], 0, 100, "%"), figure(), {2014: 50.0})
    panel.guess.commit()
    assert opened(panel) is None and "Draw a line first" in panel.guess._said.value
    assert answers.kept("How did it go?") is None


def test_a_line_drawn_by_hand_fills_the_boxes():
    asked = predict.line("How did it go?", [2014, 2019, 2024], 0, 100, "%")
    asked._chart.drawn = [[2013.5, 20], [2019, 44], [2023, 150], [2021, -3]]
    assert asked._take() == [[2014, 22.2], [2019, 44], [2024, 100]]


def test_a_guess_that_cannot_be_compared_says_so_and_the_next_one_works():
    panel = predict.reveal(predict.line("How did it go?", [2014, 2024], 0, 100, "%"), figure(), {1999: 50.0})
    panel.guess._put([[2014, 40.0], [2024, 60.0]])
    panel.guess.commit()
    assert "cannot be compared with the data" in panel._said.value
    panel.answer = {2014: 50.0}
    panel.guess.commit()
    assert opened(panel) and "away from the data" in panel._said.value


def test_an_item_moves_up_and_down_and_its_buttons_say_where():
    asked = predict.ranking("In which order?", ["a", "b", "c"])
    rows = asked._rows.children
    rows[1].children[0].click()
    assert asked._take() == ["b", "a", "c"] and asked._said.value == "Place 1: b."
    rows[1].children[1].click()
    assert asked._take() == ["b", "c", "a"] and asked._said.value == "Place 3: a."
    assert asked._rows.children == rows, "the rows stay, and with them the keyboard's focus"
    assert [row.children[2].value for row in rows] == ["1. b", "2. c", "3. a"]
    assert [row.children[0].tooltip for row in rows] == ["Move b up", "Move c up", "Move a up"]
    assert rows[0].children[0].disabled and rows[2].children[1].disabled


# Numbers


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("12.5", 12.5),
        ("12,5 %", 12.5),
        ("1,200", 1200),
        ("1 200", 1200),
        ("1,234,567.8", 1234567.8),
        ("€ 3.8 bn", 3.8),
        ("$413 billion", 413),
        ("about 20", 20),
        ("−0.5", -0.5),
        ("+7", 7),
        (".5", 0.5),
        ("1’200", 1200),
        ("16 allies", 16),
    ],
)
def test_a_number_is_read_as_people_write_it(typed, read):
    assert words.read_number(typed) == read


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("", "Type a number first."),
        ("   ", "Type a number first."),
        ("abc", "“abc” is not one number."),
        ("17 of 32", "“17 of 32” is not one number."),
        ("1.200,5", "can be read in two ways"),
        ("1.2.3", "can be read in two ways"),
        ("<b>", "“<b>” is not one number."),
        ("%", "“%” is not one number."),
    ],
)
def test_what_is_no_number_is_told_how_to_be_one(typed, says):
    with pytest.raises(ValueError) as raised:
        words.read_number(typed)
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (36.2, "Right: 36.4% by the data."),
        (63.6, "Not yet. That is the part of all the others."),
        (0.364, "100 times too small: look at the unit (%)"),
        (3640, "100 times too big: look at the unit (%)"),
        (36400, "1,000 times too big"),
        (40, "Not yet: 40 is too high. Look at the chart or the table again."),
        (-5, "Not yet: -5 is too low."),
        (1234567, "Not yet: 1,234,567 is too high."),
    ],
)
def test_a_wrong_number_is_told_what_went_wrong(value, says):
    slips = {63.6: "That is the part of all the others."}
    assert says in check.judged(value, 36.4, tolerance=0.5, unit="%", slips=slips)


def test_no_unit_is_blamed_where_nothing_is_right():
    assert check.judged(50, 0, tolerance=1) == "Not yet: 50 is too high. Look at the chart or the table again."


@pytest.mark.parametrize(
    "value", [17, 17.0, np.int64(17), np.float32(17), np.array([17]), pd.Series([17]), pd.Series([17]).sum()], ids=repr
)
def test_my_number_is_right_in_every_coat(value):
    assert str(check.mine(value, right=17, unit="allies")) == "Right: 17 allies by the data."


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (None, "Nothing to check yet"),
        (..., "Nothing to check yet"),
        (pd.DataFrame({"a": [1, 2]}), "it is a table. Count its rows with len()"),
        (pd.Series([1, 2]), "it is a column of numbers or words. Count its rows with len()"),
        (pd.Series([True]), "it is True or False"),
        (np.array([1, 2]), "it is a row of numbers or words"),
        ("17", "it is a text. Write numbers without quotation marks."),
        (True, "it is True or False. To count how often"),
        (np.True_, "it is True or False"),
        ([17], "it is a list"),
        (pd.Series([1, 2]).sum, "put brackets () at its end"),
        (float("nan"), "'not a number'"),
        (np.nan, "'not a number'"),
        (pd.NA, "'not a number'"),
        (pd.NaT, "'not a number'"),
        (18, "Not yet: 18 is too high."),
        (float("inf"), "Not yet: inf is too high."),
        (object(), "it is something else (object)"),
    ],
    ids=lambda value: type(value).__name__ if not isinstance(value, str) else value[:12],
)
def test_my_result_of_any_kind_is_answered_in_words(value, says):
    assert says in str(check.mine(value, right=17))


# Tables in words


def test_a_table_shows_what_a_person_reads():
    from alliance.chart import as_text

    table = pd.DataFrame(
        {"when_it_was": [pd.Timestamp("2024-02-29"), pd.NaT], "how_much": [1234.5, np.nan], "who": ["a", None]}
    )
    assert as_text(table) == {
        "columns": ["when it was", "how much", "who"],
        "rows": [["2024-02-29", "1,234.5", "a"], ["", "", ""]],
    }


def test_the_table_is_sent_when_it_is_asked_for_and_then_follows():
    chart = Chart(figure(1))
    assert chart.table == {}
    chart._answer(chart, "table", [])
    assert chart.table["rows"][0] == ["2024", "1"]
    chart.show(figure(3))
    assert chart.table["rows"][0] == ["2024", "3"]
