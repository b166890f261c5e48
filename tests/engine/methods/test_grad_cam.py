"""Grad-CAM is the paper's, and the same as its peers' wherever those follow the paper."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
import torchcam.methods
from captum.attr import LayerGradCam
from pytorch_grad_cam import GradCAM
from pytorch_grad_cam.utils.model_targets import ClassifierOutputTarget
from torch import Tensor, nn
from torch.nn import functional

from camviewer.engine.methods.cam import cam
from camviewer.engine.methods.gradient import grad_cam
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from tests.engine.small_networks import without_in_place_layers

Raw = np.ndarray[tuple[int, ...], np.dtype[np.float32]]

# architecture, layer: its default one and one in the middle
CASES = [
    ("embedded", "head"),
    ("embedded", "blocks.4"),
    ("resnet18", "layer4"),
    ("resnet18", "layer2"),
    ("vgg11", "features.20"),
    ("vgg11", "features.10"),
    ("densenet121", "features.denseblock4"),
    ("densenet121", "features.transition2"),
    ("mobilenet_v2", "features"),
    ("mobilenet_v2", "features.10"),
]
CLASS = 285


@pytest.fixture(scope="session")
def classifier_named(
    embedded: Classifier, random_classifier: Callable[[str], Classifier]
) -> Callable[[str], Classifier]:
    return lambda name: embedded if name == "embedded" else random_classifier(name)


def ours(classifier: Classifier, picture: Tensor, layer: str, class_index: int = CLASS) -> Raw:
    forward = passes.run(classifier.network, picture, layer, classifier.head)
    return grad_cam(forward, class_index).values.numpy()


def of_pytorch_grad_cam(network: nn.Module, picture: Tensor, layer: str) -> Raw:
    raw: list[Raw] = []

    class Unscaled(GradCAM):  # type: ignore[misc]
        """Keeps the map as it is before the ReLU, the resizing and the min-max."""

        def get_cam_image(self, *arguments: object, **named: object) -> Raw:
            raw.append(super().get_cam_image(*arguments, **named))
            return raw[-1]

    with Unscaled(network, [network.get_submodule(layer)]) as method:
        method(picture.clone().requires_grad_(), [ClassifierOutputTarget(CLASS)])
    return raw[0][0]


def of_torch_cam(network: nn.Module, picture: Tensor, layer: str) -> Raw:
    with torchcam.methods.GradCAM(network, layer) as method:
        method._relu = False  # noqa: SLF001  (the raw map keeps its sign)
        scores = network(picture.clone().requires_grad_())
        (raw,) = method(CLASS, scores, normalized=False)
    return raw[0].numpy()


def of_captum(network: nn.Module, picture: Tensor, layer: str) -> Raw:
    method = LayerGradCam(network, network.get_submodule(layer))
    raw = method.attribute(picture.clone().requires_grad_(), CLASS, relu_attributions=False)
    return raw.detach()[0, 0].numpy()


PEERS = {
    "pytorch-grad-cam": of_pytorch_grad_cam,
    "torch-cam": of_torch_cam,
    "captum": of_captum,
}


@pytest.mark.parametrize("peer", PEERS)
@pytest.mark.parametrize(("name", "layer"), CASES)
def test_the_raw_map_equals_the_peers(
    classifier_named: Callable[[str], Classifier],
    seen: Callable[..., Tensor],
    name: str,
    layer: str,
    peer: str,
) -> None:
    classifier = classifier_named(name)
    picture = functional.interpolate(seen("chelsea"), (128, 160), mode="bilinear")
    mine = ours(classifier, picture, layer)
    with without_in_place_layers(classifier.network):
        theirs = PEERS[peer](classifier.network, picture, layer)
    assert_the_same(mine, theirs)


def assert_the_same(mine: Raw, theirs: Raw) -> None:
    assert mine.shape == theirs.shape
    assert np.ptp(theirs) > 0
    assert np.corrcoef(mine.ravel(), theirs.ravel())[0, 1] > 0.9999
    low, range_ = theirs.min(), np.ptp(theirs)
    assert np.abs((mine - low) / range_ - (theirs - low) / range_).max() < 1e-3


def test_densenets_last_layer_follows_the_paper_where_some_peers_do_not(
    random_classifier: Callable[[str], Classifier], seen: Callable[..., Tensor]
) -> None:
    """DenseNet rectifies ``features`` in place by a function, so ``inplace=False`` cannot help.

    The class score is linear in the mean of the rectified features, hence ours are those: the
    paper's formula is written out on them. So does torch-cam. pytorch-grad-cam and captum see the
    rectified values, but the gradient with respect to what was there before the ReLU, in which
    every cell where the ReLU is off counts as 0.
    """
    classifier = random_classifier("densenet121")
    network, picture = classifier.network, seen("chelsea")
    with torch.no_grad():
        features = functional.relu(network.get_submodule("features")(picture))
    features.requires_grad_()
    pooled = functional.adaptive_avg_pool2d(features, 1).flatten(1)
    score = network.get_submodule("classifier")(pooled)[0, CLASS]
    (gradient,) = torch.autograd.grad(score, features)
    importance = gradient[0].mean((1, 2))
    expected = (importance[:, None, None] * features.detach()[0]).sum(0).numpy()
    assert_the_same(ours(classifier, picture, "features"), expected)

    assert_the_same(of_torch_cam(network, picture, "features"), expected)
    for peer in (of_pytorch_grad_cam, of_captum):
        theirs = peer(network, picture, "features")
        assert np.corrcoef(theirs.ravel(), expected.ravel())[0, 1] < 0.99


def test_before_an_in_place_activation_the_paper_is_followed_where_some_peers_do_not(
    random_classifier: Callable[[str], Classifier], seen: Callable[..., Tensor]
) -> None:
    """VGG11's last convolution, whose ReLU follows in place.

    captum's map is ours; pytorch-grad-cam's and torch-cam's mix what lies before the ReLU with
    what lies behind it.
    """
    classifier = random_classifier("vgg11")
    network, picture = classifier.network, seen("chelsea")
    features = network.get_submodule("features")
    assert isinstance(features, nn.Sequential)
    with torch.no_grad():
        convolved = features[:19](picture)
    convolved.requires_grad_()
    rest = features[19:](convolved.clone())
    pooled = network.get_submodule("avgpool")(rest)
    score = network.get_submodule("classifier")(pooled.flatten(1))[0, CLASS]
    (gradient,) = torch.autograd.grad(score, convolved)
    importance = gradient[0].mean((1, 2))
    expected = (importance[:, None, None] * convolved.detach()[0]).sum(0).numpy()
    assert_the_same(ours(classifier, picture, "features.18"), expected)
    assert_the_same(of_captum(network, picture, "features.18"), expected)
    for peer in (of_pytorch_grad_cam, of_torch_cam):
        theirs = peer(network, picture, "features.18")
        assert np.corrcoef(theirs.ravel(), expected.ravel())[0, 1] < 0.99


@pytest.mark.parametrize("name", ["embedded", "resnet18", "mobilenet_v2", "densenet121"])
def test_on_the_layer_that_is_pooled_it_is_cam_over_the_number_of_cells(
    classifier_named: Callable[[str], Classifier], seen: Callable[..., Tensor], name: str
) -> None:
    classifier = classifier_named(name)
    assert classifier.head is not None
    forward = passes.run(classifier.network, seen("coffee"), classifier.head.layer, classifier.head)
    cells = forward.activations.shape[1] * forward.activations.shape[2]
    exact, by_gradient = cam(forward, CLASS).values, grad_cam(forward, CLASS).values
    assert torch.allclose(by_gradient * cells, exact, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("name", ["embedded", "resnet18", "mobilenet_v2"])
def test_the_closed_form_of_the_gradient_is_autograds(
    classifier_named: Callable[[str], Classifier], seen: Callable[..., Tensor], name: str
) -> None:
    classifier = classifier_named(name)
    assert classifier.head is not None
    layer = classifier.head.layer
    closed = passes.run(classifier.network, seen("coffee"), layer, classifier.head)
    recorded = passes.run(classifier.network, seen("coffee"), layer, head=None)
    assert recorded.head is None
    by_formula, by_autograd = closed.gradients(CLASS), recorded.gradients(CLASS)
    assert by_formula.shape == by_autograd.shape
    assert torch.allclose(by_formula, by_autograd, rtol=1e-4, atol=1e-9)


def test_the_gradient_is_that_of_the_chosen_class(
    random_classifier: Callable[[str], Classifier], seen: Callable[..., Tensor]
) -> None:
    """One recorded pass serves every class: the graph is kept."""
    classifier = random_classifier("resnet18")
    forward = passes.run(classifier.network, seen("coffee"), "layer2", classifier.head)
    first, second = forward.gradients(1), forward.gradients(2)
    assert not torch.allclose(first, second)
    assert torch.equal(first, forward.gradients(1))
