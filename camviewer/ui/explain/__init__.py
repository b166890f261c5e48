"""Offers what to explain and how: method, layer, options, colours."""
