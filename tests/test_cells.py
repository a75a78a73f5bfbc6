"""Cells can be run in any order after the set-up cell, and twice; notebooks are saved clean."""

import random

import pandas as pd
import pytest

import learner
import lessons
from alliance.words import SEAL

PATHS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_each_cell_runs_alone_after_the_set_up_cell(path, record_property):
    set_up, rest = lessons.set_up_and_rest(path)
    assert len(set_up) == 1, (
        f"{path.name} has {len(set_up)} code cells before its first section; the set-up is one cell"
    )
    record_property("cells run alone", len(rest))
    after_set_up = {}
    lessons.run_cell(set_up[0], after_set_up)
    for source in rest:
        # Tables are copied, so that a cell that writes into one leaves nothing for the next.
        lessons.run_cell(
            source,
            {name: value.copy() if isinstance(value, pd.DataFrame) else value for name, value in after_set_up.items()},
        )


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_cells_run_twice_in_any_order_and_all_that_a_learner_set_stands_there_in_the_next_kernel(
    path, record_property, tmp_path, monkeypatch
):
    """Shuffled, then shuffled otherwise, in one namespace; the first cell of the second round is the last of the first."""
    set_up, rest = lessons.set_up_and_rest(path)
    monkeypatch.setenv("ALLIANCE_ANSWERS", str(tmp_path / "answers.sqlite"))
    namespace, once = {}, random.Random(1).sample(rest, len(rest))
    again = random.Random(2).sample(once[:-1], len(once) - 1)
    for cell in set_up:
        lessons.run_cell(cell, namespace)
    first = {cell: lessons.run_cell(cell, namespace) for cell in once}
    for cell, value in first.items():
        assert not (mine := learner.unkept(value)), f"{path.name}: its own words call it the learner's ({mine}): {cell}"
    left = {cell: [learner.moved(part) for part in learner.inputs(value)] for cell, value in first.items()}
    left = {cell: learner.told(first[cell]) for cell, moved in left.items() if moved}
    learner.next_kernel()
    for cell in set_up:
        lessons.run_cell(cell, namespace)
    second = {cell: lessons.run_cell(cell, namespace) for cell in (once[-1], *again)}
    for cell, stood in left.items():
        assert learner.told(second[cell]) == stood, f"{path.name}, not as it was left: {cell}"
    record_property("inputs left as a learner set them", sum(map(len, left.values())))


@pytest.mark.parametrize("path", PATHS)
def test_a_notebook_is_saved_with_text_outputs_and_nothing_else(path):
    book = lessons.book(path)
    assert "widgets" not in book.metadata, f"{path.name} holds saved widget state"
    assert path.stat().st_size < 150_000, f"{path.name} weighs {path.stat().st_size} bytes"
    for cell in book.cells:
        if cell.cell_type != "code":
            continue
        assert cell.execution_count, f"{path.name}: nbval compares nothing where a cell was not run: {cell.source[:60]}"
        for output in cell.outputs:
            assert output.output_type in ("execute_result", "display_data"), f"{path.name}: {output.output_type} saved"
            kinds = set(output.data)
            assert kinds <= {"text/plain", "text/html", "text/x-reveal", "text/x-answer"}, f"{path.name}: {kinds} saved"
            hidden = [text for kind, text in output.data.items() if kind.startswith("text/x-")]
            assert all(text.startswith(SEAL) for text in hidden), f"{path.name}: an answer can be read in the file"
            assert "<script" not in output.data.get("text/html", ""), f"{path.name}: a saved script"
