"""The two cards of a subject are that subject's, one a side, under the heading of their side."""

import html

import pandas as pd
import pytest

from alliance import figures
from alliance.lesson import position
from alliance.world import load

PAIRS = load("argument_pairs")
SUBJECTS = list(dict.fromkeys(PAIRS["subject"]))
HEADINGS = {"for": "For an invitation", "against": "Against an invitation"}


@pytest.fixture(scope="module")
def panel():
    return position.weigh(PAIRS, figures.weighed_subjects)


def test_each_subject_has_one_case_a_side():
    assert all(sorted(rows["side"]) == ["against", "for"] for _, rows in PAIRS.groupby("subject"))


def test_each_case_rests_on_arguments_of_its_own_side():
    side = load("arguments").set_index("id")["side"]
    for case in PAIRS.itertuples():
        assert set(side[case.ids.split()]) == {case.side}, f"{case.subject}, {case.side}: {case.ids}"


@pytest.mark.parametrize("subject", SUBJECTS)
def test_the_cards_of_a_subject_are_its_own_one_a_side(panel, subject):
    panel.subject.value = subject
    shown = html.unescape(panel._cards.value)
    assert shown.index(HEADINGS["for"]) < shown.index(HEADINGS["against"])
    sides = dict(zip(("for", "against"), shown.split(HEADINGS["against"]), strict=True))
    for case in PAIRS.itertuples():
        for side, card in sides.items():
            own = (case.subject, case.side) == (subject, side)
            assert (case.case in card) == own, f"the card {side} of {subject}: {case.case}"
        if case.subject == subject:
            assert f"{subject}, {case.side}: {case.case}" in panel.twin
            lines = [case.reported, case.argued_by, case.rests_on, case.test]
            assert all(line in sides[case.side] for line in lines if line and pd.notna(line))


@pytest.mark.parametrize(("before", "after", "says"), [
    ((-2, 40), (1, 70), ("moved 3 towards yes", "30 points surer")),
    ((3, 70), (1, 60), ("moved 2 towards no", "10 points less sure")),
    ((2, 50), (2, 50), ("stayed where you were", "as sure as before")),
])  # fmt: skip
def test_what_a_learner_did_between_two_positions_is_told(before, after, says):
    figure = figures.positions(*(dict(agree=agree, sure=sure) for agree, sure in (before, after)))
    assert all(part in f"{figure.layout.title.text} {figure.twin}" for part in says), figure.twin
    assert figure.table[["agree", "sure"]].values.tolist() == [list(before), list(after)]
