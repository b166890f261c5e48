"""What ``import camviewer`` gives to scripts and notebooks."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import skimage
import torch
from PIL import Image
from torch import nn
from torchvision import models

import camviewer
from camviewer.engine.errors import CamviewerError
from camviewer.engine.render.files import load_map
from camviewer.engine.runtime import conversion_process

ROOT = Path(camviewer.__file__).parents[1]
PHOTOGRAPH = Path(skimage.__file__).parent / "data" / "chelsea.png"


@pytest.fixture(scope="module")
def model() -> camviewer.Model:
    return camviewer.load()


@pytest.fixture(scope="module")
def cat(model: camviewer.Model) -> camviewer.PictureExplanation:
    return model.explain(PHOTOGRAPH, "tiger cat")


class Brightness(nn.Module):
    """The second logit is the mean of the red channel's map, doubled; the first is 0."""

    def __init__(self) -> None:
        super().__init__()
        self.grid = nn.Conv2d(3, 1, 8, stride=8, bias=False)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(1, 2)
        with torch.no_grad():
            self.grid.weight.zero_()
            self.grid.weight[0, 0] = 1 / 64
            self.head.weight.copy_(torch.tensor([[0.0], [2.0]]))
            self.head.bias.zero_()

    def forward(self, pictures: torch.Tensor) -> torch.Tensor:
        """(N, 2)."""
        return self.head(self.pool(self.grid(pictures)).flatten(1))


def square() -> np.ndarray:
    """64 x 64, black, with a red square in the cell of row 2, column 5."""
    picture = np.zeros((64, 64, 3), np.uint8)
    picture[16:24, 40:48, 0] = 255
    return picture


def size_of(path: Path) -> tuple[int, int]:
    with Image.open(path) as picture:
        return picture.size


@pytest.fixture(scope="module")
def own() -> camviewer.Model:
    recipe = camviewer.Recipe(
        input_size=(64, 64), crop_fraction=1.0, mean=(0.0, 0.0, 0.0), std=(1.0, 1.0, 1.0), step=8
    )
    return camviewer.load(Brightness(), labels=["dark", "red"], recipe=recipe)


def test_importing_the_package_imports_neither_torch_nor_qt() -> None:
    code = "import sys, camviewer; dir(camviewer); print({'torch', 'PySide6'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_every_name_that_is_promised_is_there() -> None:
    assert all(hasattr(camviewer, name) for name in camviewer.__all__)
    with pytest.raises(AttributeError, match="no attribute 'explane'"):
        _ = camviewer.explane


def test_the_cat_is_found_whatever_holds_the_picture(model: camviewer.Model) -> None:
    pixels = np.asarray(Image.open(PHOTOGRAPH).convert("RGB"))
    tensor = torch.from_numpy(pixels.copy()).permute(2, 0, 1)
    wanted = model.classify(PHOTOGRAPH, top=3)
    assert wanted[0].name in {"tiger cat", "Egyptian cat"}
    assert [score.probability for score in wanted] == sorted(
        (score.probability for score in wanted), reverse=True
    )
    for picture in (str(PHOTOGRAPH), Image.open(PHOTOGRAPH), pixels, tensor):
        assert model.classify(picture, top=3) == wanted
    # Shares are resized without the rounding of bytes.
    for found, score in zip(model.classify(tensor / 255, top=3), wanted, strict=True):
        assert (found.index, found.probability) == (
            score.index,
            pytest.approx(score.probability, abs=0.02),
        )


def test_a_checkpoint_opens_where_it_lies(tmp_path: Path) -> None:
    network = models.squeezenet1_1(num_classes=3).eval()
    torch.save(network.state_dict(), tmp_path / "mine.pth")
    opened = camviewer.load(tmp_path / "mine.pth")
    scores = sorted(opened.classify(PHOTOGRAPH), key=lambda score: score.index)
    recipe = models.SqueezeNet1_1_Weights.IMAGENET1K_V1.transforms()
    with torch.no_grad():
        wanted = network(recipe(Image.open(PHOTOGRAPH).convert("RGB"))[None])[0]
    assert [score.logit for score in scores] == pytest.approx(wanted.tolist(), abs=1e-3)
    assert list(tmp_path.iterdir()) == [tmp_path / "mine.pth"]


def test_cam_plus_bias_is_the_logit_that_classify_gives(own: camviewer.Model) -> None:
    explanation = own.explain(square(), "red")
    (red,) = [score for score in own.classify(square()) if score.name == "red"]
    assert explanation.details.method.id == "cam"
    assert explanation.values.mean() == pytest.approx(red.logit, abs=1e-6)
    assert red.logit == pytest.approx(2 / 64, abs=1e-6)


def test_the_map_lies_on_the_square(own: camviewer.Model) -> None:
    explanation = own.explain(square(), "red")
    assert np.unravel_index(explanation.values.argmax(), explanation.values.shape) == (2, 5)
    assert explanation.cell_centres[2, 5] == pytest.approx([44.0, 20.0], abs=0.5)
    whole = explanation.on_picture()
    assert whole.shape == (64, 64)
    row, column = np.unravel_index(np.nanargmax(whole), whole.shape)
    assert 16 <= row < 24
    assert 40 <= column < 48


def test_what_the_network_did_not_see_is_not_a_number(cat: camviewer.PictureExplanation) -> None:
    whole = cat.on_picture()
    extent = cat.details.heatmap.geometry.extent
    seen = np.isfinite(whole)
    assert whole.shape == (300, 451)
    assert seen[150, 225]
    assert not seen[:, 0].any()
    assert seen.sum() == pytest.approx(extent.width * extent.height, rel=0.02)
    assert np.nanmax(whole) <= cat.values.max()


def test_saved_files_open_again_with_the_same_map(
    cat: camviewer.PictureExplanation, tmp_path: Path
) -> None:
    files = cat.save(tmp_path)
    assert size_of(files.overlay) == (451, 300)
    assert np.array_equal(load_map(files.map, files.sidecar).values, cat.values)
    assert np.array_equal(np.load(files.map), cat.values)


def test_a_notebook_shows_the_overlay(cat: camviewer.PictureExplanation) -> None:
    shown = Image.open(io.BytesIO(cat._repr_png_()))
    assert np.array_equal(np.asarray(shown), np.asarray(cat.overlay()))


def test_a_region_over_everything_holds_the_whole_score(own: camviewer.Model) -> None:
    explanation = own.explain(square(), "red")
    whole = own.region(explanation, 0, 0, 64, 64)
    half = own.region(explanation, 32, 0, 32, 64)
    assert whole.share is not None
    assert half.share is not None
    assert whole.share.inside == pytest.approx(2 / 64, abs=1e-6)
    assert half.share.inside == pytest.approx(2 / 64, abs=1e-6)
    assert (whole.area, half.area) == (1.0, 0.5)


def test_methods_say_why_they_are_not_defined(own: camviewer.Model) -> None:
    reasons = {info.id: reason for info, reason in own.methods()}
    assert not reasons["cam"]
    assert reasons["attention-rollout"] == "this network has no attention."
    assert [layer.name for layer in own.layers(square())] == ["grid"]


def test_a_picture_that_was_opened_once_answers_every_question(own: camviewer.Model) -> None:
    picture = camviewer.open_picture(square())
    assert picture.size == (64, 64)
    assert own.classify(picture) == own.classify(square())
    assert np.array_equal(own.explain(picture, "red").values, own.explain(square(), 1).values)


def test_progress_begins_with_a_forecast_and_grows_to_the_whole_map(own: camviewer.Model) -> None:
    told: list[camviewer.MapProgress] = []
    options = {"patch": 16, "stride": 8}
    explanation = own.explain(
        square(), "red", method="occlusion", options=options, on_progress=told.append
    )
    assert told[0].explanation is None
    assert told[0].seconds_left >= 0.0
    shares = [each.share for each in told if not each.measured_layer]
    assert shares == sorted(shares)
    assert all(each.explanation.class_name == "red" for each in told[1:])
    assert explanation.details.share == 1.0


def test_methods_are_ranked_among_a_random_map_and_a_blob(own: camviewer.Model) -> None:
    told: list[object] = []
    ranking = own.compare(
        square(),
        "red",
        methods=["cam", "grad-cam"],
        options=camviewer.TrustOptions(steps=4),
        on_progress=told.append,
    )
    assert told[-1] is ranking
    scores = [entry.score for entry in ranking.ranked]
    assert len(scores) == 4
    assert scores == sorted(scores, reverse=True)


def test_modules_are_listed_with_their_shapes(own: camviewer.Model) -> None:
    shapes = {part.name: part.output for part in own.structure().parts}
    assert shapes["grid"] == (1, 8, 8)
    assert shapes["head"] == (2,)


def test_a_network_that_was_prepared_is_found_at_the_next_start(
    own: camviewer.Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("openvino")
    monkeypatch.setattr(conversion_process, "networks_folder", lambda: tmp_path)
    own.prepare()
    engine = conversion_process.second_engine_for(own.info, converts=False)
    assert engine is not None
    assert engine.is_kept("grid")
    with pytest.raises(camviewer.CamviewerError, match="no layer called stem"):
        own.prepare("stem")


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (np.zeros((4, 4, 5, 1), np.uint16), "An array 4x4x5x1 of uint16 is no picture."),
        (np.zeros((4, 4, 3), np.complex64), "An array 4x4x3 of complex64 is no picture."),
        (torch.full((3, 8, 8), 2.5), "A tensor with values from 2.5 to 2.5 is no picture."),
        (17, "A int is no picture."),
    ],
)
def test_what_is_no_picture_is_refused(own: camviewer.Model, picture, words: str) -> None:
    with pytest.raises(camviewer.CamviewerError, match=re.escape(words)):
        own.classify(picture)


def test_a_network_that_gives_no_logits_is_refused() -> None:
    with pytest.raises(camviewer.CamviewerError, match="does not give logits"):
        camviewer.load(nn.Flatten(0))
    with pytest.raises(camviewer.CamviewerError, match="3 labels were given for the 2 outputs"):
        camviewer.load(Brightness(), labels=["a", "b", "c"])


def test_the_example_of_the_documents_runs(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "python.md").read_text()
    lines = [line[4:] for line in page.split("## Models")[0].splitlines() if line[:4] == "    "]
    Image.open(PHOTOGRAPH).convert("RGB").save(tmp_path / "photo.jpg", quality=95)
    done = subprocess.run(
        [sys.executable, "-c", "\n".join(lines)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "tiger cat" in done.stdout
    assert size_of(tmp_path / "overlay.png") == (451, 300)
    assert len(list((tmp_path / "maps").iterdir())) == 3


def test_many_pictures_become_rows_whose_maps_are_those_of_explain(
    model: camviewer.Model, tmp_path: Path
) -> None:
    for name, edge in (("left", 0), ("right", 100)):
        with Image.open(PHOTOGRAPH) as picture:
            picture.crop((edge, 0, edge + 300, 300)).save(tmp_path / f"{name}.png")
    run = camviewer.batch([tmp_path], tmp_path / "cats.run", classes="top1", jobs=1)
    rows = run.rows().sort("path").to_dicts()
    assert [row["path"] for row in rows] == ["left.png", "right.png"]
    for row in rows:
        single = model.explain(tmp_path / row["path"], row["class_index"])
        stored = np.array(row["map"], np.float32).reshape(row["map_rows"], row["map_columns"])
        assert stored == pytest.approx(single.values, abs=1e-3)
    again = camviewer.open_run(tmp_path / "cats.run")
    assert np.asarray(again.overlay(rows[0])).shape == (300, 300, 3)


def test_a_network_of_two_bands_is_asked_with_arrays_of_them() -> None:
    torch.manual_seed(0)
    network = nn.Sequential(
        nn.Conv2d(2, 4, 3, padding=1), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten()
    ).append(nn.Linear(4, 3))
    recipe = camviewer.Recipe(input_size=(32, 32), crop_fraction=1.0, channels=2)
    values = np.random.default_rng(0).integers(0, 4096, (32, 32, 2), dtype=np.uint16)
    fed = torch.from_numpy(values.astype(np.float32) / 4095).permute(2, 0, 1)[None]
    with torch.no_grad():
        expected = sorted(network(fed)[0].tolist(), reverse=True)
    for model, picture in (
        (camviewer.load(network, recipe=recipe), values),
        (camviewer.load(network, recipe=recipe, bands=(2, 1)), values[..., ::-1]),
        (camviewer.load(network, recipe=recipe, values="0,4095"), values.astype(np.float32)),
    ):
        assert [score.logit for score in model.classify(picture)] == pytest.approx(
            expected, abs=1e-6
        )


def test_the_numbers_of_a_float_tensor_reach_the_network_as_they_are(
    own: camviewer.Model, tmp_path: Path
) -> None:
    tensor = torch.rand((3, 64, 64), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        expected = Brightness()(tensor[None])[0, 1].item()
    np.save(tmp_path / "share.npy", tensor.permute(1, 2, 0).numpy())
    for picture in (tensor, tensor.double(), tensor.permute(1, 2, 0), tmp_path / "share.npy"):
        (red,) = [score for score in own.classify(picture) if score.name == "red"]
        assert red.logit == pytest.approx(expected, abs=1e-6)
    grey = torch.rand((64, 64), generator=torch.Generator().manual_seed(1))
    (red,) = [score for score in own.classify(grey) if score.name == "red"]
    assert red.logit == pytest.approx(2 * grey.mean().item(), abs=1e-6)
    assert own.explain(tensor, "red").values.mean() == pytest.approx(expected, abs=1e-6)
    with pytest.raises(CamviewerError, match="A tensor with values from -1 to 1 is no picture"):
        own.classify((tensor * 2 - 1).round())
    with pytest.raises(CamviewerError, match="is no picture"):
        own.classify(torch.zeros((3, 0, 0)))


def test_a_float_tensor_is_taken_as_it_is_under_a_range_of_stored_values() -> None:
    tensor = torch.rand((3, 64, 64), generator=torch.Generator().manual_seed(0))
    recipe = camviewer.Recipe(input_size=(64, 64), crop_fraction=1.0)
    usual = camviewer.load(Brightness(), recipe=recipe).classify(tensor)
    for values in ("0,255", "0,4095"):
        model = camviewer.load(Brightness(), recipe=recipe, values=values)
        for found, expected in zip(model.classify(tensor), usual, strict=True):
            assert found.logit == pytest.approx(expected.logit, abs=1e-6)
        said = " ".join(model.explain(tensor).notes)
        assert "as they are, because the preprocessing's 0 to" in said
        stored = model.classify(tensor.numpy().transpose(1, 2, 0))
        assert max(score.logit for score in stored) < max(score.logit for score in usual)
    half = camviewer.load(Brightness(), recipe=recipe, values="0,2").explain(tensor)
    assert "as the model's preprocessing says" in " ".join(half.notes)


def test_a_tensor_of_two_bands_has_its_bands_first() -> None:
    network = nn.Sequential(nn.Conv2d(2, 2, 1), nn.AdaptiveAvgPool2d(1), nn.Flatten())
    recipe = camviewer.Recipe(input_size=(32, 32), crop_fraction=1.0, channels=2)
    tensor = torch.rand((2, 32, 32), generator=torch.Generator().manual_seed(0))
    with torch.no_grad():
        expected = sorted(network(tensor[None])[0].tolist(), reverse=True)
    found = [score.logit for score in camviewer.load(network, recipe=recipe).classify(tensor)]
    assert found == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize("kind", ["array", "float", "tensor"])
def test_a_picture_of_3000_bands_is_refused_however_it_is_given(
    own: camviewer.Model, kind: str
) -> None:
    array = np.zeros((4, 5, 3000), np.float32 if kind == "float" else np.uint8)
    with pytest.raises(CamviewerError, match=r"has 3,000 bands; the limit is 1,024\."):
        own.classify(torch.from_numpy(array).permute(2, 0, 1) if kind == "tensor" else array)


def test_a_class_beside_a_target_of_another_class_is_refused(own: camviewer.Model) -> None:
    for target in ("against:dark", "difference:dark:red", "output:dark:up", "class:dark"):
        with pytest.raises(CamviewerError, match="names itself what is explained, and red"):
            own.explain(square(), "red", target=target, method="grad-cam")
    own.explain(square(), "dark", target="against:dark", method="grad-cam")
