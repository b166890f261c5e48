"""Trains the small network that counts discs, for the tests of regressions.

    python -m scripts.train_disc_counter

It takes about two minutes of one core, and prints how far its counts are off.
"""

from __future__ import annotations

from pathlib import Path

import torch  # noqa: TID253  (nobody waits for a window here)
from safetensors.torch import save_file

from tests.discs import DiscCounter, as_batch, disc_scenes

FILE = Path(__file__).resolve().parent.parent / "tests" / "engine" / "data" / "discs.safetensors"
_STEPS, _AT_ONCE = 1500, 48


def main() -> None:
    """Trains on new scenes in every step, and writes the weights."""
    torch.manual_seed(0)
    torch.set_num_threads(1)
    network = DiscCounter()
    optimiser = torch.optim.AdamW(network.parameters(), lr=3e-3, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 6e-3, total_steps=_STEPS)
    for step in range(_STEPS):
        scenes = disc_scenes(_AT_ONCE, seed=1000 + step)
        counts = torch.tensor([float(len(scene.discs)) for scene in scenes])
        loss = (network(as_batch(scenes))[:, 0] - counts).square().mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    network.eval()
    fresh = disc_scenes(500, seed=7)
    with torch.no_grad():
        off = network(as_batch(fresh))[:, 0] - torch.tensor([float(len(s.discs)) for s in fresh])
    print(f"off by {float(off.abs().mean()):.3f} discs on average")
    FILE.parent.mkdir(exist_ok=True)
    save_file({name: tensor.contiguous() for name, tensor in network.state_dict().items()}, FILE)


if __name__ == "__main__":
    main()
