"""What pictures that a method made were scored: all classes at once, so also for the next one."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from torch import Tensor

from camviewer.engine.methods.core.limits import USUAL, Limits


class LogitCache:
    """The logits of the pictures that a method has scored, in the order in which it did.

    Such pictures depend on the picture, the layer and the options, not on the class or the number
    that is explained. So another class needs no pass, and a run that was ended goes on where it
    was.

    Args:
        limits: how many bytes are kept.

    Attributes:
        share: of the method's work that needs not be done again, 0 to 1.
        note: what must be said beside every map that is made of them.
        nbytes: memory that they take.
    """

    def __init__(self, limits: Limits = USUAL) -> None:
        self._most_bytes = limits.kept_logits
        self.share = 0.0
        self.note = ""
        self._calls: list[list[tuple[range, Tensor]]] = []
        self._full = False
        self.nbytes = 0

    def reach(self, share: float) -> None:
        """Learns how much of the method's work is done; it counts as far as its scores are kept."""
        if self.nbytes and not self._full:
            self.share = max(self.share, share)

    def over(
        self,
        call: int,
        count: int,
        device: object,
        run: Callable[[int], Iterator[tuple[range, Tensor]]],
    ) -> Iterator[tuple[range, Tensor]]:
        """The logits (n, K) of ``count`` pictures: what is kept, then the others, which are run.

        Args:
            call: how often the method has asked before.
            count: how many pictures there are.
            device: where the logits are wanted.
            run: runs them from the one with this number on.
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
