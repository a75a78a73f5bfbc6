"""A learner's JupyterLab for tests: a server of its own, a browser that cannot leave this machine, a notebook's page.

    with Server(course) as server, Browser() as browser:
        notebook = Notebook(browser, server, "notebooks/01-first.ipynb")
        notebook.run_all()
        notebook.set_control("Year", 2024)
        assert not notebook.errors() and not notebook.outside

How it stays honest: the real menu command runs the cells, the real mouse and keys move the controls. The only
setting that a learner does not have is `windowingMode: none`: Lab then lays out every cell, so that charts and
controls below the fold can be measured; Notebook 7 is left as it is. Cells are named by their number, [1] for the first code cell.
"""

import contextlib
import importlib.resources
import itertools
import json
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

import psutil
from jupyter_core.paths import jupyter_data_dir
from playwright.sync_api import sync_playwright

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PROGRAMS = [os.environ.get(name, "") for name in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")]  # of Windows
CHROMIUMS = [  # by name on the path, the one without a window's frame first; and where macOS and Windows keep them
    *(
        "chromium-headless-shell",
        "chromium",
        "chromium-browser",
        "google-chrome",
        "google-chrome-stable",
        "microsoft-edge",
        "chrome",
        "msedge",
    ),
    *(f"/Applications/{name}.app/Contents/MacOS/{name}" for name in ("Google Chrome", "Chromium", "Microsoft Edge")),
    *(rf"{folder}\Google\Chrome\Application\chrome.exe" for folder in PROGRAMS),
    *(rf"{folder}\Microsoft\Edge\Application\msedge.exe" for folder in PROGRAMS),
]
SCREEN = {"width": 1280, "height": 720}
LOOPBACK = re.compile(r"^(https?|wss?)://(127\.0\.0\.1|localhost|\[::1\])[:/]|^(data|blob|about|chrome-error|chrome):")
# What a notebook without a line of ours prints too: Lab a missing icon, Notebook 7.6 a plugin without a schema.
JUPYTERS_OWN_NOISE = re.compile(r"favicon\.ico|reading 'schema'\)\n(.*\n)*.*/static/notebook/notebook_core")

IN_PAGE = pathlib.Path(__file__).with_suffix(".js").read_text(encoding="utf-8")

SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "docmanager-extension/plugin": {"autosave": False},
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False, "doNotDisturbMode": True},
    "apputils-extension/sessionDialogs": {"skipKernelRestartDialog": True},
}


QUIET = 0.15  # seconds without a move after which a page is looked at more closely

FOCUSED = {  # what in a control has the keyboard's focus
    "slider": ".noUi-handle",
    "dropdown": "select",
    "toggle buttons": "button:not(.mod-active)",
    "radio": "input",
    "checkbox": "input",
    "text": "input, textarea",
}


class LabError(AssertionError):
    """Something in the notebook did not go as a learner would expect; the message says what and where."""


def copy_course(repository, folder):
    """Copy what a learner has, notebooks/ and data/, into `folder`, and return it: a test never writes into the tree."""
    for name in ("notebooks", "data"):
        source = pathlib.Path(repository, name)
        if source.is_dir():
            junk = shutil.ignore_patterns("__pycache__", ".ipynb_checkpoints", ".pytest_cache")
            shutil.copytree(source, pathlib.Path(folder, name), ignore=junk, dirs_exist_ok=True)
    return pathlib.Path(folder)


def chromium():
    """The path of a Chromium: $CHROMIUM, or the first one installed. Raises LabError in plain words if there is none."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if not found or not shutil.which(found):
        raise LabError(
            "The browser tests need Chromium, Chrome or Edge: install one (apt-get install chromium), or set CHROMIUM to "
            "its path."
        )
    return found


def wait_until(ready, seconds, complaint, pause=time.sleep, every=0.1):
    """Poll `ready()` until it is true; return it. Raises LabError(complaint()) after `seconds`."""
    deadline = time.monotonic() + seconds
    while not (answer := ready()):
        if time.monotonic() > deadline:
            raise LabError(complaint())
        pause(every)
    return answer


# Words that reach beyond their chart.
CLIPPED = """() => [...document.querySelectorAll('.abn-plot')].flatMap((plot) => {
  const edge = plot.getBoundingClientRect();
  return [...plot.querySelectorAll('.main-svg text')].filter((text) => text.textContent.trim() && text.checkVisibility()).filter((text) => {
    const { left, right, top, bottom, width } = text.getBoundingClientRect();
    return width && (left < edge.left - 2 || right > edge.right + 2 || top < edge.top - 2 || bottom > edge.bottom + 2);
  }).map((text) => `${text.textContent.slice(0, 40)} in ${plot.getAttribute("aria-label").slice(0, 60)}`);
})"""

# A key that lies on the marks of its chart, and words that are not level.
ASTRAY = """() => [...document.querySelectorAll('.abn-plot')].filter((plot) => plot.checkVisibility()).flatMap((plot) => {
  const [key, area] = ['.legend .bg', '.nsewdrag'].map((part) => plot.querySelector(part)?.getBoundingClientRect());
  const lies = key && area && Math.min(key.bottom, area.bottom) - Math.max(key.top, area.top) > 3;
  const words = [...plot.querySelectorAll('.main-svg text')].filter((text) => /rotate\\((?!0[,)])/.test(text.getAttribute('transform') ?? ''));
  return [...(lies ? ['the key'] : []), ...words.map((text) => text.textContent)].map((what) => `${what} in ${plot.getAttribute("aria-label").slice(0, 60)}`);
})"""

# Sources that take more than one line.
MANY_LINES = """() => [...document.querySelectorAll('.abn-source')].filter((line) => line.checkVisibility() && line.textContent)
  .filter((line) => line.getBoundingClientRect().height > 1.5 * parseFloat(getComputedStyle(line).lineHeight)).map((line) => line.textContent)"""

AXE = """async ([include, options]) => {
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
  const body = document.body.style, drawings = [...document.querySelectorAll(".main-svg")].map((one) => [one, [...one.childNodes]]);
  const exclude = [[".main-svg"], [".cm-content"]];
  for (const [drawing] of drawings) drawing.replaceChildren();
  body.overflow = "visible";
  try {
    const { violations } = await axe.run({ include, exclude }, { resultTypes: ["violations"], preload: false, ...options });
    const heavy = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
    return heavy.flatMap(({ id, nodes }) => nodes.map(({ html, target }) => ({ rule: id, html: html.slice(0, 200), target: target.flat().at(-1) })));
  } finally {
    body.overflow = "";
    for (const [drawing, marks] of drawings) drawing.replaceChildren(...marks);
  }
}"""


def axe(page, include, **options):
    """axe-core's serious and critical findings under selectors (a list of lists): dicts of rule, html and target, a selector.

    The marks of charts are left out, and taken off the page meanwhile: axe would read them all the same, and take twice as long.
    """
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(importlib.resources.files("axe_playwright_python").joinpath("axe.min.js").read_text())
    return page.evaluate(AXE, [include, options])


class Server:
    """JupyterLab (`app="lab"`) or Notebook 7 (`app="notebook"`) over `root_dir`, with folders and settings of its own.

    Kernels and lab extensions come from the running Python; nothing of the user's Jupyter is read or written.
    It stops by itself after half an hour without a page, should a test run be killed.
    """

    def __init__(self, root_dir, app="lab", theme="JupyterLab Light"):
        self.root_dir, self.app = pathlib.Path(root_dir), app
        self.settings = SETTINGS | {"apputils-extension/themes": {"theme": theme}}
        if app == "notebook":  # as every learner has it
            del self.settings["notebook-extension/tracker"]

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="alliance-lab-"))
        for name, content in self.settings.items():
            path = self.folder / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(json.dumps(content))
        self.log = self.folder / "server.log"
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                self._command(),
                env=self._environment(),
                cwd=self.root_dir,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        try:
            self.url = wait_until(self._find_url, 60, lambda: f"Jupyter did not start:\n{self.log.read_text()[-2000:]}")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        family = []
        with contextlib.suppress(psutil.NoSuchProcess):
            family = psutil.Process(self.process.pid).children(recursive=True)
        self.process.send_signal(signal.SIGTERM)  # Jupyter then stops its kernels
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        for kernel in psutil.wait_procs(family, timeout=3)[1]:
            with contextlib.suppress(psutil.NoSuchProcess):
                kernel.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def page_url(self, path):
        """Where a learner finds `path`, in a workspace never used before: Lab would reopen yesterday's tabs."""
        if self.app == "notebook":
            return f"{self.url}notebooks/{path}"
        return f"{self.url}lab/workspaces/test-{time.monotonic_ns()}/tree/{path}?reset"

    def _command(self):
        module = {"lab": "jupyterlab", "notebook": "notebook"}[self.app]
        options = [
            "--no-browser", "--expose-app-in-browser", "--LabApp.news_url=", "--LabApp.extension_manager=readonly",
            "--ServerApp.ip=127.0.0.1", "--ServerApp.port=18888", "--ServerApp.port_retries=200", "--IdentityProvider.token=",
            f"--ServerApp.root_dir={self.root_dir}", "--ServerApp.terminals_enabled=False",
            "--LanguageServerManager.autodetect=False", "--ServerApp.shutdown_no_activity_timeout=1800",
            "--MappingKernelManager.cull_idle_timeout=1800", "--MappingKernelManager.cull_connected=True",
        ]  # fmt: skip
        as_root = ["--allow-root"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        return [sys.executable, "-m", module, *options, *as_root]

    def _environment(self):
        own = {
            "JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime",
            "JUPYTERLAB_SETTINGS_DIR": "settings", "JUPYTERLAB_WORKSPACES_DIR": "workspaces", "IPYTHONDIR": "ipython",
            "ALLIANCE_ANSWERS": "answers.sqlite",
        }  # fmt: skip
        # A `pip install --user` keeps its kernels and lab extensions in the user's data folder: still look there.
        search = os.pathsep.join(filter(None, [os.environ.get("JUPYTER_PATH"), jupyter_data_dir()]))
        return os.environ | {name: str(self.folder / where) for name, where in own.items()} | {"JUPYTER_PATH": search}

    def _find_url(self):
        if self.process.poll() is not None:
            raise LabError(f"Jupyter stopped at its start:\n{self.log.read_text()[-2000:]}")
        for info in (self.folder / "runtime").glob("jpserver-*.json"):
            with contextlib.suppress(ValueError, OSError, urllib.error.URLError):
                url = json.loads(info.read_text())["url"]
                urllib.request.urlopen(f"{url}api/status", timeout=5).close()
                return url
        return None


class Browser:
    """Headless Chromium that reaches loopback only; `zoom=2` shows what a browser zoomed to 200 % shows."""

    def __init__(self, width=1280, height=720, zoom=1, dark=False):
        self.width, self.height, self.zoom, self.dark = width, height, zoom, dark

    def __enter__(self):
        path = chromium()
        self._playwright = sync_playwright().start()
        # No name resolves but loopback's: pages, workers, web sockets and Chromium's own chatter all stay in.
        walls = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
        try:
            self._chromium = self._playwright.chromium.launch(executable_path=path, args=[*CHROMIUM_FLAGS, walls])
            self.context = self._chromium.new_context(
                viewport={"width": int(self.width / self.zoom), "height": int(self.height / self.zoom)},
                device_scale_factor=self.zoom,
                color_scheme="dark" if self.dark else "light",
            )
        except BaseException:
            self._playwright.stop()
            raise
        return self

    def __exit__(self, *_):
        self._chromium.close()
        self._playwright.stop()


class Log:
    """What a page asked for and complained of, from its first moment on."""

    def __init__(self, page):
        self.pending = set()
        self.forget()
        page.on("request", self._request)
        page.on("requestfinished", lambda request: self.pending.discard(request))
        page.on("requestfailed", lambda request: self.pending.discard(request))
        page.on("websocket", self._listen)
        page.on("console", lambda message: message.type == "error" and self._complain(message.text, message.location))
        page.on("pageerror", lambda error: self._complain(f"{error.name}: {error.message}\n{error.stack or ''}", {}))

    def forget(self):
        """Begin anew, for another notebook on the same page."""
        self.requests, self.outside, self.complaints, self.noise = [], [], [], []
        self.bytes_received, self.last_frame = 0, time.monotonic()

    def _request(self, request):
        self.pending.add(request)
        self._asked(request.url)

    def _asked(self, url):
        self.requests.append(url)
        if not LOOPBACK.match(url):
            self.outside.append(url)

    def _complain(self, text, location):
        said = f"{text} ({location['url']})" if location.get("url") else text
        (self.noise if JUPYTERS_OWN_NOISE.search(said) else self.complaints).append(said)

    def _listen(self, socket):
        self._asked(socket.url)
        socket.on("framereceived", self._received)
        socket.on("framesent", self._sent)

    def _received(self, payload):
        self.bytes_received += len(payload if isinstance(payload, bytes) else payload.encode())
        self.last_frame = time.monotonic()

    def _sent(self, _):
        self.last_frame = time.monotonic()


class Window:
    """A browser's window for pages that are opened from a file: `forget()` makes it as good as new for the next visitor.

    A tab that has read plotly.js once need not compile it anew, which is most of the time that opening a page takes.
    """

    def __init__(self, browser):
        self.context = browser.context.browser.new_context(viewport=SCREEN, accept_downloads=True)
        self.tabs, self.taken = [], 0

    def open(self, path):
        """The page at `path`, in a tab of its own until `forget()`; `page.log` is what it asked for and complained of."""
        if self.taken == len(self.tabs):
            self.tabs.append(self.context.new_page())
            self.tabs[-1].set_default_timeout(10_000)
            self.tabs[-1].log = Log(self.tabs[-1])
        page = self.tabs[self.taken]
        self.taken += 1
        page.log.forget()
        page.bring_to_front()  # a tab behind another one is drawn once a second at most
        page.goto(path.as_uri())
        return page

    def forget(self):
        """Leave all pages, then throw away what they kept: some keep more on being left."""
        for page in self.tabs[: self.taken]:
            page.goto("about:blank")
            page.set_viewport_size(SCREEN)
            page.emulate_media(media="null", color_scheme="null", forced_colors="null")
        for page in self.tabs[:1]:
            kept = self.context.new_cdp_session(page)
            kept.send("Storage.clearDataForOrigin", {"origin": "file://", "storageTypes": "all"})
            kept.detach()
        self.taken = 0


class Notebook:
    """One notebook, opened as a learner opens it. Every method waits as long as a patient learner would, no longer."""

    def __init__(self, browser, server, path):
        self.page = browser.context.new_page()
        self.page.set_default_timeout(15_000)
        self.size = self.page.viewport_size["width"], self.page.viewport_size["height"]
        self.page.add_init_script(IN_PAGE)
        self.log, self.server, self._files = Log(self.page), server, True
        self._open(path, lambda: self.page.goto(server.page_url(path)))

    def go_on_to(self, path):
        """Close this notebook and open another in the same JupyterLab, as a learner does who goes through the course.

        The window is of its first size again before the other one opens.
        """
        self._ask("close")
        self._resize(*self.size, files=True)
        self.log.forget()
        self._open(path, lambda: self._ask("run", "docmanager:open", {"path": path}))

    def _open(self, path, how):
        if not (self.server.root_dir / path).is_file():
            raise LabError(f"There is no notebook {path} in {self.server.root_dir}.")
        self.path = str(path)
        how()
        self._wait("to open", 60, lambda state: state["open"] == self.path and state["kernel"] == "idle")
        self._ask("listen")

    # Running

    def run_all(self, timeout=180, progress=None):
        """Run every cell; return the seconds until the kernel's last word. Cells stop at the first error: see `errors()`.

        `progress(sentence)`, if given, hears when another cell has run. Raises LabError, naming the cell, on timeout.
        """
        return self._run("notebook:run-all-cells", timeout, progress)

    def restart_and_run_all(self, timeout=180, progress=None):
        """As `run_all`, in a new kernel."""
        return self._run("notebook:restart-run-all", timeout, progress)

    def settle(self, timeout=60):
        """Wait until the kernel has done all that it was asked, and messages, requests and the notebook's page are quiet.

        A chart still to be drawn, a request or a message without an answer is waited for, but not for ever.
        """

        began = time.monotonic()

        def calm(state):
            still = min(time.monotonic() - max(began, self.log.last_frame), state["still"])
            patience = 15 if state["undrawn"] else 4 if self.log.pending or state["sent"] else QUIET
            return state["kernel"] == "idle" and not state["waiting"] and still > patience and self._ask("rests")

        self._wait("to settle", timeout, calm, every=QUIET / 3)

    def resize(self, width, height, files=True):
        """Another size of window, and Lab's file browser beside the notebook or, as where one needs the room, folded away."""
        self._resize(width, height, files)
        self.settle()

    def _resize(self, width, height, files):
        if files != self._files:
            self._ask("run", "application:toggle-left-area")
        self._files = files
        self.page.set_viewport_size({"width": width, "height": height})

    def kill_kernel(self):
        """End the kernel's process as a system does that is out of memory."""
        kernel = self.page.evaluate("() => window.jupyterapp.shell.currentWidget.sessionContext.session.kernel.id")
        for process in psutil.Process(self.server.process.pid).children(recursive=True):
            if any(kernel in part for part in process.cmdline()):
                process.kill()

    def close(self):
        """Shut the kernel down and close the tab, without saving."""
        with contextlib.suppress(Exception):
            self._ask("close")
        self.page.close()

    def _run(self, command, timeout, progress):
        began = time.monotonic()
        self._ask("run", command)
        self._wait("to run", timeout, lambda state: state["ran"] and not state["waiting"], progress)
        if failure := self._ask("failure"):
            raise LabError(f"{self.path}: {command} failed: {failure}")
        self.settle(timeout=max(5, timeout - (time.monotonic() - began)))
        return max(self.log.last_frame, began) - began

    def _wait(self, what, seconds, ready, progress=None, every=0.1):
        last = {}

        def look():
            state = self._ask("state", QUIET)
            if progress and state["next"] != last.get("next") and state["next"]:
                progress(state["next"])
            last.update(state)
            return ready(state)

        def complaint():
            return f"{self.path} took over {seconds:.0f} s {what}: " + ", ".join(f"{k} {v!r}" for k, v in last.items())

        wait_until(look, seconds, complaint, lambda pause: self.page.wait_for_timeout(1000 * pause), every)

    # Seeing

    @property
    def outside(self):
        """Addresses off this machine that the page asked for; each was refused."""
        return self.log.outside

    @property
    def complaints(self):
        """Console errors and uncaught page errors, without Lab's own (those are in `log.noise`)."""
        return self.log.complaints

    def errors(self):
        """The texts of all errors: cells, Output widgets, and callbacks, whose errors Lab shows nowhere."""
        return self._ask("errors")

    def warnings(self):
        """What the kernel wrote to stderr, which a learner sees on a pink ground or, from a callback, not at all."""
        return [said for said in self._ask("warnings") if not said.startswith("No such comm")]  # Lab asks too early

    def outputs(self):
        """A dict for each code cell: cell (number), count ([n], None if it has not run), source, text, kinds (MIME types), box."""
        return self._ask("outputs")

    def charts(self):
        """A dict for each plotly chart: cell, title, name (its accessible name), marks (drawn, by kind), drawn (their sum),
        shown, box, and cut: the pixels by which it is wider or taller than its place, lost to the learner."""
        return self._ask("charts")

    def controls(self):
        """A dict for each control in an output: cell, kind, label, value, options, disabled, shown, plus index, for `control`."""
        return self._ask("controls")

    def panels(self):
        """A dict for each panel: index, cell, controls, and explores: whether each step of a control redraws its chart."""
        return self._ask("panels")

    def remember(self, panel):
        """Remember the words and marks of a panel, for `wait_for_words`."""
        self._ask("remember", panel["index"])

    def wait_for_words(self, panel, again=False, timeout=10):
        """Wait until a panel says something else than is remembered, or with `again` the very same.

        Returns a dict: after (milliseconds, None if it never does), and alerts, the messages that the panel then shows.
        """
        return self._ask("panelChanges", panel["index"], again, 1000 * timeout)

    def cut_off(self):
        """The parts of panels that reach beyond the output they stand in, lost to the learner; as HTML, at most two of a panel."""
        return self._ask("cutOff")

    def beyond_the_screen(self):
        """The charts that are not seen at once with their controls and their sentence: dicts of cell, title, controls, span
        and seen, in pixels."""
        return [one for one in self._ask("spans") if one["span"] > one["seen"]]

    def screenshot(self, path):
        """What the window shows now."""
        self.page.screenshot(path=path)

    def screenshot_pages(self, folder, height=1400):
        """The notebook from top to bottom, page-01.png and so on, cut between cells where it can be. Returns the paths.

        It leaves the notebook scrolled to its top.
        """
        folder, paths = pathlib.Path(folder), []
        with self._window(height=height + 120):
            cuts = self._ask("pageCuts")
            for number, (top, bottom) in enumerate(itertools.pairwise(cuts), start=1):
                clip = self._ask("scrollTo", top, bottom)
                self.page.wait_for_timeout(150)
                paths.append(folder / f"page-{number:02d}.png")
                self.page.screenshot(path=paths[-1], clip=clip)
        self._ask("scrollTo", 0, 1)
        return paths

    def axe(self):
        """axe-core's serious and critical findings inside outputs, as `axe` gives them, each with its cell.

        Left out: what Lab draws by itself, the code of cells and texts. Texts are looked at as pages.
        """
        # axe takes what is scrolled away for hidden, and all of Lab too, whose body is 0 high: it would skip every contrast.
        with self._window(height=self._ask("height")):
            self._ask("scrollTo", 0, 1)
            found = axe(self.page, [[".jp-Notebook .jp-OutputArea-output"]])
        inside = [one | {"cell": self._ask("cellWith", one["target"])} for one in found]
        return [one for one in inside if one["cell"] is not None]

    # Doing

    def control(self, label, cell=None, nth=0):
        """The control with that label (or accessible name), as `controls()` describes it. Raises LabError naming those there are."""
        everything = [one for one in self.controls() if cell in (None, one["cell"])]
        named = [one for one in everything if one["label"] == label] or [
            one for one in everything if one["label"].rstrip(":").casefold() == label.rstrip(":").casefold()
        ]
        if len(named) <= nth:
            there = ", ".join(sorted({repr(one["label"]) for one in everything})) or "none at all"
            raise LabError(
                f"{self.path} has no control {label!r} (number {nth + 1}) in cell {cell or 'any'}; there are: {there}"
            )
        return named[nth]

    def set_control(self, label, value, cell=None, nth=0):
        """Set a control as a learner does, and wait until the notebook has settled.

        A dropdown, radio or toggle button, list and SelectionSlider take the text of the option, a checkbox True or False,
        a button anything (it is pressed), a slider a number (a pair, for a range slider), a text box what to type.
        """
        control = self.control(label, cell, nth)
        place = self.page.locator(f'[data-control="{control["index"]}"]')
        place.scroll_into_view_if_needed()
        move = getattr(self, "_set_" + control["kind"].replace(" ", "_"))
        move(place, value, control)
        self.settle()

    def wait_for_answers(self):
        """Wait until the kernel has done what it was asked and the page has drawn it: the moment that a hand needs."""
        self._ask("answered")

    def nudge(self, control):
        """Move a control one step by keyboard alone, or press a button.

        Returns the key that leads back, for `nudge_back`; "" if the control has gone or cannot be moved now.
        """
        kind = control["kind"]
        place = self._ask("focus", control["index"], None if control["native"] else FOCUSED.get(kind))
        if not place:
            return ""
        if kind == "slider":
            keys = ["ArrowLeft", "ArrowRight"] if place["last"] else ["ArrowRight", "ArrowLeft"]
        elif kind in ("dropdown", "radio") and control["value"]:
            last = control["options"][-1] == control["value"]
            keys = ["ArrowUp", "ArrowDown"] if last else ["ArrowDown", "ArrowUp"]
        elif kind == "text":
            self.page.keyboard.press("ControlOrMeta+a")
            self.page.keyboard.type("1")
            keys = ["Tab", "Tab"]
        else:
            keys = ["Space", "Space"] if kind in ("checkbox", "radio") else ["Enter", "Enter"]
        self.page.keyboard.press(keys[0])
        return keys[1]

    def nudge_back(self, control, key):
        """Press the key that undoes a `nudge`."""
        if control["kind"] == "toggle buttons":
            self._ask("focus", control["index"], "button", control["value"])
        self.page.keyboard.press(key)

    def focus(self, label, cell=None, nth=0):
        """Put the keyboard's focus on a control: the first thing in it that can have it."""
        place = self.page.locator(f'[data-control="{self.control(label, cell, nth)["index"]}"]')
        inner = place.locator("select, input, textarea, button, [tabindex='0']")
        (inner.first if inner.count() else place).focus()

    def press(self, key, times=1):
        """Press a key, as Playwright names it, where the focus is, and wait until the notebook has settled."""
        for _ in range(times):
            self.page.keyboard.press(key)
        self.settle()

    def _set_dropdown(self, place, value, control):
        if str(value) not in control["options"]:
            raise LabError(f"{control['label']!r} has no option {value!r}; it has {control['options']}")
        box = place if control["native"] else place.locator("select")
        box.select_option(label=str(value))

    _set_list = _set_dropdown

    def _set_toggle_buttons(self, place, value, control):
        place.locator("button").filter(has_text=self._exactly(value)).click()

    def _set_radio(self, place, value, control):
        place.locator(".widget-radio-box label").filter(has_text=self._exactly(value)).locator("input").check()

    def _set_checkbox(self, place, value, control):
        (place if control["native"] else place.locator("input[type=checkbox]")).set_checked(bool(value))

    def _set_button(self, place, value, control):
        place.click()

    def _set_text(self, place, value, control):
        box = place if control["native"] else place.locator("input, textarea").first
        box.fill(str(value))
        box.press("Tab" if box.evaluate("(e) => e.tagName === 'TEXTAREA'") else "Enter")

    def _set_slider(self, place, value, control):
        if control["native"]:
            return place.fill(str(value))
        handles = place.locator(".noUi-handle")
        if isinstance(value, str):
            return self._step_to_text(place, handles.first, value, control)
        wanted = value if isinstance(value, (tuple, list)) else (value,)
        for number, target in enumerate(wanted):
            self._step_to_number(handles.nth(number), target, control)
        return None

    @staticmethod
    def _exactly(option):
        return re.compile(rf"^\s*{re.escape(str(option))}\s*$")

    def _step_to_number(self, handle, target, control, most=3000):
        handle.focus()
        last = None
        for _ in range(most):
            now = float(handle.get_attribute("aria-valuenow"))
            if abs(now - target) < 1e-9:
                return
            if now == last or (last is not None and (now - target) * (last - target) < 0):
                raise LabError(
                    f"{control['label']!r} stops at {now:g}, the arrow keys do not reach {target:g} "
                    "(Jupyter takes the keys from a handle without data-lm-suppress-shortcuts)"
                )
            handle.press("ArrowRight" if now < target else "ArrowLeft")
            last = now
        raise LabError(f"{control['label']!r} did not reach {target:g} in {most} steps")

    def _step_to_text(self, place, handle, target, control):
        seen = []
        handle.press("Home")
        while (now := place.locator(".widget-readout").inner_text().strip()) != target:
            if now in seen[-1:]:
                raise LabError(f"{control['label']!r} has no option {target!r}; it has {seen}")
            seen.append(now)
            handle.press("ArrowRight")

    # The window and the page's own helpers

    @contextlib.contextmanager
    def _window(self, height):
        """A window of another height for a while: for pictures of more than fits the screen."""
        size = self.page.viewport_size
        self.page.set_viewport_size({"width": size["width"], "height": min(int(height), 30_000)})
        self.page.wait_for_timeout(150)
        try:
            yield
        finally:
            self.page.set_viewport_size(size)
            self.page.wait_for_timeout(100)

    def _ask(self, helper, *arguments):
        return self.page.evaluate(f"(given) => inPage.{helper}(...given)", list(arguments))
