"""Words are words: markup, scripts, formulas or endless text in data, claims and answers are shown, never run."""

import html.parser
import json
import pkgutil
import re
import shutil
import sys

import ipywidgets as widgets
import pytest

import alliance
import lessons
from alliance import checks, controls, data, explore, tabled
from alliance.chart import Chart
from alliance.lesson import answers, cards, check, predict
from hostile import NUL, WORDS, figure, poison

pytestmark = pytest.mark.slow
PATHS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]
EACH_WORD = pytest.mark.parametrize("word", [*WORDS, NUL], ids=lambda word: word[:20])
PLAIN_TAGS = re.compile(r"p|br|b|strong|small|[uo]l|li|d[ltd]|div|span|table|thead|tbody|t[rhd]|details|summary|style")


@pytest.fixture(scope="module")
def poisoned(tmp_path_factory):
    """A data folder full of hostile words."""
    folder = tmp_path_factory.mktemp("hostile") / "data"
    shutil.copytree(data.FOLDER, folder)
    assert poison(folder) > 2000
    return folder


def forget_tables():
    """Empty what the library remembers of the data folder."""
    for module in pkgutil.walk_packages(alliance.__path__, "alliance."):
        for value in vars(sys.modules.get(module.name, alliance)).values():
            if hasattr(value, "cache_clear"):
                value.cache_clear()


@pytest.fixture(scope="class")
def hostile_data(poisoned):
    """The library reads the hostile folder, for all tests of a class; answers go to a file of their own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(data, "FOLDER", poisoned)
        patch.setenv("ALLIANCE_ANSWERS", str(poisoned.with_name("answers.sqlite")))
        forget_tables()
        yield
    forget_tables()


class Page(html.parser.HTMLParser):
    """The words of a piece of HTML, and whatever in it could run or load."""

    def __init__(self, markup):
        super().__init__()
        self.dangers, self.words = [], []
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        handlers = [name for name, value in attributes if name.startswith("on") or "javascript:" in str(value)]
        if not PLAIN_TAGS.fullmatch(tag) or handlers:
            self.dangers.append(f"<{tag} {' '.join(handlers)}>")

    def handle_data(self, text):
        self.words.append(text)


def pieces(value):
    """Every piece of HTML in what a cell shows, and what stands for it where it is not run."""
    if isinstance(value, widgets.Widget):
        bundle = value._repr_mimebundle_() or {}
        yield bundle.get("text/html", "") if isinstance(bundle, dict) else ""
        if isinstance(value, widgets.HTML):
            yield value.value
        assert not getattr(value, "description_allow_html", False), f"{value} reads its label as HTML"
        for part in getattr(value, "children", ()):
            yield from pieces(part)
    elif hasattr(value, "_repr_html_"):
        yield value._repr_html_() or ""


def read(value, where):
    """The words that `value` shows; fails if anything in it could run or load."""
    pages = [Page(piece) for piece in pieces(value)]
    dangers = [danger for page in pages for danger in page.dangers]
    assert not dangers, f"{where}: {dangers[:3]}"
    return " ".join(word for page in pages for word in page.words)


@pytest.mark.usefixtures("hostile_data")
class TestHostileData:
    @pytest.mark.parametrize("path", PATHS)
    def test_a_lesson_shows_hostile_data_as_text(self, path):
        namespace, words = {}, ""
        for number, source in enumerate(lessons.code_cells(path), 1):
            value = lessons.run_cell(source, namespace)
            words += read(value, f"{path.name}, code cell {number}")
            for chart in lessons.charts(value):
                json.dumps([chart.figure, chart.words], allow_nan=False)
        assert "window.hacked" in words, "no hostile word came through, so nothing was tested"

    def test_every_table_is_shown_as_text(self):
        for name in data.names():
            table = data.load(name)
            words = read(tabled(table), name)
            texts = [
                text for column in table.select_dtypes("str") for text in table[column].dropna() if "hacked" in text
            ]
            assert all(text in words for text in texts), f"{name} loses words"

    def test_every_card_is_shown_as_text(self):
        events = list(data.load("events")["id"].head(12))
        shown = [
            cards.glossary(),
            *map(cards.article, data.load("articles")["id"]),
            cards.how_current(),
            cards.questions_by_lesson(),
        ]
        shown += [cards.sources(*data.names()), cards.current(*data.names())]
        shown += [cards.whole(claim) for claim in data.load("claims")["id"]]
        for card in shown:
            read(card, str(card)[:80])
        sides = cards.side_by_side(WORDS[0], events[:6], WORDS[1], events[6:])
        assert {WORDS[0], WORDS[1]} <= set(Page(sides._repr_html_()).words)


def question(kind, word):
    """A check whose words are all hostile."""
    right = 1.0 if kind == "number" else frozenset(["b"])
    options, reasons = {"a": word, "b": "other"}, dict.fromkeys("ab", word)
    return checks.Question(word, "01", kind, word, options, reasons, right, unit=word, slips={2.0: word})


ASKED = {
    "predict.number": lambda word: predict.reveal(predict.number(word, 0, 10, word), figure(word), 3),
    "predict.choice": lambda word: predict.reveal(predict.choice(word, [word, "other"]), figure(word), "other"),
    "predict.ranking": lambda word: predict.reveal(
        predict.ranking(word, [word, "other"]), figure(word), ["other", word]
    ),
    "predict.order": lambda word: predict.reveal(predict.order(word, [word, "b"]), figure(word), ["b", word]),
    "predict.line": lambda word: predict.reveal(
        predict.line(word, [2014, 2024], 0, 9, word), figure(word), {2014: 1.0}
    ),
    "check.one": lambda word: check.One(question("one", word)),
    "check.several": lambda word: check.Several(question("several", word)),
    "check.number": lambda word: check.Number(question("number", word)),
}


def answered(word):
    """A hostile answer to each kind of question."""
    one, order = {"predict.choice": word, "check.one": "a", "check.number": word}, [word, "other"]
    return {
        "predict.number": 3,
        "predict.ranking": order,
        "predict.order": [word, "b"],
        "predict.line": [[2014, 1.0], [2024, 2.0]],
        "check.several": ["a"],
        **one,
    }


@EACH_WORD
@pytest.mark.parametrize("kind", ASKED)
def test_hostile_questions_and_answers_are_text(kind, word, monkeypatch, tmp_path):
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers.sqlite"))
    panel = ASKED[kind](word)
    asked = getattr(panel, "guess", panel)
    asked._put(answered(word)[kind])
    (asked.look if isinstance(asked, check.Check) else asked.commit)()
    assert word in read(panel, kind)
    kept = asked.kept() if isinstance(asked, predict.Guess) else answers.kept(asked._draft)
    assert kept == answered(word)[kind]
    read(ASKED[kind](word), f"{kind}, found again")


def test_hostile_words_of_a_failing_step_are_text():
    def draw(word):
        if word != "fine":
            raise ValueError(word)
        return figure(word)

    panel = explore(draw, word=controls.choice("Word", ["fine", *WORDS]))
    for word in WORDS:
        panel.controls["word"].value = word
        assert word.strip() in read(panel, "a failing step")


@EACH_WORD
def test_a_chart_carries_words_unchanged_to_the_page(word):
    chart = Chart(figure(word))
    chart._answer(chart, "table", [])
    assert chart.words["twin"] == chart.words["note"] == chart.table["sources"][0] == chart.table["rows"][0][0] == word
    assert all(word in line for line in chart.words["source"])
    assert json.loads(json.dumps(chart.figure))["data"][0]["text"][0] == word
