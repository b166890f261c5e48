"""Measures how far a map can be trusted: faithfulness, stability, sanity checks, regions."""
