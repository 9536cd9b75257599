"""nginx with the configuration of deploy/: only addresses are others."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from lesson.frame.files import ROOT

NGINX = shutil.which("nginx")
FOLDER = ROOT / "deploy" / "nginx"
_SHARES = 100.0


def servers_conf(addresses: Sequence[str]) -> str:
    """Return what servers.conf of deploy/ says, without its comments, for servers of these addresses."""
    names = [f"server{number}" for number in range(1, len(addresses) + 1)]
    share = int(_SHARES / len(names) * 10) / 10
    shares = [f"    {share}% {name};" for name in names[:-1]] + [f"    * {names[-1]};"]
    lines = ["split_clients $newcomer $drawn {", *shares, "}"]
    lines += ["map $cookie_course $server {", "    default $drawn;"]
    lines += [*(f"    {name} {name};" for name in names), "}"]
    lines += ["map $upstream_addr $answered {", '    default "";']
    for name, address in zip(names, addresses, strict=True):
        lines.append(f'    "~(^|\\s){address.replace(".", chr(92) + ".")}$" {name};')
    lines.append("}")
    for name, first in zip(names, addresses, strict=True):
        lines += [f"upstream {name} {{", f"    server {first} max_fails=0;"]
        others = (address for address in addresses if address != first)
        lines += [f"    server {address} max_fails=0 backup;" for address in others]
        lines += ["    keepalive 32;", "    keepalive_timeout 4s;", "}"]
    return "\n".join([*lines, ""])


@contextmanager
def prefix(addresses: Sequence[str], port: int) -> Iterator[Path]:
    """Yield a folder as `nginx -p` takes it: the configuration, with addresses of this machine."""
    with tempfile.TemporaryDirectory(prefix="proxy") as name:
        folder = Path(name)
        folder.chmod(0o755)  # where root starts it, its workers are somebody else
        shutil.copy(FOLDER / "nginx.conf", folder)
        (folder / "listen.conf").write_text(f"listen 127.0.0.1:{port};\n", "utf-8")
        (folder / "servers.conf").write_text(servers_conf(addresses), "utf-8")
        yield folder


def command(folder: Path, *more: str) -> list[str]:
    """Return how nginx is started there."""
    assert NGINX is not None
    return [NGINX, "-p", f"{folder}/", "-c", str(folder / "nginx.conf"), *more]


@contextmanager
def proxy(addresses: Sequence[str], port: int, log: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Yield the process of nginx before these servers; log: what it says, appended."""
    with prefix(addresses, port) as folder, log.open("ab") as output:
        process = subprocess.Popen(
            command(folder, "-g", "daemon off;"), cwd="/", stdout=output, stderr=output, env=os.environ
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(20)
