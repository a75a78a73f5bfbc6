// States that are too many to list (computed.py): each function turns what Python drew into what stands there for other
// choices, in the numbers and words of the figure of the same name in figures/. Tests compare both.

const general = (value) => (value && Math.abs(value) < 1e-4 ? scientific(value, 5) : String(Number(value.toPrecision(6))));
const amount = (value, digits) => commas(fixed(value, digits));
const inTable = (value) => amount(value, 2).replace(/\.?0+$/, "");
const minus = (text) => text.replace(/(?<![\w.])-(?=\d)/g, "−");
const signed = (value) => (value ? minus(`${value < 0 ? "" : "+"}${value}`) : "0");
const plainly = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const apart = (days) => {
  const size = Math.abs(days);
  if (size < 200) return counted(size, "day");
  return size < 730 ? `${fixed(size / 30.44, 0)} months` : `${fixed(size / 365.25, 1)} years`;
};

// Where a share stands beside a target: what the title says, and the sentence.
const besideTarget = (gap, price, target) => {
  const points = `${fixed(Math.abs(gap), 2)} points`, goal = `${general(target)}%`;
  if (gap >= 0) {
    const where = gap === 0 ? `at ${goal}` : `${points} above ${goal}`;
    return [where, `That is ${where} of GDP, so the target asks for nothing more.`];
  }
  const below = `${points} below ${goal}`;
  if (price === null) return [below, `That is ${below} of GDP; this edition gives no amounts, so the gap has no price.`];
  return [below, `That is ${below} of GDP: $${amount(price, 1)} billion more in that year, at current prices.`];
};

const unanimity = (allies, chance, doubters) => {
  const undecided = Math.min(doubters, allies);
  return 100 * ((chance / 100) ** (allies - undecided) * 0.5 ** undecided);
};

// The line under a chart in ever fewer letters (Sources.lines in data.py); of each source: in full, brief, with its year
// only, its publisher's name.
const sourceLines = (cited) => {
  const [inFull, briefs, years, names] = [0, 1, 2, 3].map((which) => cited.map((one) => one[which])), briefly = [...new Set(briefs)];
  const line = (parts, more) => `${cited.length > 1 ? "Sources" : "Source"}: ${[...parts, ...(more ? [`and ${more} more`] : [])].join("; ")}`;
  const shorter = briefly.slice(0, 6).map((_, left, all) => {
    const kept = briefly.slice(0, all.length - left);
    return line(kept, briefs.filter((one) => !kept.includes(one)).length);
  });
  const rest = cited.length > 1 ? ` and ${cited.length - 1} more` : "";
  return [...(cited.length < 4 ? [line([...new Set(inFull)], 0)] : []), ...shorter, line([years[0]], cited.length - 1), names[0] + rest];
};

const COMPUTED = {
  days_apart({ marks: [bar, dots], frame, words, table }, { first, second }, { events, cited }) {
    const pair = [events[first], events[second]], [one, two] = pair, days = two.day - one.day, size = Math.abs(days), later = days >= 0;
    const reach = Math.max(size * 1.15, 10), [near, far] = later ? ["left", "right"] : ["right", "left"];
    const order = days ? `${commas(String(size))} days ${days > 0 ? "later" : "earlier"}` : "the same day";
    const used = [...new Set((later ? pair : [two, one]).map(({ source }) => source))].map((source) => cited[source]);
    const year = days ? `, in ${one.year === two.year ? "the same year" : "another year"}` : "";
    const [above, below] = frame.annotations, dated = ({ said }) => said.replace(/ (\w{3})\w* /, " $1 ");
    return {
      marks: [{ ...bar, x: [days], hovertemplate: `<b>${commas(String(size))} days</b>, ${apart(days)}<extra></extra>` },
        { ...dots, x: [0, days], customdata: pair.map(({ shown, said }) => [shown, said]) }],
      frame: { ...frame, xaxis: { ...frame.xaxis, range: later ? [-reach * 0.12, reach] : [-reach, reach * 0.12] },
        annotations: [{ ...above, text: `first: ${dated(one)}`, xanchor: near },
          { ...below, text: `second: ${dated(two)}`, x: days, xanchor: size < reach / 2 ? near : far }] },
      table: { ...table, rows: pair.map(({ title, said }, at) => [title, said, String(at * days)]), sources: used.map(([inFull]) => inFull) },
      words: { ...words, source: sourceLines(used), title: `${order[0].toUpperCase()}${order.slice(1)}: ${plainly(plainly(two.title))}`,
        subtitle: `Days from the first event to the second${size >= 200 ? `; about ${apart(days)}` : ""}`,
        twin: `${one.title}: ${one.said}. ${two.title}: ${two.said}. The second is ${order}${year}.` },
    };
  },

  // What Python drew, each weight 1, has every event that can count.
  stance({ marks: [line, ...dots], frame, words, table }, weights, { effects, kinds, months }) {
    const steps = effects.map((effect, at) => effect * (weights[kinds[at]] ?? 0));
    let level = 0;
    const levels = steps.map((step) => (level += step)), top = levels.indexOf(Math.max(...levels));
    // Of the events with an effect that `fits`: which of those drawn still count, and where they stand among all.
    const counting = (fits) => effects.flatMap((effect, at) => (fits(effect) ? [at] : [])).flatMap((at, drawn) => (steps[at] ? [[at, drawn]] : []));
    const [closer, away, all] = [counting((effect) => effect > 0), counting((effect) => effect < 0), counting((effect) => effect !== 0)];
    const traces = [closer, away].map((some, side) => ({ ...dots[side], x: some.map(([, drawn]) => dots[side].x[drawn]), y: some.map(([at]) => levels[at]),
      customdata: some.map(([at, drawn]) => dots[side].customdata[drawn].with(2, `${steps[at] > 0 ? "+" : ""}${steps[at]}`)) }));
    const counted_ = named(Object.entries(weights).flatMap(([kind, weight]) => (weight ? [`${kind} ×${weight}`] : [])));
    const twin = `Counted: ${counted_}. ${closer.length} steps closer, ${away.length} away. The line stands at ${signed(level)} in ${months.at(-1)}`;
    const peak = signed(levels[top]);
    return {
      marks: [{ ...line, y: levels }, ...traces],
      frame,
      table: { ...table, rows: all.map(([at, drawn]) => [...table.rows[drawn].slice(0, 3), inTable(steps[at]), inTable(levels[at]), table.rows[drawn][5]]) },
      words: { ...words, rows: all.length, title: all.length ? `With your weights the line stands at ${signed(level)}; its top was ${peak} in ${months[top]}` : "With your weights nothing counts: the line is flat",
        twin: all.length ? `${twin} and was highest, ${peak}, in ${months[top]}.` : `${twin}.` },
    };
  },

  country_target({ marks, frame, words, table }, { target }, { share, told, amount: spent }) {
    const price = spent === null ? null : (Math.max(0, target - share) * ((spent / share) * 100)) / 100_000;
    const [beside, sentence] = besideTarget(told - target, price, target);
    const goal = { ...marks.at(-1), y: [target, target], name: `target ${general(target)}%` };
    const title = words.title.slice(0, words.title.lastIndexOf(", ") + 2) + beside;
    return { marks: [...marks.slice(0, -1), goal], frame, table, words: { ...words, title, twin: words.twin.replace(/That is .*$/, () => sentence) } };
  },

  chance_of_unanimity({ marks, frame, words, table }, { allies, chance, doubters = 0 }) {
    const numbers = table.rows.map((_, place) => place + 1);
    const undecided = Math.min(doubters, allies), curve = numbers.map((number) => unanimity(number, chance, undecided)), all = curve[allies - 1];
    const doubt = doubters ? ` and ${undecided} of them undecided` : "", needed = fixed(100 * 0.5 ** (1 / allies), 1);
    const here = { ...marks[1], x: [allies], y: [all], text: [`<b>${fixed(all, 0)}%</b>`], textposition: all < 88 ? "top left" : "bottom left",
      hovertemplate: `${allies} allies${doubt}: all agree with a chance of ${fixed(all, 1)}%<extra></extra>` };
    return {
      marks: [{ ...marks[0], y: curve }, here],
      frame,
      table: { ...table, rows: curve.map((value, place) => [String(place + 1), inTable(value)]) },
      words: { ...words, title: `${allies} allies, each ${general(chance)}% sure${doubt}: all agree with a chance of ${all < 0.5 ? "less than 1" : fixed(all, 0)}%`,
        twin: `If each of ${allies} allies says yes with a chance of ${general(chance)}%${doubt}, the chance that all do is ${all >= 0.05 ? fixed(all, 1) : "less than 0.1"}%. For an even chance without anyone undecided, each would have to be ${needed}% sure.` },
    };
  },

  gap({ marks, frame, words, table }, { goal, margin = 0 }, { start, begin, now }) {
    const closed = (from, to) => (100 * (to - from)) / (goal - from);
    let told = "no way to go", reach = "";
    if (goal !== begin) {
      told = `${fixed(closed(begin, now), 0)}% of the way`;
      if (margin) {
        const ends = [1, -1].map((side) => closed(begin + side * margin, now - side * margin)).sort((a, b) => a - b);
        reach = ` If both scores may be off by ${general(margin)} points, it is anything from ${fixed(ends[0], 0)}% to ${fixed(ends[1], 0)}%.`;
      }
    }
    const { error_x: doubt, ...ends } = marks[2];
    Object.assign(ends, { x: [begin, now, goal], customdata: [...ends.customdata.slice(0, 2), [`your goal: ${goal} points`]] });
    if (margin) ends.error_x = { ...doubt, array: [margin, margin, 0] };
    const labels = [...frame.annotations.slice(0, 2), { ...frame.annotations[2], x: goal, text: `goal: ${goal}` }];
    const rows = { goal: String(goal), ahead: String(goal - now) };
    return {
      marks: [marks[0], { ...marks[1], x: [goal - now] }, ends],
      frame: { ...frame, annotations: labels },
      table: { ...table, rows: table.rows.map(([point, year, points]) => [point, year, rows[point] ?? points]) },
      words: { ...words, title: words.title.replace(/: .*$/, () => `: ${told} to ${goal}`),
        twin: `${signed(now - begin)} since ${start}, ${signed(goal - now)} to your goal of ${goal}: ${told}.${reach}` },
    };
  },

  two_stories({ marks, frame, words, table }, { story_a: a, story_b: b, because_a: byA = "", because_b: byB = "" }, { ids, days, owners, cited }) {
    const sides = [a, b].map((told) => ids.map((id) => told.includes(id)));
    const leftOut = [0, 1].map((side) => ids.map((_, place) => sides[1 - side][place] && !sides[side][place]));
    const gaps = sides.map((told) => {
      let before = null;
      return told.map((is, place) => {
        if (!is) return null;
        const gap = before === null ? null : days[place] - before;
        before = days[place];
        return gap;
      });
    });
    const shown = ids.flatMap((_, place) => (sides[0][place] || sides[1][place] ? [place] : []));
    const traceOf = (trace, side, chosen, textOf) => {
      const places = shown.flatMap((place, row) => (chosen[place] ? [[place, row]] : []));
      const hovers = marks[1].customdata;
      return { ...trace, x: places.map(() => side), y: places.map(([, row]) => row), customdata: places.map(([place]) => hovers[place]), text: places.map(([place]) => textOf(place)) };
    };
    const guide = { ...marks[0], x: shown.flatMap(() => [0.6, 0.95, null]), y: shown.flatMap((_, row) => [row, row, row]) };
    const lines = [0, 1].flatMap((side) => [
      traceOf(marks[1 + 2 * side], side, sides[side], (place) => (gaps[side][place] === null ? " begins" : ` +${apart(gaps[side][place])}`)),
      traceOf(marks[2 + 2 * side], side, leftOut[side], () => " left out"),
    ]);
    const many = (flags) => flags.filter(Boolean).length, both = ids.map((_, place) => sides[0][place] && sides[1][place]);
    const note = [["A", byA], ["B", byB]].filter(([, who]) => who).map(([key, who]) => `Because in story ${key}: ${owners[who]}`).join(" ");
    const [source, sources] = cited[`${byA}|${byB}`] ?? cited[`${byB}|${byA}`] ?? [words.source, table.sources];
    const [toldA, toldB, together, missedA, missedB] = [...sides, both, ...leftOut].map(many), missed = [missedA, missedB].map((count) => (count ? counted(count, "date") : "nothing"));
    const left = `${ids.length - shown.length} of the ${ids.length} dates are in neither.`, only = toldA ? ["A", toldA] : ["B", toldB];
    const same = toldA === toldB && toldA === together;
    const title = same ? `Both stories tell the same ${counted(toldA, "date")}`
      : !toldA || !toldB ? `Story ${only[0]} tells ${counted(only[1], "date")}, the other none yet`
      : `Story A tells ${counted(toldA, "date")}, story B ${toldB}; they share ${together || "none"}`;
    const twin = same ? `Neither leaves out what the other tells. ${left}` : `Story A leaves out ${missed[0]} that B tells, story B ${missed[1]} that A tells. ${left}`;
    return {
      marks: [guide, ...lines],
      frame: { ...frame, height: 130 + 34 * Math.max(shown.length, 3), yaxis: { ...frame.yaxis, tickvals: shown.map((_, row) => row),
        ticktext: shown.map((place) => frame.yaxis.ticktext[place]), range: [shown.length - 0.5, -0.5] } },
      table: { ...table, sources, rows: table.rows.map(([date, name], place) => [date, name, ...[0, 1].flatMap((side) => [
        leftOut[side][place] ? "left out" : sides[side][place] ? "told" : "", gaps[side][place] === null ? "" : inTable(gaps[side][place])])]) },
      words: { ...words, source, note: note || words.note, title, twin },
    };
  },

  weighed_subjects({ marks: [bars, ends], frame, words, table }, { leanings }) {
    const subjects = Object.keys(leanings), weights = Object.values(leanings), total = weights.reduce((sum, weight) => sum + weight, 0);
    const turning = total ? subjects.filter((_, at) => weights[at] && total * (total - weights[at]) <= 0) : [];
    const drawn = heights(bars.x).map(Math.sign); // one to each side and one even, at least
    const like = (list) => weights.map((weight) => list[drawn.indexOf(Math.sign(weight))]);
    const [colours, shapes] = [bars.marker.color, ends.marker.symbol].map(like);
    const leans = total ? `lean ${Math.abs(total)} towards the case ${total > 0 ? "for" : "against"}` : "are even";
    const without = turning.length ? `; without ${named(turning)} they would not.` : ".";
    const many = (side) => weights.filter((weight) => Math.sign(weight) === side).length;
    return {
      marks: [
        { ...bars, x: weights, marker: { ...bars.marker, color: colours } },
        { ...ends, x: weights, marker: { ...ends.marker, color: colours, symbol: shapes }, text: weights.map(signed),
          textposition: weights.map((weight) => (weight < 0 ? "middle left" : "middle right")) },
      ],
      frame,
      table: { ...table, rows: subjects.map((subject, at) => [subject, String(weights[at])]) },
      words: { ...words, title: `Your scales ${leans}`,
        twin: `You find the case for stronger on ${many(1)} of ${subjects.length} subjects, the case against on ${many(-1)}. Added up, your scales ${leans}${without}` },
    };
  },

  positions({ marks, frame, words, table }, { before, after }) {
    const step = after.agree - before.agree, more = after.sure - before.sure;
    const moved = step ? `moved ${Math.abs(step)} ${step > 0 ? "towards yes" : "towards no"}` : "stayed where you were";
    const surer = more ? `${general(Math.abs(more))} points ${more > 0 ? "surer" : "less sure"} than before.` : "as sure as before.";
    return {
      marks: [before, after].map(({ agree, sure }, at) => ({ ...marks[at], x: [agree], text: [`${signed(agree)}, ${general(sure)}% sure`] })),
      frame,
      table: { ...table, rows: [["before", before], ["after", after]].map(([moment, { agree, sure }]) => [moment, String(agree), inTable(sure)]) },
      words: { ...words, title: `You ${moved}`, twin: `You ${moved}, and are ${surer}` },
    };
  },

  // `judged`: for each judgement that counts, how sure (%), whether it is the very verdict, and on the same side.
  calibration({ marks: [line, ...dots], frame, words, table }, { judged, leftOut }, { enough }) {
    const sure = [...new Set(judged.map(([confidence]) => confidence))].sort((a, b) => a - b);
    const groups = sure.map((confidence) => judged.filter(([mine]) => mine === confidence));
    const share = (some, which) => (100 * some.filter((one) => one[which]).length) / some.length, shares = (which) => groups.map((some) => share(some, which));
    const counts = groups.map((some) => some.length), sizes = counts.map((count) => 12 + 3 * Math.min(count, 6));
    const traces = dots.map((trace, at) => ({ ...trace, x: sure, y: shares(1 + at), customdata: counts.map((count) => [count]), marker: { ...trace.marker, size: sizes } }));
    const outside = leftOut ? ` ${leftOut === 1 ? "1 that you judged is" : `${leftOut} that you judged are`} left out, because nobody has verified ${leftOut === 1 ? "it" : "them"}.` : "";
    let title = "Your picture begins with your first verdict", twin = `No sentence judged ${leftOut ? "that counts " : ""}yet. Judge some in section 2, then press “Draw again”.${outside}`;
    if (judged.length) {
      const mean = judged.reduce((sum, [confidence]) => sum + confidence, 0) / judged.length, [right, near] = [share(judged, 1), share(judged, 2)];
      const lean = mean > right + 5 ? "surer than right" : right > mean + 5 ? "righter than sure" : "as sure as right", few = judged.length < enough;
      title = few ? `${judged.length} judged so far: too few to tell` : `You were ${fixed(mean, 0)}% sure and ${fixed(right, 0)}% right`;
      twin = `${counted(judged.length, "sentence")} judged: ${fixed(mean, 0)}% sure on average, the very verdict in ${fixed(right, 0)}%, the same side of the scale in ${fixed(near, 0)}%.` +
        `${few ? " Judge six at least before you read anything into it." : ` So far you are ${lean}.`}${outside}`;
    }
    const rows = groups.map((some, at) => [sure[at], some.length, some.filter((one) => one[1]).length, ...[1, 2].map((which) => fixed(share(some, which), 0))].map(String));
    return { marks: [line, ...traces], frame, table: rows.length ? { ...table, rows } : { sources: table.sources }, words: { ...words, title, twin, rows: rows.length } };
  },

  options_by_weight({ marks, frame, words, table }, choice, { weights: names, most, heaviest, middle, few }) {
    const weights = names.map((name) => choice[name]), mine = choice.mine ?? [];
    const columns = table.columns.slice(2, -1);
    const ours = columns.length - mine.length;
    const scores = table.rows.map((cells, option) => columns.map((_, place) => (place < ours ? Number(cells[2 + place]) : mine[place - ours][option])));
    const set = columns.map((_, place) => scores.some((row) => row[place] !== null));
    const points = (given) => {
      const sum = given.reduce((total, weight, place) => total + (set[place] ? weight : 0), 0);
      if (!sum) return null;
      return scores.map((row) => Math.round((row.reduce((total, score, place) => total + (set[place] ? (score ?? middle) * given[place] : 0), 0) / sum) * 1e9) / 1e9);
    };
    const firsts = (found) => found.flatMap((one, option) => (one === Math.max(...found) ? [option] : [])).join();
    const here = points(weights), shown = here ?? scores.map(() => 0);
    const order = scores.map((_, option) => option).sort((one, other) => shown[other] - shown[one]);
    const place = (option) => 1 + shown.filter((other) => other > shown[option]).length;
    const option = (row) => table.rows[row][1];

    const unset = columns.filter((_, at) => !set[at]), open = unset.length ? `Not scored yet: ${unset.join(", ")}.` : "";
    const leaders = here ? scores.flatMap((_, row) => (place(row) === 1 ? [option(row)] : [])) : [];
    const swing = !here ? [] : columns.filter((_, at) => set[at] && Array.from({ length: heaviest + 1 }, (_, weight) => points(weights.with(at, weight))).some((trial) => trial && firsts(trial) !== firsts(here)));
    let [title, lead, moves] = ["No weight, no order", "Every weight is zero, so nothing is compared.", open];
    if (leaders.length) {
      const first = leaders.length === 1 ? `${leaders[0]} comes first` : `${leaders.length} options share first place`;
      title = `${first} under your weights`;
      lead = `${leaders.length === 1 || leaders.length > few ? first : `${named(leaders)} share first place`} with ${fixed(Math.max(...shown), 2)} of ${most} points.`;
      const moved = swing.length === weights.length - unset.length ? "Each weight, moved alone, can change that."
        : swing.length ? `The weight of ${named(swing.map((name) => `“${name}”`)).replaceAll(" and ", " or ")} alone can change that.`
        : "No weight, moved alone, changes that.";
      moves = `${moved} ${open}`.trim();
    }

    // What Python drew, all weights zero, has the options in the order of the table, and every reason.
    const [text, looks] = [marks.at(-1), marks.slice(0, -1)];
    const known = {}; // by option and criterion: full name, criterion, what is told, why
    for (const { x, y, customdata } of looks) heights(y).forEach((down, at) => { known[`${down} ${heights(x)[at]}`] = customdata[at]; });
    const look = Object.fromEntries(looks.map(({ name, ...rest }) => [name[0], { name, ...rest }]));
    const traces = [2, 1, 0, null].flatMap((score) => {
      const dots = order.flatMap((row, down) => columns.flatMap((_, across) => (scores[row][across] === score ? [[row, down, across]] : [])));
      if (!dots.length) return [];
      const told = score === null ? "no score of yours" : `${score} of ${most}`;
      return [{ ...look[score ?? "n"], x: dots.map(([, , across]) => across), y: dots.map(([, down]) => down),
        customdata: dots.map(([row, , across]) => [...known[`${row} ${across}`].slice(0, 2), told, known[`${row} ${across}`][3]]) }];
    });
    return {
      marks: [...traces, { ...text, y: order.map((_, down) => down), text: order.map((row) => `<b>${fixed(shown[row], 2)}</b>`) }],
      frame: { ...frame, annotations: frame.annotations.map((label, at) => ({ ...label, text: `<b>× ${weights[at]}</b>` })),
        yaxis: { ...frame.yaxis, ticktext: order.map((row) => frame.yaxis.ticktext[row]) } },
      table: { ...table, rows: order.map((row) => [String(place(row)), option(row), ...scores[row].map((score) => (score === null ? "" : String(score))), inTable(shown[row])]) },
      words: { ...words, title: plainly(title), twin: [lead, moves].filter(Boolean).join(" ") },
    };
  },
};

// Numbers as plotly is given them: a list, or bytes in letters.
const SIZES = { i1: Int8Array, u1: Uint8Array, i2: Int16Array, u2: Uint16Array, i4: Int32Array, u4: Uint32Array, f4: Float32Array, f8: Float64Array };
const heights = (list) => (Array.isArray(list) ? list : [...new SIZES[list.dtype](bytes(list.bdata).buffer)]);

const computed = (draw, [marks, frame, words, table], choice, facts = {}) => {
  const drawn = { marks: JSON.parse(marks), frame: JSON.parse(frame), words: JSON.parse(words), table: JSON.parse(table) };
  const made = COMPUTED[draw](drawn, choice, facts);
  for (const name of ["title", "twin"]) made.words[name] = minus(made.words[name]);
  return ["marks", "frame", "words", "table"].map((name) => JSON.stringify(made[name]));
};
