"""Provides what all methods share: the registry, the probe, and what runs a method."""
