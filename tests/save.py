"""Run notebooks and save them with their text outputs, without widget views or state.

    python tests/save.py notebooks/04_who_pays.ipynb ...

What is saved is what nbval compares; how, is told in alliance/update/saved.py.
"""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "notebooks"))

from alliance.update import saved

if __name__ == "__main__":
    for name in sys.argv[1:]:
        saved.save(pathlib.Path(name))
        print(f"saved {name}")
