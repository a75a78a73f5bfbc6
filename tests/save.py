"""Run notebooks and save them with their text outputs, without widget views or state.

    python tests/save.py notebooks/04_who_pays.ipynb ...

What is saved is what nbval compares: text twins, tables, cards. Widget views would only say
'model not found' when a saved notebook is opened again, and widget state weighs megabytes.
"""

import os
import pathlib
import sys
import tempfile

import nbformat
from nbclient import NotebookClient

VIEW = "application/vnd.jupyter.widget-view+json"


def save(path):
    """Run the notebook at `path` in its folder and write it back; raises if a cell fails."""
    book = nbformat.read(path, as_version=4)
    client = NotebookClient(
        book, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}, store_widget_state=False
    )
    client.execute()
    book.metadata.pop("widgets", None)
    for cell in book.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop(VIEW, None)
    nbformat.write(book, path)


if __name__ == "__main__":
    os.environ["ALLIANCE_ANSWERS"] = os.path.join(tempfile.mkdtemp(), "answers.sqlite")
    for name in sys.argv[1:]:
        save(pathlib.Path(name))
        print(f"saved {name}")
