"""Runs models that bring their own network: ``torch.export`` programs, TorchScript and ONNX."""
