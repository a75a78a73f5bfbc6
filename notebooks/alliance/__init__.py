"""The small library behind the lessons of Alliance by Numbers."""

from . import claims, controls, data, figures, measures, words
from .chart import projector
from .controls import explore, show
from .lesson import check, lab, position, predict, sorter, writing
from .lesson.cards import (
    current,
    glossary,
    how_current,
    questions_by_lesson,
    side_by_side,
    sources,
    tabled,
    tested,
    the_articles,
)
from .lesson.predict import reveal
from .lesson.setup import check_setup
from .world import World, load, table

__all__ = [
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
    "position",
    "predict",
    "projector",
    "questions_by_lesson",
    "reveal",
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
