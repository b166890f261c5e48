"""Defines checks and their results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class CheckResult:
    """One line of the self-test.

    Attributes:
        group: the part of the program that was checked.
        name: name of the check in its group.
        passed: whether the check has passed.
        detail: the result, or the error.
        milliseconds: duration of the check.
    """

    group: str
    name: str
    passed: bool
    detail: str
    milliseconds: float


class SelfTestFailure(Exception):  # noqa: N818  (what a check found, not an error of the test)
    """A check has failed, for the reason in the message."""


Check = Callable[[], str]
"""A function that checks something and returns its result in a few words.

It raises ``SelfTestFailure`` for a wrong result; every other error fails the check as well.
"""

Checks = Iterator[tuple[str, Check]]
"""Named checks in order; an earlier one may prepare a later one."""


def require(condition: bool, otherwise: str) -> None:
    """Raises ``SelfTestFailure`` with the words unless the condition holds."""
    if not condition:
        raise SelfTestFailure(otherwise)
