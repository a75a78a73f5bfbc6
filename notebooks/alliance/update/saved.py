"""A lesson run anew beside what is saved of it: the cells whose text differs, whole; and saving it as the tests
expect it.

What is saved is what a reader of the file sees and nbval compares: sentences, tables, cards. Widget views would only
say 'model not found' when a saved lesson is opened again, and the state of widgets weighs megabytes.
"""

import contextlib
import os
import re
import tempfile
from html.parser import HTMLParser

from ..words import unsealed

VIEW = "application/vnd.jupyter.widget-view+json"


def run(path):
    """The notebook at `path`, run in its folder by a fresh kernel; what a cell raises stands in its output."""
    import nbformat
    from nbclient import NotebookClient

    book = nbformat.read(path, as_version=4)
    where = {"metadata": {"path": str(path.parent)}}
    with _answers_apart():
        NotebookClient(
            book,
            kernel_name="python3",
            resources=where,
            store_widget_state=False,
            allow_errors=True,
            extra_arguments=["--log-level=ERROR"],  # not its warning about TCP, twelve times
        ).execute()
    book.metadata.pop("widgets", None)
    for cell in book.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)
    return book


def raised(book):
    """What cells of a notebook that has been run raise: pairs of cell number and the error in a line."""
    return [
        (number, f"{output.ename}: {output.evalue}")
        for number, cell in enumerate(book.cells, 1)
        for output in cell.get("outputs", [])
        if output.output_type == "error"
    ]


def save(path):
    """Run the notebook at `path` and write it back; RuntimeError if a cell raises, and the file stays."""
    import nbformat

    book = run(path)
    if wrong := raised(book):
        raise RuntimeError(f"{path.name}, cell {wrong[0][0]} raises {wrong[0][1]}")
    nbformat.write(book, path)


def moved(path, book):
    """The code cells of the notebook at `path` that show otherwise in `book`: number, source, text saved, text now."""
    import nbformat

    old = nbformat.read(path, as_version=4)
    return [
        (number, cell.source, _shown(cell), _shown(now))
        for number, (cell, now) in enumerate(zip(old.cells, book.cells, strict=True), 1)
        if cell.cell_type == "code" and _compared(cell) != _compared(now)
    ]


@contextlib.contextmanager
def _answers_apart():
    """Meanwhile answers go to a file that nobody keeps."""
    kept = os.environ.get("ALLIANCE_ANSWERS")
    with tempfile.TemporaryDirectory(prefix="alliance-answers-") as folder:
        os.environ["ALLIANCE_ANSWERS"] = os.path.join(folder, "answers.sqlite")
        try:
            yield
        finally:
            if kept is None:
                del os.environ["ALLIANCE_ANSWERS"]
            else:
                os.environ["ALLIANCE_ANSWERS"] = kept


def _compared(cell):
    return [
        (output.output_type, output.get("data") or output.get("text") or output.get("evalue"))
        for output in cell.outputs
    ]


def _shown(cell):
    """The text of a cell's outputs as a reader sees it: without markup, in single spaces."""
    parts = []
    for output in cell.outputs:
        held = output.get("data", {})
        parts += [_words(held["text/html"]) if "text/html" in held else held.get("text/plain", "")]
        parts += [unsealed(text) for kind, text in sorted(held.items()) if kind.startswith("text/x-")]
        parts += [output.get("text", ""), output.get("ename", ""), output.get("evalue", "")]
    return re.sub(r"\s+", " ", " ".join(parts)).strip()


class _Words(HTMLParser):
    def __init__(self):
        super().__init__()
        self.parts, self._hidden = [], 0

    def handle_starttag(self, tag, attributes):
        self._hidden += tag in ("style", "script")

    def handle_endtag(self, tag):
        self._hidden -= tag in ("style", "script")

    def handle_data(self, text):
        if not self._hidden:
            self.parts.append(text)


def _words(html):
    reader = _Words()
    reader.feed(html)
    return " ".join(reader.parts)
