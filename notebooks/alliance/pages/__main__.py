"""`python -m alliance.pages OUT`: the lessons as pages in the folder OUT; with `04 05`, only those.

`--zip FILE` puts the folder into one file as well, for a mail or a stick. `--states 20` lists fewer states of each
chart, which takes a third of the time: to look at a change, not to hand out.
"""

import argparse
import os
import pathlib
import sys
import tempfile
import time
import zipfile

from .. import words
from . import site

NOTEBOOKS = pathlib.Path(__file__).parents[2]
LARGEST = 4_000_000  # bytes of the zip


def main(arguments=None):
    """Write the pages, saying how far it has got."""
    parser = argparse.ArgumentParser(prog="python -m alliance.pages", description="Lessons as pages for any browser.")
    parser.add_argument("out", type=pathlib.Path, help="a folder")
    parser.add_argument("lessons", nargs="*", help="numbers of lessons, like 04; all unless given")
    parser.add_argument("--states", type=int, default=site.MOST, help="list at most so many states of a chart")
    parser.add_argument("--zip", type=pathlib.Path, help="put the folder into this file as well")
    chosen = parser.parse_args(arguments)
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["ALLIANCE_ANSWERS"] = str(pathlib.Path(folder, "answers.sqlite"))  # no one's answers get into a page

        paths = notebooks()
        wanted = [path for path in paths if not chosen.lessons or path.name.split("_")[0] in chosen.lessons]
        if not wanted:
            parser.error(f"no lesson is called {' or '.join(chosen.lessons)}; they go up to {paths[-2].stem}")
        sizes = site.write(chosen.out, wanted, lambda line: print(line, flush=True), chosen.states)
    if chosen.zip:
        size = zipped(chosen.out, chosen.zip)
        print(f"{chosen.zip}: {size // 1000} kB")
        if size > LARGEST:
            sys.exit(f"That is more than {LARGEST // 1_000_000} MB, the most that a mail should carry.")
    print(f"{words.counted(len(sizes), 'page')} after {time.monotonic() - began:.0f} s: {chosen.out / 'index.html'}")


def notebooks():
    """The notebooks that become pages: the lessons in their order, and the guide."""
    return [*sorted(NOTEBOOKS.glob("[0-9][0-9]*_*.ipynb")), NOTEBOOKS / "teacher_guide.ipynb"]


def zipped(folder, file):
    """Put the pages in `folder` into one zip file; returns its bytes."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted([*folder.glob("*.html"), *folder.glob("course/*")]):
            archive.write(path, pathlib.Path("alliance-by-numbers", path.relative_to(folder)))
    return file.stat().st_size


if __name__ == "__main__":
    main()
