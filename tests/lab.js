// What tests ask of a notebook's page: lab.py puts it into every page as window.inPage.
window.inPage = (() => {
  const panel = () => window.jupyterapp?.shell?.currentWidget;
  const kernel = () => panel()?.sessionContext?.session?.kernel;
  const root = () => panel().content.node;
  const all = (selector, inside = root()) => [...inside.querySelectorAll(selector)];
  const text = (element) => (element?.textContent ?? "").replace(/[\s\u200b]+/g, " ").trim();
  const box = (element) => { const { x, y, width, height } = element.getBoundingClientRect(); return { x, y, width, height }; };
  const shown = (element) => element.checkVisibility({ visibilityProperty: true }) && element.getBoundingClientRect().width > 0;
  const codeCells = () => all(".jp-CodeCell");
  const cellOf = (element) => codeCells().indexOf(element.closest(".jp-CodeCell")) + 1;
  const firstLine = (cell) => cell.model.sharedModel.source.split("\n").find((line) => line.trim()) ?? "";
  const PLOTLY = "application/vnd.plotly.v1+json";
  const outputsOf = (cell) => Array.from({ length: cell.model.outputs.length }, (_, index) => cell.model.outputs.get(index));
  const kinds = (cell) => outputsOf(cell).flatMap((output) => Object.keys(output.data));
  const isBare = (plot) => !plot.querySelector(".main-svg") && shown(plot) && !text(plot.closest(".abn-chart")?.querySelector(".abn-fault"));
  const isUndrawn = (cell) => cell.model.outputs.length && (
    (kinds(cell).includes(PLOTLY) && !cell.node.querySelector(".main-svg")) || all(".js-plotly-plot, .abn-plot", cell.node).some(isBare));
  const heard = { errors: [], warnings: [] };
  const run = { done: true, failure: null };
  const plain = (said) => said.replace(/\x1b\[[0-9;]*m/g, "");

  let moved = performance.now();
  new MutationObserver((changes) => {
    const node = panel()?.content?.node;
    if (changes.some(({ target }) => node?.contains(target))) moved = performance.now();
  }).observe(document, { childList: true, subtree: true });

  function hear(_, message) {
    const from = message.parent_header.msg_type === "execute_request" ? "cell" : "callback";
    if (message.header.msg_type === "error") {
      const { ename, evalue, traceback } = message.content;
      heard.errors.push(plain(`${ename}: ${evalue} (in a ${from})\n${traceback.join("\n")}`));
    }
    if (message.header.msg_type === "stream" && message.content.name === "stderr") {
      const said = plain(message.content.text);
      const error = from === "callback" && said.includes("Traceback");
      (error ? heard.errors : heard.warnings).push(`${said} (in a ${from})`);
    }
  }

  const sent = new Set(); // what the kernel was asked and has not done with
  function heed(_, { msg, direction }) {
    moved = performance.now();
    if (direction === "send" && msg.channel === "shell") sent.add(msg.header.msg_id);
    if (msg.header.msg_type === "status" && msg.content.execution_state === "idle") sent.delete(msg.parent_header.msg_id);
  }

  // Each kind of control: where it is, what it is set to, what it can be set to.
  const options = (select) => [...select.options].map(text);
  const KINDS = [
    ["dropdown", ".widget-dropdown", (e) => text(e.querySelector("select").selectedOptions[0]), (e) => options(e.querySelector("select"))],
    ["list", ".widget-select", (e) => [...e.querySelector("select").selectedOptions].map(text).join(", "), (e) => options(e.querySelector("select"))],
    ["toggle buttons", ".widget-toggle-buttons", (e) => text(e.querySelector(".mod-active")), (e) => all("button", e).map(text)],
    ["radio", ".widget-radio", (e) => text(e.querySelector("input:checked")?.closest("label")), (e) => all(".widget-radio-box label", e).map(text)],
    ["checkbox", ".widget-checkbox", (e) => e.querySelector("input").checked],
    ["slider", ".widget-slider", (e) => text(e.querySelector(".widget-readout")) || e.querySelector(".noUi-handle")?.getAttribute("aria-valuetext")],
    ["text", ".widget-text, .widget-textarea, .widget-combobox", (e) => e.querySelector("input, textarea").value],
    ["button", ".widget-button, .widget-toggle-button", (e) => e.classList.contains("mod-active")],
    ["dropdown", "select:not([multiple])", (e) => text(e.selectedOptions[0]), options],
    ["checkbox", "input[type=checkbox]", (e) => e.checked],
    ["slider", "input[type=range]", (e) => e.value],
    ["text", "input, textarea", (e) => e.value],
    ["button", "button:not(.abn-projector), [role=button], summary", () => null],
  ];

  const spoken = (element) => {
    const ids = element?.getAttribute("aria-labelledby")?.split(/\s+/) ?? [];
    return ids.map((id) => text(document.getElementById(id))).join(" ").trim() || element?.getAttribute("aria-label") || "";
  };
  function labelOf(element, native) {
    const visible = native ? text(element.labels?.[0]) : all(".widget-label, .widget-label-basic", element).map(text).find(Boolean);
    const group = native ? null : element.querySelector("[role=radiogroup], [role=group]");
    const inner = native ? element : element.querySelector("select, textarea, .noUi-handle, input:not([type=radio])");
    return visible || spoken(element) || spoken(group) || spoken(inner) || (native ? text(element) : "") || element.title || element.placeholder || "";
  }

  const MARKS = {
    bars: ".barlayer .point path, .waterfalllayer .point path, .funnellayer .point path",
    points: ".scatterlayer .points path, .scattergeo path.point, .boxlayer .points path",
    boxes: ".boxlayer path.box, .violinlayer path",
    lines: ".scatterlayer path.js-line, .scattergeo path.js-line",
    fills: ".scatterlayer path.js-fill",
    texts: ".scatterlayer .textpoint text, .scattergeo text, .indicatorlayer text, .table text",
    areas: ".choroplethlayer path, .pielayer .slice path, .heatmaplayer image, .treemaplayer path, .sunburstlayer path",
    canvases: ".gl-container canvas, .gl-canvas",
  };
  const isDrawn = (kind) => (mark) => {
    const { width, height } = mark.getBBox ? mark.getBBox() : mark.getBoundingClientRect();
    return kind === "bars" ? width * height > 0 : width + height > 0;
  };
  // A map that fails for want of its outlines loses the class js-plotly-plot, but not its empty frame.
  const plots = () => [...new Set(all(".jp-OutputArea :is(.js-plotly-plot, .plot-container, .abn-plot)").map((one) => one.closest(".js-plotly-plot, .abn-plot") ?? one.parentElement))];

  const OWN = new Set(["geojson", "template", "range", "autorange", "autosize", "height"]); // outlines, and what is written on drawing
  const said = new Map(), panelAt = (index) => root().querySelector(`[data-panel="${index}"]`);
  const WORDS = ".abn-say, .widget-html, .abn-chart figcaption, .abn-twin, .abn-note, .abn-source, .abn-scroll";
  // What a panel says and shows, without what its controls themselves are set to.
  function saying(index) {
    const drawn = all(".js-plotly-plot", panelAt(index)).map(({ data, layout }) =>
      JSON.stringify([data, layout], (key, value) => (OWN.has(key) ? undefined : value)));
    return JSON.stringify([all(WORDS, panelAt(index)).map(text), drawn]);
  }
  const scroller = () => root().querySelector(".jp-WindowedPanel-outer") ?? root();

  return {
    // Whether a chart is undrawn is looked for only once all else has been still for `quiet` seconds: it lays the page out anew.
    state(quiet) {
      const now = panel(), status = kernel()?.status ?? "none", still = (performance.now() - moved) / 1000;
      const open = now?.content?.model?.cells && now.sessionContext ? now.context.path : "";
      const code = open ? now.content.widgets.filter((cell) => cell.model.type === "code") : [];
      const waiting = code.filter((cell) => text(cell.node.querySelector(".jp-InputPrompt")).includes("*"));
      const undrawn = status === "idle" && !waiting.length && still > quiet ? code.filter(isUndrawn) : [];
      return {
        open, ran: run.done, kernel: status, waiting: waiting.length, undrawn: undrawn.length, sent: sent.size, still,
        next: waiting.length ? `cell ${code.indexOf(waiting[0]) + 1} of ${code.length}: ${firstLine(waiting[0])}` : "",
        dialog: text(document.querySelector(".jp-Dialog-content")),
      };
    },
    listen() {
      sent.clear();
      kernel().iopubMessage.connect(hear);
      kernel().anyMessage.connect(heed);
    },
    // Whether nothing moves even once the page has drawn all that it has to and is idle, however slow the machine.
    async rests() {
      const before = moved;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      await new Promise((done) => requestIdleCallback(done, { timeout: 1000 }));
      return moved === before;
    },
    // Waits, five seconds at most, until the kernel has done what it was asked and what it answered is drawn.
    async answered() {
      for (const began = performance.now(); performance.now() - began < 5000; ) {
        if (sent.size) await new Promise((done) => setTimeout(done, 10));
        else if ((await this.rests()) && !sent.size && !all(".abn-plot").some(isBare)) return;
      }
    },
    run(command, options) {
      Object.assign(run, { done: false, failure: null });
      heard.errors.length = heard.warnings.length = 0;
      window.jupyterapp.commands.execute(command, options).catch((reason) => { run.failure = String(reason); }).finally(() => { run.done = true; });
    },
    failure: () => run.failure,
    async close() {
      await panel().sessionContext.shutdown();
      panel().dispose();
    },
    errors() {
      const drawn = all('[data-mime-type="application/vnd.jupyter.stderr"]').flatMap((output) => {
        const said = output.innerText.trim(), summary = said.split("\n").findLast((line) => /^[\w.]+(Error|Exception|Interrupt|Exit|StopIteration)\b/.test(line));
        return summary ? [`${summary} (in cell ${cellOf(output)})\n${said}`] : [];
      });
      const unseen = heard.errors.filter((error) => !drawn.some((one) => one.includes(error.split("\n")[0].replace(/ \(in a \w+\)$/, ""))));
      return [...drawn, ...unseen];
    },
    warnings: () => heard.warnings,
    outputs() {
      return codeCells().map((cell, index) => {
        const area = cell.querySelector(".jp-Cell-outputArea");
        const widget = panel().content.widgets.filter((one) => one.model.type === "code")[index], { model } = widget;
        return {
          cell: index + 1, count: model.executionCount, source: model.sharedModel.source, text: area?.innerText.trim() ?? "",
          kinds: kinds(widget), box: box(area ?? cell.querySelector(".jp-Cell-outputWrapper")),
        };
      });
    },
    charts() {
      return plots().map((plot) => {
        const marks = {};
        for (const [kind, selector] of Object.entries(MARKS)) {
          const count = all(selector, plot).filter(isDrawn(kind)).length;
          if (count) marks[kind] = count;
        }
        const around = plot.closest("[aria-label], [aria-labelledby]"), ours = plot.closest(".jp-OutputArea-output")?.contains(around);
        const name = spoken(plot.querySelector(".main-svg[aria-label]")) || (ours ? spoken(around) : "");
        return {
          cell: cellOf(plot), title: text(plot.querySelector(".gtitle")), name, shown: shown(plot),
          cut: Math.max(0, ...all(".main-svg", plot).flatMap((svg) => [svg.clientWidth - plot.clientWidth, svg.clientHeight - plot.clientHeight])),
          marks, drawn: Object.values(marks).reduce((sum, count) => sum + count, 0), box: box(plot),
        };
      });
    },
    controls() {
      const found = [];
      for (const [kind, selector, value, choices] of KINDS) {
        const native = kind === "button" || !selector.includes(".widget-");
        for (const element of all(selector).filter((e) => e.closest(".jp-Cell-outputArea"))) {
          if (element.closest(".js-plotly-plot, .plot-container") || found.some((one) => one.element.contains(element))) continue;
          found.push({ element, kind, native, value: value(element), options: choices?.(element) ?? [], label: labelOf(element, native) });
        }
      }
      found.sort((a, b) => (a.element.compareDocumentPosition(b.element) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1));
      return found.map(({ element, ...one }, index) => {
        element.dataset.control = index;
        const disabled = Boolean(element.querySelector(":disabled, [disabled]")) || element.disabled === true;
        return { ...one, index, cell: cellOf(element), disabled, shown: shown(element) };
      });
    },
    panels() {
      const known = this.controls();
      const outer = all(".abn-panel").filter((panel) => shown(panel) && !panel.parentElement.closest(".abn-panel"));
      return outer.map((panel, index) => {
        panel.dataset.panel = index;
        const controls = known.filter((one) => panel.contains(root().querySelector(`[data-control="${one.index}"]`)));
        return { index, cell: cellOf(panel), explores: panel.classList.contains("abn-explore"), controls };
      });
    },
    remember(index) { said.set(index, saying(index)); },
    // Waits until a panel says something else than is remembered, or that again: the milliseconds (null: not in time) and its messages.
    panelChanges(index, again, patience) {
      const began = performance.now(), done = () => (saying(index) === said.get(index)) === again;
      return new Promise((resolve) => {
        const end = () => { observer.disconnect(); clearTimeout(timer); resolve({ after: done() ? performance.now() - began : null, alerts: all(".abn-say", panelAt(index)).map(text).filter(Boolean) }); };
        const observer = new MutationObserver(() => done() && end());
        const timer = setTimeout(end, done() ? 0 : patience);
        observer.observe(panelAt(index), { childList: true, subtree: true, characterData: true, attributes: true });
      });
    },
    // Gives the focus to a control, or to the part of it that matches and has these words; null if it cannot be moved now.
    focus(index, part, words) {
      const control = root().querySelector(`[data-control="${index}"]`);
      if (!control || !shown(control) || control.matches(":disabled") || control.querySelector(":disabled")) return null;
      const place = part ? all(part, control).find((one) => !words || text(one) === words) : control;
      place.focus();
      return { last: place.getAttribute("aria-valuenow") === place.getAttribute("aria-valuemax") };
    },
    cutOff() {
      const outer = all(".abn-panel").filter((panel) => !panel.parentElement.closest(".abn-panel"));
      return outer.flatMap((panel) => {
        const edge = panel.closest(".jp-OutputArea-output").getBoundingClientRect().right + 1;
        const beyond = all("*", panel).filter((part) => !part.closest(".abn-plot, .abn-scroll") && shown(part) && part.getBoundingClientRect().right > edge);
        return beyond.slice(0, 2).map((part) => part.outerHTML.slice(0, 120));
      });
    },
    // For each chart, the pixels from the controls above it to the end of its marks and its sentence, beside what is seen at once.
    spans() {
      return all(".abn-chart").filter((chart) => shown(chart.querySelector(".abn-plot"))).map((chart) => {
        const rows = all(".abn-controls", chart.closest(".abn-panel") ?? chart);
        const before = rows.filter((row) => row.compareDocumentPosition(chart) & Node.DOCUMENT_POSITION_FOLLOWING);
        const above = chart.closest(".abn-explore") ? before[0] : before.at(-1); // the row whose controls move this chart
        const parts = all(".abn-frame, .abn-twin, figcaption", chart).filter(shown);
        const top = Math.min(...[above ?? chart, ...parts].filter(shown).map((part) => part.getBoundingClientRect().top));
        return {
          cell: cellOf(chart), title: text(chart.querySelector(".abn-title")), controls: above?.offsetHeight ?? 0,
          span: Math.round(Math.max(...parts.map((part) => part.getBoundingClientRect().bottom)) - top), seen: scroller().clientHeight,
        };
      });
    },
    pageCuts() {
      const frame = scroller(), start = frame.scrollTop - frame.getBoundingClientRect().top, height = frame.clientHeight;
      const edges = all(".jp-Cell").map((cell) => cell.getBoundingClientRect().bottom + start), end = edges.at(-1) + 10;
      const cuts = [0];
      while (cuts.at(-1) + height < end) {
        const fitting = edges.filter((edge) => edge > cuts.at(-1) + height / 2 && edge <= cuts.at(-1) + height);
        cuts.push(fitting.at(-1) ?? cuts.at(-1) + height);
      }
      return [...cuts, end];
    },
    scrollTo(top, bottom) {
      const frame = scroller();
      frame.scrollTop = top;
      const { x, y, width } = frame.getBoundingClientRect();
      return { x, y: y + top - frame.scrollTop, width, height: bottom - top };
    },
    height: () => root().getBoundingClientRect().top + scroller().scrollHeight,
    // The cell in whose output an element lies, null in Lab's own frame.
    cellWith(selector) {
      const element = document.querySelector(selector), inside = element?.closest(".jp-OutputArea-output");
      return inside && inside !== element ? cellOf(element) : null;
    },
  };
})();
