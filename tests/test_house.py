"""The walls of the house: which room may lean on which, what a figure may do, how long a function may be."""

import ast
import collections
import functools
import json
import pathlib
import re

import pytest
import yaml  # comes with jupyterlab
from radon.complexity import cc_visit

HOUSE = pathlib.Path(__file__).parents[1] / "notebooks" / "alliance"
FILES = sorted(HOUSE.rglob("*.py"))

# Each room with those it may lean on, as the map in alliance/__init__.py draws them: no arrow runs back.
ROOMS = {
    "words": "",
    "data": "words",
    "world": "data words",
    "measures": "data words world",
    "claims": "data words world measures",
    "checks": "data words world measures claims",
    "figures": "data words measures",
    "chart": "data words figures",
    "controls": "data words world figures chart",
    "lesson": "data words world measures claims checks figures chart controls",
    "pages": "data words world measures claims checks figures chart controls lesson",
    "sheets": "lesson",
    "publishers": "data words",
    "update": "data words world claims checks publishers",
}
STATISTICS = {
    "groupby", "merge", "pivot", "pivot_table", "median", "mean", "corr", "rank", "quantile", "cumsum", "describe",
    "std", "var",
}  # fmt: skip
SEARCHES = {"contains", "match", "fullmatch", "extract", "extractall", "findall", "search", "finditer", "split"}
TYPED = re.compile(
    r"20\d\d(-\d\d){1,2}"  # an edition, a day
    r"|R\d\d(-preview)?"  # a release of Kiel
    r"|(January|February|March|April|May|June|July|August|September|October|November|December) 20\d\d"
)
LONGEST, MOST_COMPLEX, WIDEST = 50, 12, 120


def name_of(path):
    return ".".join(path.relative_to(HOUSE).with_suffix("").parts)


def room(path):
    return path.relative_to(HOUSE).with_suffix("").parts[0]


@functools.cache
def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def nodes(path):
    """All nodes of a file's code, in the order of `ast.walk`."""
    return tuple(ast.walk(tree(path)))


def files(*rooms):
    """A parameter for each file of these rooms; of the whole house if none is named."""
    some = [path for path in FILES if not rooms or room(path) in rooms]
    return pytest.mark.parametrize("path", some, ids=name_of)


def calls(path):
    """Each call in a file: line, and its name as written ('data.load', 'rows.groupby')."""
    for node in nodes(path):
        if isinstance(node, ast.Call):
            yield node.lineno, ast.unparse(node.func)


def texts(path):
    """Each string in a file's code, docstrings apart: line and text."""
    told = set()
    for node in nodes(path):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            told.add(node.body[0].value)
    for node in nodes(path):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in told:
            yield node.lineno, node.value


def imported(path):
    """Each room of the house that a file imports from: line and room."""
    package = [*path.relative_to(HOUSE).parts[:-1]]
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1] + (node.module.split(".") if node.module else [])
            for alias in node.names:
                yield node.lineno, [*base, alias.name][0]
        elif isinstance(node, ast.Import | ast.ImportFrom):
            found = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module]
            assert not any(name.split(".")[0] == "alliance" for name in found), (
                f"{name_of(path)}: {found}, not relative"
            )


# Arrows ---------------------------------------------------------------------------------------


@files()
def test_a_room_leans_only_on_rooms_to_its_left(path):
    here = room(path)
    if here in ("__init__", "__main__"):
        return  # the front door opens on every room
    wrong = [f"line {line}: {other}" for line, other in imported(path) if other not in {here, *ROOMS[here].split()}]
    assert not wrong, f"{name_of(path)} imports {wrong}"


def test_no_arrow_of_the_map_runs_in_a_circle():
    seen = set()
    for here, others in ROOMS.items():
        assert set(others.split()) <= seen, f"{here} leans on a room drawn after it"
        seen.add(here)


@files()
def test_inside_the_house_names_are_imported_one_by_one(path):
    stars = [node.lineno for node in nodes(path) if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"]
    assert not stars, f"{name_of(path)}, line {stars}: import *"


# A figure draws -------------------------------------------------------------------------------


@files("figures")
def test_a_figure_loads_nothing(path):
    wrong = [f"line {line}: {name}" for line, name in calls(path) if re.search(r"\b(load|newest|load_outlines)$", name)]
    assert not wrong, f"{name_of(path)} {wrong}; ask for the table by name"


@files("figures")
def test_a_figure_computes_no_statistic(path):
    wrong = [f"line {line}: {name}" for line, name in calls(path) if name.split(".")[-1] in STATISTICS]
    assert not wrong, f"{name_of(path)} {wrong}; a measure computes it"


@files("figures")
def test_a_figure_holds_no_edition_year_or_day(path):
    wrong = [f"line {line}: {text!r}" for line, text in texts(path) if TYPED.fullmatch(text)]
    for node in nodes(path):
        if isinstance(node, ast.Constant) and type(node.value) is int and 2014 <= node.value <= 2035:
            wrong.append(f"line {node.lineno}: {node.value}")
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "data.own":
            wrong += [
                f"line {node.lineno}: {part.value}"
                for part in node.args
                if re.search(r"\d{4}", str(getattr(part, "value", "")))
            ]
    assert not wrong, f"{name_of(path)} {wrong}; it comes from the rows it shows"


MOVING = re.compile(r"\b20(2[4-9]|[3-9]\d)\b")  # years whose figures, editions and events tables still change
MEANT = {  # such years that no table holds
    "by 5% by 2035, of which": "the year in which a goal ends, as leaders agreed it",
    "pledged since August 2025": "a value of the column `measure` of data/purl.csv",
    "October 2024": "the month of a loan, known from the publisher's notes",
    "python -m alliance": "an example of a command",
    "press, 2024": "when the press wrote what a note says",
}


@files("figures", "measures", "claims", "checks", "lesson")
def test_no_words_have_a_year_typed_that_a_table_can_move(path):
    documented = {
        id(node.body[0].value)
        for node in nodes(path)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and isinstance(node.body[0], ast.Expr)
    }
    wrong = [
        f"line {node.lineno}: {node.value!r}"
        for node in nodes(path)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in documented
        and " " in node.value
        and MOVING.search(node.value)
        and not any(known in node.value for known in MEANT)
    ]
    assert not wrong, f"{name_of(path)} {wrong}; it comes from the rows that the words are about"


TABLES_OF_WORDS = {"after_a_us_exit", "duties_by_promise", "stall_reasons", "summit_promises"}  # shown as tables


@files("measures")
def test_a_measure_writes_no_sentence(path):
    """It returns what the table has; a figure, a rule or a lesson words it."""
    raised = {id(part) for node in nodes(path) if isinstance(node, ast.Raise) for part in ast.walk(node)}
    wrong = [
        f"line {node.lineno}: {node.values[-1].value!r}"
        for function in nodes(path)
        if isinstance(function, ast.FunctionDef) and function.name not in TABLES_OF_WORDS
        for node in ast.walk(function)
        if isinstance(node, ast.JoinedStr)
        and id(node) not in raised
        and str(getattr(node.values[-1], "value", "")).rstrip().endswith(".")
    ]
    assert not wrong, f"{name_of(path)} {wrong}"


@files("figures")
def test_marks_name_columns(path):
    numbered = [f"line {line}" for line, text in texts(path) if "customdata[" in text]
    assert not numbered or name_of(path) == "figures.marks", f"{name_of(path)} {numbered}: numbered customdata"


# Words decide nothing -------------------------------------------------------------------------


@files("measures", "figures", "claims")
def test_no_sentence_of_a_table_is_searched(path):
    """What a rule, a measure or a chart needs of an event, an article, an option is a typed fact."""
    wrong = [
        f"line {line}: {name}"
        for line, name in calls(path)
        if re.search(r"\.str\.(\w+)$", name)
        and name.split(".")[-1] in SEARCHES - {"split"}
        or re.match(r"re\.(\w+)$", name)
    ]
    allowed = {
        "figures.style",  # puts a minus sign before numbers
        "figures.marks",  # fills the names of columns into a template
        "claims.__init__",  # merges two sentences word by word, to show what moved
        "claims.__main__",  # tells an article's name from a claim's
    }
    assert not wrong or name_of(path) in allowed, f"{name_of(path)} {wrong}; make it a typed fact (data/facts.csv)"


# Markup ---------------------------------------------------------------------------------------

# Plotly's own few tags (b, br, i, extra) are no HTML: a mark fills its template and makes harmless what a table holds.
HTML = re.compile(r"</?(?!(?:b|br|i|extra|cell)\b)[a-z]\w*[\s/>]|<!doctype")


def _within(path, kind):
    """Each node of a kind in a file, with whether it is what `Markup(...)` is given."""
    given = {
        id(node.args[0])
        for node in nodes(path)
        if isinstance(node, ast.Call) and node.args and getattr(node.func, "id", "") == "Markup"
    }
    for node in nodes(path):
        if isinstance(node, kind):
            yield node, id(node) in given


@files(*ROOMS)
def test_html_is_a_markup_template_so_that_what_fills_it_is_text(path):
    """`Markup("<p>{}</p>").format(words)` escapes the words; an f-string, and Markup of one, escapes nothing."""
    docs = {id(node.value) for node, _ in _within(path, ast.Expr)}
    wrong = [
        f"line {node.lineno}: {node.value[:40]!r}"
        for node, is_template in _within(path, ast.Constant)
        if isinstance(node.value, str) and HTML.search(node.value) and not is_template and id(node) not in docs
    ]
    wrong += [f"line {node.lineno}: Markup(f...)" for node, given in _within(path, ast.JoinedStr) if given]
    assert not wrong, f"{name_of(path)} {wrong}"


# What nobody reads ----------------------------------------------------------------------------


def defined(path):
    """The functions, classes and constants at the top of a file that no decorator registers; what tables name counts."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            registered = [ast.unparse(one).split("(")[0] for one in node.decorator_list]
            if not {"rule", "answer"} & set(registered):
                yield node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
                parts = target.elts if isinstance(target, ast.Tuple) else [target]
                yield from (part.id for part in parts if isinstance(part, ast.Name) and part.id != "__all__")


@functools.cache
def words_read():
    """How often each name stands in the code of the house, of lessons and tests; lists of exports do not count."""
    sources = [path.read_text(encoding="utf-8") for path in (*FILES, *pathlib.Path(__file__).parent.glob("*.py"))]
    for path in HOUSE.parent.glob("*.ipynb"):
        cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
        sources += ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    exported = collections.Counter()
    for path in HOUSE.rglob("__init__.py"):
        for node in nodes(path):
            exported.update(alias.name for alias in getattr(node, "names", []) if isinstance(node, ast.ImportFrom))
    return collections.Counter(word for text in sources for word in re.findall(r"\w+", text)) - exported


@files()
def test_nothing_stands_in_the_house_that_nobody_reads(path):
    idle = [name for name in defined(path) if words_read()[name] < 2]
    assert not idle, f"{name_of(path)}: {idle}"


# Size -----------------------------------------------------------------------------------------


def functions(path):
    """Each function of a file with its full name, inner ones too."""
    for node in nodes(path):
        if isinstance(node, ast.FunctionDef):
            yield f"{name_of(path)}.{node.name}", node


def body(node):
    """How many lines the body of a function has, its docstring apart."""
    parts = node.body[1:] if ast.get_docstring(node) else node.body
    return parts[-1].end_lineno - parts[0].lineno + 1 if parts else 0


@files()
def test_a_function_is_read_on_one_screen(path):
    long = {name: body(node) for name, node in functions(path) if body(node) > LONGEST}
    assert not long, f"over {LONGEST} lines: {long}"


@files()
def test_a_function_decides_few_things(path):
    blocks = [block for block in cc_visit(path.read_text(encoding="utf-8")) if block.letter != "C"]
    tangled = {f"{name_of(path)}.{block.name}": block.complexity for block in blocks if block.complexity > MOST_COMPLEX}
    assert not tangled, f"more complex than {MOST_COMPLEX}: {tangled}"


@files()
def test_no_line_is_wider_than_the_page(path):
    wide = [n for n, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if len(line) > WIDEST]
    assert not wide, f"{name_of(path)}, lines {wide}: over {WIDEST} letters"


# What is published ----------------------------------------------------------------------------


def test_pages_of_main_are_published_only_when_all_tests_have_passed():
    tests, pages = (
        yaml.safe_load((HOUSE.parents[1] / ".github" / "workflows" / name).read_text(encoding="utf-8"))
        for name in ("tests.yml", "pages.yml")
    )
    assert set(pages[True]) == {"workflow_call", "release"}, "no push begins it (YAML reads the key `on` as true)"
    assert set(tests["jobs"]["pages"]["needs"]) == set(tests["jobs"]) - {"pages"}
