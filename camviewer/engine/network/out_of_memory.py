"""Recognises errors of a GPU that ran out of memory, and frees that memory."""

from __future__ import annotations

import gc

import torch

# Only torch's CUDA allocator has an error class; MPS and CUDA's libraries use plain messages.
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
    """Whether an error says that a GPU ran out of memory; errors of the CPU do not count."""
    if isinstance(error, torch.OutOfMemoryError):
        return True
    words = str(error).lower()
    return isinstance(error, RuntimeError) and any(each in words for each in _WORDS)


def release_memory(device: torch.device) -> None:
    """Empties a device's memory cache; call it after the error has been handled."""
    gc.collect()  # a traceback keeps the tensors of its frames
    if device.type == "cuda" and torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif device.type == "mps" and torch.backends.mps.is_available():
        torch.mps.empty_cache()
