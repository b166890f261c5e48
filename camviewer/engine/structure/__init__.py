"""Describes the modules of a network and the channels of a layer."""
