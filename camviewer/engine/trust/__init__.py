"""How far a map can be trusted: measures beside references, sanity checks, regions."""
