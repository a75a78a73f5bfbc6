"""Each verdict depends on the tables: for each rule there is a world in which it turns, or a reason why there is none."""

import functools

import pytest

import record
import worlds
from alliance import claims, data
from alliance.world import World, today
from test_claims import ALTERED

RECORDED = data.load("claims").set_index("id")["verdict"]


@pytest.mark.parametrize(("claim", "verdict"), worlds.lines(), ids=lambda part: str(part))
def test_in_a_world_of_its_own_the_verdict_turns(claim, verdict):
    found = claims.finding(claim, worlds.world(worlds.lines()[claim, verdict]))
    assert found.verdict == verdict != RECORDED[claim], f"{claim} is {found.verdict}: {found.says}"


def test_each_rule_has_a_world_in_which_its_verdict_turns_or_a_reason():
    turning = {claim for claim, _ in worlds.lines()}
    turning |= {claim for claim, _, _, verdict in ALTERED if verdict != RECORDED[claim]}
    for claim, states in record.read("findings").items():  # editions, and days before today
        turning |= {claim for state in states.values() if state.get("verdict", RECORDED[claim]) != RECORDED[claim]}
    assert not turning & set(worlds.STEADY), "it turns, so it needs no reason"
    without = set(claims.RULES) - turning - set(worlds.STEADY)
    assert not without, f"{sorted(without)}: a line in tests/worlds.csv, or a reason in STEADY of tests/worlds.py"


@functools.cache
def upside_down():
    """Our world with the rows of each table from last to first."""
    return World(instead={name: data.load(name).iloc[::-1].reset_index(drop=True) for name in data.names()})


@pytest.mark.parametrize("claim", sorted(claims.RULES))
def test_the_order_of_rows_in_a_table_decides_nothing(claim):
    """What is named in a sentence may come in another order; its letters, and the verdict, are the same."""
    now, turned = claims.finding_in(today(), claim), claims.finding_in(upside_down(), claim)
    assert turned.verdict == now.verdict and sorted(turned.says) == sorted(now.says), f"{now.says}\n{turned.says}"


def test_each_computed_sentence_is_on_record_once():
    recorded = record.read("findings")
    assert set(recorded) == set(claims.RULES)
    assert all(states[""]["says"].strip() for states in recorded.values())
