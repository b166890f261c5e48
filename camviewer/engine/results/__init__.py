"""Defines what the engine hands out: heatmaps, messages, descriptions of methods."""
