"""Cells can be run in any order after the set-up cell, and twice; notebooks are saved clean."""

import random

import pandas as pd
import pytest

import lessons

PATHS = [pytest.param(path, id=path.stem) for path in lessons.PATHS]


@pytest.mark.slow
@pytest.mark.parametrize("path", PATHS)
def test_each_cell_runs_alone_after_the_set_up_cell_and_twice(path, record_property):
    set_up, rest = lessons.set_up_and_rest(path)
    assert len(set_up) == 1, (
        f"{path.name} has {len(set_up)} code cells before its first section; the set-up is one cell"
    )
    record_property("cells run alone", len(rest))
    after_set_up = {}
    lessons.run_cell(set_up[0], after_set_up)
    for source in rest:
        # Tables are copied, so that a cell that writes into one leaves nothing for the next.
        namespace = {
            name: value.copy() if isinstance(value, pd.DataFrame) else value for name, value in after_set_up.items()
        }
        for cell in (source, source):
            lessons.run_cell(cell, namespace)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("path", PATHS)
def test_cells_run_in_any_order(path, seed):
    set_up, rest = lessons.set_up_and_rest(path)
    namespace = {}
    for cell in (*set_up, *random.Random(seed).sample(rest, len(rest))):
        lessons.run_cell(cell, namespace)


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
            assert "<script" not in output.data.get("text/html", ""), f"{path.name}: a saved script"
