"""Describes a loaded network: classifier, forward pass, layers, heads, and registration."""
