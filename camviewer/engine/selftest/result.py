"""What a check says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class CheckResult:
    """One line of the self-test.

    Attributes:
        group: what part of the program was tried.
        name: of the check within its group.
        passed: whether all was as it should be.
        detail: what was found, or what was wrong.
        milliseconds: how long it took.
    """

    group: str
    name: str
    passed: bool
    detail: str
    milliseconds: float


class SelfTestFailure(Exception):  # noqa: N818  (what a check found, not an error of the test)
    """Something is not as it should be; the message says what."""


Check = Callable[[], str]
"""Tries something and says in a few words what it found.

It raises ``SelfTestFailure`` when that is not what it should be; every other error fails the
check as well.
"""

Checks = Iterator[tuple[str, Check]]
"""Names with checks, one after the other; what a later one needs, an earlier one may prepare."""


def require(condition: bool, otherwise: str) -> None:
    """Raises ``SelfTestFailure`` with the words unless the condition holds."""
    if not condition:
        raise SelfTestFailure(otherwise)
