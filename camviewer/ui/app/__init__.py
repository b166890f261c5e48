"""Starts the program: launch, single instance, crash notice."""
