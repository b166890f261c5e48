"""Implements CAM for networks whose linear layers can be made convolutions, such as VGG."""

from dataclasses import replace

from torch import Tensor

from camviewer.engine.geometry.cell_grid import Registration
from camviewer.engine.methods.core.probe import Probe
from camviewer.engine.methods.core.registry import ClassMap, Group, Needs, ScoreAtMap, method
from camviewer.engine.network.shared_convolution import ConvolutionalHead
from camviewer.engine.render.number_words import percent_words
from camviewer.engine.results.messages import Cost, Explains, MethodOption, ScoreKind


@method(
    "fc-cam",
    title="Fully convolutional CAM",
    summary="Approximate: what the class scores in every window of the enlarged picture, by the "
    "network's own linear layers.",
    citation=(
        "Long, Shelhamer, Darrell: Fully Convolutional Networks for Semantic Segmentation, CVPR "
        "2015; Simonyan, Zisserman: Very Deep Convolutional Networks for Large-Scale Image "
        "Recognition, ICLR 2015 (dense evaluation)"
    ),
    cost=Cost.FAST,
    needs=Needs.CONVERTIBLE_HEAD,
    unit="logit",
    group=Group.LINEAR_HEAD,
    options=(
        MethodOption(
            "pad",
            "Cover the picture",
            False,
            "Windows may reach beyond the picture, where they see nothing, so that the map "
            "covers all of it.",
        ),
    ),
    scores=(ScoreKind.LOGIT, ScoreKind.PROBABILITY),
    explains=Explains.CLASS,
    detail=2.0,
    stands_in_for="cam",
    probes=True,
)
def fully_convolutional_cam(probe: Probe, class_index: int, *, pad: bool) -> ClassMap:
    """M(x, y) = the class score of the window of n x n cells around (x, y)."""
    end = probe.classifier.linear_end
    assert end.head is not None  # noqa: S101  (the session checked what the method needs)
    logits = end.logits(probe.forward.activations, pad=pad)
    scores = probe.score.of(logits.flatten(1).T, class_index).reshape(logits.shape[1:])
    within = logits if not pad else end.logits(probe.forward.activations, pad=False)
    return ClassMap(
        scores,
        float(logits.abs().max()) if probe.score.kind is ScoreKind.LOGIT else 1.0,
        geometry=_registration(probe, end.head, pad=pad),
        score_at_map=_best_window(probe, within, class_index),
    )


def _registration(probe: Probe, head: ConvolutionalHead, *, pad: bool) -> Registration:
    forward, context = probe.forward, probe.context
    rows, columns = forward.activations.shape[1:]
    cells = Registration(context.stride(forward.layer, probe.placement, (rows, columns)))
    # At the trained size there is one window: the whole input.
    height, width = probe.classifier.info.recipe.input_size
    trained = replace(probe.placement, input_size=(height, width))
    stride_x, stride_y = context.stride(forward.layer, trained, head.grid)
    margin = width - head.grid[1] * stride_x, height - head.grid[0] * stride_y
    return cells.of_windows(head.window, head.padding if pad else (0, 0), margin)


def _best_window(probe: Probe, logits: Tensor, class_index: int) -> ScoreAtMap:
    """The score in the window where the class scores highest, with a remark on all windows."""
    windows = logits.flatten(1).T
    probabilities = probe.classifier.probabilities(windows)
    best = int(windows[:, class_index].argmax())
    mean = probe.classifier.probabilities(windows.mean(0))
    first, labels = int(mean.argmax()), probe.classifier.info.labels
    at_best = float(probabilities[best, class_index])
    if len(windows) == 1:
        remark = (
            "One window takes up the whole input, so the map is a single class score: choose a "
            "larger detail."
        )
    else:
        remark = (
            f"In its best window {labels[class_index]} scores {percent_words(at_best)}; the mean "
            f"of {len(windows)} windows says {labels[first]} {percent_words(float(mean[first]))}."
        )
    return ScoreAtMap(float(windows[best, class_index]), at_best, remark)
