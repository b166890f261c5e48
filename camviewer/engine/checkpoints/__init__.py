"""Reads weights from files without running anything that stands in them."""
