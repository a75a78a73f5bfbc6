"""Labelled controls around a chart: `explore(figure_function, *tables, label=control)`.

Arrow keys stay with the control that has the focus, each control is announced by its label,
and a step that fails says so in words while the last good chart stays.
"""

import functools
import html

import anywidget
import ipywidgets as widgets

from .chart import Chart, with_text


class Keyboard(anywidget.AnyWidget):
    """Invisible helper of a panel: names its controls and keeps arrow keys from JupyterLab."""

    _esm = """
    export default {
      render({ el }) {
        const mend = () => {
          const panel = el.closest(".abn-panel");
          if (!panel) return;
          panel.addEventListener("keydown", (event) => {
            if (event.target.matches("select, input, textarea, [role=slider]")) event.stopPropagation();
          });
          const named = (selector, label) => {
            for (const part of panel.querySelectorAll(selector)) part.setAttribute("aria-label", label(part));
          };
          const labelOf = (part) => part.closest(".jupyter-widgets").querySelector(".widget-label")?.textContent ?? "";
          named(".noUi-handle", labelOf);
          named(".widget-toggle-buttons .widget-toggle-button-group, .widget-toggle-buttons > div", labelOf);
          for (const group of panel.querySelectorAll(".widget-toggle-buttons > div")) group.setAttribute("role", "group");
          named("button.abn-icon", (part) => part.title);
          for (const part of panel.querySelectorAll(".widget-readout[contenteditable]")) part.setAttribute("aria-label", `${labelOf(part)}, value`);
          for (const part of panel.querySelectorAll(".abn-say")) part.setAttribute("role", "status");
        };
        setTimeout(mend, 50);
      },
    };
    """
    _css = """
    .abn-panel { max-width: 1040px; overflow: visible; font-size: 15px; }
    .abn-panel > .jupyter-button, .abn-panel .widget-vbox > .jupyter-button { align-self: flex-start; padding: 0 1.2em; }
    .abn-controls { flex-flow: row wrap; gap: 4px 24px; align-items: center; }
    .abn-controls > .jupyter-widgets { max-width: 100%; }
    .abn-panel .widget-label, .abn-panel .widget-readout, .abn-panel select, .abn-panel input, .abn-panel button, .abn-panel label { font-size: 15px; }
    .abn-panel .widget-inline-hbox .widget-label { width: max-content; max-width: 22em; flex-shrink: 0; text-align: left; }
    .abn-panel .widget-slider { width: 360px; }
    .abn-panel .widget-dropdown { width: max-content; }
    .abn-panel .widget-dropdown > select { min-width: 9em; }
    .abn-panel .widget-toggle-buttons .widget-toggle-button { width: auto; padding: 0 0.8em; }
    .abn-panel .widget-toggle-button.mod-active { font-weight: 650; text-decoration: underline; box-shadow: inset 0 -3px 0 #068AFA; }
    .abn-panel .widget-checkbox { width: auto; }
    .abn-panel .widget-radio-box label { height: auto; line-height: 1.35; white-space: normal; width: auto; max-width: 100%; padding: 0.15em 0; }
    .abn-panel .widget-radio, .abn-panel .widget-radio-box { width: 100%; height: auto; }
    .abn-panel :is(select, input, button, .noUi-handle, [contenteditable]):focus-visible { outline: 3px solid #068AFA; outline-offset: 2px; }
    .abn-say:not(:empty), .abn-ask { font-size: 16px; line-height: 1.4; }
    .abn-ask { font-weight: 600; }
    .abn-say .widget-html-content, .abn-ask .widget-html-content { font-size: 16px; line-height: 1.4; height: auto; white-space: normal; }
    .abn-ask, .abn-say { height: auto; }
    """


@functools.cache
def keyboard():
    """The one `Keyboard` of this kernel; each panel shows a view of it."""
    return Keyboard()


class Panel(widgets.VBox):
    """A box whose controls obey the keyboard; `twin` stands for it wherever only text is shown."""

    def __init__(self, children):
        super().__init__([*children, keyboard()])
        self.add_class("abn-panel")

    @property
    def twin(self):
        """One or two sentences that say what the panel shows."""
        return ""

    def _repr_mimebundle_(self, **kwargs):
        return with_text(super()._repr_mimebundle_(**kwargs), self.twin)


class Said(widgets.HTML):
    """A line of plain words that screen readers announce when it changes."""

    def __init__(self, text="", css="abn-say"):
        super().__init__(html.escape(text))
        self.add_class(css)

    def say(self, text):
        """Show `text`, as text."""
        self.value = html.escape(text)


class Explore(Panel):
    """A chart with its controls; `settings` maps the figure function's arguments to controls or fixed values."""

    def __init__(self, draw, tables, settings):
        self._draw, self._tables, self._settings = draw, tables, settings
        self.controls = {name: value for name, value in settings.items() if isinstance(value, widgets.Widget)}
        self.figure = self._drawn()
        self.chart = Chart(self.figure)
        self.message = Said()
        row = widgets.HBox(list(self.controls.values()))
        row.add_class("abn-controls")
        super().__init__([row, self.chart, self.message])
        for control in self.controls.values():
            control.observe(self._step, "value")

    @property
    def twin(self):
        return self.figure.twin

    def _drawn(self):
        values = {
            name: self.controls[name].value if name in self.controls else value
            for name, value in self._settings.items()
        }
        return self._draw(*self._tables, **values)

    def _step(self, _):
        try:
            self.figure = self._drawn()
        except Exception as error:  # whatever the figure function raises, the learner reads it here
            self.message.say(f"This choice cannot be drawn: {error} The chart still shows the choice before.")
        else:
            self.message.say("")
            self.chart.show(self.figure)


def explore(draw, *tables, **settings):
    """A panel that redraws `draw(*tables, **settings)` in place when a control among the settings moves."""
    return Explore(draw, tables, settings)


def show(figure):
    """`figure` as a chart, without controls."""
    return Chart(figure)


def _labelled(control):
    control.style.description_width = "initial"
    return control


def choice(label, options, value=None):
    """A drop-down list; `options` is a list, or a dict from what is read to what is meant."""
    values = list(options.values()) if isinstance(options, dict) else list(options)
    pairs = list(options.items()) if isinstance(options, dict) else [(str(option), option) for option in options]
    return _labelled(widgets.Dropdown(description=label, options=pairs, value=values[0] if value is None else value))


def buttons(label, options, value=None):
    """A row of buttons, one of them pressed; for two to five short options."""
    values = list(options.values()) if isinstance(options, dict) else list(options)
    pairs = list(options.items()) if isinstance(options, dict) else [(str(option), option) for option in options]
    return _labelled(
        widgets.ToggleButtons(description=label, options=pairs, value=values[0] if value is None else value)
    )


def slider(label, low, high, value, step=1):
    """A slider from `low` to `high`; whole numbers unless one of the numbers has decimals."""
    kind = widgets.IntSlider if all(isinstance(part, int) for part in (low, high, value, step)) else widgets.FloatSlider
    return _labelled(kind(description=label, min=low, max=high, step=step, value=value))


def switch(label, value=False):
    """A box to tick."""
    return widgets.Checkbox(description=label, value=value, indent=False)
