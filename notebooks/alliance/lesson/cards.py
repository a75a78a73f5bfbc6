"""Cards of words: a sentence tested, the sources of a lesson. Everything is shown as text."""

import html

import pandas as pd

from .. import claims, data, words

RULED = "border-left: 5px solid {colour}; padding: 0.2em 1em; margin: 0.6em 0; max-width: 1000px; font-size: 16px; line-height: 1.45;"


class Card:
    """Words with a plain and an HTML form; both come from the same parts, all escaped."""

    def __init__(self, text, markup):
        self._text, self._markup = text, markup

    def __add__(self, other):
        """Both cards, one below the other."""
        return Card(f"{self._text}\n\n{other._text}", self._markup + other._markup)

    def __repr__(self):
        return self._text

    def _repr_html_(self):
        return self._markup


def small(text):
    """HTML of less weighty words, still large enough for the back row."""
    return f'<small style="font-size: 14px;">{html.escape(text)}</small>'


def listed(lines, heading=""):
    """HTML of a list of lines, as text."""
    title = f"<p><strong>{html.escape(heading)}</strong></p>" if heading else ""
    return (
        title
        + '<ul style="font-size: 16px; line-height: 1.45; max-width: 1000px;">'
        + "".join(f"<li>{html.escape(line)}</li>" for line in lines)
        + "</ul>"
    )


def tabled(table):
    """A small table as text and as HTML; long cells are wrapped, columns of short ones (ids, dates) are not."""
    short = [table[column].astype(str).str.len().max() <= 12 for column in table.columns]
    head = "".join(
        f'<th scope="col" style="text-align: left;">{html.escape(str(column))}</th>' for column in table.columns
    )
    rows = "".join(
        "<tr>"
        + "".join(
            f'<td style="text-align: left; vertical-align: top; white-space: {"nowrap" if unbroken else "normal"};">'
            f"{html.escape(str(cell))}</td>"
            for cell, unbroken in zip(row, short, strict=True)
        )
        + "</tr>"
        for row in table.itertuples(index=False)
    )
    text = "\n".join(" | ".join(str(cell) for cell in row) for row in table.itertuples(index=False))
    return Card(
        text,
        f'<table style="font-size: 15px; max-width: 1000px;"><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>',
    )


def glossary():
    """The words of the course with their meanings, in order of the alphabet."""
    words = data.load("glossary").sort_values("term", key=lambda terms: terms.str.lower())
    lines = [f"{row['term']}: {row['meaning']}" for _, row in words.iterrows()]
    return Card(
        "\n".join(lines),
        '<dl style="font-size: 16px; line-height: 1.45; max-width: 900px;">'
        + "".join(
            f"<dt><strong>{html.escape(row['term'])}</strong></dt><dd>{html.escape(row['meaning'])}</dd>"
            for _, row in words.iterrows()
        )
        + "</dl>",
    )


def the_articles():
    """The five articles: what is known of who published them, and when."""
    rows = [
        {"": row["id"], "article": _article(row), "kind": row["kind"], "note": row["note"]}
        for _, row in data.load("articles").iterrows()
    ]
    return tabled(pd.DataFrame(rows))


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
    row, found = claims.claim(identifier), evidence(identifier)
    where = said_where(row)
    opens = "the data say" if claims.way(row) == "computed" else "was found"
    return Card(
        f"The sentence: {row['claim']}\n{where}\n{found!r}",
        f'<div style="{RULED.format(colour="#A166A9")}">'
        f"<p><strong>The sentence.</strong> {html.escape(row['claim'])}<br>{small(where)}</p>"
        f"<details><summary>Decide first: does it hold? Then open what {opens}.</summary>"
        f"{found._repr_html_()}</details></div>",
    )


def evidence(identifier, with_readings=True, with_verdict=True):
    """What was found about a claim, its readings (unless a chart shows them), verdict, caveat and sources.

    Without the verdict, whatever would tell it is left out as well: readings, where it turns, the caveat.
    """
    row, found = claims.claim(identifier), claims.finding(identifier)
    way, why = claims.way(row), claims.why_not(row)
    known = way == "computed" or row["basis"] in claims.READ
    label = {"computed": "The data", "looked up": "What was read"}.get(way, "What is known")
    readings = [f"{reading}: {said_verdict(result)}" for reading, result in found.readings if with_readings]
    untested = f"{claims.WHY[why]} {claims.would_test(row)}" if why else ""
    opening = "Verdict" if known or found.verdict == "not-checkable" else "Our reading, not verified"
    verdict = f"{opening}: {claims.MARKS[found.verdict]} {said_verdict(found.verdict)}."
    caveat = row["caveat"] if pd.notna(row["caveat"]) else ""
    source = _claim_source(row) if known else ""
    if not with_verdict:
        lines = [line for line in (f"{label}: {found.says}", source) if line]
        return Card("\n".join(lines), "".join(f"<p>{html.escape(line)}</p>" for line in lines))
    lines = [f"{label}: {found.says}", *readings, found.turns, untested, f"{verdict} {caveat}".strip(), source]
    safe = html.escape
    return Card(
        "\n".join(line for line in lines if line),
        f"<p><strong>{label}.</strong> {safe(found.says)}</p>"
        + ("<ul>" + "".join(f"<li>{safe(reading)}</li>" for reading in readings) + "</ul>" if readings else "")
        + "".join(f"<p>{safe(line)}</p>" for line in (found.turns, untested) if line)
        + f"<p><strong>{safe(verdict)}</strong> {safe(caveat)}<br>{small(claims.VERDICTS[found.verdict])}</p>"
        + (f"<p>{small(source)}</p>" if source else ""),
    )


def said_where(row):
    """In which article a claim stands, when it was printed, and who said it there."""
    article = data.load("articles").set_index("id").loc[row["article"]]
    who = row["attribution"]
    who = "the article itself" + who.removeprefix("article") if who.startswith("article") else who
    return f"{_article(article)}; said by {who}. Claim {row['id']}."


def said_verdict(verdict):
    """A verdict as people say it: 'supported with caveat'."""
    return verdict.replace("-", " ")


def _article(article):
    parts = [part for part in (article["publisher"], article["title"], article["author"]) if pd.notna(part)]
    when = "undated" if pd.isna(article["date"]) else said_date(article["date"], article["date_precision"])
    return f"{article['label']}" + (f" ({', '.join(parts)})" if parts else "") + f", {when}"


def said_date(date, precision="day"):
    """A date as people say it, no more precise than it is known."""
    return {"day": f"{date.day} {date:%B %Y}", "month": f"{date:%B %Y}", "year": f"{date:%Y}"}[precision]


def _claim_source(row):
    """The claim's own source first, then its tables: named by their sources, or, where those are many, by title."""
    lines = []
    if pd.notna(row["source"]):
        known = data.load("sources").set_index("id").loc[row["source"]]
        edition = (
            f", {known['edition']}" if pd.notna(known["edition"]) and known["edition"] not in known["title"] else ""
        )
        lines.append(f"Source: {known['publisher']}, {known['title']}{edition}")
    for name in str(row["tables"]).split(";") if pd.notna(row["tables"]) else []:
        if name in data.names() and name not in ("claims", "articles") and len(cited := data.sources(name)):
            few = len(cited) <= 3
            lines.append(data.source_line(name) if few else f"Source: table {name} ({len(cited)} sources)")
    when = f" As of {said_date(row['as_of'], row['as_of_precision'])}." if pd.notna(row["as_of"]) else ""
    return f"{words.sources(*lines)}.{when}" if lines else ""


def sources(*names):
    """The sources of the named tables: publisher, title, edition, licence, date read and address."""
    used = pd.concat([data.sources(name) for name in names]).drop_duplicates("id").sort_values(["publisher", "id"])
    lines = [
        f"{row['publisher']}: {row['title']}"
        + (f", {row['edition']}" if pd.notna(row["edition"]) else "")
        + f". {row['licence']}.{_read(row['date_read'])} {row['address']}"
        for _, row in used.iterrows()
    ]
    return Card("\n".join(lines), listed(lines))


def _read(date):
    return "" if pd.isna(date) else f" Read {said_date(date)}."


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
    cells = "".join(
        '<td style="vertical-align: top; text-align: left; width: 50%; font-size: 16px; line-height: 1.4; white-space: normal;"><ul>'
        + "".join(f"<li>{html.escape(line)}</li>" for line in lines)
        + "</ul></td>"
        for lines in sides.values()
    )
    heads = "".join(
        f'<th scope="col" style="text-align: left; font-size: 16px;">{html.escape(side)}</th>' for side in sides
    )
    return Card(
        text,
        f'<table style="max-width: 1000px;"><thead><tr>{heads}</tr></thead><tbody><tr>{cells}</tr></tbody></table>',
    )


def _told(events):
    rows = data.load("events").set_index("id").loc[events].sort_values("date")
    return [
        f"{said_date(row['date'], row['precision'])}: {row['title']}. {row['description']}"
        for _, row in rows.iterrows()
    ]
