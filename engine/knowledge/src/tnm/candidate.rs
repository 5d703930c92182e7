//! Which letter-and-digit writings are components of a stage: a byte scan for candidates, chains of neighbours, evidence.
//!
//! A candidate alone proves little: `T2` is a stage, a vertebra, a magnetic resonance weighting or a paraffin block. It is taken when
//! its prefix says so (`pT2`), when it stands in a chain that only a stage can be (`T2 N0`), or when a cue word stands beside it and
//! none that speaks against it; what is not taken has a reason. It does not know values' meaning; that is `statement`'s question.

mod evidence;

use befund_core::{Label, Refusal, Span};

use super::component::{self, Component, OCR_ONE, OCR_ZERO};
use evidence::{is_tnm, judge};

/// What a text was looked through for: components, and candidates that are none.
pub(crate) struct Candidates {
    /// Components of stages in text order.
    pub components: Vec<Component>,
    /// The others, each with its reason, in no particular order.
    pub refused: Vec<(Label, Span, Refusal)>,
}

/// Looks through a text.
pub(crate) fn components(text: &str) -> Candidates {
    let mut refused = Vec::new();
    let candidates = candidates(text, &mut refused);
    let mut verdicts: Vec<Result<(), Refusal>> = vec![Err(Refusal::NoCue); candidates.len()];
    for chain in chains(text, &candidates) {
        judge(text, &candidates[chain.clone()], &mut verdicts[chain]);
    }
    scanned_beside(&candidates, &mut verdicts);
    let mut components = Vec::with_capacity(candidates.len());
    for (candidate, verdict) in candidates.into_iter().zip(verdicts) {
        match verdict {
            Ok(()) => components.push(candidate),
            Err(reason) => refused.push((candidate.label, span_of(&candidate), reason)),
        }
    }
    Candidates { components, refused }
}

fn span_of(component: &Component) -> Span {
    Span::new(component.start, component.end)
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

fn candidates(text: &str, refused: &mut Vec<(Label, Span, Refusal)>) -> Vec<Component> {
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
            Some(component) if component.lot => {
                // `T3N1M0-44`: what is glued to it is part of the label.
                let mut start = component.start;
                while let Some(glued) = found.pop_if(|one| one.end == start) {
                    start = glued.start;
                    refused.push((glued.label, span_of(&glued), Refusal::BlockOrLot));
                }
                refused.push((component.label, span_of(&component), Refusal::BlockOrLot));
                i += 1;
            }
            Some(component) => {
                floor = component.end;
                i = component.end;
                found.push(component);
            }
            None => i += 1,
        }
    }
    drop_broken_glue(text, &mut found, refused);
    capital_pn(text, &mut found);
    found
}

/// A quick look at both sides, before the grammar is asked.
fn worth_reading(bytes: &[u8], at: usize, floor: usize) -> bool {
    let left = if at == 0 { b' ' } else { bytes[at - 1] };
    if bytes[at].is_ascii_lowercase() && !matches!(left, b'p' | b'c' | b'u') {
        return false;
    }
    if left == b'p' && component::glued_to_a_word(bytes, at, floor) {
        return true;
    }
    if left.is_ascii_alphabetic() && at != floor {
        return matches!(left.to_ascii_lowercase(), b'p' | b'c' | b'y' | b'r' | b'a' | b'm' | b'u')
            && (at < 5 || !bytes[at - 5..at].iter().all(u8::is_ascii_alphabetic));
    }
    true
}

/// Removes components that run into a word: `T2Nase`. A glued T, N and M do not: `T2NOMXPage 1`.
fn drop_broken_glue(text: &str, found: &mut Vec<Component>, refused: &mut Vec<(Label, Span, Refusal)>) {
    let mut keep = vec![true; found.len()];
    for i in (0..found.len()).rev() {
        if found[i].open {
            let glued = |a: usize, b: usize| found[a].end == found[b].start;
            let whole = i >= 2
                && [Label::T, Label::N, Label::M] == [found[i - 2].label, found[i - 1].label, found[i].label]
                && glued(i - 2, i - 1)
                && glued(i - 1, i);
            keep[i] = whole || heads_a_word(text, &found[i]) || i + 1 < found.len() && glued(i, i + 1) && keep[i + 1];
        }
    }
    for i in 1..found.len() {
        if !keep[i - 1] && found[i].start == found[i - 1].end {
            keep[i] = false;
        }
    }
    let mut keep = keep.into_iter();
    found.retain(|one| {
        let kept = keep.next().unwrap_or(false);
        // "Vorhof" and "Mitte" are words from their first letter on: nobody asks why.
        let figure = one.flags & (OCR_ONE | OCR_ZERO) == 0 && one.value.bytes().any(|byte| byte.is_ascii_digit());
        if !kept && figure {
            refused.push((one.label, span_of(one), Refusal::RunsIntoAWord));
        }
        kept
    });
}

/// `pMXDiagnosis`: a scanner has lost the line's end behind a component that its prefix proves.
fn heads_a_word(text: &str, one: &Component) -> bool {
    let mut after = text[one.end..].chars();
    one.prefix.plain
        && one.prefix.basis == Some('p')
        && after.next().is_some_and(char::is_uppercase)
        && after.take(3).filter(|c| c.is_lowercase()).count() == 3
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

/// `pNO` and `pMl` on lines of their own: taken where an accepted component stands within 300 bytes.
fn scanned_beside(candidates: &[Component], verdicts: &mut [Result<(), Refusal>]) {
    const REACH: usize = 300;
    let mut last = None;
    let before: Vec<Option<usize>> = candidates
        .iter()
        .zip(verdicts.iter())
        .map(|(one, verdict)| {
            let nearest = last;
            if verdict.is_ok() {
                last = Some(one.end);
            }
            nearest
        })
        .collect();
    let mut next = None;
    for i in (0..candidates.len()).rev() {
        let one = &candidates[i];
        if verdicts[i].is_ok() {
            next = Some(one.start);
            continue;
        }
        let scanned = one.flags & (OCR_ONE | OCR_ZERO) != 0 && one.prefix.basis.is_some() && is_tnm(one.label);
        let near =
            before[i].is_some_and(|end| one.start - end <= REACH) || next.is_some_and(|start| start - one.end <= REACH);
        if scanned && near {
            verdicts[i] = Ok(());
        }
    }
}
