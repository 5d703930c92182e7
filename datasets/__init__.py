"""Training text, gold files and the tools that make them."""
