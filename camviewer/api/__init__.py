"""Offers the program to scripts and notebooks; ``import camviewer`` hands these names out."""
