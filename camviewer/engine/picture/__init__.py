"""Turns picture files into pixels."""
