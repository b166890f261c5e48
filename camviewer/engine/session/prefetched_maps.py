"""Makes maps of likely classes in advance while the session is idle."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import perf_counter

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods import ClassMap, Method
from camviewer.engine.methods.core.method_run import finite
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.messages import OptionValue

_log = logging.getLogger(__name__)

_CLASSES = 5
"""Number of classes whose maps are made in advance: those in the window's list."""
_SOON = 0.05
"""Maximum time of a map that is made in advance, in seconds; because a new request must not wait
for it."""


@dataclass(eq=False)
class PrefetchedMaps:
    """The maps of one pass by one method, by class.

    Attributes:
        forward: the pass, with the score that is explained.
        method: a method that needs a single pass.
        options: all options of the method.
    """

    forward: Forward
    method: Method
    options: Mapping[str, OptionValue]
    _maps: dict[int, ClassMap] = field(default_factory=dict)
    _tried: set[int] = field(default_factory=set)
    _seconds: float = 0.0

    def answers(self, forward: Forward, method: Method, options: Mapping[str, OptionValue]) -> bool:
        """Whether these maps belong to this pass, method and options."""
        mine = self.forward
        return (
            mine.activations is forward.activations
            and mine.score == forward.score
            and self.method is method
            and self.options == options
        )

    def map_of(self, class_index: int) -> ClassMap:
        """The map of a class.

        Raises:
            CamviewerError: the method cannot be carried out, or gives numbers that are not finite.
        """
        if class_index not in self._maps:
            self._tried.add(class_index)
            began = perf_counter()
            class_map = self.method.explain(self.forward, class_index, **self.options)
            self._seconds = perf_counter() - began
            self._maps[class_index] = finite(self.method, class_map)
        return self._maps[class_index]

    def make_one(self) -> bool:
        """Makes the map of a class that is likely to be requested; False when none is left."""
        if not self.forward.score.is_of_one_class:
            return False
        if self.method.info.classless or self._seconds > _SOON:
            return False
        likely = self.forward.most_probable(_CLASSES)
        missing = [class_index for class_index in likely if class_index not in self._tried]
        if missing:
            try:
                self.map_of(missing[0])
            except CamviewerError as error:
                _log.info("no map of class %d ahead: %s", missing[0], error)
        return len(missing) > 1
