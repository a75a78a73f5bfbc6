"""Cards of words: a sentence tested, the sources of a lesson. Everything is shown as text."""

import dataclasses

import pandas as pd
from markupsafe import Markup, escape

from .. import claims, data, words
from ..claims import card

RULED = (
    "border-left: 5px solid {colour}; padding: 0.2em 1em; margin: 0.6em 0; max-width: 1000px; font-size: 16px; "
    "line-height: 1.45;"
)
SUMMARY = "font-size: 16px; padding: 0.3em 0;"  # of a card that is folded under its name


class Card:
    """Words with a plain and an HTML form, of the same parts; what is no Markup is shown as text."""

    def __init__(self, text, markup):
        self._text, self._markup = text, escape(markup)

    def __add__(self, other):
        """Both cards, one below the other."""
        return Card(f"{self._text}\n\n{other._text}", self._markup + other._markup)

    def __repr__(self):
        return self._text

    def __html__(self):
        return self._markup

    def _repr_html_(self):
        return str(self._markup)


def each(template, parts):
    """HTML of a template for each part, one after the other: `each(Markup("<p>{}</p>"), lines)`."""
    return Markup("").join(template.format(part) for part in parts)


def items(lines):
    """HTML of the items of a list, one for each line."""
    return each(Markup("<li>{}</li>"), lines)


def small(text):
    """HTML of less weighty words, still large enough for the back row."""
    return Markup('<small style="font-size: 14px;">{}</small>').format(text)


def listed(lines, heading=""):
    """HTML of a list of lines, as text."""
    return Markup('{}<ul style="font-size: 16px; line-height: 1.45; max-width: 1000px;">{}</ul>').format(
        each(Markup("<p><strong>{}</strong></p>"), [heading] if heading else []), items(lines)
    )


def folded(name, markup, kind="", opened=False):
    """HTML that is folded under a name, or can be; `kind` is its class, if it has one."""
    return Markup('<details{}{}><summary style="{}">{}</summary>{}</details>').format(
        " open" if opened else "", each(Markup(' class="{}"'), [kind] if kind else []), SUMMARY, name, markup
    )


def tabled(table):
    """A small table as text and as HTML; long cells are wrapped, columns of short ones (ids, dates) are not."""
    short = [table[column].astype(str).str.len().max() <= 12 for column in table.columns]
    cell = Markup('<td style="text-align: left; vertical-align: top; white-space: {};">{}</td>')
    space = ["nowrap" if unbroken else "normal" for unbroken in short]
    rows = [
        Markup("").join(cell.format(*pair) for pair in zip(space, row, strict=True))
        for row in table.itertuples(index=False)
    ]
    text = "\n".join(" | ".join(str(cell) for cell in row) for row in table.itertuples(index=False))
    return Card(
        text,
        Markup(
            '<table style="font-size: 15px; max-width: 1000px;"><thead><tr>{}</tr></thead><tbody>{}</tbody></table>'
        ).format(
            each(Markup('<th scope="col" style="text-align: left;">{}</th>'), table.columns),
            each(Markup("<tr>{}</tr>"), rows),
        ),
    )


def glossary(*terms):
    """The words of the course with their meanings, in order of the alphabet; or those asked for: `glossary("edition")`.

    A word that is not there is met by the close ones.
    """
    known = data.load("glossary").sort_values("term", key=lambda all_: all_.str.lower())
    if terms:
        by_name = known.set_index(known["term"].str.lower())
        missing = [term for term in terms if term.lower() not in by_name.index]
        if missing:
            close = words.close(missing[0].lower(), by_name.index, 4, 0.4)
            return Card(
                *[f"“{missing[0]}” is not in the glossary." + (f" Near it: {', '.join(close)}." if close else "")] * 2
            )
        known = by_name.loc[[term.lower() for term in terms]]
    rows = known[["term", "meaning"]].itertuples(index=False)
    style = "text-align: left; vertical-align: top; white-space: normal;"
    row = Markup('<tr><th scope="row" style="{0}">{1}</th><td style="{0}">{2}</td></tr>')
    cells = Markup("").join(row.format(style, term, meaning) for term, meaning in rows)
    text = "\n".join(f"{term}: {meaning}" for term, meaning in known[["term", "meaning"]].itertuples(index=False))
    return Card(text, Markup('<table class="abn-glossary"><tbody>{}</tbody></table>').format(cells))


PARTS = {"is": "What it is", "says": "What it says", "speaks": "Who speaks"}
USED = ("id", "claim", "lesson")


def article(identifier):
    """The page of one of the articles ("A0"), folded under its name: who published it and when, ten lines
    of ours about it, where to find it, and the sentences of it that the lessons test, in their order.

    The only place that names an author. Raises KeyError in words where there is no such article.
    """
    known = data.load("articles").set_index("id")
    if identifier not in known.index:
        raise KeyError(f"There is no article {identifier!r}: they are {words.named(known.index)}.")
    row, lines = known.loc[identifier], data.load("article_lines").query("article == @identifier").sort_values("number")
    named = {part: row[part] if pd.notna(row[part]) else "not known" for part in ("publisher", "title", "author")}
    when = "not known" if pd.isna(row["date"]) else words.date(row["date"], row["date_precision"])
    tested = data.load("claims").query("article == @identifier")
    sentences = [
        f"{claim} ({number}, lesson {lesson})" for number, claim, lesson in zip(*map(tested.get, USED), strict=True)
    ]
    by_lesson = [f"lesson {lesson}: {count}" for lesson, count in tested["lesson"].value_counts().sort_index().items()]
    name = f"{identifier} · {row['label']}"
    blocks = {
        "What is known of it": [
            *(f"{part.capitalize()}: {value}" for part, value in named.items()),
            f"Date: {when}. {row['note']}",
            f"Length: {row['words']:,} words. {row['find']}",
        ],
        **{heading: list(lines.loc[lines["part"] == part, "line"]) for part, heading in PARTS.items()},
        "In this course": [
            f"{words.counted(len(tested), 'sentence')} tested. {', '.join(by_lesson).capitalize()}.",
            f"Each of them, with what was found: lesson 11, section 2, under “{name}”.",
        ],
    }
    used = "The sentences, in our words, in the article's order"
    text = [
        name,
        *(f"{head}:\n" + "\n".join(f"- {one}" for one in told) for head, told in (blocks | {used: sentences}).items()),
    ]
    parts = [*(listed(told, heading) for heading, told in blocks.items()), folded(used, listed(sentences))]
    return Card("\n".join(text), folded(name, Markup("").join(parts)))


def questions_by_lesson():
    """How many of the articles' questions each lesson walks through, article by article."""
    counts = data.load("questions").groupby(["lesson", "article"]).size().unstack(fill_value=0)
    return tabled(counts.assign(all=counts.sum(axis=1)).reset_index())


def how_current():
    """Every table with its edition and its newest information."""
    entries = [data.resource(name) for name in data.names()]
    return tabled(
        pd.DataFrame(
            [{"table": entry["name"], "holds": entry["title"], "edition": entry["edition"]} for entry in entries]
        )
    )


def whole(identifier):
    """All that is known of a claim: who made it and when, what was found, and, folded, verdict and caveat.

    What no data test says why, and what would; what nobody has verified says so.
    """
    row = claims.claim(identifier)
    opens = "the data say" if claims.way(row) == "computed" else "was found"
    return Card(
        card.text(identifier),
        Markup(
            '<div style="{}"><p><strong>The sentence.</strong> {}<br>{}</p>'
            "<details><summary>Decide first: does it hold? Then open what {}.</summary>{}</details></div>"
        ).format(RULED.format(colour="#A166A9"), row["claim"], small(card.where(row)), opens, evidence(identifier)),
    )


def evidence(identifier, with_readings=True, with_verdict=True):
    """What was found about a claim, its readings (unless a chart shows them), verdict, caveat and sources.

    Without the verdict, whatever would tell it is left out as well: readings, where it turns, the caveat.
    """
    found = card.evidence(identifier)
    if not with_verdict:
        lines = [line for line in (f"{found.label}: {found.says}", found.source) if line]
        return Card("\n".join(lines), each(Markup("<p>{}</p>"), lines))
    found = found if with_readings else dataclasses.replace(found, readings=())
    return Card(
        str(found),
        Markup("<p><strong>{}.</strong> {}</p>").format(found.label, found.says)
        + each(Markup("<ul>{}</ul>"), [items(found.readings)] if found.readings else [])
        + each(Markup("<p>{}</p>"), [line for line in (found.turns, found.untested) if line])
        + Markup("<p><strong>{}</strong> {}<br>{}</p>").format(found.verdict, found.caveat, small(found.meaning))
        + each(Markup("<p>{}</p>"), [small(found.source)] if found.source else []),
    )


def sources(*names):
    """The sources of the named tables: publisher and its owner, title, edition, licence, date read and address."""
    used = pd.concat([data.sources(name) for name in names]).drop_duplicates("id").sort_values(["publisher", "id"])
    lines = [
        f"{row['publisher']} ({card.owner(row)}): {row['title']}"
        + (f", {row['edition']}" if pd.notna(row["edition"]) else "")
        + f". {row['licence']}.{_read(row['date_read'])} {row['address']}"
        for _, row in used.iterrows()
    ]
    return Card("\n".join(lines), listed(lines))


def _read(date):
    return "" if pd.isna(date) else f" Read {words.day(date)}."


def current(*names):
    """How current the named tables are: title, edition and what they cover, a line each."""
    entries = [data.resource(name) for name in names]
    lines = [f"{entry['title']}: {entry['edition'] or entry['coverage']}." for entry in entries]
    return Card("\n".join(lines), listed(lines, "How current are the data?"))


def side_by_side(left, left_events, right, right_events):
    """Two sides of a story in dated events, as many for each, in the same layout."""
    if len(left_events) != len(right_events):
        raise ValueError(
            f"Both sides get the same number of events: {left} has {len(left_events)}, {right} has {len(right_events)}."
        )
    sides = {left: _told(left_events), right: _told(right_events)}
    text = "\n".join(line for side, lines in sides.items() for line in (f"{side}:", *(f"- {line}" for line in lines)))
    cells = each(
        Markup(
            '<td style="vertical-align: top; text-align: left; width: 50%; font-size: 16px; line-height: 1.4; '
            'white-space: normal;"><ul>{}</ul></td>'
        ),
        [items(lines) for lines in sides.values()],
    )
    heads = each(Markup('<th scope="col" style="text-align: left; font-size: 16px;">{}</th>'), sides)
    return Card(
        text,
        Markup('<table style="max-width: 1000px;"><thead><tr>{}</tr></thead><tbody><tr>{}</tr></tbody></table>').format(
            heads, cells
        ),
    )


def _told(events):
    rows = data.load("events").set_index("id").loc[events].sort_values("date")
    return [
        f"{words.date(row['date'], row['precision'])}: {row['title']}. {row['description']}"
        for _, row in rows.iterrows()
    ]
