"""What comes back at the next start."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from camviewer.engine.folders import own_root, settings_folder
from camviewer.engine.geometry import DETAILS, PlacementMode
from camviewer.engine.messages import ExplainRequest, OptionValues, ScoreKind
from camviewer.engine.render import COLORMAPS, SIGNED_COLORMAPS, Look
from camviewer.ui.model_files import EMBEDDED

_RECENT = 12


def _store() -> QSettings:
    ini = QSettings.Format.IniFormat
    if own_root() is not None:
        return QSettings(str(settings_folder() / "camviewer.ini"), ini)
    return QSettings(ini, QSettings.Scope.UserScope, "camviewer", "camviewer")


class Settings:
    """The user's settings; values that make no sense (an edited file) count as not set."""

    def __init__(self) -> None:
        self._store = _store()

    @property
    def folder(self) -> Path:
        """Where the last picture came from."""
        folder = Path(self._text("folder", ""))
        return folder if folder.is_dir() else Path.home()

    def set_folder(self, folder: Path) -> None:
        self._store.setValue("folder", str(folder))

    @property
    def recent(self) -> tuple[Path, ...]:
        """The pictures opened last, newest first."""
        value = self._store.value("recent", [])
        paths = value if isinstance(value, list) else [value]
        return tuple(Path(str(path)) for path in paths if path)[:_RECENT]

    def add_recent(self, path: Path) -> None:
        others = [str(known) for known in self.recent if known != path]
        self._store.setValue("recent", [str(path), *others][:_RECENT])

    def clear_recent(self) -> None:
        self._store.remove("recent")

    @property
    def class_count(self) -> int:
        """k, at least 1."""
        return max(self._int("class_count", 5), 1)

    def set_class_count(self, count: int) -> None:
        self._store.setValue("class_count", count)

    @property
    def theme(self) -> str:
        """system, light or dark."""
        value = self._text("theme", "system")
        return value if value in {"system", "light", "dark"} else "system"

    def set_theme(self, choice: str) -> None:
        self._store.setValue("theme", choice)

    @property
    def model(self) -> str:
        """Id of the model that was asked last."""
        return self._text("model", EMBEDDED)

    def set_model(self, identifier: str) -> None:
        self._store.setValue("model", identifier)

    @property
    def second_engine(self) -> bool:
        """Whether models may be run by the second engine."""
        return self._flag("second_engine", default=True)

    def set_second_engine(self, allowed: bool) -> None:
        self._store.setValue("second_engine", allowed)

    @property
    def half_precision(self) -> bool:
        """Whether slow methods may score in bfloat16."""
        return self._flag("half_precision", default=False)

    def set_half_precision(self, allowed: bool) -> None:
        self._store.setValue("half_precision", allowed)

    @property
    def crop_frame(self) -> bool:
        return self._flag("crop_frame", default=True)

    def set_crop_frame(self, shown: bool) -> None:
        self._store.setValue("crop_frame", shown)

    @property
    def look(self) -> Look:
        """Colours, opacity and sign; a fixed range belongs to one comparison and is not kept."""
        default = Look()
        return Look(
            colormap=self._one_of("look/colormap", COLORMAPS, default.colormap),
            signed_colormap=self._one_of(
                "look/signed_colormap", SIGNED_COLORMAPS, default.signed_colormap
            ),
            opacity=min(max(self._number("look/opacity", default.opacity), 0.0), 1.0),
            signed=self._flag("look/signed", default=default.signed),
            fade=self._flag("look/fade", default=default.fade),
        )

    def set_look(self, look: Look) -> None:
        self._store.setValue("look/colormap", look.colormap)
        self._store.setValue("look/signed_colormap", look.signed_colormap)
        self._store.setValue("look/opacity", look.opacity)
        self._store.setValue("look/signed", look.signed)
        self._store.setValue("look/fade", look.fade)

    @property
    def request(self) -> ExplainRequest:
        """Placement, detail, alignment and score; the rest belongs to a picture."""
        mode = self._one_of("placement/mode", [m.value for m in PlacementMode], "crop")
        detail = self._number("placement/detail", 1.0)
        return ExplainRequest(
            mode=PlacementMode(mode),
            detail=detail if detail in DETAILS else 1.0,
            nominal=self._flag("placement/nominal", default=False),
            score=ScoreKind(self._one_of("explain/score", list(ScoreKind), ScoreKind.LOGIT)),
        )

    def set_request(self, request: ExplainRequest) -> None:
        self._store.setValue("placement/mode", request.mode.value)
        self._store.setValue("placement/detail", request.detail)
        self._store.setValue("placement/nominal", request.nominal)
        self._store.setValue("explain/score", request.score.value)

    @property
    def options(self) -> dict[str, OptionValues]:
        """What was set of methods, by their ids; whether it is allowed is not known here."""
        try:
            kept = json.loads(self._text("explain/options", "{}"))
            return {str(method): _pairs(options) for method, options in kept.items()}
        except (ValueError, AttributeError):
            return {}

    def set_options(self, options: Mapping[str, OptionValues]) -> None:
        kept = {method: dict(values) for method, values in options.items() if values}
        self._store.setValue("explain/options", json.dumps(kept))

    @property
    def geometry(self) -> tuple[QByteArray, QByteArray] | None:
        """Window geometry and the state of its docks."""
        geometry, state = self._store.value("window/geometry"), self._store.value("window/state")
        if isinstance(geometry, QByteArray) and isinstance(state, QByteArray):
            return geometry, state
        return None

    def set_geometry(self, geometry: QByteArray, state: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)
        self._store.setValue("window/state", state)

    def sync(self) -> None:
        """Writes what has changed."""
        self._store.sync()

    def _text(self, key: str, default: str) -> str:
        return str(self._store.value(key, default))

    def _number(self, key: str, default: float) -> float:
        try:
            return float(self._text(key, str(default)))
        except ValueError:
            return default

    def _int(self, key: str, default: int) -> int:
        return int(self._number(key, default))

    def _flag(self, key: str, *, default: bool) -> bool:
        return self._text(key, str(default)).lower() == "true"

    def _one_of(self, key: str, choices: tuple[str, ...] | list[str], default: str) -> str:
        value = self._text(key, default)
        return value if value in choices else default


def _pairs(options: dict[str, object]) -> OptionValues:
    return tuple(
        (key, value)
        for key, value in options.items()
        if isinstance(value, bool | int | float | str)
    )
