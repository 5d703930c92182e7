//! Where words begin and end: for names and stages in texts whose letters may stand in any script.

/// Whether no letter or digit stands right before `at`.
pub(crate) fn border_before(text: &str, at: usize) -> bool {
    at == 0 || {
        let bytes = text.as_bytes();
        let byte = bytes[at - 1];
        if byte.is_ascii() {
            !byte.is_ascii_alphanumeric()
        } else {
            text.get(..at).and_then(|left| left.chars().next_back()).is_some_and(|c| !c.is_alphanumeric())
        }
    }
}

/// Whether no letter or digit stands at `at`.
pub(crate) fn border_after(text: &str, at: usize) -> bool {
    match text.as_bytes().get(at) {
        None => true,
        Some(byte) if byte.is_ascii() => !byte.is_ascii_alphanumeric(),
        Some(_) => text.get(at..).and_then(|right| right.chars().next()).is_some_and(|c| !c.is_alphanumeric()),
    }
}
