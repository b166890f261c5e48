"""Shows the activations of one channel of a layer as a map."""

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods.core.registry import ClassMap, Group, Needs, method
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.messages import Cost, MethodOption, ScoreKind


@method(
    "channel",
    title="One channel",
    summary="What a single channel of the layer puts out, whatever the class.",
    citation=(
        "Yosinski, Clune, Nguyen, Fuchs, Lipson: Understanding Neural Networks Through Deep "
        "Visualization, ICML Deep Learning Workshop 2015"
    ),
    cost=Cost.INSTANT,
    needs=Needs.ACTIVATIONS,
    unit="activation",
    group=Group.DECOMPOSITION,
    options=(MethodOption("channel", "Channel", 0, "Its number in the layer.", 0, 1e6),),
    scores=(ScoreKind.LOGIT,),
    classless=True,
    channel_option="channel",
)
def one_channel(forward: Forward, class_index: int, *, channel: int) -> ClassMap:
    """M(x, y) = f_k(x, y)."""
    del class_index
    count = len(forward.activations)
    if channel >= count:
        raise CamviewerError(
            f"Layer {forward.layer} has no channel {channel}: it has {count}.",
            f"Choose 0 to {count - 1}.",
        )
    values = forward.activations[channel]
    largest = float(forward.activations.abs().max())
    return ClassMap(values, largest, facts=(f"channel {channel} of {forward.layer}",))
