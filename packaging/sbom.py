"""The software bill of materials: CycloneDX 1.6, as JSON."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from inventory import Component

VERSION = "1.6"
_SPDX = re.compile(r"[A-Za-z0-9.+-]+(?: (?:AND|OR|WITH) [A-Za-z0-9.+()-]+)*")
_KNOWN = ("MIT", "BSD", "Apache", "PSF", "ISC", "LGPL", "GPL", "MPL", "Unlicense", "HPND", "Zlib")


def sbom(
    name: str, version: str, components: Sequence[Component], made: int, hashes: dict[str, str]
) -> str:
    """The document.

    Args:
        name: of the program.
        version: of the program.
        components: what is inside of others.
        made: when, in seconds since 1970; the same inputs give the same document.
        hashes: SHA-256 by file name, of the files that the program's own folder begins with.
    """
    root = {
        "type": "application",
        "bom-ref": name,
        "name": name,
        "version": version,
        "licenses": [{"license": {"id": "Apache-2.0"}}],
        "purl": f"pkg:pypi/{name}@{version}",
        "components": [
            {"type": "file", "name": file, "hashes": [{"alg": "SHA-256", "content": digest}]}
            for file, digest in sorted(hashes.items())
        ],
    }
    listed = [_component(each) for each in components]
    serial = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps([root, listed], sort_keys=True))
    document = {
        "$schema": f"http://cyclonedx.org/schema/bom-{VERSION}.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": VERSION,
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(made, UTC).isoformat(),
            "component": root,
        },
        "components": listed,
        "dependencies": [{"ref": name, "dependsOn": [each["bom-ref"] for each in listed]}],
    }
    return json.dumps(document, indent=1) + "\n"


def problems(document: str) -> str:
    """What CycloneDX's own schema objects to; empty when it is sound."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    error = JsonStrictValidator(SchemaVersion.V1_6).validate_str(document)
    return "" if error is None else str(error)


def _component(each: Component) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "type": "library",
        "bom-ref": each.purl,
        "name": each.name,
        "version": each.version,
        "purl": each.purl,
    }
    if each.licence != "unknown":
        entry["licenses"] = [_licence(each.licence)]
    if each.home.startswith(("https://", "http://")):
        entry["externalReferences"] = [{"type": "website", "url": each.home}]
    return entry


def _licence(words: str) -> dict[str, Any]:
    if _SPDX.fullmatch(words) and words.startswith(_KNOWN):
        return {"expression": words}
    return {"license": {"name": words}}
