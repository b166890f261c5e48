"""Changes how a model's input is made, with a live preview."""
