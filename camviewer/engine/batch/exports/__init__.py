"""Writes what other programs read of a run: tables, COCO results, FiftyOne datasets, overlays."""
