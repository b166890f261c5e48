"""Explains by the first principal component, or the rare strong values, of the activations."""

from __future__ import annotations

import torch
from torch import Tensor

from camviewer.engine.errors import CamviewerError
from camviewer.engine.methods.core.registry import ClassMap, Group, Needs, method
from camviewer.engine.network.forward import Forward
from camviewer.engine.results.messages import Cost, ScoreKind

_MOST_KERNEL_CELLS = 4096
"""Maximum number of cells for kernel PCA; because its kernel has a value for each pair of cells,
134 MB at this size."""
_SMALL = 512
"""Maximum matrix size for a full eigendecomposition; for larger ones only the first eigenvector
is computed."""
_SIGMAS = 2.0
_UNDECIDED = 1e-5
"""Minimum relative agreement of a component with the reference for its sign; less is rounding
noise."""
_REST = "It needs no class: it shows what the layer answers to most, whichever class is chosen."


@method(
    "eigen-cam",
    title="Eigen-CAM",
    summary=f"The pattern that explains most of the layer's activity. {_REST}",
    citation=(
        "Muhammad, Yeasin: Eigen-CAM: Class Activation Map using Principal Components, IJCNN 2020"
    ),
    cost=Cost.INSTANT,
    needs=Needs.ACTIVATIONS,
    unit="activation",
    group=Group.DECOMPOSITION,
    scores=(ScoreKind.LOGIT,),
    classless=True,
)
def eigen_cam(forward: Forward, _class_index: int) -> ClassMap:
    """M = A v_1, where A = U S V^T has a row for each cell and a column for each channel.

    A is not centred, as in the paper. A singular vector's sign is arbitrary; here it agrees with
    the cells' sums, so activations without negative numbers give a map without any. Where all sums
    are 0, as behind a layer normalisation, the side on which few cells stand far out is positive.
    """
    cells = rows_of_cells(forward.activations)
    component = _signed(first_component(cells), cells.sum(1), cells.abs().sum(1))
    return _mapped(forward, component, _terms(forward.activations))


@method(
    "kpca-cam",
    title="KPCA-CAM",
    summary=f"Eigen-CAM that also finds patterns which are not linear. {_REST}",
    citation=(
        "Karmani, Sivakaran, Prasad, Ali, Yang, Tang: KPCA-CAM: Visual Explainability of Deep "
        "Computer Vision Models Using Kernel PCA, MMSP 2024"
    ),
    cost=Cost.INSTANT,
    needs=Needs.ACTIVATIONS,
    unit="kernel component",
    group=Group.DECOMPOSITION,
    scores=(ScoreKind.LOGIT,),
    classless=True,
)
def kpca_cam(forward: Forward, _class_index: int) -> ClassMap:
    """M = sqrt(l_1) u_1 of the centred kernel K(x, y) = tanh(<a_x, a_y> / C + 1).

    a_x are a cell's channels less their mean over the cells, C is their number, and (l_1, u_1)
    the first eigenpair. The sign, which is arbitrary, agrees with the cells' strength; where all
    are as strong, the side on which few cells stand far out is positive.

    Raises:
        CamviewerError: the grid has so many cells that comparing all pairs is too dear.
    """
    cells = rows_of_cells(forward.activations)
    if len(cells) > _MOST_KERNEL_CELLS:
        raise CamviewerError(
            f"KPCA-CAM compares all pairs of cells, and layer {forward.layer} has {len(cells)}.",
            f"Choose a layer with at most {_MOST_KERNEL_CELLS} cells.",
        )
    centred = cells - cells.mean(0)
    kernel = torch.tanh(centred @ centred.T / cells.shape[1] + 1.0)
    kernel = kernel - kernel.mean(0) - kernel.mean(1, keepdim=True) + kernel.mean()
    value, vector = _first_eigenpair(kernel)
    strength = cells.norm(dim=1)
    component = _signed(vector * value.clamp_min(0).sqrt(), strength, strength)
    return _mapped(forward, component, 1.0)


@method(
    "fem",
    title="FEM",
    summary=f"Where channels answer far above their own average. {_REST}",
    citation=(
        "Fuad, Martin, Giot, Bourqui, Benois-Pineau, Zemmari: Features Understanding in 3D CNNs "
        "for Actions Recognition in Video, IPTA 2020"
    ),
    cost=Cost.INSTANT,
    needs=Needs.ACTIVATIONS,
    unit="activation",
    group=Group.DECOMPOSITION,
    scores=(ScoreKind.LOGIT,),
    classless=True,
)
def fem(forward: Forward, _class_index: int) -> ClassMap:
    """M(x, y) = sum_k m_k [f_k(x, y) > m_k + 2 s_k], with a channel's mean m_k and deviation s_k.

    A channel of mean m_k votes with that weight in the cells where it is rare for it to be so
    strong.
    """
    activations = forward.activations
    mean = activations.mean((1, 2), keepdim=True)
    deviation = activations.std((1, 2), correction=0, keepdim=True)
    votes = mean * (activations > mean + _SIGMAS * deviation)
    return ClassMap(votes.sum(0), float(votes.abs().sum(0).max()))


@method(
    "eigengrad-cam",
    title="EigenGrad-CAM",
    summary="Eigen-CAM of what the class score leans on: the strongest pattern for the class.",
    citation="Gildenblat and contributors: pytorch-grad-cam, 2021, after Eigen-CAM",
    cost=Cost.INSTANT,
    needs=Needs.GRADIENTS,
    unit="logit",
    group=Group.DECOMPOSITION,
)
def eigengrad_cam(forward: Forward, class_index: int) -> ClassMap:
    """M = B v_1, where B holds g_k(x, y) f_k(x, y) less each channel's mean over the cells.

    The sign, which is arbitrary, is the one that agrees with HiResCAM, the sum over k of the
    same products: positive speaks for the class.
    """
    products = forward.gradients(class_index) * forward.activations
    rows = rows_of_cells(products)
    component = first_component(rows - rows.mean(0))
    component = _signed(component, rows.sum(1), rows.abs().sum(1))
    return _mapped(forward, component, _terms(products))


def rows_of_cells(activations: Tensor) -> Tensor:
    """(h * w, C) in float64 on the CPU: eigenvectors are sensitive, and matrices small."""
    return activations.detach().flatten(1).T.to("cpu", torch.float64)


def first_component(rows: Tensor) -> Tensor:
    """(n,): rows (n, C) projected onto their first right singular vector, of either sign."""
    if rows.shape[0] <= rows.shape[1]:
        value, vector = _first_eigenpair(rows @ rows.T)
        return vector * value.clamp_min(0).sqrt()
    _, direction = _first_eigenpair(rows.T @ rows)
    return rows @ direction


def _first_eigenpair(matrix: Tensor) -> tuple[Tensor, Tensor]:
    """The largest eigenvalue of a symmetric (n, n) and its vector of length 1."""
    if len(matrix) <= _SMALL:
        values, vectors = torch.linalg.eigh(matrix)
        return values[-1], vectors[:, -1]
    start = matrix[:, matrix.norm(dim=0).argmax(), None].clone()
    values, vectors = torch.lobpcg(matrix, k=1, X=start, tol=1e-9, niter=300)
    return values[0], vectors[:, 0]


def _signed(component: Tensor, reference: Tensor, scale: Tensor) -> Tensor:
    """A component (h * w,) of the sign with which it agrees with a reference (h * w,).

    Where the two have nothing to do with each other but rounding noise, next to the scale (h * w,)
    of the reference's terms, the sign is that of the component's cubes.
    """
    agreement = float(component @ reference)
    if abs(agreement) <= _UNDECIDED * float(component.norm() * scale.norm()):
        agreement = float(component.pow(3).sum())
    return -component if agreement < 0 else component


def _mapped(forward: Forward, component: Tensor, terms: float) -> ClassMap:
    """A component (h * w,) as a map."""
    return ClassMap(component.reshape(forward.activations.shape[1:]).to(torch.float32), terms)


def _terms(values: Tensor) -> float:
    """The largest sum of absolute channels in any cell of (C, h, w)."""
    return float(values.abs().sum(0).max())
