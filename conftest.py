"""What a lesson that no longer says what is saved of it is told with: both texts, whole, the saved one first."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent / "notebooks"))
NOW = {"cell": False}


def pytest_runtest_logstart(nodeid):
    """Remember whether what runs is a cell of a notebook."""
    NOW["cell"] = ".ipynb::" in nodeid


def pytest_assertrepr_compare(left, right):
    """For cells alone: what stood there, what would stand there now, and what differs in brackets, [then → now]."""
    if not NOW["cell"]:
        return None
    from alliance.claims import merged

    saved, now = str(left), str(right)
    both = merged(saved, now) if "<" not in saved else []
    differs = ["what differs:", *indented(both[0])] if len(both) == 1 else []
    return ["saved in the notebook:", *indented(saved), "a fresh run says:", *indented(now), *differs]


def indented(text):
    return [f"    {line}" for line in text.splitlines()]
