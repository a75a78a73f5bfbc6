"use strict";
// The class page: files that learners handed in, read on this computer; for each question how the class answered beside the
// data. Names stay hidden until they are ticked. A file that is broken, huge or of another kind is refused by its name.
(() => {
  const { questions, readFile, chartIn, words, makeElement: element } = alliance;
  const { short, counted, named, GUESSED, readNumber } = words;
  const BLUE = "#068AFA", ORANGE = "#D1480C";
  const MOST_FILES = 200, SHOWN_WORDS = 2000;
  const page = document.getElementById("class"), place = page.querySelector("section");
  const hands = new Map(); // by the name of the file

  element("p", "", place, "Drop the files that learners handed in here, or choose them. They are read on this computer and go nowhere.");
  const drop = element("p", "abn-drop", place);
  const files = element("input", "", element("label", "", drop, "Files "));
  Object.assign(files, { type: "file", multiple: true, accept: ".json" });
  const bar = element("div", "abn-controls", place);
  const lesson = element("select", "", element("label", "", bar, "Lesson "));
  for (const [number, title] of alliance.lessonsOf(questions.titles)) element("option", "", lesson, `${number} · ${title}`).value = number;
  const nameTick = element("input", "", element("label", "", bar));
  nameTick.type = "checkbox";
  nameTick.parentElement.append(" show names");
  const told = element("p", "abn-say", place), refused = element("ul", "abn-refused", place), out = element("div", "", page);
  told.setAttribute("role", "status");

  const all = [
    ...alliance.asked,
    ...Object.values(questions.checks).map((check) => ({ ...check, type: check.kind, key: `check ${check.id}`, check: true })),
  ];

  // The first answer of a hand to a question, or undefined where there is none that fits.
  const answerOf = (hand, one) => {
    const row = hand.rows.find(({ key }) => key === one.key);
    if (!row) return undefined;
    const value = one.type === "sort" || one.type === "box" ? row.latest : one.check ? row.first?.answer : one.type === "card" ? row.first : row.first?.guess;
    if (one.check && one.type === "number") {
      try {
        const typed = readNumber(value);
        return Number.isFinite(typed) ? typed : undefined;
      } catch {
        return undefined;
      }
    }
    const known = one.check ? one.options.map(([key]) => key) : [];
    const fits = {
      one: () => known.includes(value),
      several: () => Array.isArray(value) && value.length <= known.length && value.every((key) => known.includes(key)),
      card: () => SIDES.includes(value),
      sort: () => value && typeof value === "object" && !Array.isArray(value),
      box: () => typeof value === "string" && value.trim() !== "",
    }[one.type] ?? (() => GUESSED[one.type].fits(value, one));
    return fits() ? value : undefined;
  };
  const SIDES = ["holds", "holds with a fix", "does not hold", "cannot be tested"];

  // Charts: the course's own, of a few marks.
  const chart = (box, data, layout, { title, twin, columns, rows }) =>
    chartIn(element("div", "", box), [
      JSON.stringify(data),
      JSON.stringify({ showlegend: false, ...layout }),
      JSON.stringify({ title, subtitle: "", twin, note: "", source: [], rows: rows.length }),
      JSON.stringify({ columns, rows: rows.map((row) => row.map(String)) }),
    ]);
  const cut = (text) => (text.length > 44 ? `${text.slice(0, 43)}…` : text);
  const safe = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const bars = (box, title, names, counts, right, twin) => {
    const at = names.map((_, row) => row);
    const data = [{ type: "bar", orientation: "h", x: counts, y: at, text: counts.map(String), textposition: "auto", hoverinfo: "skip",
      marker: { color: names.map((name) => (right.includes(name) ? ORANGE : BLUE)), pattern: { shape: names.map((name) => (right.includes(name) ? "/" : "")) } } }];
    const layout = { height: 70 + 38 * names.length, xaxis: { rangemode: "tozero", tickformat: "d", dtick: counts.some((count) => count > 5) ? undefined : 1 },
      yaxis: { autorange: "reversed", tickvals: at, ticktext: names.map((name) => safe(cut(name))), automargin: true } };
    chart(box, data, layout, { title, twin, columns: ["answer", "how many", "by the data"], rows: names.map((name, row) => [name, counts[row], right.includes(name) ? "yes" : ""]) });
  };
  const tally = (found, names) => names.map((name) => found.filter((one) => one === name).length);
  const mostly = (names, counts) => {
    const order = names.map((name, row) => [name, counts[row]]).filter(([, count]) => count).sort((a, b) => b[1] - a[1]);
    const [first, second] = order;
    const split = second && first[1] - second[1] <= Math.max(1, first[1] / 3) ? " Here the class splits: a good place to talk." : "";
    return `Most often: “${first[0]}” (${first[1]})${second ? `, then “${second[0]}” (${second[1]})` : ""}.${split}`;
  };
  const middle = (values) => {
    const sorted = [...values].sort((a, b) => a - b), half = sorted.length >> 1;
    return sorted.length % 2 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  };

  const SHOW = {
    number(box, one, found) {
      const right = one.check ? one.right : one.answer, unit = one.unit ?? "";
      const twin = `The middle answer is ${short(middle(found))} ${unit}, from ${short(Math.min(...found))} to ${short(Math.max(...found))}; the data say ${short(right)} ${unit}.`;
      const low = Math.min(...found, right), high = Math.max(...found, right), size = (high - low || 1) / 20;
      const steps = found.map((value) => Math.round((value - low) / size));
      const seen = {};
      const heights = steps.map((step) => (seen[step] = (seen[step] ?? 0) + 1));
      chart(box, [{ type: "scatter", mode: "markers", x: found, y: heights, marker: { size: 15, color: BLUE }, hoverinfo: "x" }], {
        height: 300, xaxis: { title: { text: safe(unit) } }, yaxis: { visible: false, range: [0, Math.max(4, ...heights) + 1] },
        shapes: [{ type: "line", x0: right, x1: right, y0: 0, y1: 1, yref: "paper", line: { color: ORANGE, width: 3, dash: "dash" } }],
        annotations: [{ x: right, y: 1, yref: "paper", yanchor: "bottom", text: `the data: ${short(right)}`, showarrow: false, font: { color: ORANGE } }],
      }, { title: one.check ? "What the class typed" : "How the class guessed", twin: twin.replaceAll(" ;", ";"), columns: ["answer"], rows: found.map((value) => [value]) });
    },
    choice(box, one, found) {
      const counts = tally(found, one.options);
      bars(box, "How the class guessed; hatched: the data", one.options, counts, one.right, mostly(one.options, counts));
    },
    options(box, one, found) {
      const texts = Object.fromEntries(one.options), names = one.options.map(([, text]) => text), right = one.right.map((key) => texts[key]);
      const counts = tally(found.flat().map((key) => texts[key]), names);
      bars(box, "What the class chose at the first try; hatched: right", names, counts, right, mostly(names, counts));
    },
    card(box, one, found) {
      const counts = tally(found, SIDES);
      bars(box, "Does it hold? Hatched: the ledger", SIDES, counts, [one.side], mostly(SIDES, counts));
    },
    ranking(box, one, found) {
      const answer = one.answer, counts = answer.map((item, row) => found.filter((order) => order[row] === item).length);
      const twin = `By the data: ${answer.map((item, row) => `${row + 1}. ${item}`).join(", ")}. The bars say how many put each in its place.`;
      bars(box, "How many put each in its place", answer, counts, [], twin);
    },
    order(box, one, found) {
      const means = one.items.map((item) => [item, found.reduce((sum, order) => sum + order.indexOf(item) + 1, 0) / found.length]).sort((a, b) => a[1] - b[1]);
      const twin = `None of these orders is right. First in the class's: “${means[0][0]}”; first in the chart of the lesson: “${one.answer[0]}”.`;
      bars(box, "The mean place in the class's orders: the lower, the further in front", means.map(([item]) => item), means.map(([, mean]) => Number(mean.toFixed(1))), [], twin);
    },
    line(box, one, found) {
      const years = Object.keys(one.answer).map(Number), values = Object.values(one.answer);
      const off = found.map((line) => { const pairs = line.filter(([year]) => year in one.answer).map(([year, value]) => value - one.answer[year]); return pairs.reduce((a, b) => a + b, 0) / (pairs.length || 1); });
      const high = off.filter((gap) => gap > 0).length;
      chart(box, [
        ...found.map((line) => ({ type: "scatter", mode: "lines", x: line.map(([year]) => year), y: line.map(([, value]) => value), line: { color: "rgba(6,138,250,.4)", width: 2 }, hoverinfo: "skip" })),
        { type: "scatter", mode: "lines+markers", x: years, y: values, line: { color: ORANGE, width: 4 }, hoverinfo: "x+y" },
      ], { height: 380, yaxis: { title: { text: safe(one.unit) } }, xaxis: { tickformat: "d" } }, {
        title: "The lines of the class (thin) and the data (thick)", twin: `${high} of ${found.length} drew mostly above the data.`,
        columns: ["year", "the data"], rows: years.map((year, row) => [year, values[row]]),
      });
    },
    sort(box, one, found) {
      const sentences = Object.keys(one.rows), odd = sentences.map((text) => [text, found.filter((mine) => text in mine && mine[text] !== one.rows[text]).length]);
      odd.sort((a, b) => b[1] - a[1]);
      bars(box, "How many sorted otherwise than the ledger", odd.map(([text]) => text), odd.map(([, count]) => count), [], `Start the talk with “${odd[0][0]}”.`);
    },
    box(box, one, found, who) {
      const list = element("ul", "", box);
      found.map((text, row) => [text, who[row]]).sort().forEach(([text, name]) => element("li", "", list, `${nameTick.checked && name ? `${name}: ` : ""}${text.slice(0, SHOWN_WORDS)}`));
    },
  };
  SHOW.one = SHOW.several = SHOW.options;

  const draw = () => {
    out.replaceChildren();
    const mine = all.filter((one) => one.lesson === lesson.value);
    let shown = 0;
    for (const one of mine) {
      const found = [...hands.values()].map((hand) => [answerOf(hand, one), hand.name]).filter(([answer]) => answer !== undefined);
      if (!found.length) continue;
      shown += 1;
      const box = element("section", "abn-panel abn-section", out);
      element("h2", "", box, one.question);
      element("p", "abn-why", box, `${found.length} of ${hands.size} answered.`);
      SHOW[one.type](box, one, found.map(([answer]) => answer), found.map(([, name]) => name));
    }
    if (hands.size && !shown) element("p", "", out, "Nobody has answered a question of this lesson. Choose another one.");
    const who = [...hands.values()].map(({ name }) => name).filter(Boolean);
    if (nameTick.checked && who.length) element("p", "abn-why", out, `Handed in by ${named(who)}.`);
  };
  // A file of the same name takes the place of the one before if the same learner signed it, or it has the same answers.
  const nameFor = (name, hand) => {
    const known = (one) => hands.has(one) && hands.get(one).same !== hand.same && !(hand.name && hands.get(one).name === hand.name);
    let free = name;
    for (let more = 2; known(free); more += 1) free = `${name} (${more})`;
    return free;
  };
  const read = async (chosen) => {
    refused.replaceChildren();
    for (const file of [...chosen]) {
      try {
        if (hands.size >= MOST_FILES && !hands.has(file.name)) throw new Error(`is one more than ${MOST_FILES} files`);
        if (file.size > 2_000_000) throw new Error("is larger than 2 MB");
        const hand = readFile(await file.text(), ["hand-in"]);
        hand.same = JSON.stringify(hand.rows);
        const [twin] = [...hands].find(([name, one]) => name !== file.name && one.same === hand.same) ?? [];
        if (twin) throw new Error(`has the same answers as ${twin}`);
        hands.set(nameFor(file.name, hand), hand);
      } catch (error) {
        element("li", "", refused, `${file.name} ${error.message}.`);
      }
    }
    const many = refused.childElementCount;
    told.textContent = `${counted(hands.size, "file")} read.${many ? ` Not read: ${many}, for these reasons:` : ""}`;
    const first = questions.titles[lesson.value] && all.some((one) => one.lesson === lesson.value && [...hands.values()].some((hand) => answerOf(hand, one) !== undefined));
    if (!first) {
      const known = all.find((one) => [...hands.values()].some((hand) => answerOf(hand, one) !== undefined));
      if (known) lesson.value = known.lesson;
    }
    draw();
  };
  files.addEventListener("change", () => read(files.files));
  lesson.addEventListener("change", draw);
  nameTick.addEventListener("change", draw);
  addEventListener("dragover", (event) => event.preventDefault());
  addEventListener("drop", (event) => {
    event.preventDefault();
    read(event.dataTransfer.files);
  });
})();
