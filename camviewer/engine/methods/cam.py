"""Implements CAM, for networks that end in global average pooling and one linear layer."""

from camviewer.engine.methods.core.registry import ClassMap, Group, Needs, method, weighted_sum
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.messages import Cost, Explains, ScoreKind


@method(
    "cam",
    title="CAM (exact)",
    summary="Which cells add to the class score, exactly.",
    citation=(
        "Zhou, Khosla, Lapedriza, Oliva, Torralba: Learning Deep Features for Discriminative "
        "Localization, CVPR 2016"
    ),
    cost=Cost.INSTANT,
    needs=Needs.POOLED_LINEAR_HEAD,
    unit="logit",
    group=Group.LINEAR_HEAD,
    scores=(ScoreKind.LOGIT,),
    explains=Explains.CLASS_SUMS,
    additive=True,
)
def cam(forward: Forward, class_index: int) -> ClassMap:
    """M(x, y) = sum_k w_k f_k(x, y); the mean over cells, plus the bias, is the logit.

    For a sum of logits, w and the bias are the same sum of the classes' own.
    """
    assert forward.head is not None  # noqa: S101  (the session checked what the method needs)
    return weighted_sum(
        forward.head.weight_of(forward.score.class_weights(class_index)), forward.activations
    )
