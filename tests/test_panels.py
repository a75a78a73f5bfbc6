"""Panels answer in plain words: a step that fails, a guess, a check, a learner's own number."""

import asyncio
import concurrent.futures
import html
import re
import signal
import subprocess
import sys
import types

import ipywidgets
import numpy as np
import pandas as pd
import pytest

import lessons
from alliance import controls, data, explore, measures, position, words
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
    words = dict(title="Two years", subtitle="% of GDP", source=data.own("test", "", "2026"), twin=f"It is {height}.")
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


@pytest.mark.parametrize(
    "error",
    [
        KeyError("share"),
        ZeroDivisionError(),
        RuntimeError("a\nb"),
        ValueError("Why?"),
        ValueError("It is so."),
        OSError(2, "No such file"),
    ],
)
def test_any_failure_is_a_sentence(error):
    def draw(height):
        if height == 2:
            raise error
        return figure(height)

    panel = explore(draw, height=controls.slider("Height", 1, 5, value=1))
    panel.controls["height"].value = 2
    assert panel.message.value.startswith("This choice cannot be drawn: ")
    assert "No such file" in panel.message.value or not isinstance(error, OSError), "a number is no reason"
    said = html.unescape(panel.message.value)
    assert re.search(r"[^.?!\s][.?!] The chart still shows", said), "one mark ends the reason"
    assert ": ." not in said and ".." not in said and "''" not in said


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
    "ranking": (lambda: predict.ranking("In which order?", ["a", "b", "c"]), ["b", "a", "c"], ["b", "c", "a"], "1 of 3 in their place", "You put a 1 place too high and c 1 place too low"),
    "line": (lambda: predict.line("How did it go?", [2014, 2024], 0, 100, "%"), [[2014, 40.0], [2024, 60.0]], {2014: 50.0, 2024: 62.0}, "6.0 away from the data (%)", "over 2 years"),
}  # fmt: skip
KINDS = pytest.mark.parametrize(("ask", "guess", "answer", "says", "distance"), GUESSES.values(), ids=GUESSES)


def opened(panel):
    """The chart of a reveal, None while it hides it."""
    return panel.panel and panel.panel.chart


def bare(kept):
    """What `predict` keeps for a guess, without its words."""
    return kept and kept["guess"]


@KINDS
def test_nothing_is_shown_before_the_guess(ask, guess, answer, says, distance):
    panel = predict.reveal(ask(), figure(), answer)
    assert opened(panel) is None and panel._said.value == predict.Reveal.WAITING
    said = f"A guess is wanted: {panel.guess.question}\nRun this cell to make it. {predict.Reveal.WAITING}"
    assert panel.twin == said


@KINDS
def test_the_reveal_tells_the_distance(ask, guess, answer, says, distance):
    panel = predict.reveal(ask(), figure(), answer)
    panel.guess._put(guess)
    panel.guess.commit()
    said = html.unescape(panel._said.value)
    assert opened(panel) and says in said and distance in said, said
    assert not panel.guess._said.value, "one line says the guess, not two"


PAPER = {  # by kind: what is printed on a sheet for the guess to be written down
    "number": ["____ allies"],
    "decimal": ["____ %"],
    "choice": ["☐ up", "☐ down"],
    "counted": ["☐ a little", "☐ a lot"],
    "ranking": ["Number them; 1 stands on top.", "___ a", "___ b", "___ c"],
    "line": ["2014: ____ %", "2024: ____ %"],
}


@pytest.mark.parametrize("kind", GUESSES)
def test_a_guess_on_paper_has_a_place_for_each_part_of_it(kind):
    assert [re.sub("_{4,}", "____", line) for line in GUESSES[kind][0]().on_paper()] == PAPER[kind]


def test_a_line_a_little_above_the_data_is_told_to_be_above():
    line = GUESSES["line"][0]()
    assert "mostly above" in line.distance([[2014, 50.1]], {2014: 50.0}) and "mostly" not in line.distance(
        [[2014, 50.0]], {2014: 50.0}
    )
    assert "mostly below" in line.distance([[2014, 49.95]], {2014: 50.0})


@KINDS
def test_nothing_is_a_guess_before_it_is_touched(ask, guess, answer, says, distance):
    panel = predict.reveal(ask(), figure(), answer)
    panel.guess.commit()
    assert panel.guess.value is None and opened(panel) is None and answers.all() == []
    assert "first" in panel.guess._said.value or "moved nothing" in panel.guess._said.value
    panel.guess._put(guess)
    assert not panel.guess._said.value, "what was said stays after its cause is gone"


@KINDS
def test_the_first_guess_counts_and_a_later_one_is_kept_beside_it(ask, guess, answer, says, distance):
    panel = predict.reveal(ask(), figure(), answer)
    panel.guess._put(guess)
    panel.guess.commit()
    later = {
        "number": 30,
        "choice": "down" if guess == "up" else "a little",
        "ranking": ["c", "b", "a"],
        "line": [[2014, 1.0]],
    }
    panel.guess._put(later[panel.guess.kind] if panel.guess._fits(later[panel.guess.kind]) else 5.0)
    panel.guess.commit()
    assert f"Your first guess counts: {panel.guess.said(guess)}." in html.unescape(panel._said.value)
    [row] = [row for row in answers.all() if row["kind"] == panel.guess.kind]
    assert bare(row["first"]) == guess and bare(row["latest"]) == panel.guess.value != guess and row["first_time"]


@KINDS
def test_a_guess_with_the_answer_in_view_does_not_count(ask, guess, answer, says, distance):
    panel = predict.reveal(ask(), figure(), answer)
    panel._place.children[0].click()
    panel.guess._put(guess)
    panel.guess.commit()
    assert "You had seen the answer" in panel._said.value and not [
        row for row in answers.all() if row["kind"] == "near"
    ]


@KINDS
def test_what_is_begun_is_kept_and_is_no_guess(ask, guess, answer, says, distance):
    ask()._put(guess)
    again = predict.reveal(ask(), figure(), answer)
    assert again.guess._take() == guess and again.guess.value is None and opened(again) is None
    assert "no guess until you commit it" in again.guess._said.value


@KINDS
def test_a_second_guess_is_revealed_in_the_same_chart(ask, guess, answer, says, distance):
    panel = predict.reveal(ask(), figure(), answer)
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
    assert opened(predict.reveal(after, figure(), answer)), "a kept guess opens its reveal"


@KINDS
@pytest.mark.parametrize(
    "kept",
    [
        True,
        "x",
        1e9,
        [],
        ["a"],
        [1, "a", None],
        [[2014], [2024]],
        [[2014, "x"], [2024, 1]],
        [[2014, 1], [2024, 1e9]],
        {"a": 1},
    ],
    ids=repr,
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
    panel._place.children[0].click()
    assert opened(panel) and panel._said.value == ""
    assert opened(predict.reveal(predict.number("How many?", 0, 32), figure(), 17)), "it stays open the next day"


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
    assert answers.all() == []


def test_a_line_drawn_by_hand_fills_the_boxes():
    asked = predict.line("How did it go?", [2014, 2019, 2024], 0, 100, "%")
    asked._chart.drawn = [[2013.5, 20], [2019, 44], [2023.6, 150], [2021, -3]]
    assert asked._take() == [[2014, 22.2], [2019, 44], [2024, 100]]


def test_a_part_drawn_again_keeps_the_rest_and_a_part_alone_leaves_it_open():
    asked = predict.line("How did it go?", [2014, 2019, 2024], 0, 100, "%")
    asked._chart.drawn = [[2013.9, 50], [2019.2, 60]]
    assert [year for year, _ in asked._take()] == [2014, 2019]
    asked._chart.drawn = [[2018.8, 10], [2024, 20]]
    assert asked._take()[0] == [2014, 50.2] and asked._take()[1][1] < 15 and len(asked._take()) == 3


@pytest.mark.parametrize("years", [[2022, 2023, 2024, 2025], [1992, 1999, 2004, 2015, 2024], list(range(1999, 2027))])
def test_half_a_line_leaves_the_other_half_open_and_says_so(years):
    asked = predict.line("How did it go?", years, 0, 100, "%")
    middle = years[len(years) // 2]
    asked._chart.drawn = [[years[0], 20], [middle + 0.4, 60]]
    assert [year for year, _ in asked._take()] == [year for year in years if year <= middle]
    left = [year for year in years if year > middle]
    assert f"Open: {words.named(left)}." in asked._said.value
    [drawn] = asked._chart.figure["data"]
    assert drawn["x"][-1] == middle and predict.line("How did it go?", years, 0, 100, "%")._guess() == asked._guess()


@pytest.mark.parametrize("typed", ["22,5", "22.5", "½ 0,1"])
def test_a_question_for_a_count_takes_whole_numbers_only_and_says_so(typed):
    line, number = predict.line("How many?", [2014, 2024], 0, 40, "members"), predict.number("How many?", 0, 32)
    panels = predict.reveal(line, figure(), {2014: 28, 2024: np.int64(32)}), predict.reveal(number, figure(), 17)
    for box, panel in zip((line._boxes[2014], number._box), panels, strict=True):
        box.typed.value = typed
        panel.guess.commit()
        assert box.value is None and box.said.value == "A whole number, please." and opened(panel) is None
        box.typed.value = "22,0"
        assert box.value == 22 and not box.said.value
    line._chart.drawn = [[2014, 12.4], [2024, 31.7]]
    assert line._take() == [[2014, 12], [2024, 32]]
    measured = predict.number("How much?", 0, 32)
    predict.reveal(measured, figure(), 17.0)
    measured._box.typed.value = "22,5"
    assert measured._take() == 22.5, "what is measured has decimals"


def test_years_left_open_are_not_counted():
    panel = predict.reveal(
        predict.line("How did it go?", [2014, 2019, 2024], 0, 100, "%"), figure(), {2014: 50, 2019: 1, 2024: 1}
    )
    panel.guess._boxes[2014].typed.value = "70"
    panel.guess.commit()
    assert "On average your line is 20.0 away from the data (%), over 1 year, mostly above them." in panel._said.value
    assert "2 years that you left open are not counted." in panel._said.value


@pytest.mark.parametrize(("typed", "read", "says"), [
    ("81,5", 81.5, ""), ("0,5", 0.5, ""), ("12,5 %", 12.5, ""), ("abc", None, "“abc” is not one number"), ("", None, ""),
    ("1200", None, "From 0 to 100, please."), ("−1", None, "From 0 to 100, please."),
])  # fmt: skip
def test_every_number_box_reads_what_people_type(typed, read, says):
    line, number = predict.line("How?", [2014, 2024], 0, 100, "%"), predict.number("How many?", 0.0, 100.0, "%", 0.1)
    for box in (line._boxes[2014], number._box, controls.number("A number", 0, 100)):
        box.typed.value = typed
        assert box.value == read and says in html.unescape(box.said.value)


def test_a_box_has_room_beside_a_long_label_and_an_open_score_is_said():
    label = "Guess (% of all adults asked)"
    assert int(controls.number(label, 0, 100).typed.layout.width[:-2]) > 8.5 * len(label) + 60
    mine = controls.scores("Your scores:", measures.own_criteria, measures.option_names)
    mine._lists[0].value = 2
    for criterion in [name for _, name in mine.asked][1:]:
        mine._asked.value = criterion
        assert {box.index for box in mine._lists} == {0}, criterion  # "not scored"


def test_slider_and_box_of_a_guess_are_one():
    asked = predict.number("How much?", 0.0, 5.0, "%", 0.1)
    assert asked._box.value is None and "abn-unset" in asked._slider._dom_classes
    asked._slider.value = 1.3
    assert asked._take() == 1.3 and asked._box.typed.value == "1.3" and "abn-unset" not in asked._slider._dom_classes
    asked._box.typed.value = "4,2"
    assert asked._slider.value == 4.2
    asked._box.typed.value = ""
    assert asked._box.value is None and "abn-unset" in asked._slider._dom_classes


def test_a_guess_that_cannot_be_compared_says_so_and_the_next_one_works():
    panel = predict.reveal(predict.line("How did it go?", [2014, 2024], 0, 100, "%"), figure(), {1999: 50.0})
    panel.guess._put([[2014, 40.0], [2024, 60.0]])
    panel.guess.commit()
    assert "cannot be compared with the data" in panel._said.value
    panel.answer = {2014: 50.0}
    panel.guess.commit()
    assert opened(panel) and "away from the data" in panel._said.value


def test_an_item_stays_chosen_while_it_moves():
    asked = predict.ranking("In which order?", ["a", "b", "c"])
    up, down = asked.buttons
    up.click()
    assert asked._list.value == "a" and asked._said.value == "a: place 1 of 3.", "from the start the first is chosen"
    asked.commit()
    assert asked.value is None and "moved nothing" in asked._said.value
    asked._list.value = "c"
    up.click()
    assert asked._list.value == "c" and asked._said.value == "c: place 2 of 3."
    up.click()
    up.click()
    assert asked._take() == ["c", "a", "b"] and asked._said.value == "c: place 1 of 3."
    down.click()
    assert asked._take() == ["a", "c", "b"] and asked._list.value == "c"


def test_an_order_that_nobody_touched_is_a_guess_when_it_is_committed_twice():
    asked = predict.ranking("In which order?", ["a", "b", "c"])
    asked.commit()
    assert asked.value is None and "commit it once more" in asked._said.value
    asked.commit()
    assert asked.value == ["a", "b", "c"]


# One panel: the guess, then the chart with its controls


def tall(height=1, half=False):
    return figure(height)


def with_controls():
    height, half = controls.slider("Height", 1, 5, value=2), controls.switch("Half")
    return predict.reveal(predict.number("How high?", 0, 9, name="04-a"), tall, answer=2, height=height, half=half)


def guessed(panel, value=4):
    panel.guess._put(value)
    panel.guess.commit()
    return panel


def test_controls_come_with_the_chart_and_the_guess_is_drawn_where_it_was_asked():
    panel = with_controls()
    assert panel.panel is None and panel.figure.twin == "It is 2."
    panel = guessed(panel).panel
    assert list(panel.controls) == ["height", "half"] and len(panel.chart.figure["layout"]["shapes"]) == 1
    panel.controls["height"].value = 3
    assert panel.chart.words["twin"] == "It is 3." and not panel.chart.figure["layout"].get("shapes")
    panel.controls["height"].value = 2
    assert len(panel.chart.figure["layout"]["shapes"]) == 1 and not panel.message.value


def test_a_choice_called_answer_comes_in_a_panel_of_its_own():
    def draw(answer=1):
        return figure(answer)

    asked = predict.number("How high?", 0, 9, name="04-a")
    panel = guessed(predict.reveal(asked, explore(draw, answer=controls.slider("Answer", 1, 5, value=3)), answer=3))
    assert panel.panel.controls["answer"].value == 3 and "the data say 3" in panel._said.value


@pytest.mark.parametrize("order", ["guess first", "what waits first"])
def test_what_waits_opens_with_the_guess_in_whatever_order_the_cells_were_run(order):
    from alliance import tabled

    if order == "guess first":
        panel, waiting = with_controls(), predict.after("04-a", tabled(pd.DataFrame({"high": [2]})), explore(figure))
    else:
        waiting = predict.after("04-a", tabled(pd.DataFrame({"high": [2]})), explore(figure))
        panel = with_controls()
    assert not waiting.is_open and waiting.twin == predict.Waiting.WAITS
    bundle = waiting._repr_mimebundle_()
    assert bundle["text/plain"] == predict.Waiting.WAITS and "2" in words.unsealed(bundle["text/x-reveal"])
    guessed(panel)
    assert waiting.is_open and "<table" in waiting._place.children[0].value
    assert predict.after("04-a", tabled(pd.DataFrame({"high": [2]}))).is_open, "run again, it is open"


def test_a_cell_run_again_lets_go_of_the_panels_it_showed_before(monkeypatch):
    widgets, runs = ipywidgets.widgets.widget._instances, iter(range(100))

    def run():
        now = ("the cell", f"run {next(runs)}")
        monkeypatch.setattr(controls, "_running", lambda: now)
        return with_controls(), predict.after("04-a", explore(tall, height=1)), position.state("before"), len(widgets)

    (first, waits, stance, _), (again, _, still, count), last = run(), run(), run()
    assert last[-1] <= count and not waits.comm and not again.guess._box.typed.comm and last[0].comm, "widgets are left"
    assert stance is still and still.comm, "the one panel of a kernel stays"
    guessed(last[0])
    assert last[1].is_open and first.panel is again.panel is None, "what is gone is still told"


def test_a_panel_is_made_in_jupyterlites_kernel_which_takes_no_name_of_a_channel(monkeypatch):
    message = {"metadata": {"cellId": "the cell"}, "header": {"msg_type": "execute_request", "msg_id": "run 1"}}
    kernel = types.SimpleNamespace(get_parent=lambda: message)
    monkeypatch.setattr(controls, "get_ipython", lambda: types.SimpleNamespace(kernel=kernel))
    assert controls._running() == ("the cell", "run 1")


def test_what_waits_can_be_opened_without_a_guess_and_opens_the_others():
    panel, waiting = with_controls(), predict.after("04-a", figure(1))
    waiting._place.children[1].click()
    assert waiting.is_open and opened(panel)


def test_a_strange_name_of_a_guess_is_met_with_a_sentence():
    for call in (lambda: predict.after("four", 1), lambda: predict.number("How?", 0, 9, name="four")):
        with pytest.raises(ValueError, match="called by lesson and letter, like 04-a; 'four' is not"):
            call()


def test_a_guess_of_an_older_course_is_found_by_its_question():
    answers.keep("How high?", 4)
    assert opened(with_controls()) and with_controls().guess.value == 4


# Words and piles, kept as they are typed


def test_what_stands_under_a_sorted_claim_is_what_was_found_and_its_caveat():
    from alliance import claims, sorter

    rows = data.load("claims").set_index("id")
    computed = rows.loc[sorted(claims.RULES)]
    both = [computed.index[computed["caveat"].notna()][0], computed.index[computed["caveat"].isna()][0]]
    panel = sorter.claims("Which verdict?", " ".join(both))
    for one in both:
        caveat = "" if pd.isna(rows.loc[one, "caveat"]) else f" {rows.loc[one, 'caveat']}"
        assert panel._why[rows.loc[one, "claim"]] == f"{claims.finding(one).says}{caveat}"


def test_each_score_that_a_list_of_them_offers_can_be_given():
    scores = controls.scores("Yours", measures.own_criteria, measures.option_names)
    for _, value in scores.options:
        scores.value = value
        shown = {box.value for box in scores._lists}
        assert shown <= {score for _, score in scores.SET} and set(value[scores._place()]) == shown


def test_words_are_kept_as_they_are_typed():
    from alliance import writing

    writing.box("Your words: why?").text.value = "Because"
    desk = writing.desk("My verdict")
    desk.text.value = "Allies met 2% in 2024"
    assert writing.box("Your words: why?").text.value == "Because"
    assert (
        writing.desk("My verdict").text.value == "Allies met 2% in 2024"
        and "Kept on this computer" in desk.draft.line.value
    )


def in_a_kernel(coroutine):
    """Run it where a loop of its own runs, as in a kernel: in a thread, since the browser's tests leave theirs in this one."""
    with concurrent.futures.ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def test_what_is_typed_fast_is_written_once_a_second_and_the_last_of_it_is_kept(monkeypatch):
    from alliance import writing
    from alliance.lesson import drafts

    monkeypatch.setattr(drafts, "PAUSE", 0.2)
    written, save = [], answers._write
    monkeypatch.setattr(answers, "_write", lambda file: (written.append(answers.kept("Your words: why?")), save(file)))

    async def typing():
        box = writing.box("Your words: why?")
        for letter in range(1, 31):
            box.text.value = "x" * letter
        assert writing.box("Your words: why?").text.value == "x" * 30, (
            "run again within the second, the cell has it all"
        )
        await asyncio.sleep(0.3)

    in_a_kernel(typing())
    assert written == ["x", "x" * 30]


ENDED = """
import asyncio
from alliance import writing
async def typing():
    writing.box("Your words: why?").text.value = "Bec"
    writing.box("Your words: why?").text.value = "Because"
asyncio.run(typing())
"""


def test_the_last_letter_is_kept_when_the_kernel_is_shut_down_within_the_second():
    subprocess.run([sys.executable, "-c", ENDED], cwd=lessons.FOLDER, check=True, timeout=120)
    assert [row["latest"] for row in answers.all()] == ["Because"]


def test_piles_are_kept_without_a_button_and_what_was_said_goes_with_a_move():
    from alliance import sorter

    def sort():
        return sorter.sort("Which?", {"one": "a", "two": "b"}, ["a", "b"], {})

    panel = sort()
    panel.inputs["one"].value = "b"
    assert sort().sorted() == {"one": "b"}
    panel.compare()
    assert "Same as the ledger: 0 of 1" in panel._said.value
    panel.inputs["one"].value = "a"
    assert not panel._said.value and not panel._notes["one"].value


def test_reasons_of_a_position_survive_without_a_button_and_go_when_the_learner_would_rather_not_say():
    before = position.Position("before", position.ASKS["before"])
    before.inputs["reason"].value = "It deters."
    again = position.Position("before", position.ASKS["before"])
    assert again.inputs["reason"].value == "It deters." and again.value is None
    again.keep()
    assert "how far you agree" in again._said.value and again.inputs["agree"].value is None, (
        "nobody stands at 0 unasked"
    )
    again.inputs["agree"].slider.value = 3
    again.keep()
    assert "how sure" in again._said.value and again.value is None
    again.inputs["sure"].typed.value = "70"
    again.keep()
    assert (again.value["agree"], again.value["sure"]) == (3, 70)
    again.inputs["reason"].value = "It deters, I think."
    again._silent.value = True
    again._silent.value = False  # ticked by mistake: what was typed is not lost
    assert position.Position("before", position.ASKS["before"]).inputs["reason"].value == "It deters, I think."
    again._silent.value = True
    again.keep()
    assert answers.all() == []


KILLED = """
import os, signal, sys
from alliance import hand_in, position, predict, sorter, writing
writing.box("Your words: why?").text.value = "Because"
sorter.sort("Which?", {"one": "a"}, ["a", "b"], {}).inputs["one"].value = "b"
position.state("before").inputs["reason"].value = "It deters."
predict.line("How?", [2014, 2024], 0, 100, "%")._boxes[2014].typed.value = "81,5"
hand_in().name.value = "Ann"
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_is_typed_survives_a_kernel_that_is_killed():
    ended = subprocess.run([sys.executable, "-c", KILLED], cwd=lessons.FOLDER, timeout=120)
    assert ended.returncode == -signal.SIGKILL
    latest = {row["kind"]: row["latest"] for row in answers.all()}
    assert latest["words"] == "Because" and latest["piles"] == {"one": "b"} and latest["draft"] == [[2014, 81.5]]
    assert latest["position draft"]["reason"] == "It deters." and latest["name"] == "Ann"


def test_a_cell_run_before_the_first_one_says_so_in_words(tmp_path, monkeypatch, capsys):
    from IPython.core.interactiveshell import InteractiveShell

    from alliance.lesson import coming_back

    assert coming_back.leave_word(tmp_path) is None, "no other environment than the course's own is written to"
    monkeypatch.setattr(coming_back, "COURSE", tmp_path)
    file = coming_back.leave_word(tmp_path / ".venv")
    monkeypatch.chdir(lessons.FOLDER)
    monkeypatch.delitem(sys.modules, "alliance")
    shell = InteractiveShell()
    shell.run_cell(file.read_text(encoding="utf-8"))
    shell.run_cell("explore(1)")
    assert coming_back.SAYS in capsys.readouterr().out
    monkeypatch.chdir(tmp_path)
    shell.run_cell("explore(1)")
    assert "name 'explore' is not defined" in capsys.readouterr().out, "elsewhere, Python's own words"


# Cards to judge, and all of a learner's work


def test_a_judged_card_opens_and_its_first_judgement_counts():
    from alliance.lesson import claim

    card = claim.tested("A0-28").children[0]
    assert not card._evidence.value and "Verdict" not in card.twin
    card.judged.value = "holds"
    assert (
        "Verdict" in card._evidence.value and "You said: holds. The ledger says: holds with a fix." in card._said.value
    )
    card.judged.value = "holds with a fix"
    assert claim.judged() == {"A0-28": "holds"} and claim.tested("A0-28").children[0].judged.value == "holds"


def test_a_card_opened_without_judging_counts_for_nothing():
    from alliance.lesson import claim

    card = claim.tested("A0-28").children[0]
    card._skip.click()
    assert card._evidence.value and card.judged.disabled and claim.judged() == {} and claim.tally() == ""


def test_cards_are_stacked_and_added():
    from alliance.lesson import claim

    both = claim.tested("A0-28", "A0-30") + claim.tested("A1-095")
    assert [card.row["id"] for card in both.children] == ["A0-28", "A0-30", "A1-095"]
    bundle = both._repr_mimebundle_()
    assert "Verdict" in words.unsealed(bundle["text/x-answer"]) and "Verdict" not in bundle["text/plain"]


def test_my_work_lists_what_was_done_and_positions_only_if_ticked():
    from alliance import my_work, writing
    from alliance.lesson import claim

    assert my_work().twin.startswith("Nothing is kept yet.")
    panel = guessed(guessed(with_controls()), 3)
    claim.tested("A0-28").children[0].judged.value = "holds"
    writing.box("Your words: why?").text.value = "Because <b>of</b> it"
    stance = position.Position("before", position.ASKS["before"])
    stance.inputs["reason"].value, stance.inputs["sure"].value, stance.inputs["agree"].value = "It deters.", 60, 0
    stance.keep()
    work = my_work()
    for line in (
        "How high? 4; later: 3",
        "(A0-28) holds",
        "Your words: why? Because <b>of</b> it",
        "04 · Who pays for what?",
    ):
        assert line in work.twin, work.twin
    assert "&lt;b&gt;" in work._repr_mimebundle_()["text/html"] and "It deters." not in work.twin
    work.positions.value = True
    assert "It deters." in work.twin and panel.guess.value == 3


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


def test_a_closed_panel_follows_nothing_any_more():
    panel, other, heard = controls.Panel([]), controls.slider("Year", 1, 9, value=1), []
    panel.follow(other, "value", lambda change: heard.append(change["new"]))
    other.value = 2
    panel.close()
    other.value = 3
    assert heard == [2]
