"""Exact pins, and a word when one is behind; warnings are errors in the package."""

import importlib.metadata
import os
import pathlib
import re
import statistics
import subprocess
import sys
import tomllib

import pytest

ROOT = pathlib.Path(__file__).parents[1]
PINS = {
    name: version
    for path in ("requirements.txt", "tests/requirements.txt")
    for name, version in re.findall(r"^([\w-]+)==([\w.]+)", (ROOT / path).read_text(encoding="utf-8"), re.MULTILINE)
}


def test_every_requirement_is_pinned_and_explained():
    for path in ("requirements.txt", "tests/requirements.txt"):
        lines = [
            line for line in (ROOT / path).read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")
        ]
        assert all(re.fullmatch(r"[\w-]+==[\w.]+ +# \S.*", line) for line in lines), f"{path}: {lines}"


@pytest.mark.parametrize("name", sorted(PINS))
def test_the_installed_version_is_the_pinned_one(name):
    assert importlib.metadata.version(name) == PINS[name], f"{name}: requirements pin {PINS[name]}"


def test_the_design_card_holds():
    direct = set(re.findall(r"^([\w-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE))
    assert direct == {"jupyterlab", "pandas", "plotly", "ipywidgets", "anywidget", "nbval"}
    shown = {path.name for path in ROOT.iterdir() if not path.name.startswith(".")}
    assert shown <= {"README.md", "requirements.txt", "notebooks", "data", "tests", "LICENSE"}, shown


def test_warnings_are_errors_in_the_package():
    program = "from alliance import *; [load(name) for name in data.names()]; check_setup()"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], cwd=ROOT / "notebooks", capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-1500:]


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["0", "1"])
def test_without_a_browser_the_tests_stop_at_once_with_one_sentence(workers):
    own = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}  # of this run's worker
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-n", workers, "--no-header", "tests/test_browser.py"],
        cwd=ROOT, capture_output=True, text=True, env={**own, "CHROMIUM": "/nowhere/chromium"},
    )  # fmt: skip
    assert done.returncode == 1 and "Traceback" not in done.stdout + done.stderr
    assert done.stdout.count("install one (apt-get install chromium)") == 1, done.stdout
    assert len(done.stdout.splitlines()) < 30, done.stdout


@pytest.mark.slow
def test_importing_the_library_takes_at_most_half_as_long_again_as_what_it_stands_on(tmp_path, record_property):
    settings = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    settings["PYTHONPYCACHEPREFIX"] = str(tmp_path)  # compiled once, as on a learner's second day

    def seconds(modules):
        program = f"import time; start = time.process_time(); import {modules}; print(time.process_time() - start)"
        run = dict(cwd=ROOT / "notebooks", env=settings, capture_output=True, text=True, check=True)
        return float(subprocess.run([sys.executable, "-c", program], **run).stdout)

    bare, ours = "pandas, plotly.graph_objects, ipywidgets, anywidget", "alliance"
    seconds(ours)
    pairs = [(seconds(bare), seconds(ours)) for _ in range(3)]
    ratio = statistics.median(second / first for first, second in pairs)
    record_property("import of alliance against the bare stack", round(ratio, 2))
    assert ratio <= 1.5, pairs


def test_the_edges_of_the_library_have_types_that_hold():
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--config-file", ".mypy.ini"], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-1500:]


def test_the_linter_and_the_formatter_find_nothing():
    assert tomllib.loads((ROOT / ".ruff.toml").read_text(encoding="utf-8"))["target-version"] == "py311"
    for order in (["check", "."], ["format", "--check", "."]):
        done = subprocess.run([sys.executable, "-m", "ruff", *order], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout[-1500:]
