"""The lines for TLS, which stand in listen.conf as a comment, taken out of it."""

import http.client
import os
import re
import shutil
import ssl
import subprocess

import pytest

from tests.browser.conftest import free_port
from tests.cluster.proxy import FOLDER, command, prefix
from tests.waiting import wait_until

pytestmark = pytest.mark.slow
OPENSSL = shutil.which("openssl")
LISTEN = (FOLDER / "listen.conf").read_text("utf-8")


@pytest.fixture
def folder(nginx):
    """A folder as `nginx -p` takes it, with TLS and a certificate that is its own authority."""
    if OPENSSL is None:
        assert not os.environ.get("CI"), "CI needs openssl"
        pytest.skip("no openssl on this machine")
    with prefix(["127.0.0.1:1"], 1) as folder:  # nobody is there
        tls = folder / "tls"
        tls.mkdir()
        words = f"{OPENSSL} req -x509 -newkey rsa:2048 -nodes -subj /CN=course.example -days 1"
        files = ["-keyout", str(tls / "privkey.pem"), "-out", str(tls / "fullchain.pem")]
        subprocess.run([*words.split(), *files], check=True, capture_output=True)
        (folder / "listen.conf").write_text(re.sub(r"(?m)^#(?! )", "", LISTEN), "utf-8")
        yield folder


def test_nginx_takes_the_lines(folder):
    done = subprocess.run(command(folder, "-t"), capture_output=True, text=True)
    assert done.returncode == 0 and "warn" not in done.stderr, done.stderr
    assert "listen 8443 ssl;" in (folder / "listen.conf").read_text("utf-8").splitlines()


@pytest.fixture
def ports(folder):
    """The ports of http and https of an nginx that runs with these lines."""
    ports = free_port(), free_port()
    lines = (folder / "listen.conf").read_text("utf-8")
    for name, port in zip(("8080", "8443"), ports, strict=True):
        assert lines.count(f"\nlisten {name}") == 1
        lines = lines.replace(f"\nlisten {name}", f"\nlisten 127.0.0.1:{port}")
    (folder / "listen.conf").write_text(lines, "utf-8")
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command(folder, "-g", "daemon off;"), stdout=log, stderr=log)
    try:
        wait_until(lambda: (folder / "nginx.pid").exists() and (folder / "nginx.pid").read_text())
        yield ports
    finally:
        process.terminate()
        process.wait(20)


def ask(connection, host):
    connection.request("GET", "/gates?along=b_f", headers={"host": host})
    reply = connection.getresponse()
    return reply.status, reply.headers["location"]


def test_http_is_sent_to_https_but_for_the_health_check(ports):
    http_port, https_port = ports
    name = "course.example"
    sent = ask(http.client.HTTPConnection("127.0.0.1", http_port), f"{name}:80")
    assert sent == (301, f"https://{name}/gates?along=b_f")
    near = ask(http.client.HTTPConnection("127.0.0.1", http_port), "127.0.0.1:8080")
    assert near == (502, None)  # passed on, and nobody is there
    anybody = ssl.create_default_context()
    anybody.check_hostname, anybody.verify_mode = False, ssl.CERT_NONE
    secret = http.client.HTTPSConnection("127.0.0.1", https_port, context=anybody)
    assert ask(secret, name) == (502, None)
