"""What every test shares: a copy of the course, one Jupyter server, one browser. A learner's own files stay untouched."""
import os
import pathlib
import tempfile

# Before anything imports `alliance`, and for the kernels that nbval starts: answers go to a file that nobody keeps.
ANSWERS = tempfile.TemporaryDirectory(prefix="alliance-answers-")
os.environ["ALLIANCE_ANSWERS"] = str(pathlib.Path(ANSWERS.name, "answers.sqlite"))

import pytest  # noqa: E402

import lab as jupyter  # noqa: E402

REPOSITORY = pathlib.Path(__file__).resolve().parent.parent


def pytest_unconfigure():
    """Throw the tests' answers away; a worker of pytest-xdist would not do so by itself."""
    ANSWERS.cleanup()


@pytest.fixture(scope="session")
def course(tmp_path_factory):
    """A copy of notebooks/ and data/, for a browser to open and run."""
    return jupyter.copy_course(REPOSITORY, tmp_path_factory.mktemp("course"))


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
