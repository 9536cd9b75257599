"""The files of deploy/ agree with each other and with the code: names, ports, paths, seconds."""

import os
import re
import subprocess
import tomllib

import pytest

from lesson.classroom.server import listeners
from lesson.frame.files import ROOT
from lesson.server.lifespan import GRACE
from tests.cluster.proxy import command, prefix, servers_conf

FOLDER = ROOT / "deploy"
NGINX_CONF = (FOLDER / "nginx" / "nginx.conf").read_text("utf-8")
DOCKERFILE = (FOLDER / "Dockerfile").read_text("utf-8")
SERVERS = ("server1", "server2", "server3")


@pytest.fixture(scope="module")
def compose():
    """compose.yaml.  The reader comes with Dask; without it the tests are skipped, never in CI."""
    try:
        import yaml
    except ImportError:
        assert not os.environ.get("CI"), "CI needs requirements-dev.txt"
        pytest.skip("nothing here reads YAML")
    return yaml.safe_load((FOLDER / "compose.yaml").read_text("utf-8"))


@pytest.fixture(scope="module")
def services(compose):
    """The services of compose.yaml, by name."""
    return compose["services"]


def without_comments(text):
    lines = (re.sub(r"\s*#.*", "", line) for line in text.splitlines())
    return [line for line in lines if line]


def location(pattern):
    """The lines of nginx.conf that hold for addresses of that pattern."""
    return re.search(rf"location {re.escape(pattern)} {{(.*?)\n        }}", NGINX_CONF, re.DOTALL)[1]


def seconds(text):
    return float(re.fullmatch(r"([\d.]+)s", text)[1])


def test_every_setting_of_the_course_is_one_that_the_code_reads():
    secret = {".env", "privkey.pem", "fullchain.pem"}
    files = [path for path in FOLDER.rglob("*") if path.is_file() and path.name not in secret]
    names = {name for path in files for name in re.findall(r"\bCOURSE_[A-Z_]+", path.read_text("utf-8"))}
    code = "".join(path.read_text("utf-8") for path in (ROOT / "lesson").rglob("*.py"))
    assert "COURSE_DATABASE" in names
    assert {name for name in names if f'"{name}"' not in code} == set()


@pytest.mark.slow
def test_nginx_takes_the_configuration(nginx):
    with prefix(["127.0.0.1:9001", "127.0.0.1:9002", "127.0.0.1:9003"], 9000) as folder:
        done = subprocess.run(command(folder, "-t"), capture_output=True, text=True)
    assert done.returncode == 0 and "warn" not in done.stderr, done.stderr


@pytest.mark.slow
def test_nginx_takes_the_addresses_and_the_port_of_deploy(nginx, tmp_path):
    """As they stand there; nobody has to be at these addresses."""
    with prefix(["127.0.0.1:9001"], 9000) as folder:
        for name in ("listen.conf", "servers.conf"):
            (folder / name).write_text((FOLDER / "nginx" / name).read_text("utf-8"), "utf-8")
        done = subprocess.run(command(folder, "-t"), capture_output=True, text=True)
    assert done.returncode == 0 and "warn" not in done.stderr, done.stderr


@pytest.mark.slow
def test_the_proxy_knows_the_servers_by_the_addresses_that_they_have(services):
    port = re.search(r"STREAMLIT_SERVER_PORT=(\d+)", DOCKERFILE)[1]
    addresses = [services[name]["networks"]["inside"]["ipv4_address"] for name in SERVERS]
    text = (FOLDER / "nginx" / "servers.conf").read_text("utf-8")
    generated = servers_conf([f"{address}:{port}" for address in addresses])
    assert without_comments(text) == without_comments(generated)


@pytest.mark.slow
def test_the_servers_differ_in_their_address_alone(services):
    """And in that the first of them builds the image that all take."""
    first, *others = (
        {**services[name], "build": None, "networks": {**services[name]["networks"], "inside": None}}
        for name in SERVERS
    )
    assert others == [first, first]
    assert set(services) == {*SERVERS, "proxy", "database", "scheduler", "worker"}


@pytest.mark.slow
def test_ports_and_folders_have_one_number_and_one_name(services):
    proxy = services["proxy"]
    listens = re.search(r"^listen (\d+);", (FOLDER / "nginx" / "listen.conf").read_text("utf-8"), re.M)[1]
    assert proxy["ports"] == [f"${{PORT:-80}}:{listens}"]
    assert proxy["healthcheck"]["test"][-1] == f"http://127.0.0.1:{listens}/healthz"
    (mounted,) = proxy["volumes"]
    source, target, mode = mounted.split(":")
    assert (FOLDER / source / "nginx.conf").is_file() and mode == "ro"
    assert f"{target}/nginx.conf" in proxy["entrypoint"]
    port = re.search(r"STREAMLIT_SERVER_PORT=(\d+)", DOCKERFILE)[1]
    assert f"EXPOSE {port}\n" in DOCKERFILE and f"http://127.0.0.1:{port}/healthz" in DOCKERFILE
    scheduler = services["scheduler"]
    dask_port = scheduler["command"][scheduler["command"].index("--port") + 1]
    address = f"tcp://scheduler:{dask_port}"
    assert services["server1"]["environment"]["COURSE_DASK"] == address
    assert address in services["worker"]["command"]
    for name in ("scheduler", "worker"):
        words = services[name]["command"]
        health = words[words.index("--dashboard-address") + 1]
        assert f"http://127.0.0.1{health}/health'" in services[name]["healthcheck"]["test"][-1]


def test_dask_s_own_programs_find_the_course():
    (folder,) = re.findall(r"^WORKDIR (\S+)$", DOCKERFILE, re.M)
    assert f"PYTHONPATH={folder} " in DOCKERFILE


@pytest.mark.slow
def test_the_servers_believe_the_proxy_and_nobody_else(services):
    address = services["proxy"]["networks"]["inside"]["ipv4_address"]
    assert services["server1"]["environment"]["FORWARDED_ALLOW_IPS"] == address


@pytest.mark.slow
def test_one_builds_the_image_and_nobody_asks_a_registry_for_it(services):
    ours = {name for name, service in services.items() if service["image"] == "course"}
    assert ours == {*SERVERS, "scheduler", "worker"}
    assert [name for name, service in services.items() if "build" in service] == ["server1"]
    assert {services[name]["pull_policy"] for name in ours} == {"never"}
    build = services["server1"]["build"]
    assert (FOLDER / build["context"]).resolve() == ROOT and (ROOT / build["dockerfile"]).is_file()


@pytest.mark.slow
def test_only_the_proxy_can_be_reached_from_outside(services, compose):
    assert [name for name, service in services.items() if "ports" in service] == ["proxy"]
    assert "outside" not in {network for n in services if n != "proxy" for network in services[n]["networks"]}
    networks = {name: network for name, network in compose["networks"].items() if name != "outside"}
    assert all(network["internal"] is True for network in networks.values())
    members = {
        name: {n for n, service in services.items() if name in service["networks"]} for name in networks
    }
    assert members == {
        "inside": {"proxy", *SERVERS},
        "rooms": {"database", *SERVERS},
        "trainings": {"scheduler", "worker", *SERVERS},
    }


@pytest.mark.slow
def test_what_has_a_limit_of_memory_holds_its_files(services):
    """What lies in /tmp counts: nginx's cache is smaller than the folder, and that than the container."""

    def size(text):
        return int(text[:-1]) * {"m": 1, "g": 1024}[text[-1]]

    for name in ("proxy", "server1", "worker"):
        service = services[name]
        assert size(service["tmpfs"].removeprefix("/tmp:size=")) <= size(service["mem_limit"]) / 2
    cache = re.search(r"max_size=(\w+)", NGINX_CONF)[1]
    assert size(cache) < size(services["proxy"]["tmpfs"].removeprefix("/tmp:size="))


@pytest.mark.slow
def test_nginx_may_open_as_many_files_as_it_wants(services):
    files, connections = (
        int(re.search(rf"{name} (\d+);", NGINX_CONF)[1])
        for name in ("worker_rlimit_nofile", "worker_connections")
    )
    assert connections < files == services["proxy"]["ulimits"]["nofile"]


@pytest.mark.slow
def test_who_is_waited_for_says_when_it_is_healthy(services):
    for service in services.values():
        for name, wish in service.get("depends_on", {}).items():
            if wish["condition"] == "service_healthy":
                is_ours = services[name].get("image") == "course" and "HEALTHCHECK" in DOCKERFILE
                assert "healthcheck" in services[name] or is_ours


@pytest.mark.slow
def test_a_server_has_the_time_that_it_takes_to_end(services):
    server = services["server1"]
    drain = float(server["environment"]["COURSE_DRAIN"])
    assert drain + GRACE < seconds(server["stop_grace_period"])


@pytest.mark.slow
def test_nothing_runs_as_root_or_writes_but_the_database(services):
    assert re.search(r"^USER course$", DOCKERFILE, re.M)
    assert services["proxy"]["user"] != "0"
    writing = {name for name, service in services.items() if not service.get("read_only")}
    assert writing == {"database"}


@pytest.mark.slow
def test_secrets_come_from_a_file_that_is_not_committed(services):
    example = (FOLDER / ".env.example").read_text("utf-8")
    variables = dict(line.split("=", 1) for line in without_comments(example))
    text = (FOLDER / "compose.yaml").read_text("utf-8")
    assert set(re.findall(r"\$\{(\w+)", text)) == set(variables)
    for name in ("DATABASE_PASSWORD", "COOKIE_SECRET"):  # empty there, and refused by compose while they are
        assert variables[name] == ""
        assert len(re.findall(rf"\$\{{{name}\b", text)) == len(re.findall(rf"\$\{{{name}:\?", text)) >= 1
    assert "/deploy/.env" in (ROOT / ".gitignore").read_text("utf-8").splitlines()
    environment = services["server1"]["environment"]
    assert environment["PGPASSWORD"] == services["database"]["environment"]["POSTGRES_PASSWORD"]
    assert "COOKIE_SECRET" in environment["STREAMLIT_SERVER_COOKIE_SECRET"]


def test_what_the_proxy_lets_through_is_what_the_course_takes():
    options = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text("utf-8"))
    largest = int(re.search(r"client_max_body_size (\d+)m", location("~ /_stcore/upload_file/"))[1])
    assert largest > options["server"]["maxUploadSize"]
    patience = seconds(re.search(r"proxy_read_timeout (\w+)", location("~ /api/rooms/[^/]+/events$"))[1])
    assert patience > 2 * listeners._SIGN_OF_LIFE


def test_only_what_may_be_sent_twice_is():
    """A join, a new room or a stage that is carried out twice is another one."""
    assert "non_idempotent" in location("~ /api/rooms/[^/]+/(vote|commit)$")
    (line,) = [line for line in without_comments(NGINX_CONF) if "non_idempotent" in line]
    assert line in location("~ /api/rooms/[^/]+/(vote|commit)$")


def test_the_image_has_the_python_that_the_package_asks_for():
    version = re.search(r"FROM python:(\d+)\.(\d+)-slim-\w+\n", DOCKERFILE)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    least = re.fullmatch(r">=(\d+)\.(\d+)", project["requires-python"])
    assert tuple(map(int, version.groups())) >= tuple(map(int, least.groups()))


def test_packages_are_installed_before_the_lessons_come_in():
    lines = without_comments(DOCKERFILE)
    places = [
        next(n for n, line in enumerate(lines) if word in line)
        for word in ("requirements", "pip", "COPY . .")
    ]
    assert places == sorted(places)


def test_the_page_for_the_first_evening_is_short_and_names_what_is_there():
    text = (FOLDER / "README.md").read_text("utf-8")
    assert text.count("\n") <= 80
    for target in re.findall(r"\]\(([^)#]+)", text):
        assert (FOLDER / target).exists(), target
    named = set(re.findall(r"\bdeploy/[\w./-]*\w", text)) - {
        "deploy/.env",
        "deploy/constraints.txt",
        "deploy/nginx/tls",
    }
    assert all((ROOT / name).exists() for name in named), named
