//! A statement in one way of writing: `ypT2 pN1a(2/14) cM0 L1 V0 Pn0 R0 G2`.
//!
//! The order and the brackets follow the TNM Classification (UICC). Reading what is printed gives the same columns again; the property test
//! `tests/formula.rs` holds it to that. Stage group, edition and scores have columns of their own and are not printed.

use befund_core::TnmRow;

/// The formula of a statement; `None` where it has no T, N or M.
pub(crate) fn formula(row: &TnmRow) -> Option<String> {
    let mut parts: Vec<String> = Vec::new();
    if let Some(value) = &row.t {
        let count = row.multiplicity.as_ref().map(|m| format!("({m})")).unwrap_or_default();
        parts.push(format!("{}T{value}{count}{}", prefix(row, &row.t_prefix, true), suffix(&row.t_suffix)));
    }
    let (nodes, sentinel) = counts(row);
    // After `(sn)` a count is that of the sentinel nodes.
    let sentinel_n = row.n_suffix.as_deref().is_some_and(|suffix| suffix.contains("sn"));
    let nodes_beside = row.n.is_some() && nodes.is_some() && !sentinel_n;
    let sentinel_beside = row.n.is_some() && sentinel.is_some() && !nodes_beside;
    if let Some(value) = &row.n {
        let count = match (&nodes, &sentinel) {
            (Some(count), _) if nodes_beside => format!("({count})"),
            (_, Some(count)) if sentinel_beside => format!("({count} sn)"),
            _ => String::new(),
        };
        parts.push(format!("{}N{value}{}{count}", prefix(row, &row.n_prefix, true), suffix(&row.n_suffix)));
    }
    if let Some(value) = &row.m {
        let alone = row.t.is_none() && row.n.is_none();
        parts.push(format!("{}M{value}{}", prefix(row, &row.m_prefix, alone), suffix(&row.m_suffix)));
    }
    if parts.is_empty() {
        return None;
    }
    // A lone "T2" may be a vertebra.
    let proven = parts.len() > 1 || [&row.t_prefix, &row.n_prefix, &row.m_prefix].iter().any(|basis| basis.is_some());
    let letters = [("L", &row.l), ("V", &row.v), ("Pn", &row.pn), ("S", &row.s), ("R", &row.r), ("G", &row.grade)];
    parts.extend(letters.into_iter().filter_map(|(letter, value)| Some(format!("{letter}{}", value.as_ref()?))));
    let mut out = if proven { String::new() } else { "TNM: ".to_owned() };
    out.push_str(&parts.join(" "));
    if let Some(count) = nodes.filter(|_| !nodes_beside) {
        out.push_str(&format!(", LK {count}"));
    }
    if let Some(count) = sentinel.filter(|_| !sentinel_beside) {
        out.push_str(&format!(", SLN {count}"));
    }
    Some(out)
}

/// a, r, y and the basis; `signs` where the statement's a, r, y are shown.
fn prefix(row: &TnmRow, basis: &Option<String>, signs: bool) -> String {
    let mut out = String::new();
    for (shown, letter) in [(row.a_autopsy, 'a'), (row.r_recurrence, 'r'), (row.y, 'y')] {
        if shown && signs {
            out.push(letter);
        }
    }
    out.push_str(basis.as_deref().unwrap_or(""));
    out
}

fn suffix(written: &Option<String>) -> &str {
    written.as_deref().unwrap_or("")
}

/// The counts of nodes and of sentinel nodes: "2/14".
fn counts(row: &TnmRow) -> (Option<String>, Option<String>) {
    let count = |positive: Option<u32>, examined: Option<u32>| {
        positive.zip(examined).map(|(positive, examined)| format!("{positive}/{examined}"))
    };
    (count(row.nodes_positive, row.nodes_examined), count(row.sentinel_positive, row.sentinel_examined))
}
