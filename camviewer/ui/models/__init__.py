"""Imports, lists and changes models."""
