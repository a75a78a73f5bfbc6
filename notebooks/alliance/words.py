"""Numbers, dates, lists and verdicts as people write them. Plain text only; nothing here knows a chart."""

import base64
import datetime
import difflib
import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

NUMBERS = (
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
    "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


def spelt(count: int) -> str:
    """A count as a word up to twenty, in digits above: 'no', 'three', '21'."""
    return NUMBERS[count] if count < len(NUMBERS) else f"{count:,}"


def number(value: float, digits: int = 0) -> str:
    """`value` with thousands apart and `digits` decimals: '1,234.5'; 'no figure' if missing."""
    return "no figure" if pd.isna(value) else f"{value:,.{digits}f}"


def short(value: float) -> str:
    """`value` with the digits that count, never as 1.2e+04; years keep their look."""
    return f"{value:,.0f}" if abs(value) >= 10_000 else f"{value:.5g}"


def signed(value: float, digits: int = 0) -> str:
    """A change as '+3', '−2.5' or '0', with a minus sign as wide as the plus."""
    told = f"{value:+.{digits}f}".replace("-", "−")
    return told if float(told[1:]) else told[1:]


def minus(text: str) -> str:
    """`text` with a minus sign, and not a hyphen, before its numbers."""
    return re.sub(r"(?<![\w.])-(?=\d)", "−", text)


def billions(value: float) -> str:
    """Billions with a decimal; less than a tenth of one in millions: '23.1 billion', '12 million', 'nothing'."""
    if round(value, 1) >= 0.1:
        return f"{value:,.1f} billion"
    if 1000 * value < 0.05:
        return "nothing"
    return f"{1000 * value:.{0 if value >= 0.001 else 1}f} million"


def named(items: Iterable) -> str:
    """['a', 'b', 'c'] as 'a, b and c'; 'none' if there are none."""
    items = [str(item) for item in items]
    if len(items) < 2:
        return items[0] if items else "none"
    return ", ".join(items[:-1]) + " and " + items[-1]


def capital(text: str) -> str:
    """`text` with a capital as its first letter, whatever letters follow."""
    return text[:1].upper() + text[1:]


def listed(parts: Iterable) -> str:
    """Parts with commas between them, those that are missing left out: 'state media, Ukraine'."""
    return ", ".join(str(part) for part in parts if part and not pd.isna(part))


def counted(count: int, one: str, many: str | None = None) -> str:
    """'1 ally', '2 allies': a count with its noun; `many` where an s does not make it."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def counts(table: pd.DataFrame, shown: pd.DataFrame) -> str:
    """Who counted how many: '23 by NATO, June 2024, 18 by SIPRI, April 2025 and 2 in between'.

    `table` has the columns `count` and `by`; of its rows `shown` are named, the rest, which lie between, are counted.
    """
    told = [f"{count} by {by}" for by, count in zip(shown["by"], shown["count"], strict=True)]
    rest = len(table) - len(shown)
    return named([*told, f"{rest} in between"] if rest else told)


def times(count: int) -> str:
    """How often: 'never', 'once', 'twice', '9 times'."""
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count} times")


def day(date: datetime.date) -> str:
    """A date as '4 April 1949'."""
    return f"{date.day} {month(date)}"


def month(date: datetime.date | pd.Period) -> str:
    """A date, or a pandas Period, as 'April 1949'."""
    return date.strftime("%B %Y")


def date(value: datetime.date, precision: str = "day") -> str:
    """A date no more precise than it is known: `precision` is 'day', 'month' or 'year'."""
    return {"day": day, "month": month, "year": lambda known: str(known.year)}[precision](value)


def known_date(text: str) -> str:
    """A date as precise as its ISO text: '2024-09-30' as '30 September 2024', '2024-08' as 'August 2024',
    '2025' as it is.
    """
    return date(pd.Timestamp(text), {4: "year", 7: "month", 10: "day"}[len(text)])


def apart(days: float) -> str:
    """A number of days as people say it: '2 days', '4 months', '5.9 years'."""
    if abs(days) < 200:
        return counted(round(abs(days)), "day")
    return f"{abs(days) / 30.44:.0f} months" if abs(days) < 730 else f"{abs(days) / 365.25:.1f} years"


def shortened(text: str, length: int) -> str:
    """A text cut at a word, with a sign that it goes on."""
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def close(word: Any, known: Iterable, count: int = 3, cutoff: float = 0.6) -> list[str]:
    """The names most alike to a misspelt one, at most `count`, the most alike first; `cutoff`: how alike, 0 to 1."""
    return difflib.get_close_matches(str(word), sorted(set(map(str, known))), n=count, cutoff=cutoff)


def meant(word: Any, known: Iterable, count: int = 3, cutoff: float = 0.6) -> str:
    """What a misspelt name may have been: 'did you mean year or years?'; '' where nothing that is known is close."""
    found = close(word, known, count, cutoff)
    return f"did you mean {' or '.join(found)}?" if found else ""


def edition(name: str) -> str:
    """'2026-07' as 'July 2026'."""
    return month(pd.Period(name, "M"))


def verdict(name: str) -> str:
    """A key of the scale of verdicts as people say it: 'supported with caveat'."""
    return name.replace("-", " ")


def read_number(text: Any) -> float:
    """The number in a learner's text, by the one rule of the course; else a ValueError that helps.

    '1,200', '12,5 %', '€ 3.8 bn' are understood: a comma before three digits parts thousands, any other one is a
    decimal comma.
    """
    cleaned = re.sub(r"[\s\u00a0\u202f'’]", "", str(text)).replace("−", "-")
    found = re.fullmatch(r"[^\d+\-.,]*([+-]?[\d.,]*\d[\d.,]*)[^\d]*", cleaned)
    if not cleaned:
        raise ValueError("Type a number first.")
    if not found:
        raise ValueError(f"“{text}” is not one number. Write digits only, such as 12.5.")
    digits = found[1]
    if re.fullmatch(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?", digits):
        digits = digits.replace(",", "")
    elif digits.count(",") == 1 and "." not in digits:
        digits = digits.replace(",", ".")
    try:
        return float(digits)
    except ValueError:
        raise ValueError(
            f"“{text}” can be read in two ways. Write it with a point for decimals, such as 1200.5."
        ) from None


SEAL = "sealed:"  # before a text that is not to be read by chance


def sealed(text: str) -> str:
    """A text as it is saved where nobody is to read it by chance; the same text gives the same letters everywhere."""
    return SEAL + base64.b64encode(text.encode()).decode()


def unsealed(text: str) -> str:
    """The text that `sealed` took; any other text as it is."""
    return base64.b64decode(text.removeprefix(SEAL)).decode() if text.startswith(SEAL) else text
