"""Rollout, LeGrad and ViT-Recipro-CAM, worked out again block by block on small transformers."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import timm
import torch
import torchvision
from timm.models.vision_transformer import VisionTransformer
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe
from camviewer.engine.methods import find_method
from camviewer.engine.methods.core.applicability import refusal
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.grid_layers import grid_layers
from camviewer.engine.picture.source_image import SourceImage
from camviewer.engine.results.messages import ExplainRequest, ScoreKind
from camviewer.engine.session.session import Session
from tests.engine.hooks import hooks_on

CLASSES, CLASS = 7, 4
METHODS = ("attention-rollout", "legrad", "vit-recipro-cam")


def timm_vit(size: tuple[int, int] = (64, 64), **more: object) -> nn.Module:
    settings: dict[str, object] = {
        "patch_size": 16,
        "embed_dim": 24,
        "depth": 3,
        "num_heads": 3,
        "num_classes": CLASSES,
    }
    return VisionTransformer(img_size=size, **{**settings, **more})


BUILDERS: dict[str, tuple[Callable[[], nn.Module], tuple[int, int]]] = {
    "timm": (timm_vit, (64, 64)),
    "timm, not square": (lambda: timm_vit((64, 96)), (64, 96)),
    "timm, registers": (lambda: timm_vit((96, 64), reg_tokens=2), (96, 64)),
    "timm, averaged": (lambda: timm_vit(global_pool="avg", class_token=False), (64, 64)),
    "timm, normed queries": (lambda: timm_vit(qk_norm=True), (64, 64)),
    "torchvision": (
        lambda: torchvision.models.VisionTransformer(64, 16, 3, 3, 24, 48, num_classes=CLASSES),
        (64, 64),
    ),
}


def made(build: Callable[[], nn.Module]) -> nn.Module:
    torch.manual_seed(0)
    network = build()
    for parameter in network.parameters():
        if parameter.dim() > 1:
            nn.init.normal_(parameter, std=0.15)
    return network.eval().requires_grad_(False)


@pytest.fixture(params=BUILDERS)
def session(request: pytest.FixtureRequest, classifier_of: Callable[..., Classifier]) -> Session:
    build, size = BUILDERS[request.param]
    recipe = Recipe(input_size=size, flexible=False)
    return Session(classifier_of(made(build), CLASSES, recipe))


def blocks_of(network: nn.Module) -> list[nn.Module]:
    blocks = network.blocks if hasattr(network, "blocks") else network.encoder.layers
    return list(blocks)


def attention_of(block: nn.Module, tokens: Tensor) -> tuple[Tensor, Tensor]:
    """(attention (heads, T, T), values (heads, T, d)) of normed tokens (T, C), head by head."""
    own = block.attn if hasattr(block, "attn") else block.self_attention
    if hasattr(own, "qkv"):
        projected, norms = own.qkv(tokens), (own.q_norm, own.k_norm)
    else:
        weight, bias = own.in_proj_weight, own.in_proj_bias
        projected, norms = nn.functional.linear(tokens, weight, bias), (nn.Identity(),) * 2
    width = tokens.shape[1] // own.num_heads
    attentions, values = [], []
    for head in range(own.num_heads):
        query, key, value = (
            projected[:, part * tokens.shape[1] + head * width :][:, :width] for part in range(3)
        )
        query, key = norms[0](query), norms[1](key)
        attentions.append(torch.softmax(query @ key.T / width**0.5, 1))
        values.append(value)
    return torch.stack(attentions), torch.stack(values)


class Walked:
    """A transformer walked through block by block, with every attention kept as a matrix."""

    def __init__(self, network: nn.Module, picture: Tensor) -> None:
        tokens = self._into_first_block(network, picture)
        self.network = network
        self.attentions: list[Tensor] = []
        self.outputs: list[Tensor] = []
        for block in blocks_of(network):
            first = block.norm1 if hasattr(block, "norm1") else block.ln_1
            second = block.norm2 if hasattr(block, "norm2") else block.ln_2
            own = block.attn if hasattr(block, "attn") else block.self_attention
            attention, values = attention_of(block, first(tokens))
            attention = attention.detach().requires_grad_()
            self.attentions.append(attention)
            mixed = torch.cat(list(attention @ values), 1)
            tokens = tokens + (own.proj(mixed) if hasattr(own, "proj") else own.out_proj(mixed))
            tokens = tokens + block.mlp(second(tokens))
            self.outputs.append(tokens)

    @staticmethod
    def _into_first_block(network: nn.Module, picture: Tensor) -> Tensor:
        kept: list[Tensor] = []
        hook = blocks_of(network)[0].register_forward_pre_hook(
            lambda _, inputs: kept.append(inputs[0])
        )
        network(picture)
        hook.remove()
        return kept[0][0].detach()

    def end(self, tokens: Tensor) -> Tensor:
        """(K,): logits of tokens (T, C)."""
        if hasattr(self.network, "forward_head"):
            logits = self.network.forward_head(self.network.norm(tokens[None]))[0]
        else:
            logits = self.network.heads(self.network.encoder.ln(tokens[None])[:, 0])[0]
        return logits


def walked(session: Session, image: SourceImage) -> tuple[Walked, int, tuple[int, int]]:
    layout = session.classifier.layout
    assert layout is not None
    placement = session.explain(image, ExplainRequest(CLASS, "grad-cam")).placement
    picture = session.input_tensor(image, placement)
    return Walked(session.classifier.network, picture), layout.prefix, layout.grid


def test_the_walk_itself_gives_the_networks_logits(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    walk, _, _ = walked(session, photographs["coffee"])
    logits = walk.end(walk.outputs[-1]).detach().numpy()
    assert np.allclose(logits, session.verdict(photographs["coffee"]).logits, atol=1e-4)


def test_attention_rollout_multiplies_the_blocks_attention_with_the_residual(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["coffee"]
    found = session.explain(image, ExplainRequest(CLASS, "attention-rollout"))
    walk, prefix, grid = walked(session, image)
    rolled = np.eye(walk.attentions[0].shape[1])
    for attention in walk.attentions:
        mean = attention.detach().numpy().mean(0)
        rolled = (0.5 * mean + 0.5 * np.eye(len(mean))) @ rolled
    assert np.allclose(rolled.sum(1), 1.0, atol=1e-5)
    row = rolled[0] if prefix else rolled.mean(0)
    expected = row[prefix:].reshape(grid)
    assert found.heatmap.values.shape == grid
    assert np.allclose(found.heatmap.values, expected, atol=1e-6)
    assert found.method.classless


def test_legrad_is_the_mean_positive_gradient_by_the_attention_of_every_block(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["coffee"]
    found = session.explain(image, ExplainRequest(CLASS, "legrad"))
    walk, prefix, grid = walked(session, image)
    expected = np.zeros(grid[0] * grid[1])
    for attention, output in zip(walk.attentions, walk.outputs, strict=True):
        average = output.mean(0, keepdim=True).expand_as(output)
        (gradient,) = torch.autograd.grad(walk.end(average)[CLASS], attention, retain_graph=True)
        positive = gradient.clamp_min(0).numpy()
        for head in positive:
            for query in head:
                expected += query[prefix:] / (head.shape[0] * len(positive))
    expected = (expected / len(walk.attentions)).reshape(grid)
    assert expected.max() > 0
    assert np.allclose(found.heatmap.values, expected, atol=1e-5 * expected.max())


def test_vit_recipro_cam_shows_one_place_at_a_time(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image, network = photographs["coffee"], session.classifier.network
    found = session.explain(image, ExplainRequest(CLASS, "vit-recipro-cam"))
    picture = session.input_tensor(image, found.placement)
    layout = session.classifier.layout
    assert layout is not None
    rows, columns = layout.grid
    shares = {0: 0.5, 1: 0.25}
    layer = network.get_submodule(found.layer.name)

    def score_with(mask: Tensor) -> float:
        def only(_module: nn.Module, _inputs: object, output: Tensor) -> Tensor:
            whole = torch.cat((torch.ones(layout.prefix), mask.flatten()))
            return output * whole[None, :, None]

        hook = layer.register_forward_hook(only)
        try:
            return float(network(picture)[0, CLASS])
        finally:
            hook.remove()

    ground = score_with(torch.zeros(rows, columns))
    for row, column in ((0, 0), (1, 2), (rows - 1, columns - 1)):
        mask = torch.zeros(rows, columns)
        for i, j in np.ndindex(rows, columns):
            mask[i, j] = shares.get(abs(i - row), 0.0) * shares.get(abs(j - column), 0.0)
        expected = score_with(mask) - ground
        assert found.heatmap.values[row, column] == pytest.approx(expected, rel=1e-3, abs=1e-5)


@pytest.mark.parametrize("method", ["grad-cam", "hirescam", "layercam"])
def test_gradient_methods_take_the_tokens_of_the_grid_row_by_row(
    session: Session, photographs: dict[str, SourceImage], method: str
) -> None:
    """Class and register tokens are left out; token r * columns + c lies in row r, column c."""
    image, network = photographs["coffee"], session.classifier.network
    found = session.explain(image, ExplainRequest(CLASS, method))
    layout = session.classifier.layout
    assert layout is not None
    kept: list[Tensor] = []

    def tap(_module: nn.Module, _inputs: object, output: Tensor) -> Tensor:
        kept.append(output.detach().clone().requires_grad_())
        return kept[0].clone()

    hook = network.get_submodule(found.layer.name).register_forward_hook(tap)
    network(session.input_tensor(image, found.placement))[0, CLASS].backward()
    hook.remove()
    tokens, gradient = kept[0].detach()[0].numpy(), kept[0].grad[0].numpy()
    rows, columns = layout.grid
    weights = {
        "grad-cam": np.broadcast_to(gradient[layout.prefix :].mean(0), gradient.shape),
        "hirescam": gradient,
        "layercam": np.maximum(gradient, 0),
    }[method]
    for row, column in np.ndindex(rows, columns):
        token = layout.prefix + row * columns + column
        expected = float((weights[token] * tokens[token]).sum())
        assert found.heatmap.values[row, column] == pytest.approx(expected, rel=1e-3, abs=1e-6)


@pytest.mark.parametrize("method", METHODS)
def test_the_network_is_afterwards_as_it_was(
    session: Session, photographs: dict[str, SourceImage], method: str
) -> None:
    network = session.classifier.network
    before = fingerprint(network)
    logits = session.verdict(photographs["coffee"]).logits
    session.explain(photographs["coffee"], ExplainRequest(CLASS, method))
    assert fingerprint(network) == before
    again = Session(session.classifier).verdict(photographs["coffee"]).logits
    assert np.array_equal(again, logits)


def fingerprint(network: nn.Module) -> list[object]:
    flags = [
        (name, getattr(module, "fused_attn", None)) for name, module in network.named_modules()
    ]
    return [
        hooks_on(network),
        *flags,
        *(parameter.sum().item() for parameter in network.parameters()),
    ]


def test_after_an_error_within_the_pass_everything_is_as_it_was(
    classifier_of: Callable[..., Classifier],
) -> None:
    from camviewer.engine.methods.core.attention import attention_modules, attention_watched

    network = made(timm_vit)
    before = fingerprint(network)
    with attention_watched(attention_modules(network), {}):
        assert not network.blocks[0].attn.fused_attn
        with pytest.raises(RuntimeError):
            network(torch.rand(1, 5, 64, 64))
    assert fingerprint(network) == before


def test_rollout_is_the_same_for_every_class(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["rocket"]
    one = session.explain(image, ExplainRequest(0, "attention-rollout"))
    other = session.explain(image, ExplainRequest(1, "attention-rollout"))
    assert np.array_equal(one.heatmap.values, other.heatmap.values)


def test_legrad_follows_the_score_that_is_explained(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image = photographs["rocket"]
    by_logit = session.explain(image, ExplainRequest(CLASS, "legrad"))
    request = ExplainRequest(CLASS, "legrad", score=ScoreKind.PROBABILITY)
    by_probability = session.explain(image, request)
    assert not np.allclose(by_logit.heatmap.values, by_probability.heatmap.values)


@pytest.mark.parametrize(
    ("name", "layer"),
    [("cait_xxs24_224", "blocks_token_only.1.norm1"), ("vit_tiny_r_s16_p8_224", "blocks.1.norm1")],
)
def test_kin_whose_attention_has_another_name_are_tapped_before_the_last_one(
    classifier_of: Callable[..., Classifier], name: str, layer: str
) -> None:
    """Behind it the grid's tokens no longer matter, and every gradient map would be empty."""
    network = timm.create_model(name, num_classes=CLASSES, depth=2)
    classifier = classifier_of(network, CLASSES, Recipe(flexible=False))
    assert classifier.info.default_layer == layer
    assert classifier.layout is not None
    assert classifier.layout.prefix == 1


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("resnet10t", "no attention|does not look at tokens"),
        ("swin_tiny_patch4_window7_224", "windows|does not look at tokens"),
    ],
)
def test_networks_without_attention_between_all_tokens_are_refused_with_the_reason(
    classifier_of: Callable[..., Classifier], method: str, name: str, words: str
) -> None:
    classifier = classifier_of(timm.create_model(name, num_classes=CLASSES), CLASSES)
    found = refusal(find_method(method), classifier, classifier.info.default_layer)
    assert any(word in found for word in words.split("|"))
    assert found.endswith(".")


def test_attention_of_another_kind_is_refused_when_it_shows(
    classifier_of: Callable[..., Classifier], photographs: dict[str, SourceImage]
) -> None:
    """XCiT's attention lies between channels, which only the pass can tell."""
    network = timm.create_model("xcit_nano_12_p16_224", num_classes=CLASSES, depth=2)
    recipe = Recipe(flexible=False)
    session = Session(classifier_of(network.eval(), CLASSES, recipe))
    with pytest.raises(CamviewerError, match="not one between all tokens"):
        session.explain(photographs["rocket"], ExplainRequest(CLASS, "attention-rollout"))


@pytest.mark.parametrize(
    "build",
    [
        lambda: timm_vit((16, 16)),
        lambda: timm_vit((16, 16), reg_tokens=4),
        lambda: timm_vit((16, 16), global_pool="avg", class_token=False),
        lambda: torchvision.models.VisionTransformer(16, 16, 3, 3, 24, 48, num_classes=CLASSES),
    ],
    ids=["timm", "timm, registers", "timm, averaged", "torchvision"],
)
def test_one_patch_is_refused_as_such_and_nothing_else_is_taken_for_its_grid(
    classifier_of: Callable[..., Classifier], build: Callable[[], nn.Module]
) -> None:
    """Class token and registers, or the heads of an attention, would fill a small grid as well."""
    network = made(build)
    assert grid_layers(network, torch.zeros((1, 3, 16, 16))) == ()
    with pytest.raises(CamviewerError, match="16 x 16 pixels as one patch") as refused:
        classifier_of(network, CLASSES, Recipe((16, 16), flexible=False))
    assert "larger input size" in refused.value.hint
    assert "patches are smaller" in refused.value.hint


def test_two_by_two_patches_are_a_grid(classifier_of: Callable[..., Classifier]) -> None:
    network = made(lambda: timm_vit((32, 32)))
    layout = classifier_of(network, CLASSES, Recipe((32, 32), flexible=False)).layout
    assert layout is not None
    assert (layout.grid, layout.prefix) == ((2, 2), 1)
