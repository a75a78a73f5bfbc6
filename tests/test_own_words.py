"""The course says things in its own words: no run of eight words is taken from the five articles.

The articles are not part of the project. What is kept of them, in articles.fingerprints, is 40 bits of a hash for
each run of eight words, sorted, all articles together. With the articles at hand, in a folder beside the project,

    python tests/test_own_words.py ../shared/articles

writes that file anew.
"""

import ast
import hashlib
import json
import pathlib
import re
import sys
import unicodedata

import pytest

HOUSE = pathlib.Path(__file__).resolve().parent.parent
FINGERPRINTS = pathlib.Path(__file__).with_name("articles.fingerprints")
ARTICLES = HOUSE.parent / "shared" / "articles"
RUN, SIZE = 8, 5
SMALL = {"a", "and", "by", "for", "in", "is", "of", "on", "the", "to"}  # between the words of a name or title


def words(text):
    """The words of a text as written, accents and apostrophes aside."""
    plain = unicodedata.normalize("NFKD", text)
    return re.findall(r"\w+", re.sub(r"[’'‘\u0300-\u036f]", "", plain))


def runs(text):
    """Every run of eight words, as written."""
    found = words(text)
    return [found[start : start + RUN] for start in range(len(found) - RUN + 1)]


def fingerprint(run):
    return hashlib.blake2b(" ".join(run).lower().encode(), digest_size=SIZE).digest()


def fingerprints_of(folder):
    texts = [path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt"))]
    return {fingerprint(run) for text in texts for run in runs(text)}


def known():
    content = FINGERPRINTS.read_bytes()
    return {content[start : start + SIZE] for start in range(0, len(content), SIZE)}


def is_name(run):
    """Whether a run holds nothing but names, titles and numbers: a list of countries, the name of an act."""
    return all(word[0].isupper() or word[0].isdigit() or word in SMALL for word in run)


def borrowed(text, prints):
    """The runs of `text` that an article has, too, joined where they overlap."""
    found, last = [], None
    for place, run in enumerate(runs(text)):
        if fingerprint(run) in prints and not is_name(run):
            if last == place - 1:
                found[-1] += f" {run[-1]}"
            else:
                found.append(" ".join(run))
            last = place
    return found


def texts_of(path):
    """The texts in a file that a reader may come to see, each with its place."""
    if path.suffix == ".ipynb":
        for number, cell in enumerate(json.loads(path.read_text(encoding="utf-8"))["cells"], 1):
            yield f"cell {number}", "".join(cell["source"])
            for output in cell.get("outputs", []):
                yield f"output of cell {number}", "".join(output.get("data", {}).get("text/plain", ""))
    elif path.suffix == ".py":
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"line {node.lineno}", node.value
            elif isinstance(node, ast.JoinedStr):
                parts = [part.value if isinstance(part, ast.Constant) else " … 0 … " for part in node.values]
                yield f"line {node.lineno}", "".join(parts)
    else:
        yield from (
            (f"line {number}", line) for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        )


SHOWN = sorted(
    path
    for pattern in ("*.md", ".github/*.md", "notebooks/*.md", "notebooks/*.ipynb", "notebooks/alliance/**/*.py",
                    "data/*.csv", "data/datapackage.json", "tests/*.py")
    for path in HOUSE.glob(pattern)
)  # fmt: skip


@pytest.mark.parametrize("path", SHOWN, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_run_of_eight_words_is_an_articles(path):
    prints = known()
    taken = [f"{place}: {run}" for place, text in texts_of(path) for run in borrowed(text, prints)]
    assert not taken, f"{path.name} says with an article's words: " + "; ".join(taken)


def test_the_test_sees_what_it_should():
    """A borrowed sentence is caught whatever its case and stops; a list of names, or seven words, are not."""
    sentence = "Nobody who walks along this road at night will ever forget the sound of it."
    prints = {fingerprint(run) for run in runs(f"Before it. {sentence} After it.")}
    assert borrowed(f"They said: “{sentence.lower()}”", prints) == [" ".join(words(sentence.lower()))]
    assert borrowed("Nobody who walks along this road at noon", prints) == []
    names = "Denmark, France, Iceland, Italy, Luxembourg, the Netherlands, Norway and Portugal"
    assert borrowed(names, {fingerprint(run) for run in runs(names)}) == []


def test_the_fingerprints_are_those_of_thousands_of_runs():
    content = FINGERPRINTS.read_bytes()
    assert len(content) % SIZE == 0 and len(known()) > 5_000
    assert content == b"".join(sorted(known()))


@pytest.mark.skipif(
    not ARTICLES.is_dir(), reason="the articles are not on this machine, and are not part of the project"
)
def test_the_fingerprints_are_complete():
    assert known() == fingerprints_of(ARTICLES)


if __name__ == "__main__":
    FINGERPRINTS.write_bytes(b"".join(sorted(fingerprints_of(pathlib.Path(sys.argv[1])))))
