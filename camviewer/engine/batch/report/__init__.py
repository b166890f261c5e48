"""Writes the report of a run: one page with its numbers, maps and most telling pictures."""
