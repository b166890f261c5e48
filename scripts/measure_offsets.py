"""Measures where the cells of the embedded model look, and writes the table that is shipped.

Run it after a change to the network or to the way of measuring; it takes minutes:

    python scripts/measure_offsets.py                         every layer that is not in the table
    python scripts/measure_offsets.py --layer 'head*' --samples 192 --again
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import torch  # noqa: TID253  (nobody waits for a window here)
from torch import Tensor, nn  # noqa: TID253

from camviewer.engine.network.devices import find_device
from camviewer.engine.network.embedded import IDENTIFIER, RECIPE, WEIGHTS_SHA256, load_embedded
from camviewer.engine.network.grid_layers import outputs_watched
from camviewer.engine.network.measured_offsets import Offset, measure_offset
from camviewer.engine.network.offset_store import VERSION

TABLE = Path(__file__).resolve().parent.parent / "resources/models" / IDENTIFIER / "offsets.json"
UNIT = "input pixels, x to the right and y downwards"


@dataclass(frozen=True)
class Row:
    """One layer of the table: offset and standard error (x, y), and over how many pictures."""

    offset: tuple[float, float]
    error: tuple[float, float]
    samples: int


def main() -> None:
    """Measures what the command line names."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--layer", default="*", help="a name, or a pattern with * and ?")
    parser.add_argument("--samples", type=int, default=64, help="random pictures for each layer")
    parser.add_argument("--again", action="store_true", help="also what is in the table")
    arguments = parser.parse_args()

    network = load_embedded(find_device()).network
    groups = layers_by_output(network)
    rows = read_table(TABLE)
    for names in groups:
        wanted = [name for name in names if fnmatchcase(name, arguments.layer)]
        if not wanted or (wanted[0] in rows and not arguments.again):
            continue
        row = as_row(
            measure_offset(network, names[0], RECIPE, samples=arguments.samples, precise=0.0)
        )
        rows |= dict.fromkeys(names, row)
        write_table(TABLE, rows, order=[name for names in groups for name in names])
        print(
            f"{', '.join(names)}: x {row.offset[0]:+.2f} ± {row.error[0]:.2f}, "
            f"y {row.offset[1]:+.2f} ± {row.error[1]:.2f}",
            flush=True,
        )


def layers_by_output(network: nn.Module) -> list[list[str]]:
    """The layers with a grid; those that hand on one and the same tensor stand together."""
    groups: dict[tuple[int, int], list[str]] = {}
    alive: list[Tensor] = []  # so that no two outputs ever share an address

    def see(name: str, output: Tensor) -> None:
        if output.dim() == 4 and output.shape[2:].numel() > 1:
            alive.append(output)
            # An in-place activation hands on the same tensor with other numbers in it.
            groups.setdefault((output.data_ptr(), output._version), []).append(name)

    with outputs_watched(network, see), torch.no_grad():
        network(torch.zeros((1, 3, *RECIPE.input_size), device=next(network.parameters()).device))
    return list(groups.values())


def as_row(offset: Offset) -> Row:
    """The row of a measurement, rounded to what is worth keeping."""
    return Row(
        (round(offset.x, 2), round(offset.y, 2)),
        (round(offset.error_x, 2), round(offset.error_y, 2)),
        offset.samples,
    )


def read_table(path: Path) -> dict[str, Row]:
    """What was measured before on the same weights."""
    if not path.is_file():
        return {}
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    if content["weights_sha256"] != WEIGHTS_SHA256:
        return {}
    return {
        name: Row(tuple(offset), tuple(content["standard_errors"][name]), content["samples"][name])
        for name, offset in content["offsets"].items()
    }


def write_table(path: Path, rows: dict[str, Row], order: list[str]) -> None:
    """Writes the format that ``camviewer.engine.network.offset_store`` reads, one layer a line."""
    known = [name for name in order if name in rows]
    parts = {
        "weights_sha256": json.dumps(WEIGHTS_SHA256),
        "version": json.dumps(VERSION),
        "unit": json.dumps(UNIT),
        "offsets": _lines({name: list(rows[name].offset) for name in known}),
        "standard_errors": _lines({name: list(rows[name].error) for name in known}),
        "samples": _lines({name: rows[name].samples for name in known}),
    }
    text = ",\n".join(f' "{key}": {value}' for key, value in parts.items())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


def _lines(values: dict[str, Any]) -> str:
    inner = ",\n".join(
        f"  {json.dumps(name)}: {json.dumps(value)}" for name, value in values.items()
    )
    return f"{{\n{inner}\n }}"


if __name__ == "__main__":
    main()
