"""Parses XML that stands in a picture's file, without entities that grow or lead elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def xml_root(text: str) -> Element | None:
    """The root element; None for what is no XML, or has a document type."""
    try:
        root: Element = fromstring(text.strip("\0 \n\r\t"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError):
        return None
    return root
