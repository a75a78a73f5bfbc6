"""The card of a claim as plain text: the sentence, who printed it, what was found, verdict, caveat and sources."""

import dataclasses

import pandas as pd

from .. import claims, data, words

NEWEST_ALONE = ("aid_by_month", "military_expenditure")  # tables of releases of which claims count the newest


@dataclasses.dataclass(frozen=True)
class Evidence:
    """What was found about a claim, part by part in the order in which it is said; '' where there is none.

    `label`: how it was found. `says` and `turns`: of its `Finding`. `readings`: a line each.
    `untested`: why no data test it. `verdict` with its mark, `meaning` of that verdict, `caveat`, `source`.
    """

    label: str
    says: str
    readings: tuple
    turns: str
    untested: str
    verdict: str
    caveat: str
    meaning: str
    source: str

    def __str__(self) -> str:
        judged = f"{self.verdict} {self.caveat}".strip()
        lines = [f"{self.label}: {self.says}", *self.readings, self.turns, self.untested, judged, self.source]
        return "\n".join(line for line in lines if line)


def evidence(identifier: str) -> Evidence:
    """The `Evidence` on a claim."""
    row, found = claims.claim(identifier), claims.finding(identifier)
    way, why = claims.way(row), claims.why_not(row)
    known = way == "computed" or row["basis"] in claims.READ
    opening = "Verdict" if known or found.verdict == "not-checkable" else "Our reading, not verified"
    return Evidence(
        label={"computed": "The data", "looked up": "What was read"}.get(way, "What is known"),
        says=found.says,
        readings=tuple(f"{reading}: {words.verdict(result)}" for reading, result in found.readings),
        turns=found.turns,
        untested=f"{claims.WHY[why]} {claims.would_test(row)}" if why else "",
        verdict=f"{opening}: {claims.MARKS[found.verdict]} {words.verdict(found.verdict)}.",
        caveat=row["caveat"] if pd.notna(row["caveat"]) else "",
        meaning=claims.VERDICTS[found.verdict],
        source=_source(row) if known else "",
    )


def text(identifier: str) -> str:
    """The whole card: the sentence, where it stands, and its `Evidence`."""
    row = claims.claim(identifier)
    return f"The sentence: {row['claim']}\n{where(row)}\n{evidence(identifier)}"


def where(row: pd.Series) -> str:
    """In which article a claim stands, when it was printed, and who said it there, without its title."""
    article = data.row("articles", row["article"])
    who = row["attribution"]
    who = "the article itself" + who.removeprefix("article") if who.startswith("article") else who
    when = "undated" if pd.isna(article["date"]) else words.date(article["date"], article["date_precision"])
    return f"{article['label']}, {when}; said by {who}. Claim {row['id']}."


def _source(row: pd.Series) -> str:
    """The claim's own source first, then its tables: named by their sources, or, where those are many, by title."""
    found = _own_source(row["source"]) if pd.notna(row["source"]) else data.Sources()
    for name in str(row["tables"]).split(";") if pd.notna(row["tables"]) else []:
        if name in data.names() and name not in ("claims", "articles") and len(cited := data.sources(name)):
            newest = {"release": data.newest(name, "release")} if name in NEWEST_ALONE else {}
            found += data.cited(name, **newest) if len(cited) <= 3 else data.own(f"table {name} ({len(cited)} sources)")
    when = f" As of {words.date(row['as_of'], row['as_of_precision'])}." if pd.notna(row["as_of"]) else ""
    return f"{found.text(most=4)}.{when}" if found else ""


def _own_source(identifier: str) -> data.Sources:
    known = data.row("sources", identifier)
    repeats = pd.isna(known["edition"]) or known["edition"] in known["title"]
    when = "" if repeats else known["edition"]
    return data.Sources([data.Source(f"{known['publisher']} ({owner(known)})", known["title"], when)])


def owner(source: pd.Series) -> str:
    """Who owns a row of sources, as people say it: 'institute', 'state media, Ukraine'."""
    return words.listed([source["owner"], source["owner_state"]])
