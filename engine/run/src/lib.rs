//! The line: from documents to rows, in order, on every core.
