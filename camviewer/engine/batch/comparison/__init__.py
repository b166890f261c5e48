"""Two runs side by side: the same pictures, changed verdicts, and how far the evidence moved."""
