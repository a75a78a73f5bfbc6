// What a learner answers, kept in this browser alone, in the rows of the course's answers file: the first value stays,
// the latest stands beside it. Each answer has a place of its own, so that two open lessons do not overwrite each other.

const PLACE = "alliance ";
const FORMAT = 2;
const unsaved = {}; // what could not be written, while the page is open

const readRow = (text) => {
  try {
    const row = JSON.parse(text);
    return row && typeof row === "object" && typeof row.key === "string" && "first" in row && "latest" in row ? row : null;
  } catch {
    return null;
  }
};
const rowOf = (key) => {
  if (key in unsaved) return unsaved[key];
  try {
    return readRow(localStorage.getItem(PLACE + key));
  } catch {
    return null;
  }
};

const store = {
  // Keep `value` as the latest answer, and as the first if there is none; null takes it away. Returns '' or what went wrong.
  keep(key, value, { lesson = "", kind = "" } = {}) {
    const time = `${new Date().toISOString().slice(0, 19)}+00:00`;
    const before = rowOf(key) ?? { lesson: "", kind: "", first: value, first_time: time };
    const row = { ...before, lesson: lesson || before.lesson, kind: kind || before.kind, key, latest: value, latest_time: time, format: FORMAT };
    return store.put(value === null ? { key, first: null } : row);
  },
  put(row) {
    try {
      if (row.first === null) localStorage.removeItem(PLACE + row.key);
      else localStorage.setItem(PLACE + row.key, JSON.stringify(row));
      delete unsaved[row.key];
      return "";
    } catch (error) {
      unsaved[row.key] = row.first === null ? null : row;
      return `Your answer counts while this page is open but could not be kept (${error.name}). Note it on paper, or keep your work as a file.`;
    }
  },
  kept: (key) => rowOf(key)?.latest ?? null,
  first: (key) => rowOf(key)?.first ?? null,
  all() {
    const rows = {};
    try {
      for (let place = 0; place < localStorage.length; place += 1) {
        const name = localStorage.key(place), row = name.startsWith(PLACE) ? readRow(localStorage.getItem(name)) : null;
        if (row) rows[row.key] = row;
      }
    } catch {
      // a browser that keeps nothing
    }
    return Object.values({ ...rows, ...unsaved }).filter(Boolean);
  },
  forget() {
    for (const { key } of store.all()) store.put({ key, first: null });
  },
};

// Files: everything, to go on elsewhere; or what is handed in. A file from elsewhere is looked at before a word of it is used.
const HANDED = ["number", "choice", "ranking", "order", "line", "card", "verdict", "check", "sentences", "words", "piles", "setting"];
const POSITIONS = ["position", "scales"];
const MOST_ROWS = 3000, MOST_BYTES = 2_000_000;

const plainRow = (row) =>
  row && typeof row === "object" && !Array.isArray(row) && typeof row.key === "string" && row.key.length <= 2000 &&
  ["lesson", "kind", "first_time", "latest_time"].every((name) => typeof row[name] === "string" && row[name].length <= 60) &&
  row.first !== undefined && row.first !== null && row.latest !== undefined && row.latest !== null;

// The rows of a file's text and the name in it; throws an Error that says in words what is wrong.
const readFile = (text, wanted) => {
  if (text.length > MOST_BYTES) throw new Error(`is larger than ${MOST_BYTES / 1e6} MB`);
  let found;
  try {
    found = JSON.parse(text);
  } catch {
    throw new Error("is not whole, or no JSON file");
  }
  if (!found || typeof found !== "object" || !wanted.includes(found.alliance)) throw new Error("is no file of this course");
  if (found.format !== 1) throw new Error("is of another version of the course");
  if (!Array.isArray(found.rows) || found.rows.length > MOST_ROWS) throw new Error(`has no list of at most ${commas(String(MOST_ROWS))} answers`);
  const odd = found.rows.findIndex((row) => !plainRow(row));
  if (odd >= 0) throw new Error(`has an answer that cannot be read: number ${odd + 1}`);
  return { name: typeof found.name === "string" ? found.name.slice(0, 60) : "", rows: found.rows };
};

const asked = ({ kind, key, latest }) => {
  const { checks = {}, claims = {} } = alliance.questions ?? {}, id = key.split(" ").at(-1);
  if (["number", "choice", "ranking", "order", "line"].includes(kind)) return String(latest?.asked ?? key);
  if (kind === "check") return checks[id]?.question ?? key;
  if (kind === "card" || kind === "verdict") return claims[id] ?? key;
  return key;
};
const FIELDS = ["lesson", "kind", "key", "asked", "first", "first_time", "latest", "latest_time"];
const file = (what, rows, name = "") => ({
  alliance: what,
  format: 1,
  name: name.trim(),
  written: `${new Date().toISOString().slice(0, 19)}+00:00`,
  rows: rows.map((row) => ({ ...row, asked: asked(row) })).map((row) => Object.fromEntries(FIELDS.map((field) => [field, row[field]]))),
});
const handIn = (name, positions) => {
  const kinds = [...HANDED, ...(positions ? POSITIONS : [])];
  const rows = store.all().filter(({ kind }) => kinds.includes(kind));
  const order = ({ lesson, first_time: time, key }) => `${lesson} ${time} ${key}`;
  return file("hand-in", rows.sort((a, b) => (order(a) < order(b) ? -1 : 1)), name);
};
const everything = () => file("everything", store.all());

// Take over the rows of a file: the earlier first answer and the later latest one stay.
const bringBack = (rows) => {
  for (const { asked: _, ...row } of rows) {
    const mine = rowOf(row.key), older = mine && mine.first_time <= row.first_time, newer = mine && mine.latest_time > row.latest_time;
    store.put({
      ...row,
      format: FORMAT,
      ...(older ? { first: mine.first, first_time: mine.first_time } : {}),
      ...(newer ? { latest: mine.latest, latest_time: mine.latest_time } : {}),
    });
  }
};
const download = (name, thing) => {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(thing, null, 1)}\n`], { type: "application/json" }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
};

Object.assign(alliance, { store, readFile, handIn, everything, bringBack });
