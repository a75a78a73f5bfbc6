"""Before a commit nothing on the page says the answer; after it, everything opens, in whatever order the cells were run."""

import contextlib
import functools
import html
import json
import re
import sqlite3
import time

import ipywidgets as widgets
import pandas as pd
import pytest

import lessons
from alliance import claims, data, words
from alliance.chart import Chart
from alliance.controls import Explore, Said
from alliance.lesson import answers, live
from alliance.lesson.claim import Claims
from alliance.lesson.predict import Line, Number, Ranking, Reveal, Waiting

PATHS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]


@pytest.fixture(autouse=True)
def no_answers(tmp_path, monkeypatch):
    """A learner who has answered nothing yet."""
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers.sqlite"))
    monkeypatch.setattr(answers, "_unsaved", {})


def run(path):
    """What each cell of a lesson shows when all are run at once, answers of a text left folded: section and value."""
    namespace, found, section = {}, [], ""
    for cell in lessons.book(path).cells:
        if cell.cell_type == "markdown":
            section = ([section] + re.findall(r"^## .*", cell.source, re.MULTILINE))[-1]
            found.append((section, re.sub(r"<details>.*?</details>", "", cell.source, flags=re.DOTALL)))
        elif (value := lessons.run_cell(cell.source, namespace)) is not None:
            found.append((section, value))
    return found


def visible(value):
    """All that a reader of the page sees of what a cell shows, also where only its saved text is left."""
    seen = [_saved(value)]
    if isinstance(value, Chart):
        seen += [*map(str, value.words.values()), str(value.shown.table)]
    elif isinstance(value, widgets.HTML):
        seen.append(html.unescape(re.sub(r"<[^>]*>", " ", value.value)))
    elif isinstance(value, widgets.Widget):
        seen += [visible(part) for part in getattr(value, "children", ())]
    return "\n".join(seen)


def _saved(value):
    """The text, plain and HTML, that is saved in the file for a value."""
    if isinstance(value, str):
        return value
    if isinstance(value, widgets.Widget) and not hasattr(value, "twin") and not isinstance(value, Chart):
        return ""
    if isinstance(value, pd.DataFrame):
        return value.to_string()
    if not hasattr(value, "_repr_mimebundle_"):
        return repr(value) + re.sub(r"<[^>]*>", " ", getattr(value, "_repr_html_", str)())
    bundle = value._repr_mimebundle_()
    bundle = bundle[0] if isinstance(bundle, tuple) else bundle
    return " ".join(bundle.get(kind, "") for kind in ("text/plain", "text/html"))


def tellers(reveal):
    """What would tell the answer: the chart's sentence and title, and the answer with its unit."""
    told = [reveal.figure.twin, reveal.figure.layout.title.text]
    if isinstance(reveal.guess, Number):
        noun = reveal.guess._unit.split()[0] if reveal.guess._unit else ""
        told.append(f"{words.short(reveal.answer)} {noun}".strip())
    return [text for text in told if text]


def tells(text, seen):
    return text in seen and re.search(rf"(?<![\w.,]){re.escape(text)}(?!\w)", seen) is not None


def in_order(reveal, seen):
    """Whether a text names all that is to be ranked, in the right order."""
    if not isinstance(reveal.guess, Ranking):
        return False
    places = [seen.find(item) for item in reveal.answer]
    return -1 not in places and places == sorted(places)


def some_of_a_line(reveal, seen):
    """Whether a text has the values of two years or more of a line that is to be drawn; small counts may be anything."""
    if not isinstance(reveal.guess, Line):
        return False
    numbers = set(re.findall(r"\d+(?:\.\d+)?", seen.replace(",", "")))
    forms = [{f"{value:.{digits}f}" for digits in (0, 1, 2)} for value in dict(reveal.answer).values()]
    large = [{text for text in form if len(text.replace(".", "").lstrip("0")) > 2} for form in forms]
    return sum(bool(form & numbers) for form in large) > 1


@functools.cache
def read(path):
    """What a reader of an unanswered lesson sees, cell by cell: section, value and its text; and where it was run."""
    return answers.path(), [(section, value, visible(value)) for section, value in run(path)]


@pytest.mark.parametrize("path", PATHS)
def test_nothing_on_the_page_says_an_answer_before_its_guess(path, record_property):
    _, shown = read(path)
    spoiled, asked = [], 0
    for place, (section, reveal, _) in enumerate(shown):
        if not isinstance(reveal, Reveal):
            continue
        asked += 1
        telling = tellers(reveal)
        for other, (elsewhere, value, said) in enumerate(shown):
            for text in telling:
                if tells(text, said):
                    spoiled.append(
                        f"{reveal.guess.question!r}: output {other + 1} (the guess is {place + 1}) says {text[:90]!r}"
                    )
            if elsewhere == section and value is not reveal and in_order(reveal, said):
                spoiled.append(f"{reveal.guess.question!r}: output {other + 1} lists all in the right order")
            if value is not reveal and some_of_a_line(reveal, said):
                spoiled.append(f"{reveal.guess.question!r}: output {other + 1} has values of the line")
            if isinstance(value, Explore) and value.draw is reveal._draw:
                spoiled.append(f"{reveal.guess.question!r}: output {other + 1} draws the chart that the guess hides")
    record_property("guesses whose answer nothing on the page says", asked - len(spoiled))
    assert not spoiled, "\n".join(spoiled)


@pytest.mark.parametrize("path", PATHS)
def test_what_waits_for_a_guess_waits_for_one_that_is_asked_and_opens_with_it(path, monkeypatch):
    where, seen = read(path)  # before it is opened, for the other tests
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(where))
    shown = [value for _, value, _ in seen]
    reveals = {value.guess.name: value for value in shown if isinstance(value, Reveal)}
    waiting = [value for value in shown if isinstance(value, Waiting)]
    for panel in waiting:
        assert set(panel._gates) <= set(reveals), f"{path.name}: {set(panel._gates) - set(reveals)} is asked nowhere"
        assert not panel.is_open
    for reveal in reveals.values():
        reveal._place.children[0].click()
    assert all(panel.is_open for panel in waiting), path.name
    assert all(reveal.panel is not None for reveal in reveals.values()), path.name


def test_a_guess_is_called_by_its_lesson():
    for path in lessons.PATHS:
        for _, value in lessons.outputs(path):
            if isinstance(value, Reveal):
                assert value.guess.name.startswith(f"{lessons.number(path)}-"), f"{path.name}: {value.guess.question}"


def test_a_card_says_no_verdict_before_it_is_judged():
    from alliance import tested

    for identifier in data.load("claims")["id"]:
        seen = visible(tested(identifier)).replace(claims.claim(identifier)["claim"], "")
        assert "Verdict" not in seen and claims.finding(identifier).says not in seen, identifier


def test_no_place_to_write_is_left_in_a_text():
    for path in lessons.PATHS:
        assert not re.search(r"^\*(?:Your|Where I) [^*]*\*:? ?…?$", lessons.prose(path), re.MULTILINE), path.name
        assert "double-click here" not in lessons.prose(path), path.name


def test_saids_and_cards_are_seen():
    """Break the reader of this file: what is on a card or in a line is seen by `visible`."""
    from alliance import tested

    panel = tested("A0-28")
    assert "23 of 32 allies" in visible(panel) and isinstance(panel, Claims) and "x" in visible(Said("x"))
    panel.children[0].judged.value = "holds"
    assert "outdated" in visible(panel)


TELL = {  # cells that tell an answer in other words than the hidden chart's, and the guess that they wait for
    'tabled(load("summit_promises")': "05-a",
    "figures.support,": "05b-a 05b-b 05b-c",
    "figures.donor_bars,": "06-a",
    "figures.military_givers_by_month": "06-d",
    'tabled(load("front_and_aid"))': "06-c",
    "figures.border_calculator,": "07-a",
    'tabled(load("war_changes"))': "07-a",
    "explore(\n    figures.gap,": "08-c",
    "figures.options_with_my_score,": "09-c",
    'tabled(load("after_a_us_exit"))': "09-e",
    'tabled(load("reasons_why_not")': "10-a",
    "lab.what_moved(": "11-b",
}


@pytest.mark.parametrize("what", TELL)
def test_what_tells_an_answer_in_other_words_waits_for_its_guess(what):
    cells = [cell for path in lessons.PATHS for cell in lessons.code_cells(path) if what in cell]
    assert cells, f"no lesson shows {what}: take it off the list"
    assert all(cell.startswith(f'after("{TELL[what]}", ') for cell in cells), cells[0][:80]


HINTS = {  # what a lesson's own words once said of an answer, without its number
    "01-b": r"[Ff]ew (claims )?(are|is) \W*(plainly wrong|contradicted)|[Mm]ost sentences stand",
    "03-b": r"automatic answer|Automatic",
    "03-c": r"seldom used|used once",
    "04-b": r"most of the whole",
    "04-d": r"small part of the whole",
    "05-c": r"8 August 2008",
    "06-b": r"far smaller number",
    "07-b": r"many times over",
    "08-c": r"% of the way to the average",
    "09-a": r"nobody has to fight",
    "09-b": r"signed in 1994 to respect",
}


@pytest.mark.parametrize("name", HINTS)
def test_no_words_of_a_lesson_hint_at_the_answer_of_a_guess(name):
    path = next(path for path in lessons.PATHS if lessons.number(path) == name.split("-")[0])
    seen = re.sub(r"<details>.*?</details>", "", lessons.prose(path), flags=re.DOTALL)
    assert not re.search(HINTS[name], seen), f"{path.name} says the answer of {name} in other words"


@pytest.mark.parametrize("path", PATHS)
def test_words_of_worked_answers_are_folded(path):
    worked = lessons.prose(path).partition("### Worked answers")[2].partition("\n## ")[0]
    assert not re.sub(r"<details>.*?</details>", "", worked, flags=re.DOTALL).strip(), path.name


TOLD_FIRST = {"A1-028"}  # what was found is an event of the two lists that its lesson reads before


@pytest.mark.parametrize("path", PATHS)
def test_no_table_of_a_lesson_says_what_was_found_of_a_claim_that_is_to_be_judged_there(path):
    _, seen = read(path)
    for card in [card for _, value, _ in seen if isinstance(value, Claims) for card in value.children]:
        told = [place for place, (_, _, said) in enumerate(seen, 1) if card._found.says in said]
        assert not told or card.row["id"] in TOLD_FIRST, (
            f"{path.name}: output {told} says what was found of {card.row['id']}"
        )


# A class's guesses -------------------------------------------------------------------------------


@pytest.fixture
def class_folder(tmp_path, monkeypatch):
    """The answers of thirty learners, a file each, and four files that are none."""
    kinds = {
        "04-a": ("number", lambda n: float(n % 7)),
        "04-c": ("choice", lambda n: "abc"[n % 3]),
        "04-d": ("ranking", lambda n: ["x", "y", "z"][n % 3 :] + ["x", "y", "z"][: n % 3]),
        "04-b": ("line", lambda n: [[1949, float(n)], [2024, 30.5]]),
    }
    for learner in range(30):
        monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / f"learner{learner}.sqlite"))
        for name, (kind, guessed) in kinds.items():
            made = {"asked": "How many?", "guess": guessed(learner), "said": ""}
            made |= {"seen": True} if learner == 29 else {}
            assert not answers.keep(f"guess {name}", made, lesson="04", kind=kind)
        answers.keep(f"guess {name}", made | {"guess": 99}, lesson="04", kind=kind)
        answers.keep("Position before: x", {"agree": 5, "reason": "secret"}, lesson="10", kind="position")
    (tmp_path / "broken.sqlite").write_bytes(b"SQLite format 3\0 and then nothing of the kind" * 20)
    (tmp_path / "empty.sqlite").write_bytes(b"")
    with contextlib.closing(sqlite3.connect(tmp_path / "hostile.sqlite")) as file, file:
        file.execute(answers.TABLE)
        made = json.dumps({"asked": "<img src=x onerror=hacked()>", "guess": "Infinity"})
        file.execute("INSERT INTO kept VALUES ('04', 'number', 'guess 04-a', ?, '', ?, '', 2)", (made, made))
    return tmp_path


def test_thirty_learners_guesses_are_read_in_a_second_without_positions_or_names(class_folder, record_property):
    began = time.perf_counter()
    found, many, refused = live.guesses("04-a", class_folder)
    seconds = time.perf_counter() - began
    record_property("seconds to read a class of thirty", round(seconds, 3))
    assert seconds < 1 and many == 33
    assert sorted(guess for _, _, guess in found) == sorted(float(n % 7) for n in range(29))  # the 30th had looked
    assert [text.split(" ")[0] for text in refused] == ["broken.sqlite", "hostile.sqlite"]
    for name in ("04-a", "04-b", "04-c", "04-d"):
        panel = live.our_class(name, class_folder)
        assert "29 of 33 learners guessed before the answer was seen. Not read: broken.sqlite" in panel.said
        shown = json.dumps(panel._place.children[0].figure) + panel._place.children[0].shown.twin
        assert "secret" not in shown and "learner1" not in shown and "99" not in shown


UNREAD = [
    ("line", [[2014, 5.0], [2024, "x"]]), ("line", [[2014]]), ("line", []), ("ranking", ["a", "a"]), ("ranking", ["a", 1]),
    ("order", ["x" * 201, "y"]), ("choice", 3), ("number", True), ("number", float("inf")), ("number", "3"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "guess"), UNREAD, ids=str)
def test_what_is_no_guess_of_its_kind_is_not_taken_into_a_class(kind, guess):
    with pytest.raises(ValueError, match="cannot be read"):
        live._taken(kind, {"guess": guess})


def test_a_reading_again_shows_who_guessed_meanwhile(class_folder, monkeypatch):
    panel = live.our_class("04-c", class_folder)
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(class_folder / "late.sqlite"))
    answers.keep("guess 04-c", {"asked": "?", "guess": "late"}, lesson="04", kind="choice")
    panel.read()
    assert "30 of 34 learners" in panel.said
    assert "late" in set(panel._place.children[0].shown.table["said"])
