"""Befund beside ONNX Runtime, PyTorch, EDS-NLP and spaCy on the same texts in one run; `scripts/bench-peers` is the entry."""
