// The panels of a page: each maker fills a box from its part (parts.py). Every string goes in as text.

const LESSON = document.body.dataset.lesson.split("_")[0];
const button = (parent, text, act, css = "") => {
  const made = element("button", css, parent, text);
  made.type = "button";
  made.addEventListener("click", act);
  return made;
};
const said = (parent) => {
  const line = element("p", "abn-say", parent);
  line.setAttribute("role", "status");
  return line;
};
const ask = (parent, text) => element("p", "abn-ask", parent, text);
const row = (parent) => element("div", "abn-controls", parent);
let names = 0;
const nextName = () => `abn-${(names += 1)}`;

// HTML that Python made of escaped words (cards, tables): only these tags and no attribute but the looks are taken over.
const ALLOWED = /^(P|BR|B|STRONG|EM|SMALL|UL|OL|LI|DL|DT|DD|DIV|SPAN|TABLE|THEAD|TBODY|TR|TH|TD|DETAILS|SUMMARY|H3|H4|A|CODE)$/;
const tame = (parent, node) => {
  for (const child of node.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) parent.append(child.textContent);
    else if (child.nodeType === Node.ELEMENT_NODE && ALLOWED.test(child.tagName)) {
      const made = element(child.tagName.toLowerCase(), "", parent);
      if (child.hasAttribute("style")) made.style.cssText = child.getAttribute("style").replace(/url\s*\(/gi, "");
      if (child.hasAttribute("scope")) made.scope = child.getAttribute("scope");
      if (child.tagName === "A" && /^https?:\/\//.test(child.getAttribute("href") ?? "")) made.href = child.getAttribute("href");
      tame(made, child);
    }
  }
};
const putHTML = (parent, markup) => tame(parent, new DOMParser().parseFromString(markup, "text/html").body);

// Options to choose one of; `changed` hears the key. Returns [get, set, rest].
const radios = (parent, question, options, changed) => {
  const group = element("div", "abn-radios", parent), name = nextName();
  group.setAttribute("role", "radiogroup");
  group.setAttribute("aria-label", question);
  const inputs = new Map();
  for (const [key, text] of options) {
    const label = element("label", "", group), input = element("input", "", label);
    Object.assign(input, { type: "radio", name });
    label.append(text);
    input.addEventListener("change", () => changed(key));
    inputs.set(key, input);
  }
  return {
    get: () => [...inputs].find(([, input]) => input.checked)?.[0] ?? null,
    set: (key) => { if (inputs.has(key)) inputs.get(key).checked = true; },
    rest: () => inputs.forEach((input) => { input.disabled = true; }),
  };
};

// A box for a number as people write it, with what is wrong with it; `value` is null while there is none.
const numberBox = (parent, label, low, high, changed, whole = false) => {
  const wrap = element("span", "abn-number-box", parent), named_ = element("label", "", wrap, `${label} `);
  const input = element("input", "", named_), trouble = said(wrap);
  Object.assign(input, { type: "text", inputMode: "decimal", autocomplete: "off", size: 7 });
  const box = {
    value: null,
    read() {
      let read = null, wrong = "";
      if (input.value.trim()) {
        try {
          read = readNumber(input.value);
          if (!(low <= read && read <= high)) [read, wrong] = [null, `From ${short(low)} to ${short(high)}, please.`];
          else if (whole && !Number.isInteger(read)) [read, wrong] = [null, "A whole number, please."];
        } catch (error) {
          wrong = error.message;
        }
      }
      trouble.textContent = wrong;
      box.value = read;
    },
    set(value) {
      box.value = value;
      input.value = value === null ? "" : String(value);
      trouble.textContent = "";
    },
  };
  input.addEventListener("input", () => { box.read(); changed(box.value); });
  return box;
};

// Charts with controls ------------------------------------------------------------------------

const plain = (text) => text.replaceAll("\u200b", "");
const many = (count) => (count > 1e6 ? "many" : commas(String(count)));
// Scores of a learner's own: one question at a time, both sides' words, a list for each item.
const scoreControl = (bar, { label, read, values, at, items, asked }, moved) => {
  const box = element("div", "abn-scores", bar), scores = at.map((given) => [...given]);
  const list = element("select", "abn-wide", element("label", "abn-row", box, `${plain(label)} `));
  asked.forEach(([text]) => element("option", "", list, text));
  const cards = element("div", "", box), line = row(box);
  const lists = items.map((item, place) => {
    const made = element("select", "", element("label", "", line, `${plain(item)} `));
    read.forEach((text) => element("option", "", made, text));
    made.addEventListener("change", () => {
      scores[list.selectedIndex][place] = values[made.selectedIndex];
      moved(scores.map((given) => [...given]));
    });
    return made;
  });
  const turn = () => {
    cards.replaceChildren();
    putHTML(cards, asked[list.selectedIndex][1]);
    lists.forEach((made, place) => { made.selectedIndex = values.indexOf(scores[list.selectedIndex][place]); });
  };
  list.addEventListener("change", turn);
  turn();
};

const control = (bar, { kind, label, read, values, at, all, items, asked }, moved) => {
  const few = kind !== "ticks" && kind !== "scores" && read.length < all ? ` (${read.length} of ${many(all)} ${kind === "slider" ? "stops" : "choices"})` : "";
  if (kind === "buttons") {
    const group = element("span", "abn-buttons", bar);
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", label);
    if (label) element("span", "", group, `${label} `);
    const made = read.map((text, place) => button(group, plain(text), () => {
      made.forEach((one, other) => one.setAttribute("aria-pressed", other === place));
      moved(place);
    }));
    made.forEach((one, place) => one.setAttribute("aria-pressed", place === at));
    return;
  }
  if (kind === "ticks") {
    const group = element("fieldset", "abn-tick-group", bar), ticked = new Set(at);
    element("legend", "", group, plain(label));
    read.forEach((text, place) => {
      const line = element("label", "abn-tick", group), tick = element("input", "", line);
      Object.assign(tick, { type: "checkbox", checked: ticked.has(values[place]) });
      line.append(plain(text));
      tick.addEventListener("change", () => {
        ticked[tick.checked ? "add" : "delete"](values[place]);
        moved(values.filter((one) => ticked.has(one)));
      });
    });
    return;
  }
  if (kind === "scores") {
    scoreControl(bar, { label, read, values, at, items, asked }, moved);
    return;
  }
  const wrap = element("label", `abn-${kind}`, bar, kind === "box" ? undefined : `${plain(label)}${few} `);
  if (kind === "box") {
    const tick = element("input", "", wrap);
    Object.assign(tick, { type: "checkbox", checked: at === 1 });
    wrap.append(` ${plain(label)}`);
    tick.addEventListener("change", () => moved(Number(tick.checked)));
  } else if (kind === "list") {
    const list = element("select", "", wrap);
    read.forEach((text) => element("option", "", list, plain(text)));
    list.selectedIndex = at;
    list.addEventListener("change", () => moved(list.selectedIndex));
  } else {
    const slider = element("input", "", wrap), shown = element("output", "", wrap);
    Object.assign(slider, { type: "range", min: 0, max: read.length - 1, step: 1 });
    slider.value = at;
    const say = () => {
      shown.textContent = ` ${read[slider.value]}`;
      slider.setAttribute("aria-valuetext", read[slider.value]);
    };
    say();
    slider.addEventListener("input", () => { say(); moved(Number(slider.value)); });
  }
};

const textsOf = (part, key) => part.states[key]?.map?.((place) => part.texts[place]);
// The texts of the state in which the controls stand `now`: listed, or worked out.
const textsAt = (part, now) => {
  if (!part.draw) return textsOf(part, now.join());
  const key = part.listed.map((place) => now[place]).join();
  const meant = part.controls.map((one, place) => [one.name, meantBy(one, now[place])]);
  return computed(part.draw, textsOf(part, key), Object.fromEntries(meant), part.facts[key]);
};
const NEAR_START = ["", "one control away from the start", "one or two controls away from the start"];

// What the controls of a part are set to, in words, as drafts.py says it.
const readOf = ({ kind, read, values, items, asked }, at) => {
  if (kind === "ticks") return named(read.filter((_, place) => at.includes(values[place]))) || "nothing";
  if (kind !== "scores") return read[at];
  const given = asked.map(([text], row) => [text, items.flatMap((item, place) => (at[row][place] === null ? [] : [`${item} ${at[row][place]}`]))]);
  return given.flatMap(([text, parts]) => (parts.length ? [`${text} ${parts.join(", ")}`] : [])).join("; ") || "nothing";
};
const settingSaid = (parts, now) => plain(parts.map((one, place) => `${one.label.replace(/:+$/, "")}: ${readOf(one, now[place])}`).join("; "));
// Where each control was left: of what was kept, that which the page still offers; else where it stands at the start.
const leftAt = ({ name, kind, values, items, at }, was) => {
  const kept = was?.[name];
  if (kept === undefined) return at;
  if (kind === "ticks") return Array.isArray(kept) ? values.filter((one) => kept.includes(one)) : at;
  if (kind === "scores") return Array.isArray(kept) && kept.length === at.length && kept.every((row) => Array.isArray(row) && row.length === items.length && row.every((one) => values.includes(one))) ? kept : at;
  const place = values.findIndex((one) => JSON.stringify(one) === JSON.stringify(kept));
  return place < 0 ? at : place;
};
const meantBy = ({ kind, values }, at) => (["ticks", "scores"].includes(kind) ? at : values[at]);
// Keep a learner's setting under its title, or nothing where all stands as at the start; says so in `line`.
const keepSetting = (title, setting, line) => {
  line.textContent = store.keep(title, setting, { lesson: LESSON, kind: "setting" }) || (setting ? KEPT : "");
};

// The chart of `part` with its controls; `over` gives what is shown in the place of a state's texts.
const explored = (box, part, over = (texts) => texts) => {
  box.classList.add("abn-explore");
  const bar = row(box), now = part.controls.map(({ at }) => at), start = JSON.stringify(now), atStart = () => JSON.stringify(now) === start;
  const chart = chartIn(element("div", "", box), over(textsAt(part, now), true)), line = said(box), kept = element("p", "abn-kept", box);
  const note = () => {
    const set = () => Object.fromEntries(part.controls.map((one, place) => [one.name, meantBy(one, now[place])]));
    keepSetting(part.keeps, atStart() ? null : { set: set(), said: settingSaid(part.controls, now) }, kept);
  };
  if (part.together < part.controls.length)
    element("p", "abn-why", box, `Of ${many(part.combinations)} combinations this page holds those that are ${NEAR_START[part.together]}; JupyterLab draws all.`);
  const show = () => {
    const found = part.draw ? textsAt(part, now) : part.states[now.join()];
    const why = found === undefined ? "This combination is not in this page; JupyterLab draws it." : `This choice cannot be drawn: ${found}`;
    line.textContent = Array.isArray(found) ? "" : `${why}${/[.!?]$/.test(why) ? "" : "."} The chart still shows the choice before.`;
    if (Array.isArray(found)) chart.show(over(part.draw ? found : textsAt(part, now), atStart()));
  };
  const was = part.keeps ? store.kept(part.keeps)?.set : undefined;
  part.controls.forEach((one, place) => {
    now[place] = leftAt(one, was);
    control(bar, { ...one, at: now[place] }, (at) => {
      now[place] = at;
      show();
      if (part.keeps) note();
    });
  });
  if (!atStart()) show();
  return { again: show, chart };
};

// Guesses -------------------------------------------------------------------------------------

const gates = {}; // who waits for the guess of that name
const isOpen = (name) => store.kept(`guess ${name}`) !== null || store.kept(`seen ${name}`) !== null;
const opened = (name) => (gates[name] ?? []).forEach((act) => act());
const unlock = (name) => {
  if (store.kept(`guess ${name}`) === null) store.keep(`seen ${name}`, true, { lesson: lessonOf(name), kind: "seen" });
  opened(name);
};
const lessonOf = (name) => (/^\d\d[a-z]?-/.test(name) ? name.split("-")[0] : LESSON);
const SKIP = "Show without a guess";

// What a guess draws, a number of the learner's in the place of the stand-in (parts.py).
const STAND_IN = 98_765_432.125;
const filled = (draws, guess, kind, { places, table }) => {
  const text = short(STAND_IN);
  const turn = (thing) => {
    if (thing === STAND_IN) return guess;
    if (typeof thing === "string") return kind === "number" ? thing.replaceAll(text, short(guess)) : thing;
    if (Array.isArray(thing)) return thing.map(turn);
    return thing && typeof thing === "object" ? Object.fromEntries(Object.entries(thing).map(([name, one]) => [name, turn(one)])) : thing;
  };
  if (kind === "number") return turn(draws);
  const [trace] = draws.data;
  if (kind === "order") {
    const text = table.map(([item]) => `<b>${guess.indexOf(item) + 1}</b>`);
    return { ...draws, data: [{ ...trace, x: places.map(() => trace.x[0]), y: places, text }] };
  }
  return { ...draws, data: [{ ...trace, x: guess.map(([year]) => year), y: guess.map(([, value]) => value) }] };
};
const withGuess = ([marks, frame, ...rest], draws, guess, kind) => {
  if (!draws) return [marks, frame, ...rest];
  const layout = JSON.parse(frame), { data, shapes, annotations } = filled(draws, guess, kind, { places: JSON.parse(marks)[0]?.y, table: JSON.parse(rest[1]).rows });
  for (const [name, more] of Object.entries({ shapes, annotations })) if (more.length) layout[name] = [...(layout[name] ?? []), ...more];
  return [JSON.stringify([...JSON.parse(marks), ...data]), JSON.stringify(layout), ...rest];
};

// A box for a number and a slider beside it; there is no number, null, until one of them is touched.
const boxAndSlider = (bar, label, { low, high, step, middle, digits, whole }, touched) => {
  const typed = numberBox(bar, label, low, high, (value) => {
    if (value !== null) slider.value = value;
    slider.classList.toggle("abn-unset", value === null);
    touched(value);
  }, whole);
  const slider = element("input", "abn-unset", element("label", "abn-slide", bar, "or slide "));
  Object.assign(slider, { type: "range", min: low, max: high, step });
  slider.value = middle;
  slider.addEventListener("input", () => {
    slider.classList.remove("abn-unset");
    typed.set(Number(fixed(Number(slider.value), digits)));
    slider.setAttribute("aria-valuetext", short(typed.value));
    touched(typed.value);
  });
  return {
    get: () => typed.value,
    put(value) {
      typed.set(value);
      slider.value = value ?? middle;
      slider.classList.toggle("abn-unset", value === null);
    },
  };
};

// The inputs of each kind of guess: { take, put }; `touched` hears the guess as it stands.
const INPUTS = {
  number(box, guess, touched) {
    const input = boxAndSlider(row(box), guess.unit ? `Guess (${guess.unit})` : "Guess", guess, touched);
    return {
      take() {
        if (input.get() === null) throw new Unreadable("Type a number or move the slider first; a wild guess is fine.");
        return input.get();
      },
      put: input.put,
    };
  },
  choice(box, guess, touched) {
    const group = radios(box, guess.question, guess.options.map((option) => [option, option]), touched);
    return {
      take() {
        if (group.get() === null) throw new Unreadable("Choose one first; a wild guess is fine.");
        return group.get();
      },
      put: group.set,
    };
  },
  ranking(box, guess, touched, say) {
    const list = element("ol", "abn-rank", box);
    let items = [...guess.items], moved = false;
    const draw = (focus) => {
      list.replaceChildren();
      items.forEach((item, place) => {
        const line = element("li", "", list);
        for (const [sign, by, where] of [["▲", -1, "up"], ["▼", 1, "down"]]) {
          const move = button(line, sign, () => {
            const to = place + by;
            items.splice(to, 0, ...items.splice(place, 1));
            moved = true;
            touched([...items]);
            draw([to, by]);
            say(`${item}: place ${to + 1} of ${items.length}.`);
          });
          move.setAttribute("aria-label", `Move ${item} ${where}`);
          move.disabled = place + by < 0 || place + by >= items.length;
        }
        line.append(` ${item}`);
      });
      if (focus) {
        const [up, down] = list.children[focus[0]].querySelectorAll("button");
        const wished = focus[1] < 0 ? up : down;
        (wished.disabled ? (wished === up ? down : up) : wished).focus();
      }
    };
    draw();
    return {
      take() {
        if (!moved) {
          moved = true;
          throw new Unreadable("You have moved nothing yet. If this order is your guess, commit it once more.");
        }
        return [...items];
      },
      put(value) {
        items = [...value];
        moved = true;
        draw();
      },
    };
  },
  order: (...parts) => INPUTS.ranking(...parts),
  line(box, guess, touched, say) {
    const current = () => guess.years.map((year, place) => [year, boxes[place].value]).filter(([, value]) => value !== null);
    const sketch = () => {
      const mine = current();
      chart.show(mine.length ? withGuess(guess.blank, guess.draws, mine, "line") : guess.blank);
      if (mine.length) touched(mine);
      const left = guess.years.filter((_, place) => boxes[place].value === null);
      if (left.length && mine.length) say(`Open: ${named(left)}. Draw on, or leave what you will: it is not counted.`);
    };
    const chart = chartIn(element("div", "", box), guess.blank, (stroke) => {
      for (const [year, value] of drawnYears(stroke, guess)) boxes[guess.years.indexOf(year)].set(value);
      sketch();
    });
    const bar = row(box);
    const boxes = guess.years.map((year) => numberBox(bar, String(year), guess.low, guess.high, sketch, guess.whole));
    return {
      take() {
        if (!current().length) throw new Unreadable("Draw a line first, or set a number below; a wild guess is fine.");
        return current();
      },
      put(value) {
        for (const [year, height] of value) boxes[guess.years.indexOf(year)].set(height);
        sketch();
      },
    };
  },
};

const guessPanel = (box, { guess, explore }) => {
  const { name, kind } = guess, rules = GUESSED[kind], where = { lesson: lessonOf(name), kind };
  const keys = { guess: `guess ${name}`, seen: `seen ${name}`, draft: `draft ${name}` };
  ask(box, guess.question);
  let value = null, quiet = true;
  const inputs = INPUTS[kind](box, guess, (now) => {
    if (quiet) return;
    line.textContent = "";
    if (now !== null) store.keep(keys.draft, now, { lesson: where.lesson, kind: "draft" });
  }, (text) => { if (!quiet) line.textContent = text; });
  const bar = row(box);
  const line = said(box), told = said(box), place = element("div", "abn-panel", box);
  told.classList.add("abn-told");
  told.textContent = "The answer appears here when you have committed your guess.";
  const skip = button(place, SKIP, () => unlock(name));
  let panel = null;
  const over = (texts, atStart) => (value === null || (!atStart && kind !== "order") ? texts : withGuess(texts, guess.draws, value, kind));
  const open = () => {
    if (panel) panel.again();
    else {
      skip.remove();
      told.textContent = "";
      panel = explored(place, explore, over);
    }
  };
  const firstGuess = () => {
    const first = store.first(keys.guess);
    return first && rules.fits(first.guess, guess) ? first : null;
  };
  const history = () => {
    const first = firstGuess();
    if (!first) return "";
    if (first.seen) return "You had seen the answer, so this guess does not count.";
    if (JSON.stringify(first.guess) === JSON.stringify(value)) return "";
    return `Your first guess counts: ${rules.said(first.guess, guess)}. This later one is kept beside it.`;
  };
  const reveal = () => {
    let words;
    try {
      words = rules.distance(value, guess);
    } catch (error) {
      told.textContent = `Your guess is kept, but cannot be compared with the data: ${error.message}. You may commit another one.`;
      return;
    }
    open();
    const first = firstGuess();
    if (rules.near && first && !first.seen) store.keep(`near ${name}`, Boolean(rules.near(first.guess, guess)), { lesson: where.lesson, kind: "near" });
    told.textContent = [words, history()].filter(Boolean).join(" ");
  };
  button(bar, "Commit my guess", () => {
    let mine;
    try {
      mine = inputs.take();
    } catch (error) {
      line.textContent = error.message;
      return;
    }
    const made = { asked: guess.question, guess: mine, said: rules.said(mine, guess) };
    if (store.kept(keys.seen)) made.seen = true;
    line.textContent = store.keep(keys.guess, made, where);
    value = mine;
    reveal();
    opened(name);
  }, "abn-main");
  (gates[name] ??= []).push(() => panel || open());
  const before = store.kept(keys.guess)?.guess, draft = store.kept(keys.draft);
  if (before !== undefined && rules.fits(before, guess)) {
    inputs.put(before);
    value = before;
    reveal();
  } else {
    if (draft !== null && rules.fits(draft, guess)) {
      inputs.put(draft);
      line.textContent = "This is what you had begun; it is no guess until you commit it.";
    }
    if (isOpen(name)) open();
  }
  quiet = false;
};

const waiting = (box, { names: wanted, says, parts }) => {
  let shown = false;
  const look = () => {
    if (shown || !wanted.every(isOpen)) return;
    shown = true;
    box.replaceChildren();
    for (const part of parts) make(element("div", "abn-panel", box), part);
  };
  const line = said(box);
  line.classList.add("abn-told");
  line.textContent = says;
  button(box, SKIP, () => wanted.forEach(unlock));
  for (const name of wanted) (gates[name] ??= []).push(look);
  look();
};

// Checks --------------------------------------------------------------------------------------

// Numbers that look random, the same each time for the same words.
const drawn = (words) => {
  let state = 2166136261;
  for (const letter of words) state = Math.imul(state ^ letter.codePointAt(0), 16777619);
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296) * below | 0;
  };
};
const shuffled = (items, lot) => {
  const dealt = [...items];
  for (let place = dealt.length - 1; place > 0; place -= 1) {
    const other = lot(place + 1);
    [dealt[place], dealt[other]] = [dealt[other], dealt[place]];
  }
  return dealt;
};
// The options in this learner's own order; over all questions of as many options the right one stands equally often at each place.
const orderOf = ({ id, options, right, alike }, learner) => {
  const keys = shuffled(options.map(([key]) => key), drawn(`${learner} ${id}`));
  if (!alike) return keys;
  const [first, card, cards] = alike, lot = drawn(`${learner} places ${options.length} ${first}`), begin = lot(options.length);
  const deck = shuffled(Array.from({ length: cards }, (_, place) => (begin + place) % options.length), lot);
  const others = keys.filter((key) => key !== right[0]);
  return [...others.slice(0, deck[card]), right[0], ...others.slice(deck[card])];
};
const learner = () => {
  const known = store.kept("learner");
  if (typeof known === "string") return known;
  const made = [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  store.keep("learner", made, { kind: "learner" });
  return made;
};
const inOrder = (question) => orderOf(question, learner()).map((key) => [key, Object.fromEntries(question.options)[key]]);

const checkPanel = (box, question, again = false) => {
  const key = `check ${question.id}`, draft = `${key} ${again ? "again" : "draft"}`, { kind, lesson } = question;
  ask(box, question.question);
  const note = () => { line.textContent = store.keep(draft, take(), { lesson, kind: "draft" }); };
  let take, put;
  if (kind === "one") {
    const group = radios(box, question.question, inOrder(question), note);
    [take, put] = [group.get, group.set];
  } else if (kind === "several") {
    const boxes = inOrder(question).map(([meant, text]) => {
      const label = element("label", "abn-tick", box), tick = element("input", "", label);
      tick.type = "checkbox";
      label.append(text);
      tick.addEventListener("change", note);
      return [meant, tick];
    });
    take = () => boxes.filter(([, tick]) => tick.checked).map(([meant]) => meant);
    put = (answer) => boxes.forEach(([meant, tick]) => { tick.checked = Array.isArray(answer) && answer.includes(meant); });
  } else {
    const input = element("input", "", element("label", "", box, `Your answer${question.unit ? ` (${question.unit})` : ""} `));
    Object.assign(input, { type: "text", inputMode: "decimal", placeholder: "a number", autocomplete: "off" });
    input.addEventListener("input", note);
    take = () => input.value;
    put = (answer) => { input.value = typeof answer === "string" ? answer : ""; };
  }
  button(row(box), "Check", () => {
    let right, verdict;
    try {
      if (kind === "one") [right, verdict] = oneJudged(take(), question);
      else if (kind === "several") [right, verdict] = severalJudged(take(), question);
      else {
        const value = readNumber(take());
        right = Math.abs(value - question.right) <= question.tolerance;
        verdict = judged(value, question.right, question.tolerance, question.unit, question.slips);
      }
    } catch (error) {
      line.textContent = error.message;
      return;
    }
    const trouble = store.keep(key, { answer: take(), right }, { lesson, kind: "check" });
    line.textContent = [verdict, trouble].filter(Boolean).join(" ");
  }, "abn-main");
  const line = said(box);
  const before = store.kept(draft) ?? (again ? null : store.kept(key)?.answer ?? null);
  if (before !== null) put(before);
};

const beforePanel = (box) => {
  const { checks } = alliance.questions, known = (one) => checks[one.key.replace(/^check /, "")];
  const met = store.all().filter((one) => one.kind === "check" && known(one) && known(one).lesson !== LESSON);
  met.sort((a, b) => (a.latest_time < b.latest_time ? -1 : 1));
  for (const one of met.slice(0, 3)) {
    said(box).textContent = `From lesson ${known(one).lesson}, section ${known(one).section}:`;
    checkPanel(element("div", "abn-panel", box), known(one), true);
  }
  if (!met.length) said(box).textContent = "Nothing yet: when you have done a check in one lesson, up to three come back at the top of the others.";
};

const FORM_LESSON = { start: "00", end: "11" };
const twelve = (box, { form }) => {
  const { sentences, chance, misconceptions } = alliance.questions, questions = sentences[form];
  const counted_ = (which) => {
    const found = store.first(`sentences ${which}`);
    return Array.isArray(found?.right) ? found : null;
  };
  const groups = questions.map((question, place) => {
    ask(box, `${place + 1}. ${question.question}`);
    const group = radios(box, question.question, inOrder(question), (key) => {
      line.textContent = store.keep(`sentence ${question.id}`, key, { lesson: FORM_LESSON[form], kind: "draft" });
    });
    group.set(store.kept(`sentence ${question.id}`));
    return group;
  });
  const count = button(row(box), "Count my answers", () => {
    const open = groups.flatMap((group, place) => (group.get() === null ? [place + 1] : []));
    if (open.length) {
      line.textContent = `Still open: ${named(open)}. Choose one in each; where you do not know, guess.`;
      return;
    }
    const answers = groups.map((group) => group.get());
    const right = questions.flatMap((question, place) => (question.right.includes(answers[place]) ? [place + 1] : []));
    close(store.keep(`sentences ${form}`, { right, answers }, { lesson: FORM_LESSON[form], kind: "sentences" }));
  }, "abn-main");
  const line = said(box), result = element("div", "abn-scroll", box);
  const close = (trouble = "") => {
    groups.forEach((group) => group.rest());
    count.disabled = true;
    const start = counted_("start"), many = questions.length;
    const now = `You have ${counted_(form).right.length} of ${many}. Who guesses blindly has ${chance[form]} of ${many}, on average.`;
    const more = form === "start" ? "Which ones are right, the lessons will show; at the end of the course twelve others ask for the same."
      : start ? `At the start you had ${start.right.length}.` : "You left out the form at the start.";
    line.textContent = [now, more, trouble].filter(Boolean).join(" ");
    if (form === "end") {
      const mark = (found, place) => (!found ? "–" : found.right.includes(place + 1) ? "✓ right" : "○ not yet");
      const columns = ["many people think", "at the start", "now", "what is right", "why", "lesson"];
      fillTable(result, { columns, rows: questions.map((question, place) => [
        misconceptions[place], mark(start, place), mark(counted_("end"), place),
        `${question.question} ${question.options.filter(([key]) => question.right.includes(key)).map(([, text]) => text).join("; ")}`,
        question.reasons[question.right[0]], question.lesson,
      ]) });
    }
  };
  if (counted_(form)) close();
};

// Cards, sorters, words -----------------------------------------------------------------------

const SIDES = ["holds", "holds with a fix", "does not hold", "cannot be tested"];
const claimsPanel = (box, { cards }) => cards.forEach((card) => {
  const place = cards.length > 1 ? element("div", "abn-panel abn-claim", box) : box, key = `card ${card.id}`;
  ask(place, card.claim);
  element("p", "abn-why", place, card.where);
  const bar = row(place);
  bar.classList.add("abn-sides");
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", "Does it hold?");
  element("span", "", bar, "Does it hold?");
  const show = () => {
    buttons.forEach((one) => { one.disabled = true; });
    skip.hidden = true;
    if (!found.firstChild) putHTML(found, card.found);
  };
  const tell = (choice, trouble = "") => {
    buttons.forEach((one, side) => one.setAttribute("aria-pressed", SIDES[side] === choice));
    line.textContent = [cardSaid(choice, card), trouble].filter(Boolean).join(" ");
    show();
  };
  const buttons = SIDES.map((side) => button(bar, side, () => tell(side, store.keep(key, side, { lesson: card.lesson, kind: "card" }))));
  const skip = button(place, "Open without judging", show), line = said(place), found = element("div", "abn-found", place);
  const before = store.first(key);
  if (SIDES.includes(before)) tell(before);
});

const sortPanel = (box, { question, rows, piles }) => {
  ask(box, question);
  const kept = store.kept(question), mine = Object.fromEntries(Object.entries(kept && typeof kept === "object" ? kept : {}).filter(([sentence, pile]) => piles.includes(pile) && rows.some((one) => one.sentence === sentence)));
  const notes = rows.map((one) => {
    const line = element("label", "abn-sort", box), text = element("span", "", line, one.sentence), list = element("select", "", line);
    text.id = nextName();
    ["choose …", ...piles].forEach((pile) => element("option", "", list, pile));
    if (one.sentence in mine) list.selectedIndex = piles.indexOf(mine[one.sentence]) + 1;
    const note = said(box);
    note.className = "abn-why";
    list.addEventListener("change", () => {
      if (list.selectedIndex) mine[one.sentence] = piles[list.selectedIndex - 1];
      else delete mine[one.sentence];
      note.textContent = line_.textContent = "";
      kept_.textContent = store.keep(question, { ...mine }, { lesson: LESSON, kind: "piles" }) || KEPT;
    });
    return note;
  });
  const kept_ = element("p", "abn-kept", box);
  button(row(box), "Compare", () => {
    rows.forEach((one, place) => { notes[place].textContent = one.sentence in mine ? sortNoted(mine[one.sentence], one) : ""; });
    line_.textContent = sortSaid(mine, rows);
  }, "abn-main");
  const line_ = said(box);
};

const KEPT = "Kept on this computer as you go.";
const boxPanel = (box, { question, rows, hint, desk }) => {
  ask(box, question);
  const text = element("textarea", "", box), kept = element("p", "abn-kept", box);
  Object.assign(text, { rows, placeholder: hint });
  text.setAttribute("aria-label", question);
  const before = store.kept(question);
  if (typeof before === "string") text.value = before;
  element("div", "abn-lines", box).append(...Array.from({ length: Math.min(rows, 12) }, () => document.createElement("hr")));
  text.addEventListener("input", () => {
    kept.textContent = store.keep(question, text.value, { lesson: LESSON, kind: "words" }) || KEPT;
    if (line) line.textContent = "";
  });
  let line;
  if (!desk) return;
  button(row(box), "Look at my text", () => {
    list.replaceChildren();
    if (!text.value.trim()) {
      line.textContent = "Write a sentence first; it may be a bad one.";
      return;
    }
    const found = looked(text.value, desk), there = found.filter(([enough]) => enough).length;
    line.textContent = `${there} of ${found.length} ${there === 1 ? "is" : "are"} there. I look for words and numbers only: whether they are right, and what you conclude, is yours.`;
    for (const [enough, words] of found) element("li", "", list, `${enough ? "✓" : "○"} ${words}`);
  }, "abn-main");
  line = said(box);
  const list = element("ul", "abn-looked", box);
};

const ONLY = "This part answers in JupyterLab alone: here it stands as it does at the start.";
const MAKE = {
  chart: (box, { texts }) => chartIn(element("div", "", box), texts),
  explore: explored,
  guess: guessPanel,
  after: waiting,
  check: (box, { id }) => checkPanel(box, alliance.questions.checks[id]),
  before: beforePanel,
  twelve,
  claims: claimsPanel,
  sort: sortPanel,
  box: boxPanel,
  html: (box, { html }) => putHTML(element("div", "abn-scroll", box), html),
  only: (box, { says }) => {
    if (says) said(box).textContent = says;
    element("p", "abn-why", box, ONLY);
  },
};
const make = (box, part) => MAKE[part.kind](box, part);
Object.assign(alliance, { withGuess, orderOf, textsAt, make });
