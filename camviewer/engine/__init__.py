"""Everything that can be true without a screen: no Qt, no argument parsing, no printing."""
