"""Targets that look at features or at pixels, and networks of several outputs."""

from __future__ import annotations

from collections import namedtuple
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

import camviewer
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.region import Region
from camviewer.engine.methods import find_method
from camviewer.engine.network.likeness import away_from
from camviewer.engine.picture.source_image import SourceImage, image_from_pixels
from camviewer.engine.results.messages import ExplainRequest, Explains
from camviewer.engine.results.targets import (
    AgainstClass,
    ClassDifference,
    LikePicture,
    OneClass,
    Output,
    Reference,
    RegionPixels,
    Target,
    UnlikePictures,
)
from camviewer.engine.session.session import Session
from camviewer.targets import like, unlike
from tests.engine.trial_networks import blocks, of_network, seeded, session_of


class Dots(nn.Module):
    """Scores each pixel red, green or neither; it puts out a dictionary."""

    def __init__(self) -> None:
        super().__init__()
        self.body = nn.Conv2d(3, 3, 4, stride=4, bias=False)
        self.head = nn.Conv2d(3, 3, 1)
        with torch.no_grad():
            self.body.weight.zero_()
            for channel in range(3):
                self.body.weight[channel, channel] = 1 / 16
            self.head.weight.copy_(torch.eye(3)[:, :, None, None])
            self.head.bias.copy_(torch.tensor([0.0, 0.0, 0.2]))

    def forward(self, pictures: Tensor) -> dict[str, Tensor]:
        """``out``: (N, 3, h, w)."""
        scores = self.head(torch.relu(self.body(pictures)))
        return {"out": nn.functional.interpolate(scores, pictures.shape[2:], mode="bilinear")}


def two_dots() -> np.ndarray:
    """64 x 64, black, with a red square at the left and one at the right."""
    picture = np.zeros((64, 64, 3), np.uint8)
    picture[24:36, 8:20, 0] = picture[24:36, 44:56, 0] = 255
    return picture


PLAIN = camviewer.Recipe(
    input_size=(64, 64), crop_fraction=1.0, step=4, mean=(0.0,) * 3, std=(1.0,) * 3
)


@pytest.fixture(scope="module")
def segmenter() -> camviewer.Model:
    return camviewer.load(
        Dots(), recipe=PLAIN, output="out", labels=["red", "green", "ground"], device="cpu"
    )


@pytest.mark.parametrize("method", ["hirescam", "layercam", "occlusion", "recipro-cam"])
def test_pixels_of_a_region_point_at_the_evidence_in_it(
    segmenter: camviewer.Model, method: str
) -> None:
    options = {"patch": 8, "stride": 4} if method == "occlusion" else {}
    if method == "recipro-cam":
        options = {"soft": False}
    for x, target in ((14, "pixels:red@4,20,20,20"), (50, "pixels:red@40,20,20,20")):
        found = segmenter.explain(
            two_dots(), method=method, layer="body", target=target, options=options, measure=False
        )
        row, column = np.unravel_index(found.values.argmax(), found.values.shape)
        assert abs(found.cell_centres[row, column][0] - x) <= 8
        if method in {"hirescam", "layercam", "recipro-cam"}:
            other = found.values[:, abs(found.cell_centres[0, :, 0] - (64 - x)) < 8]
            assert abs(other).max() < 1e-6 * found.values.max()


def test_pixels_where_a_class_wins_are_all_of_its_evidence(segmenter: camviewer.Model) -> None:
    found = segmenter.explain(
        two_dots(), method="hirescam", layer="body", target="pixels:red", measure=False
    )
    xs = found.cell_centres[0, :, 0]
    assert found.values[:, xs < 32].sum() == pytest.approx(found.values[:, xs > 32].sum(), rel=1e-4)
    assert found.details.target_name == "red where it wins"
    with pytest.raises(CamviewerError, match="green has the highest score in no pixel"):
        segmenter.explain(two_dots(), method="hirescam", target="pixels:green")
    with pytest.raises(CamviewerError, match="The network saw nothing of this region"):
        segmenter.explain(two_dots(), method="hirescam", target="pixels:red@80,80,10,10")


def test_a_network_that_does_not_score_pixels_says_so(session: Session) -> None:
    request = ExplainRequest(None, "grad-cam", target=RegionPixels(1))
    with pytest.raises(CamviewerError, match="does not score every pixel"):
        session.explain(blocks(), request)


Pair = namedtuple("Pair", ["scores", "others"])


@pytest.mark.parametrize(
    ("wrap", "path"),
    [
        (lambda logits: {"logits": logits, "aux": logits[:, :1]}, "logits"),
        (lambda logits: (logits[:, :1], logits), "1"),
        (lambda logits: Pair(logits, [logits[:, :1]]), "scores"),
        (lambda logits: {"heads": [logits, logits[:, :1]]}, "heads.0"),
    ],
)
def test_a_tensor_of_a_structured_output_is_chosen_by_its_path(wrap: object, path: str) -> None:
    class Wrapped(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = seeded("convolutional")

        def forward(self, pictures: Tensor) -> object:
            return wrap(self.network(pictures))  # type: ignore[operator]

    recipe = camviewer.Recipe(input_size=(32, 32), crop_fraction=1.0, step=8)
    with pytest.raises(CamviewerError, match="puts out several tensors") as refused:
        camviewer.load(Wrapped(), recipe=recipe)
    assert path in refused.value.message
    with pytest.raises(CamviewerError, match="puts out no tensor elsewhere"):
        camviewer.load(Wrapped(), recipe=recipe, output="elsewhere")
    model = camviewer.load(Wrapped(), recipe=recipe, output=path, device="cpu")
    plain = camviewer.load(seeded("convolutional"), recipe=recipe, device="cpu")
    pixels = blocks().pixels
    mine = model.explain(pixels, "2", method="hirescam", layer="network.inner", measure=False)
    theirs = plain.explain(pixels, "2", method="hirescam", layer="inner", measure=False)
    assert np.allclose(mine.values, theirs.values, atol=1e-6)


def test_every_method_explains_likeness(subtests: pytest.Subtests) -> None:
    session = session_of(seeded("convolutional"))
    reference = Reference("other", image=image_from_pixels(blocks().pixels[::-1, ::-1], "other"))
    for method, request in of_network("convolutional").items():
        if find_method(method).info.explains is not Explains.ANY:
            continue
        with subtests.test(method):
            found = session.explain(
                blocks(),
                ExplainRequest(
                    None,
                    method,
                    request.layer,
                    options=request.options,
                    target=LikePicture(reference),
                ),
            )
            assert np.isfinite(found.heatmap.values).all()
            if not found.method.classless:
                assert -1.0 <= found.target_score <= 1.0
                assert found.target_name == "like other"


def test_a_picture_is_entirely_like_itself_and_a_changed_file_is_read_again(
    session: Session, photographs: dict[str, SourceImage], tmp_path: Path
) -> None:
    image, file = photographs["chelsea"], tmp_path / "reference.png"
    assert image.path is not None
    file.write_bytes(image.path.read_bytes())
    request = ExplainRequest(None, "grad-cam", target=LikePicture(Reference(str(file))))
    first = session.explain(image, request)
    assert first.target_score == pytest.approx(1.0, abs=1e-5)
    other = photographs["coffee"].path
    assert other is not None
    file.write_bytes(other.read_bytes())
    second = session.explain(image, request)
    assert second.target_score < 0.9
    assert first.request.target != second.request.target
    part = ExplainRequest(
        None, "grad-cam", target=LikePicture(Reference(str(file)), (0.0, 0.0, 100.0, 100.0))
    )
    assert session.explain(image, part).target_score != pytest.approx(second.target_score)


def test_diffcam_is_grad_cam_along_the_direction_that_sets_a_picture_apart(
    session: Session, photographs: dict[str, SourceImage]
) -> None:
    image, others = photographs["chelsea"], [photographs["coffee"], photographs["rocket"]]
    target = UnlikePictures(tuple(Reference(one.name, image=one) for one in others))
    found = session.explain(image, ExplainRequest(None, "grad-cam", target=target))
    layer = session.info.default_layer
    passes = [
        session.pass_of(one, layer, found.placement.mode, 1.0).activations
        for one in (image, *others)
    ]
    own, *known = (each.mean((1, 2)).double() for each in passes)
    mean, centred = (known[0] + known[1]) / 2, (known[0] - known[1]) / 2
    variance = float(centred.square().mean())
    covariance = 0.9 * torch.outer(centred, centred) + 0.1 * variance * torch.eye(len(own))
    direction = torch.linalg.solve(covariance, own - mean)
    expected = (direction[:, None, None] * passes[0]).sum(0)
    together = np.corrcoef(found.heatmap.values.ravel(), expected.flatten())[0, 1]
    assert together > 0.9999
    assert found.target_score > 0


def test_the_direction_is_that_of_the_inverse_covariance() -> None:
    features, references = torch.randn(7), torch.randn(5, 7)
    found = away_from(features, references)
    known = references.double()
    covariance = torch.cov(known.T, correction=0)
    shrunk = 0.9 * covariance + 0.1 * covariance.diagonal().mean() * torch.eye(7)
    expected = torch.linalg.inv(shrunk) @ (features.double() - known.mean(0))
    assert torch.allclose(found.direction.double(), expected / expected.norm(), atol=1e-5)
    assert torch.allclose(found.mean.double(), known.mean(0))
    assert float(found(features[None])) > 0


def test_the_direction_from_one_reference_is_the_difference() -> None:
    features, reference = torch.tensor([3.0, 1.0]), torch.tensor([[0.0, 1.0]])
    found = away_from(features, reference)
    assert torch.allclose(found.direction, torch.tensor([1.0, 0.0]))
    assert float(found(features[None])) == pytest.approx(3.0)


def test_unlike_no_picture_is_refused_in_a_sentence(photographs: dict[str, SourceImage]) -> None:
    model = camviewer.load(device="cpu")
    for nothing in (unlike([]), "unlike:;"):
        with pytest.raises(CamviewerError, match="no picture to be unlike"):
            model.explain(photographs["chelsea"], target=nothing, measure=False)


def test_references_are_given_as_pictures_in_python(photographs: dict[str, SourceImage]) -> None:
    model = camviewer.load(device="cpu")
    cat, cup = photographs["chelsea"].pixels, photographs["coffee"].pixels
    found = model.explain(cat, target=like(cup), measure=False)
    assert found.details.method.id != "cam"
    assert found.unit == "cosine similarity"
    apart = model.explain(cat, target=unlike([cup, cup[::-1]]), measure=False)
    assert apart.details.target_name == "unlike 2 pictures"
    up = model.explain(cat, target=lambda outputs: outputs[:, 282] - outputs[:, 281])
    same = model.explain(cat, target="difference:282:281", method=up.details.method.id)
    assert np.allclose(up.values, same.values, atol=1e-5)
    against = model.explain(cat, target=AgainstClass(282))
    assert np.allclose(against.values, -model.explain(cat, "282").values)


def test_a_region_of_any_outline_is_read_from_its_text() -> None:
    from camviewer.engine.results.target_words import read_target, target_text

    outline = RegionPixels(0, Region(((1.0, 2.0), (30.5, 4.0), (9.0, 40.0))))
    rectangle = RegionPixels(None, Region.rectangle(1.0, 2.0, 30.0, 40.0))
    for target in (outline, rectangle, LikePicture(Reference("a b.png"), (1.0, 2.0, 3.0, 4.0))):
        assert read_target(target_text(target), ("red",)) == target


@pytest.mark.parametrize("method", ["grad-cam", "recipro-cam"])
@pytest.mark.parametrize("target", [AgainstClass(), ClassDifference(None, 3)])
def test_several_classes_have_each_a_target_of_its_own(method: str, target: Target) -> None:
    session, image = session_of(seeded("convolutional")), blocks()
    request = ExplainRequest(None, method, target=target)
    together = session.explain_classes(image, request, (1, 2))
    for index, found in zip((1, 2), together, strict=True):
        alone = session.explain(image, replace(request, class_index=index))
        assert np.array_equal(found.heatmap.values, alone.heatmap.values)
        assert (found.class_index, found.target_name) == (index, alone.target_name)
    assert not np.array_equal(together[0].heatmap.values, together[1].heatmap.values)


@pytest.mark.parametrize("target", [AgainstClass(1), ClassDifference(1, 2), Output(1), OneClass(1)])
def test_a_target_that_names_its_class_is_never_shown_as_another_ones(target: Target) -> None:
    session, image = session_of(seeded("convolutional")), blocks()
    request = ExplainRequest(None, "grad-cam", target=target)
    (found,) = session.explain_classes(image, request, (1,))
    assert found.class_index == 1
    with pytest.raises(CamviewerError, match="names itself what is explained"):
        session.explain_classes(image, request, (1, 2))
