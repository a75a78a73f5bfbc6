"""How big a server does a class need? Learners without faces run lesson 04 on a real JupyterHub on this machine.

    python tests/classroom.py --learners 30

Run by hand, on Linux, on a machine that does nothing else. A hub with its proxy starts on 127.0.0.1; each learner gets
a copy of the course, a JupyterLab server and a kernel, and all press Run All in the same second, over the proxy: first
one learner, then 10, 30, 100 ... up to --learners, or to what 85% of the free memory holds. Nothing leaves the machine;
hub, proxy, servers, kernels and copies are gone afterwards, also after a failure or Ctrl-C. A learner asks for what a
browser asks for (the Lab page, the settings, the notebook), but draws nothing, moves no control and saves no notebook.
Kernels speak to their servers over files (ipc): over TCP two servers that choose a port in the same second may choose
the same one, and among 30 learners one kernel died of it.

Needs, beside ../requirements.txt: `pip install jupyterhub` and, with Node 20 or newer, `npm install
configurable-http-proxy` (then `--proxy node_modules/.bin/configurable-http-proxy`, or -g and nothing to say).
"""

import argparse
import asyncio
import contextlib
import ctypes
import importlib.util
import json
import math
import os
import pathlib
import secrets
import shutil
import signal
import socket
import sys
import tempfile
import time
import uuid
from importlib.metadata import version
from statistics import mean, median
from types import SimpleNamespace

import psutil
from jupyter_server.services.kernels.connection.base import deserialize_msg_from_ws_v1, serialize_msg_to_ws_v1
from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest
from tornado.websocket import websocket_connect

COURSE = pathlib.Path(__file__).resolve().parents[1]
LESSON = "notebooks/04_who_pays_for_what.ipynb"
BARE = "import anywidget, ipywidgets, pandas, plotly.graph_objects"
PROTOCOL = "v1.kernel.websocket.jupyter.org"
ROUNDS = (1, 10, 30, 100, 300)
SCOPES = ["admin:users", "admin:servers", "access:servers"]
WAIT = 600  # seconds for any one answer
SPARE, PATIENCE = 1.25, 30  # a quarter more than measured; seconds that the slowest Run All may take
prctl = ctypes.CDLL(None).prctl  # Linux: 1 ends a process with its parent, 36 makes orphans come to this script


class Hub:
    """A JupyterHub and its proxy on this machine; all that they start is below this script as processes."""

    def __init__(self, folder, proxy):
        self.folder, self.token = pathlib.Path(folder), secrets.token_hex(16)
        with contextlib.ExitStack() as held:
            found = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(3)]
            self.port, hub_port, api_port = (each.getsockname()[1] for each in found)
        options = ["--KernelManager.transport=ipc", *["--allow-root"] * (os.geteuid() == 0)]
        config = f"""
c.JupyterHub.bind_url, c.JupyterHub.hub_bind_url = "http://127.0.0.1:{self.port}", "http://127.0.0.1:{hub_port}"
c.JupyterHub.authenticator_class, c.JupyterHub.spawner_class, c.JupyterHub.concurrent_spawn_limit = "dummy", "simple", 0
c.JupyterHub.services = [dict(name="class", api_token="{self.token}")]
c.JupyterHub.load_roles = [dict(name="class", services=["class"], scopes={SCOPES})]
c.ConfigurableHTTPProxy.command, c.ConfigurableHTTPProxy.api_url = [{proxy!r}], "http://127.0.0.1:{api_port}"
c.SimpleLocalProcessSpawner.home_dir_template = "{folder}/{{username}}"
c.Spawner.cmd, c.Spawner.args = [{sys.executable!r}, "-m", "jupyterhub.singleuser"], {options}
c.Spawner.environment = {{"JUPYTER_RUNTIME_DIR": lambda spawner: "{folder}/" + spawner.user.name + "/run"}}
c.Spawner.start_timeout = c.Spawner.http_timeout = {WAIT}
c.JupyterHub.tornado_settings = dict(slow_stop_timeout={WAIT})
"""
        (self.folder / "jupyterhub_config.py").write_text(config, encoding="utf-8")
        command, end_with_me = [sys.executable, "-m", "jupyterhub"], lambda: prctl(1, signal.SIGTERM)
        with open(self.folder / "hub.log", "wb") as log:
            self.process = psutil.Popen(command, cwd=folder, stdout=log, stderr=log, preexec_fn=end_with_me)

    async def ask(self, path, method="GET", body=None):
        """The answer of the hub, or over its proxy of a learner's server, as bytes."""
        return (await AsyncHTTPClient().fetch(self.request("http", path, method=method, body=body))).body

    def request(self, scheme, path, **more):
        address, headers = f"{scheme}://127.0.0.1:{self.port}/{path}", {"Authorization": f"token {self.token}"}
        return HTTPRequest(address, headers=headers, request_timeout=WAIT, connect_timeout=WAIT, **more)

    async def ready(self):
        for _ in range(300):
            with contextlib.suppress(OSError, HTTPClientError):
                return await self.ask("hub/api/")
            await asyncio.sleep(0.2)
        raise RuntimeError("JupyterHub did not start.")

    def cpu(self):
        """CPU seconds that the hub and everything below it have used."""
        times = [each.cpu_times() for each in (self.process, *self.process.children(recursive=True))]
        return sum(each.user + each.system for each in times)

    def stop(self):
        """Ask the hub to end what it started, and itself; then end by force whatever is left below this script."""
        self.process.terminate()
        psutil.wait_procs([self.process], timeout=90)
        left = psutil.Process().children(recursive=True)
        for process in left:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        psutil.wait_procs(left, timeout=10)


class Learner:
    """One learner's browser, as far as the server can tell."""

    def __init__(self, hub, name):
        self.hub, self.name, junk = hub, name, shutil.ignore_patterns("__pycache__", ".*")
        for part in ("notebooks", "data"):
            shutil.copytree(COURSE / part, hub.folder / name / part, ignore=junk)

    async def spawn(self):
        """Ask for a server, wait for it as the page with the progress bar does, and load what JupyterLab loads."""
        began, user = time.monotonic(), f"hub/api/users/{self.name}"
        await self.hub.ask(user, "POST", "")
        await self.hub.ask(f"{user}/server", "POST", "")
        if b'"ready": true' not in await self.hub.ask(f"{user}/server/progress"):
            raise RuntimeError(f"The server of {self.name} did not start.")
        self.spawn_seconds = time.monotonic() - began
        self.server = psutil.Process(json.loads(await self.hub.ask(user))["servers"][""]["state"]["pid"])
        for page in ("lab", "lab/api/settings", "api/kernelspecs", f"api/contents/{LESSON}"):
            await self.hub.ask(f"user/{self.name}/{page}")

    async def open(self):
        """Start the lesson's kernel and wait until it answers."""
        kernels = f"user/{self.name}/api/kernels"
        which = json.dumps({"name": "python3", "path": LESSON})
        self.id = json.loads(await self.hub.ask(kernels, "POST", which))["id"]
        self.kernel = next(each for each in self.server.children() if self.id in " ".join(each.cmdline()))
        channels = self.hub.request("ws", f"{kernels}/{self.id}/channels")
        self.socket = await websocket_connect(channels, subprotocols=[PROTOCOL], max_message_size=10**9)
        await self.run_all(["None"])

    async def run_all(self, cells):
        """Send all cells at once, as Run All does, and read until the last is done; keep the seconds and the bytes."""
        began, self.bytes, waiting = time.monotonic(), 0, {uuid.uuid4().hex: cell for cell in cells}
        for name, cell in waiting.items():
            header = {"msg_id": name, "msg_type": "execute_request", "session": self.id, "username": "", "version": "5"}
            message = {"header": header, "parent_header": {}, "metadata": {}, "content": {"code": cell}}
            packed = serialize_msg_to_ws_v1(message, "shell", lambda part: json.dumps(part).encode())
            await self.socket.write_message(packed, binary=True)
        while waiting:
            answer = await asyncio.wait_for(self.socket.read_message(), WAIT)
            if answer is None:
                raise RuntimeError(f"The kernel of {self.name} hung up.")
            self.bytes += len(answer)
            _, (header, parent, _, content, *_) = deserialize_msg_from_ws_v1(answer)
            said = json.loads(header)["msg_type"]
            if said == "error" or (said == "stream" and b"rate exceeded" in content):
                raise RuntimeError(f"{self.name}: {content.decode()[:800]}")
            if said == "status" and b'"idle"' in content:
                waiting.pop(json.loads(parent).get("msg_id"), None)
        self.run_seconds = time.monotonic() - began


def pss(*processes):
    """Megabytes of these processes; what n processes share counts for a n-th in each, so that the sum is true."""
    return sum(process.memory_full_info().pss for process in processes) / 1e6


async def classroom(hub, size, cells):
    """One class: all ask for a server at once, all open the lesson, all press Run All at once, all leave."""
    learners, seen = [Learner(hub, f"class{size}-{number}") for number in range(size)], SimpleNamespace(learners=size)
    free, start = psutil.virtual_memory().available, hub.cpu()
    hub.low = free
    await asyncio.gather(*(each.spawn() for each in learners))
    await asyncio.gather(*(each.open() for each in learners))
    seen.cpu_start, seen.start_seconds = (hub.cpu() - start) / size, [each.spawn_seconds for each in learners]
    if size == 1:
        await learners[0].run_all([BARE])
        seen.bare = pss(learners[0].kernel)
        await hub.ask(f"user/{learners[0].name}/api/kernels/{learners[0].id}", "DELETE")
        await learners[0].open()
    start = hub.cpu()
    await asyncio.gather(*(each.run_all(cells) for each in learners))
    seen.cpu_run, seen.run_seconds = (hub.cpu() - start) / size, [each.run_seconds for each in learners]
    servers, kernels = zip(*((each.server, each.kernel) for each in learners))
    seen.server, seen.kernel, seen.one = pss(*servers) / size, pss(*kernels) / size, pss(*servers, *kernels) / size
    seen.resident = sum(each.memory_info().rss for each in servers + kernels) / 1e6 / size
    seen.base = pss(hub.process, *(each for each in hub.process.children() if each not in servers))
    seen.fell, seen.sent = (free - hub.low) / 1e6 / size, mean(each.bytes for each in learners) / 1e6
    await asyncio.gather(*(hub.ask(f"hub/api/users/{each.name}", "DELETE") for each in learners))
    return seen


async def grow(hub, most, cells):
    """Bigger and bigger classes until `most` learners, or until more would not fit; the figures of each."""
    await hub.ready()
    free, done = psutil.virtual_memory().available, []
    for size in (*(size for size in ROUNDS if size < most), most):
        if done and (size := min(size, int(0.85 * free / 1e6 / done[-1].one))) <= done[-1].learners:
            break
        print(f"  {size} at once ...", file=sys.stderr, flush=True)
        work = asyncio.ensure_future(classroom(hub, size, cells))
        while not (await asyncio.wait({work}, timeout=0.5))[0]:
            hub.low = min(hub.low, psutil.virtual_memory().available)
            if hub.low < 0.05 * psutil.virtual_memory().total:
                raise RuntimeError("Less than 5% of the memory was left, so the class was sent home.")
        done.append(work.result())
    return done


def report(done, spread):
    """The figures, a row a class, and the size of server that follows from them."""
    print("\n           MB a learner    server, seconds  Run All, seconds  CPU s a learner  MB sent  hub+proxy")
    print("learners  server  kernel   median  slowest   median  slowest    start  Run All  a kernel      MB")
    for row in done:
        waits = [measure(seconds) for seconds in (row.start_seconds, row.run_seconds) for measure in (median, max)]
        seconds = "".join(f"{figure:9.1f}" for figure in (*waits, row.cpu_start, row.cpu_run))
        print(f"{row.learners:8}{row.server:8.0f}{row.kernel:8.0f}{seconds}{row.sent:10.2f}{row.base:8.0f}")
    alone, most = done[0], done[-1]
    cpu, pod = most.cpu_start + most.cpu_run, 64 * math.ceil(alone.resident * 1e6 / 2**26)
    print(f"""
A bare kernel ({BARE}): {alone.bare:.0f} MB; alone, the lesson adds {alone.kernel - alone.bare:.0f} MB.
With {most.learners} learners the machine's free memory fell by {most.fell:.0f} MB a learner at its lowest.

memory = (1000 MB for the system + {most.base:.0f} MB hub and proxy + learners x {most.one:.0f} MB) x {SPARE}
cores  = learners x {cpu:.1f} CPU seconds (start of server and kernel, Run All) / {spread} s over which they start x {SPARE},
         or learners x {most.cpu_run:.1f} CPU seconds of a Run All / {PATIENCE} s if all press in the same second, if that is more
pod    = {alone.resident:.0f} MB, resident and nothing shared, rounded up to 64 MiB; nodes of 8 cores, 32 GB, 100 pods at most
each lesson left open beside this one adds {most.kernel:.0f} MB a learner""")
    for learners in (30, 300):
        memory = SPARE * (1000 + most.base + learners * most.one) / 1000
        busy = learners * max(SPARE * cpu / spread, most.cpu_run / PATIENCE)
        buy, cores = (2 ** math.ceil(math.log2(need)) for need in (memory, busy))
        nodes = math.ceil(max(SPARE * learners * pod * 2**20 / 32e9, busy / 8, learners / 100))
        print(f"""
{learners} learners on one JupyterHub: {memory:.1f} GB and {busy:.1f} cores, so {buy} GB and {cores} cores;
   if all do it at once: {learners * most.cpu_start / cores:.0f} s to start (c.Spawner.http_timeout must allow it), {learners * most.cpu_run / cores:.0f} s for Run All
{learners} learners on Kubernetes: {nodes} node(s); a pod has {pod} MiB and {busy / learners:.2f} core for sure, {2 * pod} MiB and 2 cores at most""")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--learners", type=int, default=ROUNDS[-1], help="grow to this many, or to what fits (300)")
    parser.add_argument("--proxy", default="configurable-http-proxy", help="path of configurable-http-proxy")
    parser.add_argument("--spread", type=int, default=120, help="seconds over which a class starts the lesson (120)")
    given = parser.parse_args()
    if not importlib.util.find_spec("jupyterhub"):
        parser.exit(2, f"JupyterHub is missing: {sys.executable} -m pip install jupyterhub\n")
    if not (proxy := shutil.which(given.proxy)) or not shutil.which("node"):
        parser.exit(2, "The proxy is missing: npm install configurable-http-proxy (Node 20 or newer); then --proxy\n")
    book = json.loads((COURSE / LESSON).read_text(encoding="utf-8"))
    cells = ["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"]
    AsyncHTTPClient.configure(None, max_clients=10_000, max_body_size=10**9)
    prctl(36, 1)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    machine = f"{psutil.cpu_count()} cores, {psutil.virtual_memory().total / 1e9:.0f} GB"
    print(f"{machine}; jupyterhub {version('jupyterhub')}, jupyterlab {version('jupyterlab')}; {len(cells)} cells")
    with tempfile.TemporaryDirectory(prefix="hub-", ignore_cleanup_errors=True) as folder:
        hub = Hub(folder, str(pathlib.Path(proxy).resolve()))
        try:
            done = asyncio.run(grow(hub, max(1, given.learners), cells))
        except (RuntimeError, HTTPClientError, OSError, psutil.Error, KeyboardInterrupt) as error:
            sys.exit((hub.folder / "hub.log").read_text(errors="replace")[-1500:] + f"\nclassroom.py: {error!r}")
        finally:
            hub.stop()
    report(done, given.spread)


if __name__ == "__main__":
    main()
