"""Three from before: at the top of a lesson, checks of other lessons that the learner has met, longest unseen first."""

from .. import checks
from ..controls import Said
from . import answers
from .check import KINDS, Group, key

MOST = 3
NONE = "Nothing yet: when you have done a check in one lesson, up to three come back at the top of the others."


class Before(Group):
    """Up to three checks to be answered anew, each with the lesson that it is from."""

    twin = "Three from before: checks of other lessons that you have done, the longest unseen first."

    def __init__(self, lesson):
        self.asked = [KINDS[found.kind](found, again=True) for found in map(checks.check, unseen(lesson))]
        parts = [
            part
            for asked in self.asked
            for part in (Said(f"From lesson {asked.asked.lesson}, section {asked.asked.section}:"), asked)
        ]
        super().__init__(parts or [Said(NONE)])


def unseen(lesson):
    """The ids of up to three checks of other lessons that have been tried, the one tried longest ago first."""
    known = {key(identifier): identifier for identifier in checks.ids() if identifier.split("-")[0] != lesson}
    rows = [row for row in answers.all() if row["key"] in known]
    return [known[row["key"]] for row in sorted(rows, key=lambda row: row["latest_time"])[:MOST]]


def before(lesson):
    """Up to three checks of lessons other than `lesson` ("05"), to be answered anew; one line where none was done."""
    return Before(lesson)
