"""Writes the pages: a lesson each, a start page, the class page, and one folder of what they share."""

import base64
import gzip
import html
import json
import os
import pathlib
import re
import shutil

import mistune
import pandas as pd
import plotly.offline
from markupsafe import Markup

from .. import data, words
from ..chart import as_text
from ..figures import style
from ..lesson import check, course
from . import answers, parts
from .cells import cells

HERE = pathlib.Path(__file__).parent
MOST = 2_100  # states of one panel that are listed
LARGEST = 590_000  # bytes of a lesson
SCRIPTS = ("words.js", "store.js", "charts.js", "computed.js", "panels.js", "own.js", "work.js", "page.js")
# What notebooks say of cells, kernels and their folder, and what a page says in its place: there, nothing is run.
CELLS = {
    re.compile(pattern, re.MULTILINE): instead
    for pattern, instead in {
        r"^Click (the cell below and press|into the grey box).*\n?": "",
        r"^Did the list appear\?.*\n?": "",
        r"Run `glossary\([^)]*\)` with that word in an empty cell; all words": "All words",
        r"\brun a cell and move a control": "move a control",
        r"First run this cell, and commit": "Commit",
        r"^Run this cell whenever you like\. ": "",
        r"kept on this computer, in the folder of the notebooks": "kept in this browser",
        r"^- .*(Run ▸ Run All Cells|No module named|in a cell that you changed).*\n?": "",
    }.items()
}
# No script but the course's own files, no style or picture of another host, no request at all.
POLICY = (
    "default-src 'none'; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'; "
    "img-src 'self' file: data: blob:; font-src data:; connect-src 'none'; form-action 'none'; base-uri 'none'"
)
REPLACED = {"check_setup": "setup", "my_course": "course"}  # commands that a page answers itself
CODE = Markup(
    '<details class="abn-code"{}><summary>Code of this cell. To change and run it, '
    "open the lesson in JupyterLab.</summary><pre>{}</pre></details>"
)
PANEL = Markup(
    '<div class="abn-panel abn-part" data-part="{}"><p class="abn-wait">{}</p>'
    '<script type="application/octet-stream">{}</script></div>'
)
TABLE = Markup('<div class="abn-scroll" tabindex="0"><table><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>')
PAGE = Markup(
    '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
    '<meta http-equiv="Content-Security-Policy" content="{policy}">'
    '<meta name="viewport" content="width=device-width, initial-scale=1">'
    "<title>{title}</title>"
    '<link rel="stylesheet" href="course/course.css">'
    '{loaded}</head>\n<body data-lesson="{name}"><main>{body}</main></body></html>\n'
)
START = Markup(
    '<section class="abn-section"><h1>Alliance by Numbers</h1>'
    "<p>All lessons in any browser: nothing to install, nothing is sent anywhere. "
    "What you guess, answer and write is kept in this browser alone.</p>{}"
    '<p><a href="class.html">Our class: see together what was handed in</a></p>{}'
    '<h2>For teachers</h2>{}<p><a href="answers.html">Answers, a page for each lesson</a></p></section>'
)
# What a copy on GitHub (OWNER/REPOSITORY) is opened by, in JupyterLab on mybinder.org
BINDER = "https://mybinder.org/v2/gh/{}/HEAD?urlpath=lab/tree/notebooks/00_start_here.ipynb"
WITH_CODE = Markup('<p><a href="{}">Try it with code (Binder, needs the network)</a></p>')

FOLDS = re.compile(r"&lt;(/?(?:details|summary))&gt;")


class Markdown(mistune.HTMLRenderer):
    """Markdown as HTML: markup in it is text, headings can be linked to as in JupyterLab, lessons link to pages."""

    def __init__(self):
        super().__init__(escape=True)

    def heading(self, text, level, **attrs):
        """A heading, with JupyterLab's own anchor."""
        anchor = html.unescape(re.sub(r"<[^>]+>", "", text)).replace(" ", "-")
        return str(Markup('<h{} id="{}">{}</h{}>\n').format(level, anchor, Markup(text), level))

    def block_html(self, html):
        """What folds stays; any other markup is text."""
        folded = Markup(FOLDS.sub(r"<\1>", mistune.escape(html)))
        return f"{folded}\n" if FOLDS.search(mistune.escape(html)) else str(Markup("<p>{}</p>\n").format(folded))

    def inline_html(self, html):
        """The same within a line."""
        return FOLDS.sub(r"<\1>", mistune.escape(html))

    def link(self, text, url, title=None):
        """A link; one to a lesson goes to its page."""
        return super().link(text, re.sub(r"^(\d\d[a-z]?_\w+|teacher_guide)\.ipynb", r"\1.html", url), title)

    def table(self, text):
        """A table, which scrolls by itself where the page is narrow."""
        return str(Markup('<div class="abn-scroll" tabindex="0"><table>{}</table></div>\n').format(Markup(text)))


MARKDOWN = mistune.create_markdown(escape=True, renderer=Markdown(), plugins=["table", "strikethrough"])


def packed(thing):
    """Anything as JSON, gzipped, in letters."""
    text = json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
    return base64.b64encode(gzip.compress(text.encode(), 9, mtime=0)).decode()


class Lesson:
    """A lesson that has been run: the blocks of its page, and what it asks."""

    def __init__(self, path):
        self.path, self.name = path, path.stem
        self.blocks, self.parts = [], []
        for cell in cells(path):
            self._take(cell)

    @property
    def number(self):
        """Its number: "04"."""
        return self.name.split("_")[0]

    @property
    def title(self):
        """Its number and name: "04 · Who pays for what?"."""
        return next((html.unescape(block[3]) for block in self.blocks if block[0] == "heading"), self.name)

    def _take(self, cell):
        if not cell.is_code:
            self._text(cell)
            return
        if not cell.hidden and self.parts + self.blocks[2:]:
            fold = " open" if cell.called == "check.mine" else ""
            self.blocks.append(("html", CODE.format(fold, cell.source)))
        found = {"kind": REPLACED[cell.called]} if cell.called in REPLACED else parts.part(cell.value)
        if found == {"kind": "work"} and found in self.parts:
            return  # on a page one panel shows the work and hands it in
        if found is None:
            self._plain(cell.value)
        else:
            self.blocks.append(("panel", len(self.parts), getattr(cell.value, "twin", "")))
            self.parts.append(found)

    def _text(self, cell):
        text = cell.source
        for pattern, instead in CELLS.items():
            text = pattern.sub(instead, text)
        markup = MARKDOWN(text)
        for piece in re.split(r"(?=<h[1-3] )", markup):
            heading = re.match(r"<h([1-3]) [^>]*>(.*?)</h\1>\n?", piece, re.DOTALL)
            if heading:
                plain = re.sub(r"<[^>]+>", "", heading[2])
                self.blocks.append(("heading", int(heading[1]), Markup(heading[0]), plain, cell.collapsed))
                piece = piece[heading.end() :]
            if piece.strip():
                self.blocks.append(("html", Markup(piece)))

    def _plain(self, value):
        """What needs no script: tables, cards, words."""
        if value is None:
            return
        if isinstance(value, pd.Series):
            value = value.to_frame()
        if isinstance(value, pd.DataFrame):
            self.blocks.append(("html", table(value)))
        elif isinstance(value, check.Mine):
            self.blocks.append(("html", Markup('<p class="abn-say">{}</p>').format(value.said)))
        else:
            found = parts.html(value)
            said = Markup(found["html"]) if found.get("html") else Markup("<pre>{}</pre>").format(found["says"])
            focus = Markup(' tabindex="0"') if "<table" in said else ""  # a wide table is scrolled with keys
            self.blocks.append(("html", Markup('<div class="abn-scroll"{}>{}</div>').format(focus, said)))

    @property
    def is_guide(self):
        """Whether it is the guide for teachers, which stands apart from the lessons."""
        return not self.name[0].isdigit()

    def page(self, states=MOST):
        """The HTML of the page, its panels with as many states as fit, and at most `states` of each."""
        most = dict.fromkeys(range(len(self.parts)), states)
        packs = {place: self._packed(place, states) for place in most}
        while sum(map(len, packs.values())) > LARGEST - 60_000:
            largest = max((place for place in packs if most[place] > 1), key=lambda place: len(packs[place]))
            most[largest] //= 2
            packs[largest] = self._packed(largest, most[largest])
        return document(self.title, _sections(self.blocks, packs), self.name, has_map=self.has_map)

    def _packed(self, place, most):
        found = self.parts[place]
        found = found.part(most) if hasattr(found, "part") else found
        self._written[place] = found
        return packed(found)

    @property
    def has_map(self):
        """Whether a chart of the page draws a map."""
        return '\\"geojson\\":\\"' in json.dumps(self._written)

    @property
    def _written(self):
        return self.__dict__.setdefault("written", {})


def _sections(blocks, packs):
    """The blocks as HTML: a section a heading of the second rank, worked answers folded away."""
    begin, end = Markup('<section class="abn-section">'), Markup("</section>")
    out, folded = [begin], 0
    for block in blocks:
        if block[0] == "heading":
            _, level, markup, plain, collapsed = block
            if folded and level <= folded:
                out.append(Markup("</details>"))
                folded = 0
            if level == 2 and not folded:
                out += [end, begin]
            if collapsed:
                folded = level
                markup = Markup('<details class="abn-answers"><summary>{}</summary>').format(html.unescape(plain))
            out.append(markup)
        elif block[0] == "html":
            out.append(block[1])
        else:
            _, place, twin = block
            out.append(PANEL.format(place, twin, packs[place]))
    return Markup("").join([*out, Markup("</details>") if folded else "", end])


def table(rows):
    """A DataFrame as an HTML table, every cell as text."""
    found = as_text(rows)
    heads = _each(Markup("<th>{}</th>"), found["columns"])
    body = _each(Markup("<tr>{}</tr>"), [_each(Markup("<td>{}</td>"), cells) for cells in found["rows"]])
    return TABLE.format(heads, body)


def _each(template, things):
    """The template filled with each of some things."""
    return Markup("").join(map(template.format, things))


def document(title, body, name="", scripts=("course/questions.js", "course/course.js"), has_map=False):
    """A whole page."""
    maps = ["course/maps.js"] if has_map else []
    loaded = _each(Markup('<script defer src="{}"></script>'), [*maps, *scripts, "course/plotly.js"])
    return PAGE.format(policy=Markup(POLICY), title=title, loaded=loaded, name=name, body=body)


def script(name, value):
    """A line that gives the scripts of all pages a value; JSON is JavaScript, but for the end of a script."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("</", "<\\/")
    return f"globalThis.alliance = globalThis.alliance || {{}}; alliance.{name} = {text};\n"


def shared(folder):
    """Write what all pages share: plotly.js, the course's scripts and styles, its questions, its maps."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plotly.js").write_text(unwrapped(plotly.offline.get_plotlyjs()), encoding="utf-8")
    chart = (HERE.parent / "chart.js").read_text(encoding="utf-8").replace("export default", "const chartjs =")
    own = "\n".join((HERE / name).read_text(encoding="utf-8") for name in SCRIPTS)
    code = f'"use strict";\n(() => {{\n{chart}\n{own}\n}})();\n'
    (folder / "course.js").write_text(script("template", style.template().to_plotly_json()) + code, encoding="utf-8")
    css = (HERE.parent / "chart.css", HERE / "pages.css")
    (folder / "course.css").write_text("\n".join(path.read_text(encoding="utf-8") for path in css), encoding="utf-8")
    claims = data.load("claims").set_index("id")["claim"].to_dict()
    questions = parts.questions() | {"titles": course.titles(), "claims": claims}
    (folder / "questions.js").write_text(script("questions", questions), encoding="utf-8")
    shutil.copy(HERE / "class.js", folder / "class.js")
    maps = {name: packed(data.load_outlines(name)) for name in data.outlines()}
    (folder / "maps.js").write_text(script("maps", maps), encoding="utf-8")


def unwrapped(plotlyjs):
    """plotly.js without the function around it, which a browser reads once while it loads and once more to run it.

    It is left as it is where it does not look as plotly's package brings it today.
    """
    head, begin, rest = plotlyjs.partition('() => {\n"use strict";')
    body, _, end = rest.rpartition("return Plotly;")
    licence, closed, _ = head.partition("*/")
    return f'{licence}{closed}\n"use strict";{body}' if begin and end.strip() == "}));" else plotlyjs


def _asked(lesson):
    """What a lesson asks beside its checks, for the class page: guesses, cards and sorters with what the data say."""
    found = []
    for one in _flat(lesson.written.values()):
        if one["kind"] == "guess":
            guess = {name: value for name, value in one["guess"].items() if name not in ("draws", "blank", "said")}
            found.append({"type": guess["kind"], "lesson": lesson.number, "key": f"guess {guess['name']}", **guess})
        elif one["kind"] == "claims":
            for card in one["cards"]:
                told = {name: card[name] for name in ("claim", "side", "lesson")}
                found.append({"type": "card", "key": f"card {card['id']}", "question": card["claim"], **told})
        elif one["kind"] == "sort":
            rows = {row["sentence"]: row["right"] for row in one["rows"]}
            asked = {"key": one["question"], "question": one["question"], "rows": rows, "piles": one["piles"]}
            found.append({"type": "sort", "lesson": lesson.number, **asked})
        elif one["kind"] == "box":
            found.append({"type": "box", "lesson": lesson.number, "key": one["question"], "question": one["question"]})
    return found


def _flat(found):
    for one in found:
        yield one
        yield from _flat(one.get("parts", ()))


def start_page(lessons):
    """The page that lists the lessons, and what there is for teachers."""

    def rows(some):
        items = (Markup('<li><a href="{}.html">{}</a></li>').format(one.name, one.title) for one in some)
        return Markup('<ul class="abn-lessons">{}</ul>').format(Markup("").join(items))

    guides, others = ([one for one in lessons if one.is_guide is wanted] for wanted in (True, False))
    return document("Alliance by Numbers", START.format(rows(others), with_code(), rows(guides)))


def with_code():
    """A link to the lessons on Binder, where a workflow on GitHub writes the pages; elsewhere nobody knows the copy."""
    repository = os.environ.get("GITHUB_REPOSITORY", "")
    known = re.fullmatch(r"[\w.-]+/[\w.-]+", repository, re.ASCII)
    return WITH_CODE.format(BINDER.format(repository)) if known else Markup("")


def class_page():
    """The page for a class: it reads the files that learners hand in."""
    body = Markup('<div id="class"><section class="abn-section"><h1>Our class</h1></section></div>')
    scripts = ("course/questions.js", "course/asked.js", "course/course.js", "course/class.js")
    return document("Our class", body, "class", scripts)


def write(out, notebooks, said=print, states=MOST):
    """Write the pages of these notebooks into the folder `out`, at most `states` of a panel listed.

    Returns the bytes of each lesson's page by its name.
    """
    lessons, sizes = [], {}
    for path in notebooks:
        lesson, sizes[path.stem] = write_lesson(out, path, states)
        said(f"{lesson.name}: {sizes[lesson.name] // 1000} kB{_counted(lesson)}")
        lessons.append(lesson)
    write_rest(out, lessons)
    return sizes


def write_lesson(out, path, states=MOST):
    """Write the page of one notebook; returns its `Lesson` and the bytes of the page."""
    out.mkdir(parents=True, exist_ok=True)
    lesson = Lesson(path)
    text = lesson.page(states)
    (out / f"{lesson.name}.html").write_text(text, encoding="utf-8")
    return lesson, len(text.encode())


def write_rest(out, lessons):
    """Write what stands beside the pages of these lessons: the start page, class page, answers, the shared folder."""
    shared(out / "course")
    learnt = [(one.title, _asked(one)) for one in lessons if not one.is_guide]
    asked = [one for _, questions in learnt for one in questions]
    (out / "course" / "asked.js").write_text(script("asked", asked), encoding="utf-8")
    pages = {
        "index.html": start_page(lessons),
        "class.html": class_page(),
        "answers.html": document("Answers", answers.sections(learnt), "answers"),
    }
    for name, text in pages.items():
        (out / name).write_text(text, encoding="utf-8")


def _counted(lesson):
    """In words: how many states of its charts are listed, how many charts work theirs out, how many hold a part."""
    panels = list(_explored(lesson.written.values()))
    listed = [one for one in panels if "draw" not in one]
    in_part = sum(len(one["states"]) < one["combinations"] for one in listed)
    told = [f", {words.counted(sum(len(one['states']) for one in panels), 'state')} listed"] if panels else []
    if len(panels) > len(listed):
        told.append(f", {words.counted(len(panels) - len(listed), 'chart')} worked out in the page")
    return "".join([*told, f", {words.counted(in_part, 'chart')} in part" if in_part else ""])


def _explored(found):
    for one in _flat(found):
        if "explore" in one:
            yield one["explore"]
        elif "states" in one:
            yield one
