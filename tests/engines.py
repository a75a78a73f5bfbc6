"""Firefox and WebKit (Safari's engine) for tests of the pages, each spoken to in its own protocol, without a driver of ours.

    with Firefox() as browser:
        browser.open("file:///.../04.html")
        assert browser.evaluate("document.title")
        browser.requests

Firefox speaks WebDriver BiDi over a socket, WebKitGTK the older WebDriver over HTTP (`apt-get install firefox-esr
webkit2gtk-driver xvfb`). Where an engine is not on the machine `missing()` says so in words.
"""

import asyncio
import contextlib
import itertools
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

from tornado.websocket import websocket_connect

SECONDS = 60  # for any one answer


def _said_in(log, pattern, process):
    """What a starting program says of itself in `log`: the first group of `pattern`."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        if found := re.search(pattern, log.read_text(errors="replace")):
            return found[1]
        time.sleep(0.1)
    raise RuntimeError(f"it did not start: {log.read_text(errors='replace')[-500:]}")


class Engine:
    """What both have in common: a folder of their own, a process, a size of window."""

    size = (1024, 768)  # an iPad's

    def __enter__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="alliance-engine-"))
        self.log, self.requests = self.folder / "log", []
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_):
        for process in self.processes:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(5)
            if process.poll() is None:
                process.kill()
                process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, *command, **environment):
        """Start a program that ends with this engine; what it says goes into the log."""
        with self.log.open("a") as log:
            made = subprocess.Popen(command, stdout=log, stderr=log, env=os.environ | environment, cwd=self.folder)
        self.processes = [*self.processes, made]
        return made

    processes: list = []


class Firefox(Engine):
    """Headless Firefox over WebDriver BiDi; every request of the page is logged, none can leave the machine."""

    SETTINGS = {"network.proxy.type": 1, "network.proxy.http": "127.0.0.1", "network.proxy.http_port": 9,
                "network.proxy.ssl": "127.0.0.1", "network.proxy.ssl_port": 9, "network.dns.disabled": True}  # fmt: skip

    @staticmethod
    def missing():
        """'' or why it cannot be tried here."""
        found = shutil.which("firefox-esr") or shutil.which("firefox")
        return "" if found else "Firefox is not on this machine (apt-get install firefox-esr)"

    def start(self):
        """A Firefox with a profile of its own, and one page in it."""
        profile = self.folder / "profile"
        profile.mkdir()
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in self.SETTINGS.items())
        (profile / "user.js").write_text("".join(lines))
        program = shutil.which("firefox-esr") or shutil.which("firefox")
        process = self.run(program, "--headless", "--remote-debugging-port=0", "--profile", str(profile), "--no-remote")
        address = _said_in(self.log, r"WebDriver BiDi listening on (ws://\S+)", process)
        self._loop, self._numbers = asyncio.new_event_loop(), itertools.count(1)
        threading.Thread(target=self._loop.run_forever, daemon=True).start()
        self._socket = self._run(websocket_connect, f"{address}/session", max_message_size=2**28)
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["network.beforeRequestSent"])
        self._page = self._ask("browsingContext.getTree")["contexts"][0]["context"]
        width, height = self.size
        self._ask("browsingContext.setViewport", context=self._page, viewport={"width": width, "height": height})

    def __exit__(self, *_):
        if hasattr(self, "_socket"):
            self._loop.call_soon_threadsafe(self._socket.close)
            self._loop.call_soon_threadsafe(self._loop.stop)
        super().__exit__()

    def _run(self, act, *given, **named):
        """Wait for what happens on the socket; its loop has a thread of its own, as Playwright's runs in this one."""

        async def acting():
            return await act(*given, **named)

        return asyncio.run_coroutine_threadsafe(acting(), self._loop).result(SECONDS)

    def _ask(self, method, **parameters):
        number = next(self._numbers)
        self._run(self._socket.write_message, json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            said = json.loads(self._run(self._socket.read_message))
            if said.get("method") == "network.beforeRequestSent":
                self.requests.append(said["params"]["request"]["url"])
            elif said.get("id") == number:
                if said["type"] == "error":
                    raise RuntimeError(f"{method}: {said['message']}")
                return said["result"]

    def open(self, address):
        """Go to an address, until it is loaded."""
        self._ask("browsingContext.navigate", context=self._page, url=address, wait="complete")

    def evaluate(self, code):
        """What an expression gives (JSON), awaited where it is a promise."""
        wrapped = f"Promise.resolve({code}).then((found) => JSON.stringify(found ?? null))"
        told = self._ask("script.evaluate", expression=wrapped, target={"context": self._page}, awaitPromise=True)
        if told["type"] == "exception":
            raise RuntimeError(told["exceptionDetails"]["text"])
        return json.loads(told["result"]["value"])


class WebKit(Engine):
    """WebKitGTK's small browser over WebDriver; what it asks for is what the page itself has noted."""

    @staticmethod
    def missing():
        """'' or why it cannot be tried here."""
        absent = [name for name in ("WebKitWebDriver", "Xvfb") if not shutil.which(name)]
        return f"{' and '.join(absent)} not on this machine (apt-get install webkit2gtk-driver xvfb)" if absent else ""

    def start(self):
        """A screen that nobody sees, the driver, and one window."""
        told = self.folder / "display"
        with told.open("w") as file:
            screen = subprocess.Popen(["Xvfb", "-displayfd", "1", "-screen", "0", "1400x1000x24"], stdout=file,
                                      stderr=subprocess.DEVNULL)  # fmt: skip
        self.processes = [screen]
        display = ":" + _said_in(told, r"(\d+)", screen)
        port = 20_000 + os.getpid() % 20_000
        quiet = {
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
            "http_proxy": "http://127.0.0.1:9",
            "no_proxy": "127.0.0.1",
            "HOME": str(self.folder),
        }
        self.run(shutil.which("WebKitWebDriver"), f"--port={port}", "--host=127.0.0.1", DISPLAY=display, **quiet)
        self._address = f"http://127.0.0.1:{port}"
        deadline = time.monotonic() + SECONDS
        while True:
            try:
                self._session = self._ask("POST", "", capabilities={})["sessionId"]
                break
            except urllib.error.URLError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)
        width, height = self.size
        self._ask("POST", "/window/rect", width=width, height=height)
        self._ask("POST", "/timeouts", script=SECONDS * 1000)

    _session = ""

    def _ask(self, method, path, **parameters):
        address = f"{self._address}/session{'/' if self._session else ''}{self._session}{path}"
        asked = urllib.request.Request(address, json.dumps(parameters).encode(), method=method)
        asked.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(asked, timeout=SECONDS) as told:
                return json.loads(told.read())["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(error.read().decode()[:500]) from error

    def open(self, address):
        """Go to an address, until it is loaded."""
        self._ask("POST", "/url", url=address)

    def evaluate(self, code):
        """What an expression gives (JSON), awaited where it is a promise."""
        script = (
            "const done = arguments[arguments.length - 1];"
            f"Promise.resolve().then(() => ({code})).then((found) => done(JSON.stringify(found ?? null)), "
            "(error) => done(JSON.stringify({fault: String(error)})));"
        )
        found = json.loads(self._ask("POST", "/execute/async", script=script, args=[]))
        if isinstance(found, dict) and "fault" in found:
            raise RuntimeError(found["fault"])
        noted = "JSON.stringify(performance.getEntriesByType('resource').map((one) => one.name))"
        self.requests = json.loads(self._ask("POST", "/execute/sync", script=f"return {noted}", args=[]))
        return found
