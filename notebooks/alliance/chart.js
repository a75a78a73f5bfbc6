// Shows one figure: HTML for its words, plotly for its marks. Every string goes in as text, never as HTML.

const unzip = async (view) => {
  const stream = new Blob([view]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).text();
};

// What takes long waits its turn, until the page is idle (not for ever: some pages never are): words and controls come first.
const idle = () => new Promise((resolve) => (globalThis.requestIdleCallback ?? ((done) => setTimeout(done, 60)))(resolve, { timeout: 300 }));
const inTurn = (task) => {
  const turn = (globalThis.__allianceTurn ?? Promise.resolve()).then(idle).then(task);
  globalThis.__allianceTurn = turn.catch(() => {}); // whose turn it is says what failed; the next one goes on
  return turn;
};

// plotly.js, once a page however many notebooks are open; after a failure the next chart tries again.
const loadPlotly = (library) =>
  (globalThis.__alliancePlotly ??= inTurn(async () => {
    const code = await unzip(library.get("plotly"));
    const wrapped = `const module = {exports: {}};\n(function (module, exports, define) {\n${code}\n}).call(globalThis, module, module.exports, undefined);\nexport default module.exports;`;
    const address = URL.createObjectURL(new Blob([wrapped], { type: "text/javascript" }));
    return (await import(address)).default;
  }).catch((error) => {
    delete globalThis.__alliancePlotly;
    throw error;
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
const tamed = (json) => JSON.parse(json, (_, value) => (typeof value === "string" ? value.replace(TAG, "&lt;") : value));

// Whether names along an axis, each so wide or so high, would run into each other; then plotly chooses which to write.
const crowded = (axis, room, size) => axis?.dtick === 1 && room / axis.categoryarray?.length < size;
const wide = (axis) => 8.2 * Math.max(0, ...(axis?.categoryarray ?? []).map((name) => String(name).length)) + 6;

// Ink and lines follow JupyterLab's theme, or the colours that the system forces on a page, so that a chart always reads.
const LOOKS = ["(forced-colors: active)", "(prefers-color-scheme: dark)"].map((query) => matchMedia(query));
const themed = (template, place) => {
  const css = getComputedStyle(place);
  const colour = (name, fallback) => css.getPropertyValue(name).trim() || fallback;
  const forced = LOOKS[0].matches;
  const ink = forced ? css.color : colour("--jp-content-font-color1", "#1f2328");
  const paper = forced ? css.backgroundColor : colour("--jp-layout-color1", "#ffffff");
  const dressed = structuredClone(template);
  dressed.data.scatter[0].cliponaxis = false; // a point at the edge is whole
  Object.assign(dressed.layout.font, { color: ink });
  Object.assign(dressed.layout.hoverlabel, { bgcolor: paper, bordercolor: ink });
  dressed.layout.hoverlabel.font.color = ink;
  return dressed;
};

const fillTable = (box, { columns = [], rows = [], sources = [] }) => {
  const table = document.createElement("table");
  const head = element("tr", "", element("thead", "", table));
  for (const column of columns) element("th", "", head, column).scope = "col";
  const body = element("tbody", "", table);
  for (const row of rows) {
    const line = element("tr", "", body);
    for (const cell of row) element("td", /^[-\u2212]?[\d,.]+$/.test(cell) ? "abn-number" : "", line, cell);
  }
  box.replaceChildren(...(columns.length ? [table] : []));
  if (!sources.length) return;
  element("p", "", box, sources.length > 1 ? `All ${sources.length} sources:` : "The source:");
  const list = element("ul", "", box);
  for (const source of sources) element("li", "", list, source);
};

// The fullest of some lines that a paragraph has room for; of which the last is the shortest.
const fitLine = (place, lines) => {
  for (const line of lines) {
    place.textContent = line;
    if (place.scrollHeight < 1.5 * parseFloat(getComputedStyle(place).lineHeight)) return;
  }
};

// An SVG path of a drawn shape, "M1,2L3,4...", as [[1, 2], [3, 4], ...].
const points = (path) => [...path.matchAll(/[ML]([^,]+),([^ML]+)/g)].map(([, x, y]) => [Number(x), Number(y)]);

// A line drawn anew: a part drawn again keeps the rest. An end drawn nearly to a point means that point.
const joined = (before, line) => {
  const known = before.filter(([, height]) => height !== null);
  const sorted = [...line].sort(([a], [b]) => a - b), [first, last] = [sorted[0], sorted.at(-1)];
  const reach = known.length > 1 ? (0.35 * (known.at(-1)[0] - known[0][0])) / (known.length - 1) : 0;
  const rest = known.filter(([x]) => x < first[0] || x > last[0]).map(([x, height]) => {
    const end = x < first[0] ? first : last;
    return [x, Math.abs(x - end[0]) <= reach ? end[1] : height];
  });
  return [...rest, ...sorted];
};

// The height of what is seen at once: of the smallest part of the page that scrolls.
const seenAtOnce = (part) => {
  let seen = globalThis.innerHeight;
  for (let up = part.parentElement; up; up = up.parentElement)
    if (up.scrollHeight > up.clientHeight + 100 && /auto|scroll/.test(getComputedStyle(up).overflowY)) seen = Math.min(seen, up.clientHeight);
  return seen;
};

// Where there is little room: small margins, a compact legend. What is still cut on a narrow screen is drawn wider, and scrolls.
const NARROW = 540;
const COMPACT = { margin: { l: 4, r: 20, t: 22, b: 4 }, font: 13, legend: { font: { size: 12 }, itemwidth: 30, tracegroupgap: 0 } };

// By how much words of a chart reach beyond it, to the left and to the right.
const beyond = (plot) => {
  const { left, right } = plot.getBoundingClientRect();
  const boxes = [...plot.querySelectorAll(".main-svg text")].map((text) => text.getBoundingClientRect()).filter((box) => box.width);
  return [Math.max(0, ...boxes.map((box) => left - box.left)), Math.max(0, ...boxes.map((box) => box.right - right))];
};

// By how much a chart is too low for the names of its rows not to run into each other.
const piled = (plot) => {
  const boxes = [...plot.querySelectorAll(".ytick text")].map((text) => text.getBoundingClientRect()).sort((one, other) => one.top - other.top);
  return Math.ceil(Math.max(0, ...boxes.slice(1).map((box, place) => boxes[place].bottom + 2 - box.top))) * boxes.length;
};

// Whether numbers or dates along the lower edge of a chart meet.
const meeting = (plot) => {
  const boxes = [...plot.querySelectorAll(".xtick text")].map((text) => text.getBoundingClientRect()).sort((one, other) => one.left - other.left);
  return boxes.slice(1).some((box, place) => box.left < boxes[place].right + 4 && box.top < boxes[place].bottom);
};

// Whether plotly left the key of a chart where the margins of the drawing before had put it.
const strayed = (plot) => {
  const { legend, _size: size } = plot._fullLayout, key = plot.querySelector(".legend .bg");
  if (!key) return false;
  const above = { top: 0, middle: 0.5, bottom: 1 }[legend.yanchor] * legend._height;
  const top = size.t + size.h * (1 - legend.y) - above;
  return Math.abs(key.getBoundingClientRect().top - plot.getBoundingClientRect().top - top) > 2;
};

// Words in lines of at most so many letters; a single word may be longer.
const folded = (text, letters) => {
  const lines = [""];
  for (const word of text.replaceAll("<br>", " ").split(/ +/)) {
    if (lines.at(-1) && lines.at(-1).length + word.length >= letters) lines.push(word);
    else lines.push(`${lines.pop()} ${word}`.trim());
  }
  return lines;
};

// The names along an axis, in the order of their places 0, 1, 2 ...; none along an axis of numbers or dates.
const isWord = (name) => typeof name === "string" && !/^\d{4}-\d\d(-|$)|^-?[\d.]+$/.test(name);
const namesOf = (axis, values) => {
  const categories = axis.categoryarray ?? [...new Set(values)];
  return axis.ticktext ?? (categories.every(isWord) ? categories : []);
};
const valuesOf = (data, side) => data.filter((trace) => Array.isArray(trace[side]) && !trace.xaxis).flatMap((trace) => trace[side]);
const longest = (lines) => Math.max(0, ...lines.flat().map((line) => line.replace(/<[^>]*>/g, "").length));
const highest = (lines) => Math.max(...lines.map(({ length }) => length));
const BLANK = "\u00a0";

// Where names of rows would take more than their part of a narrow chart, they are folded, and the rows grow with them.
const foldNames = (layout, data, width, narrow) => {
  const axis = layout.yaxis ?? {}, shares = narrow ? [0.3, 0.36, 0.46, 0.54, 0.62] : [0.54, 0.62];
  const [least, ...more] = shares.map((share) => Math.floor((share * width) / 8.2));
  const names = namesOf(axis, valuesOf(data, "y"));
  if (longest(names.map((name) => name.split("<br>"))) <= (narrow ? more[0] : least)) return 0;
  let lines = names.map((name) => folded(name, least));
  for (const letters of more) if (highest(lines) > (names.length > 8 ? 3 : 6)) lines = names.map((name) => folded(name, letters));
  layout.margin = { ...layout.margin, l: 8.2 * longest(lines) + 10 };
  layout.yaxis = { ...axis, automargin: false, tickmode: "array", tickvals: axis.tickvals ?? names, ticktext: lines.map((parts) => parts.join("<br>")) };
  return lines.length * (17 * highest(lines) + 5) + 130;
};

// In a narrow matrix, names against names, the name of a row stands above its marks, and the columns have the whole width.
const nameAbove = (layout, data, width) => {
  const { xaxis = {}, yaxis = {} } = layout, names = namesOf(yaxis, valuesOf(data, "y")), [first, last] = yaxis.range ?? [];
  const numbered = (yaxis.tickvals ?? []).every((value, place) => value === place);
  if (!names.length || !numbered || first === undefined || !namesOf(xaxis, valuesOf(data, "x")).length || data.some(({ type, mode }) => type !== "scatter" || mode.includes("lines"))) return 0;
  const lines = names.map((name) => folded(name, Math.floor((width - 12) / 8.2))), row = 17 * highest(lines) + 42;
  const below = 22 / row, above = (17 * highest(lines) + 22) / row, end = names.length - 1;
  const look = { xref: "paper", x: 0, xanchor: "left", yanchor: "bottom", yshift: 12, align: "left", showarrow: false };
  layout.annotations = [...(layout.annotations ?? []), ...lines.map((parts, y) => ({ ...look, y, text: parts.join("<br>"), font: yaxis.tickfont }))];
  layout.yaxis = { ...yaxis, showticklabels: false, ticks: "", range: first > last ? [Math.max(end, first - 0.6) + below, Math.min(last, -above)] : [-below, Math.max(last, end + above)] };
  layout.margin = { ...layout.margin, l: 8 };
  return names.length * row + 130;
};

// Heads of columns are folded; where a word is still too wide for its column, every second head stands higher.
const foldHeads = ({ xaxis = {} }, data, room) => {
  const heads = namesOf(xaxis, valuesOf(data, "x")), letters = Math.floor(room / heads.length / 7.8);
  if (room <= 0 || longest(heads.map((head) => head.split("<br>"))) <= letters) return; // no room: it has no place yet
  let lines = heads.map((head) => folded(head, letters));
  if (longest(lines) > letters) {
    lines = heads.map((head) => folded(head, 2 * letters));
    const low = Array(highest(lines.filter((_, place) => place % 2 === 0))).fill(BLANK);
    lines = lines.map((head, place) => (place % 2 === 0 ? head : xaxis.side === "top" ? [...head, ...low] : [...low, ...head]));
  }
  Object.assign(xaxis, { tickmode: "array", tickvals: xaxis.tickvals ?? heads, ticktext: lines.map((head) => head.join("<br>")) });
};

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
    const frame = element("div", "abn-frame", figure);
    const plot = element("div", "abn-plot", frame);
    plot.setAttribute("role", "img");
    const twin = element("p", "abn-twin", figure);
    twin.setAttribute("role", "status");
    const note = element("p", "abn-note", figure);
    const source = element("p", "abn-source", figure);
    const fault = element("p", "abn-fault", figure);
    fault.setAttribute("role", "alert");
    const foot = element("div", "abn-foot", figure);
    const details = element("details", "", foot);
    const summary = element("summary", "", details);
    const box = element("div", "abn-scroll", details);
    const switched = element("button", "abn-projector", foot, "Fit a projected screen");
    switched.type = "button";
    box.tabIndex = 0;
    box.setAttribute("role", "region");
    box.setAttribute("aria-label", "Table behind the chart, and its sources");

    let highest = 0;
    const say = () => {
      const words = model.get("words");
      title.textContent = unescaped(words.title);
      subtitle.textContent = unescaped(words.subtitle);
      highest = Math.max(highest, caption.offsetHeight); // what stands below does not jump back and forth
      caption.style.minHeight = `${highest}px`;
      plot.setAttribute("aria-label", `Chart: ${title.textContent}. ${subtitle.textContent}`);
      if (twin.textContent !== words.twin) twin.textContent = words.twin;
      twin.hidden = !words.twin;
      note.textContent = words.note;
      fitLine(source, words.source);
      const table = words.rows && `Table behind this chart (${words.rows} rows)`, all = words.source.join("") && "sources in full";
      summary.textContent = [table, all].filter(Boolean).join(", ").replace(/^s/, "S");
      foot.hidden = !summary.textContent;
    };
    const SILENT = "The table is on its way. If it does not come, this lesson's kernel has stopped: choose Run ▸ Run All Cells.";
    details.addEventListener("toggle", () => {
      if (!details.open) return;
      if (!box.firstChild) element("p", "", box, SILENT);
      try {
        model.send("table");
      } catch {
        // no kernel to send to: the sentence stays
      }
    });
    model.on("change:table", () => fillTable(box, model.get("table")));
    model.on("change:words", say);
    say();
    const spec = () => ({ data: tamed(model.get("marks")), layout: tamed(model.get("frame")) });
    plot.style.minHeight = `${spec().layout.height ?? 400}px`;
    const failed = (error) => {
      fault.textContent = `The chart could not be drawn (${error.message}). Run its cell again; if that does not help, save the notebook and load the page anew.`;
    };

    const library = await model.widget_manager.get_model(model.get("_library"));
    const Plotly = await loadPlotly(library).catch((error) => { failed(error); });
    if (!Plotly) return undefined;
    const outlines = {};
    const outline = async (name) =>
      (outlines[name] ??= JSON.parse(await unzip((await model.widget_manager.get_model(model.get("_outlines")[name])).get("geojson"))));
    const config = { displayModeBar: false, doubleClickDelay: 400, typesetMath: false };

    // On a projected screen the chart stands beside its words and fits, with its controls, what is seen at once.
    const panel = el.closest(".abn-panel");
    const bar = panel?.matches(".abn-explore") ? panel.querySelector(":scope > .abn-controls") : null;
    const first = () => {
      const rows = [...(panel?.querySelectorAll(".abn-controls") ?? [])];
      return bar ?? rows.findLast((row) => row.compareDocumentPosition(figure) & Node.DOCUMENT_POSITION_FOLLOWING) ?? figure;
    };
    const dissolved = () => figure.classList.contains("abn-dissolved"); // its words stand above the controls, beside its marks
    const room = () => {
      const top = (dissolved() ? panel : first()).getBoundingClientRect().top;
      return Math.max(180, Math.floor(seenAtOnce(figure) - (plot.getBoundingClientRect().top - top) - 10));
    };
    const tall = () => twin.getBoundingClientRect().bottom - figure.getBoundingClientRect().top > room();
    const reserved = panel?.matches(".abn-explore") ? 25 : 0; // above a title, for its second line
    // Controls that take much of what is seen stand beside the chart, and scroll by themselves.
    const putAside = (projected) => {
      if (!bar) return false;
      const seen = seenAtOnce(figure);
      bar.style.maxHeight = "";
      panel.classList.remove("abn-aside");
      const aside = panel.clientWidth >= 600 && bar.offsetHeight > 0.4 * seen;
      panel.classList.toggle("abn-aside", aside);
      for (const part of [el, figure]) part.classList.toggle("abn-dissolved", aside && projected);
      const words = aside && projected ? twin.getBoundingClientRect().bottom - panel.getBoundingClientRect().top : 0;
      bar.style.maxHeight = aside ? `${Math.max(110, Math.floor(seen - words - 12))}px` : "";
      return aside && projected;
    };
    const HINT = 21; // pixels of the line above a chart that is wider than its place
    const arrange = ({ height = 400, dragmode }) => {
      const projected = Boolean(library.get("projector"));
      figure.classList.toggle("abn-projected", projected);
      figure.classList.toggle("abn-beside", projected && figure.clientWidth >= 520);
      panel?.classList.toggle("abn-projected", projected);
      figure.classList.add("abn-tight");
      const aside = putAside(projected);
      figure.classList.toggle("abn-tight", aside);
      if (!aside) figure.classList.toggle("abn-tight", projected && !twin.hidden && tall()); // many words: smaller, and more room for them
      switched.setAttribute("aria-pressed", projected);
      const below = dragmode === "drawopenpath" ? 140 : 0; // the numbers of a drawn line, and its button
      return projected ? Math.min(height, room() - below - (wider ? HINT : 0)) : height - reserved;
    };

    let hovered = null;
    let arranged = "";
    let queue = Promise.resolve();
    let due = false;
    let before = 0;
    let wider = 0; // the width of the frame for which its marks have been drawn wider
    const widen = (width) => {
      wider = width;
      plot.style.minWidth = width ? `${NARROW + 80}px` : "";
      frame.tabIndex = width ? 0 : -1;
      figure.classList.toggle("abn-wider", Boolean(width));
    };
    // What the size of the place changes: the height, and whether all names find room.
    const fitting = (layout) => {
      const height = arrange(layout);
      const width = frame.clientWidth;
      if (wider && wider !== width) widen(0);
      if (width !== before) {
        highest = 0;
        caption.style.minHeight = "";
        before = width;
        fitLine(source, model.get("words").source);
      }
      const narrow = 0 < width && width < NARROW, x = crowded(layout.xaxis, plot.clientWidth - 60, wide(layout.xaxis)), y = crowded(layout.yaxis, height - 60, 17);
      return { height, width, narrow, x, y, projected: library.get("projector") };
    };
    const listen = () => {
      plot.on("plotly_hover", ({ points }) => { hovered = points.map(({ curveNumber, pointNumber }) => ({ curveNumber, pointNumber })); });
      plot.on("plotly_unhover", () => { hovered = null; });
      plot.on("plotly_relayout", ({ shapes }) => {
        const path = shapes?.at(-1)?.path;
        if (!path) return;
        Plotly.relayout(plot, { shapes: shapes.slice(0, -1) }); // the kernel answers with the line as data
        const { x = [], y = [] } = plot.data.at(-1) ?? {};
        model.set("drawn", joined([...x].map((at, index) => [at, y[index]]), points(path)));
        model.save_changes();
      });
    };
    const draw = async () => {
      const { data, layout } = spec();
      for (const trace of data) if (typeof trace.geojson === "string") trace.geojson = await outline(trace.geojson);
      layout.template = themed(library.get("template"), figure);
      const fits = fitting(layout);
      arranged = JSON.stringify(fits);
      if (fits.x) delete layout.xaxis.dtick;
      if (fits.y) delete layout.yaxis.dtick;
      if (fits.projected || fits.narrow) {
        layout.margin = { ...COMPACT.margin, ...layout.margin };
        layout.legend = { ...layout.legend, ...COMPACT.legend };
        layout.template.layout.font.size = COMPACT.font;
      }
      if (fits.narrow && layout.geo && !layout.yaxis) fits.height = Math.min(fits.height, Math.round(0.85 * fits.width + 110));
      const names = layout.yaxis?.ticktext;
      if (fits.projected && names && fits.height / names.length < 46) layout.yaxis.ticktext = names.map((name) => name.replaceAll("<br>", " "));
      const phone = fits.narrow && !fits.projected, above = phone ? nameAbove(layout, data, plot.clientWidth) : 0;
      const folding = above || foldNames(layout, data, plot.clientWidth, phone);
      if (!fits.projected) fits.height = Math.max(fits.height, folding);
      const beside = folding ? layout.margin.l : 8.2 * longest(namesOf(layout.yaxis ?? {}, valuesOf(data, "y")).map((name) => name.split("<br>")));
      foldHeads(layout, data, plot.clientWidth - beside - 34);
      layout.height = fits.height;
      if (plot.clientWidth) layout.width = plot.clientWidth;
      plot.style.minHeight = `${fits.height}px`;
      const drawnBefore = Boolean(plot.on);
      await Plotly.react(plot, data, layout, config);
      if (!drawnBefore) listen();
      if (fits.narrow && !wider && !drawnInto()) await makeRoom(fits.width, layout.margin);
      for (let count = layout.xaxis?.dtick ? 7 : 0; count > 2 && meeting(plot); count -= 1)
        await Plotly.relayout(plot, { "xaxis.dtick": null, "xaxis.tickmode": "auto", "xaxis.nticks": count });
      const higher = drawnInto() || above ? 0 : piled(plot);
      frame.style.maxHeight = higher && fits.projected ? `${fits.height}px` : ""; // there, a long list is scrolled inside the chart
      frame.style.overflowY = frame.style.maxHeight && "auto";
      if (higher) {
        plot.style.minHeight = `${fits.height + higher}px`;
        await Plotly.relayout(plot, { height: fits.height + higher });
      }
      if (strayed(plot)) await Plotly.redraw(plot);
      if (hovered) Plotly.Fx.hover(plot, hovered); // what is no longer there is passed over
      fault.textContent = "";
      if (drawnInto() && !data.length) plot.append(hint);
      else hint.remove();
    };
    // What is cut on a narrow screen gets room at its side, or, where that is too much, a chart that scrolls.
    const makeRoom = async (width, margin) => {
      for (let tries = 8; tries; tries -= 1) {
        const [left, right] = beyond(plot), { l, r } = plot.layout.margin, size = plot._fullLayout._size;
        if (left < 2 && right < 2) return;
        if (l + left + r + right > 0.8 * width) break;
        await Plotly.relayout(plot, { "margin.l": l + Math.ceil(left), "margin.r": r + Math.ceil(1.3 * right), "legend.x": -size.l / size.w });
      }
      widen(width);
      const { height, projected } = fitting(spec().layout);
      await Plotly.relayout(plot, { width: plot.clientWidth, margin, ...(projected && { height }) });
    };
    const drawnInto = () => plot.layout?.dragmode === "drawopenpath";
    const hint = element("span", "abn-hint", null, "Press here, and draw to the right");
    const redraw = () => { // of what changes at once, and while it is drawn, only the last is drawn
      if (!due) queue = queue.then(() => { due = false; return draw(); }).catch(failed);
      due = true;
      return queue;
    };
    await inTurn(redraw);
    if (!plot.on) return undefined; // closed before its turn, or it says why it could not be drawn

    // A finger scrolls the page and does not zoom, but draws where one draws.
    plot.addEventListener("touchstart", (event) => drawnInto() || event.stopPropagation(), { capture: true, passive: true });
    const changes = "change:marks change:frame";
    model.on(changes, redraw);
    library.on("change:projector", redraw);
    switched.addEventListener("click", () => {
      library.set("projector", !library.get("projector"));
      library.save_changes();
    });

    const theme = new MutationObserver(redraw);
    theme.observe(document.body, { attributes: true, attributeFilter: ["data-jp-theme-light"] });
    for (const look of LOOKS) look.addEventListener("change", redraw);
    const fit = () => {
      if (!plot.offsetParent) return;
      if (JSON.stringify(fitting(spec().layout)) !== arranged) redraw();
    };
    const size = new ResizeObserver(fit);
    size.observe(el);
    globalThis.addEventListener("resize", fit);
    return () => {
      theme.disconnect();
      size.disconnect();
      globalThis.removeEventListener("resize", fit);
      for (const look of LOOKS) look.removeEventListener("change", redraw);
      library.off("change:projector", redraw);
      model.off(changes, redraw);
      model.off("change:words", say);
      Plotly.purge(plot);
    };
  },
};
