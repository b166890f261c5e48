"""A method of its own for camviewer: how strongly a layer responds in each cell."""

from camviewer.methods import ClassMap, Cost, Forward, Group, Needs, method


@method(
    "activation-energy",
    title="Activation energy",
    summary="How strongly the layer responds in each cell, whatever the class.",
    citation="An example of the camviewer documentation",
    cost=Cost.INSTANT,
    needs=Needs.ACTIVATIONS,
    unit="activation",
    group=Group.DECOMPOSITION,
    classless=True,
)
def activation_energy(forward: Forward, _class_index: int) -> ClassMap:
    """M(x, y) = sqrt(sum_k f_k(x, y)^2)."""
    energy = forward.activations.square().sum(0).sqrt()  # (C, h, w) -> (h, w)
    return ClassMap(energy, terms=float(energy.max()))
