"""Provides what all methods share: the registry, the probe, and the driver that runs them."""
