"""The template of a lesson is one: it runs, has the parts that a lesson needs, and keeps the rules of its words."""

import pathlib

import lessons
import test_lessons
from alliance.controls import Explore
from alliance.lesson.predict import Reveal

TEMPLATE = pathlib.Path(__file__).with_name("template.ipynb")
PARTS = ["Check yourself", "Exercises", "Worked answers", "What we do not know", "Discussion", "Key points", "Sources"]


def test_the_template_runs_and_shows_what_a_lesson_shows():
    values = [value for _, value in lessons.shown(TEMPLATE)]
    assert len(values) == len(lessons.code_cells(TEMPLATE)), "each cell shows something"
    kinds = [type(value) for value in values]
    assert Reveal in kinds and Explore in kinds
    assert len(lessons.set_up_and_rest(TEMPLATE)[0]) == 1


def test_the_template_has_the_parts_of_a_lesson():
    titles = [text for _, text in test_lessons.headings(TEMPLATE)]
    assert titles[0].startswith("12 · ") and set(PARTS) <= set(titles)


def test_the_template_keeps_the_rules_of_words():
    test_lessons.test_words_are_ours(TEMPLATE)
    test_lessons.test_code_reads_as_sentences(TEMPLATE)
    test_lessons.test_prose_holds_no_number_that_a_table_could_make_false(TEMPLATE)
    test_lessons.test_code_is_folded_but_for_set_up_tables_to_look_at_and_exercises(TEMPLATE)


def test_the_template_is_saved_clean():
    assert not any(cell.get("outputs") for cell in lessons.book(TEMPLATE).cells)
