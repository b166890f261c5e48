"""Keeps loaded models in memory, so that going back to one is instant."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.engine.errors import CamviewerError
from camviewer.engine.support import Progress
from camviewer.ui.style import tr
from camviewer.ui.work.model_file_kinds import EMBEDDED

if TYPE_CHECKING:
    from camviewer.engine.geometry.input_scale import InputChoice
    from camviewer.engine.session import Session

_ENGINE_AFTER_S = 1.0
"""Delay in seconds of the second engine; because its import would delay the first map."""

_KEPT_BYTES = 3_000_000_000
"""Maximum size of all kept models together, in bytes; the one in use is kept whatever its size."""


@dataclass(frozen=True, eq=False)
class _Kept:
    session: Session
    stamp: tuple[int, int] | None
    choice: InputChoice | None = None


class ModelCache:
    """Opens models, and keeps those that were used last. Only the model's thread may use it.

    Args:
        loaded: models that are loaded already, by their ids; the cache owns them from now on.

    Attributes:
        device: id of the device that models run on; None for the best one.
        second_engine: whether the second engine may run them.
        half_precision: whether slow methods may score in bfloat16.
    """

    def __init__(self, loaded: Mapping[str, Session] | None = None) -> None:
        self.device: str | None = None
        self.second_engine = True
        self.half_precision = False
        self._kept = OrderedDict(
            (model, _Kept(session, _stamp(model))) for model, session in (loaded or {}).items()
        )

    def take(
        self,
        model: str,
        offsets: Path | None,
        progress: Progress,
        choice: InputChoice | None = None,
    ) -> Session:
        """The model of this id: the one that is kept, or one that is loaded now.

        A model whose files are gone still answers; one that was edited, made anew or is to be fed
        otherwise is loaded anew.

        Args:
            model: its id.
            offsets: folder for measured offsets; None keeps them for this run only.
            progress: reports how far it is.
            choice: what it is fed in place of what its recipe says; None for its own recipe.

        Raises:
            CamviewerError: there is no such model, or it is damaged.
            Cancelled: nobody wants it any more; what was kept is kept still.
        """
        progress.at(0.0, tr("Starting torch"))
        from camviewer.engine.support import load_torch  # noqa: PLC0415

        load_torch()
        from camviewer.engine.network import find_device  # noqa: PLC0415  (imports torch)

        device = find_device(self.device)
        stamp = _stamp(model)
        kept = self._kept.get(model)
        if kept is not None and stamp in (None, kept.stamp) and choice == kept.choice:
            try:
                kept.session.move_to(device)
            except CamviewerError:  # no room there: it answers where it is, and says so
                kept.session.fell_back()
        else:
            from camviewer.engine.runtime import second_engine_for  # noqa: PLC0415
            from camviewer.engine.session import open_session  # noqa: PLC0415  (imports torch)

            session = open_session(
                model,
                offsets,
                device,
                progress=progress,
                make_room=self._make_room,
                choice=choice,
            )
            session.use_second_engine(second_engine_for(session.info, begin_after=_ENGINE_AFTER_S))
            if kept is not None:
                kept.session.close()
            kept = _Kept(session, stamp, choice)
        self._kept[model] = kept
        self._kept.move_to_end(model)
        while len(self._kept) > 1 and self._size > _KEPT_BYTES:
            self._let_go()
        self.apply_engines(kept.session)
        return kept.session

    def apply_engines(self, session: Session) -> bool:
        """Allows a model the engines in use; returns whether the CPU computes in bfloat16."""
        session.allow_second_engine(allowed=self.second_engine)
        return session.allow_half_precision(allowed=self.half_precision)

    def forget_pictures(self, kept: Collection[str]) -> None:
        """Lets go of what the models have made of all pictures but those with these hashes."""
        for model in self._kept.values():
            model.session.forget_pictures(kept)

    def close(self) -> None:
        """Lets all models go, and ends what they still do in the background."""
        while self._kept:
            self._let_go()

    def _let_go(self) -> None:
        _, kept = self._kept.popitem(last=False)
        kept.session.close()

    @property
    def _size(self) -> int:
        return sum(kept.session.size_bytes for kept in self._kept.values())

    def _make_room(self) -> bool:
        """Lets all go but the model in use, to which the user may come back at once."""
        had = len(self._kept)
        while len(self._kept) > 1:
            self._let_go()
        return len(self._kept) < had


def _stamp(model: str) -> tuple[int, int] | None:
    if model == EMBEDDED:
        return None  # its package does not change while the program runs
    from camviewer.engine.packs.store import pack_stamp  # noqa: PLC0415  (hashing, TOML)

    return pack_stamp(model)
