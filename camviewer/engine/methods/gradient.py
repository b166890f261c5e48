"""Methods that weigh the activations by the gradient of the class score."""

from camviewer.engine.forward import Forward
from camviewer.engine.messages import Cost
from camviewer.engine.methods.registry import ClassMap, Needs, method, weighted_sum


@method(
    "grad-cam",
    title="Grad-CAM",
    summary="Which cells the class score leans on, by each channel's average gradient.",
    citation=(
        "Selvaraju, Cogswell, Das, Vedantam, Parikh, Batra: Grad-CAM: Visual Explanations from "
        "Deep Networks via Gradient-based Localization, ICCV 2017"
    ),
    cost=Cost.INSTANT,
    needs=Needs.GRADIENTS,
    unit="logit",
)
def grad_cam(forward: Forward, class_index: int) -> ClassMap:
    """M(x, y) = sum_k a_k f_k(x, y), a_k = mean over cells of d logit / d f_k.

    The paper's ReLU is the display's *positive only*; the raw map keeps its sign.
    """
    importance = forward.gradients(class_index).mean((1, 2))
    return weighted_sum(importance, forward.activations)
