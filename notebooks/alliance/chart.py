"""The widget that shows a figure in a notebook: light on the wire, updated in place.

plotly.js and chart.js travel once a kernel; each chart after them is a few kilobytes, and so is
each step of a control. Outlines of maps travel once, too. Nothing is asked of any server.
`projector()` makes every chart of the kernel fit a projected screen, as the button beside each does.
"""

import functools
import gzip
import json
import pathlib
from typing import Any

import anywidget
import pandas as pd
import plotly.io.json
import plotly.offline
import traitlets
from markupsafe import Markup  # comes with jupyterlab

from . import data
from .figures import style
from .words import sealed

HERE = pathlib.Path(__file__).parent
READABLE = "font-size: 16px; line-height: 1.45; max-width: 1000px;"


class Library(anywidget.AnyWidget):
    """What all charts of a kernel share: plotly.js (gzip), chart.js, chart.css, the template."""

    _esm = "export default { render() {} }"
    _css = HERE / "chart.css"
    code = traitlets.Unicode().tag(sync=True)
    plotly = traitlets.Bytes().tag(sync=True)
    template = traitlets.Dict().tag(sync=True)
    projector = traitlets.Bool(False).tag(sync=True)


class Outlines(anywidget.AnyWidget):
    """Country outlines as gzipped GeoJSON, sent once however many maps use them."""

    _esm = "export default { render() {} }"
    geojson = traitlets.Bytes().tag(sync=True)


@functools.cache
def library() -> Library:
    """The one `Library` of this kernel."""
    source = plotly.offline.get_plotlyjs().encode()
    return Library(
        plotly=gzip.compress(source, 5, mtime=0),  # 9 takes twice as long for one hundredth less
        code=(HERE / "chart.js").read_text(encoding="utf-8"),
        template=style.template().to_plotly_json(),
    )


@functools.cache
def outlines(name: str) -> Outlines:
    """The one `Outlines` widget of this kernel for the resource `name`."""
    return Outlines(geojson=gzip.compress(json.dumps(data.load_outlines(name)).encode(), 9, mtime=0))


class Chart(anywidget.AnyWidget):
    """Shows a `style.Figure` with its title, twin, source line and table; `show` updates it in place.

    `drawn` holds the line a learner drew into the chart, as a list of [x, y] in data units.
    """

    # The code itself comes from the library: a chart would send all of chart.js with it otherwise.
    _esm = """
    export default {
      async render(context) {
        const library = await context.model.widget_manager.get_model(context.model.get("_library"));
        const address = () => URL.createObjectURL(new Blob([library.get("code")], { type: "text/javascript" }));
        return (await (library.chart ??= import(address()))).default.render(context);
      },
    };
    """
    _library = traitlets.Unicode().tag(sync=True)
    _outlines = traitlets.Dict().tag(sync=True)
    marks = traitlets.Unicode().tag(sync=True)  # JSON: what does not change with a step is not sent again
    frame = traitlets.Unicode().tag(sync=True)
    words = traitlets.Dict().tag(sync=True)
    table = traitlets.Dict().tag(sync=True)
    drawn: traitlets.List = traitlets.List().tag(sync=True)

    def __init__(self, figure: style.Figure) -> None:
        self._table_wanted = False
        super().__init__(_library=library().model_id, **self._state(figure))
        self.on_msg(self._answer)

    def show(self, figure: style.Figure) -> None:
        """Draw `figure` in the place of the present one; zoom and hover stay."""
        with self.hold_sync():
            for name, value in self._state(figure).items():
                setattr(self, name, value)

    @property
    def figure(self) -> dict:
        """What plotly is given: {'data': [...], 'layout': {...}}."""
        return {"data": json.loads(self.marks), "layout": json.loads(self.frame)}

    def _state(self, figure: style.Figure) -> dict[str, Any]:
        """What the front end needs of `figure`, without what it has already: template, title, outlines."""
        self.shown = figure
        spec = figure.to_plotly_json()
        layout = spec["layout"]
        title = layout.pop("title", {})
        layout.pop("template", None)
        maps = {trace["geojson"] for trace in spec["data"] if isinstance(trace.get("geojson"), str)}
        words = {
            "title": title.get("text", ""),
            "subtitle": title.get("subtitle", {}).get("text", ""),
            "rows": 0 if figure.table is None else len(figure.table),
            "twin": figure.twin,
            "note": figure.note,
            "source": figure.source.lines(),
        }
        state = {"marks": _json(spec["data"]), "frame": _json(layout), "words": words}
        if maps:
            state["_outlines"] = {name: outlines(name).model_id for name in maps}
        if self._table_wanted:
            state["table"] = behind(figure)
        return state

    def _answer(self, _: Any, content: Any, buffers: Any) -> None:
        if content == "table":
            self._table_wanted = True
            self.table = behind(self.shown)

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return with_text(super()._repr_mimebundle_(**kwargs), self.shown.text, self.words["title"])


def _json(part: Any) -> str:
    return plotly.io.json.to_json_plotly(part)


def projector(on: bool = True) -> None:
    """Make all charts of this kernel, and their controls, fit a screen of 1280 by 720 at 150%;
    `projector(False)` ends it.
    """
    library().projector = bool(on)


def behind(figure: style.Figure) -> dict[str, list]:
    """What lies one click below a chart: its table as text, and its sources in full."""
    return {**({} if figure.table is None else as_text(figure.table)), "sources": list(map(str, figure.source))}


def as_text(table: pd.DataFrame) -> dict[str, list]:
    """A DataFrame as the strings a person reads: {'columns': [...], 'rows': [[...], ...]}."""
    shown = table if table.index.name is None else table.reset_index()
    rows = [[_cell(value) for value in row] for row in shown.itertuples(index=False)]
    return {"columns": [str(column).replace("_", " ") for column in shown.columns], "rows": rows}


def _cell(value: Any) -> str:
    if pd.api.types.is_scalar(value) and pd.isna(value):
        return ""
    if isinstance(value, float):
        return f"{value:,.2f}".rstrip("0").rstrip(".")
    if hasattr(value, "strftime"):
        return value.strftime("%Y-%m-%d")
    return str(value)


def with_text(bundle: Any, text: str, heading: str = "", **hidden: str) -> dict[str, Any]:
    """A widget's mime bundle with `text` for a notebook that is not run and wherever else no widget can be shown.

    As HTML, below `heading`, it is set as the lesson's own text is; plain, it stands in monospace that breaks words.
    What is hidden is compared by nbval but not displayed, nor to be read in the file: an answer that would spoil a
    prediction.
    """
    bundle = bundle[0] if isinstance(bundle, tuple) else bundle
    return {
        **bundle,
        "text/plain": text,
        "text/html": as_html(text, heading),
        **{f"text/x-{name}": sealed(value) for name, value in hidden.items()},
    }


def as_html(text: str, heading: str = "") -> str:
    """A paragraph for each line of `text`, below a bold `heading`; all of it as text."""
    parts = [Markup("<p><strong>{}</strong></p>").format(heading)] if heading else []
    parts += [Markup("<p>{}</p>").format(line) for line in text.splitlines() if line.strip()]
    return str(Markup('<div style="{}">{}</div>').format(READABLE, Markup().join(parts)))
