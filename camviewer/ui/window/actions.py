"""Every action of the window in one table: menu entry, shortcut, icon and tip."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from camviewer.ui.style import mark, theme, tr


@dataclass(frozen=True)
class ActionSpec:
    """One action.

    Attributes:
        id: by which the window connects it.
        menu: title of its menu.
        text: menu entry.
        keys: shortcuts in portable text; the first is shown.
        icon: Lucide name, empty for none.
        tip: what it does, for the status bar and the tool tip.
        checkable: whether it is on or off.
        needs: ``picture``, ``map`` or ``work`` (a map under way) when it is disabled without
            one.
        starts_group: whether a line is drawn above it.
        of_picture: whether it acts on the picture on screen, so that it rests while *Review* is
            shown; what ``needs`` something does so anyway.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    needs: str = ""
    starts_group: bool = False
    of_picture: bool = False


FILE, MODEL, VIEW, EXPLAIN, HELP = (
    mark("File"),
    mark("Model"),
    mark("View"),
    mark("Explain"),
    mark("Help"),
)

ACTIONS: tuple[ActionSpec, ...] = (
    ActionSpec(
        "open",
        FILE,
        mark("Open pictures…"),
        ("Ctrl+O",),
        "image",
        mark("Open one or more pictures"),
    ),
    ActionSpec(
        "open_folder",
        FILE,
        mark("Open folder…"),
        ("Ctrl+Shift+O",),
        "folder-open",
        mark("Open all pictures of a folder"),
    ),
    ActionSpec(
        "open_run",
        FILE,
        mark("Open run…"),
        ("Ctrl+Alt+O",),
        "",
        mark("Look through the maps and numbers of many pictures"),
    ),
    ActionSpec(
        "compare_runs",
        FILE,
        mark("Compare with another run…"),
        (),
        "",
        mark("Show the run that is open in Review beside another one over the same pictures"),
    ),
    ActionSpec(
        "paste",
        FILE,
        mark("Paste picture"),
        ("Ctrl+V",),
        "clipboard-paste",
        mark("Open the picture or the file that was copied"),
    ),
    ActionSpec(
        "open_objects",
        FILE,
        mark("Open objects…"),
        (),
        "",
        mark("Open a file that says where objects lie in this picture: boxes, outlines or a mask"),
        needs="picture",
    ),
    ActionSpec(
        "save_objects",
        FILE,
        mark("Save objects…"),
        (),
        "",
        mark("Save the objects of this picture as LabelMe does; beside it they are found again"),
        needs="picture",
    ),
    ActionSpec(
        "save_overlay",
        FILE,
        mark("Save overlay…"),
        ("Ctrl+S",),
        "image-down",
        mark("Save picture and map as PNG, at the picture's full resolution"),
        needs="map",
        starts_group=True,
    ),
    ActionSpec(
        "save_map",
        FILE,
        mark("Save raw map…"),
        ("Ctrl+Shift+S",),
        "save",
        mark("Save the raw values (.npy, float32) and how they were made (.json)"),
        needs="map",
    ),
    ActionSpec(
        "report",
        FILE,
        mark("Report…"),
        ("Ctrl+Alt+S",),
        "file-text",
        mark(
            "Say in one file what the map shows, means and rests on; of the run while Review is "
            "shown"
        ),
    ),
    ActionSpec(
        "copy",
        FILE,
        mark("Copy overlay"),
        ("Ctrl+C",),
        "copy",
        mark("Copy picture and map to the clipboard"),
        needs="map",
    ),
    ActionSpec(
        "save_marks",
        FILE,
        mark("Overlays with objects and lines"),
        (),
        "",
        mark("Save and copy the overlay with the objects, lines and box that are shown"),
        checkable=True,
        of_picture=True,
    ),
    ActionSpec(
        "previous_picture",
        FILE,
        mark("Previous picture or page"),
        ("PgUp",),
        "",
        mark("Show the page before; before the first page, the picture before"),
        starts_group=True,
        of_picture=True,
    ),
    ActionSpec(
        "next_picture",
        FILE,
        mark("Next picture or page"),
        ("PgDown",),
        "",
        mark("Show the next page; after the last page, the next picture"),
        of_picture=True,
    ),
    ActionSpec(
        "close_picture",
        FILE,
        mark("Close pictures"),
        ("Ctrl+W",),
        "x",
        mark("Back to the empty window"),
        needs="picture",
    ),
    ActionSpec(
        "run_over_folder",
        FILE,
        mark("Run over a folder…"),
        ("Ctrl+Shift+R",),
        "",
        mark("Explain many pictures into one table; it can be interrupted and goes on"),
        starts_group=True,
    ),
    ActionSpec(
        "self_test",
        FILE,
        mark("Self-test…"),
        (),
        "",
        mark("Try every part of the program: model, maps, formats, methods, devices"),
    ),
    ActionSpec(
        "quit", FILE, mark("Quit"), ("Ctrl+Q",), "", mark("End the program"), starts_group=True
    ),
    ActionSpec(
        "import_model",
        MODEL,
        mark("Import a model…"),
        ("Ctrl+Shift+I",),
        "download",
        mark(
            "Keep a checkpoint (.pth, .pt, .ckpt, .safetensors) or a pack (.camviewer) as a model"
        ),
    ),
    ActionSpec(
        "train_head",
        MODEL,
        mark("Train a CAM head…"),
        ("Ctrl+Shift+T",),
        "graduation-cap",
        mark("Teach a model new classes, with maps that are exact"),
    ),
    ActionSpec(
        "manage_models",
        MODEL,
        mark("Manage models…"),
        (),
        "settings-2",
        mark("Rename, export, remove models"),
    ),
    ActionSpec(
        "preprocessing",
        MODEL,
        mark("Preprocessing…"),
        ("Ctrl+Alt+P",),
        "sliders-horizontal",
        mark("What the network is fed, with a preview of what it sees; class names"),
    ),
    ActionSpec(
        "model_details",
        MODEL,
        mark("Model details…"),
        ("Ctrl+I",),
        "info",
        mark("What is known of the model"),
    ),
    ActionSpec(
        "second_engine",
        MODEL,
        mark("Use OpenVINO"),
        (),
        "",
        mark(
            "Run models on the CPU with OpenVINO where it gives PyTorch's numbers, in half the time"
        ),
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "half_precision",
        MODEL,
        mark("Score in bfloat16"),
        (),
        "",
        mark(
            "Slow methods take about half the time, and class scores are less exact; maps "
            "say how much"
        ),
        checkable=True,
    ),
    ActionSpec(
        "show_picture",
        VIEW,
        mark("Picture"),
        ("Ctrl+1",),
        "",
        mark("One picture, its classes and its map"),
    ),
    ActionSpec(
        "show_review",
        VIEW,
        mark("Review"),
        ("Ctrl+2",),
        "",
        mark("What a model does to a whole data set"),
    ),
    ActionSpec(
        "back_to_review",
        VIEW,
        mark("Back to Review"),
        ("Alt+Left",),
        "",
        mark("Back to the place in the run that this picture was opened from"),
    ),
    ActionSpec(
        "zoom_in",
        VIEW,
        mark("Zoom in"),
        ("Ctrl++", "Ctrl+="),
        "zoom-in",
        "",
        needs="picture",
        starts_group=True,
    ),
    ActionSpec("zoom_out", VIEW, mark("Zoom out"), ("Ctrl+-",), "zoom-out", "", needs="picture"),
    ActionSpec("fit", VIEW, mark("Fit to window"), ("Ctrl+0",), "maximize", "", needs="picture"),
    ActionSpec(
        "actual_size",
        VIEW,
        mark("Actual size (1:1)"),
        ("Ctrl+Alt+0",),
        "",
        mark("One picture pixel on one screen pixel"),
        needs="picture",
    ),
    ActionSpec(
        "brightness",
        VIEW,
        mark("Brightness…"),
        ("B",),
        "",
        mark("Choose which values are seen from black to white; no verdict changes"),
        needs="picture",
    ),
    ActionSpec(
        "more_opaque", VIEW, mark("Map more opaque"), ("]",), "", "", needs="map", starts_group=True
    ),
    ActionSpec("less_opaque", VIEW, mark("Map less opaque"), ("[",), "", "", needs="map"),
    ActionSpec(
        "crop_frame",
        VIEW,
        mark("Crop frame"),
        ("F",),
        "crop",
        mark("Frame the part of the picture that the network sees"),
        checkable=True,
        of_picture=True,
    ),
    ActionSpec(
        "show_objects",
        VIEW,
        mark("Objects"),
        ("O",),
        "",
        mark("Draw the annotated objects of the picture"),
        checkable=True,
        of_picture=True,
    ),
    ActionSpec(
        "contours",
        VIEW,
        mark("Contour lines"),
        ("L",),
        "",
        mark("Draw lines where the map has chosen shares of its maximum"),
        checkable=True,
        of_picture=True,
    ),
    ActionSpec(
        "evidence_box",
        VIEW,
        mark("Box around the evidence"),
        ("E",),
        "",
        mark("Draw the box around the largest part of the map above a share of its maximum"),
        checkable=True,
        of_picture=True,
    ),
    ActionSpec(
        "nominal",
        VIEW,
        mark("Nominal alignment"),
        ("Ctrl+Shift+N",),
        "",
        mark("Draw the map as other programs do, without the measured offset of the layer"),
        checkable=True,
        of_picture=True,
    ),
    ActionSpec(
        "structure",
        VIEW,
        mark("Model structure"),
        ("Ctrl+Shift+L",),
        "layers",
        mark("The network as a tree, and what the channels of a layer put out"),
        starts_group=True,
        of_picture=True,
    ),
    ActionSpec(
        "full_screen",
        VIEW,
        mark("Full screen"),
        ("F11",),
        "",
        "",
        checkable=True,
        starts_group=True,
    ),
    ActionSpec(
        "next_class",
        EXPLAIN,
        mark("Next class"),
        ("Ctrl+Down",),
        "",
        mark("Explain the next class of the list"),
        needs="picture",
    ),
    ActionSpec(
        "previous_class",
        EXPLAIN,
        mark("Previous class"),
        ("Ctrl+Up",),
        "",
        mark("Explain the class before in the list"),
        needs="picture",
    ),
    ActionSpec(
        "find_class", EXPLAIN, mark("Find a class"), ("Ctrl+F",), "search", "", needs="picture"
    ),
    ActionSpec(
        "next_method",
        EXPLAIN,
        mark("Next method"),
        ("Ctrl+M",),
        "",
        "",
        needs="picture",
        starts_group=True,
    ),
    ActionSpec(
        "choose_layer", EXPLAIN, mark("Choose a layer…"), ("Ctrl+L",), "layers", "", needs="picture"
    ),
    ActionSpec(
        "stop",
        EXPLAIN,
        mark("Stop here"),
        ("Esc",),
        "",
        mark("Keep the map that is being made as far as it is"),
        needs="work",
    ),
    ActionSpec(
        "trust",
        EXPLAIN,
        mark("Trust of this map…"),
        ("Ctrl+T",),
        "shield-check",
        mark("Measure how faithful and how stable the map on screen is"),
        needs="map",
        starts_group=True,
    ),
    ActionSpec(
        "compare",
        EXPLAIN,
        mark("Compare methods…"),
        ("Ctrl+Shift+M",),
        "scale",
        mark("Rank several methods for this picture by one measure"),
        needs="map",
    ),
    ActionSpec(
        "region",
        EXPLAIN,
        mark("Score a region"),
        ("R",),
        "square-dashed",
        mark("Draw a part of the picture and see what it means to the class"),
        checkable=True,
        needs="map",
    ),
    ActionSpec(
        "objects_panel",
        EXPLAIN,
        mark("Map on objects…"),
        ("Ctrl+B",),
        "vector-square",
        mark("The objects of the picture, and how the map lies on them"),
        needs="picture",
    ),
    ActionSpec(
        "draw_object",
        EXPLAIN,
        mark("Draw an object"),
        ("D",),
        "",
        mark("Draw a box or an outline of what the map should lie on"),
        checkable=True,
        needs="picture",
    ),
    ActionSpec(
        "copy_box",
        EXPLAIN,
        mark("Copy box as numbers"),
        ("Ctrl+Shift+B",),
        "",
        mark("Copy left, top, right and bottom of the box around the evidence, in source pixels"),
        needs="map",
    ),
    ActionSpec(
        "placement_crop",
        EXPLAIN,
        mark("Trained crop"),
        ("Alt+1",),
        "",
        mark("The network sees the picture as it was trained"),
        needs="picture",
        starts_group=True,
    ),
    ActionSpec(
        "placement_whole", EXPLAIN, mark("Whole picture"), ("Alt+2",), "", "", needs="picture"
    ),
    ActionSpec(
        "placement_stretch", EXPLAIN, mark("Stretched"), ("Alt+3",), "", "", needs="picture"
    ),
    ActionSpec(
        "signed",
        EXPLAIN,
        mark("Signed values"),
        ("Ctrl+Shift+V",),
        "",
        mark("Show evidence against the class too"),
        checkable=True,
        starts_group=True,
        of_picture=True,
    ),
    ActionSpec(
        "command_palette",
        HELP,
        mark("Command palette…"),
        ("Ctrl+Shift+P",),
        "search",
        mark("Find anything that can be done, a method, a layer, a class, a picture, and do it"),
    ),
    ActionSpec("shortcuts", HELP, mark("Keyboard shortcuts"), ("F1",), "keyboard", ""),
    ActionSpec(
        "vgg_page",
        HELP,
        mark("From VGG to CAM"),
        (),
        "",
        mark("Why CAM is not defined for every model"),
    ),
    ActionSpec(
        "tour",
        HELP,
        mark("Show the tour again"),
        (),
        "",
        mark("The four bubbles of the first start"),
    ),
    ActionSpec("show_log", HELP, mark("Show log"), (), "", mark("Open the folder of the log file")),
    ActionSpec("about", HELP, mark("About camviewer"), (), "info", "", starts_group=True),
)

HELD_KEYS = ((VIEW, mark("Bare picture (hold)"), mark("Space")),)
"""Keys that act while they are held, for the help sheet: no action can do that."""

REVIEW_KEYS = (
    (mark("Review"), mark("Right for the right, for the wrong reason"), "1, 2"),
    (mark("Review"), mark("Wrong, unsure"), "3, 4"),
    (mark("Review"), mark("Take the judgement away"), "0"),
    (mark("Review"), mark("Take the last judgement back"), mark("Ctrl+Z")),
    (mark("Review"), mark("Tags, note"), "T, N"),
    (mark("Review"), mark("Next picture"), mark("Space")),
    (mark("Review"), mark("Filter and sort again"), "F5"),
)
"""Keys that only *Review* has, for the help sheet: its own widgets take them."""


def make_actions(owner: QWidget, specs: Iterable[ActionSpec] = ACTIONS) -> dict[str, QAction]:
    """The actions by id, with their shortcuts live in the owner's window."""
    return {spec.id: _make(owner, spec) for spec in specs}


def _make(owner: QWidget, spec: ActionSpec) -> QAction:
    action = QAction(tr(spec.text), owner)
    action.setObjectName(spec.id)
    action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
    action.setCheckable(spec.checkable)
    tip = tr(spec.tip or spec.text).rstrip("…")
    action.setStatusTip("")
    action.setToolTip(f"{tip} ({shown_keys(spec)})" if spec.keys else tip)
    if spec.id == "quit":
        action.setMenuRole(QAction.MenuRole.QuitRole)
    elif spec.id == "about":
        action.setMenuRole(QAction.MenuRole.AboutRole)
    owner.addAction(action)
    return action


def allow(action: QAction, refusal: str = "") -> None:
    """Enables an action, or disables it and keeps why, in a few words for a list of actions.

    Args:
        action: the action.
        refusal: why it cannot be used now, as it was marked for translation; empty when it can.
    """
    action.setEnabled(not refusal)
    action.setProperty(_REFUSAL, refusal)


def refusal_of(action: QAction) -> str:
    """Why an action cannot be used now, in the window's language; empty when it can."""
    if action.isEnabled():
        return ""
    return tr(str(action.property(_REFUSAL) or _NOT_NOW))


_REFUSAL = "refusal"
_NOT_NOW = mark("not possible now")
_ICONS = {spec.id: spec.icon for spec in ACTIONS}


def add_icons(actions: Iterable[QAction]) -> None:
    """Draws the icons of actions that have none yet; those without one leave its place free."""
    for action in actions:
        if action.icon().isNull() and not (action.isSeparator() or action.isCheckable()):
            theme.set_icon(action, _ICONS.get(action.objectName(), ""))


def shown_keys(spec: ActionSpec) -> str:
    """The first shortcut as this platform writes it; empty when there is none."""
    if not spec.keys:
        return ""
    return QKeySequence(spec.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)


def shortcut_rows() -> list[tuple[str, str, str]]:
    """(menu, text, keys) of all that has a key, for the help sheet."""
    rows = [(spec.menu, spec.text, shown_keys(spec)) for spec in ACTIONS if spec.keys]
    others = [(menu, text, tr(keys)) for menu, text, keys in HELD_KEYS + REVIEW_KEYS]
    return [(tr(menu), tr(text).rstrip("…"), keys) for menu, text, keys in rows + others]
