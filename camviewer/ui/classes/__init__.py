"""Lists the classes of the verdict."""
