"""Begins a run, or finds that the one in a folder is the one that is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from camviewer.engine.batch.addresses import is_address, is_remote
from camviewer.engine.batch.class_names import ClassNames
from camviewer.engine.batch.configuration import (
    NO_TRUTH,
    RunConfiguration,
    RunSettings,
    range_record,
    settings_record,
)
from camviewer.engine.batch.loaded_run import LoadedRun, needs_truth
from camviewer.engine.batch.measuring import measures_of
from camviewer.engine.batch.objects import BESIDE
from camviewer.engine.batch.objects.finding import (
    FOUND,
    NO_OBJECTS,
    require_objects,
    settled_mark,
)
from camviewer.engine.batch.pages import require_pages, with_pages
from camviewer.engine.batch.run_folder import RunFolder, begin, is_begun, open_folder
from camviewer.engine.batch.sources import Listing, list_pictures
from camviewer.engine.batch.truth import class_indices, truths
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.input_scale import ScaleKind
from camviewer.engine.picture.folder_range import range_of_pictures


def require_sensible(settings: RunSettings, jobs: int | None, shard: tuple[int, int]) -> None:
    """Refuses at once what could not be carried out.

    Raises:
        CamviewerError: a number is out of range, or a true class is wanted that nothing tells.
    """
    if jobs is not None and jobs < 1:
        raise CamviewerError(f"{jobs} threads cannot do anything.", "Choose 1 or more.")
    if settings.shard_size < 1:
        raise CamviewerError(
            f"A shard cannot have {settings.shard_size} pictures.", "Choose 1 or more."
        )
    number, count = shard
    if not 1 <= number <= count:
        raise CamviewerError(f"There is no part {number} of {count}.", f"Choose 1 to {count}.")
    measures_of(",".join(settings.measures))
    require_pages(settings.page)
    if needs_truth(settings) and settings.truth == NO_TRUTH:
        raise CamviewerError(
            "The true class is to be explained, and nothing says which it is.",
            "Add --truth folders, FILE.csv or FILE.json.",
        )


def begin_or_go_on(
    sources: Sequence[str | Path],
    run: Path,
    settings: RunSettings,
    asked: RunConfiguration,
    loaded: LoadedRun,
) -> tuple[RunFolder, RunConfiguration, tuple[Path, ...]]:
    """The run, its configuration, and where this process finds the pictures.

    Raises:
        CamviewerError: the folder has another run or something else, or cannot be written.
    """
    words = absolute_sources(sources)
    if is_begun(run):
        folder = open_folder(run)
        settled = _same(folder, asked)
        if folder.record["sources"] == words:
            return folder, settled, folder.roots
        listing = with_pages(list_pictures(sources), settings.page)
        _require_same_pictures(folder, listing)
        return folder, settled, listing.roots
    listing = with_pages(list_pictures(sources), settings.page)
    named = truths(listing, settings.truth)
    class_indices(named, loaded.session.info.labels)
    asked = replace(
        asked,
        objects=settled_mark(asked.objects, listing),
        input_range=_assumed_range(loaded, listing),
    )
    names = ClassNames(loaded.session.info.labels)
    require_objects(
        settings.objects, asked.objects, listing, lambda name: names.index(name) is not None
    )
    folder = begin(
        run,
        asked,
        sources=words,
        listing=listing,
        truths=named,
        settings=settings_record(settings),
        model=_model_record(loaded),
    )
    # Another process may have been first.
    settled = _same(folder, asked)
    _require_same_pictures(folder, listing)
    return folder, settled, listing.roots


def absolute_sources(sources: Sequence[str | Path]) -> list[str]:
    """The same sources, named so that they are found from any folder."""
    found = []
    for given in sources:
        source = str(given)
        mark = "@" if source.startswith("@") else ""
        place = source.removeprefix("@")
        found.append(mark + (place if is_address(place) else str(Path(place).absolute())))
    return found


def _assumed_range(loaded: LoadedRun, listing: Listing) -> str:
    """The range for pictures of which nothing says one, of the first such picture by name."""
    if loaded.session.info.recipe.scale.kind is not ScaleKind.AUTO:
        return ""
    paths = (listing.file_of(entry) for entry in listing.entries)
    return range_record(range_of_pictures(path for path in paths if not is_remote(path)))


def _model_record(loaded: LoadedRun) -> dict[str, Any]:
    info, sample = loaded.session.info, loaded.sample
    words = "" if sample.method.classless else loaded.target.words(info.labels)
    return {
        "title": info.title,
        "activation": info.activation,
        "labels": list(info.labels),
        "unit": sample.heatmap.unit,
        "coloured": sample.heatmap.coloured,
        "signed": sample.method.signed,
        "classless": sample.method.classless,
        "method_title": sample.method.title,
        **({"target": words} if words else {}),
        "citation": sample.method.citation,
    }


def _same(folder: RunFolder, asked: RunConfiguration) -> RunConfiguration:
    """The run's configuration, which is the asked one but for what the run has settled.

    Where cells look is measured on each machine, and may differ in the last digits; the run's
    holds. Whether there are objects beside the pictures was found when it began, and the range of
    values that is assumed for pictures of which nothing says one.
    """
    kept = folder.record["configuration"]
    offset = kept.get("offset")
    measured = offset is not None and asked.offset is not None
    settled = replace(asked, offset=(offset[0], offset[1])) if measured else asked
    if settled.objects == FOUND and kept.get("objects") in {BESIDE, NO_OBJECTS}:
        settled = replace(settled, objects=kept["objects"])
    settled = replace(settled, input_range=kept.get("input_range", ""))
    differences = list(settled.differences(kept))
    if differences:
        raise CamviewerError(
            f"The run in {folder.path} has another configuration: {'; '.join(differences)}.",
            "Give the options that it was begun with, or choose another folder.",
        )
    return settled


def _require_same_pictures(folder: RunFolder, listing: Listing) -> None:
    kept = folder.record["pictures"]
    if kept["ids_sha256"] != listing.sha256:
        raise CamviewerError(
            f"The run in {folder.path} is over other pictures: it has {kept['count']:,}, and "
            f"the source names {len(listing.entries):,}.",
            "Give the source that it was begun with, or choose another folder.",
        )
