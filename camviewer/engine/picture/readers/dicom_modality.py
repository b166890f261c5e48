"""Reads the modality of a DICOM file, such as CT."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pydicom import Dataset

_MODALITIES = frozenset(
    [
        "AR",
        "AU",
        "BI",
        "BMD",
        "CR",
        "CT",
        "DG",
        "DX",
        "ECG",
        "EEG",
        "EM",
        "EPS",
        "ES",
        "FID",
        "GM",
        "HC",
        "HD",
        "IO",
        "IVOCT",
        "IVUS",
        "KO",
        "LEN",
        "LS",
        "MG",
        "MR",
        "NM",
        "OAM",
        "OCT",
        "OP",
        "OPM",
        "OPT",
        "OPTBSV",
        "OPTENF",
        "OPV",
        "OSS",
        "OT",
        "PLAN",
        "PR",
        "PT",
        "PX",
        "REG",
        "RESP",
        "RF",
        "RG",
        "RTDOSE",
        "RTIMAGE",
        "RTPLAN",
        "RTRECORD",
        "RTSTRUCT",
        "SC",
        "SEG",
        "SM",
        "SMR",
        "SR",
        "SRF",
        "STAIN",
        "TG",
        "US",
        "VA",
        "XA",
        "XC",
    ]
)
"""Modalities of the standard; because a field with other text could hold anything."""


def modality(header: Dataset) -> str:
    """The modality by its standard letters, such as CT; empty for others."""
    found = str(header.get("Modality", "")).strip().upper()
    return found if found in _MODALITIES else ""
