// Shows one figure: HTML for its words, plotly for its marks. Every string goes in as text, never as HTML.

const unzip = async (view) => {
  const stream = new Blob([view]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
};

// What takes long waits its turn, until the page is idle (not for ever: some pages never are): words and controls come first.
const idle = () => new Promise((resolve) => (globalThis.requestIdleCallback ?? ((done) => setTimeout(done, 60)))(resolve, { timeout: 300 }));
const inTurn = (task) => (globalThis.__allianceTurn = (globalThis.__allianceTurn ?? Promise.resolve()).then(idle).then(task));

// plotly.js, once a page however many notebooks are open.
const loadPlotly = (library) =>
  (globalThis.__alliancePlotly ??= inTurn(async () => {
    const code = await unzip(library.get("plotly"));
    const wrapped = `const module = {exports: {}};\n(function (module, exports, define) {\n${code}\n}).call(globalThis, module, module.exports, undefined);\nexport default module.exports;`;
    const address = URL.createObjectURL(new Blob([wrapped], { type: "text/javascript" }));
    return (await import(address)).default;
  }));

const element = (tag, className, parent, text) => {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  parent?.append(made);
  return made;
};

// Plotly shows a little HTML and wants < and & escaped; the page wants them as they are.
const unescaped = (text) => text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

// Of the little HTML that plotly reads only these bare tags stay; any other < is shown as it is.
const TAG = /<(?!\/?(?:b|i|br|sup|sub|extra)>)/g;
const tamed = (figure) => JSON.parse(JSON.stringify(figure), (_, value) => (typeof value === "string" ? value.replace(TAG, "&lt;") : value));

// Whether the names along the x axis would run into each other; then plotly chooses which to write.
const crowded = (layout, width) => layout.xaxis?.dtick === 1 && width / layout.xaxis.categoryarray?.length < 17;

// Ink and lines follow JupyterLab's theme, so that a chart reads in the dark as well.
const themed = (template) => {
  const css = getComputedStyle(document.body);
  const colour = (name, fallback) => css.getPropertyValue(name).trim() || fallback;
  const ink = colour("--jp-content-font-color1", "#1f2328");
  const paper = colour("--jp-layout-color1", "#ffffff");
  const dressed = structuredClone(template);
  Object.assign(dressed.layout.font, { color: ink });
  Object.assign(dressed.layout.hoverlabel, { bgcolor: paper, bordercolor: ink });
  dressed.layout.hoverlabel.font.color = ink;
  return dressed;
};

const fillTable = (box, { columns = [], rows = [] }) => {
  const table = document.createElement("table");
  const head = element("tr", "", element("thead", "", table));
  for (const column of columns) element("th", "", head, column).scope = "col";
  const body = element("tbody", "", table);
  for (const row of rows) {
    const line = element("tr", "", body);
    for (const cell of row) element("td", /^[-\u2212]?[\d,.]+$/.test(cell) ? "abn-number" : "", line, cell);
  }
  box.replaceChildren(table);
};

// An SVG path of a drawn shape, "M1,2L3,4...", as [[1, 2], [3, 4], ...].
const points = (path) => [...path.matchAll(/[ML]([^,]+),([^ML]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

// Names for captions, no two alike on the page, however many notebooks are open in it.
const nextCaption = () => `abn-caption-${(globalThis.__allianceCaptions = (globalThis.__allianceCaptions ?? 0) + 1)}`;

export default {
  async render({ model, el }) {
    const figure = element("figure", "abn-chart", el);
    const caption = element("figcaption", "", figure);
    const title = element("span", "abn-title", caption);
    const subtitle = element("span", "abn-subtitle", caption);
    caption.id = nextCaption();
    figure.setAttribute("aria-labelledby", caption.id);
    const plot = element("div", "abn-plot", figure);
    plot.style.minHeight = `${model.get("figure").layout?.height ?? 400}px`;
    plot.setAttribute("role", "img");
    const twin = element("p", "abn-twin", figure);
    twin.setAttribute("role", "status");
    const note = element("p", "abn-note", figure);
    const source = element("p", "abn-source", figure);
    const details = element("details", "", figure);
    const summary = element("summary", "", details);
    const box = element("div", "abn-scroll", details);
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Table behind the chart");

    const say = () => {
      const words = model.get("words");
      title.textContent = unescaped(words.title);
      subtitle.textContent = unescaped(words.subtitle);
      plot.setAttribute("aria-label", `Chart: ${title.textContent}. ${subtitle.textContent}`);
      if (twin.textContent !== words.twin) twin.textContent = words.twin;
      twin.hidden = !words.twin;
      note.textContent = words.note;
      source.textContent = words.source;
      summary.textContent = `Table behind this chart (${words.rows} rows)`;
      details.hidden = !words.rows;
    };
    details.addEventListener("toggle", () => details.open && model.send("table"));
    model.on("change:table", () => fillTable(box, model.get("table")));
    model.on("change:words", say);
    say();

    const library = await model.widget_manager.get_model(model.get("_library"));
    const Plotly = await loadPlotly(library);
    const outlines = {};
    const outline = async (name) =>
      (outlines[name] ??= JSON.parse(await unzip((await model.widget_manager.get_model(model.get("_outlines")[name])).get("geojson"))));
    const config = { displayModeBar: false, doubleClickDelay: 400, typesetMath: false };

    let hovered = null;
    let thinned = false;
    let queue = Promise.resolve();
    const draw = async () => {
      const spec = tamed(model.get("figure"));
      for (const trace of spec.data) if (typeof trace.geojson === "string") trace.geojson = await outline(trace.geojson);
      const layout = { ...spec.layout, template: themed(library.get("template")) };
      thinned = crowded(layout, plot.clientWidth);
      if (thinned) delete layout.xaxis.dtick;
      await Plotly.react(plot, spec.data, layout, config);
      if (hovered) Plotly.Fx.hover(plot, hovered); // what is no longer there is passed over
    };
    const redraw = () => (queue = queue.then(draw).catch((error) => { twin.textContent = `The chart could not be drawn: ${error.message}`; twin.hidden = false; }));
    await inTurn(redraw);

    plot.on("plotly_hover", ({ points }) => { hovered = points.map(({ curveNumber, pointNumber }) => ({ curveNumber, pointNumber })); });
    plot.on("plotly_unhover", () => { hovered = null; });
    plot.on("plotly_relayout", ({ shapes }) => {
      const path = shapes?.at(-1)?.path;
      if (!path) return;
      Plotly.relayout(plot, { shapes: shapes.slice(0, -1) }); // the kernel answers with the line as data
      model.set("drawn", points(path));
      model.save_changes();
    });
    model.on("change:figure", redraw);

    const theme = new MutationObserver(redraw);
    theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
    const size = new ResizeObserver(() => {
      if (!plot.offsetParent) return;
      Plotly.relayout(plot, { autosize: true });
      if (crowded(model.get("figure").layout, plot.clientWidth) !== thinned) redraw();
    });
    size.observe(el);
    return () => {
      theme.disconnect();
      size.disconnect();
      model.off("change:figure", redraw);
      model.off("change:words", say);
      Plotly.purge(plot);
    };
  },
};
