"""Folders of Hugging Face open as transformers opens them, offline, and keep what they need."""

from __future__ import annotations

import json
import shutil
import socket
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
from PIL import Image
from safetensors.torch import load_file, save_file

from camviewer.engine.companions.image_processor import processed
from camviewer.engine.errors import CamviewerError
from camviewer.engine.geometry.geometry import Recipe, ResizeMode
from camviewer.engine.importing.camviewer_files import export_pack, import_pack_file
from camviewer.engine.importing.checkpoints import import_checkpoint, load_pack
from camviewer.engine.network.layouts import Arrangement
from camviewer.engine.network.offset_store import OffsetStore
from camviewer.engine.packs.recipe_limits import require_recipe
from camviewer.engine.packs.store import list_packs, read_pack, remove_pack
from camviewer.engine.picture.source_image import SourceImage, image_from_values
from camviewer.engine.results.messages import ExplainRequest
from camviewer.engine.session.session import Session
from tests.engine.conftest import CPU
from tests.engine.huggingface_folders import FAMILIES, NAMES, folder_of, model_of, processor_of


@pytest.fixture(autouse=True)
def no_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_named: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("family", sorted(FAMILIES.keys() - {"hiera"}))
def test_a_folder_says_what_transformers_says(
    family: str, data: Path, tmp_path: Path, photographs: dict[str, SourceImage]
) -> None:
    case = FAMILIES[family]
    info = import_checkpoint(folder_of(family, tmp_path / "model"))
    assert read_pack(info.folder).labels == tuple(NAMES.values())
    found = load_pack(info, CPU)
    picture = photographs["chelsea"]
    session = Session(found, OffsetStore(info.weights_sha256))
    verdict = session.verdict(picture)
    fed = processor_of(family)(Image.fromarray(picture.pixels), return_tensors="pt")
    assert fed["pixel_values"].shape[2:] == (case.side, case.side)
    with torch.no_grad():
        expected = model_of(family)(**fed).logits[0].numpy()
    assert np.ptp(expected) > 1e-2
    assert verdict.logits == pytest.approx(
        expected, abs=1e-4 * max(1.0, float(np.abs(expected).max()))
    )
    assert found.layout is not None
    if case.prefix is None:
        assert found.layout.arrangement is Arrangement.CHANNELS_FIRST
    else:
        assert (found.layout.arrangement, found.layout.prefix) == (
            Arrangement.TOKENS,
            case.prefix,
        )
    request = ExplainRequest(class_index=1, method="hirescam", nominal=True)
    values = session.explain(picture, request).heatmap.values
    assert values.shape == found.layout.grid
    assert np.ptp(values) > 0


def test_tokens_that_are_not_in_the_order_of_places_are_no_grid(
    data: Path, tmp_path: Path, photographs: dict[str, SourceImage]
) -> None:
    info = import_checkpoint(folder_of("hiera", tmp_path / "model"))
    found = load_pack(info, CPU)
    assert "not in the order" in found.info.layer_refusal
    session = Session(found, OffsetStore(info.weights_sha256))
    picture = photographs["chelsea"]
    fed = processor_of("hiera")(Image.fromarray(picture.pixels), return_tensors="pt")
    with torch.no_grad():
        expected = model_of("hiera")(**fed).logits[0].numpy()
    assert session.verdict(picture).logits == pytest.approx(expected, abs=1e-4)
    with pytest.raises(CamviewerError, match="not in the order"):
        session.explain(picture, ExplainRequest(method="grad-cam"))


def test_any_of_its_files_opens_the_folder_shards_included(data: Path, tmp_path: Path) -> None:
    folder = folder_of("resnet", tmp_path / "model", shards="20KB")
    shards = sorted(folder.glob("model-*.safetensors"))
    assert len(shards) > 1
    hashes = set()
    for path in (folder, folder / "config.json", shards[-1], *folder.glob("*.index.json")):
        info = import_checkpoint(path)
        assert (info.architecture, info.title) == (
            "transformers/ResNetForImageClassification",
            "model",
        )
        hashes.add(info.weights_sha256)
        remove_pack(info)
    assert len(hashes) == 1


def test_a_pickled_state_dict_beside_its_config_opens_too(data: Path, tmp_path: Path) -> None:
    folder = folder_of("vit", tmp_path / "model")
    torch.save(load_file(folder / "model.safetensors"), folder / "pytorch_model.bin")
    (folder / "model.safetensors").unlink()
    assert import_checkpoint(folder / "pytorch_model.bin").classes == 3


def test_a_pack_opens_again_without_the_folder(data: Path, tmp_path: Path) -> None:
    folder = folder_of("mobilevit", tmp_path / "model")
    info = import_checkpoint(folder)
    shutil.rmtree(folder)
    before = load_pack(info, CPU)
    picture = torch.rand(1, 3, 64, 64)
    with torch.no_grad():
        logits = before.network(picture)
        # Its processor turns red and blue round, and so does the model.
        assert torch.allclose(logits, model_of("mobilevit")(picture.flip(1)).logits, atol=1e-5)
    file = tmp_path / "m.camviewer"
    export_pack(info, file)
    remove_pack(info)
    again = load_pack(import_pack_file(file), CPU)
    with torch.no_grad():
        assert torch.equal(again.network(picture), logits)


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"model_type": "no_such_model"}, "does not know"),
        ({"quantization_config": {"quant_method": "bitsandbytes"}}, "quantised"),
        ({"hidden_size": 10**9}, "cannot be"),
        ({"num_hidden_layers": 10**6}, "cannot be"),
        ({"hidden_size": 48}, "do not fit|does not fit"),
        ({"hidden_act": "__import__"}, "does not fit"),
    ],
)
def test_a_config_that_asks_for_something_else_is_refused(
    change: dict[str, Any], sentence: str, data: Path, tmp_path: Path
) -> None:
    folder = folder_of("vit", tmp_path / "model")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | change))
    with pytest.raises(CamviewerError, match=sentence):
        import_checkpoint(folder)
    assert list_packs() == ()


def test_a_regression_opens_as_values(data: Path, tmp_path: Path) -> None:
    folder = folder_of("vit", tmp_path / "model")
    config = json.loads((folder / "config.json").read_text())
    changed = config | {"problem_type": "regression"}
    (folder / "config.json").write_text(json.dumps(changed))
    info = import_checkpoint(folder, unit="years")
    assert (info.activation, info.unit) == ("none", "years")
    loaded = load_pack(info, CPU)
    assert not loaded.info.has_probabilities
    assert torch.isnan(loaded.probabilities(torch.zeros(1, len(loaded.info.labels)))).all()


def test_code_of_the_folder_is_never_run(data: Path, tmp_path: Path) -> None:
    folder = folder_of("vit", tmp_path / "model")
    mark = tmp_path / "mark"
    (folder / "modeling_evil.py").write_text(f"open({str(mark)!r}, 'w')\n")
    config = json.loads((folder / "config.json").read_text())
    config["auto_map"] = {
        "AutoConfig": "modeling_evil.Evil",
        "AutoModelForImageClassification": "modeling_evil.Evil",
    }
    config |= {"trust_remote_code": True, "attn_implementation": "someone/kernels"}
    (folder / "config.json").write_text(json.dumps(config))
    info = import_checkpoint(folder)
    load_pack(info, CPU)
    assert not mark.exists()
    assert "auto_map" not in (info.folder / "config.json").read_text()


def test_a_backbone_without_its_classifier_is_called_so(data: Path, tmp_path: Path) -> None:
    folder = folder_of("vit", tmp_path / "model")
    tensors = load_file(folder / "model.safetensors")
    kept = {name: value for name, value in tensors.items() if not name.startswith("classifier")}
    save_file(kept, folder / "model.safetensors", metadata={"format": "pt"})
    with pytest.raises(CamviewerError, match="without its classifier"):
        import_checkpoint(folder)


@pytest.mark.parametrize("name", ["../secret.safetensors", "/etc/passwd", "a\\b.safetensors", ".."])
def test_an_index_that_leads_out_of_its_folder_is_not_followed(
    name: str, data: Path, tmp_path: Path
) -> None:
    folder = folder_of("resnet", tmp_path / "model", shards="20KB")
    save_file({"a": torch.ones(1)}, tmp_path / "secret.safetensors")
    (index,) = folder.glob("*.index.json")
    content = json.loads(index.read_text())
    content["weight_map"]["classifier.1.bias"] = name
    index.write_text(json.dumps(content))
    with pytest.raises(CamviewerError, match="outside of its folder"):
        import_checkpoint(folder)


def test_labels_that_exclude_nothing_are_read_with_a_sigmoid(data: Path, tmp_path: Path) -> None:
    several = folder_of("vit", tmp_path / "a", problem_type="multi_label_classification")
    assert import_checkpoint(several).activation == "sigmoid"
    one = folder_of("resnet", tmp_path / "b", id2label={0: "tumour"})
    info = import_checkpoint(one)
    assert (info.classes, info.activation) == (1, "sigmoid")
    assert load_pack(info, CPU).info.labels == ("not tumour", "tumour")


def test_a_folder_of_weights_alone_opens_by_its_one_file(data: Path, tmp_path: Path) -> None:
    from tests.engine.program_files import network_of

    folder = tmp_path / "mine"
    folder.mkdir()
    with pytest.raises(CamviewerError, match="holds no weights"):
        import_checkpoint(folder)
    weights = network_of("shufflenet_v2_x0_5").state_dict()
    torch.save(weights, folder / "best.pth")
    info = import_checkpoint(folder, architecture="torchvision/shufflenet_v2_x0_5")
    assert info.origin == "best.pth"
    torch.save(weights, folder / "last.pth")
    with pytest.raises(CamviewerError, match=r"2 files of weights: best\.pth, last\.pth"):
        import_checkpoint(folder)


@pytest.mark.parametrize(
    ("said", "size", "share", "mode"),
    [
        ({"size": 224, "image_processor_type": "ViTFeatureExtractor"}, 224, 1.0, "squash"),
        (
            {"size": 256, "crop_size": 224, "feature_extractor_type": "DeiTFeatureExtractor"},
            *(224, 224 / 256, "squash"),
        ),
        (
            {"size": 224, "crop_pct": 0.875, "feature_extractor_type": "ConvNextFeatureExtractor"},
            *(224, 224 / 256, "shorter"),
        ),
        (
            {"size": {"shortest_edge": 384}, "image_processor_type": "ConvNextImageProcessor"},
            *(384, 1.0, "squash"),
        ),
        (
            {
                "size": {"shortest_edge": 224},
                "image_processor_type": "LevitImageProcessor",
                "crop_size": {"height": 224, "width": 224},
                "do_center_crop": True,
            },
            *(224, 224 / 256, "shorter"),
        ),
        ({"size": {"height": 96, "width": 64}}, (96, 64), 1.0, "squash"),
    ],
)
def test_sizes_are_understood_in_all_their_forms(
    said: dict[str, Any], size: int | tuple[int, int], share: float, mode: str
) -> None:
    recipe = processed(said, Recipe()).recipe
    assert recipe.input_size == (size if isinstance(size, tuple) else (size, size))
    assert recipe.crop_fraction == pytest.approx(share)
    assert recipe.resize_mode is ResizeMode(mode)


@pytest.mark.parametrize(
    ("family", "channels", "said"),
    [
        ("vit", 4, {"image_mean": [0.1, 0.2, 0.3, 0.4], "image_std": [0.5] * 4}),
        ("resnet", 2, {}),
        ("vit", 1, {"image_mean": [0.5], "image_std": [0.25]}),
    ],
)
def test_a_network_of_other_bands_is_fed_as_many(
    family: str, channels: int, said: dict[str, Any], data: Path, tmp_path: Path
) -> None:
    folder = folder_of(family, tmp_path / "model", num_channels=channels)
    processor = json.loads((folder / "preprocessor_config.json").read_text())
    kept = {"size": {"height": 64, "width": 64}, "do_normalize": True, **said}
    kept |= {key: processor[key] for key in ("image_processor_type",) if key in processor}
    (folder / "preprocessor_config.json").write_text(json.dumps(kept))
    info = import_checkpoint(folder)
    assert info.recipe.channels == channels
    values = np.random.default_rng(0).integers(0, 1024, (64, 64, channels), dtype=np.uint16)
    means = said.get("image_mean", [0.0] * channels)
    stds = said.get("image_std", [1.0] * channels)
    fed = (values / np.float32(1023) - np.float32(means)) / np.float32(stds)
    with torch.no_grad():
        picture = torch.from_numpy(fed.astype(np.float32)).permute(2, 0, 1)[None]
        expected = model_of(family, num_channels=channels)(picture).logits[0].numpy()
    session = Session(load_pack(info, CPU))
    found = session.verdict(image_from_values(values, "scene")).logits
    assert found == pytest.approx(expected, abs=1e-4 * max(1.0, float(np.abs(expected).max())))
    turned = session.verdict(image_from_values(values[..., ::-1], "turned")).logits
    assert channels == 1 or np.abs(turned - found).max() > 1e-4
    problems = " ".join(info.notes)
    assert ("0 and 1 were taken" in problems) == (not said)


@pytest.mark.parametrize(
    ("said", "mean", "std"),
    [
        ({"do_normalize": False}, 0.0, 1.0),
        ({"do_normalize": False, "do_rescale": False}, 0.0, 1 / 255),
        ({"do_rescale": True, "rescale_factor": 1 / 127.5, "do_normalize": False}, 0.0, 0.5),
        (
            {"rescale_factor": 1 / 127.5, "rescale_offset": True, "do_normalize": False},
            *(0.5, 0.5),
        ),
        ({"image_mean": [0.5] * 3, "image_std": [0.25] * 3}, 0.5, 0.25),
    ],
)
def test_values_are_understood_in_all_their_forms(
    said: dict[str, Any], mean: float, std: float
) -> None:
    recipe = processed({"size": 224, **said}, Recipe()).recipe
    assert recipe.mean == pytest.approx((mean,) * 3)
    assert recipe.std == pytest.approx((std,) * 3)


@pytest.mark.parametrize(
    "junk", [None, True, "x", -1, 10**400, float("nan"), [], {}, [10**400] * 3]
)
@pytest.mark.parametrize(
    "field", ["size", "crop_size", "crop_pct", "image_mean", "image_std", "rescale_factor"]
)
def test_a_processor_that_says_what_cannot_be_still_gives_a_recipe(
    field: str, junk: object
) -> None:
    said = {
        "size": {"shortest_edge": 256},
        "crop_size": {"height": 224, "width": 224},
        "image_mean": [0.5] * 3,
        "image_std": [0.5] * 3,
        "rescale_factor": 1 / 255,
        "do_center_crop": True,
        "crop_pct": 0.9,
        "image_processor_type": "BitImageProcessor",
    }
    require_recipe(processed({**said, field: junk}, Recipe()).recipe, Recipe())
