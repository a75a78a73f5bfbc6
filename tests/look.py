"""Pictures of a notebook as a learner sees it in JupyterLab, for the eyes of whoever changed it.

    python tests/look.py 04_who_pays_for_what.ipynb pictures [--dark] [--width 390] [--zoom 2]

Runs all cells of a copy of the course, without a network, and writes page-01.png, page-02.png ... into the folder, from
top to bottom. Prints what a test would complain of: errors, requests that leave the machine, charts that are cut or empty.
"""

import argparse
import pathlib
import tempfile

import lab


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", help="its file name in notebooks/")
    parser.add_argument("folder", type=pathlib.Path, help="where the pictures go")
    parser.add_argument("--dark", action="store_true", help="JupyterLab's dark theme")
    parser.add_argument("--width", type=int, default=1280, help="of the window in pixels (1280)")
    parser.add_argument("--zoom", type=float, default=1, help="of the browser: 2 for 200 %%")
    given = parser.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    theme = "JupyterLab Dark" if given.dark else "JupyterLab Light"
    with tempfile.TemporaryDirectory(prefix="look-") as copy:
        course = lab.copy_course(pathlib.Path(__file__).resolve().parents[1], copy)
        with (
            lab.Server(course, theme=theme) as server,
            lab.Browser(given.width, 720, given.zoom, given.dark) as browser,
        ):
            notebook = lab.Notebook(browser, server, f"notebooks/{given.notebook}")
            seconds = notebook.run_all(progress=lambda cell: print(f"  {cell}", flush=True))
            if given.width / given.zoom < 1000:
                notebook.resize(*notebook.size, files=False)
            pictures = notebook.screenshot_pages(given.folder)
            print(f"ran in {seconds:.1f} s; {len(pictures)} pictures in {given.folder}")
            charts = [chart for chart in notebook.charts() if chart["shown"] and "Draw your line" not in chart["name"]]
            print("errors:", notebook.errors() + notebook.warnings() + notebook.complaints or "none")
            print("requests outside:", notebook.outside or "none")
            print("charts cut off:", [chart["title"] for chart in charts if chart["cut"] > 1] or "none")
            print(
                "charts without a mark:",
                [chart["title"] or chart["name"] for chart in charts if not chart["drawn"]] or "none",
            )


if __name__ == "__main__":
    main()
