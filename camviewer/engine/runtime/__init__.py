"""Runs networks as fast as possible: by OpenVINO, with folded batch norm, or unchanged."""
