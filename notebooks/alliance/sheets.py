"""`python -m alliance.sheets FOLDER`: a pupil's sheet a lesson, each a page for any browser to print."""

import argparse
import pathlib
import sys

from markupsafe import Markup

from .lesson.sheet import lessons, pupils_sheet

PAGE = Markup("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Lesson {lesson}</title>
<style>
@page {{ size: A4; margin: 14mm; }}
body {{ font: 14px sans-serif; max-width: 180mm; margin: auto; }}
summary {{ list-style: none; font-weight: bold; }}
h4 {{ margin: 1em 0 0.3em; break-after: avoid; }}
ul {{ margin: 0; break-inside: avoid; }}
</style></head><body>
{body}
</body></html>
""")


def main(arguments=None):
    """Write the sheets of all lessons, or of the one named, into a folder."""
    parser = argparse.ArgumentParser(prog="python -m alliance.sheets", description="A sheet a lesson, to print.")
    parser.add_argument("folder", type=pathlib.Path, help="where to write them; it is made if it is not there")
    parser.add_argument("lesson", nargs="?", help="a lesson, like 04")
    asked = parser.parse_args(arguments)
    asked.folder.mkdir(parents=True, exist_ok=True)
    for lesson in [asked.lesson] if asked.lesson else lessons():
        path = asked.folder / f"sheet_{lesson}.html"
        body = pupils_sheet(lesson, opened=True)
        path.write_text(PAGE.format(lesson=lesson, body=body), encoding="utf-8")
        print(f"wrote {path}")


if __name__ == "__main__":
    sys.exit(main())
