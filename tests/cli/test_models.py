"""``camviewer models``: import, list, use, export, rename and remove."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torch
import torchvision

from camviewer.cli import checking
from camviewer.cli import packs as commands
from camviewer.engine.errors import CamviewerError
from camviewer.engine.network.embedded import WEIGHTS_SHA256
from camviewer.engine.packs import store as packs
from camviewer.engine.picture.samples import sample_pictures
from camviewer.engine.picture.source_image import read_image
from camviewer.engine.support.resources import resource

Command = Callable[..., Any]
PHOTOGRAPH = resource("samples", "astronaut.png")


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder of its own."""
    monkeypatch.setattr(packs, "data_folder", lambda: tmp_path / "data")
    return tmp_path / "data"


@pytest.fixture
def checkpoint(tmp_path: Path) -> Iterator[Path]:
    torch.manual_seed(0)
    path = tmp_path / "pets.pth"
    torch.save(torchvision.models.squeezenet1_1(num_classes=3).state_dict(), path)
    (tmp_path / "names.txt").write_text("cat\ndog\nhamster\n")
    return path


@pytest.fixture
def imported(command: Command, checkpoint: Path) -> str:
    labels = checkpoint.with_name("names.txt")
    done = command("models", "import", checkpoint, "--labels", labels, "--json")
    assert (done.code, done.err) == (0, "")
    return str(json.loads(done.out)["id"])


def test_an_imported_model_is_listed_beside_the_embedded_one(
    command: Command, imported: str
) -> None:
    embedded, pets = json.loads(command("models", "--json").out)
    assert embedded["weights_sha256"] == WEIGHTS_SHA256
    assert embedded["embedded"] is True
    assert (pets["id"], pets["embedded"], pets["classes"]) == (imported, False, 3)
    assert pets["architecture"] == "torchvision/squeezenet1_1"
    assert pets["origin"] == "pets.pth"
    words = command("models").out
    assert "pets: pets\n  torchvision/squeezenet1_1, 3 classes (softmax)" in words
    assert pets["weights_sha256"] in words


def test_an_import_says_whether_the_preprocessing_fits(command: Command, checkpoint: Path) -> None:
    done = command("models", "import", checkpoint)
    assert "keeps no statistics (batch normalisation)" in done.out  # SqueezeNet has none
    network = torchvision.models.shufflenet_v2_x0_5(num_classes=3)
    for module in network.modules():
        if isinstance(module, torch.nn.BatchNorm2d):
            module.momentum = None
    pictures = [read_image(path).pixels[:224, :224] for path in sample_pictures()]
    values = torch.from_numpy(np.stack(pictures)).permute(0, 3, 1, 2) / 255
    with torch.no_grad():
        network((values - 0.5) / 0.5)
    torch.save(network.state_dict(), checkpoint.with_name("half.pth"))
    done = command("models", "import", checkpoint.with_name("half.pth"))
    assert (
        "fit mean 0.5, deviation 0.5 far better than ImageNet's mean and deviation, which is in "
        "use. Use it: camviewer models edit half --mean 0.5 --std 0.5"
    ) in done.out
    assert command("models", "edit", "half", "--mean", "0.5", "--std", "0.5").code == 0
    found = json.loads(command("models", "check", "half", "--json").out)
    assert found["outcome"] == "agrees"
    assert command("models", "edit", "half", "--channel-order", "bgr").code == 0
    assert "blue first" in command("models").out


def test_an_import_whose_check_fails_is_listed_all_the_same(
    command: Command, checkpoint: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_model: str) -> None:
        raise CamviewerError("The memory is full.", "Close other programs.")

    monkeypatch.setattr(checking, "open_model", refuse)
    failure = (
        "It is kept, but its statistics could not be compared: The memory is full. "
        "Close other programs."
    )
    done = command("models", "import", checkpoint)
    assert done.code == 0
    assert "pets: pets\n" in done.out
    assert failure in done.out
    done = command("models", "import", checkpoint, "--json")
    assert json.loads(done.out)["statistics"] == {"outcome": "failed", "sentence": failure}


def test_an_imported_model_explains(command: Command, imported: str, tmp_path: Path) -> None:
    options = ("--model", imported, "--class", "hamster", "-o", tmp_path / "maps", "--json")
    done = command("explain", PHOTOGRAPH, *options)
    assert done.code == 0
    (result,) = json.loads(done.out)
    assert result["model"]["id"] == "pets"
    assert result["class"]["name"] == "hamster"
    assert len(list((tmp_path / "maps").iterdir())) == 3


def test_layers_and_methods_are_those_of_the_model(command: Command, imported: str) -> None:
    layers = json.loads(command("layers", "--model", imported, "--json").out)
    assert "features.12.expand3x3" in {layer["name"] for layer in layers}
    assert "Defined for pets." in command("methods", "--model", imported).out


@pytest.mark.parametrize("words", [("explain", PHOTOGRAPH), ("layers",), ("methods",)])
def test_a_model_that_is_not_there_is_a_sentence(
    command: Command, imported: str, words: tuple[object, ...]
) -> None:
    done = command(*words, "--model", "pet")
    assert done.code == 2
    assert done.err == "There is no model pet. Did you mean pets?\n"


def test_name_architecture_and_activation_are_taken(command: Command, checkpoint: Path) -> None:
    options = ("--arch", "squeezenet1_1", "--name", "My pets", "--activation", "sigmoid")
    done = command("models", "import", checkpoint, *options)
    assert done.code == 0
    assert done.out.startswith(
        "my-pets: My pets\n  torchvision/squeezenet1_1, 3 classes (sigmoid)\n"
    )


def test_a_model_travels_as_a_file(
    command: Command, imported: str, tmp_path: Path, data: Path
) -> None:
    done = command("models", "export", imported, tmp_path / "travel")
    assert done.out == f"Written: {tmp_path / 'travel.camviewer'}\n"
    again = command("models", "export", imported, tmp_path / "travel.camviewer")
    assert again.code == 2
    assert "exists already" in again.err
    assert command("models", "remove", imported, "--yes").out == "Removed: pets\n"
    assert list((data / "models").iterdir()) == []
    done = command("models", "import", tmp_path / "travel.camviewer", "--name", "Back", "--json")
    assert json.loads(done.out)["title"] == "Back"
    done = command("models", "import", tmp_path / "travel.camviewer", "--arch", "x")
    assert done.code == 2
    (tmp_path / "travel.camviewer").rename(tmp_path / "travel.zip")
    assert command("models", "import", tmp_path / "travel.zip").code == 0


def test_a_folder_gets_a_file_with_the_models_name(
    command: Command, imported: str, tmp_path: Path
) -> None:
    command("models", "export", imported, tmp_path)
    assert (tmp_path / "pets.camviewer").is_file()


def test_a_model_is_renamed(command: Command, imported: str) -> None:
    done = command("models", "rename", imported, "Our pets")
    assert done.out.startswith("pets: Our pets\n")
    assert "pets: Our pets\n" in command("models").out


@pytest.mark.parametrize(("answer", "left"), [(True, 0), (False, 1)])
def test_removing_asks(
    command: Command,
    imported: str,
    monkeypatch: pytest.MonkeyPatch,
    answer: bool,
    left: int,
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(commands.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(commands.click, "confirm", lambda words: asked.append(words) or answer)
    assert command("models", "remove", imported).code == 0
    assert asked == ["Remove pets (2.9 MB)?"]
    assert len(packs.list_packs()) == left


def test_removing_without_anybody_to_ask_is_refused(command: Command, imported: str) -> None:
    done = command("models", "remove", imported)
    assert done.code == 2
    assert "--yes" in done.err
    assert len(packs.list_packs()) == 1


@pytest.mark.parametrize("words", [("remove",), ("rename", "x"), ("export", "x.camviewer")])
def test_the_embedded_model_stays_as_it_is(command: Command, words: tuple[str, ...]) -> None:
    done = command("models", words[0], "efficientnet-lite0", *words[1:])
    assert done.code == 2
    assert "comes with the program" in done.err


@pytest.mark.parametrize("name", ["import", "export", "rename", "remove"])
def test_every_command_of_models_has_help(command: Command, name: str) -> None:
    done = command("models", name, "-h")
    assert done.code == 0
    assert done.out.startswith(f"Usage: camviewer models {name}")


def test_a_file_that_is_no_checkpoint_is_one_sentence(command: Command) -> None:
    done = command("models", "import", PHOTOGRAPH)
    assert done.code == 2
    assert done.err.startswith("astronaut.png is a PNG picture.")
    assert done.err.count("\n") == 1


def test_what_a_model_is_fed_is_edited_and_reset(
    command: Command, imported: str, data: Path
) -> None:
    before = json.loads(command("models", "--json").out)[1]
    done = command(
        *("models", "edit", imported, "--input-size", "256x192", "--crop", "1", "--json"),
        *("--resize", "border", "--interpolation", "bicubic", "--activation", "sigmoid"),
        *("--mean", "127.5", "--std", "0.25,0.5,0.75"),
    )
    assert (done.code, done.err) == (0, "")
    edited = json.loads(done.out)
    assert edited["preprocessing"] == before["preprocessing"] | {
        "input_size": [192, 256],
        "crop_fraction": 1.0,
        "resize_mode": "border",
        "interpolation": "bicubic",
        "mean": [0.5, 0.5, 0.5],
        "std": [0.25, 0.5, 0.75],
    }
    assert edited["published_preprocessing"] == before["preprocessing"]
    assert edited["activation"] == "sigmoid"
    assert edited["weights_sha256"] == before["weights_sha256"]
    assert "(edited)" in command("models").out

    squashed = command("explain", PHOTOGRAPH, "--model", imported, "-o", data / "maps", "--json")
    (result,) = json.loads(squashed.out)
    assert result["model"]["preprocessing"]["input_size"] == [192, 256]
    assert (result["placement"]["input_width"], result["placement"]["input_height"]) == (256, 192)
    probabilities = [row["probability"] for row in result["top"]]
    assert sum(probabilities) != pytest.approx(1.0)  # each class by itself

    again = json.loads(command("models", "edit", imported, "--reset", "--json").out)
    assert again["preprocessing"] == before["preprocessing"]


def test_class_names_are_replaced_when_they_are_as_many(
    command: Command, imported: str, checkpoint: Path, data: Path
) -> None:
    names = checkpoint.with_name("other.json")
    names.write_text(json.dumps({"Katze": 0, "Hund": 1, "Hamster": 2}))
    assert command("models", "edit", imported, "--labels", names).code == 0
    folder = data / "models" / imported
    assert (folder / "labels.txt").read_text() == "Katze\nHund\nHamster\n"
    options = ("--model", imported, "--class", "Hund", "-o", data / "maps", "--json")
    done = command("explain", PHOTOGRAPH, *options)
    assert done.code == 0

    names.write_text("one\ntwo\n")
    done = command("models", "edit", imported, "--labels", names)
    assert done.code == 2
    assert "other.json has 2 names, and the model has 3 classes." in done.err
    assert (folder / "labels.txt").read_text() == "Katze\nHund\nHamster\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--crop", "0"), "The crop cannot be 0 of the picture."),
        (("--std", "0"), "A standard deviation cannot be zero or negative."),
        (("--std", "nan"), "A standard deviation cannot be zero or negative."),
        (("--mean", "-1e9"), "A mean is too far from the values of a picture"),
        (("--input-size", "4"), "The input cannot be 4 x 4 pixels."),
        (("--input-size", "16"), "torchvision/squeezenet1_1 does not accept pictures of 16 x 16"),
        (("--input-size", "wide"), "'wide' is no size like 224 or 320x240."),
        (("--mean", "1,2"), "2 numbers are given for 3 channels"),
        ((), "Nothing was said that is to change of pets."),
    ],
)
def test_what_a_model_cannot_be_fed_is_refused_in_a_sentence(
    command: Command, imported: str, words: tuple[str, ...], sentence: str, data: Path
) -> None:
    manifest = data / "models" / imported / "model.toml"
    before = manifest.read_bytes()
    done = command("models", "edit", imported, *words)
    assert done.code == 2
    assert sentence in done.err
    assert manifest.read_bytes() == before


def test_the_embedded_model_is_not_edited(command: Command) -> None:
    done = command("models", "edit", "efficientnet-lite0", "--mean", "0.5")
    assert done.code == 2
    assert "efficientnet-lite0 comes with the program." in done.err


def test_a_script_is_imported_only_with_the_word_that_allows_it(
    command: Command, tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from camviewer.engine.checkpoints import consent

    monkeypatch.setattr(consent, "data_folder", lambda: data)
    network = torchvision.models.squeezenet1_1(num_classes=3).eval()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        torch.jit.script(network).save(str(tmp_path / "mine.pt"))
    refused = command("models", "import", tmp_path / "mine.pt")
    assert (refused.code, refused.out) == (2, "")
    assert "can run any code" in refused.err
    assert "--allow-code" in refused.err
    assert not data.exists()
    done = command("models", "import", tmp_path / "mine.pt", "--allow-code", "--json")
    assert done.code == 0
    assert json.loads(done.out)["format"] == "torchscript"
    listed = command("layers", PHOTOGRAPH, "--model", "mine").out
    assert "features.0" in listed


def test_a_damaged_model_is_listed_refused_with_the_reason_and_removed(
    command: Command, imported: str, data: Path
) -> None:
    folder = data / "models" / imported
    (folder / "weights.safetensors").unlink()
    listed = command("models", "list")
    assert listed.code == 0
    assert f"{imported}: damaged\n" in listed.out
    assert "weights.safetensors is missing" in listed.out
    record = json.loads(command("models", "--json").out)[1]
    assert (record["id"], record["damaged"]) == (imported, True)
    used = command("explain", PHOTOGRAPH, "--model", imported)
    assert used.code == 2
    assert "weights.safetensors is missing" in used.err
    assert command("models", "remove", imported, "--yes").code == 0
    assert not folder.exists()


def test_the_embedded_model_is_checked_by_its_own_statistics(
    command: Command,
) -> None:
    plain = command("models", "check", "efficientnet-lite0")
    assert plain.code == 0
    assert "agree with this preprocessing" in plain.out
    assert "the 4 sample pictures" in plain.out
    found = json.loads(command("models", "check", "efficientnet-lite0", PHOTOGRAPH, "--json").out)
    assert found["outcome"] == "agrees"
    assert found["pictures"] == "your 1 picture and the 4 samples"
    in_use = [one for one in found["preprocessings"] if one["in_use"]]
    assert len(in_use) == 1
    # Red and blue of photographs are much alike: only the numbers tell.
    red_first = [one["divergence"] for one in found["preprocessings"] if not one["blue_first"]]
    assert in_use[0]["divergence"] == min(red_first)
