//! The waist: from a specification to the parts to a run.
