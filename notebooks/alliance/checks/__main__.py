"""`python -m alliance.checks`: every check with its answer and reasons, for the teacher; with `04`, one lesson's."""

import argparse

from . import key_for_teachers


def main(arguments=None):
    """Print the checks of all lessons, or of the one named."""
    parser = argparse.ArgumentParser(prog="python -m alliance.checks", description="Checks with answers and reasons.")
    parser.add_argument("lesson", nargs="?", default="", help="a lesson, like 04")
    lesson = parser.parse_args(arguments).lesson
    table = key_for_teachers()
    for row in table[table["check"].str.startswith(lesson)].itertuples():
        print(f"{row.check} (section {row.section}, {row.core}). {row.question}\n  Answer: {row.answer}")
        for option, why in row.reasons:
            print(f"  - {option}: {why}")
        print()


if __name__ == "__main__":
    main()
