"""What every test shares: a copy of the course, one Jupyter server, one browser. A learner's own files stay untouched."""

import collections
import gc
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import pytest

import lab as jupyter

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # a disk makes SQLite wait for each answer to be on it
ANSWERS = tempfile.TemporaryDirectory(prefix="alliance-answers-", dir=MEMORY)

collect_ignore = ["template.ipynb", "panels.ipynb"]  # opened by tests of ours; nbval would want saved outputs
REPOSITORY = pathlib.Path(__file__).resolve().parent.parent


def answers_of(path):
    """Let answers go to a file that nobody keeps: one for each file of tests and each notebook, empty at its start."""
    os.environ["ALLIANCE_ANSWERS"] = str(pathlib.Path(ANSWERS.name, f"{path.name}.sqlite"))


answers_of(pathlib.Path("collection"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    """Before the first fixture of a file, and before nbval starts the kernel of a notebook."""
    answers_of(item.path)
    if answers := sys.modules.get("alliance.lesson.answers"):
        answers._unsaved.clear()  # what a test left to be written a second later


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_call(item):
    """The kernel of a notebook has its own file by now; what a timer of this process still writes goes elsewhere."""
    if item.path.suffix == ".ipynb":
        answers_of(pathlib.Path("leftovers"))


def pytest_collection_finish(session):
    """Without workers: see `stop_without_browser`. What was collected stays to the end: no search for garbage goes through it."""
    gc.freeze()
    stop_without_browser(item.nodeid for item in session.items)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_node_collection_finished(ids):
    """With workers: see `stop_without_browser`."""
    stop_without_browser(ids)


def stop_without_browser(tests):
    """Stop before the first test, with one sentence, where some of these tests want a browser and none is there."""
    if "PYTEST_XDIST_WORKER" not in os.environ and any("test_browser" in test for test in tests):
        try:
            jupyter.chromium()
        except jupyter.LabError as error:
            pytest.exit(f'{error} All others run without: pytest -m "not browser".', returncode=1)


def pytest_terminal_summary(terminalreporter):
    """Print what tests counted or measured (`record_property`), over all tests that did."""
    found = collections.defaultdict(list)
    for report in terminalreporter.stats.get("passed", []):
        for name, figure in report.user_properties:
            found[name].append(figure)
    if found:
        terminalreporter.section("measured")
    for name, figures in sorted(found.items()):
        few = f"{min(figures):g} to {max(figures):g} in {len(figures)} tests, together {sum(figures):g}"
        terminalreporter.line(f"{name}: {few if len(figures) > 1 else format(figures[0], 'g')}")


def pytest_unconfigure():
    """Throw the tests' answers away; a worker of pytest-xdist would not do so by itself."""
    ANSWERS.cleanup()


@pytest.fixture
def memory():
    """A folder that no disk makes wait: whether answers are written in time is then no question of what else it does."""
    with tempfile.TemporaryDirectory(prefix="alliance-", dir=MEMORY) as folder:
        yield pathlib.Path(folder)


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A copy of notebooks/ and data/, for a browser to open and run."""
    copy = jupyter.copy_course(REPOSITORY, tmp_path_factory.mktemp("course"))
    for name in ("panels.ipynb", "panels_again.ipynb"):
        shutil.copy(REPOSITORY / "tests" / "panels.ipynb", copy / "notebooks" / name)
    return copy


@pytest.fixture(scope="session")
def server(course):
    """JupyterLab over the copy."""
    with jupyter.Server(course) as server:
        yield server


@pytest.fixture(scope="session")
def browser():
    """Headless Chromium without a way out. Fails, in plain words, where Chromium is missing: these tests never skip."""
    with jupyter.Browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def window(browser):
    """A window of that browser for pages from files; who opens some in it leaves it with `window.forget()`."""
    window = jupyter.Window(browser)
    yield window
    window.context.close()


@pytest.fixture
def lab(browser, server):
    """`lab("01-lesson.ipynb")` opens that notebook of the course in JupyterLab; it is closed when the test ends."""
    opened = []

    def open_notebook(name):
        opened.append(jupyter.Notebook(browser, server, f"notebooks/{name}"))
        return opened[-1]

    yield open_notebook
    for notebook in opened:
        notebook.close()


@pytest.fixture(scope="session")
def walled_off():
    """`walled_off("--net", "ip link set lo up", *command)` runs a command behind walls of its own: `unshare` makes the
    namespace, the shell line furnishes it. Returns the process, its output as text. Skips where no such walls can be built:
    off Linux, or where the system forbids it."""

    def run(wall, furnish, *command, **options):
        inside = ["unshare", wall, "--map-root-user", "sh", "-c", f'{furnish} && exec "$@"', "sh", *map(str, command)]
        return subprocess.run(inside, capture_output=True, text=True, encoding="utf-8", **options)

    try:
        built = run("--mount", "mount -t tmpfs none /mnt", "true").returncode == 0
    except FileNotFoundError:
        built = False
    if not built:
        pytest.skip("needs Linux and leave to make namespaces (unshare)")
    return run
