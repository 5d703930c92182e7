//! A statement while its mentions are being read.
//!
//! `Draft` decides whether the next mention still belongs to it, fills the columns, and settles at its end what only the whole tells: the node
//! count that counts, prefixes taken from a neighbour, measures in the text around.

use befund_core::{Label, MentionRow, Span, Subject, TnmRow, Validity};

use super::{REACH, empty_row, flag_once};
use crate::tnm::component::{Component, OCR_ONE, OCR_ZERO, RANGE};
use crate::tnm::lexicon::{left_of, right_of};
use crate::tnm::measure;
use crate::tnm::print;
use crate::tnm::reading::Reading;

/// An open statement.
pub(super) struct Draft {
    /// What is known so far.
    pub row: TnmRow,
    last_end: u32,
    /// Positive, examined, right after an N component.
    counts: Vec<(u32, u32, bool)>,
    sentinel: Option<(u32, u32)>,
    n_end: Option<u32>,
    /// Context of the first T, N, M, stage or Gleason.
    stated: bool,
    /// Basis letters that T, N, M stated of themselves; the first of them is the one that neighbours inherit.
    bases: Vec<(Label, char)>,
    /// Whether a T, N or M was read.
    staged: bool,
}

fn leads(label: Label) -> bool {
    matches!(label, Label::T | Label::N | Label::M | Label::Stage | Label::Gleason)
}

impl Draft {
    pub fn new(mention: &MentionRow) -> Self {
        let mut row = empty_row(mention.span, mention.assertion, mention.temporality);
        if mention.subject == Subject::Family {
            row.flags.push("family".to_owned());
        }
        Self {
            row,
            last_end: mention.span.end,
            counts: Vec::new(),
            sentinel: None,
            n_end: None,
            stated: false,
            bases: Vec::new(),
            staged: false,
        }
    }

    /// Moves the end to the last offered category before `start`.
    pub fn bridge(&mut self, bridges: &[u32], start: u32) {
        let before = bridges.partition_point(|end| *end <= start);
        if let Some(&end) = before.checked_sub(1).and_then(|i| bridges.get(i)) {
            self.last_end = self.last_end.max(end);
        }
    }

    fn slot(&self, label: Label) -> Option<&str> {
        let row = &self.row;
        match label {
            Label::T => &row.t,
            Label::N => &row.n,
            Label::M => &row.m,
            Label::L => &row.l,
            Label::V => &row.v,
            Label::Pn => &row.pn,
            Label::R => &row.r,
            Label::S => &row.s,
            Label::G => &row.grade,
            Label::Stage => &row.stage,
            _ => &None,
        }
        .as_deref()
    }

    /// Whether the mention belongs to this statement.
    pub fn takes(
        &self,
        text: &str,
        mention: &MentionRow,
        reading: &Reading,
        next: Option<&(&MentionRow, Reading)>,
    ) -> bool {
        let gap = mention.span.start.saturating_sub(self.last_end);
        if gap > REACH {
            return false;
        }
        let same_context = mention.temporality == self.row.temporality
            && self.is_of_subject(mention)
            && mention.assertion == self.row.assertion;
        if self.stated && leads(mention.label) && !same_context {
            return false;
        }
        match reading {
            Reading::Component(found) if matches!(found.label, Label::T | Label::N | Label::M) => {
                let stated = self.staged && found.prefix.basis.is_some();
                let own = !self.bases.is_empty();
                // M has no y of its own: `ypT2 ypN0 cM0`.
                if stated
                    && own
                    && found.label != Label::M
                    && (found.prefix.y != self.row.y || found.prefix.r && !self.row.r_recurrence)
                {
                    return false;
                }
                match self.slot(found.label) {
                    None => true,
                    Some(value) => {
                        // A T said again after an N or M begins the next statement, also where it says the same: otherwise a report
                        // that repeats itself would be one statement from its first line to its last.
                        let again = found.label == Label::T && (self.row.n.is_some() || self.row.m.is_some());
                        let same = value == found.value && self.same_basis(found) && !again;
                        same || self.refines(text, mention, value, found)
                    }
                }
            }
            Reading::Component(_) | Reading::Grade(_) => {
                let differs = self.slot(mention.label).is_some_and(|value| value != value_of(reading));
                let heads_next = next.is_some_and(|(other, _)| {
                    matches!(other.label, Label::T | Label::N)
                        && other.span.start.saturating_sub(mention.span.end) <= 40
                });
                !((differs || self.heads_t(text, mention, next)) && heads_next && self.row.t.is_some())
            }
            Reading::Gleason { .. } => !(self.heads_t(text, mention, next) && self.row.t.is_some()),
            _ => true,
        }
    }

    /// A grade or score that shares a new line with the next T is of that T.
    fn heads_t(&self, text: &str, mention: &MentionRow, next: Option<&(&MentionRow, Reading)>) -> bool {
        let breaks = |from: u32, to: u32| text.get(from as usize..to as usize).is_some_and(|gap| gap.contains('\n'));
        breaks(self.last_end, mention.span.start)
            && next.is_some_and(|(other, _)| other.label == Label::T && !breaks(mention.span.end, other.span.start))
    }

    /// The row has no subject column: a relative's stage is told by `family` among its flags.
    fn is_of_subject(&self, mention: &MentionRow) -> bool {
        (mention.subject == Subject::Family) == self.row.flags.iter().any(|flag| flag == "family")
    }

    fn same_basis(&self, found: &Component) -> bool {
        let known = self.bases.iter().find(|(label, _)| *label == found.label).map(|(_, basis)| *basis);
        known.is_none() || found.prefix.basis.is_none() || known == found.prefix.basis
    }

    /// `pT3 (T3b)`: the second says the first more exactly.
    fn refines(&self, text: &str, mention: &MentionRow, value: &str, found: &Component) -> bool {
        let gap = text.get(self.last_end as usize..mention.span.start as usize).unwrap_or("");
        let apart = gap.trim_matches([' ', '(', ')', '[', ',', ':', '=']);
        gap.len() <= 4 && apart.is_empty() && found.value.starts_with(value) && self.same_basis(found)
    }

    pub fn add(&mut self, text: &str, mention: &MentionRow, reading: &Reading) {
        if leads(mention.label) && !self.stated {
            self.stated = true;
            self.row.assertion = mention.assertion;
            self.row.temporality = mention.temporality;
        }
        self.row.mention_ids.push(mention.mention_id);
        self.row.span = self.row.span.cover(mention.span);
        match reading {
            Reading::Component(found) => {
                // What follows the mention is not in its text.
                let next = text.as_bytes().get(mention.span.end as usize);
                if found.label == Label::T && found.value.ends_with('c') && matches!(next, Some(b'N' | b'M')) {
                    self.flag("ambiguous_c");
                }
                self.component(found, mention);
            }
            Reading::Grade(value) => self.set(Label::G, value.clone()),
            Reading::Stage { value, .. } => self.stage(text, mention, value),
            Reading::Nodes { positive, examined } => self.nodes(text, mention, *positive, *examined),
            Reading::Edition(value) => {
                set_or_flag(&mut self.row.edition, value.clone(), &mut self.row.flags, "conflict")
            }
            Reading::Gleason { patterns, sum } => self.gleason(*patterns, *sum),
        }
        if reading.scanned_one() {
            self.flag("ocr_one");
        }
        self.last_end = self.last_end.max(mention.span.end);
    }

    fn flag(&mut self, flag: &str) {
        flag_once(&mut self.row.flags, flag);
    }

    fn component(&mut self, found: &Component, mention: &MentionRow) {
        for (bit, flag) in [(OCR_ZERO, "ocr_zero"), (OCR_ONE, "ocr_one"), (RANGE, "range")] {
            if found.flags & bit != 0 {
                self.flag(flag);
            }
        }
        let row = &mut self.row;
        row.y |= found.prefix.y;
        row.r_recurrence |= found.prefix.r;
        row.a_autopsy |= found.prefix.a;
        let basis = found.prefix.basis.map(String::from);
        let suffix = (!found.suffix.is_empty()).then(|| found.suffix.clone());
        match found.label {
            Label::T => {
                row.t = Some(found.value.clone());
                row.t_prefix = basis.or_else(|| row.t_prefix.take());
                row.t_suffix = suffix.or_else(|| row.t_suffix.take());
                row.multiplicity = found.multiplicity.clone().or_else(|| row.multiplicity.take());
            }
            Label::N => {
                row.n = Some(found.value.clone());
                row.n_prefix = basis.or_else(|| row.n_prefix.take());
                row.n_suffix = suffix.or_else(|| row.n_suffix.take());
                self.n_end = Some(mention.span.end);
            }
            Label::M => {
                row.m = Some(found.value.clone());
                row.m_prefix = basis.or_else(|| row.m_prefix.take());
                row.m_suffix = suffix.or_else(|| row.m_suffix.take());
            }
            Label::R => return self.set(Label::R, format!("{}{}", found.value, found.suffix)),
            label => return self.set(label, found.value.clone()),
        }
        self.staged = true;
        if let Some(basis) = found.prefix.basis
            && !self.bases.iter().any(|(label, _)| *label == found.label)
        {
            self.bases.push((found.label, basis));
        }
    }

    /// Fills a slot that only the first writing may fill; another value is flagged.
    fn set(&mut self, label: Label, value: String) {
        let row = &mut self.row;
        let slot = match label {
            Label::L => &mut row.l,
            Label::V => &mut row.v,
            Label::Pn => &mut row.pn,
            Label::R => &mut row.r,
            Label::S => &mut row.s,
            Label::G => &mut row.grade,
            _ => return,
        };
        set_or_flag(slot, value, &mut row.flags, "conflict");
    }

    fn stage(&mut self, text: &str, mention: &MentionRow, value: &str) {
        let system = stage_system(text, mention.span);
        let known = self.row.stage_system.as_deref();
        // FIGO beside UICC is a second system, not a conflict: the first stays.
        if self.row.stage.is_some() && system.is_some() && known.is_some() && system != known {
            return self.flag("second_stage_system");
        }
        set_or_flag(&mut self.row.stage, value.to_owned(), &mut self.row.flags, "conflict");
        if self.row.stage_system.is_none() {
            self.row.stage_system = system.map(str::to_owned);
        }
    }

    fn nodes(&mut self, text: &str, mention: &MentionRow, positive: u32, examined: u32) {
        if positive > examined {
            return self.flag("nodes_refused");
        }
        // "(0/0)": no node was found in what was thought to be one.
        if examined == 0 {
            return;
        }
        let left = left_of(text, mention.span.start as usize, 32);
        let right = right_of(text, mention.span.end as usize, 14);
        let near = right.split([')', ',', ';', '\n']).next().unwrap_or("");
        let after_n = self.n_end.is_some_and(|end| mention.span.start.saturating_sub(end) <= 12);
        let sentinel =
            near.contains("sn") || near.contains("sentinel") || near.contains("sln") || sentinel_before(&left, after_n);
        if sentinel {
            self.sentinel.get_or_insert((positive, examined));
        } else {
            self.counts.push((positive, examined, after_n));
        }
    }

    fn gleason(&mut self, patterns: Option<(u32, u32)>, sum: Option<u32>) {
        if let (Some((primary, secondary)), Some(sum)) = (patterns, sum)
            && primary + secondary != sum
        {
            self.flag("gleason_sum");
            self.row.validity = Validity::Invalid;
        }
        let Some((primary, secondary)) = patterns else { return };
        match (self.row.gleason_primary, self.row.gleason_secondary) {
            (None, None) => {
                self.row.gleason_primary = Some(primary);
                self.row.gleason_secondary = Some(secondary);
            }
            known if known != (Some(primary), Some(secondary)) => self.flag("conflict"),
            _ => {}
        }
    }

    pub fn says_something(&self) -> bool {
        let row = &self.row;
        let named = [&row.t, &row.n, &row.m, &row.stage, &row.l, &row.v, &row.pn, &row.r, &row.s, &row.grade];
        named.iter().any(|slot| slot.is_some()) || row.gleason_primary.is_some() || self.stated
    }

    pub fn finish(mut self, text: &str, room: Span, statement_id: u32) -> TnmRow {
        self.inherit_prefixes();
        self.settle_counts();
        let row = &mut self.row;
        let from = text.floor_char_boundary(row.span.start.saturating_sub(REACH).max(room.start) as usize);
        let to = text.floor_char_boundary((row.span.end + REACH).min(room.end) as usize);
        let measures = measure::read(text.get(from..to).unwrap_or(""));
        row.breslow_mm = measures.breslow_mm;
        row.clark = measures.clark;
        row.isup = measures.isup;
        row.statement_id = statement_id;
        row.formula = print::formula(row);
        if [&row.t, &row.n, &row.m].into_iter().flatten().any(|value| exists_nowhere(value)) {
            row.validity = Validity::Invalid;
        }
        row.flags.sort();
        self.row
    }

    /// `ypT3N1`: N takes the p of its neighbour. M0 does not: a pathologist cannot see it (UICC 7th edition on).
    fn inherit_prefixes(&mut self) {
        let Some(basis) = self.bases.first().map(|(_, basis)| basis.to_string()) else { return };
        let row = &mut self.row;
        let mut inherited = false;
        for (value, slot, is_m) in
            [(&row.t, &mut row.t_prefix, false), (&row.n, &mut row.n_prefix, false), (&row.m, &mut row.m_prefix, true)]
        {
            let may = value.as_deref().is_some_and(|value| !(is_m && value.starts_with('0')));
            if may && slot.is_none() {
                *slot = Some(basis.clone());
                inherited = true;
            }
        }
        if inherited {
            self.flag("inherited_prefix");
        }
    }

    /// The count beside N stands for the statement; without one, a count is taken only where all agree.
    fn settle_counts(&mut self) {
        let sentinel = self.sentinel;
        self.counts.retain(|count| sentinel != Some((count.0, count.1)));
        let beside = self.counts.iter().find(|count| count.2).or_else(|| {
            let first = self.counts.first()?;
            self.counts.iter().all(|count| (count.0, count.1) == (first.0, first.1)).then_some(first)
        });
        match beside {
            Some(&(positive, examined, _)) => {
                self.row.nodes_positive = Some(positive);
                self.row.nodes_examined = Some(examined);
            }
            None if !self.counts.is_empty() => self.flag("several_node_counts"),
            None => {}
        }
        if let Some((positive, examined)) = self.sentinel {
            self.row.sentinel_positive = Some(positive);
            self.row.sentinel_examined = Some(examined);
        }
    }
}

/// `pN0(sn) (0/2)` and "Sentinel-Lymphknoten 0/2".
fn sentinel_before(left: &str, after_n: bool) -> bool {
    let tail = left.trim_end_matches([' ', '(', '[']);
    if after_n {
        tail.ends_with("(sn)") || tail.ends_with("sn)") || tail.ends_with("sn")
    } else {
        let clause = left.rsplit([',', ';']).next().unwrap_or("");
        clause.contains("sentinel") || clause.contains("sln")
    }
}

fn value_of(reading: &Reading) -> &str {
    match reading {
        Reading::Component(found) => &found.value,
        Reading::Grade(value) => value,
        _ => "",
    }
}

fn set_or_flag(slot: &mut Option<String>, value: String, flags: &mut Vec<String>, flag: &str) {
    match slot {
        None => *slot = Some(value),
        Some(known) if *known != value => flag_once(flags, flag),
        Some(_) => {}
    }
}

/// The system named nearest before the stage, or right after it.
fn stage_system(text: &str, span: Span) -> Option<&'static str> {
    const NAMES: [(&str, &str); 7] = [
        ("figo", "figo"),
        ("ann arbor", "ann_arbor"),
        ("ann-arbor", "ann_arbor"),
        ("uicc", "uicc"),
        ("ajcc", "uicc"),
        ("dukes", "dukes"),
        ("masaoka", "masaoka"),
    ];
    let left = left_of(text, span.start as usize, 70);
    let right = right_of(text, span.end as usize, 24);
    let nearest = NAMES.iter().filter_map(|(name, system)| Some((left.rfind(name)?, *system))).max();
    let clause = |at: usize| !left[at..].contains(';') && !left[at..].contains("\n\n");
    nearest.filter(|(at, _)| clause(*at)).map(|(_, system)| system).or_else(|| {
        let bracket =
            right.trim_start().strip_prefix(['(', ',']).or_else(|| right.trim_start().strip_prefix("nach"))?;
        NAMES.iter().find(|(name, _)| bracket.trim_start().starts_with(name)).map(|(_, system)| *system)
    })
}

/// 0 and X have no subcategories in any edition.
fn exists_nowhere(value: &str) -> bool {
    let mut letters = value.chars();
    matches!(letters.next(), Some('0' | 'X')) && letters.next().is_some_and(|c| c.is_ascii_lowercase())
}
