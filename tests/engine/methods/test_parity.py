"""The same raw maps as the peers', over eleven networks; and where they differ, why.

One pass of each peer serves all of its methods: pytorch-grad-cam's formulas are handed the
activations and gradients that its own hooks have seen, torch-cam's share one forward pass.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pytest
import torch
import torchcam.methods
from captum.attr import LayerGradCam, LayerGradientXActivation
from pytorch_grad_cam import (
    FEM,
    KPCA_CAM,
    EigenCAM,
    EigenGradCAM,
    GradCAM,
    GradCAMElementWise,
    HiResCAM,
    LayerCAM,
    ShapleyCAM,
    XGradCAM,
)
from pytorch_grad_cam.feature_factorization.deep_feature_factorization import dff
from pytorch_grad_cam.utils.model_targets import (
    ClassifierOutputReST,
    ClassifierOutputTarget,
    FinerWeightedTarget,
)
from torch import Tensor, nn

from camviewer.engine.methods import find_method
from camviewer.engine.methods.core.factorization import factorized
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward
from camviewer.engine.network.grid_layers import grid_layers
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from tests.engine.small_networks import without_in_place_layers

Raw = np.ndarray[tuple[int, ...], np.dtype[np.float32]]
Reshape = Callable[[Tensor], Tensor] | None
CLASS = 285
OTHERS = (281, 282, 287)

pytestmark = pytest.mark.slow


def of_tokens(tokens: Tensor) -> Tensor:
    """(N, 1 + 14 * 14, C) with a class token as (N, C, 14, 14)."""
    count, _, channels = tokens.shape
    return tokens[:, 1:].transpose(1, 2).reshape(count, channels, 14, 14)


def of_channels_last(cells: Tensor) -> Tensor:
    return cells.permute(0, 3, 1, 2)


CASES: dict[str, tuple[str, Reshape]] = {
    "embedded": ("head", None),
    "embedded ": ("blocks.4", None),
    "resnet18": ("layer4", None),
    "resnet18 ": ("layer2", None),
    "vgg11": ("features.20", None),
    "densenet121": ("features.denseblock4", None),
    "mobilenet_v2": ("features", None),
    "convnext_tiny": ("features.6", None),
    "efficientnet_b0": ("features.6", None),
    "vit_b_16": ("encoder.layers.encoder_layer_11.ln_1", of_tokens),
    "swin_t": ("features.5", of_channels_last),
    "timm/resnet10t": ("layer4", None),
    "timm/deit_tiny_patch16_224": ("blocks.11.norm1", of_tokens),
}


@dataclass(frozen=True, eq=False)
class Case:
    """One layer of one network, with the pass that all of a peer's methods share."""

    classifier: Classifier
    picture: Tensor
    layer: str
    reshape: Reshape

    @property
    def network(self) -> nn.Module:
        return self.classifier.network

    @cached_property
    def forward(self) -> Forward:
        found = {one.name: one.layout for one in grid_layers(self.network, self.picture)}
        layout = found[self.layer]
        return passes.run(self.network, self.picture, self.layer, self.classifier.head, layout)

    def mine(self, method: str, **options: object) -> Raw:
        return find_method(method).explain(self.forward, CLASS, **options).values.numpy()

    @cached_property
    def grad_cam_saw(self) -> tuple[Raw, Raw]:
        """(activations, gradients), (1, C, h, w) each, as pytorch-grad-cam's hooks saw them."""
        return self.seen_by_grad_cam(ClassifierOutputTarget(CLASS))

    def seen_by_grad_cam(self, target: Callable[[Tensor], Tensor]) -> tuple[Raw, Raw]:
        with without_in_place_layers(self.network), self._grad_cam(GradCAM) as peer:
            peer(self.picture.clone().requires_grad_(), [target])
            saw = peer.activations_and_grads
            return saw.activations[0].numpy(), saw.gradients[0].numpy()

    def _grad_cam(self, kind: type) -> GradCAM:
        return kind(self.network, [self.network.get_submodule(self.layer)], self.reshape)

    def of_grad_cam(self, kind: type) -> Raw:
        """A method of pytorch-grad-cam on what its hooks saw."""
        activations, gradients = self.grad_cam_saw
        with self._grad_cam(kind) as peer:
            return peer.get_cam_image(
                self.picture, None, None, activations.copy(), gradients.copy(), False
            )[0]

    @cached_property
    def of_torch_cam(self) -> dict[str, Raw]:
        """All of torch-cam's gradient methods from one pass."""
        kinds = {
            "grad-cam": torchcam.methods.GradCAM,
            "grad-cam++": torchcam.methods.GradCAMpp,
            "xgrad-cam": torchcam.methods.XGradCAM,
            "layercam": torchcam.methods.LayerCAM,
        }
        found: dict[str, Raw] = {}
        with without_in_place_layers(self.network), ExitStack() as stack:
            peers = {
                name: stack.enter_context(
                    kind(self.network, self.layer, reshape_transform=self.reshape)
                )
                for name, kind in kinds.items()
            }
            finer = stack.enter_context(
                torchcam.methods.FinerCAM(
                    self.network, self.layer, gamma=0.6, reshape_transform=self.reshape
                )
            )
            scores = self.network(self.picture.clone().requires_grad_())
            for name, peer in peers.items():
                peer._relu = False  # noqa: SLF001  (the raw map keeps its sign)
                (raw,) = peer(CLASS, scores, normalized=False, retain_graph=True)
                found[name] = raw[0].detach().numpy()
            finer.base_cam._relu = False  # noqa: SLF001  (the raw map keeps its sign)
            (raw,) = finer(CLASS, scores, list(OTHERS), normalized=False, retain_graph=True)
            found["finer-cam"] = raw[0].detach().numpy()
        return found

    def of_captum(self, kind: type, **options: object) -> Raw:
        with without_in_place_layers(self.network):
            method = kind(self.network, self.network.get_submodule(self.layer))
            raw = method.attribute(self.picture.clone().requires_grad_(), CLASS, **options)
        return raw.detach()


@pytest.fixture(scope="module", params=CASES)
def case(
    request: pytest.FixtureRequest,
    embedded: Classifier,
    random_classifier: Callable[[str], Classifier],
    seen: Callable[..., Tensor],
) -> Case:
    name = request.param.strip()
    layer, reshape = CASES[request.param]
    classifier = embedded if name == "embedded" else random_classifier(name)
    return Case(classifier, seen("chelsea"), layer, reshape)


def assert_the_same(mine: Raw, theirs: Raw, either_sign: bool = False) -> None:
    mine, theirs = mine.astype(np.float64), theirs.astype(np.float64)
    assert mine.shape == theirs.shape
    assert np.ptp(theirs) > 0
    if either_sign and (mine * theirs).sum() < 0:
        theirs = -theirs
    assert np.corrcoef(mine.ravel(), theirs.ravel())[0, 1] > 0.9999
    low, spread = theirs.min(), np.ptp(theirs)
    assert np.abs((mine - low) / spread - (theirs - low) / spread).max() < 1e-3


OF_GRAD_CAM = {
    "grad-cam": GradCAM,
    "hirescam": HiResCAM,
    "grad-cam-elementwise": GradCAMElementWise,
    "layercam": LayerCAM,
}


@pytest.mark.parametrize("method", OF_GRAD_CAM)
def test_the_map_equals_pytorch_grad_cams(case: Case, method: str) -> None:
    assert_the_same(case.mine(method), case.of_grad_cam(OF_GRAD_CAM[method]))


@pytest.mark.parametrize("method", ["grad-cam", "layercam"])
def test_the_map_equals_torch_cams(case: Case, method: str) -> None:
    assert_the_same(case.mine(method), case.of_torch_cam[method])


def test_grad_cam_or_hirescam_equals_captums(case: Case) -> None:
    """captum knows no tokens: there its products are compared, and its Grad-CAM elsewhere."""
    if case.reshape is None:
        theirs = case.of_captum(LayerGradCam, relu_attributions=False)[0, 0].numpy()
        assert_the_same(case.mine("grad-cam"), theirs)
    else:
        products = case.reshape(case.of_captum(LayerGradientXActivation))
        assert_the_same(case.mine("hirescam"), products[0].sum(0).numpy())


def test_xgrad_cam_is_the_papers_where_channels_do_not_cancel(case: Case) -> None:
    """Both peers add 1e-7 or so to a sum that is divided by: it matters where channels cancel."""
    activations, gradients = (one[0].astype(np.float64) for one in case.grad_cam_saw)
    total, products = activations.sum((1, 2)), (gradients * activations).sum((1, 2))
    weights = np.divide(products, total, out=np.zeros_like(total), where=total != 0)
    expected = (weights[:, None, None] * activations).sum(0)
    assert_the_same(case.mine("xgrad-cam"), expected)
    if activations.min() >= 0:
        assert_the_same(case.mine("xgrad-cam"), case.of_grad_cam(XGradCAM))
        assert_the_same(case.mine("xgrad-cam"), case.of_torch_cam["xgrad-cam"])


def test_grad_cam_plus_plus_is_the_papers_without_the_peers_small_numbers(case: Case) -> None:
    """The peers add 1e-6 or so below the fraction, which is large next to squared gradients."""
    activations, gradients = (one[0].astype(np.float64) for one in case.grad_cam_saw)
    squared = gradients**2
    below = 2 * squared + gradients**3 * activations.sum((1, 2), keepdims=True)
    share = np.divide(squared, below, out=np.zeros_like(below), where=below != 0)
    weights = (share * np.maximum(gradients, 0)).sum((1, 2))
    assert_the_same(case.mine("grad-cam++"), (weights[:, None, None] * activations).sum(0))


def test_eigengrad_cam_equals_pytorch_grad_cams_up_to_its_sign(case: Case) -> None:
    theirs = case.of_grad_cam(EigenGradCAM)
    assert_the_same(case.mine("eigengrad-cam"), theirs, either_sign=True)


def test_kpca_cam_equals_pytorch_grad_cams_up_to_its_sign(case: Case) -> None:
    assert_the_same(case.mine("kpca-cam"), case.of_grad_cam(KPCA_CAM), either_sign=True)


def test_eigen_cam_is_the_papers_and_pytorch_grad_cam_centres_first(case: Case) -> None:
    rows = case.grad_cam_saw[0][0].reshape(case.forward.activations.shape[0], -1).T
    rows = rows.astype(np.float64)
    _, _, directions = np.linalg.svd(rows, full_matrices=False)
    grid = case.forward.activations.shape[1:]
    assert_the_same(case.mine("eigen-cam"), (rows @ directions[0]).reshape(grid), True)
    centred = rows - rows.mean(0)
    _, _, directions = np.linalg.svd(centred, full_matrices=False)
    theirs = case.of_grad_cam(EigenCAM)
    assert_the_same((centred @ directions[0]).reshape(grid), theirs, True)


def test_fem_is_the_papers_and_pytorch_grad_cam_weighs_otherwise(case: Case) -> None:
    """The paper adds up a channel's mean where it is strong; the peer weighs it by how often."""
    activations = case.grad_cam_saw[0][0].astype(np.float64)
    mean = activations.mean((1, 2), keepdims=True)
    strong = activations > mean + 2 * activations.std((1, 2), keepdims=True)
    assert_the_same(case.mine("fem"), (mean * strong).sum(0))
    often = strong.mean((1, 2))[:, None, None]
    assert_the_same((often * activations).sum(0), case.of_grad_cam(FEM))


def test_finer_cam_equals_torch_cams(case: Case) -> None:
    """Which is the paper's: the mean of the others' scores is taken away."""
    named = ", ".join(str(other) for other in OTHERS)
    mine = case.mine("finer-cam", versus=named, count=3, strength=0.6)
    assert_the_same(mine, case.of_torch_cam["finer-cam"])


def test_pytorch_grad_cams_finer_cam_is_another_number(
    random_classifier: Callable[[str], Classifier], seen: Callable[..., Tensor]
) -> None:
    """Its weights are probabilities, which change with the activations and add their gradient."""
    case = Case(random_classifier("resnet18"), seen("chelsea"), "layer2", None)
    activations, gradients = case.seen_by_grad_cam(FinerWeightedTarget(CLASS, list(OTHERS), 0.6))

    def weighted(logits: Tensor) -> Tensor:
        shares = logits.softmax(1)[:, list(OTHERS)]
        gaps = logits[:, [CLASS]] - 0.6 * logits[:, list(OTHERS)]
        return (shares * gaps).sum(1) / (shares.sum(1) + 1e-9)

    theirs = gradients[0].mean((1, 2))
    mine = case.forward.gradients_of(weighted).mean((1, 2)).numpy()
    assert_the_same(mine[None], theirs[None])
    named = ", ".join(str(other) for other in OTHERS)
    papers = case.mine("finer-cam", versus=named, count=3, strength=0.6)
    peers = (theirs[:, None, None] * activations[0]).sum(0)
    assert np.abs(papers - peers).max() > 1e-3 * np.ptp(papers)


@pytest.mark.parametrize(
    ("utility", "target"), [("ReST", ClassifierOutputReST), ("score", ClassifierOutputTarget)]
)
def test_shapley_cam_equals_pytorch_grad_cams(case: Case, utility: str, target: type) -> None:
    if case.reshape is not None:
        pytest.skip("the peer multiplies its weights with tokens that it has not reshaped")
    if utility == "score" and case.layer not in {"layer2", "features.20", "blocks.4"}:
        pytest.skip("below a pooled head the score is linear, and the peer fails; three will do")
    raw: list[Raw] = []

    class Unscaled(ShapleyCAM):  # type: ignore[misc]
        """Keeps the map as it is before the ReLU, the resizing and the min-max."""

        def get_cam_image(self, *arguments: object, **named: object) -> Raw:
            raw.append(super().get_cam_image(*arguments, **named))
            return raw[-1]

    with without_in_place_layers(case.network):
        layer = case.network.get_submodule(case.layer)
        with Unscaled(case.network, [layer]) as peer:
            peer(case.picture.clone().requires_grad_(), [target(CLASS)])
    request = ExplainRequest(CLASS, "shapley-cam", case.layer, options=(("utility", utility),))
    mine = Session(case.classifier).map_of(case.picture, request)
    assert_the_same(mine.numpy(), np.asarray(raw[0])[0])


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
def test_a_factorization_is_as_near_as_pytorch_grad_cams(case: Case) -> None:
    """The peer lifts channels with negative numbers; next to it only those without are fair."""
    activations = np.maximum(case.grad_cam_saw[0], 0)
    activations -= activations.min((2, 3), keepdims=True)
    concepts, presence = dff(activations.copy(), n_components=4)
    matrix = torch.from_numpy(activations[0]).flatten(1).T.double()
    theirs = torch.from_numpy(concepts @ presence[0].reshape(4, -1)).T.double()
    mine = torch.matmul(*factorized(matrix, 4))
    assert float((matrix - mine).norm()) < 1.02 * float((matrix - theirs).norm())


def test_refine_cam_equals_torch_cams_where_grids_lie_at_their_nominal_places(
    embedded: Classifier, photographs: dict[str, SourceImage]
) -> None:
    session, image = Session(embedded), photographs["chelsea"]
    layers = ("head", "blocks.4", "blocks.2")
    request = ExplainRequest(
        CLASS,
        "refine-cam",
        nominal=True,
        options=(("layers", ", ".join(layers)), ("base", "layercam")),
    )
    found = session.explain(image, request)
    picture = session.input_tensor(image, found.placement)
    with without_in_place_layers(embedded.network):
        base = torchcam.methods.LayerCAM
        with torchcam.methods.RefineCAM(embedded.network, list(layers), base_method=base) as peer:
            scores = embedded.network(picture.clone().requires_grad_())
            (theirs,) = peer(CLASS, scores, normalized=False)
    assert_the_same(found.heatmap.values, theirs[0].detach().numpy())


def test_legrad_equals_torch_cams(
    random_classifier: Callable[[str], Classifier], photographs: dict[str, SourceImage]
) -> None:
    classifier = random_classifier("vit_b_16")
    session, network = Session(classifier), classifier.network
    found = session.explain(photographs["chelsea"], ExplainRequest(CLASS, "legrad"))
    picture = session.input_tensor(photographs["chelsea"], found.placement)
    blocks = [f"encoder.layers.encoder_layer_{number}" for number in range(12)]
    with torchcam.methods.LeGrad(network, blocks) as peer:
        network(picture.clone().requires_grad_())
        maps = peer._get_weights(CLASS, retain_graph=False)  # noqa: SLF001  (before its min-max)
    theirs = torch.stack(maps).mean(0).reshape(14, 14).numpy()
    assert_the_same(found.heatmap.values, theirs)
