// What Python says of numbers, orders and lines, said here in the same words (words.py, predict.py, check.py): tests
// give both the same inputs. Pure functions; nothing here knows a page.

// A number with so many decimals; of two equally near the even one, as Python rounds.
const fixed = (value, digits) => {
  if (Object.is(value, -0)) return `-${(0).toFixed(digits)}`;
  const scaled = Math.abs(value) * 10 ** digits;
  const tie = scaled % 1 === 0.5 && (value * 2 ** (digits + 1)) % 1 === 0;
  if (!tie) return value.toFixed(digits);
  const whole = Math.floor(scaled) + (Math.floor(scaled) % 2);
  return `${value < 0 ? "-" : ""}${(whole / 10 ** digits).toFixed(digits)}`;
};
const commas = (text) => text.replace(/\B(?=(\d{3})+(?!\d))/g, ",");
const short = (value) => {
  const size = Math.abs(value);
  if (size >= 10_000) return commas(fixed(value, 0));
  if (size === 0) return "0";
  if (size < 1e-4) return value.toExponential(4).replace(/\.?0+e/, "e").replace(/e([+-])(\d)$/, "e$10$2");
  const text = fixed(value, Math.max(0, 4 - Math.floor(Math.log10(size))));
  return text.includes(".") ? text.replace(/\.?0+$/, "") : text;
};
const counted = (count, one, many = `${one}s`) => `${commas(String(count))} ${count === 1 ? one : many}`;
const named = (items) => (items.length < 2 ? String(items[0] ?? "none") : `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`);
const withUnit = (value, unit) => `${short(value)}${unit === "" || unit === "%" ? "" : " "}${value === 1 ? unit.replace(/ies$/, "y").replace(/s$/, "") : unit}`;

class Unreadable extends Error {}

// The number in a learner's text: “1,200”, “12,5 %”, “€ 3.8 bn”.
const readNumber = (text) => {
  const cleaned = String(text).replace(/[\s\u00a0\u202f'’]/g, "").replaceAll("−", "-");
  const found = /^[^\d+\-.,]*([+-]?[\d.,]*\d[\d.,]*)[^\d]*$/.exec(cleaned);
  if (!cleaned) throw new Unreadable("Type a number first.");
  if (!found) throw new Unreadable(`“${text}” is not one number. Write digits only, such as 12.5.`);
  let digits = found[1];
  if (/^[+-]?\d{1,3}(,\d{3})+(\.\d+)?$/.test(digits)) digits = digits.replaceAll(",", "");
  else if (digits.split(",").length === 2 && !digits.includes(".")) digits = digits.replace(",", ".");
  if (digits.includes(",") || Number.isNaN(Number(digits)))
    throw new Unreadable(`“${text}” can be read in two ways. Write it with a point for decimals, such as 1200.5.`);
  return Number(digits);
};

// What to say of a typed number when `right`, give or take `tolerance`, is right.
const judged = (value, right, tolerance, unit = "", slips = []) => {
  if (Math.abs(value - right) <= tolerance) return `Right: ${withUnit(right, unit)} by the data.`;
  for (const [slip, why] of slips) if (Math.abs(value - slip) <= Math.max(tolerance, Math.abs(slip) * 0.005)) return `Not yet. ${why}`;
  const inside = unit ? ` (${unit})` : "";
  for (const [factor, what] of right === 0 ? [] : [[100, "100 times"], [1000, "1,000 times"], [1_000_000, "a million times"]]) {
    if (Math.abs(value - right * factor) <= tolerance * factor) return `Your number is ${what} too big: look at the unit${inside}.`;
    if (Math.abs(value - right / factor) <= tolerance / factor) return `Your number is ${what} too small: look at the unit${inside}.`;
  }
  return `Not yet: ${short(value)} is too ${value > right ? "high" : "low"}. Look at the chart or the table again.`;
};

// What is said of the options that were ticked.
const severalJudged = (chosen, { options, reasons, right }) => {
  if (!chosen.length) throw new Unreadable("Tick at least one answer first.");
  const words = Object.fromEntries(options), wrong = chosen.filter((key) => !right.includes(key));
  if (wrong.length) return [false, `Not quite. ${wrong.map((key) => `“${words[key]}”: ${reasons[key]}`).join(" ")}`];
  const missing = right.filter((key) => !chosen.includes(key)).length;
  if (missing) return [false, `So far so good, but ${counted(missing, "more belongs", "more belong")} here.`];
  return [true, ["Right.", ...new Set(chosen.map((key) => reasons[key]))].join(" ")];
};
const oneJudged = (chosen, { reasons, right }) => {
  if (chosen === null) throw new Unreadable("Choose one of the answers first.");
  return [right.includes(chosen), `${right.includes(chosen) ? "Right." : "Not this one."} ${reasons[chosen]}`];
};

// Guesses: what was said, whether it is near, how far it is.
const sharedYears = (guess, answer) => guess.filter(([year]) => year in answer).map(([year, value]) => [value, answer[year]]);
const meanGap = (pairs) => pairs.reduce((sum, [mine, theirs]) => sum + Math.abs(mine - theirs), 0) / pairs.length;
const ordered = (items) => items.map((item, place) => `${place + 1}. ${item}`).join(", ");
const GUESSED = {
  number: {
    said: (guess, asked) => `${short(guess)} ${asked.unit}`.trim(),
    near: (guess, asked) => Math.abs(guess - asked.answer) <= asked.near * (asked.high - asked.low),
    fits: (guess, asked) => typeof guess === "number" && guess >= asked.low && guess <= asked.high,
    distance(guess, asked) {
      const gap = guess - asked.answer, mine = this.said(guess, asked);
      if (Math.abs(gap) < 1e-9) return `You guessed ${mine}: exactly what the data say.`;
      return `You guessed ${mine}; the data say ${short(asked.answer)}. Your guess is ${short(Math.abs(gap))} too ${gap > 0 ? "high" : "low"}.`;
    },
  },
  choice: {
    said: (guess) => guess,
    near: (guess, asked) => asked.right.includes(guess),
    fits: (guess, asked) => asked.options.includes(guess),
    distance: (guess, asked) => asked.said[guess],
  },
  ranking: {
    said: ordered,
    near: (guess, asked) => 2 * guess.filter((item, place) => item === asked.answer[place]).length >= asked.answer.length,
    fits: (guess, asked) => Array.isArray(guess) && JSON.stringify([...guess].sort()) === JSON.stringify([...asked.items].sort()),
    distance(guess, { answer }) {
      const off = guess.map((item, place) => [item, answer.indexOf(item) - place]).filter(([, by]) => by);
      off.sort(([, a], [, b]) => Math.abs(b) - Math.abs(a));
      const lines = off.map(([item, by]) => `${item} ${counted(Math.abs(by), "place")} too ${by > 0 ? "high" : "low"}`);
      if (!lines.length) return `All ${answer.length} are in their place: ${ordered(answer)}.`;
      return `You have ${answer.length - lines.length} of ${answer.length} in their place. You put ${named(lines)}. By the data: ${ordered(answer)}.`;
    },
  },
  order: {
    said: ordered,
    fits: (guess, asked) => GUESSED.ranking.fits(guess, asked),
    distance(guess, { answer }) {
      const [mine] = guess, [theirs] = answer, quoted = (text) => `“${text.replace(/\.+$/, "")}”`;
      if (mine === theirs) return `First in both orders: ${quoted(mine)}.`;
      return `First in your order: ${quoted(mine)}, number ${answer.indexOf(mine) + 1} here. First here: ${quoted(theirs)}, your number ${guess.indexOf(theirs) + 1}.`;
    },
  },
  line: {
    said: (guess) => guess.map(([year, value]) => `${short(value)} in ${year}`).join(", "),
    near(guess, asked) {
      const pairs = sharedYears(guess, asked.answer);
      return pairs.length > 0 && meanGap(pairs) <= asked.near * (asked.high - asked.low);
    },
    fits: (guess, asked) =>
      Array.isArray(guess) && guess.length > 0 &&
      guess.every((pair) => Array.isArray(pair) && pair.length === 2 && asked.years.includes(pair[0]) && typeof pair[1] === "number" && pair[1] >= asked.low && pair[1] <= asked.high),
    distance(guess, asked) {
      const pairs = sharedYears(guess, asked.answer);
      if (!pairs.length) throw new Unreadable("the data have no figure for the years that you set");
      const left = asked.years.length - guess.length;
      const high = pairs.reduce((sum, [mine, theirs]) => sum + mine - theirs, 0) / pairs.length;
      const side = Math.abs(high) < 1e-9 ? "" : `, mostly ${high > 0 ? "above" : "below"} them`;
      const open = left ? ` ${counted(left, "year that you left open is", "years that you left open are")} not counted.` : "";
      return `On average your line is ${fixed(meanGap(pairs), asked.high > 5 ? 1 : 2)} away from the data (${asked.unit}), over ${counted(pairs.length, "year")}${side}.${open}`;
    },
  },
};

// The height of a drawn line at `x`; where an end just misses it, the height of the end.
const heightAt = (line, x) => {
  for (let place = 1; place < line.length; place += 1) {
    const [[x0, y0], [x1, y1]] = [line[place - 1], line[place]];
    if (x0 <= x && x <= x1) return x1 === x0 ? y0 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
  }
  return x < line[0][0] ? line[0][1] : line.at(-1)[1];
};
// The years that a stroke sets, and to what: [[year, value], ...].
const drawnYears = (stroke, { years, low, high, reach, digits }) => {
  const line = [...stroke].sort(([a, b], [c, d]) => a - c || b - d);
  if (line.length < 2) return [];
  return years
    .filter((year) => line[0][0] - reach <= year && year <= line.at(-1)[0] + reach)
    .map((year) => [year, Math.min(high, Math.max(low, Number(fixed(heightAt(line, year), digits))))]);
};

// What a sorter says of one sentence, and of all.
const sortNoted = (pile, { right, why }) => `${pile === right ? "✓ The same" : "≠ The ledger"}: ${right}. ${why}`.trim();
const sortSaid = (mine, rows) => {
  const done = rows.filter(({ sentence }) => sentence in mine);
  if (!done.length) return "Choose a pile for one sentence first.";
  const same = done.filter(({ sentence, right }) => mine[sentence] === right).length, left = rows.length - done.length;
  return [
    `Same as the ledger: ${same} of ${done.length}.`,
    left ? `${left} not sorted yet.` : "",
    same < done.length ? "Where you differ, the reason stands under the sentence. If you still disagree, write down why: the ledger can be wrong." : "",
  ].filter(Boolean).join(" ");
};

// What is said of a judged card.
const cardSaid = (choice, { side, verified }) => {
  const told = !verified ? "Nobody has verified this one, so it does not count in your picture."
    : choice === side ? "So says the ledger."
    : `The ledger says: ${side}. If you still disagree, write down why: the ledger can be wrong.`;
  return `You said: ${choice}. ${told}`;
};

// What the lab says of a first judgement, and of both once the verdict is open.
const percent = ({ confidence }) => `${confidence}% sure`;
const labAgain = (first, names) => `You said ${names[first.verdict]}, ${percent(first)}. Here is what was found. Judge again: stay with it, or change it.`;
const labSaid = (first, second, { verdict, verified }, names, sides) => {
  const again = first.verdict === second.verdict && first.confidence === second.confidence ? "the same. " : `${names[second.verdict]}, ${percent(second)}. `;
  const end = !verified ? "Nobody has verified this one, so it does not count in your picture."
    : second.verdict === verdict ? "The ledger says the same."
    : `The ledger says ${names[verdict]}${sides[second.verdict] === sides[verdict] ? ", on the same side of the scale" : ""}.`;
  return `You said ${names[first.verdict]}, ${percent(first)}; with the evidence ${again}${end}`;
};

// What a text holds, a line each, with whether it is enough.
const looked = (text, { words, points, publishers, date, doubt }) => {
  const listed = (found) => (found.length ? [...new Set(found)].join(", ") : "none seen yet");
  const bare = text.replace(/\bA\d-\d+\b|\b(?:[Aa]rticles?|[Ll]essons?|[Ss]ections?)\s+\d+/g, " ");
  const trimmed = (number) => number.replace(/[.,]+$/, "");
  const numbers = (bare.match(/(?<![\w.,])\d[\d,.]*(?:\s?%)?/g) ?? []).map(trimmed).filter((number) => !/^(1[89]|20)\d\d$/.test(number));
  const found = publishers.filter((name) => new RegExp(`\\b${name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\b`).test(text));
  const dates = text.match(new RegExp(date, "g")) ?? [];
  const doubts = text.replace(new RegExp(date, "g"), " ").replaceAll("May ", " ").toLowerCase().match(new RegExp(doubt, "g")) ?? [];
  const count = text.split(/\s+/).filter(Boolean).length;
  return [
    [count >= words * 0.8, `${count} words, of about ${words}.`],
    [numbers.length >= points, `Data points, ${points} wanted: ${listed(numbers)}.`],
    [found.length > 0 && dates.length > 0, `A source with its date: ${listed(found)}; dates: ${listed(dates)}.`],
    [doubts.length > 0, `A doubt: ${listed(doubts)}.`],
  ];
};

alliance.words = { fixed, short, counted, named, readNumber, judged, severalJudged, oneJudged, GUESSED, drawnYears, sortNoted, sortSaid, cardSaid, labAgain, labSaid, looked };
