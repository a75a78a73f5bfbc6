"""What a lesson asks agrees with what it shows: exercises with their worked answers, guesses with the chart that answers."""

import ast
import re
from numbers import Number

import numpy as np
import pandas as pd
import pytest
from IPython.core.interactiveshell import InteractiveShell

import lessons
from alliance import data, world
from alliance.lesson import check, exercise
from alliance.lesson.predict import Choice, Line, Ranking, Reveal, Waiting
from alliance.words import NUMBERS as SPELT
from alliance.world import World, load

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
ELSEWHERE = {  # numbers of questions that no chart has to show, and why
    "100": "of a hundred: a share",
    "1949": "the year of the treaty",
}
IN_OTHER_WORDS = {  # guesses whose answer a chart gives in other words
    "03-c": "once",
    "05-b": "a number of events, not their share",
    "06-e": "two sums, not their difference",
    "10-b": "two shares, not their difference",
}


def reveals(path):
    return [(number, value) for number, value in lessons.shown(path) if isinstance(value, Reveal)]


def words(figure):
    title = figure.layout.title
    return f"{title.text} {title.subtitle.text} {figure.twin}"


def said(text):
    """The numbers of a text, as texts without commas."""
    return {number.replace(",", "").rstrip(".") for number in NUMBER.findall(text)}


def told(label, meant):
    """The one number that an option says, in digits or as a word; `meant` where it says none, several, a part or a bound."""
    found = [float(number) for number in said(label)]
    found = found or [SPELT.index(word) for word in re.findall(r"\w+", label) if word in SPELT]
    unsaid = len(found) != 1 or re.search("third|quarter|half|tenth|more than", label)
    return meant if unsaid else found[0]


REVEALS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]


@pytest.mark.parametrize("path", REVEALS)
def test_years_and_percentages_of_a_question_stand_in_the_chart_that_answers_it(path):
    members = str(len(load("members")))
    for number, value in reveals(path):
        figure, question = value.figure, value.guess.question
        code = lessons.code_cells(path)[number - 1].replace(question, "")
        there = said(f"{words(figure)} {figure.note} {figure.table.to_string()} {code}") | {members, *ELSEWHERE}
        assert said(question) <= there, f"{path.name}, code cell {number}: {said(question) - there} of {question!r}"


@pytest.mark.parametrize("path", REVEALS)
def test_the_answer_to_a_guess_stands_in_the_chart_that_answers_it(path):
    for number, value in reveals(path):
        answer, figure, where = value.answer, value.figure, f"{path.name}, code cell {number}"
        if isinstance(value.guess, Choice) and value.guess._numbers is None:
            assert answer in value.guess._input.options, f"{where}: {answer!r} is not among the options"
        if isinstance(value.guess, Choice) and value.guess._numbers and isinstance(answer, int):
            assert answer in value.guess._numbers.values(), f"{where}: {answer} is not among the options"
        if isinstance(value.guess, Choice):
            for label, meant in (value.guess._numbers or {}).items():
                assert meant == told(label, meant), f"{where}: {label!r} counts as {meant}"
        if isinstance(value.guess, Ranking):
            items = value.guess._items
            assert set(answer) <= set(items), f"{where}: {set(answer) - set(items)} cannot be put in order"
            assert list(answer) != items or len(items) == 1, f"{where}: the order offered is the answer"
        if isinstance(value.guess, Line):
            asked, known = list(value.guess._boxes), list(answer.index if hasattr(answer, "index") else answer)
            assert asked == sorted(asked) and min(known) <= asked[0] < asked[-1] <= max(known), f"{where}: {asked}"
        if isinstance(answer, Number) and value.guess.name not in IN_OTHER_WORDS:
            shown = [abs(float(one) - answer) <= 0.5 * 10 ** -len(one.partition(".")[2]) for one in said(words(figure))]
            assert any(shown), f"{where}: the answer is {answer}; the chart says {words(figure)}"


EXERCISES = [
    pytest.param(path, id=path.stem) for path in lessons.PATHS if "check.mine" in "".join(lessons.code_cells(path))
]


TWO_WAYS = "07"  # its right answer is of the recommended lengths, the worked one of a single source: near today alone


def stretched():
    """Our world with each row's figures longer by a part of its own: a wrong filter is not right by chance there, too."""
    tables = {}
    for name in data.names():
        table = data.load(name)
        parts = 1 + (np.arange(len(table)) * 37 % 11) / 11
        columns = [one for one in table.select_dtypes("float") if one not in ("year", "number")]
        columns += ["days_to_ratify"] if "days_to_ratify" in table else []
        tables[name] = table.assign(**{column: table[column] * parts for column in columns})
    return World(instead=tables)


@pytest.mark.parametrize("of", [World, stretched], ids=["today", "other figures"])
@pytest.mark.parametrize("path", EXERCISES)
def test_a_worked_answer_is_what_its_exercise_asks_for(path, of, monkeypatch):
    if of is stretched and lessons.number(path) == TWO_WAYS:
        pytest.skip("near today alone")
    asked, tables = [], of()
    monkeypatch.setattr(
        check.check, "mine", lambda value, right, tolerance=0, unit="": asked.append((value, right, tolerance))
    )
    monkeypatch.setattr(world, "today", lambda: tables)
    namespace, cells = {}, lessons.book(path).cells
    for source in lessons.set_up_and_rest(path)[0]:
        lessons.run_cell(source, namespace)
    begin = next(place for place, cell in enumerate(cells) if "### Worked answers" in cell.source)
    tasks = [cell.source for cell in cells[:begin] if cell.cell_type == "code" and "check.mine" in cell.source]
    worked = [cell.source for cell in cells[begin:] if cell.cell_type == "code"][: len(tasks)]
    for task, solution in zip(tasks, worked, strict=True):
        lessons.run_cell(task, namespace)
        start, right, tolerance = asked.pop()
        answer = result(lessons.run_cell(solution, namespace))
        close = [abs(one - right) <= max(tolerance, 1e-9) for one in answer]
        assert any(close), f"{path.name}: {right} is asked for, the worked answer comes to {answer}:\n{solution}"
        assert of is stretched or start is ... or abs(start - right) > tolerance, (
            f"{path.name} is solved before it is begun:\n{task}"
        )


def result(value):
    """The numbers that a worked answer comes to: its number, the first of several, its rows, or those a chart says."""
    if isinstance(value, Waiting):  # it would tell a guess's answer
        value = value.contents[0]
    if isinstance(value, tuple):
        value = value[0]
    if hasattr(value, "shown"):
        return [float(number) for number in said(value.shown.twin)]
    return [
        value
        if isinstance(value, Number)
        else float(value)
        if hasattr(value, "item") and value.ndim == 0
        else len(value)
    ]


@pytest.mark.parametrize("path", EXERCISES)
def test_numbers_of_an_exercise_stand_in_its_cell_or_in_its_worked_answer(path):
    cells = lessons.book(path).cells
    begin = next(place for place, cell in enumerate(cells) if "### Worked answers" in cell.source)
    worked = " ".join(f"{cell.source} {cell.outputs}" for cell in cells[begin:] if cell.cell_type == "code")
    for place, cell in enumerate(cells[:begin]):
        if cell.cell_type == "code" and "check.mine" in cell.source:
            task = re.split(r"\n\n(?=\*\*\d)|^(?=\*\*\d)", cells[place - 1].source)[-1]
            asked = said(re.sub(r"^\*\*\d+\.|\(A\d\)|The essay[^.]*\.|\d+ (?=February|July)", "", task))
            there = said(f"{cell.source} {worked}".replace("-", " "))
            assert asked <= there, f"{path.name}: {asked - there} of {task}"


@pytest.mark.parametrize("path", REVEALS)
def test_each_number_asked_for_has_its_unit(path):
    for call in calls(path, "check.mine", "predict.number"):
        units = [*call.args[3:4], *(word.value for word in call.keywords if word.arg == "unit")]
        assert any(ast.unparse(unit) not in ("''", "0") for unit in units), f"{path.name}: no unit: {ast.unparse(call)}"


@pytest.mark.parametrize("path", REVEALS)
def test_a_place_for_words_is_called_as_its_exercise(path):
    cells, number = lessons.book(path).cells, lessons.number(path)
    for place, cell in enumerate(cells):
        for lesson, which, name in re.findall(r"Exercise (\w+)\.(\d+), ([^:\"]+):", cell.source):
            before = " ".join(one.source for one in cells[:place] if one.cell_type == "markdown")
            assert lesson == number and f"**{which}. {name}.**" in before, f"{path.name}: {cell.source}"


@pytest.mark.parametrize("path", REVEALS)
def test_events_side_by_side_stand_in_their_order(path):
    day = load("events").set_index("id")["date"]
    for call in calls(path, "side_by_side"):
        for told in (part for part in call.args if isinstance(part, ast.List)):
            days = list(day[ast.literal_eval(told)])
            assert days == sorted(days), f"{path.name}: {ast.unparse(told)}"


def calls(path, *names):
    """The calls of these functions in the code of a lesson."""
    nodes = (node for source in lessons.code_cells(path) for node in ast.walk(ast.parse(source)))
    return [node for node in nodes if isinstance(node, ast.Call) and ast.unparse(node.func) in names]


@pytest.mark.parametrize("server, is_set", (("voila/0.5", True), ("voila/0.5", False), ("", True)))
def test_under_voila_a_worked_answer_is_folded_and_a_table_of_the_core_or_in_a_notebook_stands_open(
    server, is_set, monkeypatch
):
    shell = InteractiveShell()
    monkeypatch.setattr(exercise, "get_ipython", lambda: shell)
    monkeypatch.setattr(check.Mine, "is_set", is_set)
    monkeypatch.setenv("SERVER_SOFTWARE", server)
    exercise.meet_learners()
    for value in (np.int64(9), 9, "nine & <b>ten</b>", (9, "9"), pd.Series([9]), pd.DataFrame({"allies": [9]})):
        bundle, _ = shell.display_formatter.format(value)
        assert bundle.get("text/html", "").startswith("<details>") == bool(server and is_set), value
        assert "9" in bundle["text/plain"] or "nine" in bundle["text/plain"]
        assert "<b>" not in bundle.get("text/html", "") and "np." not in bundle["text/plain"]


@pytest.mark.parametrize("path", lessons.PATHS, ids=lessons.number)
def test_what_code_prints_after_the_first_exercise_is_a_worked_answer_and_nothing_before_it_is(path):
    heading, is_set = "", False
    for cell in lessons.book(path).cells:
        if cell.cell_type == "markdown":
            heading = re.findall(r"^#+ (.*)", cell.source, re.MULTILINE)[-1:] or heading
            continue
        is_set = is_set or "check.mine(" in cell.source
        for printed in filter(is_printed, cell.outputs):
            assert (heading == ["Worked answers"]) == is_set, f"{heading}: {cell.source}"
            text = printed.data["text/plain"]
            assert "text/html" in printed.data or "dtype: " in text or ast.literal_eval(text), (
                "of a kind that is folded"
            )


def is_printed(output):
    """Whether an output is what a line of pandas gives: a number, words, a column or a table."""
    return output.output_type == "execute_result" and 'class="dataframe"' in output.data.get(
        "text/html", 'class="dataframe"'
    )
