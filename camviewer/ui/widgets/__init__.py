"""Offers small controls that know no neighbour."""
