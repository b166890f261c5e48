"""The user's settings, which are kept in a file."""

from __future__ import annotations

import json
import logging
import math
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from camviewer.engine.errors import CamviewerError, reason_of
from camviewer.engine.geometry import DETAILS, PlacementMode
from camviewer.engine.render import COLORMAPS, SIGNED_COLORMAPS, Look
from camviewer.engine.results import ExplainRequest, OptionValues, ScoreKind
from camviewer.engine.support import settings_folder
from camviewer.engine.support.folders import own_root
from camviewer.ui.state.mark_choice import MarkChoice, shares_of, words_of
from camviewer.ui.style import tr
from camviewer.ui.style.translation import LANGUAGES, SYSTEM
from camviewer.ui.work import EMBEDDED

_log = logging.getLogger(__name__)

_RECENT = 12
_RECENT_COMMANDS = 6
_MOST_CLASSES = 1_000_000
"""Maximum length of the class list; a larger number in the file is a mistake."""
_LONGEST_NAME = 255
"""Maximum length of a model's id in characters, as file systems have it."""


def _store() -> QSettings:
    ini = QSettings.Format.IniFormat
    if own_root() is not None:
        return QSettings(str(settings_folder() / "camviewer.ini"), ini)
    return QSettings(ini, QSettings.Scope.UserScope, "camviewer", "camviewer")


class Settings:
    """The user's settings; values that make no sense (an edited file) count as not set.

    Each of them is named in the log once.
    """

    def __init__(self) -> None:
        self._store = _store()
        self._named: set[str] = set()

    @property
    def path(self) -> Path:
        """The file that they are kept in."""
        return Path(self._store.fileName())

    def set_aside(self) -> Path:
        """Starts afresh; returns the copy that is kept of what was set.

        Raises:
            CamviewerError: no copy could be written; the settings are as they were.
        """
        copy = self.path.with_suffix(".before.ini")
        try:
            shutil.copyfile(self.path, copy)
        except OSError as error:
            raise CamviewerError(
                tr("No copy of {path} could be written: {reason}.").format(
                    path=self.path, reason=reason_of(error)
                ),
                tr("Move that file away yourself, then start again."),
            ) from error
        self._store.clear()
        self._store.sync()
        return copy

    @property
    def folder(self) -> Path:
        """Where the last picture came from."""
        folder = Path(self._text("folder", ""))
        try:
            return folder if folder.is_dir() else Path.home()
        except (OSError, ValueError):  # a name that the system cannot even look up
            self._leave_out("folder", folder)
            return Path.home()

    def set_folder(self, folder: Path) -> None:
        self._store.setValue("folder", str(folder))

    @property
    def recent(self) -> tuple[Path, ...]:
        """The pictures opened last, newest first."""
        value = self._store.value("recent", [])
        paths = value if isinstance(value, list) else [value]
        names = [path for path in paths if isinstance(path, str) and path and "\0" not in path]
        if len(names) != len([path for path in paths if path]):
            self._leave_out("recent", value)
        return tuple(Path(name) for name in names)[:_RECENT]

    def add_recent(self, path: Path) -> None:
        others = [str(known) for known in self.recent if known != path]
        self._store.setValue("recent", [str(path), *others][:_RECENT])

    def clear_recent(self) -> None:
        self._store.remove("recent")

    @property
    def class_count(self) -> int:
        """How many classes are listed, at least 1."""
        return int(self._number("class_count", 5, 1, _MOST_CLASSES))

    def set_class_count(self, count: int) -> None:
        self._store.setValue("class_count", count)

    @property
    def theme(self) -> str:
        """system, light or dark."""
        return self._one_of("theme", ("system", "light", "dark"), "system")

    def set_theme(self, choice: str) -> None:
        self._store.setValue("theme", choice)

    @property
    def language(self) -> str:
        """The window's language: system, or a code such as de."""
        return self._one_of("language", (SYSTEM, *LANGUAGES), SYSTEM)

    def set_language(self, choice: str) -> None:
        self._store.setValue("language", choice)

    @property
    def model(self) -> str:
        """Id of the model that was asked last."""
        name = self._text("model", EMBEDDED)
        if name and name.isprintable() and len(name) <= _LONGEST_NAME and Path(name).name == name:
            return name
        self._leave_out("model", name)
        return EMBEDDED

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
    def judging_goes_on(self) -> bool:
        """Whether a judgement in *Review* goes on to the next picture."""
        return self._flag("judging/goes_on", default=False)

    def set_judging_goes_on(self, goes_on: bool) -> None:
        self._store.setValue("judging/goes_on", goes_on)

    @property
    def reviewer(self) -> str:
        """The name that judgements are signed with; empty unless one was given."""
        return self._text("judging/reviewer", "")

    def set_reviewer(self, name: str) -> None:
        self._store.setValue("judging/reviewer", name)

    @property
    def marks(self) -> MarkChoice:
        """Which lines are drawn over the picture, and at which values."""
        usual = MarkChoice()
        words = self._text("marks/shares", words_of(usual.shares))
        shares = shares_of(words)
        if shares is None:
            self._leave_out("marks/shares", words)
        return MarkChoice(
            objects=self._flag("marks/objects", default=usual.objects),
            contours=self._flag("marks/contours", default=usual.contours),
            box=self._flag("marks/box", default=usual.box),
            share=self._number("marks/share", usual.share, 0.01, 0.99),
            shares=shares or usual.shares,
            of_any_class=self._flag("marks/of_any_class", default=usual.of_any_class),
            saved=self._flag("marks/saved", default=usual.saved),
        )

    def set_marks(self, marks: MarkChoice) -> None:
        self._store.setValue("marks/objects", marks.objects)
        self._store.setValue("marks/contours", marks.contours)
        self._store.setValue("marks/box", marks.box)
        self._store.setValue("marks/share", marks.share)
        self._store.setValue("marks/shares", words_of(marks.shares))
        self._store.setValue("marks/of_any_class", marks.of_any_class)
        self._store.setValue("marks/saved", marks.saved)

    @property
    def look(self) -> Look:
        """Colours, opacity and sign; a fixed range belongs to one comparison and is not kept."""
        default = Look()
        return Look(
            colormap=self._one_of("look/colormap", COLORMAPS, default.colormap),
            signed_colormap=self._one_of(
                "look/signed_colormap", SIGNED_COLORMAPS, default.signed_colormap
            ),
            opacity=self._number("look/opacity", default.opacity, 0.0, 1.0),
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
        detail = self._number("placement/detail", 1.0, min(DETAILS), max(DETAILS))
        if detail not in DETAILS:
            self._leave_out("placement/detail", detail)
            detail = 1.0
        return ExplainRequest(
            mode=PlacementMode(mode),
            detail=detail,
            nominal=self._flag("placement/nominal", default=False),
            score=ScoreKind(self._one_of("explain/score", list(ScoreKind), ScoreKind.LOGIT)),
        )

    def set_request(self, request: ExplainRequest) -> None:
        self._store.setValue("placement/mode", request.mode.value)
        self._store.setValue("placement/detail", request.detail)
        self._store.setValue("placement/nominal", request.nominal)
        self._store.setValue("explain/score", request.score.value)

    @property
    def recent_methods(self) -> tuple[str, ...]:
        """Ids of the methods that were used last, the last one first."""
        return tuple(name for name in self._text("explain/recent", "").split(",") if name)

    def set_recent_methods(self, methods: Sequence[str]) -> None:
        self._store.setValue("explain/recent", ",".join(methods))

    @property
    def recent_commands(self) -> tuple[str, ...]:
        """Keys of what was done from the command palette, the last one first."""
        text = self._text("palette/recent", "[]")
        try:
            kept = json.loads(text)
        except (ValueError, RecursionError):
            kept = None
        if not isinstance(kept, list):
            self._leave_out("palette/recent", text)
            return ()
        return tuple(key for key in kept if isinstance(key, str))[:_RECENT_COMMANDS]

    def add_recent_command(self, key: str) -> None:
        others = [known for known in self.recent_commands if known != key]
        self._store.setValue("palette/recent", json.dumps([key, *others][:_RECENT_COMMANDS]))

    def is_told(self, what: str) -> bool:
        """Whether the user was told something that is told once."""
        return self._flag(f"told/{what}", default=False)

    def set_told(self, what: str) -> None:
        self._store.setValue(f"told/{what}", True)

    @property
    def options(self) -> dict[str, OptionValues]:
        """What was set of methods, by their ids; whether it is allowed is not known here."""
        text = self._text("explain/options", "{}")
        try:
            kept = json.loads(text)
            return {str(method): _pairs(options) for method, options in kept.items()}
        except (ValueError, AttributeError, RecursionError):
            self._leave_out("explain/options", text)
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
        if geometry is not None or state is not None:
            self._leave_out("window/geometry", (geometry, state))
        return None

    def set_geometry(self, geometry: QByteArray, state: QByteArray) -> None:
        self._store.setValue("window/geometry", geometry)
        self._store.setValue("window/state", state)

    def sync(self) -> None:
        """Writes what has changed."""
        self._store.sync()

    def _text(self, key: str, default: str) -> str:
        return str(self._store.value(key, default))

    def _number(self, key: str, default: float, low: float, high: float) -> float:
        text = self._text(key, str(default))
        try:
            number = float(text)
        except ValueError:
            number = math.nan
        if low <= number <= high:
            return number
        self._leave_out(key, text)
        return default

    def _flag(self, key: str, *, default: bool) -> bool:
        text = self._text(key, str(default)).lower()
        if text not in {"true", "false"}:
            self._leave_out(key, text)
            return default
        return text == "true"

    def _one_of(self, key: str, choices: tuple[str, ...] | list[str], default: str) -> str:
        value = self._text(key, default)
        if value in choices:
            return value
        self._leave_out(key, value)
        return default

    def _leave_out(self, key: str, value: object) -> None:
        if key not in self._named:
            self._named.add(key)
            _log.warning("the setting %s in %s is left out: %.200r", key, self.path, value)


def _pairs(options: dict[str, object]) -> OptionValues:
    return tuple(
        (key, value)
        for key, value in options.items()
        if isinstance(value, bool | int | str)
        or (isinstance(value, float) and math.isfinite(value))
    )
