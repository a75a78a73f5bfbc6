"""How big a server does a class need? Learners without faces run lesson 04 on a real JupyterHub on this machine.

    python tests/classroom.py --learners 30

Run it by hand, on Linux, on a machine that does nothing else. It starts a hub with its proxy on 127.0.0.1, gives each
learner a copy of the course and a JupyterLab server, starts a kernel for each, and lets all press Run All in the same
second, over the proxy. First one learner, then 10, 30, 100 ... up to --learners, or to what 85% of the free memory
holds. It prints what was measured and the size of server that follows from it. Nothing leaves the machine; hub, proxy,
servers, kernels and copies are gone afterwards, also after a failure or Ctrl-C.

What a learner without a browser leaves out: drawing, moving controls, and saving. What it does as a browser does: it
asks for the Lab page, the settings and the notebook, and sends all cells at once.

Needs, beside ../requirements.txt: `pip install jupyterhub` and, with Node 20 or newer, `npm install
configurable-http-proxy` (then `--proxy node_modules/.bin/configurable-http-proxy`, or -g and nothing to say).
"""

import argparse
import asyncio
import contextlib
import ctypes
import dataclasses
import importlib.metadata
import importlib.util
import json
import math
import pathlib
import secrets
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import uuid

import psutil
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

COURSE = pathlib.Path(__file__).resolve().parents[1]
LESSON = "04_who_pays_for_what.ipynb"
BARE = "import anywidget, ipywidgets, pandas, plotly.graph_objects"
ROUNDS = (1, 10, 30, 100, 300)
WAIT = 900  # seconds for any one answer
MB = 1e6
MACHINES = (4, 8, 16, 32, 48, 64, 96, 128, 192, 256)  # GB and cores that can be rented or bought
SYSTEM_MB, SPARE, PODS = 1000, 1.25, 100  # for the operating system; a quarter to spare; a node takes 110 pods


class ClassroomError(Exception):
    """What went wrong, in plain words."""


class Hub:
    """A JupyterHub and its proxy on this machine, with all that they start below them as processes."""

    def __init__(self, folder, proxy):
        self.folder, self.token = pathlib.Path(folder), secrets.token_hex(16)
        with contextlib.ExitStack() as stack:
            sockets = [stack.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
            self.port, hub_port, api_port = (found.getsockname()[1] for found in sockets)
        scopes = ["admin:users", "admin:servers", "access:servers"]
        config = {
            "JupyterHub": {
                "bind_url": f"http://127.0.0.1:{self.port}",
                "hub_bind_url": f"http://127.0.0.1:{hub_port}",
                "authenticator_class": "dummy",
                "spawner_class": "simple",
                "concurrent_spawn_limit": 0,
                "services": [{"name": "classroom", "api_token": self.token}],
                "load_roles": [{"name": "classroom", "scopes": scopes, "services": ["classroom"]}],
            },
            "ConfigurableHTTPProxy": {"command": [proxy], "api_url": f"http://127.0.0.1:{api_port}"},
            "SimpleLocalProcessSpawner": {"home_dir_template": f"{folder}/{{username}}"},
            "Spawner": {
                "cmd": [sys.executable, "-m", "jupyterhub.singleuser"],
                "start_timeout": WAIT,
                "http_timeout": WAIT,
            },
        }
        written = self.folder / "jupyterhub_config.py"
        written.write_text(f"from traitlets.config import Config\nc.merge(Config({config!r}))\n", encoding="utf-8")
        with open(self.folder / "hub.log", "wb") as log:
            self.process = psutil.Popen(
                [sys.executable, "-m", "jupyterhub", "-f", str(written)],
                cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                preexec_fn=lambda: ctypes.CDLL(None).prctl(1, signal.SIGTERM),  # ends when this script is killed
            )  # fmt: skip

    async def ask(self, path, method="GET", **body):
        """The answer of the hub, or over its proxy of a learner's server, as bytes."""
        request = HTTPRequest(
            f"http://127.0.0.1:{self.port}/{path}", method, {"Authorization": f"token {self.token}"},
            body=json.dumps(body) if method == "POST" else None, request_timeout=WAIT, connect_timeout=WAIT,
        )  # fmt: skip
        return (await AsyncHTTPClient().fetch(request)).body

    async def ready(self):
        for _ in range(300):
            with contextlib.suppress(OSError, HTTPClientError):
                return await self.ask("hub/api/")
            if self.process.poll() is not None:
                break
            await asyncio.sleep(0.2)
        raise ClassroomError("JupyterHub did not start.")

    def cpu(self):
        """CPU seconds that the hub and everything below it have used."""
        times = [process.cpu_times() for process in [self.process, *self.process.children(recursive=True)]]
        return sum(each.user + each.system for each in times)

    def stop(self):
        """End the hub, which ends what it started; then end by force whatever is left below this script."""
        self.process.terminate()
        with contextlib.suppress(psutil.TimeoutExpired):
            self.process.wait(90)
        left = psutil.Process().children(recursive=True)
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(left, timeout=10)


class Learner:
    """One learner's browser, as far as the server can tell."""

    def __init__(self, hub, name):
        self.hub, self.name, self.bytes, self.socket = hub, name, 0, None
        for part in ("notebooks", "data"):
            junk = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(COURSE / part, hub.folder / name / part, ignore=junk)

    async def spawn(self):
        """Ask for a server, wait for it as the page with the progress bar does, and load what JupyterLab loads."""
        began, user = time.monotonic(), f"hub/api/users/{self.name}"
        await self.hub.ask(user, "POST")
        await self.hub.ask(f"{user}/server", "POST")
        if b'"ready": true' not in await self.hub.ask(f"{user}/server/progress"):
            raise ClassroomError(f"The server of {self.name} did not start.")
        self.spawn_seconds = time.monotonic() - began
        self.server = psutil.Process(json.loads(await self.hub.ask(user))["servers"][""]["state"]["pid"])
        for page in ("lab", "lab/api/settings", "api/kernelspecs", f"api/contents/notebooks/{LESSON}"):
            await self.hub.ask(f"user/{self.name}/{page}")

    async def open_kernel(self):
        kernels = f"user/{self.name}/api/kernels"
        self.id = json.loads(await self.hub.ask(kernels, "POST", name="python3", path=f"notebooks/{LESSON}"))["id"]
        self.kernel = next(each for each in self.server.children() if self.id in " ".join(each.cmdline()))
        url = f"ws://127.0.0.1:{self.hub.port}/{kernels}/{self.id}/channels"
        request = HTTPRequest(url, headers={"Authorization": f"token {self.hub.token}"}, connect_timeout=WAIT)
        protocols = ["v1.kernel.websocket.jupyter.org"]
        self.socket = await websocket_connect(request, subprotocols=protocols, max_message_size=10**9)
        await self.send("kernel_info_request", {})

    async def close_kernel(self):
        self.socket.close()
        await self.hub.ask(f"user/{self.name}/api/kernels/{self.id}", "DELETE")

    async def run_all(self, cells):
        """Send all cells at once, as Run All does; wait until the last has answered; keep the seconds and the bytes."""
        began, before = time.monotonic(), self.bytes
        await self.send("execute_request", *({"code": cell, "stop_on_error": True} for cell in cells))
        self.run_seconds, self.run_bytes = time.monotonic() - began, self.bytes - before

    async def send(self, kind, *contents):
        waiting = {uuid.uuid4().hex: content for content in contents}
        for number, content in waiting.items():
            header = {"msg_id": number, "msg_type": kind, "session": self.id, "username": self.name, "version": "5.4"}
            message = {"header": header, "parent_header": {}, "metadata": {}, "content": content}
            packed = serialize_msg_to_ws_v1(message, "shell", lambda part: json.dumps(part).encode())
            await self.socket.write_message(packed, binary=True)
        async with asyncio.timeout(WAIT):
            while waiting:
                answer = await self.socket.read_message()
                if answer is None:
                    raise ClassroomError(f"The kernel of {self.name} hung up.")
                self.bytes += len(answer)
                _, parts = deserialize_msg_from_ws_v1(answer)
                found = json.loads(parts[0])["msg_type"]
                if found == "error" or (found == "stream" and b"rate exceeded" in parts[3]):
                    raise ClassroomError(f"{self.name}: {parts[3].decode()[:800]}")
                if found == "status" and json.loads(parts[3])["execution_state"] == "idle":
                    waiting.pop(json.loads(parts[1]).get("msg_id"), None)


@dataclasses.dataclass
class Round:
    """What one class of `learners` needed; memory in MB of the mean learner, times in seconds."""

    learners: int
    server: float
    kernel: float
    resident: float
    spawn: list
    run: list
    cpu_spawn: float
    cpu_run: float
    sent: float
    base: float
    fell: float
    bare: float = math.nan


def pss(*processes):
    """Megabytes of these processes, what they share with others counted by halves, thirds ...: it adds up."""
    return sum(process.memory_full_info().pss for process in processes) / MB


async def each(learners, deed):
    await asyncio.gather(*(deed(learner) for learner in learners))


async def classroom(hub, size, cells, low):
    """One class: all ask for a server at once, all open a kernel, all press Run All at once, all leave."""
    learners = [Learner(hub, f"class{size}-{number}") for number in range(size)]
    low[0] = free = psutil.virtual_memory().available
    start, bare = hub.cpu(), math.nan
    await each(learners, Learner.spawn)
    spawned = hub.cpu()
    if size == 1:
        await learners[0].open_kernel()
        await learners[0].run_all([BARE])
        bare = pss(learners[0].kernel)
        await learners[0].close_kernel()
    before = hub.cpu()
    await each(learners, Learner.open_kernel)
    await each(learners, lambda learner: learner.run_all(cells))
    after = hub.cpu()
    servers, kernels = [learner.server for learner in learners], [learner.kernel for learner in learners]
    result = Round(
        size, pss(*servers) / size, pss(*kernels) / size,
        sum(process.memory_info().rss for process in servers + kernels) / MB / size,
        [learner.spawn_seconds for learner in learners], [learner.run_seconds for learner in learners],
        (spawned - start) / size, (after - before) / size,
        statistics.median(learner.run_bytes for learner in learners) / MB,
        pss(hub.process, *(child for child in hub.process.children() if child not in servers)),
        (free - min(low[0], psutil.virtual_memory().available)) / MB / size, bare,
    )  # fmt: skip
    for learner in learners:
        learner.socket.close()
    await each(learners, lambda learner: hub.ask(f"hub/api/users/{learner.name}", "DELETE"))
    return result


async def rounds(hub, most, cells, low):
    """Grow the class until `most` learners, or until the next ones would not fit; yield each round's figures."""
    await hub.ready()
    free, done = psutil.virtual_memory().available, []
    for size in sorted({size for size in ROUNDS if size < most} | {most}):
        if done:
            size = min(size, int(0.85 * free / MB / (done[-1].server + done[-1].kernel)))
        if done and size <= done[-1].learners:
            break
        print(f"  {size} at once ...", file=sys.stderr, flush=True)
        done.append(await classroom(hub, size, cells, low))
    return done


async def guarded(hub, most, cells):
    """`rounds`, watched twice a second: stop before the machine itself runs out of memory."""
    low = [0]
    work = asyncio.ensure_future(rounds(hub, most, cells, low))
    while not (await asyncio.wait({work}, timeout=0.5))[0]:
        now = psutil.virtual_memory()
        low[0] = min(low[0], now.available)
        if now.available < 0.05 * now.total:
            work.cancel()
            raise ClassroomError("Less than 5% of the memory was left, so the class was sent home.")
    return work.result()


def table(done):
    """The figures, a row a class."""
    print("\n          MB a learner       server, s        Run All, s     CPU s a learner   MB sent   hub+proxy")
    print("learners  server  kernel  median slowest  median slowest  server  Run All  a kernel         MB")
    for row in done:
        waits = (statistics.median(row.spawn), max(row.spawn), statistics.median(row.run), max(row.run))
        print(
            f"{row.learners:8}{row.server:8.0f}{row.kernel:8.0f}" + "{:8.1f}{:8.1f}{:8.1f}{:8.1f}".format(*waits)
            + f"{row.cpu_spawn:8.1f}{row.cpu_run:9.1f}{row.sent:10.2f}{row.base:11.0f}"
        )  # fmt: skip
    alone, most = done[0], done[-1]
    print(f"\nA bare kernel ({BARE}): {alone.bare:.0f} MB; the lesson adds {alone.kernel - alone.bare:.0f} MB.")
    print(f"Resident size of one learner alone, nothing shared: {alone.resident:.0f} MB.")
    print(f"With {most.learners} at once the machine's free memory fell by {most.fell:.0f} MB a learner at its lowest.")


def recommend(done, spread):
    """The size of server that follows from the figures, with the formulas."""
    alone, most = done[0], done[-1]
    one, cpu = most.server + most.kernel, most.cpu_spawn + most.cpu_run
    pod = 64 * math.ceil(alone.resident * MB / 2**20 / 64)
    print(
        f"\nmemory = ({SYSTEM_MB} MB for the system + {most.base:.0f} MB hub and proxy + learners x {one:.0f} MB) x {SPARE}"
        f"\ncores  = learners x {cpu:.1f} CPU seconds (server, kernel and Run All) / {spread} s in which they all start"
        "\nwait   = learners x CPU seconds of a Run All / cores, if all press in the same second"
        f"\npod    = resident size of a learner alone, rounded up to 64 MiB; nodes of 8 cores and 32 GB, at most {PODS} pods each"
    )
    for learners in (30, 300):
        needed = (SYSTEM_MB + most.base + learners * one) * SPARE / 1000
        busy = learners * cpu / spread
        memory = next((size for size in MACHINES if size >= needed), MACHINES[-1])
        cores = next((size for size in (2, *MACHINES) if size >= busy), MACHINES[-1])
        nodes = max(learners * pod * 2**20 / 32e9 * SPARE, busy / 8, learners / PODS)
        print(
            f"{learners:4} learners, one JupyterHub: {needed:.1f} GB -> {memory} GB; {busy:.1f} cores -> {cores}; "
            f"if all press at once the last waits {learners * most.cpu_run / cores:.0f} s"
            f"\n     on Kubernetes: {math.ceil(nodes)} node(s); a pod is guaranteed {pod} MiB and {busy / learners:.2f} core, limited to {2 * pod} MiB and 2 cores"
        )


def main():
    parser = argparse.ArgumentParser(description="How big a server does a class need? See the top of this file.")
    parser.add_argument(
        "--learners", type=int, default=ROUNDS[-1], help="grow to this many (default: what fits, to 300)"
    )
    parser.add_argument("--proxy", default="configurable-http-proxy", help="path of configurable-http-proxy")
    parser.add_argument("--spread", type=int, default=120, help="seconds in which a class starts the lesson (120)")
    given = parser.parse_args()
    proxy = shutil.which(given.proxy)
    if not importlib.util.find_spec("jupyterhub"):
        parser.exit(2, f"JupyterHub is missing: {sys.executable} -m pip install jupyterhub\n")
    if not proxy or not shutil.which("node"):
        parser.exit(
            2, "The proxy is missing: with Node 20 or newer, npm install configurable-http-proxy; then --proxy\n"
        )
    book = json.loads((COURSE / "notebooks" / LESSON).read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    AsyncHTTPClient.configure(None, max_clients=10_000, max_body_size=10**9)
    ctypes.CDLL(None).prctl(36, 1)  # orphans come to this script, so that none is left behind
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    versions = ", ".join(
        f"{name} {importlib.metadata.version(name)}" for name in ("jupyterhub", "jupyterlab", "pandas")
    )
    print(f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total / 1e9:.0f} GB; {versions}; {len(cells)} cells")
    with tempfile.TemporaryDirectory(prefix="classroom-", ignore_cleanup_errors=True) as folder:
        hub = Hub(folder, str(pathlib.Path(proxy).resolve()))
        try:
            done = asyncio.run(guarded(hub, max(1, given.learners), cells))
        except (ClassroomError, HTTPClientError, OSError, TimeoutError) as error:
            said = (hub.folder / "hub.log").read_text(errors="replace").splitlines()[-15:]
            sys.exit("\n".join([*said, f"classroom.py: {error}"]))
        finally:
            hub.stop()
    table(done)
    recommend(done, given.spread)


if __name__ == "__main__":
    main()
