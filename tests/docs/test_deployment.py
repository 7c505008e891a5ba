"""The files in deploy/ are what the programs they are for accept, and name what there is."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest

from metiers_kg.api.settings import Settings, environment_name
from metiers_kg.cli.main import main
from tests.conftest import ROOT

DEPLOY = ROOT / "deploy"
UNIT = (DEPLOY / "metiers-kg.service").read_text(encoding="utf-8")
CONTAINER = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs" / "how-to" / "deploy.md").read_text(encoding="utf-8")
VARIABLES = {environment_name(name) for name in Settings.names()} | {"METIERS_KG_BUILD"}


@pytest.mark.parametrize("file", sorted(DEPLOY.iterdir()), ids=lambda file: file.name)
def test_guide_shows_the_file_itself(file: Path) -> None:
    """The how-to includes each file, and has no copy of it."""
    assert f'--8<-- "deploy/{file.name}"' in GUIDE


@pytest.mark.parametrize("text", [UNIT, CONTAINER], ids=["unit", "container"])
def test_variables_are_settings(text: str) -> None:
    """Each variable that is set is a setting of the service."""
    assert set() == set(re.findall(r"METIERS_KG_[A-Z_]+", text)) - VARIABLES


@pytest.mark.parametrize("text", [UNIT, CONTAINER], ids=["unit", "container"])
def test_commands_are_commands(text: str) -> None:
    """Each call of the command names a command that there is, with options that it has."""
    lines = re.findall(r"bin/metiers-kg (.+?)(?: &&| \\|$)", text, flags=re.MULTILINE)
    lines += [
        " ".join(re.findall(r'"([^"]+)"', line)) for line in re.findall(r"^CMD (\[.*\])$", text, flags=re.MULTILINE)
    ]
    for line in lines:
        words = [word for word in shlex.split(line) if word.startswith("-") or word in main.commands]
        command = next(word for word in words if word in main.commands)
        known = {
            option
            for one in (main, main.commands[command])
            for param in one.params
            if isinstance(param, click.Option)
            for option in param.opts
        }
        assert set() == {word for word in words if word.startswith("--")} - known

    assert lines


def test_container_takes_what_there_is() -> None:
    """The container is built of files that are there, of extras that there are, with the locked version of uv."""
    taken = [
        line[1:] for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines() if line.startswith("!")
    ]
    project = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    lock = (ROOT / "uv.lock").read_text(encoding="utf-8")

    assert [] == [name for name in taken if not (ROOT / name).exists()]
    assert [] == [extra for extra in re.findall(r"--extra (\w+)", CONTAINER) if f"\n{extra} = [" not in project]
    assert re.findall(r"uv==(\S+)", CONTAINER) == re.findall(r'name = "uv"\nversion = "(.+)"', lock)


def test_container_is_nobodys() -> None:
    """The container runs as a user that is not root, and says how it is well."""
    last = CONTAINER.rpartition("\nFROM ")[2]

    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", last, flags=re.MULTILINE)
    assert "HEALTHCHECK" in last


@pytest.mark.skipif(not shutil.which("hadolint"), reason="hadolint is not installed")
def test_container_passes_hadolint() -> None:
    """Hadolint finds nothing in the container file."""
    run = subprocess.run(["hadolint", str(DEPLOY / "Containerfile")], capture_output=True, text=True, check=False)

    assert (0, "") == (run.returncode, run.stdout)


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed")
def test_unit_passes_systemd(tmp_path: Path) -> None:
    """Systemd finds nothing in the unit, on a machine where the command and its folder are."""
    unit = tmp_path / "metiers-kg.service"
    text = UNIT.replace("/srv/metiers-kg/.venv/bin/metiers-kg", sys.executable).replace(
        "/srv/metiers-kg", str(tmp_path)
    )
    unit.write_text(text, encoding="utf-8")
    run = subprocess.run(["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, check=False)

    assert (0, "") == (run.returncode, run.stderr)


def nginx_accepts(folder: Path, locations: str) -> tuple[int, str]:
    """Return what nginx says of *locations* within a server of its own."""
    folder.chmod(0o755)
    for name in ("body", "proxy", "fastcgi", "uwsgi", "scgi"):
        (folder / name).mkdir(exist_ok=True)
    paths = "".join(
        f"{kind}_temp_path {folder}/{name};\n"
        for name, kind in (
            ("body", "client_body"),
            ("proxy", "proxy"),
            ("fastcgi", "fastcgi"),
            ("uwsgi", "uwsgi"),
            ("scgi", "scgi"),
        )
    )
    config = folder / "nginx.conf"
    config.write_text(
        f"pid {folder}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{paths}"
        f"server {{\nlisten 127.0.0.1:18999;\n{locations}\n}}\n}}\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin"}
    command = ["nginx", "-t", "-c", str(config), "-p", str(folder), "-e", "stderr"]
    run = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    return run.returncode, run.stderr


@pytest.mark.skipif(not shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin"), reason="nginx is not installed")
def test_nginx_accepts_its_configuration(tmp_path: Path) -> None:
    """Nginx accepts the locations within a server, and would tell a fault."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    status, told = nginx_accepts(tmp_path, text)

    assert (0, True) == (status, "test is successful" in told), told
    assert nginx_accepts(tmp_path, text.replace("proxy_pass", "proxy_pas"))[0] != 0


def test_nginx_agrees_with_the_unit() -> None:
    """Proxy and service speak of the same path and port, and the proxy waits longer than a query may take."""
    text = (DEPLOY / "nginx.conf").read_text(encoding="utf-8")
    settings = Settings()
    [root] = re.findall(r"METIERS_KG_ROOT_PATH=(\S+)", UNIT)

    assert f"location {root}/ {{" in text
    assert f"proxy_pass http://{settings.host}:{settings.port}/;" in text
    assert float(re.findall(r"proxy_read_timeout (\d+)s", text)[0]) > settings.query_timeout
    assert int(re.findall(r"client_max_body_size (\d+)m", text)[0]) * 2**20 == settings.max_body
    assert float(re.findall(r"TimeoutStopSec=(\d+)", UNIT)[0]) > settings.shutdown_timeout
