"""Checks that an installed or packaged program is complete and computes correct results."""

from camviewer.engine.selftest.result import CheckResult
from camviewer.engine.selftest.run import run_self_test

__all__ = ["CheckResult", "run_self_test"]
