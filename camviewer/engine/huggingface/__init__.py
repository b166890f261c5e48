"""Image classifiers of Hugging Face's transformers: a folder in, a network and its recipe out."""
