"""Writes docs/methods.md from the registry: ``python scripts/make_methods_page.py``."""

from __future__ import annotations

from pathlib import Path

from camviewer.engine.results.method_info import MethodInfo, MethodOption, ScoreKind

PAGE = Path(__file__).parent.parent / "docs" / "methods.md"

_HEAD = """\
# Methods

Every way in which camviewer makes a map. `camviewer methods` lists them with what the model in
use allows; the window shows those that are not defined for it disabled, with the reason.

This page is written by `scripts/make_methods_page.py` from the registry.

- *Cost*: **instant** methods need the one pass that the picture takes anyway; **fast** ones take
  the time of some ten to hundred passes; **slow** ones take hundreds or thousands. They show
  their map as it refines, say how long they will take on this machine, and can be stopped (Esc)
  with the map as far as it is made.
- *Explains*: the logit of a class (the default), its log-probability or its probability, as
  softmax or sigmoid of the model's head. `--score` on the command line.
- *Options* are set with `--option key=value` or in the panel under the method.
"""


def page(methods: list[MethodInfo]) -> str:
    """The page, ready to be written."""
    parts, group = [_HEAD], ""
    for method in methods:
        if method.group != group:
            group = method.group
            parts.append(f"## {group}\n")
        parts.append(_entry(method))
    return "\n".join(parts)


def _entry(method: MethodInfo) -> str:
    lines = [f"### {method.title}", "", method.summary, ""]
    lines.append(f"- Id: `{method.id}`")
    lines.append(f"- Cost: {method.cost}")
    lines.append(f"- Defined for: {method.defined_for}")
    if method.fixed_layer:
        lines.append(f"- Layer: not to be chosen ({method.fixed_layer})")
    if method.classless:
        lines.append("- Explains: no class; the map is the same for all")
    elif set(method.scores) != set(ScoreKind):
        lines.append(f"- Explains: {', '.join(method.scores)}")
    lines.append(f"- Paper: {method.citation}")
    lines += [
        f"- Option `{option.key}` = {_default(option)}: {option.summary}"
        for option in method.options
    ]
    return "\n".join(lines) + "\n"


def _default(option: MethodOption) -> str:
    if isinstance(option.default, bool):
        return "yes" if option.default else "no"
    if isinstance(option.default, str):
        words = option.default or "empty"
        return f"{words} ({', '.join(option.choices)})" if option.choices else words
    return f"{option.default:g} ({option.low:g} to {option.high:g})"


def main() -> None:
    """Writes the page."""
    from camviewer.engine.methods import all_methods  # noqa: PLC0415  (imports torch)

    text = page([method.info for method in all_methods()])
    PAGE.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
