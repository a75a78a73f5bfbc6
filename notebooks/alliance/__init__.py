"""The small library behind the lessons of Alliance by Numbers."""

from . import claims, controls, data, figures, measures, words
from .chart import projector
from .controls import explore, show
from .lesson import coming_back, exercise, lab, position, predict, sorter, writing
from .lesson.before import before
from .lesson.cards import (
    article,
    current,
    glossary,
    how_current,
    questions_by_lesson,
    side_by_side,
    sources,
    tabled,
)
from .lesson.check import check
from .lesson.claim import tested
from .lesson.course import my_course
from .lesson.predict import after, reveal
from .lesson.sentences import sentences
from .lesson.setup import check_setup
from .lesson.sheet import pupils_sheet
from .lesson.teaching import answers_to_checks, twelve_sentences
from .lesson.work import my_work
from .world import World, ask, load, table

__all__ = [
    "after",
    "answers_to_checks",
    "article",
    "ask",
    "before",
    "check",
    "check_setup",
    "claims",
    "controls",
    "current",
    "data",
    "explore",
    "figures",
    "glossary",
    "how_current",
    "lab",
    "load",
    "measures",
    "my_course",
    "my_work",
    "position",
    "predict",
    "projector",
    "pupils_sheet",
    "questions_by_lesson",
    "reveal",
    "sentences",
    "show",
    "side_by_side",
    "sorter",
    "sources",
    "table",
    "tabled",
    "tested",
    "twelve_sentences",
    "words",
    "World",
    "writing",
]

exercise.meet_misspelt_columns()
coming_back.leave_word()
