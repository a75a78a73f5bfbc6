"""The small library behind the lessons of Alliance by Numbers. The map of its rooms, each leaning only on those above:

    words         numbers, dates, lists, verdicts as people write them; plain text
    data          files of data/ to typed tables, checked as data/datapackage.json describes them
    world         tables by name, as of today, of an edition or of a day: functions ask for them in their signature
    measures      every computation that a lesson, a claim, a chart and a test share; tables in, tables out
    claims        a rule for each claim of the articles, the ledger of verdicts, what an edition made false
    checks        questions with a key, which the tables decide where they can
    figures       one function a chart: it draws the rows of a measure and words them; style, marks and maps beside it
    chart         the light widget that shows a figure (with chart.js and chart.css)
    controls      labelled controls around a chart (with keyboard.js and panel.css)
    lesson        what a lesson calls: predict and reveal, cards, checks, desks, the lab, and the answers that are kept
    sheets        a pupil's sheet a lesson, written as pages to print
    pages         the lessons as web pages that need no Python, and the class page

    publishers    a publisher's own file to rows of our tables
    update        an edition into data/, and a report of what became false

The way of a number: data, world, measures, figures, controls, a lesson's cell. tests/test_house.py holds the walls;
.github/CONTRIBUTING.md says where a new edition, chart, claim, check, lesson or article goes.
"""

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
from .lesson.drafts import keep
from .lesson.handin import hand_in
from .lesson.live import our_class
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
    "hand_in",
    "how_current",
    "keep",
    "lab",
    "load",
    "measures",
    "my_course",
    "my_work",
    "our_class",
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

exercise.meet_learners()
coming_back.leave_word()
