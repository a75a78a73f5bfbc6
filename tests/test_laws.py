"""Laws of range: a chance or a share lies within 0 to 100, parts make the whole, no year is newer than the newest."""

import pandas as pd
import pytest

import laws
import record

FILES = sorted(path.stem for path in record.FOLDER.glob("*.jsonl"))


@pytest.mark.parametrize("name", FILES)
def test_no_sentence_on_record_is_impossible(name):
    for what, states in record.read(name).items():
        for state, seen in states.items():
            for part, text in laws.sentences(seen):
                broken = list(laws.of_text(text))
                assert not broken, f"{name}, {what}, {state}, {part}: {'; '.join(broken)} in {text!r}"


@pytest.mark.parametrize("text", [
    "33 of 32 allies reached it.", "All agree with a chance of 123%.", "Of 12 reasons: 5 for it, 4 against it and 2 open.",
    "In 2099 allies spent 2%.", "17 of the 4 indices",
])  # fmt: skip
def test_what_is_impossible_in_a_sentence_is_seen(text):
    assert list(laws.of_text(text))


@pytest.mark.parametrize("text", [
    "17 of 32 allies", "+152%, more than double", "844% above the shortest", "Of 9: 5 for it and 4 against it.",
    "Of 12 reasons: 5 for it, 4 against it and 3 open.", "Invited at the start of 2031: member by 2032.",
])  # fmt: skip
def test_what_is_possible_in_a_sentence_is_left_alone(text):
    assert not list(laws.of_text(text))


@pytest.mark.parametrize("columns", [
    dict(share=[101.0]), dict(us_part=[-1.0]), dict(chance_that_all_agree=[123.0]), dict(allies=[-1]), dict(year=[2099]),
    dict(us_share=[60.0], others_share=[41.0]), dict(military=[1.0], financial=[1.0], humanitarian=[1.0], total=[2.0]),
], ids=str)  # fmt: skip
def test_what_is_impossible_in_a_table_is_seen(columns):
    assert list(laws.of_table(pd.DataFrame(columns)))
