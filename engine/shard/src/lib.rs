//! Where documents come from: Arrow shards, mapped and zero-copy, and plain files packed on the fly.
