"""Training of the Befund model: corpora in, one small multi-task encoder out."""
