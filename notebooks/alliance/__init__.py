"""The small library behind the lessons of Alliance by Numbers."""

from . import claims, controls, data, figures, measures, words
from .chart import projector
from .controls import explore, show
from .lesson import coming_back, exercise, lab, position, predict, sorter, writing
from .lesson.before import before
from .lesson.cards import (
    current,
    glossary,
    how_current,
    questions_by_lesson,
    side_by_side,
    sources,
    tabled,
    the_articles,
)
from .lesson.check import check
from .lesson.claim import tested
from .lesson.course import my_course
from .lesson.handin import hand_in
from .lesson.predict import after, reveal
from .lesson.sentences import sentences
from .lesson.setup import check_setup
from .lesson.work import my_work
from .world import World, ask, load, table

__all__ = [
    "after",
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
    "hand_in",
    "how_current",
    "lab",
    "load",
    "measures",
    "my_course",
    "my_work",
    "position",
    "predict",
    "projector",
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
    "the_articles",
    "words",
    "World",
    "writing",
]

exercise.meet_misspelt_columns()
coming_back.leave_word()
