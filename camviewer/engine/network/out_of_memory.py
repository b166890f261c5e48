"""What to do when a graphics card's memory does not suffice."""

from __future__ import annotations

import gc

import torch

# Only the first has a type of its own; MPS and the libraries beneath CUDA say it in words.
_WORDS = (
    "mps backend out of memory",
    "cuda out of memory",
    "cuda error: out of memory",
    "cublas_status_alloc_failed",
    "cudnn_status_alloc_failed",
    "cusolver_status_alloc_failed",
    "hip out of memory",
)


def is_out_of_memory(error: BaseException) -> bool:
    """Whether an error says that a card's memory does not suffice; the CPU's is another matter."""
    if isinstance(error, torch.OutOfMemoryError):
        return True
    words = str(error).lower()
    return isinstance(error, RuntimeError) and any(each in words for each in _WORDS)


def release_memory(device: torch.device) -> None:
    """Gives back what a device keeps for later; to be called when the error is dealt with."""
    gc.collect()  # a traceback keeps the tensors of its frames
    if device.type == "cuda" and torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif device.type == "mps" and torch.backends.mps.is_available():
        torch.mps.empty_cache()
