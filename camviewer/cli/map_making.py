"""Finds pictures and makes their maps, as the options of a command say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from camviewer.cli.map_choice import MapChoice
from camviewer.cli.parameters import open_model
from camviewer.cli.progress import Progress
from camviewer.cli.refinement import Refinement
from camviewer.engine.errors import CamviewerError
from camviewer.engine.picture.folder_range import (
    in_order,
    needs_range,
    range_of_pictures,
    with_kept_range,
)
from camviewer.engine.picture.source_image import ImageError, SourceImage, find_pictures, read_image
from camviewer.engine.render.look import Look
from camviewer.engine.results.class_search import split_names
from camviewer.engine.results.messages import OptionValue
from camviewer.engine.results.method_info import usual_method
from camviewer.engine.results.method_options import options_of_words

if TYPE_CHECKING:
    from camviewer.api import Model, PictureExplanation
    from camviewer.engine.picture.input_range import InputRange


def pictures_at(path: Path) -> list[Path]:
    """A file as given, or the pictures of a folder but the overlays of earlier runs.

    Raises:
        ImageError: a folder has no pictures, or cannot be read.
    """
    pictures = [
        picture for picture in find_pictures([path]) if picture == path or not _is_overlay(picture)
    ]
    if not pictures:
        raise ImageError(
            f"The folder {path.name or path} has no pictures but overlays.",
            "Choose another folder.",
        )
    return pictures


def _is_overlay(picture: Path) -> bool:
    """Whether a file is an overlay of an earlier run, which must not be explained."""
    return picture.suffix == ".png" and all(
        picture.with_suffix(suffix).is_file() for suffix in (".npy", ".json")
    )


class MapMaking:
    """Makes maps of pictures; the model opens with the first readable picture.

    Args:
        choice: which maps.
        pictures: all of them, because some share a range of values.
    """

    def __init__(self, choice: MapChoice, pictures: Sequence[Path]) -> None:
        self._choice = choice
        self._pictures = pictures

    @cached_property
    def model(self) -> Model:
        """The model that was chosen."""
        choice = self._choice
        model = open_model(choice.model, choice.bands, choice.values, choice.tensor)
        if choice.bfloat16 and not model.allow_bfloat16():
            raise CamviewerError(
                "This processor does not compute in bfloat16, which would take many times as long.",
                "Leave --bfloat16 out.",
            )
        return model

    def explanation(self, path: Path, progress: Progress) -> PictureExplanation:
        """The map of one picture.

        Raises:
            ImageError: the picture cannot be read.
            CamviewerError: what was chosen does not exist or does not fit.
        """
        image, choice = self._read(path), self._choice
        return self.model.explain(
            image,
            choice.class_words,
            method=self._method,
            layer=choice.layer,
            placement=choice.mode,
            detail=choice.detail,
            score=choice.score,
            target=choice.target_words,
            options=self._method_options,
            nominal=choice.nominal,
            on_progress=Refinement(progress, image.name).show,
        )

    def look(self, explanation: PictureExplanation) -> Look:
        """The chosen look, made signed for methods with signed maps."""
        look = self._choice.look
        return replace(look, signed=look.signed or explanation.details.method.signed)

    def _read(self, path: Path) -> SourceImage:
        """The picture, with the range of values that holds for all of them."""
        image = read_image(path, self._choice.page)
        if len(self._pictures) > 1 and needs_range(image):
            return with_kept_range(image, self._kept_range)
        return image

    @cached_property
    def _kept_range(self) -> InputRange | None:
        return range_of_pictures(in_order(self._pictures))

    @cached_property
    def _method(self) -> str:
        choice = self._choice
        return choice.method or usual_method(self.model.methods(choice.layer, choice.target_words))

    @cached_property
    def _method_options(self) -> Mapping[str, OptionValue]:
        choice = self._choice
        found = dict(options_of_words(self.model.method(self._method), choice.option_words))
        if choice.layers is not None:
            found["layers"] = choice.layers
        if choice.versus is not None:
            names = split_names(choice.versus, self.model.info.labels)
            found["versus"] = ", ".join(str(self.model.find_class(name)) for name in names)
        return found
