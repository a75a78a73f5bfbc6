// One view in each panel. It names the controls for screen readers and keeps their keys from Jupyter:
// Lab takes arrow keys as they bubble up, Notebook 7 takes them first unless the focused element says no.

// anywidget gives a new widget two seconds to load, and then an error in its place, also to one that was closed before it
// was loaded. A slow laptop that runs a whole lesson needs more, and what is closed needs nothing: a widget is loaded, or
// its own error says why not. Everybody else's time limits stay as they are.
const timeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (milliseconds) => (/anywidget/.test(new Error().stack) ? new AbortController().signal : timeout(milliseconds));

// A number typed beside a slider is read by the one rule of the course: a comma before three digits parts thousands,
// any other one is a decimal comma. ipywidgets by itself reads "2,5" as 2.
const plain = (text) => (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(text.trim()) ? text.replaceAll(",", "") : text.replace(/^([^.,]*),([^.,]*)$/, "$1.$2"));
const reread = ({ target, type, key }) => {
  if (!target.matches?.(".widget-readout[contenteditable]") || (type === "keydown" && key !== "Enter")) return;
  const read = plain(target.textContent);
  if (read !== target.textContent) target.textContent = read;
};

const FOCUSABLE = "select, input, textarea, .noUi-handle, [contenteditable]";

const labelOf = (part) => part.closest(".jupyter-widgets, .widget-toggle-buttons")?.querySelector(".widget-label")?.textContent ?? "";

const mend = (panel) => {
  const name = (selector, label) => {
    for (const part of panel.querySelectorAll(selector)) {
      const text = label(part);
      if (text && part.getAttribute("aria-label") !== text) part.setAttribute("aria-label", text);
    }
  };
  const question = panel.querySelector(".abn-ask")?.textContent ?? "";
  name(".noUi-handle", labelOf);
  name(".widget-readout[contenteditable]", (part) => `${labelOf(part)}, value`);
  name(".widget-toggle-buttons > div", labelOf);
  name(".widget-radio-box", (part) => labelOf(part) || question);
  name("button.abn-icon", (part) => part.title);
  name(".abn-ticks", (part) => part.previousElementSibling?.textContent);
  const role = (selector, value) => panel.querySelectorAll(selector).forEach((part) => part.setAttribute("role", value));
  role(".widget-toggle-buttons > div", "group");
  role(".widget-radio-box", "radiogroup");
  role(".abn-ticks", "group");
  role(".abn-say", "status");
  role(".widget-readout[contenteditable]", "textbox");
  for (const label of panel.querySelectorAll('label[title="null"]')) label.removeAttribute("title"); // ipywidgets' slip
  for (const part of panel.querySelectorAll(FOCUSABLE)) part.setAttribute("data-lm-suppress-shortcuts", "true");
};

// Silence must not look like success: where the kernel has stopped, the panel says so and its controls rest.
const STOPPED = "This lesson’s kernel has stopped, so nothing here answers any more. To go on, choose Run ▸ Run All Cells.";
const CONTROLS = ":is(select, input, textarea, button, .noUi-target, .widget-readout[contenteditable])";

const gone = (panel, kernel) => // undefined: this page's widgets have no kernel to ask
  panel.classList.contains("jupyter-widgets-disconnected") || kernel === null || (kernel && (kernel.isDisposed || kernel.status === "dead"));

const rest = (panel) => {
  for (const part of panel.querySelectorAll(CONTROLS)) {
    if (part.closest(".abn-chart")) continue;
    if (part.matches("textarea, input:is([type=text], [type=number])")) part.readOnly = true; // its words can still be copied
    else if (part.isContentEditable) part.contentEditable = "false";
    else part.setAttribute("disabled", "");
  }
  if (panel.querySelector(":scope > .abn-stopped") || panel.parentElement.closest(".abn-panel")) return;
  const said = document.createElement("p");
  said.className = "abn-stopped";
  said.setAttribute("role", "alert");
  said.textContent = STOPPED;
  panel.prepend(said);
};

export default {
  render({ el, model }) {
    let panel;
    let watch;
    const observer = new MutationObserver(() => mend(panel));
    const stop = (event) => event.target.matches(FOCUSABLE) && event.stopPropagation();
    const begin = () => {
      panel = el.closest(".abn-panel");
      if (!panel) return;
      mend(panel);
      observer.observe(panel, { childList: true, subtree: true });
      panel.addEventListener("keydown", stop);
      for (const event of ["keydown", "blur"]) panel.addEventListener(event, reread, true);
      watch = setInterval(() => {
        if (!gone(panel, model.widget_manager?.kernel)) return;
        clearInterval(watch);
        rest(panel);
      }, 1000);
    };
    setTimeout(begin, 50);
    return () => {
      observer.disconnect();
      clearInterval(watch);
      panel?.removeEventListener("keydown", stop);
      for (const event of ["keydown", "blur"]) panel?.removeEventListener(event, reread, true);
    };
  },
};
