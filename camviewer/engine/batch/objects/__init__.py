"""Reads where annotated objects lie in pictures, and measures maps against them."""
