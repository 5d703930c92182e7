//! Which letter-and-digit writings are components of a stage: a byte scan for candidates, chains of neighbours, evidence.
//!
//! A candidate alone proves little: `T2` is a stage, a vertebra, a magnetic resonance weighting or a paraffin block. It is taken when
//! its prefix says so (`pT2`), when it stands in a chain that only a stage can be (`T2 N0`), or when a cue word stands beside it and
//! none that speaks against it. It does not know values' meaning; that is `statement`'s question.

use befund_core::Label;

use super::component::{self, Component, OCR_ONE, OCR_ZERO};
use super::lexicon::{Side, has_cue, left_of, right_of};

/// Components of stages in text order.
pub(crate) fn components(text: &str) -> Vec<Component> {
    let candidates = candidates(text);
    let mut accepted = vec![false; candidates.len()];
    for chain in chains(text, &candidates) {
        judge(text, &candidates[chain.clone()], &mut accepted[chain]);
    }
    scanned_beside(&candidates, &mut accepted);
    candidates.into_iter().zip(accepted).filter_map(|(candidate, taken)| taken.then_some(candidate)).collect()
}

/// Letters that may begin a component.
const LETTERS: [bool; 256] = {
    let mut table = [false; 256];
    let letters = b"TNMLVRSGPtn";
    let mut i = 0;
    while i < letters.len() {
        table[letters[i] as usize] = true;
        i += 1;
    }
    table
};

/// Bytes that may follow such a letter.
const FOLLOWERS: [bool; 256] = {
    let mut table = [false; 256];
    let followers = b"01234XxOoIlianmhLHB+-:=. \r\n>\xE2";
    let mut i = 0;
    while i < followers.len() {
        table[followers[i] as usize] = true;
        i += 1;
    }
    table
};

fn candidates(text: &str) -> Vec<Component> {
    let bytes = text.as_bytes();
    let mut found: Vec<Component> = Vec::new();
    let mut floor = 0;
    let mut i = 0;
    while i + 1 < bytes.len() {
        let byte = bytes[i];
        if !LETTERS[byte as usize] || !FOLLOWERS[bytes[i + 1] as usize] || !worth_reading(bytes, i, floor) {
            i += 1;
            continue;
        }
        match component::at(text, i, floor) {
            Some(component) => {
                floor = component.end;
                i = component.end;
                found.push(component);
            }
            None => i += 1,
        }
    }
    drop_broken_glue(&mut found);
    capital_pn(text, &mut found);
    found
}

/// A quick look at both sides, before the grammar is asked.
fn worth_reading(bytes: &[u8], at: usize, floor: usize) -> bool {
    let left = if at == 0 { b' ' } else { bytes[at - 1] };
    if bytes[at].is_ascii_lowercase() && !matches!(left, b'p' | b'c' | b'u') {
        return false;
    }
    if left.is_ascii_alphabetic() && at != floor {
        return matches!(left.to_ascii_lowercase(), b'p' | b'c' | b'y' | b'r' | b'a' | b'm' | b'u')
            && (at < 5 || !bytes[at - 5..at].iter().all(u8::is_ascii_alphabetic));
    }
    true
}

/// Removes components that run into a word: `T2Nase`.
fn drop_broken_glue(found: &mut Vec<Component>) {
    let mut keep = vec![true; found.len()];
    for i in (0..found.len()).rev() {
        if found[i].open {
            keep[i] = found.get(i + 1).is_some_and(|next| next.start == found[i].end && keep[i + 1]);
        }
    }
    for i in 1..found.len() {
        if !keep[i - 1] && found[i].start == found[i - 1].end {
            keep[i] = false;
        }
    }
    let mut keep = keep.into_iter();
    found.retain(|_| keep.next().unwrap_or(false));
}

/// `PT3 PN1 L1 V1 PN1` in capitals: the second `PN` of a statement is perineural invasion.
fn capital_pn(text: &str, found: &mut [Component]) {
    for i in 1..found.len() {
        let (before, rest) = found.split_at_mut(i);
        let one = &mut rest[0];
        let near = before.iter().rev().take_while(|other| one.start - other.end <= 60 || other.end + 60 >= one.start);
        let second = text[one.start..].starts_with("PN")
            && one.label == Label::N
            && matches!(one.value.as_str(), "0" | "1" | "X")
            && near.take(5).enumerate().any(|(distance, other)| {
                other.label == Label::N && other.prefix.basis == Some('p')
                    || distance == 0 && matches!(other.label, Label::V | Label::L)
            });
        if second {
            one.label = Label::Pn;
            one.prefix = component::Prefix::default();
        }
    }
}

/// Runs of candidates that only separators, brackets and node counts part.
fn chains(text: &str, candidates: &[Component]) -> Vec<std::ops::Range<usize>> {
    let mut chains = Vec::new();
    let mut begin = 0;
    for i in 1..=candidates.len() {
        let linked = i < candidates.len() && linked(&text[candidates[i - 1].end..candidates[i].start]);
        if !linked {
            chains.push(begin..i);
            begin = i;
        }
    }
    chains.retain(|chain| !chain.is_empty());
    chains
}

/// Whether nothing but separators, a bracket or a joining word stands in the gap.
fn linked(gap: &str) -> bool {
    if gap.len() > 120 || gap.matches('\n').count() > 2 {
        return false;
    }
    let mut depth = 0usize;
    let mut word = String::new();
    for c in gap.chars().chain([' ']) {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ if depth > 0 => {}
            c if c.is_alphanumeric() || c == '=' => word.push(c),
            _ => {
                if !word.is_empty() && !joins(&word) {
                    return false;
                }
                word.clear();
            }
        }
    }
    // A bracket that opens and is not closed before the next component: `pT3 (T3b)` is linked, a long remark is not.
    depth == 0 || gap.len() <= 4
}

fn joins(word: &str) -> bool {
    let counts = word.bytes().all(|byte| byte.is_ascii_digit());
    counts
        || matches!(
            word.to_lowercase().as_str(),
            "and"
                | "und"
                | "with"
                | "mit"
                | "sn"
                | "lk"
                | "ln"
                | "tnm"
                | "nos"
                | "local"
                | "lokal"
                | "locally"
                | "t"
                | "n"
                | "m"
        )
}

fn is_tnm(label: Label) -> bool {
    matches!(label, Label::T | Label::N | Label::M)
}

/// A component that proves itself: `pT2`, `ypN0`, `cM1`, `Pn1`, `N+`.
fn proves_itself(component: &Component) -> bool {
    let scanned = component.flags & (OCR_ONE | OCR_ZERO) != 0;
    let prefix = component.prefix;
    match component.label {
        Label::Pn => !component.spaced && !scanned,
        Label::N if component.value == "+" => true,
        Label::T | Label::N | Label::M => !scanned && prefix.plain && prefix.basis.is_some(),
        Label::G => component.spaced && !scanned && component.value.len() == 1 && component.end - component.start > 3,
        _ => false,
    }
}

fn judge(text: &str, chain: &[Component], accepted: &mut [bool]) {
    if chain_is_stage(text, chain) {
        for (i, taken) in accepted.iter_mut().enumerate() {
            *taken = fits_chain(text, chain, i);
        }
    }
    for (candidate, taken) in chain.iter().zip(accepted) {
        *taken = *taken || alone(text, candidate);
    }
}

fn chain_is_stage(text: &str, chain: &[Component]) -> bool {
    let has = |label: Label, scanned_too: bool| {
        chain.iter().any(|one| {
            one.label == label
                && (scanned_too || one.flags & (OCR_ONE | OCR_ZERO) == 0)
                && !(scanned_too && one.flags & OCR_ZERO != 0 && reads_as_word(text, one, chain))
        })
    };
    let n_tnm = |scanned| [Label::T, Label::N, Label::M].into_iter().filter(|&label| has(label, scanned)).count();
    let extras = [Label::V, Label::Pn, Label::R, Label::G].into_iter().filter(|&label| has(label, false)).count();
    let vessels = has(Label::L, false) && has(Label::V, false);
    chain.iter().any(|one| is_tnm(one.label) && proves_itself(one))
        || n_tnm(false) >= 2 && (has(Label::T, false) || in_order(chain))
        || has(Label::T, false) && n_tnm(true) >= 2
        || n_tnm(true) == 3
        || (has(Label::T, false) || has(Label::N, false))
            && (extras >= 2 || has(Label::G, false) || has(Label::R, false))
        || vessels
        || has(Label::Pn, false) && extras >= 2
        || extras >= 3
        || extras >= 2 && has(Label::G, false) && has_cue(&left_of(text, chain[0].start, 60), Side::Left, Label::G)
}

/// N before M; "M1/N2" are the initials of a typist.
fn in_order(chain: &[Component]) -> bool {
    chain.iter().position(|one| one.label == Label::N) < chain.iter().position(|one| one.label == Label::M)
}

/// Whether a member of an accepted chain may count. Scanned writing must touch a neighbour and not be a word ("T2 NO TUMOR").
fn fits_chain(text: &str, chain: &[Component], i: usize) -> bool {
    let one = &chain[i];
    let near = |a: usize, b: usize| chain[b].start - chain[a].end <= 4;
    let beside = i > 0 && near(i - 1, i) || i + 1 < chain.len() && near(i, i + 1);
    if one.flags & (OCR_ONE | OCR_ZERO) != 0 && !one.prefix.any() {
        return beside && !reads_as_word(text, one, chain);
    }
    match one.label {
        Label::S => beside && chain.iter().any(|other| is_tnm(other.label)),
        Label::L | Label::V | Label::R | Label::G => beside || chain.iter().any(|other| is_tnm(other.label)),
        _ => true,
    }
}

/// `NO`, `TO`, `MI` before a further word are words, not scanned categories.
fn reads_as_word(text: &str, one: &Component, chain: &[Component]) -> bool {
    let rest = text[one.end..].trim_start_matches([' ', '\t']);
    let next = text.len() - rest.len();
    if one.prefix.any() || chain.iter().any(|other| other.start == next) {
        return false;
    }
    let word: String = rest.chars().take_while(|c| c.is_alphabetic()).take(4).collect();
    word.chars().count() >= 3
}

/// A candidate without a chain: prefix, or a cue on one side and none against it.
fn alone(text: &str, one: &Component) -> bool {
    let scanned = one.flags & (OCR_ONE | OCR_ZERO) != 0;
    let proven = proves_itself(one);
    if proven && one.label != Label::G && one.value != "+" {
        return true;
    }
    if scanned && !one.prefix.any() || one.label == Label::G && matches!(one.value.as_str(), "L" | "H" | "B") {
        return false;
    }
    let reach = if matches!(one.label, Label::L | Label::V | Label::R) { 100 } else { 48 };
    let far_left = left_of(text, one.start, reach);
    let right = right_of(text, one.end, 26);
    let near_left = &far_left[floor_boundary(&far_left, far_left.len().saturating_sub(24))..];
    if has_cue(near_left, Side::Against, one.label) || has_cue(&right, Side::Against, one.label) {
        return false;
    }
    // "N2 lymph nodes examined" names a station of nodes.
    let station =
        one.label == Label::N && [" lymph", " node", "-lymph", " station"].iter().any(|word| right.starts_with(word));
    if station && !one.prefix.any() {
        return false;
    }
    // "(T3c/IIIC)" gives the FIGO stage beside its T.
    let figo = right.strip_prefix('/').is_some_and(|rest| rest.starts_with(['i', 'l', 'v']));
    if figo && one.label == Label::T && one.value.len() >= 2 {
        return true;
    }
    // "R1 = right lateral" and "Grading (G1-G3):" explain.
    let explains = right.starts_with(" = ")
        && !["resid", "mikro", "makro", "micro", "macro", "tumo"].iter().any(|word| right.contains(word));
    if explains && !one.prefix.any() || one.label == Label::G && right.starts_with("):") {
        return false;
    }
    if one.label == Label::R && one.value == "0" && !one.spaced {
        return true;
    }
    // Thyroid hormones come in pairs.
    let paired = [" und t", " and t", "/t", ", t"].iter().any(|joint| right.starts_with(joint))
        || ["t3 und ", "t3 and ", "t3/", "t3, ", "t4 und ", "t4 and "].iter().any(|joint| near_left.ends_with(joint));
    if one.label == Label::T && !one.prefix.any() && paired && matches!(one.value.as_str(), "3" | "4") {
        return false;
    }
    if proven || range_on_a_line_of_its_own(text, one) {
        return true;
    }
    // A cue counts within the sentence, or across one line break after a label.
    let clause = far_left.rsplit([';', '\u{2022}']).next().unwrap_or("");
    let clause = clause.rfind(". ").filter(|_| !clause.contains("aufl")).map_or(clause, |i| &clause[i + 2..]);
    if one.spaced && !one.prefix.any() && is_tnm(one.label) && !clause.contains("tnm") {
        return false;
    }
    if one.label == Label::T && one.value == "1-4" && one.prefix == component::Prefix::default() {
        return false;
    }
    let metastatic = one.label == Label::M
        && one.value.len() == 2
        && !one.spaced
        && text.as_bytes()[one.end - 1].is_ascii_lowercase();
    if metastatic || has_cue(clause, Side::Left, one.label) || has_cue(&far_left, Side::Adjacent, one.label) {
        return true;
    }
    let words = right.split(['.', ',', ';', '\n']).next().unwrap_or("");
    let joined = matches!(words.as_bytes().first(), Some(b' ' | b'-'));
    joined && !one.spaced && has_cue(words, Side::Right, one.label)
}

/// `T3/4` where nothing else stands on the line.
fn range_on_a_line_of_its_own(text: &str, one: &Component) -> bool {
    let written = &text[one.start..one.end];
    let before = text[..one.start].trim_end_matches([' ', '\t']);
    let after = text[one.end..].trim_start_matches([' ', '\t', '.']);
    one.label == Label::T
        && written.contains('/')
        && !written[1..].contains('T')
        && (before.is_empty() || before.ends_with('\n'))
        && (after.is_empty() || after.starts_with(['\n', '\r']))
}

fn floor_boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// `pNO` and `pMl` on lines of their own: taken where an accepted component stands within 300 bytes.
fn scanned_beside(candidates: &[Component], accepted: &mut [bool]) {
    const REACH: usize = 300;
    let mut last = None;
    let before: Vec<Option<usize>> = candidates
        .iter()
        .zip(accepted.iter())
        .map(|(one, &taken)| {
            let nearest = last;
            if taken {
                last = Some(one.end);
            }
            nearest
        })
        .collect();
    let mut next = None;
    for i in (0..candidates.len()).rev() {
        let one = &candidates[i];
        if accepted[i] {
            next = Some(one.start);
            continue;
        }
        let scanned = one.flags & (OCR_ONE | OCR_ZERO) != 0 && one.prefix.basis.is_some() && is_tnm(one.label);
        let near =
            before[i].is_some_and(|end| one.start - end <= REACH) || next.is_some_and(|start| start - one.end <= REACH);
        accepted[i] = scanned && near;
    }
}
