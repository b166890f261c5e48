"""What Windows and macOS get, as far as it can be looked at elsewhere."""

from __future__ import annotations

import plistlib
import re
from pathlib import Path

import yaml
from PIL import Image

from camviewer.engine.picture.source_image import PICTURE_SUFFIXES

ROOT = Path(__file__).resolve().parents[2]
WINDOWS, MAC = ROOT / "packaging" / "windows", ROOT / "packaging" / "macos"
FORMATS = (
    ".png",
    ".jpg",
    ".jpeg",
    ".webp",
    ".bmp",
    ".gif",
    ".tif",
    ".tiff",
    ".ppm",
    ".heic",
    ".avif",
)


def test_the_icons_have_every_size_that_the_systems_ask_for() -> None:
    with Image.open(WINDOWS / "camviewer.ico") as icon:
        assert {(16, 16), (32, 32), (48, 48), (256, 256)} <= icon.info["sizes"]
    with Image.open(MAC / "camviewer.icns") as icon:
        assert (512, 512, 1) in icon.info["sizes"]


def sections(script: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    name = ""
    for line in script.splitlines():
        head = re.fullmatch(r"\[(\w+)\]", line.strip())
        if head:
            name = head.group(1)
        elif line.strip() and not line.startswith((";", "#")):
            found.setdefault(name, []).append(line)
    return found


def test_the_windows_installer_has_menu_associations_and_a_way_back() -> None:
    script = (WINDOWS / "camviewer.iss").read_text(encoding="utf-8")
    parts = sections(script)
    assert {"Setup", "Files", "Icons", "Registry", "Run", "Tasks"} <= parts.keys()
    for name in ("Files", "Icons", "Registry", "Run", "Tasks"):
        for line in parts[name]:
            for field in re.split(r";(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", line):
                assert re.fullmatch(r"\s*\w+: .*", field), field
            assert line.count('"') % 2 == 0
    keys = dict(line.split("=", 1) for line in parts["Setup"])
    assert keys["PrivilegesRequired"] == "lowest"
    assert (WINDOWS / keys["SetupIconFile"]).is_file()
    for suffix in FORMATS:
        assert f'Picture("{suffix}")' in script
        assert suffix in PICTURE_SUFFIXES
    assert r"Software\Classes\.camviewer" in script


def test_the_mac_bundle_opens_pictures_folders_and_models() -> None:
    info = plistlib.loads((MAC / "document-types.plist").read_bytes())
    opened = {
        kind for group in info["CFBundleDocumentTypes"] for kind in group["LSItemContentTypes"]
    }
    assert {"public.png", "public.jpeg", "public.heic", "public.folder"} <= opened
    (declared,) = info["UTExportedTypeDeclarations"]
    assert declared["UTTypeIdentifier"] in opened
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["camviewer"]
    assert plistlib.loads((MAC / "entitlements.plist").read_bytes())


def test_the_workflow_builds_and_tests_all_three_systems() -> None:
    workflow = yaml.safe_load((ROOT / ".github/workflows/package.yml").read_text())
    (job,) = workflow["jobs"].values()
    systems = {entry["os"].partition("-")[0] for entry in job["strategy"]["matrix"]["include"]}
    assert systems == {"ubuntu", "windows", "macos"}
    steps = "\n".join(str(step.get("run", "")) for step in job["steps"])
    assert "packaging/build.py" in steps
    assert "iscc" in steps
    (environment,) = [step for step in job["steps"] if "environment.py" in step.get("run", "")]
    assert environment["env"]["TORCH"] == "${{ matrix.torch }}"
