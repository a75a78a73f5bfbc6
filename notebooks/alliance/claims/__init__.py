"""The ledger: each checkable claim of the articles, with the verdict that the data give.

A rule computes a claim's finding from the tables through `measures`; it is recomputed whenever
it is asked for. Claims without a rule carry what was read about them, or why nothing can test them.

From the notebooks folder, `python -m alliance.claims` prints the ledger, and
`python -m alliance.claims --changed defence_expenditure=2024-06` what a newer edition made false.
"""

import dataclasses
import difflib
import re
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import pandas as pd

from .. import data, words
from ..measures.verdicts import MARKS, VERDICTS, WAYS
from ..world import World, needs, table, today

WHY = {
    "an opinion": "It is an opinion: people weigh the same evidence differently.",
    "a forecast": "It is a forecast: no table holds what has not happened.",
    "a slip of wording": "It is a slip of wording: data have no say in it.",
    "no public source": "No public source was found that settles it.",
    "not looked up yet": "It could be tested, but no source has been read yet.",
}
Rule = TypeVar("Rule", bound=Callable)
JOINS = {",", ";", "and", "or"}  # the words of a list
READ = ("computed", "looked-up")  # the bases on which a finding may be printed as fact


@dataclasses.dataclass(frozen=True)
class Finding:
    """What the data say of a claim.

    `says`: a sentence with its numbers filled in. `verdict`: a key of `VERDICTS`.
    `readings`: pairs of a reading (an edition, a definition, a date) and the verdict under it.
    `turns`: where the verdict changes, in words.
    """

    says: str
    verdict: str
    readings: tuple = ()
    turns: str = ""

    def __post_init__(self) -> None:
        if unknown := {self.verdict, *(verdict for _, verdict in self.readings)} - set(VERDICTS):
            raise ValueError(f"Not a verdict: {', '.join(sorted(unknown))}. The scale is {', '.join(VERDICTS)}.")


@dataclasses.dataclass(frozen=True)
class Unknown:
    """What stands in the place of a `Finding` where a world cannot give one: `says` says why."""

    says: str
    verdict: None = None
    readings: tuple = ()
    turns: str = ""


RULES: dict[str, Callable] = {}


def registered(known: dict[str, Callable], kind: str, ids: Iterable[str]) -> Callable[[Rule], Rule]:
    """A decorator that puts a function into `known` under these ids; ValueError where one has a `kind` already."""

    def register(function: Rule) -> Rule:
        for identifier in ids:
            if identifier in known:
                raise ValueError(f"{identifier} has two {kind}s.")
            known[identifier] = function
        return function

    return register


def rule(*ids: str) -> Callable[[Rule], Rule]:
    """Register the function that returns the `Finding` of these claims; it asks for its tables by name."""
    return registered(RULES, "rule", ids)


def judged(*cases: tuple[str, Any], otherwise: str) -> str:
    """The verdict of the first case that holds: `judged(("supported", now >= 23), ..., otherwise="contradicted")`."""
    return next((verdict for verdict, holds in cases if holds), otherwise)


def claim(identifier: str) -> pd.Series:
    """The row of one claim; KeyError in words if there is none."""
    try:
        return data.row("claims", identifier)
    except data.DataError:
        known = data.load("claims")["id"]
        hint = words.meant(str(identifier).upper(), known, 1, 0.75) or "ids look like A0-28 or A1-095."
        raise KeyError(f"There is no claim {identifier!r}; {hint}") from None


def finding(identifier: str, world: World | None = None) -> Finding:
    """The computed `Finding` of a claim, or the one on record where data cannot compute it.

    What nobody has verified says so in its first words.
    """
    if identifier in RULES:
        return (world or today()).made(RULES[identifier])
    row = claim(identifier)
    says = row["found"] if pd.notna(row["found"]) else ""
    if row["basis"] not in READ:
        says = _unverified(row["basis"], says)
    return Finding(says=says, verdict=row["verdict"] if pd.notna(row["verdict"]) else "not-checkable")


def _unverified(basis: str, says: str) -> str:
    if not says or says.lower().startswith(("no test", "not ", "no ")):
        return "Not verified: no source was read that shows it."
    if basis == "article-text":
        return f"Not verified by any table or source; the article's own words, read closely: {says}"
    return f"Not verified, general knowledge only: {says}"


def way(row: pd.Series) -> str:
    """How a claim is tested: a key of `WAYS`."""
    if row["id"] in RULES:
        return "computed"
    if row["basis"] in READ:
        return "cannot be tested" if row["verdict"] == "not-checkable" else "looked up"
    untestable = row["kind"] in ("opinion", "prediction") or row["basis"] == "article-text"
    return "cannot be tested" if untestable else "not verified"


def why_not(row: pd.Series) -> str:
    """Why no data test a claim, a key of `WHY`; '' where they do."""
    if way(row) in ("computed", "looked up"):
        return ""
    if row["basis"] == "article-text" and row["verdict"] == "imprecise":
        return "a slip of wording"
    return {"opinion": "an opinion", "prediction": "a forecast"}.get(
        row["kind"], "not looked up yet" if way(row) == "not verified" else "no public source"
    )


def would_test(row: pd.Series) -> str:
    """What would test a claim that no data test, as a sentence; '' where data do."""
    look = str(row["how"]).rstrip(".")
    return f"What would test it: {look}{'' if look.endswith('?') else '.'}" if why_not(row) else ""


def scale() -> pd.DataFrame:
    """The scale of verdicts, a row each: mark, verdict in words, meaning."""
    verdicts = [words.verdict(verdict) for verdict in VERDICTS]
    return pd.DataFrame({"mark": MARKS.values(), "verdict": verdicts, "meaning": VERDICTS.values()})


@table
def ledger(world: World, claims: pd.DataFrame) -> pd.DataFrame:
    """All claims with what their test comes to, one row each, in the articles' order.

    Columns: id, article, lesson, priority, claim, kind, tested (a key of `WAYS`), verdict, says, turns,
    readings (of `Finding`), why (not tested), would_test. A rule that cannot be worked out in this world has
    verdict None, and `says` says why.
    """
    rows = [row for _, row in claims.iterrows()]
    found = [finding_in(world, row["id"]) for row in rows]
    return claims[["id", "article", "lesson", "priority", "claim", "kind"]].assign(
        tested=[way(row) for row in rows],
        verdict=[finding.verdict for finding in found],
        says=[finding.says for finding in found],
        turns=[finding.turns for finding in found],
        readings=[finding.readings for finding in found],
        why=[why_not(row) for row in rows],
        would_test=[would_test(row) for row in rows],
    )


def finding_in(world: World, identifier: str) -> Finding | Unknown:
    """The `Finding` of a claim, or `Unknown` with a sentence on why this world cannot give it. Never raises."""
    try:
        found = finding(identifier, world)
    except Exception as error:  # whatever one rule raises, the ledger goes on
        return Unknown(f"Cannot be worked out from these tables: {error}")
    if "nan" in found.says.replace(",", " ").replace("%", " ").split():
        return Unknown("Cannot be worked out from these tables: a figure it needs is missing.")
    return found


def tables_of(identifier: str) -> frozenset[str]:
    """The names of the tables that the rule of a claim is filled from, as its signature says."""
    return needs(RULES[identifier])


def changed(before: World, after: World | None = None) -> pd.DataFrame:
    """The claims whose rule gives another finding in the world `before` than in `after` (the newest).

    Columns: id, claim, verdict_before, verdict_after, before, after (the sentences), turns;
    a verdict is None where that world cannot give one.
    """
    after = after or today()
    touched = before.altered | after.altered
    rows = []
    for identifier in sorted(identifier for identifier in RULES if touched & tables_of(identifier)):
        old, new = finding_in(before, identifier), finding_in(after, identifier)
        if old != new:
            verdicts, says = (old.verdict, new.verdict), (old.says, new.says)
            rows.append((identifier, claim(identifier)["claim"], *verdicts, *says, new.turns))
    columns = ["id", "claim", "verdict_before", "verdict_after", "before", "after", "turns"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def through(table: str, editions: Iterable[str]) -> pd.DataFrame:
    """The verdict of each rule that looks at `table`, with the table cut at each of the editions in turn.

    Columns: id, claim, edition, verdict (None where that edition cannot give one), says.
    """
    looking = [identifier for identifier in sorted(RULES) if table in tables_of(identifier)]
    rows = []
    for edition in editions:
        cut = World(until={table: edition})
        for identifier in looking:
            found = finding_in(cut, identifier)
            rows.append((identifier, claim(identifier)["claim"], edition, found.verdict, found.says))
    return pd.DataFrame(rows, columns=["id", "claim", "edition", "verdict", "says"], dtype=object)


def merged(before: str, after: str) -> list[str]:
    """Two sentences as one with what differs in brackets, [then → now]; as two lines where little is the same."""
    old, new = (re.findall(r"\s*(?:[\d.,]*\d|[^\W\d]+|.)", sentence) for sentence in (before, after))
    then, now = ([token.strip() for token in side] for side in (old, new))
    matcher = difflib.SequenceMatcher(None, then, now, autojunk=False)
    if matcher.ratio() < 0.6:
        return [f"then: {before}", f"now:  {after}"]
    said = ""
    for kind, i, j, k, m in _whole_lists(matcher.get_opcodes(), then, now):
        gone, come = "".join(old[i:j]), "".join(new[k:m])
        space = " " if " " in (come[:1], gone[:1]) else ""
        said += come if kind == "equal" else f"{space}[{gone.strip()} → {come.strip()}]"
    return [said.replace("[ →", "[→").replace("→ ]", "→]")]


def _whole_lists(changes: Iterable[tuple], then: list[str], now: list[str]) -> list[tuple]:
    """The changes of a sentence, those of one list as one: an "and" that moves is no change to read by itself."""
    joined: list[tuple] = []
    begun = None  # where in `joined` a list begins whose end is still to come
    for kind, i, j, k, m in changes:
        if begun is not None and kind != "equal":
            _, first, _, other, _ = joined[begun]
            joined[begun:], begun = [("replace", first, j, other, m)], None
            continue
        joined.append((kind, i, j, k, m))
        if kind == "replace" and {*then[i:j], *now[k:m]} <= JOINS:
            begun = len(joined) - 1
    return joined


from . import rules  # noqa: E402  (importing the rules registers them)
