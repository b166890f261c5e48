"""Reads the values of one page of a picture file, one module for each format."""
