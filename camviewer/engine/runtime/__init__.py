"""How networks are run: with what memory, on which device, by which library."""
