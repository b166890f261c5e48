"""Keeps models on disk as packs: manifest, weights, class names."""
