"""Linear layers behind a flattened grid become convolutions, which change no number."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812
from torchvision.models import get_model
from torchvision.models.vgg import VGG, make_layers

from camviewer.engine.network.convolutional_conversion import convolutional_end
from camviewer.engine.network.shared_convolution import ConvolutionalHead, SharedConv2d
from tests.engine.hooks import hooks_on

NAMED = [
    "alexnet",
    *(f"vgg{depth}{bn}" for depth in (11, 13, 16, 19) for bn in ("", "_bn")),
]


def pictures(size: int = 224, seed: int = 0) -> Tensor:
    return torch.rand((1, 3, size, size), generator=torch.Generator().manual_seed(seed))


def frozen(network: nn.Module) -> nn.Module:
    return network.eval().requires_grad_(False)


def with_cheap_weights(name: str) -> nn.Module:
    """A published architecture whose numbers keep their size from layer to layer."""
    with torch.device("meta"):
        network = get_model(name)
    network.to_empty(device="cpu")
    generator = torch.Generator().manual_seed(0)
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.Linear):
            reach = (6.0 / module.weight[0].numel()) ** 0.5
            module.weight.data.uniform_(-reach, reach, generator=generator)
            module.bias.data.uniform_(-0.1, 0.1, generator=generator)
        elif isinstance(module, nn.BatchNorm2d):
            module.reset_parameters()
    return frozen(network)


def activations_and_logits(
    network: nn.Module, layer: str, picture: Tensor
) -> tuple[Tensor, Tensor]:
    kept: list[Tensor] = []
    handle = network.get_submodule(layer).register_forward_hook(
        lambda _module, _inputs, output: kept.append(output.clone())
    )
    with torch.no_grad():
        logits = network(picture)[0]
    handle.remove()
    return kept[0][0], logits


def converted(network: nn.Module, picture: Tensor) -> ConvolutionalHead:
    found = convolutional_end(network, picture)
    assert found.head is not None, found.refusal
    return found.head


@pytest.mark.slow
@pytest.mark.parametrize("name", NAMED)
def test_at_the_trained_size_the_class_map_is_the_logits(name: str) -> None:
    network = with_cheap_weights(name)
    head = converted(network, pictures(seed=1))
    side = 6 if name == "alexnet" else 7
    assert (head.window, head.grid, head.exact) == ((side, side), (side, side), True)
    activations, logits = activations_and_logits(network, head.layer, pictures())
    maps = head.class_maps(activations)
    assert maps.shape == (1000, 1, 1)
    assert float(logits.std()) > 0.1  # numbers of the size of real ones
    assert float((maps[:, 0, 0] - logits).abs().max()) < 1e-4


@pytest.mark.slow
def test_vgg16s_linear_layers_are_convolutions_in_the_same_memory() -> None:
    network = with_cheap_weights("vgg16")
    stages = converted(network, pictures()).stages
    convolutions = [stage for stage in stages if isinstance(stage, SharedConv2d)]
    assert [tuple(stage.weight.shape) for stage in convolutions] == [
        (4096, 512, 7, 7),
        (4096, 4096, 1, 1),
        (1000, 4096, 1, 1),
    ]
    assert all(stage.padding == (0, 0) for stage in convolutions)
    for stage, place in zip(convolutions, (0, 3, 6), strict=True):
        linear = network.get_submodule(f"classifier.{place}")
        for shared, original in ((stage.weight, linear.weight), (stage.bias, linear.bias)):
            assert shared.data_ptr() == original.data_ptr()
            assert shared.untyped_storage().nbytes() == original.untyped_storage().nbytes()


class Small(nn.Module):
    """A few convolutions of stride 4 in all, and an end that the test gives."""

    def __init__(self, end: Callable[[nn.Module, Tensor], Tensor], side: int = 4) -> None:
        super().__init__()
        self.first = nn.Conv2d(3, 6, 3, stride=2, padding=1)
        self.second = nn.Conv2d(6, 8, 3, stride=2, padding=1)
        self.fc1 = nn.Linear(8 * side * side, 16)
        self.fc2 = nn.Linear(16, 5, bias=False)
        self.norm = nn.BatchNorm1d(16)
        self.drop = nn.Dropout()
        self.end = end
        nn.init.normal_(self.norm.running_mean)
        nn.init.uniform_(self.norm.running_var, 0.5, 2.0)

    def forward(self, given: Tensor) -> Tensor:
        """Logits (N, 5)."""
        grid = self.second(self.first(given).relu())
        return self.end(self, grid)


def small(end: Callable[[nn.Module, Tensor], Tensor], side: int = 4) -> nn.Module:
    torch.manual_seed(0)
    return frozen(Small(end, side))


ENDS: dict[str, Callable[[nn.Module, Tensor], Tensor]] = {
    "flattened in the forward": lambda m, g: m.fc2(F.relu(m.fc1(g.flatten(1)))),
    "reshaped": lambda m, g: m.fc2(F.relu(m.fc1(g.reshape(g.shape[0], -1)))),
    "rectified in the forward": lambda m, g: m.fc2(m.fc1(torch.flatten(F.relu(g), 1))),
    "dropout and nothing": lambda m, g: m.fc2(m.drop(m.fc1(m.drop(g.flatten(1))))),
    "batch normalisation": lambda m, g: m.fc2(m.norm(m.fc1(g.flatten(1))).relu()),
    "pooled in the forward": lambda m, g: m.fc2(
        m.fc1(F.adaptive_avg_pool2d(g.relu(), 4).flatten(1))
    ),
}


@pytest.mark.parametrize("end", ENDS.values(), ids=ENDS.keys())
def test_any_way_of_writing_the_forward_is_recognised(
    end: Callable[[nn.Module, Tensor], Tensor],
) -> None:
    network = small(end)
    head = converted(network, pictures(16, seed=1))
    activations, logits = activations_and_logits(network, head.layer, pictures(16))
    assert torch.allclose(head.class_maps(activations)[:, 0, 0], logits, atol=1e-5)


def test_every_cell_of_a_larger_grid_is_what_the_network_says_of_its_window() -> None:
    network = small(ENDS["flattened in the forward"])
    head = converted(network, pictures(16))
    grid = torch.randn((8, 7, 9), generator=torch.Generator().manual_seed(2))
    maps = head.class_maps(grid)
    assert maps.shape == (5, 4, 6)
    for row in range(4):
        for column in range(6):
            window = grid[None, :, row : row + 4, column : column + 4]
            assert torch.allclose(maps[:, row, column], network.end(network, window)[0], atol=1e-5)


def test_padding_puts_a_window_around_every_cell() -> None:
    head = converted(small(ENDS["flattened in the forward"]), pictures(16))
    grid = torch.randn((8, 6, 6))
    padded = head.class_maps(grid, pad=True)
    assert padded.shape == (5, 7, 7)  # an even window has its middle between cells
    assert torch.allclose(padded[:, 2:-2, 2:-2], head.class_maps(grid), atol=1e-6)


def test_adaptive_pooling_is_dropped_where_the_grid_is_larger() -> None:
    network = small(ENDS["pooled in the forward"])
    head = converted(network, pictures(24))  # 6 x 6 cells, pooled to 4 x 4
    assert (head.grid, head.window, head.exact) == ((6, 6), (4, 4), False)
    assert head.class_maps(torch.rand((8, 6, 6))).shape == (5, 3, 3)


def test_a_grid_that_is_enlarged_before_it_is_flattened_keeps_its_own_cells() -> None:
    network = small(ENDS["pooled in the forward"])
    head = converted(network, pictures(8, seed=1))  # 2 x 2 cells, pooled to 4 x 4
    assert (head.window, head.exact) == ((2, 2), True)
    activations, logits = activations_and_logits(network, head.layer, pictures(8))
    assert torch.allclose(head.class_maps(activations)[:, 0, 0], logits, atol=1e-5)
    assert head.class_maps(torch.rand((8, 4, 4))).shape == (5, 3, 3)


def test_a_grid_smaller_than_a_window_is_pooled_as_the_network_does() -> None:
    network = small(ENDS["pooled in the forward"])
    head = converted(network, pictures(16))
    activations, logits = activations_and_logits(network, head.layer, pictures(12))
    assert activations.shape == (8, 3, 3)
    maps = head.class_maps(activations)
    assert torch.allclose(maps[:, 0, 0], logits, atol=1e-5)


def test_a_network_whose_linear_layers_are_convolutions_already_is_taken_as_it_is() -> None:
    from timm.models import vgg

    torch.manual_seed(0)
    network = frozen(vgg.VGG(cfg=[4, "M", 8, "M"], num_classes=5))
    head = converted(network, pictures(28, seed=1))
    first = head.stages[0]
    assert isinstance(first, SharedConv2d)
    assert first.weight.data_ptr() == network.pre_logits.fc1.weight.data_ptr()
    activations, logits = activations_and_logits(network, head.layer, pictures(28))
    assert torch.allclose(head.class_maps(activations)[:, 0, 0], logits, atol=1e-5)
    # On a larger picture timm averages over the windows what we leave apart.
    activations, logits = activations_and_logits(network, head.layer, pictures(56))
    maps = head.class_maps(activations)
    assert maps.shape == (5, 8, 8)
    assert torch.allclose(maps.mean((1, 2)), logits, atol=1e-5)


def test_a_vgg_of_other_widths_and_input_size_is_recognised() -> None:
    torch.manual_seed(0)
    features = make_layers([4, "M", 8, "M"])
    with torch.device("meta"):  # its own linear layers would take half a gigabyte
        network = VGG(features, num_classes=5, init_weights=False)
    network.avgpool = nn.AdaptiveAvgPool2d(3)
    network.classifier = nn.Sequential(nn.Linear(8 * 9, 16), nn.ReLU(True), nn.Linear(16, 5))
    head = converted(frozen(network), pictures(12))
    assert (head.layer.split(".")[0], head.linear, head.window) == (
        "features",
        "classifier.0",
        (3, 3),
    )


REFUSED = {
    "layer normalisation": lambda m, g: m.fc2(F.layer_norm(m.fc1(g.flatten(1)), (16,))),
    "two ways": lambda m, g: m.fc2(m.fc1(g.flatten(1)) * m.fc1(g.flatten(1)).sigmoid()),
    "scaled scores": lambda m, g: 2 * m.fc2(m.fc1(g.flatten(1))),
    "squared grid": lambda m, g: m.fc2(m.fc1(g.square().flatten(1))),
}


@pytest.mark.parametrize("end", REFUSED.values(), ids=REFUSED.keys())
def test_more_than_layers_one_after_the_other_is_refused_in_a_sentence(
    end: Callable[[nn.Module, Tensor], Tensor],
) -> None:
    found = convolutional_end(small(end), pictures(16))
    assert found.head is None
    assert found.refusal.endswith(".")


def test_the_search_changes_nothing_and_leaves_no_hook() -> None:
    network = small(ENDS["batch normalisation"])
    before = {name: tensor.clone() for name, tensor in network.state_dict().items()}
    convolutional_end(network, pictures(16))
    assert all(torch.equal(before[n], tensor) for n, tensor in network.state_dict().items())
    assert hooks_on(network) == 0
