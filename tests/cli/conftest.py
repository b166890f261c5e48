"""The program as a process, and its command line in this process with a model loaded once."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
import skimage

import camviewer
from camviewer import app
from camviewer.api.model import Model
from camviewer.cli import checking, listing, main, map_making, packs, trust
from camviewer.cli.parameters import open_model
from camviewer.engine.session.session import Session

ROOT = Path(camviewer.__file__).parents[1]


@dataclass(frozen=True)
class Outcome:
    """How a run of the program ended."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def loaded_session() -> Session:
    """The embedded model, loaded once."""
    return Session.embedded()


@pytest.fixture
def command(
    loaded_session: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Callable[..., Outcome]:
    """Runs a command in this process: ``command("explain", path) -> Outcome``."""

    def opened(
        model: str | None = None,
        bands: str | None = None,
        values: str | None = None,
        tensor: str | None = None,
    ) -> Model:
        is_usual = not (bands or values or tensor)
        embedded = is_usual and model in {None, loaded_session.info.id}
        return Model(loaded_session) if embedded else open_model(model, bands, values, tensor)

    for module in (checking, listing, map_making, packs, trust):
        monkeypatch.setattr(module, "open_model", opened)
    monkeypatch.setattr(main, "start_log", lambda: None)

    def run(*words: object) -> Outcome:
        capsys.readouterr()
        code = main.run([str(word) for word in words])
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return run


@pytest.fixture
def door(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    """Goes through the program's door in this process: ``door("--help") -> Outcome``."""
    monkeypatch.setattr(main, "start_log", lambda: None)

    def run(*words: str) -> Outcome:
        capsys.readouterr()
        code = app.main(words)
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return run


@pytest.fixture
def environment() -> Callable[..., dict[str, str]]:
    """This process's variables with the package on the path; None removes one."""

    def merged(**variables: str | None) -> dict[str, str]:
        path = os.pathsep.join([str(ROOT), *filter(None, [os.environ.get("PYTHONPATH")])])
        wanted: dict[str, str | None] = {**os.environ, "PYTHONPATH": path, **variables}
        return {name: value for name, value in wanted.items() if value is not None}

    return merged


@pytest.fixture
def program(tmp_path: Path, environment: Callable[..., dict[str, str]]) -> Callable[..., Outcome]:
    """Runs the real program in a process of its own, in an empty folder."""

    def run(*words: object, **variables: str | None) -> Outcome:
        done = subprocess.run(
            [sys.executable, "-m", "camviewer", *map(str, words)],
            cwd=tmp_path,
            env=environment(**variables),
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Outcome(done.returncode, done.stdout, done.stderr)

    return run


@pytest.fixture
def photographs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two photographs."""
    folder = tmp_path_factory.mktemp("photographs")
    for name in ("chelsea.png", "coffee.png"):
        shutil.copy(Path(skimage.__file__).parent / "data" / name, folder)
    return folder
