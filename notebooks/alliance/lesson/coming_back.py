"""A cell run before its lesson's first cell says so in words, from the second day on.

A kernel that knows nothing yet cannot be asked to say it. So the first lesson that runs leaves a line for the next
kernel in the course's own environment, the folder .venv that the start command makes; in no other place.
"""

import pathlib
import sys

COURSE = pathlib.Path(__file__).resolve().parents[3]
SAYS = (
    "This cell needs the first cell of its lesson. Choose Run ▸ Run All Cells: nothing of yours is lost, and no "
    "answer shows before your guess."
)
STARTUP = f"""# Written by the course: a lesson's cell that is run before the lesson's first one says so in words.
def _meet_a_cell_too_early():
    import pathlib, sys

    def met(shell, kind, error, trace, tb_offset=None):
        if "alliance" not in sys.modules and pathlib.Path("alliance", "world.py").exists():
            shell._showtraceback(kind, error, [{SAYS!r}])
        else:
            shell.showtraceback((kind, error, trace), tb_offset=tb_offset)

    get_ipython().set_custom_exc((NameError,), met)


_meet_a_cell_too_early()
"""


def leave_word(prefix=None):
    """Write the line for the next kernel, where the environment is the course's own; returns its path, or None."""
    place = pathlib.Path(prefix or sys.prefix).resolve()
    if not place.is_relative_to(COURSE):
        return None
    file = place / "etc" / "ipython" / "startup" / "50-alliance.py"
    try:
        if not file.exists() or file.read_text(encoding="utf-8") != STARTUP:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(STARTUP, encoding="utf-8")
    except OSError:  # a folder that cannot be written to: then the error reads as Python says it
        return None
    return file
