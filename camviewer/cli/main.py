"""The commands, and how each way of failing ends."""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Sequence

import click

from camviewer import __version__
from camviewer.cli.explain import explain
from camviewer.cli.listing import layers, methods
from camviewer.cli.packs import models
from camviewer.cli.selftest import self_test
for _command in (explain, models, methods, layers, structure, trust, compare, self_test):
