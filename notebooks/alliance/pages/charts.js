// A chart of chart.js without a kernel: a stand-in for the widget's model, and the library that all charts share.

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const unpack = async (text) => JSON.parse(await unzip(bytes(text)));

// plotly.js is the last and largest of the scripts: words, guesses and controls stand there before it is read.
globalThis.__alliancePlotly = new Promise((resolve, reject) => {
  addEventListener("DOMContentLoaded", () => (globalThis.Plotly ? resolve(globalThis.Plotly) : reject(new Error("course/plotly.js is not beside this page"))));
});
globalThis.__alliancePlotly.catch(() => {}); // each chart says it

const listening = () => {
  const heard = {};
  return {
    on: (names, act) => names.split(" ").forEach((name) => (heard[name] ??= []).push(act)),
    off: (names, act) => names.split(" ").forEach((name) => { heard[name] = (heard[name] ?? []).filter((one) => one !== act); }),
    fire: (...names) => new Set(names.flatMap((name) => heard[`change:${name}`] ?? [])).forEach((act) => act()),
  };
};
const library = { ...listening(), state: { template: alliance.template, projector: false } };
Object.assign(library, {
  get: (name) => library.state[name],
  set: (name, value) => { library.state[name] = value; },
  save_changes: () => library.fire("projector"),
});
const widgets = {
  get_model: async (name) => (name === "library" ? library : { get: () => bytes(alliance.maps[name]) }),
};
const OUTLINES = new Proxy({}, { get: (_, name) => name }); // an outline's model is called by the name of its map

// Draws a state (four texts: marks, frame, words, table) into `box`; `drew` hears of a line that is drawn into it.
const chartIn = (box, texts, drew) => {
  const { on, off, fire } = listening();
  let table;
  const state = { _library: "library", _outlines: OUTLINES, table: {}, drawn: [] };
  const take = ([marks, frame, words, rows]) => {
    Object.assign(state, { marks, frame, words: JSON.parse(words) });
    table = rows;
  };
  take(texts);
  const open = () => {
    state.table = JSON.parse(table);
    fire("table");
  };
  const model = {
    on, off, widget_manager: widgets,
    get: (name) => state[name],
    set: (name, value) => { state[name] = value; },
    save_changes: () => drew?.(state.drawn),
    send: open,
  };
  const done = chartjs.render({ model, el: box });
  return {
    done,
    state,
    show(next) {
      take(next);
      if (box.querySelector("details[open]")) open();
      fire("words", "marks", "frame");
    },
  };
};
