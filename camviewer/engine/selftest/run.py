"""Runs the checks one after the other and yields each result."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from camviewer.engine.selftest.result import Check, CheckResult, Checks
from camviewer.engine.support.folders import everything_in

_log = logging.getLogger(__name__)


def _program(_folder: Path) -> Checks:
    from camviewer.engine.selftest.papers import paper_checks  # noqa: PLC0415

    return paper_checks()


def _model(_folder: Path) -> Checks:
    from camviewer.engine.selftest.model import model_checks  # noqa: PLC0415  (imports torch)

    return model_checks()


def _methods(_folder: Path) -> Checks:
    from camviewer.engine.selftest.model import method_checks  # noqa: PLC0415

    return method_checks()


def _devices(_folder: Path) -> Checks:
    from camviewer.engine.selftest.model import device_checks  # noqa: PLC0415

    return device_checks()


def _pictures(_folder: Path) -> Checks:
    from camviewer.engine.selftest.pictures import picture_checks  # noqa: PLC0415

    return picture_checks()


def _imports(folder: Path) -> Checks:
    from camviewer.engine.selftest.imports import import_checks  # noqa: PLC0415

    return import_checks(folder)


def _folders(folder: Path) -> Checks:
    from camviewer.engine.selftest.folders import folder_checks  # noqa: PLC0415

    return folder_checks(folder)


def _programs(folder: Path) -> Checks:
    from camviewer.engine.selftest.programs import program_checks  # noqa: PLC0415

    return program_checks(folder)


def _processes(folder: Path) -> Checks:
    from camviewer.engine.selftest.processes import process_checks  # noqa: PLC0415

    return process_checks(folder)


GROUPS: tuple[tuple[str, Callable[[Path], Checks]], ...] = (
    ("Program", _program),
    ("Pictures", _pictures),
    ("Model", _model),
    ("Methods", _methods),
    ("Devices", _devices),
    ("Models of others", _imports),
    ("Folders of others", _folders),
    ("Programs of others", _programs),
    ("Processes", _processes),
)


def run_self_test(only: Collection[str] | None = None) -> Iterator[CheckResult]:
    """Checks every part of the program without reading or changing the user's data.

    Args:
        only: names of the groups to run; all when None.
    """
    with TemporaryDirectory(prefix="camviewer-self-test-") as name, everything_in(Path(name)):
        for group, find in GROUPS:
            if only is None or group in only:
                yield from _run_group(group, find, Path(name))


def _run_group(group: str, find: Callable[[Path], Checks], folder: Path) -> Iterator[CheckResult]:
    checks: Checks | None = None

    def prepare() -> str:
        nonlocal checks
        checks = find(folder)
        return ""

    prepared = _run(group, "start", prepare)
    if checks is None:
        yield prepared
        return
    while True:
        try:
            name, check = next(checks)
        except StopIteration:
            return
        except Exception as error:  # noqa: BLE001  (a check that cannot even begin has failed)
            _log.exception("the self-test's group %s ended early", group)
            yield CheckResult(group, "start", False, _words(error), 0.0)
            return
        yield _run(group, name, check)


def _run(group: str, name: str, check: Check) -> CheckResult:
    start = perf_counter()
    try:
        detail, passed = check(), True
    except Exception as error:  # noqa: BLE001  (whatever it is, it is what the test was to find)
        _log.warning("self-test: %s, %s failed", group, name, exc_info=True)
        detail, passed = _words(error), False
    return CheckResult(group, name, passed, detail, (perf_counter() - start) * 1000)


def _words(error: Exception) -> str:
    return str(error) or type(error).__name__
