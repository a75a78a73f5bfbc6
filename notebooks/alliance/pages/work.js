// What a learner has done: where they stand (lesson 10), my course, my work, handing in.

const position = (box, { moment, key, sentence, when, asks }) => {
  ask(box, `“${sentence}” From −5, not at all, to 5, fully:`);
  const label = (text) => element("label", "abn-row", box, `${text} `);
  const agree = boxAndSlider(row(box), "I agree", { low: -5, high: 5, step: 1, middle: 0, digits: 0, whole: true }, () => note());
  const list = element("select", "", label("When?"));
  when.forEach((text) => element("option", "", list, text));
  const sure = numberBox(box, "I am sure, %", 0, 100, () => note());
  const typed = Object.entries(asks).map(([name, [text, hint]]) => {
    const input = element("input", "abn-wide", label(text));
    Object.assign(input, { type: "text", placeholder: hint });
    return [name, input];
  });
  const silent = element("input", "", element("label", "abn-row", box));
  silent.type = "checkbox";
  silent.parentElement.append(" I would rather not say");
  const answer = () => ({ agree: agree.get(), when: list.value, sure: sure.value, ...Object.fromEntries(typed.map(([name, input]) => [name, input.value])) });
  const note = () => {
    line.textContent = "";
    if (!silent.checked) store.keep(`${key} as typed`, answer(), { lesson: "10", kind: "position draft" });
  };
  for (const part of [list, ...typed.map(([, input]) => input)]) part.addEventListener("input", note);
  const forget = () => [key, `${key} as typed`].forEach((name) => store.keep(name, null));
  silent.addEventListener("change", () => {
    if (silent.checked) store.keep(`${key} as typed`, null);
    box.querySelectorAll("input, select").forEach((part) => { part.disabled = silent.checked && part !== silent; });
  });
  button(row(box), "Keep my position", () => {
    if (silent.checked) {
      forget();
      line.textContent = "Nothing is kept. Go on as an observer: everything below works without it.";
    } else if (agree.get() === null) line.textContent = "Say how far you agree, from −5 to 5, then keep it. What you typed is not lost.";
    else if (sure.value === null) line.textContent = "Say how sure you are, in %, then keep it. What you typed is not lost.";
    else {
      const trouble = store.keep(key, answer(), { lesson: "10", kind: "position" });
      line.textContent = trouble || "Kept on this computer, for you alone. No one scores it.";
      opened(key);
    }
  }, "abn-main");
  const line = said(box), before = store.kept(`${key} as typed`) ?? store.kept(key);
  if (before && typeof before === "object" && when.includes(before.when)) {
    agree.put(Number.isInteger(before.agree) && Math.abs(before.agree) <= 5 ? before.agree : null);
    list.value = before.when;
    sure.set(typeof before.sure === "number" ? before.sure : null);
    for (const [name, input] of typed) input.value = String(before[name] ?? "");
  }
  if (store.kept(key)) line.textContent = `This is what you kept last time. You may change it and keep it again. (${moment})`;
};

const compare = (box, { says, keys, asks, texts }) => {
  const look = () => {
    const both = keys.map((key) => store.kept(key));
    box.replaceChildren();
    if (!both.every((one) => one && typeof one === "object" && Number.isInteger(one.agree) && typeof one.sure === "number")) {
      said(box).textContent = says;
      return;
    }
    const [before, after] = both;
    chartIn(element("div", "", box), computed("positions", texts, { before, after }));
    const list = element("ul", "", box);
    Object.entries(asks).forEach(([moment, inputs], at) => {
      for (const [name, asked] of inputs)
        if (both[at][name]) element("li", "", list, `${moment[0].toUpperCase()}${moment.slice(1)}: ${asked} ${both[at][name]}`);
    });
    button(row(box), "Forget both positions", () => {
      for (const key of keys) [key, `${key} as typed`].forEach((name) => store.keep(name, null));
      look();
      said(box).textContent = "Both are forgotten.";
    });
  };
  for (const key of keys) (gates[key] ??= []).push(look);
  look();
};

const weigh = (box, { key, cases, texts }) => {
  const subjects = Object.keys(cases), kept = store.kept(key);
  const fits = (weight) => Number.isInteger(weight) && Math.abs(weight) <= 5;
  const leanings = Object.fromEntries(subjects.filter((subject) => fits(kept?.[subject])).map((subject) => [subject, kept[subject]]));
  const list = element("select", "abn-chosen", element("label", "abn-row", box, "Subject "));
  subjects.forEach((subject) => element("option", "", list, subject));
  const cards = element("div", "", box), scale = element("input", "", element("label", "abn-row", box, "My scale, −5 to 5 "));
  Object.assign(scale, { type: "range", min: -5, max: 5, step: 1 });
  const shown = element("output", "", scale.parentElement);
  const drawn = () => computed("weighed_subjects", texts, { leanings: Object.fromEntries(subjects.map((subject) => [subject, leanings[subject] ?? 0])) });
  const chart = chartIn(element("div", "", box), drawn()), line = said(box);
  const turn = () => {
    cards.replaceChildren();
    putHTML(cards, cases[list.value]);
    scale.value = leanings[list.value] ?? 0;
    shown.textContent = scale.value;
  };
  list.addEventListener("change", turn);
  scale.addEventListener("input", () => {
    leanings[list.value] = Number(scale.value);
    shown.textContent = scale.value;
    line.textContent = store.keep(key, leanings, { lesson: "10", kind: "scales" });
    chart.show(drawn());
  });
  turn();
};

// What a learner judged, first or with the evidence in view: [how sure, the very verdict, the same side] of what counts.
const judgements = (seen) => {
  const { verdicts, sides } = alliance.questions.ledger, kept = Object.keys(alliance.questions.claims).map((id) => [id, labKept(id, seen)]).filter(([, one]) => one);
  const counted_ = kept.filter(([id]) => id in verdicts);
  return { judged: counted_.map(([id, { verdict, confidence }]) => [confidence, verdict === verdicts[id], sides[verdict] === sides[verdicts[id]]]), leftOut: kept.length - counted_.length, all: kept.length };
};
const mean = (list) => list.reduce((sum, one) => sum + one, 0) / list.length;

// The lines of my course beside the table: how sure against how right, and the twelve sentences.
const surerOrRighter = () => {
  const { judged } = judgements(false);
  if (!judged.length) return [];
  const sure = mean(judged.map(([confidence]) => confidence)), right = (100 * judged.filter(([, very]) => very).length) / judged.length;
  const fit = sure > right ? "surer than right" : right > sure ? "righter than sure" : "as sure as right";
  return [`Of ${counted(judged.length, "verdict")} you were ${fixed(sure, 0)}% sure on average; the ledger agrees with ${fixed(right, 0)}%: you were ${fit}.`];
};
const twelveCounted = () => {
  const told = Object.entries({ start: "at the start", end: "at the end" }).flatMap(([form, when]) => {
    const found = store.first(`sentences ${form}`);
    return Array.isArray(found?.right) ? [`${found.right.length} ${when}`] : [];
  });
  return told.length ? [`Twelve sentences: ${named(told)}; who guesses blindly has ${alliance.questions.chance.start}.`] : [];
};

// The lessons by number, in order: a browser sorts names that are whole numbers first.
const lessonsOf = (titles) => Object.entries(titles).sort(([one], [other]) => (one < other ? -1 : 1));

const coursePanel = (box) => {
  const { titles, checks } = alliance.questions, rows = store.all();
  const table = lessonsOf(titles).map(([lesson, title]) => {
    const ids = Object.values(checks).filter((one) => one.lesson === lesson), mine = rows.filter((one) => one.lesson === lesson);
    const tries = Object.fromEntries(mine.filter(({ kind }) => kind === "check").map(({ key, first }) => [key.slice(6), first]));
    const near = mine.filter(({ kind }) => kind === "near").map(({ first }) => first === true);
    const tried = ids.filter(({ id }) => id in tries);
    return { lesson, title, checks: ids.length, begun: mine.length > 0, done: ids.every(({ id, core }) => !core || id in tries), tried: tried.length,
      right: tried.filter(({ id }) => tries[id]?.right === true).length, near: near.filter(Boolean).length, far: near.filter((one) => !one).length };
  }).filter((one) => one.checks);
  const more = [...surerOrRighter(), ...twelveCounted()];
  const sum = (name) => table.reduce((total, one) => total + Number(one[name]), 0);
  if (!sum("begun") && !sum("tried") && !more.length) {
    said(box).textContent = "Nothing is kept yet. Begin with any lesson: what you guess and check there will be counted here, for you alone.";
    return;
  }
  const list = element("ul", "", box);
  element("li", "", list, `Lessons begun: ${sum("begun")}, done: ${table.filter((one) => one.begun && one.done).length}, of ${table.length}.`);
  if (sum("tried")) element("li", "", list, `Checks right at the first try: ${sum("right")} of ${sum("tried")}.`);
  more.forEach((text) => element("li", "", list, text));
  fillTable(element("div", "abn-scroll", box), {
    columns: ["lesson", "so far", "guesses near", "guesses far", "right at the first try", "checks"],
    rows: table.map((one) => [`${one.lesson} · ${one.title}`, one.begun ? (one.done ? "done" : "begun") : "", String(one.near), String(one.far), one.tried ? `${one.right} of ${one.tried}` : "", String(one.checks)]),
  });
};

// The fact-check lab: judge a sentence, see the evidence, judge again, see the verdict.
const LAB_LEFT = "Fact-check lab, as it was left"; // where the learner was, and by sentence what is begun
const labKey = (id, seen) => `Fact-check lab: ${seen ? "after the evidence, " : ""}verdict on ${id}`;
const labFits = (kept) => kept && typeof kept.verdict === "string" && Number.isInteger(kept.confidence) && kept.confidence >= 0 && kept.confidence <= 100;
const labKept = (id, seen) => {
  const kept = store.first(labKey(id, seen));
  return labFits(kept) ? kept : null;
};
// A verdict in two steps: can it be tested, does it hold? Where a side has several verdicts, a third says which.
const twoSteps = (parent, { verdicts, sides, holds, untested }, moved) => {
  const step = (text, options) => {
    const wrap = element("div", "", parent);
    element("p", "abn-ask", wrap, text);
    return { wrap, group: radios(wrap, text, options, () => { narrow(); moved(); }) };
  };
  const tested = step("Can it be tested?", [["yes", "yes"], ["no", "no"]]), held = step("Does it hold?", holds.map(([word]) => [word, word]));
  const wrap = element("div", "", parent);
  let kind = null;
  const left = () => {
    const side = tested.group.get() === "no" ? untested : tested.group.get() && new Map(holds).get(held.group.get());
    return side ? verdicts.filter(([key]) => sides[key] === side) : [];
  };
  const narrow = () => {
    const some = left();
    held.wrap.hidden = tested.group.get() !== "yes";
    wrap.replaceChildren();
    kind = some.length > 1 ? radios(wrap, "Which verdict?", some.map(([key, name, meaning]) => [key, `${name}: ${meaning}`]), moved) : null;
  };
  narrow();
  const steps = () => [tested.group.get(), held.group.get(), kind?.get() ?? null];
  return {
    steps,
    put: ([first, second, third]) => {
      tested.group.set(first);
      held.group.set(second);
      narrow();
      kind?.set(third);
    },
    get: () => (left().length === 1 ? left()[0][0] : kind?.get() ?? null),
    set: (verdict) => {
      tested.group.set(sides[verdict] === untested ? "no" : "yes");
      holds.filter(([, side]) => side === sides[verdict]).forEach(([word]) => held.group.set(word));
      narrow();
      kind?.set(verdict);
    },
  };
};

const labPanel = (box, { shows, claims, charts, readings, texts, verdicts, sides, holds, untested, longest }) => {
  const names_ = Object.fromEntries(verdicts.map(([key, name]) => [key, name]));
  const bar = row(box), list = element("select", "", element("label", "", bar, "Show "));
  shows.forEach(([label]) => element("option", "", list, label));
  const sentence = element("select", "abn-wide", element("label", "abn-row", box, "Sentence "));
  const asked_ = ask(box, ""), where_ = element("p", "abn-why", box), line = said(box), found = element("div", "abn-found", box), asking = element("div", "", box);
  const ids = () => shows[list.selectedIndex][1], id = () => ids()[sentence.selectedIndex];
  const kept = element("p", "abn-kept", box), left = store.kept(LAB_LEFT), begun = { ...(left?.begun ?? {}) };
  const leave = () => {
    const trouble = store.keep(LAB_LEFT, { show: shows[list.selectedIndex][2], sentence: id(), begun }, { lesson: "11", kind: "draft" });
    kept.textContent = trouble || KEPT;
  };
  const fill = (keep) => {
    sentence.replaceChildren();
    for (const one of ids()) {
      const text = claims[one].claim, cut = text.length > longest ? `${text.slice(0, longest).replace(/ [^ ]*$/, "")} …` : text;
      element("option", "", sentence, `${labKept(one, true) ? "✓ " : ""}${one} · ${cut}`);
    }
    sentence.selectedIndex = Math.max(0, ids().indexOf(keep));
    open();
  };
  const evidence = (markup, judged) => {
    const drawn = charts[id()] ?? readings[id()]?.[judged];
    if (drawn) chartIn(element("div", "", found), drawn.map((place) => texts[place]));
    putHTML(element("div", "abn-scroll", found), markup);
  };
  const open = () => {
    const claim = claims[id()], first = labKept(id(), false), second = labKept(id(), true);
    asked_.textContent = `“${claim.claim}”`;
    where_.textContent = claim.where;
    line.textContent = "";
    found.replaceChildren();
    asking.replaceChildren();
    if (first && second) {
      line.textContent = labSaid(first, second, claim, names_, sides);
      evidence(claim.found, second.verdict);
      return;
    }
    if (first) {
      line.textContent = labAgain(first, names_);
      evidence(claim.blind);
    }
    const begin = () => {
      const steps = [...group.steps(), sure.selectedIndex ? (sure.selectedIndex - 1) * 10 : null];
      delete begun[id()];
      if (steps.some((step) => step !== null)) begun[id()] = steps;
      leave();
    };
    const group = twoSteps(asking, { verdicts, sides, holds, untested }, begin);
    if (first) group.set(first.verdict);
    const sure = element("select", "", element("label", "abn-row", asking, "How sure are you? "));
    ["", ...Array.from({ length: 11 }, (_, tens) => `${tens * 10}%`)].forEach((text) => element("option", "", sure, text));
    const mine = begun[id()];
    if (Array.isArray(mine)) {
      group.put(mine);
      sure.selectedIndex = Number.isInteger(mine[3]) && mine[3] >= 0 && mine[3] <= 100 ? mine[3] / 10 + 1 : 0;
    }
    sure.addEventListener("change", begin);
    const keep = (judged_) => {
      const now = id();
      delete begun[now];
      const trouble = store.keep(labKey(now, first !== null), judged_, { lesson: "11", kind: "verdict" });
      fill(now);
      leave();
      if (trouble) line.textContent = trouble;
    };
    const act = row(asking);
    button(act, "Commit my verdict", () => {
      if (group.get() === null) line.textContent = "Choose a verdict first, step by step, then say how sure you are.";
      else if (!sure.selectedIndex) line.textContent = "Say how sure you are: from 0%, a wild guess, to 100%, certain.";
      else keep({ verdict: group.get(), confidence: (sure.selectedIndex - 1) * 10 });
    }, "abn-main");
    if (first) button(act, "I stay with it", () => keep(first));
  };
  const step = (by) => {
    const to = sentence.selectedIndex + by;
    if (to < 0 || to >= ids().length) line.textContent = by > 0 ? "This is the last sentence here." : "This is the first sentence here.";
    else {
      sentence.selectedIndex = to;
      open();
      leave();
    }
  };
  button(bar, "◀ Before", () => step(-1));
  button(bar, "Next ▶", () => step(1));
  list.addEventListener("change", () => { fill(); leave(); });
  sentence.addEventListener("change", () => { open(); leave(); });
  const was = shows.findIndex(([, , show]) => JSON.stringify(show) === JSON.stringify(left?.show));
  if (was >= 0) list.selectedIndex = was;
  fill(was >= 0 ? left.sentence : undefined);
  box.append(kept);
};

// How often the ledger stands on the side that was chosen on a card; "" where none is judged.
const tally = () => {
  const { verdicts, sides, said: told } = alliance.questions.ledger, names_ = Object.values(told);
  const found = Object.entries(verdicts).map(([id, verdict]) => [store.first(`card ${id}`), told[sides[verdict]]]).filter(([mine]) => names_.includes(mine));
  if (!found.length) return "";
  const blind = found.length / names_.length, same = found.filter(([mine, theirs]) => mine === theirs).length;
  return `On the lessons' cards you judged ${counted(found.length, "sentence")}: the ledger stands on your side in ${same}.${blind >= 1 ? ` Who chooses blindly agrees with about ${fixed(blind, 0)}.` : ""}`;
};

const calibrationPanel = (box, { texts, enough }) => {
  const bar = row(box), told = said(box);
  const drawn = (seen) => computed("calibration", texts, judgements(seen), { enough });
  ask(box, "Before you saw the evidence:");
  const first = chartIn(element("div", "", box), drawn(false)), second = element("div", "", box);
  ask(second, "With the evidence in view:");
  const cards = said(box);
  let again = null; // drawn once there is something in it: some browsers cannot draw what is hidden
  const look = () => {
    second.hidden = !judgements(true).all;
    if (!second.hidden && again) again.show(drawn(true));
    else if (!second.hidden) again = chartIn(element("div", "", second), drawn(true));
    cards.textContent = tally();
  };
  button(bar, "Draw again", () => {
    first.show(drawn(false));
    told.textContent = `Drawn anew: ${counted(judgements(false).all, "sentence")} judged by now.`;
    look();
  });
  look();
};

// One answer in words, for my work and the class page.
const inWords = (row, value) => {
  const question = alliance.questions?.checks?.[row.key.replace(/^check /, "")];
  if (row.kind === "check") {
    const texts = Object.fromEntries(question?.options ?? []), keys = [value?.answer].flat();
    return `${keys.map((key) => texts[key] ?? String(key)).join("; ")} (${value?.right === true ? "right" : "not right"})`;
  }
  if (["number", "choice", "ranking", "order", "line"].includes(row.kind)) return String(value?.said ?? "");
  if (row.kind === "setting") return String(value?.said ?? "");
  if (row.kind === "sentences") return `${value?.right?.length ?? 0} right`;
  if (row.kind === "verdict") return `${String(value?.verdict).replaceAll("-", " ")}, ${value?.confidence}% sure`;
  if (value && typeof value === "object") return Object.entries(value).map(([name, one]) => `${name}: ${one}`).join("; ");
  return String(value);
};

// My work: what is kept, a file to hand in, everything as a file, and back.
const NAMED = "name to hand in";
const workPanel = (box) => {
  ask(box, "My work, on this computer alone");
  const name = element("input", "", element("label", "abn-row", box, "Name or sign, if you like "));
  Object.assign(name, { type: "text", maxLength: 60, autocomplete: "off" });
  if (typeof store.kept(NAMED) === "string") name.value = store.kept(NAMED);
  name.addEventListener("input", () => store.keep(NAMED, name.value || null, { lesson: LESSON, kind: "name" }));
  const tick = element("input", "", element("label", "abn-row", box));
  tick.type = "checkbox";
  tick.parentElement.append(" with my positions of lesson 10");
  const bar = row(box), line = said(box), list = element("div", "abn-work", box);
  const plainName = () => name.value.trim().replace(/[^\p{L}\p{N}_-]+/gu, "-").slice(0, 40) || "no-name";
  const look = () => {
    list.replaceChildren();
    const all = handIn("", tick.checked).rows;
    for (const lesson of [...new Set(all.map((one) => one.lesson))].sort()) {
      element("h4", "", list, lesson ? `${lesson} · ${alliance.questions.titles[lesson] ?? ""}` : "Elsewhere");
      const items = element("ul", "", list);
      for (const one of all.filter((other) => other.lesson === lesson)) {
        const [first, latest] = [one.first, one.latest].map((value) => inWords(one, value));
        const typed = ["words", "piles", "setting", "position", "scales"].includes(one.kind);
        const told = typed || latest === first ? latest : `${first}; later: ${latest}`;
        element("li", "", items, `${one.asked}${typed && !/[:?!.]$/.test(one.asked) ? ":" : ""} ${told}`);
      }
    }
    if (!list.firstChild) element("p", "", list, "Nothing is kept yet. What you guess, judge, answer and write will stand here, for you to print or hand in.");
  };
  button(bar, "Hand in: make the file", () => {
    const found = handIn(name.value, tick.checked);
    download(`hand-in-${plainName()}.json`, found);
    line.textContent = `The file holds ${counted(found.rows.length, "answer")}${tick.checked ? "" : ", no positions"}. Nothing was sent; give it to whom you choose.`;
  }, "abn-main");
  button(bar, "Keep everything as a file", () => download("alliance-everything.json", everything()));
  const file_ = element("input", "", element("label", "abn-file", bar, "Bring a file back "));
  Object.assign(file_, { type: "file", accept: ".json" });
  file_.addEventListener("change", async () => {
    const [chosen] = file_.files;
    if (!chosen) return;
    try {
      if (chosen.size > MOST_BYTES) throw new Error(`is larger than ${MOST_BYTES / 1e6} MB`);
      const { rows } = readFile(await chosen.text(), ["everything", "hand-in"]);
      bringBack(rows);
      line.textContent = `${counted(rows.length, "answer")} brought back. Load the page anew to see them in their places.`;
      look();
    } catch (error) {
      line.textContent = `${chosen.name} ${error.message}.`;
    }
  });
  button(bar, "Forget everything on this computer", () => {
    if (!confirm("Forget every answer that is kept in this browser?")) return;
    store.forget();
    look();
  });
  tick.addEventListener("change", look);
  look();
};

Object.assign(alliance, { judgements, tally, computed, lessonsOf });
Object.assign(MAKE, {
  lab: labPanel,
  calibration: calibrationPanel,
  position,
  compare,
  weigh,
  course: coursePanel,
  work: workPanel,
  setup: (box) => {
    const trouble = store.keep("set-up check", true);
    said(box).textContent = trouble || "Nothing needs to be set up here: this page runs in your browser, and your answers can be kept in it.";
  },
});
