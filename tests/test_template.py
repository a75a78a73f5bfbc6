"""The template of a lesson is one: it runs, and keeps what the tests ask of every lesson."""

import pathlib
import shutil

import pytest

import lessons
import test_exercises
import test_guesses
import test_lessons
from alliance.controls import Explore
from alliance.lesson.predict import Reveal

TEMPLATE = pathlib.Path(__file__).with_name("template.ipynb")
PROMISES = (
    test_lessons.test_a_lesson_says_its_question_articles_aims_and_minutes,
    test_lessons.test_a_lesson_has_its_parts,
    test_lessons.test_there_is_something_to_do_before_the_second_section,
    test_lessons.test_prose_holds_no_number_that_a_table_could_make_false,
    test_lessons.test_links_and_pictures_and_headings_are_in_order,
    test_lessons.test_words_are_ours,
    test_lessons.test_code_reads_as_sentences,
    test_lessons.test_code_is_folded_but_for_set_up_tables_to_look_at_and_exercises,
    test_exercises.test_years_and_percentages_of_a_question_stand_in_the_chart_that_answers_it,
    test_exercises.test_the_answer_to_a_guess_stands_in_the_chart_that_answers_it,
    test_exercises.test_each_number_asked_for_has_its_unit,
    test_exercises.test_a_place_for_words_is_called_as_its_exercise,
)


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    """The template under the name that a lesson has."""
    return pathlib.Path(shutil.copy(TEMPLATE, tmp_path_factory.mktemp("notebooks") / "12_your_question.ipynb"))


def test_the_template_runs_and_shows_what_a_lesson_shows(copied):
    values = [value for _, value in lessons.shown(copied)]
    assert len(values) == len(lessons.code_cells(copied)), "each cell shows something"
    kinds = [type(value) for value in values]
    assert Reveal in kinds and Explore in kinds
    assert len(lessons.set_up_and_rest(copied)[0]) == 1


@pytest.mark.parametrize("promise", PROMISES, ids=lambda promise: promise.__name__.removeprefix("test_"))
def test_the_template_keeps_what_a_lesson_promises(copied, promise):
    promise(copied)


def test_nothing_on_the_template_says_an_answer_before_its_guess(copied, record_property, monkeypatch, tmp_path):
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers.sqlite"))
    test_guesses.test_nothing_on_the_page_says_an_answer_before_its_guess(copied, record_property)


def test_the_template_s_exercise_agrees_with_its_worked_answer(copied, monkeypatch):
    test_exercises.test_a_worked_answer_is_what_its_exercise_asks_for(copied, test_exercises.World, monkeypatch)


def test_the_template_is_saved_clean():
    assert not any(cell.get("outputs") for cell in lessons.book(TEMPLATE).cells)
