"""What lies in and beside a model's file: its class names, preprocessing and activation."""
