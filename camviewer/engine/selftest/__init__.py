"""The self-test: whether an installed or packaged program is whole and counts as it should."""

from camviewer.engine.selftest.result import CheckResult
from camviewer.engine.selftest.run import run_self_test

__all__ = ["CheckResult", "run_self_test"]
