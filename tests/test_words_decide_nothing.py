"""Words decide no verdict: every free text of every table may be reworded, and each claim's verdict stays."""

import functools
import re
import zlib

import pytest

from alliance import claims, data
from alliance.world import World, load, today

TYPED = {  # texts that are no words: typed values, editions, and names in a list
    ("claims", "tables"),
    ("facts", "value"),
    ("sources", "edition"),
}


def texts(name):
    """The columns of a table that hold free text: no key, no code that the descriptor lists or shapes, no typed value."""
    schema = data.resource(name)["schema"]
    keys = [schema.get("primaryKey", []), *(key["fields"] for key in schema.get("foreignKeys", []))]
    keys = {column for key in keys for column in ([key] if isinstance(key, str) else key)}
    return [
        field["name"]
        for field in schema["fields"]
        if field["type"] == "string"
        and field["name"] not in keys
        and not {"enum", "pattern"} & set(field.get("constraints", {}))
        and (name, field["name"]) not in TYPED
    ]


def reworded(name):
    """A table in which each text says something else, the same everywhere; what is missing stays missing."""
    table = data.load(name)
    for column in texts(name):
        table[column] = table[column].map(other_words, na_action="ignore")
    return table


def other_words(text):
    """Words that share nothing with `text` but that the same text always becomes them."""
    letters = f"{zlib.crc32(text.encode()):x}".translate(str.maketrans("0123456789", "ghijklmnop"))
    return f"Zz{letters} qu"


@functools.cache
def world():
    return World(instead={name: reworded(name) for name in data.names() if texts(name)})


def test_the_words_are_other_words():
    events = world()["events"]
    assert not set(events["description"]) & set(load("events")["description"])
    assert events["title"].nunique() == load("events")["title"].nunique()
    assert not re.search("nato|membership|war", " ".join(events["title"]), re.IGNORECASE)


@pytest.mark.parametrize("identifier", sorted(claims.RULES))
def test_rewording_our_sentences_moves_no_verdict(identifier):
    found, reworded = claims.finding_in(today(), identifier), claims.finding_in(world(), identifier)
    assert reworded.verdict == found.verdict, f"{identifier}, {found.verdict}, becomes: {reworded.says}"
    assert [verdict for _, verdict in reworded.readings] == [verdict for _, verdict in found.readings]


@pytest.mark.parametrize("error", [TypeError, AttributeError, KeyError, ZeroDivisionError, RuntimeError])
def test_whatever_a_rule_raises_is_said_in_words(error, monkeypatch):
    def broken():
        raise error("a hole in the ice")

    monkeypatch.setitem(claims.RULES, "A0-28", broken)
    found = claims.finding_in(today(), "A0-28")
    assert found.verdict is None and "a hole in the ice" in found.says


def test_where_one_rule_breaks_the_ledger_goes_on(monkeypatch):
    monkeypatch.setitem(claims.RULES, "A0-28", lambda: 1 / 0)
    ledger = today().ask(claims.ledger).set_index("id")
    assert len(ledger) == len(load("claims"))
    assert ledger["verdict"].isna()["A0-28"] and ledger["verdict"].notna().sum() > 200
    assert "division by zero" in ledger.loc["A0-28", "says"]
