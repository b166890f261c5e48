"""Draws heatmaps over pictures, and writes them to files."""
