"""Known networks: how to build them, and how to recognise their tensors."""
