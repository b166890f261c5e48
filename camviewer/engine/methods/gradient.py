"""Weights activations by the gradient of the class score: Grad-CAM and its relatives."""

import torch

from camviewer.engine.methods.core.registry import ClassMap, Needs, method, weighted_sum
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.messages import Cost


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
    importance = forward.mean_gradients(class_index)
    return weighted_sum(importance, forward.activations)


@method(
    "grad-cam++",
    title="Grad-CAM++",
    summary="Grad-CAM that gives several objects of the class their share.",
    citation=(
        "Chattopadhay, Sarkar, Howlader, Balasubramanian: Grad-CAM++: Generalized Gradient-based "
        "Visual Explanations for Deep Convolutional Networks, WACV 2018"
    ),
    cost=Cost.INSTANT,
    needs=Needs.GRADIENTS,
    unit="logit",
)
def grad_cam_plus_plus(forward: Forward, class_index: int) -> ClassMap:
    """M = sum_k w_k f_k, w_k = sum_xy a_k relu(g_k), a_k = g_k^2 / (2 g_k^2 + g_k^3 sum_xy f_k).

    The paper explains exp(logit), whose derivatives are powers of g_k times one common factor;
    that factor, the same for every channel, is left out.
    """
    gradient, activations = forward.gradients(class_index), forward.activations
    squared = gradient.square()
    total = activations.sum((1, 2), keepdim=True)
    below = 2 * squared + squared * gradient * total
    share = torch.where(below != 0, squared / torch.where(below != 0, below, 1.0), 0.0)
    return weighted_sum((share * gradient.relu()).sum((1, 2)), activations)


@method(
    "hirescam",
    title="HiResCAM",
    summary="Gradient times activation in every cell, nothing averaged away.",
    citation=(
        "Draelos, Carin: Use HiResCAM instead of Grad-CAM for faithful explanations of "
        "convolutional neural networks, 2020"
    ),
    cost=Cost.INSTANT,
    needs=Needs.GRADIENTS,
    unit="logit",
)
def hirescam(forward: Forward, class_index: int) -> ClassMap:
    """M(x, y) = sum_k g_k(x, y) f_k(x, y)."""
    return weighted_sum(forward.gradients(class_index), forward.activations)


@method(
    "grad-cam-elementwise",
    title="Grad-CAM element-wise",
    summary="HiResCAM that counts only what speaks for the class.",
    citation="Pillai, Pirsiavash: Explainable Models with Consistent Interpretations, AAAI 2021",
    cost=Cost.INSTANT,
    needs=Needs.GRADIENTS,
    unit="logit",
)
def grad_cam_elementwise(forward: Forward, class_index: int) -> ClassMap:
    """M(x, y) = sum_k relu(g_k(x, y) f_k(x, y))."""
    products = (forward.gradients(class_index) * forward.activations).relu()
    return weighted_sum(torch.ones_like(products), products)


@method(
    "xgrad-cam",
    title="XGrad-CAM",
    summary="Grad-CAM whose channel weights add up to the class score.",
    citation=(
        "Fu, Hu, Dong, Guo, Gao, Li: Axiom-based Grad-CAM: Towards Accurate Visualization and "
        "Explanation of CNNs, BMVC 2020"
    ),
    cost=Cost.INSTANT,
    needs=Needs.GRADIENTS,
    unit="logit",
)
def xgrad_cam(forward: Forward, class_index: int) -> ClassMap:
    """M = sum_k w_k f_k, w_k = sum_xy g_k f_k / sum_xy f_k; a channel of sum 0 has no weight."""
    gradient, activations = forward.gradients(class_index), forward.activations
    total = activations.sum((1, 2))
    products = (gradient * activations).sum((1, 2))
    return weighted_sum(
        torch.where(total != 0, products / torch.where(total != 0, total, 1.0), 0.0), activations
    )


@method(
    "layercam",
    title="LayerCAM",
    summary="Weighs each cell by its own positive gradient; good on early layers.",
    citation=(
        "Jiang, Zhang, Hou, Cheng, Wei: LayerCAM: Exploring Hierarchical Class Activation Maps "
        "for Localization, IEEE TIP 2021"
    ),
    cost=Cost.INSTANT,
    needs=Needs.GRADIENTS,
    unit="logit",
)
def layercam(forward: Forward, class_index: int) -> ClassMap:
    """M(x, y) = sum_k relu(g_k(x, y)) f_k(x, y)."""
    return weighted_sum(forward.gradients(class_index).relu(), forward.activations)
