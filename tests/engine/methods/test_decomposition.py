"""The decompositions are what their papers say, worked out here by other means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
import torch
from sklearn.decomposition import KernelPCA
from torch import Tensor, nn

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods import find_method
from camviewer.engine.network import forward as passes
from camviewer.engine.network.classifier import Classifier
from camviewer.engine.network.forward import Forward

Values = np.ndarray[tuple[int, ...], np.dtype[np.float64]]
CLASS = 2
NAMES = ("eigen-cam", "kpca-cam", "fem", "eigengrad-cam")


@pytest.fixture
def forward() -> Forward:
    """A pass through a small network, whose middle layer has 25 cells of 6 channels."""
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(3, 6, 3, stride=2), nn.ReLU(), nn.Conv2d(6, 5, 3), nn.Tanh(), nn.Flatten()
    )
    network.append(nn.Linear(45, 4))
    picture = torch.rand((1, 3, 11, 11), generator=torch.Generator().manual_seed(1))
    return passes.run(network.eval().requires_grad_(False), picture, "1")


def mine(name: str, forward: Forward) -> Values:
    return find_method(name).explain(forward, CLASS).values.numpy().astype(np.float64)


def cells(activations: Tensor) -> Values:
    return activations.flatten(1).T.numpy().astype(np.float64)


def power_iteration(rows: Values) -> Values:
    """The rows' projection onto the direction in which they are longest, with no library."""
    direction = np.ones(rows.shape[1])
    for _ in range(5000):
        direction = rows.T @ (rows @ direction)
        direction /= np.sqrt((direction**2).sum())
    return rows @ direction


def the_same_up_to_sign(left: Values, right: Values, tolerance: float = 1e-5) -> bool:
    scale = np.abs(right).max()
    differences = (np.abs(left - right).max(), np.abs(left + right).max())
    return bool(scale > 0 and min(differences) < tolerance * scale)


def test_eigen_cam_is_the_projection_onto_the_first_singular_vector(forward: Forward) -> None:
    expected = power_iteration(cells(forward.activations))
    assert the_same_up_to_sign(mine("eigen-cam", forward).ravel(), expected)


def test_eigen_cam_of_activations_without_negative_numbers_has_none(forward: Forward) -> None:
    assert float(forward.activations.min()) >= 0
    assert mine("eigen-cam", forward).min() >= -1e-6


def test_eigengrad_cam_is_the_centred_projection_of_gradient_times_activation(
    forward: Forward,
) -> None:
    rows = cells(forward.gradients(CLASS) * forward.activations)
    expected = power_iteration(rows - rows.mean(0))
    assert the_same_up_to_sign(mine("eigengrad-cam", forward).ravel(), expected)


def test_what_is_positive_in_eigengrad_cam_speaks_for_the_class(forward: Forward) -> None:
    hires = find_method("hirescam").explain(forward, CLASS).values.numpy()
    assert (mine("eigengrad-cam", forward) * hires).sum() > 0


def test_kpca_cam_is_the_first_kernel_component(forward: Forward) -> None:
    rows = cells(forward.activations)
    rows -= rows.mean(0)
    kernel = np.empty((len(rows), len(rows)))
    for i, left in enumerate(rows):
        for j, right in enumerate(rows):
            kernel[i, j] = np.tanh((left * right).sum() / rows.shape[1] + 1.0)
    middle = np.eye(len(rows)) - 1.0 / len(rows)
    values, vectors = np.linalg.eigh(middle @ kernel @ middle)
    expected = vectors[:, -1] * np.sqrt(values[-1])
    assert the_same_up_to_sign(mine("kpca-cam", forward).ravel(), expected)


def test_fem_lets_each_channel_vote_where_it_is_unusually_strong(forward: Forward) -> None:
    activations = forward.activations.numpy().astype(np.float64)
    expected = np.zeros(activations.shape[1:])
    for channel in activations:
        mean, deviation = channel.mean(), np.sqrt(((channel - channel.mean()) ** 2).mean())
        for place in np.ndindex(*channel.shape):
            if channel[place] > mean + 2 * deviation:
                expected[place] += mean
    assert expected.max() > 0
    assert np.abs(mine("fem", forward) - expected).max() < 1e-6


@pytest.mark.parametrize("layer", ["blocks.4", "blocks.1"])
def test_larger_grids_give_the_same_first_component(
    embedded: Classifier, seen: Callable[..., Tensor], layer: str
) -> None:
    """14 x 14 and 56 x 56 cells: eigenvectors are found in another way for each."""
    forward = passes.run(embedded.network, seen("coffee"), layer, embedded.head)
    rows = cells(forward.activations)
    _, _, directions = np.linalg.svd(rows, full_matrices=False)
    assert the_same_up_to_sign(mine("eigen-cam", forward).ravel(), rows @ directions[0], 1e-4)
    kernel = KernelPCA(n_components=1, kernel="sigmoid", eigen_solver="arpack")
    expected = kernel.fit_transform(rows - rows.mean(0))[:, 0]
    assert the_same_up_to_sign(mine("kpca-cam", forward).ravel(), expected, 1e-3)


def test_kernel_pca_of_a_huge_grid_is_refused(
    embedded: Classifier, seen: Callable[..., Tensor]
) -> None:
    forward = passes.run(embedded.network, seen("coffee"), "blocks.0", embedded.head)
    with pytest.raises(CamviewerError, match=r"blocks\.0 has 12544"):
        mine("kpca-cam", forward)


@pytest.mark.parametrize("name", NAMES)
def test_a_layer_without_any_activity_gives_a_map_of_nothing(name: str) -> None:
    network = nn.Sequential(nn.Conv2d(3, 4, 3), nn.ReLU(), nn.Flatten(), nn.Linear(196, 4))
    nn.init.constant_(network[0].bias, -10.0)
    network.eval().requires_grad_(False)
    values = mine(name, passes.run(network, torch.rand(1, 3, 9, 9), "1"))
    assert values.shape == (7, 7)
    assert np.abs(values).max() < 1e-12


@pytest.mark.parametrize("name", NAMES)
def test_the_map_does_not_depend_on_what_was_made_before(
    embedded: Classifier, seen: Callable[..., Tensor], name: str
) -> None:
    forward = passes.run(embedded.network, seen("chelsea"), "blocks.4", embedded.head)
    kept = forward.activations.clone()
    first = mine(name, forward)
    for other in NAMES:
        mine(other, forward)
    assert np.array_equal(mine(name, forward), first)
    assert torch.equal(forward.activations, kept)


@pytest.mark.parametrize("name", ["eigen-cam", "kpca-cam"])
def test_behind_a_layer_normalisation_rounding_does_not_choose_the_sign(
    forward: Forward, name: str
) -> None:
    """Every cell's channels sum up to 0 there, and all cells are equally strong."""
    generator = torch.Generator().manual_seed(3)
    drawn = torch.randn((5, 5, 24), generator=generator)
    normalised = nn.functional.layer_norm(drawn, (24,), eps=0.0).permute(2, 0, 1)
    maps = []
    for _ in range(12):
        noise = 1e-7 * torch.randn(normalised.shape, generator=generator)
        maps.append(mine(name, replace(forward, activations=normalised + noise)))
    for found in maps[1:]:
        np.testing.assert_allclose(found, maps[0], atol=1e-4 * np.abs(maps[0]).max())
    assert (maps[0] ** 3).sum() > 0
