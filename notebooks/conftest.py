"""For the maintainer: a lesson that no longer says what is saved of it is told with both texts, whole, saved first."""

import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent))


def pytest_assertrepr_compare(left, right):
    """Of a cell: what stood there, what would stand there now, and what differs in brackets, [then → now]."""
    from alliance.claims import merged
    from alliance.words import unsealed

    saved, now = unsealed(str(left)), unsealed(str(right))
    both = merged(saved, now) if "<" not in saved else []
    differs = ["what differs:", *indented(both[0])] if len(both) == 1 else []
    return ["saved in the notebook:", *indented(saved), "a fresh run says:", *indented(now), *differs]


def indented(text):
    return [f"    {line}" for line in text.splitlines()]
