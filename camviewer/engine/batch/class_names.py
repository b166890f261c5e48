"""Finds a model's class by a name that others gave it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property

from camviewer.engine.packs.labels import wordnet_ids

_WORDNET_ID = re.compile("n[0-9]{8}")


class ClassNames:
    """Finds a model's class by a name that others gave it.

    Args:
        labels: the model's, by index.
    """

    def __init__(self, labels: Sequence[str]) -> None:
        self._labels = tuple(labels)
        self._by_label: dict[str, int] = {}
        for index, label in enumerate(labels):
            self._by_label.setdefault(_folded(label.split(",")[0]), index)
        whole = reversed(list(enumerate(labels)))
        self._by_label |= {_folded(label): index for index, label in whole}

    def index(self, name: str) -> int | None:
        """The class of a name, by the label in any case, or of an index; None for no class.

        ImageNet's classes are found by WordNet's ids, too, which its folders and boxes have.
        """
        found = self._by_label.get(_folded(name))
        if found is None and name.isdecimal() and int(name) < len(self._labels):
            return int(name)
        if found is None and _WORDNET_ID.fullmatch(name):
            return self._by_wordnet_id.get(name)
        return found

    @cached_property
    def _by_wordnet_id(self) -> dict[str, int]:
        return {name: index for index, name in enumerate(wordnet_ids(self._labels))}


def _folded(name: str) -> str:
    return " ".join(name.replace("_", " ").casefold().split())
