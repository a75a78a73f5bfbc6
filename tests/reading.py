"""What a reader meets, place by place, and how hard it is to read."""

import ast
import functools
import json
import pathlib
import re

import lessons
from alliance import data

GUIDE = lessons.FOLDER / "teacher_guide.ipynb"
PACKAGE = lessons.FOLDER / "alliance"
RECORD = pathlib.Path(__file__).with_name("record")
NOT_READ = {  # columns that no reader meets: notes of ours on how a row was made, and titles as a publisher gave them
    "claims": {"how", "tables"},
    "questions": {"display", "tables"},
    "sources": {"title", "licence"},
}
EASY, PLAIN = 80, 60  # Flesch's ease: 80 to 90 is the English of conversation, 60 to 70 plain English
SAID = ("title", "subtitle", "twin", "note", "says", "turns")  # the words of a state of the record
WORD = re.compile(r"[^\W_]+(?:[’'.,:/-][^\W_]+)*")
LETTERS = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
END = re.compile(  # of a sentence, a paragraph, a line of a list, a cell of a table
    r"(?<=[.!?])[\"”’')*_]*\s+(?=[\"“‘(*_]*(?:[A-Z0-9]|[a-z] ))|\n\s*\n|\n(?=[-|\d#<>])|\s\|\s"
)


@functools.cache
def texts(guide=True):
    """All that is read, pairs of place and text: notebooks, tables, states on record, strings of the package."""
    return [*_notebooks(guide), *tables(), *_recorded(), *_strings()]


def _notebooks(guide):
    for path in [*lessons.PATHS, *[GUIDE] * guide]:
        for number, cell in enumerate(lessons.book(path).cells, 1):
            found = [cell.source] if cell.cell_type == "markdown" else _constants(ast.parse(cell.source))
            yield from ((f"{path.name}, cell {number}", text) for text in found)


def tables():
    """The cells of tables that are sentences, each once, after `table.column`."""
    for name in data.names():
        rows = data.load(name)
        for column in rows.select_dtypes("str").columns.difference(NOT_READ.get(name, ())):
            yield from ((f"{name}.{column}", text) for text in rows[column].dropna().unique() if _is_prose(text))


def _recorded():
    for name in sorted(path.stem for path in RECORD.glob("*.jsonl")):
        for what, _, seen in states(name):
            yield from ((f"record {name}, {what}, {part}", seen[part]) for part in SAID if seen.get(part))


def states(name):
    """The states on record under a name ("04", "findings"): what, in which state, and what is seen."""
    for line in (RECORD / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        what, state, _, seen = json.loads(line)
        yield what, state, seen


def _strings():
    for path in sorted(PACKAGE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from ((path.name, text) for text in _constants(tree, _documented(tree)))


def _documented(tree):
    kinds = ast.Module | ast.ClassDef | ast.FunctionDef
    bodies = (node.body for node in ast.walk(tree) if isinstance(node, kinds) and node.body)
    return {id(body[0].value) for body in bodies if isinstance(body[0], ast.Expr)}


def _constants(tree, without=()):
    for node in ast.walk(tree):
        is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
        if is_text and id(node) not in without and _is_prose(node.value):
            yield node.value


def _is_prose(text):
    return text.count(" ") > 2


def sentences(text):
    """The sentences of a text, without markup and addresses."""
    plain = re.sub(r"\]\([^)]*\)", "]", re.sub(r"<[^>]+>", "\n\n", text))
    return [part for part in END.split(plain) if part and part.strip()]


def length(sentence):
    """How many words a sentence has."""
    return len(WORD.findall(sentence))


def ease(text):
    """Flesch's reading ease: 206.835 - 1.015 words a sentence - 84.6 syllables a word; the higher, the easier.

    Names (capital letters within a sentence) count as words, but their syllables do not: they cannot be put simply.
    """
    found = [sentence for sentence in sentences(text) if LETTERS.search(sentence)]
    plain = [
        word for one in found for place, word in enumerate(LETTERS.findall(one)) if not (place and word[0].isupper())
    ]
    return 206.835 - 1.015 * sum(map(length, found)) / len(found) - 84.6 * sum(map(syllables, plain)) / len(plain)


def syllables(word):
    """The syllables of an English word, by its groups of vowels, a silent e at its end left out."""
    word = re.sub(r"[’']s?$", "", word.lower())
    if len(word) < 4:
        return 1
    silent = re.sub(r"([^laeiouy])es$|([^aeioudt])ed$|([^laeiouy])e$", r"\1\2\3", word)
    return max(1, len(re.findall(r"[aeiouyäöü]+", silent)))
