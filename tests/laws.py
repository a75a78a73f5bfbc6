"""Laws of range, whatever the data: what holds of every table behind a chart and of every sentence on record."""

import functools
import re

from alliance import data
from alliance.world import load

PARTS = re.compile(r"(^|_)(share|percent|pct|part|chance)(_|$)")
COUNTS = ("count", "allies", "members", "states", "claims", "countries", "months")
MONEY = ["military", "financial", "humanitarian"]
WHOLE = re.compile(
    r"(?<![\d.,-])(\d[\d,]*(?:\.\d+)?) (?:out )?of (?:the |all |its |their |our )?(\d[\d,]*(?:\.\d+)?)(?![\d-])"
)
LISTED = re.compile(
    r"\bOf (?:the )?(\d[\d,]*) [^:.]*(?<!others are): ((?:\d[\d,]* [^,.;]*(?:, | and ))+\d[\d,]* [^,.;]*)(?=[.;]|$)"
)
PERCENT = re.compile(r"(.{0,3}?)(\d[\d,]*(?:\.\d+)?)%(.{0,9})")
TO_COME = re.compile(r"[^.]*(?:(?:Invited|Begun) at the start of|Starting with|loan for 2026 and 2027)[^.]*")


@functools.cache
def newest_year():
    """The newest year that any table of data/ has: of its rows, its months, or its events."""
    found = {int(load("events")["date"].max().year)}
    for name in data.names():
        table = data.load(name)
        found |= {int(table["year"].max())} if "year" in table else set()
    return max(found)


def of_table(table):
    """What is impossible in the table behind a chart, as sentences."""
    table = table if table.index.name is None else table.reset_index()
    numbers = table.select_dtypes("number")
    for name in numbers:
        values = numbers[name].dropna()
        if PARTS.search(str(name)) and not values.between(0, 100).all():
            yield f"{name} is a part of something and goes from {values.min()} to {values.max()}"
        if name in COUNTS and (values < 0).any():
            yield f"{name} is a count and goes down to {values.min()}"
        if name == "year" and (values > newest_year()).any():
            yield f"year goes to {values.max()}; the tables end in {newest_year()}"
    for end in ("_share", "_part"):
        sides = [name for name in numbers if str(name).endswith(end)]
        if len(sides) == 2 and not ((numbers[sides].sum(axis=1, skipna=False).dropna() - 100).abs() < 1e-6).all():
            yield f"{' and '.join(sides)} do not make 100"
    if {"total", *MONEY} <= set(numbers):
        off = (numbers[MONEY].sum(axis=1) - numbers["total"]).abs()
        if (off > 0.01).any():
            yield f"{', '.join(MONEY)} do not make the total: {off.max()} off"


def of_text(text):
    """What is impossible in a sentence, as sentences: a part above its whole, parts that do not make it, a year to come."""
    for part, whole in WHOLE.findall(re.sub(r"prices of \d{4}|in 20\d\d of", "", text)):
        if number(part) > number(whole):
            yield f"{part} of {whole}"
    for whole, listed in LISTED.findall(text):
        parts = [number(part) for part in re.findall(r"(?:^|, | and )(\d[\d,]*) ", listed)]
        if sum(parts) != number(whole):
            yield f"{listed} make {sum(parts):g}, not {whole}"
    for before, percent, after in PERCENT.findall(text):
        if number(percent) > 100 and "+" not in before and not re.match(r" (above|more|of that)", after):
            yield f"{percent}%"
    for year in re.findall(r"(?<![\d,.$])(2\d{3})(?![\d,]|\.\d| km)", TO_COME.sub("", text)):
        if newest_year() < int(year) < 2100:
            yield f"{year} is yet to come"


def number(text):
    return float(text.replace(",", ""))


def assert_kept(figure, where):
    """No law is broken by the table behind a figure."""
    broken = list(of_table(figure.table))
    assert not broken, f"{where}: {'; '.join(broken)}"


def sentences(seen):
    """All text of a recorded state: pairs of its name and the text."""
    for name in ("title", "subtitle", "twin", "note", "says", "turns"):
        if isinstance(seen.get(name), str):
            yield name, seen[name]
    yield from (("reading", reading) for reading, _ in seen.get("readings") or ())
