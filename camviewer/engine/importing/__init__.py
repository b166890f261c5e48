"""Turns a user's file into a model that is kept."""
