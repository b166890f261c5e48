"""``python -m benchmarks``."""

from camviewer.engine.support import load_torch, spin_shortly

spin_shortly()
load_torch()  # as the program does it, and before anything else imports torch

from benchmarks.command import main  # noqa: E402

main()
