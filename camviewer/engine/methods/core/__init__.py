"""Carries the methods: the registry, the probe that they ask, and the driver that runs them."""
