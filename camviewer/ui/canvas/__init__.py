"""Shows the picture with its map: zoom, layers, legends."""
