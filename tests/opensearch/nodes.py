"""Real OpenSearch nodes on loopback, from Maven Central's jars: nothing is installed, nothing else is fetched.

What a distribution's archive holds is laid out here: the server's jars in `lib`, three modules in folders of their own
with a descriptor, and the permissions that the jars come without. Nodes are for tests and benchmarks only: they run as
whoever starts them, root too (for that JNA is kept from loading), without any security.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

VERSION = "2.19.6"
POM = Path(__file__).with_name("pom.xml")
_PORTS = range(10_000, 32_768)
_MODULES: Mapping[str, tuple[str, str, tuple[str, ...]]] = {
    "transport-netty4": ("org.opensearch.transport.Netty4Plugin", "", ("netty-", "transport-netty4-client-")),
    "analysis-common": (
        "org.opensearch.analysis.common.CommonAnalysisPlugin",
        "lang-painless",
        ("analysis-common-",),
    ),
    "lang-painless": (
        "org.opensearch.painless.PainlessPlugin",
        "",
        ("lang-painless-", "asm-", "antlr4-", "opensearch-scripting-painless-spi-"),
    ),
}
_PERMISSIONS = {
    "transport-netty4": (
        'java.io.FilePermission "/proc/sys/net/core/somaxconn", "read"',
        'java.net.SocketPermission "*", "accept,connect"',
        'java.lang.RuntimePermission "*", "setContextClassLoader"',
        'java.lang.RuntimePermission "getClassLoader"',
        'java.util.PropertyPermission "*", "read,write"',
    ),
    "lang-painless": (
        'java.lang.RuntimePermission "createClassLoader"',
        'java.lang.RuntimePermission "getClassLoader"',
    ),
}
_LOGGING = """
status = error
appender.console.type = Console
appender.console.name = console
appender.console.layout.type = PatternLayout
appender.console.layout.pattern = [%d{ISO8601}][%-5p][%-25c{1.}] %m%n
rootLogger.level = warn
rootLogger.appenderRef.console.ref = console
"""


def lacking() -> str:
    """What this machine lacks to start a node; empty when nothing."""
    missing = [name for name in ("java", "mvn") if shutil.which(name) is None]
    return f"{' and '.join(missing)} not found" if missing else ""


def home() -> Path:
    """The laid out jars; fetched once and kept for the next time.

    Raises:
        OSError: they cannot be fetched.
    """
    cache = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "tratin" / f"opensearch-{VERSION}"
    if not cache.is_dir():
        cache.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=cache.parent) as aside:
            _fetch(Path(aside) / "jars")
            _lay_out(Path(aside) / "jars", Path(aside) / "home")
            (Path(aside) / "home").rename(cache)
    return cache


def _fetch(jars: Path) -> None:
    copied = ["dependency:copy-dependencies", f"-DoutputDirectory={jars}", "-DincludeScope=runtime"]
    done = subprocess.run(["mvn", "-q", "-B", "-f", str(POM), *copied], capture_output=True, text=True, timeout=240)
    if done.returncode:
        raise OSError(f"OpenSearch's jars cannot be fetched: {(done.stdout + done.stderr)[-500:]}")


def _lay_out(jars: Path, home: Path) -> None:
    for folder in ("lib", "plugins", "config", *(f"modules/{name}" for name in _MODULES)):
        (home / folder).mkdir(parents=True)
    for jar in jars.glob("*.jar"):
        owners = [name for name, (_, _, begins) in _MODULES.items() if jar.name.startswith(begins)]
        shutil.copy(jar, home / (f"modules/{owners[0]}" if owners else "lib"))
    for name, (plugin, extended, _) in _MODULES.items():
        lines = {
            "name": name,
            "description": name,
            "version": VERSION,
            "opensearch.version": VERSION,
            "java.version": "11",
            "classname": plugin,
            **({"extended.plugins": extended} if extended else {}),
        }
        module = home / "modules" / name
        (module / "plugin-descriptor.properties").write_text("".join(f"{k}={v}\n" for k, v in lines.items()))
        if permissions := _PERMISSIONS.get(name):
            granted = "".join(f"  permission {one};\n" for one in permissions)
            (module / "plugin-security.policy").write_text(f"grant {{\n{granted}}};\n")


@dataclass
class Node:
    """One node; `start` it, and end it by `stop` or `kill`."""

    folder: Path
    number: int
    http: int
    transport: int
    heap: str = "512m"
    peers: Sequence[int] = ()
    """Transport ports of a cluster's nodes; none for a node alone."""
    settings: Mapping[str, str] = field(default_factory=dict)
    flags: Sequence[str] = ()
    """More for Java."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.http}"

    def start(self) -> None:
        """Begin; `answer` waits for it."""
        for name in ("data", "logs", "tmp", "conf"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / "conf/log4j2.properties").write_text(_LOGGING)
        names = ", ".join(f"n{number}" for number in range(1, len(self.peers) + 1))
        seeds = ", ".join(f'"127.0.0.1:{port}"' for port in self.peers)
        settings = {
            "cluster.name": "tratin-tests",
            "node.name": f"n{self.number}",
            "path.data": str(self.folder / "data"),
            "path.logs": str(self.folder / "logs"),
            "network.host": "127.0.0.1",
            "http.port": str(self.http),
            "transport.port": str(self.transport),
            "cluster.routing.allocation.disk.threshold_enabled": "false",
            "indices.query.bool.max_clause_count": "32768",
            "node.processors": "1",
            **(
                {"discovery.seed_hosts": f"[{seeds}]", "cluster.initial_cluster_manager_nodes": f"[{names}]"}
                if self.peers
                else {"discovery.type": "single-node"}
            ),
            **self.settings,
        }
        (self.folder / "conf/opensearch.yml").write_text("".join(f"{k}: {v}\n" for k, v in settings.items()))
        jars = home()
        flags = {
            "java.io.tmpdir": self.folder / "tmp",
            "java.security.manager": "allow",
            "io.netty.noUnsafe": "true",
            "io.netty.noKeySetOptimization": "true",
            "io.netty.recycler.maxCapacityPerThread": "0",
            "jna.nosys": "true",
            "jna.noclasspath": "true",
            "jna.nounpack": "true",
            "log4j.shutdownHookEnabled": "false",
            "log4j2.disable.jmx": "true",
            "java.locale.providers": "SPI,COMPAT",
            "opensearch.networkaddress.cache.ttl": "60",
            "opensearch.path.home": jars,
            "opensearch.path.conf": self.folder / "conf",
            "opensearch.distribution.type": "tar",
        }
        java = ["java", f"-Xms{self.heap}", f"-Xmx{self.heap}", "-XX:+UseSerialGC", *self.flags]
        java += [f"-D{name}={value}" for name, value in flags.items()]
        with (self.folder / "out.log").open("ab") as log:
            self.process = subprocess.Popen(
                [*java, "-cp", f"{jars}/lib/*", "org.opensearch.bootstrap.OpenSearch"],
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def answer(self, nodes: int = 1, seconds: float = 120, status: str = "green") -> None:
        """Wait until the node answers in a cluster of so many nodes, and is ready.

        A cluster is `green` when every copy of every shard is there, `yellow` when one of each is.

        Raises:
            OSError: it ended, or the time is over; with the end of its log.
        """
        until = time.monotonic() + seconds
        ready = f"{self.url}/_cluster/health?wait_for_nodes={nodes}&wait_for_status={status}&timeout=2s"
        while time.monotonic() < until and self.process and self.process.poll() is None:
            try:
                with urllib.request.urlopen(ready, timeout=10) as answer:
                    if not json.load(answer)["timed_out"]:
                        return
            except OSError:
                time.sleep(0.3)
        raise OSError(f"OpenSearch does not answer: {(self.folder / 'out.log').read_text(errors='replace')[-800:]}")

    def stop(self) -> None:
        """End it, and wait for that."""
        self._end(hard=False)

    def kill(self) -> None:
        """End it as if the power had failed."""
        self._end(hard=True)

    def _end(self, *, hard: bool) -> None:
        if self.process and self.process.poll() is None:
            (self.process.kill if hard else self.process.terminate)()
            self.process.wait(60)


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nobody uses now.

    They lie below those that the system gives to connections, so that none is taken while a killed node is down.
    """
    found: list[int] = []
    for port in random.Random().sample(_PORTS, len(_PORTS)):
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            found.append(port)
        if len(found) == count:
            break
    return found


def alone(folder: Path, heap: str = "512m") -> Node:
    """A node that is a cluster by itself, not started."""
    http, transport = free_ports(2)
    return Node(folder, 1, http, transport, heap, flags=["-XX:TieredStopAtLevel=1"])  # it lives for a minute


def cluster(folder: Path, count: int = 3, heap: str = "512m", settings: Mapping[str, str] | None = None) -> list[Node]:
    """Nodes of one cluster, not started."""
    ports = free_ports(2 * count)
    transports = ports[count:]
    return [
        Node(folder / f"n{number}", number, ports[number - 1], transports[number - 1], heap, transports, settings or {})
        for number in range(1, count + 1)
    ]
