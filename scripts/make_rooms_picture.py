"""Draws docs/architecture.svg from the contracts: ``python scripts/make_rooms_picture.py``."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "architecture.svg"
_WIDTH, _LEFT, _ENGINE = 1040, 24, 640
_TOP, _ROOM, _GAP = 56, 26, 6
"""Pixels: where the rooms begin, a room's height, and what lies between two."""
_IN_A_ROW = 5
"""Rooms beside each other; those of a wider layer stand in several rows."""
_STYLE = """\
.b{fill:#fff;stroke:#d9dce0}.t{fill:#1d2125}.a{stroke:#0b6bcb;stroke-width:2;fill:none}\
.m{fill:#5d6670;font-size:11px;letter-spacing:.08em;font-weight:600}\
.p{fill:#0b6bcb}.bg{fill:#f5f6f7}.n{fill:#5d6670;font-size:11px}\
@media(prefers-color-scheme:dark){.b{fill:#232629;stroke:#34383d}.t{fill:#e8eaed}\
.m,.n{fill:#9aa3ad}.a{stroke:#5aa9f5}.p{fill:#5aa9f5}.bg{fill:#1b1d20}}"""
_ARROW_HEAD = """\
<defs><marker id="h" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="4" markerHeight="4" \
orient="auto"><path class="p" d="M0 0L8 4L0 8z"/></marker></defs>"""
_WAY = (
    ("file", ""),
    ("SourceImage", "picture"),
    ("Placement", "geometry"),
    ("Forward", "network"),
    ("ClassMap", "methods"),
    ("Heatmap", "session"),
    ("Overlay", "render, canvas"),
)
"""What becomes of a picture, and the room that makes it."""


def layers(container: str) -> list[list[str]]:
    """The rooms of the engine or the window, from the top down."""
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    for contract in contracts["tool"]["importlinter"]["contracts"]:
        if contract.get("containers") == [container]:
            found = [layer.split(" | ") for layer in contract["layers"]]
            return [layer for layer in found if layer != ["errors"]]
    raise KeyError(container)


def picture() -> str:
    """The picture, ready to be written."""
    window, places = _rooms(layers("camviewer.ui"), _LEFT, 440)
    engine, engine_places = _rooms(layers("camviewer.engine"), _ENGINE, 376)
    height = max(engine_places.values()) + _ROOM + _LEFT
    work, session = (places["work"] + _ROOM // 2, engine_places["session"] + _ROOM // 2)
    command = max(places.values()) + 80
    parts = [
        f'<rect class="bg" width="{_WIDTH}" height="{height}" rx="8"/>',
        _head(_LEFT, 44, "WINDOW (QT, NO TORCH)"),
        *window,
        _head(_ENGINE, 44, "ENGINE (NO QT)"),
        *engine,
        _box(_LEFT, command, 440, "cli, api: the same without a window"),
        _head(484, 44, "REQUESTS"),
        _text(484, 66, "frozen data, newest wins", size=11.5),
        _arrow(f"M464 {work} C 540 {work}, 560 {session - 4}, 632 {session - 4}"),
        _arrow(f"M464 {command + 13} C 560 {command + 13}, 560 {session + 4}, 632 {session + 4}"),
        *_way(command + 90),
        _text(_LEFT, command + 200, "A room imports those below it, never those above.", size=12),
        _text(
            _LEFT,
            command + 220,
            "One thread owns the model; the window's thread never runs torch.",
            size=12,
        ),
    ]
    begin = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" '
        f'width="{_WIDTH}" height="{height}" font-family="system-ui, sans-serif" font-size="13" '
        'role="img" aria-label="The rooms of camviewer and a picture\'s way through them">'
    )
    return "\n".join([begin, f"<style>{_STYLE}</style>", _ARROW_HEAD, *parts, "</svg>\n"])


def _rooms(rows: list[list[str]], left: int, width: int) -> tuple[list[str], dict[str, int]]:
    """The boxes of all rooms, and the y of each."""
    parts, places, y = [], {}, _TOP
    for layer in rows:
        lines = -(-len(layer) // _IN_A_ROW)
        each = -(-len(layer) // lines)
        for first in range(0, len(layer), each):
            names = layer[first : first + each]
            room = (width - _GAP * (len(names) - 1)) / len(names)
            for place, name in enumerate(names):
                size = 12 if room > 90 else 11
                parts.append(_box(left + place * (room + _GAP), y, room, name, size=size))
                places[name] = y
            y += _ROOM + _GAP
    return parts, places


def _way(y: float) -> list[str]:
    parts = [_head(_LEFT, y - 16, "A PICTURE'S WAY")]
    for place, (name, room) in enumerate(_WAY):
        x = _LEFT + 86 * place
        parts.append(_box(x, y, 72, name, height=40, size=10.5))
        parts.append(
            f'<text class="n" x="{x + 36}" y="{y + 58}" text-anchor="middle">{room}</text>'
        )
        if place:
            parts.append(_arrow(f"M{x - 14} {y + 20} h10"))
    return parts


def _box(
    x: float, y: float, width: float, name: str, *, height: int = _ROOM, size: float = 12
) -> str:
    middle = f'x="{x + width / 2:.0f}" y="{y + height / 2 + 4:.0f}" text-anchor="middle"'
    return (
        f'<rect class="b" x="{x:.0f}" y="{y}" width="{width:.0f}" height="{height}" rx="6"/>'
        f'<text class="t" {middle} font-size="{size}">{name}</text>'
    )


def _head(x: float, y: float, words: str) -> str:
    return f'<text class="m" x="{x}" y="{y}">{words}</text>'


def _text(x: float, y: float, words: str, size: float) -> str:
    return f'<text class="t" x="{x}" y="{y}" font-size="{size}">{words}</text>'


def _arrow(path: str) -> str:
    return f'<path class="a" d="{path}" marker-end="url(#h)"/>'


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
