//! Where rows go: Parquet datasets, the run manifest, and reading them back.
