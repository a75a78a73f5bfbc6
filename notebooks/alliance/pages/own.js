// A learner's own sentence (own.py): lists that depend on each other, its test, its chart, in the words of
// measures.own_sentence and figures.own_sentence. Tests compare both.

const OWN_LISTS = ["table", "measure", "edition", "who", "year", "comparison", "number", "other", "earlier"];
const ownEdition = ({ tables }, { table, measure, edition }) => tables[table][measure].editions.find((one) => one.edition === edition);

// What each list offers, [what is read, what is meant], after the list `moved`; `now` is changed where its choice is gone.
const ownOffers = (facts, now, moved, offers) => {
  const { tables, wish } = facts;
  const offer = (name, pairs, wanted) => {
    const values = pairs.map(([, value]) => value);
    offers[name] = pairs;
    if (!values.includes(now[name])) now[name] = values.includes(wanted) ? wanted : values[0];
  };
  const same = (list) => list.map((one) => [String(one), one]);
  const order = ["table", "measure", "edition"], step = order.indexOf(moved), later = step >= 0;
  if (step === 0) offer("measure", same(Object.keys(tables[now.table])));
  if (later && step <= 1) offer("edition", tables[now.table][now.measure].editions.map(({ name, edition }) => [name, edition]));
  const { countries, span, usual, filled, comparisons, threshold } = ownEdition(facts, now);
  const years = [...span].reverse();
  if (later) {
    offer("who", same(countries), wish.who);
    if (!filled.includes(now.year)) now.year = null;
    offer("year", same(years), usual);
    offer("comparison", same(comparisons));
  }
  if (later || moved === "who") offer("other", same(countries.filter((one) => one !== now.who)), wish.other);
  if (later || moved === "year") {
    const before = years.filter((one) => one < now.year);
    offer("earlier", same(before.length ? before : [now.year]), wish.earlier);
  }
  if (later && step <= 1) now.number = threshold;
  return offers;
};
const ownStart = (facts) => {
  const tables = Object.keys(facts.tables), now = { table: tables[0], measure: null, edition: null, who: null, year: null, comparison: null, number: null, other: null, earlier: null };
  return [now, ownOffers(facts, now, "table", { table: tables.map((one) => [one, one]) })];
};
const ownShown = ({ wanted }, { comparison }, offers, name) =>
  name === "edition" ? offers.edition.length > 1 : !["number", "other", "earlier", "who"].includes(name) || wanted[comparison].includes(name);

const HOLDS = {
  "at least": (mine, theirs) => mine >= theirs,
  "less than": (mine, theirs) => mine < theirs,
};
// The claim, what is found, whether it holds (null: it cannot be said), the rows to draw, the years and number named.
const ownTested = (facts, now) => {
  const { measure, who, year, comparison } = now, { unit, says, digits } = facts.tables[now.table][measure], edition = ownEdition(facts, now);
  const { countries, span, values, noted } = edition, than = now[facts.wanted[comparison].find((name) => name !== "who")];
  if (than === null) throw new Unreadable("Type a number first.");
  const noteOf = (country, place) => Object.keys(noted).find((note) => noted[note][country]?.includes(place)) ?? "";
  const rowsOf = (country) => (values[countries.indexOf(country)] ?? []).flatMap((value, place) => (value === null ? [] : [{ year: span[place], value, note: noteOf(country, place) }]));
  const rowOf = (country, when) => rowsOf(country).find((row) => row.year === when);
  const told = (country, when) => {
    const row = rowOf(country, when);
    if (!row) return `there is no figure for ${country} in ${when}: missing, which is not zero`;
    return `${country} ${says.replace("{}", () => amount(row.value, digits))} in ${when}${row.note ? ` (${row.note})` : ""}`;
  };
  if (comparison === "how many reached") {
    const counts = span.map((one, place) => {
      const known = values.map((list) => list[place]).filter((value) => value !== null);
      return { year: one, value: known.filter((value) => value >= than).length, note: "", known: known.length };
    });
    const here = counts.find((row) => row.year === year);
    return { claim: `How many countries reached ${general(than)} (${unit}) in ${year}?`, counted: true, years: [year], level: than, holds: null,
      found: `${here.value} of ${counted(here.known, "country", "countries")} with a figure`, series: [["countries at the line or above", counts]] };
  }
  const verdict = (other) => {
    const mine = rowOf(who, year)?.value;
    return mine === undefined || other === undefined ? null : (HOLDS[comparison] ?? ((one, two) => one > two))(mine, other);
  };
  const series = [who].map((name) => [name, rowsOf(name)]), tested = { counted: false, level: null, years: [year], series };
  if (comparison in HOLDS)
    return { ...tested, claim: `${who} ${says.replace("{}", () => `${comparison} ${general(than)}`)} in ${year}.`, found: told(who, year), holds: verdict(than), level: than };
  if (comparison === "more than another country")
    return { ...tested, claim: `In ${year}, ${who} stood above ${than} by ${measure}.`, found: `${told(who, year)}. ${told(than, year)}`,
      holds: verdict(rowOf(than, year)?.value), series: [...series, [than, rowsOf(than)]] };
  return { ...tested, claim: `${who} stood higher in ${year} than in ${than} by ${measure}.`, found: `${told(who, year)}. ${told(who, than)}`,
    holds: verdict(rowOf(who, than)?.value), years: [year, than] };
};

// A series as Python draws it: over years what is reported, a dotted line and hollow dots for estimates; else one bar.
const ownSeries = ([name, rows], looks, several, unit, digits) => {
  const told = plainly(name), values = rows.map(({ value }) => value);
  if (!rows.length) return [];
  if (!several)
    return [{ ...looks[0], name: told, x: rows.map(() => told), y: values, text: values, customdata: rows.map(({ year }) => [year]),
      hovertemplate: `<b>${told}</b>, %{customdata[0]}: %{text:,.${digits}f} ${unit}<extra></extra>` }];
  const says = `<b>${told}</b>, %{x}: %{y:,.${digits}f} ${unit}<extra></extra>`, [line, dotted, dots] = looks;
  const along = (some) => ({ x: some.map(({ year }) => year), y: some.map(({ value }) => value), legendgroup: told });
  const guessed = rows.filter(({ note }) => note), reported = rows.filter(({ note }) => !note);
  const traces = [{ ...line, ...along(reported), name: told, hovertemplate: says }];
  if (!guessed.length) return traces;
  const like = ([one]) => guessed.map(() => one), { symbol, line: { width } } = dots.marker;
  return [...traces, { ...dotted, ...along(rows.slice(Math.max(0, rows.findLastIndex(({ note }) => !note)))) },
    { ...dots, ...along(guessed), name: `${told}, estimate`, hovertemplate: says, marker: { ...dots.marker, symbol: like(symbol), line: { width: like(width) } } }];
};

// The four texts of a chart for the sentence of `now`.
const ownDrawn = (facts, now) => {
  const { unit, digits } = facts.tables[now.table][now.measure], { span, by, source, sources } = ownEdition(facts, now);
  const { claim, found, holds, series, years, level, counted: counts } = ownTested(facts, now), several = span.length > 1;
  const [two, ruled, bars] = facts.looks.map(([marks, frame, words]) => ({ marks: JSON.parse(marks), frame: JSON.parse(frame), words: JSON.parse(words) }));
  const { marks, frame, words } = several ? two : bars, each = marks.length / 2, [upright, across] = ruled.frame.shapes;
  const verdict = holds === null ? (counts ? "" : "It cannot be said.") : holds ? "The sentence holds." : "The sentence does not hold.";
  const rows = series.flatMap(([name, some]) => some.map((row) => ({ name, ...row }))), noted = rows.some(({ note }) => note);
  const columns = ["series", "year", "value", ...(noted ? ["note"] : []), ...(counts ? ["known"] : [])];
  const cells = ({ name, year, value, note, known }) => [name, String(year), counts ? String(value) : inTable(value), ...(noted ? [note] : []), ...(counts ? [String(known)] : [])];
  const label = `${now.measure[0].toUpperCase()}${now.measure.slice(1)}`;
  const subtitle = counts ? `Countries with ${now.measure} of ${general(level)} or more (${unit}), by year` : `${label}, ${unit}`;
  const levels = counts || level === null ? [] : [level], told = (text) => plainly(minus(text));
  return [
    series.flatMap((one, at) => ownSeries(one, marks.slice(at * each, (at + 1) * each), several, counts ? "countries" : unit, counts ? 0 : digits)),
    { ...frame, showlegend: series.length > 1,
      xaxis: several ? { ...frame.xaxis, range: [span[0] - 0.5, span.at(-1) + 0.5] } : frame.xaxis,
      yaxis: { ...frame.yaxis, range: [0, Math.max(1e-9, ...rows.map(({ value }) => value), ...levels) * 1.12] },
      shapes: [...(several ? [...new Set(years)] : []).map((year) => ({ ...upright, x0: year, x1: year })), ...levels.map((y) => ({ ...across, y0: y, y1: y }))] },
    { ...words, source, rows: rows.length, title: told(`${claim} ${verdict}`.trim()), subtitle: told(subtitle), twin: minus(`${claim} By ${by}: ${found}. ${verdict}`.trim()) },
    { columns, rows: rows.map(cells), sources },
  ].map((one) => JSON.stringify(one));
};

// The panel: lists and a box for a number; what is not asked by the comparison is hidden.
const ownPanel = (box, facts) => {
  const [now, offers] = ownStart(facts), start = JSON.stringify(now), bar = row(box), made = {}, wraps = {};
  const was = store.kept(facts.keeps)?.set;
  for (const name of was ? OWN_LISTS : []) {
    const value = was[name], [low, high] = facts.number;
    if (name === "number" ? typeof value === "number" && low <= value && value <= high : offers[name].some(([, one]) => one === value)) now[name] = value;
    ownOffers(facts, now, name, offers);
  }
  const chart = chartIn(element("div", "", box), ownDrawn(facts, now)), line = said(box), kept = element("p", "abn-kept", box);
  const moved = (name, value) => {
    now[name] = value;
    ownOffers(facts, now, name, offers);
    fill();
    try {
      const texts = ownDrawn(facts, now);
      chart.show(texts);
      line.textContent = "";
      keepSetting(facts.keeps, JSON.stringify(now) === start ? null : { set: { ...now }, said: JSON.parse(texts[2]).twin }, kept);
    } catch (error) {
      line.textContent = `This sentence cannot be tested: ${error.message} The chart still shows the one before.`;
    }
  };
  const fill = () => {
    for (const name of OWN_LISTS) {
      wraps[name].style.display = ownShown(facts, now, offers, name) ? "" : "none";
      if (name === "number") {
        if (made.number.value !== now.number) made.number.set(now.number);
        continue;
      }
      made[name].replaceChildren();
      offers[name].forEach(([text]) => element("option", "", made[name], text));
      made[name].selectedIndex = offers[name].findIndex(([, value]) => value === now[name]);
    }
  };
  for (const name of OWN_LISTS) {
    if (name === "number") {
      wraps.number = element("span", "", bar);
      made.number = numberBox(wraps.number, facts.labels.number, ...facts.number, (value) => moved("number", value));
      continue;
    }
    wraps[name] = element("label", "abn-list", bar, `${facts.labels[name]} `);
    made[name] = element("select", "", wraps[name]);
    made[name].addEventListener("change", () => moved(name, offers[name][made[name].selectedIndex][1]));
  }
  fill();
};
MAKE.own = ownPanel;
Object.assign(alliance, { own: { start: ownStart, offers: ownOffers, shown: ownShown, drawn: ownDrawn } });
