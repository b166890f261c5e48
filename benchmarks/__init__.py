"""Ratios against other programs, measured side by side in one run."""
