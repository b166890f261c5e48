"""Lists the devices that a network can run on: CPU, CUDA GPUs by name, Apple's GPU."""

from __future__ import annotations

import torch

from camviewer.engine.errors import CamviewerError
from camviewer.engine.results.messages import DeviceInfo


def list_devices() -> tuple[DeviceInfo, ...]:
    """The devices of this machine, fastest first; the CPU is always among them."""
    cards = range(torch.cuda.device_count()) if torch.cuda.is_available() else ()
    found = [torch.device("cuda", index) for index in cards]
    if torch.backends.mps.is_available():
        found.append(torch.device("mps"))
    return tuple(describe(device) for device in (*found, torch.device("cpu")))


def describe(device: torch.device) -> DeviceInfo:
    """The description of a device."""
    if device.type == "cuda":
        index = device.index or 0
        free, _ = torch.cuda.mem_get_info(index)
        return DeviceInfo(f"cuda:{index}", torch.cuda.get_device_name(index), free)
    if device.type == "mps":
        return DeviceInfo("mps", "Apple GPU")
    return DeviceInfo(device.type, device.type.upper())


def find_device(identifier: str | None = None) -> torch.device:
    """The device of that id; the fastest device when it is None.

    Raises:
        CamviewerError: this machine has no such device.
    """
    devices = list_devices()
    if identifier is None:
        return torch.device(devices[0].id)
    wanted = "cuda:0" if identifier == "cuda" else identifier
    if wanted not in {device.id for device in devices}:
        known = ", ".join(device.id for device in devices)
        raise CamviewerError(
            f"This machine has no device called {identifier}.", f"Choose one of: {known}."
        )
    return torch.device(wanted)
