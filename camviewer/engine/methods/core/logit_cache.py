"""Caches the logits of the pictures that a method scored, for use by other classes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from torch import Tensor

from camviewer.engine.methods.core.limits import USUAL, Limits


class LogitCache:
    """The logits of the pictures that a method has scored, in the order of its calls.

    These pictures depend on the picture, the layer and the options, but neither on the class nor
    on the score. Another class therefore needs no pass, and a stopped run continues where it ended.

    Args:
        limits: has the maximum number of bytes.

    Attributes:
        share: share of the method's work whose logits are cached, 0 to 1.
        note: sentence for every map that uses these logits.
        nbytes: memory of the logits.
    """

    def __init__(self, limits: Limits = USUAL) -> None:
        self._most_bytes = limits.kept_logits
        self.share = 0.0
        self.note = ""
        self._calls: list[list[tuple[range, Tensor]]] = []
        self._full = False
        self.nbytes = 0

    def reach(self, share: float) -> None:
        """Records the share of the work that is done, as long as all logits are cached."""
        if self.nbytes and not self._full:
            self.share = max(self.share, share)

    def over(
        self,
        call: int,
        count: int,
        device: object,
        run: Callable[[int], Iterator[tuple[range, Tensor]]],
    ) -> Iterator[tuple[range, Tensor]]:
        """The logits (n, K) of ``count`` pictures: cached ones first, then those of new passes.

        Args:
            call: number of earlier calls by the method.
            count: number of pictures.
            device: device of the returned logits.
            run: runs the pictures from a given number on.
        """
        if call == len(self._calls):
            self._calls.append([])
        kept, done = self._calls[call], 0
        for rows, logits in tuple(kept):
            yield rows, logits.to(device)  # type: ignore[call-overload]
            done = rows.stop
        if done < count:
            for rows, logits in run(done):
                self._full = self._full or self.nbytes + logits.nbytes > self._most_bytes
                if not self._full:
                    kept.append((rows, logits))
                    self.nbytes += logits.nbytes
                yield rows, logits
