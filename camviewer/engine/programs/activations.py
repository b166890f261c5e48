"""Programs that end in a softmax or sigmoid: it is left off, because camviewer applies it."""

from __future__ import annotations

from dataclasses import replace

from camviewer.engine.programs.program import Program, Ref, Step

_SOFTMAXES, _SIGMOIDS = {"softmax", "log_softmax"}, {"sigmoid"}


def without_activation(program: Program) -> tuple[Program, str]:
    """The program up to its class scores, and how they become probabilities.

    Returns:
        The program, and ``softmax`` or ``sigmoid``.
    """
    last = next((step for step in program.steps if program.logits in step.outputs), None)
    if last is None or last.short_name not in _SOFTMAXES | _SIGMOIDS:
        return program, "softmax"
    fed = last.arguments[0] if last.arguments else None
    if not isinstance(fed, Ref) or _used_elsewhere(fed.name, last, program.steps):
        return program, "softmax"
    steps = tuple(step for step in program.steps if step is not last)
    activation = "sigmoid" if last.short_name in _SIGMOIDS else "softmax"
    return replace(program, logits=fed.name, steps=steps), activation


def _used_elsewhere(name: str, last: Step, steps: tuple[Step, ...]) -> bool:
    return any(name in step.refs for step in steps if step is not last)
