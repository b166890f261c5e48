"""Sends requests to the threads of the model and of the pictures."""
