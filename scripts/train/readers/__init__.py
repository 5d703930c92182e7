"""One module a corpus: each yields training lines (`scripts.train.schema.make_line`)."""
