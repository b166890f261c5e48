"""Says the columns of a run, which are English in files, in the window's language."""

from __future__ import annotations

from camviewer.ui.style.translation import mark, tr

_KIND = "a column of a run"
_WORDS = frozenset(
    {
        mark("width", "a column of a run"),
        mark("height", "a column of a run"),
        mark("pages", "a column of a run"),
        mark("page", "a column of a run"),
        mark("detail", "a column of a run"),
        mark("truth rank", "a column of a run"),
        mark("truth probability", "a column of a run"),
        mark("predicted probability", "a column of a run"),
        mark("rank", "a column of a run"),
        mark("target score", "a column of a run"),
        mark("logit", "a column of a run"),
        mark("probability", "a column of a run"),
        mark("margin", "a column of a run"),
        mark("entropy", "a column of a run"),
        mark("map rows", "a column of a run"),
        mark("map columns", "a column of a run"),
        mark("origin x", "a column of a run"),
        mark("origin y", "a column of a run"),
        mark("pitch x", "a column of a run"),
        mark("pitch y", "a column of a run"),
        mark("extent left", "a column of a run"),
        mark("extent top", "a column of a run"),
        mark("extent right", "a column of a run"),
        mark("extent bottom", "a column of a run"),
        mark("noise scale", "a column of a run"),
        mark("map sum", "a column of a run"),
        mark("positive share", "a column of a run"),
        mark("peak x", "a column of a run"),
        mark("peak y", "a column of a run"),
        mark("box left", "a column of a run"),
        mark("box top", "a column of a run"),
        mark("box right", "a column of a run"),
        mark("box bottom", "a column of a run"),
        mark("spread", "a column of a run"),
        mark("border share", "a column of a run"),
        mark("outside share", "a column of a run"),
        mark("objects", "a column of a run"),
        mark("class objects", "a column of a run"),
        mark("energy inside", "a column of a run"),
        mark("box iou", "a column of a run"),
        mark("deletion", "a column of a run"),
        mark("deletion random", "a column of a run"),
        mark("insertion", "a column of a run"),
        mark("insertion random", "a column of a run"),
        mark("drop", "a column of a run"),
        mark("drop random", "a column of a run"),
        mark("stability", "a column of a run"),
        mark("stability random", "a column of a run"),
        mark("evidence moved", "a column of a run"),
        mark("centre moved", "a column of a run"),
        mark("correlation", "a column of a run"),
    }
)


def column_words(name: str) -> str:
    """What a column of numbers is called on screen; one that is not known keeps its own words.

    Args:
        name: as files have it, for example ``border_share``.
    """
    words = name.replace("_", " ")
    return tr(words, _KIND) if words in _WORDS else words
