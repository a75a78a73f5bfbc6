"""Everything a reader meets is plain: short sentences, no idioms, easy text; what is left over waits in one place."""

import re
import statistics

import pytest

import lessons
import reading
from alliance import data
from alliance.lesson import lab

LONGEST = 40  # words
# Words and turns that a dictionary does not help with, and what to say instead.
IDIOMS = {
    r"mend(s|ed|ing)?": "repair",
    r"look what": "see what",
    r"by lots?": "at random",
    r"by turns": "one after the other",
    r"b(ear|ears|earing|ore) on": "speaks for or against",
    r"(ready )?at hand": "here",
    r"at a stroke": "in one step",
    r"sits? out": "leaves out",
    r"back row|last row": "at the back",
    r"what is the matter": "what is wrong",
    r"knock(s|ed|ing)? (at|on|for)": "asks to join",
    r"clout": "influence",
    r"for ever": "without end",
    r"dearest": "most expensive",
    r"fe?lls? through": "did not take place",
    r"in the wake of": "after",
    r"(nothing )?short of": "less than",
    r"off by one": "wrong by one",
    r"parts? ways": "differs",
    r"hangs? on (it|them)|result hangs on": "depends on",
    r"falls? away": "is left out",
    r"own till": "own money",
    r"at the table": "in talks",
    r"is on the table": "has been offered",
    r"on the spot": "there",
    r"at (first|second) hand": "directly",
    r"stands? in for": "is used in the place of",
    r"keeps? clear of": "avoids",
    r"make up with": "be friends with again",
    r"paid off|pays off": "was worth it",
    r"whichever way": "whether it is true",
    r"hand it on": "hand it in",
    r"gives? (no )?odds|set the odds": "says how likely",
    r"in a nutshell|by and large|rule of thumb|at first sight": "say it",
    r"boils? down|hinges? on|takes? stock|cuts? both ways": "say it",
    r"at odds with|at stake|let alone|once and for all|in due course": "say it",
    r"hitherto|albeit|whereby|thereby|inasmuch|notwithstanding|nonetheless": "a plainer word",
    r"tells? [a-z* ]{1,30} apart": "separates",
    r"put right": "corrected",
}
IDIOM = re.compile(rf"\b({'|'.join(IDIOMS)})\b", re.IGNORECASE)
COMPUTED = {"says": 76, "turns": 80, "twin": 74, "note": 78}  # the mean of what rules and charts compute, names apart
NAMED = {"missions.legal_ground"}  # resolutions and agreements by their names
CLAIMS = data.load("claims").set_index("id")


def test_no_sentence_that_a_reader_meets_has_more_than_forty_words():
    found = {
        sentence: place
        for place, text in reading.texts()
        for sentence in reading.sentences(text)
        if reading.length(sentence) > LONGEST
    }
    assert not found, "\n".join(f"{reading.length(one)} words, {place}: {one}" for one, place in found.items())


def test_what_stands_under_a_chart_has_forty_words_at_most_in_every_state_on_record():
    found = {}
    for path in lessons.PATHS:
        for what, _, seen in reading.states(lessons.number(path)):
            if reading.length(seen.get("twin", "")) > LONGEST:
                found[f"{lessons.number(path)}, {what}"] = seen["twin"]
    assert not found, found


def test_no_idiom_stands_where_a_reader_meets_it():
    found = {place: said[0] for place, text in reading.texts() if (said := IDIOM.search(text))}
    assert not found, f"say it plainly: {found}"


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in lessons.PATHS])
def test_the_text_of_a_lesson_is_easy_to_read(path):
    assert reading.ease(lessons.prose(path)) >= reading.EASY


@pytest.mark.parametrize(("part", "least"), COMPUTED.items())
def test_what_code_says_is_easy_to_read(part, least):
    """The first state on record of each finding and each chart; labels and titles are too short to be measured."""
    names, found = sorted(path.stem for path in reading.RECORD.glob("*.jsonl")), {}
    for name in names if part == "twin" else ["findings"]:
        for what, _, seen in reading.states(name):
            if seen.get(part) and reading.LETTERS.search(seen[part]):
                found.setdefault((name, what), reading.ease(seen[part]))
    assert statistics.mean(found.values()) >= least, sorted(found, key=found.get)[:10]


def test_a_column_of_sentences_in_a_table_is_plain():
    cells = {}
    for place, text in reading.tables():
        cells.setdefault(place, []).append(text)
    said = {place: texts for place, texts in cells.items() if place not in NAMED and len(texts) > 3}
    said = {place: texts for place, texts in said.items() if sum(map(reading.length, texts)) >= 9 * len(texts)}
    hard = {place: round(ease) for place in said if (ease := reading.ease("\n\n".join(said[place]))) < reading.PLAIN}
    assert not hard, f"columns harder than {reading.PLAIN}: {hard}"


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in lessons.LESSONS])
def test_more_sentences_wait_in_lesson_11_under_the_topic_of_the_lesson(path):
    """One pattern in all lessons; that the lab lists every claim by topic is tested with the lab."""
    text, lesson = lessons.prose(path), lessons.number(path)
    assert lesson in lab.TOPICS, f"lesson {lesson} has no topic in TOPICS of alliance/lesson/lab.py"
    assert text.count(f"(11_fact_check_lab.ipynb#2.-You-are-the-checker), under *{lab.TOPICS[lesson]}*.") == 1
    assert not re.search(r"^## .*more sentences", text, re.MULTILINE | re.IGNORECASE)
    assert (CLAIMS["lesson"] == lesson).any(), f"no claim of data/claims.csv has lesson {lesson}: nothing waits there"
