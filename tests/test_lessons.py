"""Each lesson has what a lesson needs, and says nothing that a table could make false."""

import re

import nbformat
import pytest

import lessons
import minutes
from alliance import data, words
from alliance.lesson.check import Check
from alliance.lesson.predict import Guess, Reveal

LESSONS = [pytest.param(path, id=path.stem) for path in lessons.LESSONS]
NOTEBOOKS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]

# Words that a sentence of ours does not use: American spelling, loaded names, and what needs a source beside it.
NOT_OURS = {
    r"\bdefense\b": "defence",
    r"\bKiev\b": "Kyiv",
    r"\bZelensky\b": "Zelenskyy",
    r"\bZelenskiy\b": "Zelenskyy",
    r"\bTurkey\b": "Türkiye",
    r"\bCzech Republic\b": "Czechia",
    r"\bfreeload": "no names for countries",
    r"\blaggard": "no names for countries",
    r"\bthe Ukraine\b": "Ukraine",
    r"\bas we can clearly see\b": "let the reader see",
    r"\bfavor\b": "favour",
    r"\bobviously\b": "show it",
    r"\bUkraine crisis\b": "war",
    r"\bautomatically defend": "each ally judges",
    r"\bsecurity guarantees of 1994\b": "assurances",
}
SHOWN = re.compile(r'figures\.(\w+)|load\("(\w+)"|"(A\d-\d+)"|(side_by_side)\(')  # what a cell shows, by its name
NUMBER = re.compile(
    r"(?<![\w.,€$£])(\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)\s*(%|per cent|percentage points?|billion|million|km|kilomet\w+|miles|allies|members|countries|states|dollars|euros|troops|soldiers|days|points)"
)


def headings(path):
    return [
        (len(marks), text.strip()) for marks, text in re.findall(r"^(#{1,6}) (.+)$", lessons.prose(path), re.MULTILINE)
    ]


def parts(path):
    """The cells of a notebook, Markdown cells cut before each heading."""
    for cell in lessons.book(path).cells:
        texts = (
            re.split(r"^(?=#{1,6} )", cell.source, flags=re.MULTILINE)
            if cell.cell_type == "markdown"
            else [cell.source]
        )
        yield from (nbformat.NotebookNode({**cell, "source": text}) for text in texts if text.strip())


def section(path, title):
    """The parts under the heading `title`, up to the next heading of its level or above."""
    found, level = [], 0
    for part in parts(path):
        first = re.match(r"(#{1,6}) (.+)", part.source) if part.cell_type == "markdown" else None
        if first and level and len(first[1]) <= level:
            break
        if first and first[2].strip() == title:
            level = len(first[1])
        if level:
            found.append(part)
    return found


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_says_its_question_articles_aims_and_minutes(path):
    opening = lessons.book(path).cells[0].source
    assert re.match(rf"# {lessons.number(path)} · \S", opening)
    for part in ("**The question.**", "**From the articles.**", "**You will**", "**Minutes.**"):
        assert part in opening, f"{path.name} lacks {part}"
    assert 2 <= len(re.findall(r"^- ", opening, re.MULTILINE)) <= 4, "two to four aims"
    core, listening, doing = (
        int(number) for number in re.search(r"Core: (\d+) \((\d+) \w+, (\d+) doing\)", opening).groups()
    )
    assert core == listening + doing <= 25 and doing * 2 >= core, (
        "25 minutes of core at most, half of them the learner's"
    )
    assert "Back another day? **Run ▸ Run All Cells**" in opening and 'glossary("edition")' in opening
    assert "current(" in lessons.set_up_and_rest(path)[0][0], "the data date is printed"


@pytest.mark.parametrize("path", LESSONS)
def test_a_lesson_has_its_parts(path):
    titles = [text for _, text in headings(path)]
    for part in (
        "Check yourself",
        "Exercises",
        "Worked answers",
        "What we do not know",
        "Discussion",
        "Key points",
        "Sources",
    ):
        assert part in titles, f"{path.name} lacks {part}"
    values = [value for _, value in lessons.shown(path)]
    assert sum(isinstance(value, Reveal) for value in values) >= 2, "predict before reveal at least twice"
    assert 3 <= sum(isinstance(value, Check) for value in values) <= 5, "three to five checks"
    exercises = "\n".join(cell.source for cell in section(path, "Exercises"))
    assert 2 <= len(re.findall(r"^\*\*\d\. ", exercises, re.MULTILINE)) <= 5, "two to four exercises"
    assert "check.mine(" in exercises, "one exercise changes a line of pandas"
    worked = [cell for cell in lessons.book(path).cells if cell.source.startswith("### Worked answers")]
    assert worked and worked[0].metadata.get("jp-MarkdownHeadingCollapsed"), "worked answers are folded away"
    assert any(cell.cell_type == "code" for cell in section(path, "Worked answers")), "a worked answer runs in CI"
    discussion = "\n".join(cell.source for cell in section(path, "Discussion"))
    assert len(re.findall(r"^\d\. ", discussion, re.MULTILINE)) == 2
    end = "\n".join(cell.source for cell in section(path, "Key points"))
    assert re.match(r"## Key points\n\n\*\*What can be said now\.\*\* \S", end), "an answer to the lesson's question"
    assert 3 <= len(re.findall(r"^- ", end, re.MULTILINE)) <= 5
    assert any(re.search(r"sources\(|publishers_of\(", cell.source) for cell in section(path, "Sources"))


@pytest.mark.parametrize("path", LESSONS)
def test_there_is_something_to_do_before_the_second_section(path):
    cells = lessons.book(path).cells
    sections = [
        place
        for place, cell in enumerate(cells)
        if cell.cell_type == "markdown" and re.search(r"^## \d", cell.source, re.MULTILINE)
    ]
    first = " ".join(cell.source for cell in cells[sections[0] : sections[1]] if cell.cell_type == "code")
    assert re.search(r"predict\.|explore\(|check\(|sorter|position", first), (
        f"{path.name}: nothing to do in its first section"
    )


@pytest.mark.parametrize("path", LESSONS)
def test_every_section_asks_for_a_reason_or_for_a_judgement_of_the_learner_s_own(path):
    for title in (text for _, text in headings(path) if re.match(r"\d+\. ", text)):
        said = "\n".join(cell.source for cell in section(path, title))
        assert "**Say what you see.**" in said or re.search(r"sorter\.|position\.", said), title


@pytest.mark.parametrize(
    "question", [pytest.param(row, id=row["id"]) for row in data.load("questions").to_dict("records")]
)
def test_every_question_of_the_articles_is_answered_in_its_section_by_what_its_row_names(question):
    path = next(path for path in lessons.PATHS if lessons.number(path) == question["lesson"])
    cells = section(path, question["section"])
    assert cells, f"{path.name} has no section {question['section']!r}"
    code = [cell.source for cell in cells if cell.cell_type == "code" and cell.outputs]
    there = {name for source in code for found in SHOWN.findall(source) for name in found}
    named = question["display"].split(";")
    assert set(named) <= there, f"{question['section']!r} has {words.named(sorted(there - {''}))}"
    assert not all(name[:2] in set(data.load("articles")["id"]) for name in named), "cards of claims alone"


def test_what_an_article_puts_as_a_heading_or_asks_outright_is_answered_in_a_core_section():
    asked = data.load("questions").query("form != 'implicit'")
    outside = asked[asked["section"].str.endswith("(optional)")]
    assert outside.empty, outside[["id", "lesson", "section"]].to_string()


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_prose_holds_no_number_that_a_table_could_make_false(path):
    claims = data.load("claims")
    quoted = {
        number
        for text in [*claims["claim"], *claims["value"].dropna()]
        for number in re.findall(r"\d+(?:\.\d+)?", str(text).replace(",", ""))
    }
    targets = {"2", "3.5", "5", "20", "100", "1000", "0"}
    typed = [
        f"{number} {unit}"
        for number, unit in NUMBER.findall(re.sub(r"<details>.*?</details>", "", lessons.prose(path), flags=re.DOTALL))
        if number.replace(",", "") not in quoted | targets
    ]
    assert not typed, f"{path.name}: typed in prose: {typed}"


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_links_and_pictures_and_headings_are_in_order(path):
    for target in re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", lessons.prose(path)):
        assert target.startswith("https://") or (lessons.FOLDER / target).exists(), f"{path.name} links to {target}"
    for target, anchor in re.findall(r"\]\(([\w.]+\.ipynb)#([^)]+)\)", lessons.prose(path)):
        assert anchor in [text.replace(" ", "-") for _, text in headings(lessons.FOLDER / target)], (
            f"{path.name} links to #{anchor} of {target}"
        )
    assert not re.search(r"!\[\]\(|<img(?![^>]*alt=\"[^\"]+\")", lessons.prose(path)), "a picture without words"
    levels = [level for level, _ in headings(path)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip(levels, levels[1:])), (
        f"{path.name}: a heading level is left out"
    )


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_words_are_ours(path):
    for pattern, better in NOT_OURS.items():
        found = re.search(pattern, lessons.prose(path), re.IGNORECASE if pattern.islower() else 0)
        assert not found, f"{path.name}: {found[0]!r} ({better})"


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_code_reads_as_sentences(path):
    for source in lessons.code_cells(path):
        assert not re.search(r"https?://|open\(|read_csv|pip install|\beval\b|\bexec\b|update_layout", source), (
            f"{path.name}: {source[:80]}"
        )
        assert max(map(len, source.splitlines()), default=0) <= 120, (
            f"{path.name}: a line too long to read: {source[:80]}"
        )


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_what_a_cell_shows_is_not_empty_and_its_numbers_are_as_people_write_them(path):
    shown = [
        "".join(output.get("data", {}).get("text/plain", output.get("text", "")))
        for cell in lessons.book(path).cells
        for output in cell.get("outputs", [])
    ]
    assert not [text for text in shown if "np." in text or not text.strip()]


def test_questions_to_the_learner_are_unique():
    asked = [
        value.question for path in lessons.PATHS for _, value in lessons.shown(path) if isinstance(value, Guess | Check)
    ]
    asked += [
        value.guess.question for path in lessons.PATHS for _, value in lessons.shown(path) if isinstance(value, Reveal)
    ]
    assert len(asked) == len(set(asked)), (
        f"asked twice, so that one answer would overwrite the other: {sorted({one for one in asked if asked.count(one) > 1})}"
    )


@pytest.mark.parametrize("path", NOTEBOOKS)
def test_code_is_folded_but_for_set_up_tables_to_look_at_and_exercises(path):
    section, first = "", True
    for cell in lessons.book(path).cells:
        if cell.cell_type == "markdown":
            section = (re.findall(r"^#{2,3} (.*)$", cell.source, re.MULTILINE) or [section])[-1]
            continue
        hidden = cell.metadata.get("jupyter", {}).get("source_hidden", False)
        looks = re.match(r"load\(|measures\.\w+\(load", cell.source)
        answers = re.match(r"writing\.box|tested|check\(|sorter\.", cell.source)
        in_sight = first or looks or (section.startswith(("Exercises", "Worked answers")) and not answers)
        assert hidden != bool(in_sight), (
            f"{path.name}: {cell.source.splitlines()[0]!r} is {'folded' if hidden else 'in sight'}"
        )
        first = False


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in lessons.PATHS[1:]])
def test_a_core_is_done_in_25_minutes_and_its_checks_in_8_by_a_slow_reader(path):
    """Others need 19 at most, as the guide says."""
    core = minutes.core(path)
    assert core.minutes(minutes.SLOW) <= 25 and core.minutes(minutes.OTHER) <= 19
    assert minutes.check_yourself(lessons.number(path)).minutes(minutes.SLOW) <= 8
