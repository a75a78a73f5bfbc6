"""`python -m alliance.claims` prints the ledger; see `--help`."""

import argparse
import os
import re
import sys
import textwrap

from .. import claims, data, world
from ..world import World
from . import card

WIDE = 100


def main(arguments=None):
    """Print what is asked for; returns 0, or 1 with a sentence on stderr where it cannot be answered."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")
    parser = argparse.ArgumentParser(
        prog="python -m alliance.claims",
        description="The claim ledger: each sentence of the articles with the verdict that the data give.",
    )
    parser.add_argument("what", nargs="*", metavar="ID", help="a claim (A0-28): its card; an article (A0): its claims")
    parser.add_argument(
        "--changed",
        metavar="TABLE[=EDITION]",
        help="what moves between an edition (or a day) of a table and the newest; without =EDITION, step by step",
    )
    asked = parser.parse_args(arguments)
    try:
        if asked.changed:
            _print_changed(*asked.changed.partition("=")[::2])
        elif asked.what:
            for what in asked.what:
                article = re.fullmatch("[aA][0-9]", what)
                _print_article(what.upper()) if article else print(card.text(what.upper()), end="\n\n")
        else:
            _print_counts()
    except (KeyError, ValueError) as error:  # both say in words what is wrong
        print(error.args[0], file=sys.stderr)
        return 1
    return 0


def _print_counts():
    ledger = world.load("ledger")
    print(f"The claim ledger: {len(ledger)} sentences of the articles.\n")
    _print_crossed(ledger, "verdict", {verdict: f"{claims.MARKS[verdict]} {verdict}" for verdict in claims.VERDICTS})
    _print_crossed(ledger, "tested", {way: way for way in claims.WAYS})
    _print_crossed(ledger[ledger["why"] != ""], "why", {why: why for why in claims.WHY})
    for verdict, meaning in claims.VERDICTS.items():
        print(f"{claims.MARKS[verdict]} {verdict:22} {meaning}")
    for way, meaning in claims.WAYS.items():
        print(f"  {way:22} {meaning}")
    print(
        "\nOne card:      python -m alliance.claims A0-28"
        "\nAn article:    python -m alliance.claims A0"
        "\nWhat moved:    python -m alliance.claims --changed defence_expenditure=2024-06"
    )


def _print_crossed(ledger, column, labels):
    counts = ledger.groupby([column, "article"]).size().unstack(fill_value=0).reindex(list(labels), fill_value=0)
    print(
        f"{column if column != 'why' else 'why no data test it':28}"
        + "".join(f"{name:>5}" for name in counts)
        + "  all"
    )
    for value, row in counts.iterrows():
        print(f"{labels[value]:28}" + "".join(f"{count:5}" for count in row) + f"{row.sum():5}")
    print(f"{'all':28}" + "".join(f"{count:5}" for count in counts.sum()) + f"{counts.sum().sum():5}\n")


def _print_article(article):
    ledger = world.load("ledger")
    rows = ledger[ledger["article"] == article]
    if rows.empty:
        raise KeyError(f"There is no article {article}; there are {', '.join(sorted(ledger['article'].unique()))}.")
    for _, row in rows.iterrows():
        print(
            _wrapped(
                f"{row['id']}  {claims.MARKS[row['verdict']]} {row['verdict']}, {row['tested']}: {row['claim']}", hang=8
            )
        )


def _print_changed(table, edition):
    known = world.editions(table)
    if edition:
        return _print_step(table, edition, None)
    if table in world.DATED:
        raise ValueError(f"{table} has dates, not editions: say which day, like --changed {table}={known[-1]}.")
    for before, after in zip(known, known[1:]):
        _print_step(table, before, after)


def _print_step(table, before, after):
    cut = World(until={table: before})
    moved = claims.changed(cut, World(until={table: after} if after else None))
    newest = after or f"{world.editions(table)[-1]}, the newest"
    print(f"{table}: {before} against {newest}. Other tables stay as they are.\n")
    lost, gained = moved["verdict_before"].isna(), moved["verdict_after"].isna()
    other = (moved["verdict_before"] != moved["verdict_after"]) & ~lost & ~gained
    for heading, rows in (
        ("verdict that moves", moved[other]),
        ("sentence that keeps its verdict and prints other numbers", moved[~other & ~lost & ~gained]),
        (f"rule that {before} cannot work out", moved[lost & ~gained]),
        (f"rule that {newest} cannot work out", moved[gained]),
    ):
        if len(rows) or heading.startswith("verdict"):
            print(f"{len(rows)} {heading if len(rows) == 1 else _plural(heading)}" + (":" if len(rows) else "."))
        for _, row in rows.iterrows():
            print(_card(row))
        print() if len(rows) else None
    print(f"{len(claims.RULES) - len(moved)} of {len(claims.RULES)} computed sentences read the same in both.\n")


def _plural(heading):
    first, rest = heading.split(" ", 1)
    rest = rest.replace("that moves", "that move").replace("keeps its", "keep their").replace("prints", "print")
    return f"{first}s {rest}"


def _card(row):
    lines = [_wrapped(f"{row['id']}  {row['claim']}", hang=8)]
    verdicts = row[["verdict_before", "verdict_after"]]
    if verdicts.notna().all() and verdicts.nunique() == 2:
        lines.append(f"        {_marked(row['verdict_before'])}  →  {_marked(row['verdict_after'])}")
    lines += [_wrapped(f"        {line}", hang=10) for line in claims.merged(row["before"], row["after"])]
    if row["turns"]:
        lines.append(_wrapped(f"        {row['turns']}", hang=10))
    return "\n".join(lines)


def _marked(verdict):
    return f"{claims.MARKS[verdict]} {verdict}"


def _wrapped(text, hang):
    indent = len(text) - len(text.lstrip())
    return textwrap.fill(text.strip(), WIDE, initial_indent=" " * indent, subsequent_indent=" " * hang)


if __name__ == "__main__":
    status = 0
    try:
        status = main()
        sys.stdout.flush()
    except data.DataError as error:
        status = str(error)
    except BrokenPipeError:  # `| head` has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(status)
