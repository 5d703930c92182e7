//! Which part of a regimen belongs to which drug of the sentence.
//!
//! A part belongs to the nearest drug on its left, as long as the chain from the drug to it is short; a part that stands directly before a
//! drug (`20 mg Prednisolon`, `3x 1 g Novalgin`) belongs to that one. Parts that stand beside no drug are dropped: a laboratory value, a
//! tumour's size, a telephone number are not medication.

use befund_core::{Label, Span};

use super::amount::Per;
use super::bare::is_bare_strength;
use super::piece::{Piece, Value};
use super::schedule::{Rhythm, Schedule};
use super::words::Unit;
use crate::drug::{self, Hit};

/// A part with its label and the index of its drug.
#[derive(Clone, Copy, Debug)]
pub(super) struct Linked {
    pub piece: Piece,
    pub label: Label,
    pub drug: usize,
}

/// Most bytes between a drug (or the last part joined to it) and an amount.
const NEAR: usize = 45;
/// Most bytes before a schedule, route or duration.
const FAR: usize = 70;
/// Most bytes after which a name that needs company finds it.
const BESIDE: usize = 14;

/// Drops names that need a dose, form, route or schedule beside them and have none, and names followed by a laboratory value.
pub(super) fn admit(text: &str, hits: Vec<Hit>, pieces: &[Piece], strict: bool) -> Vec<Hit> {
    hits.into_iter()
        .filter(|hit| {
            let next = pieces.partition_point(|piece| piece.span.start < hit.span.end);
            let after = pieces.get(next);
            if let Some(Piece { span, value: Value::Laboratory }) = after
                && is_value_of(text, hit.span.end, span.start)
            {
                return false;
            }
            if hit.allergy {
                return true;
            }
            if names_a_person_or_place(text, hit.span) || is_tested(text, hit.span) || is_carrier(text, hit.span) {
                return false;
            }
            // `HCT 38 %` is the haematocrit; `NaCl 0,9 %` is a solution.
            let percent = after.is_some_and(|piece| {
                matches!(piece.value, Value::Amount(amount) if amount.unit == Unit::Percent)
                    && piece.span.start <= hit.span.end + 2
            });
            if percent && hit.guard.is_abbreviation() && !hit.span.of(text).ends_with("Cl") {
                return false;
            }
            let company = |piece: &Piece| {
                let gap = between(text, hit.span.end, piece.span.start);
                // `Oxis, morgens und abends 2 Hub`
                let listed = matches!(piece.value, Value::Schedule(_)) && gap == Some(", ");
                speaks_of_taking(piece)
                    && (listed
                        || gap.is_some_and(|gap| {
                            gap.len() <= BESIDE && !gap.contains([',', ';', ':']) && gap.split_whitespace().count() <= 1
                        }))
            };
            let before = |piece: &Piece| {
                matches!(piece.value, Value::Amount(_) | Value::Count(..))
                    && between(text, piece.span.end, hit.span.start).is_some_and(|gap| gap.trim().is_empty())
            };
            // The last part that ends before the name: `5` of `5FU` is none.
            let last = pieces.partition_point(|piece| piece.span.start < hit.span.start).checked_sub(1);
            let beside = || after.is_some_and(company) || last.is_some_and(|last| before(&pieces[last]));
            // `ASA 81, plavix 75`: a bare strength directly behind.
            let bare = || {
                after.is_some_and(|piece| {
                    matches!(piece.value, Value::Bare(Some(value)) if value >= 50.0)
                        && between(text, hit.span.end, piece.span.start) == Some(" ")
                })
            };
            !(hit.guard.dose || strict) || beside() || !strict && hit.guard.is_abbreviation() && bare()
        })
        .collect()
}

/// `Dr. Beloc`, `Lantus Road`.
fn names_a_person_or_place(text: &str, span: Span) -> bool {
    const TITLES: [&str; 10] = ["Dr.", "Prof.", "Herr", "Herrn", "Frau", "Fr.", "Hr.", "Mr.", "Mrs.", "Ms."];
    const PLACES: [&str; 8] = ["Road", "Street", "Avenue", "Straße", "Str.", "Weg", "Platz", "Allee"];
    let before = text.get(..span.start as usize).unwrap_or("");
    let title =
        before.ends_with(' ') && before.split_whitespace().next_back().is_some_and(|word| TITLES.contains(&word));
    let after = text.get(span.end as usize..).unwrap_or("").strip_prefix(' ').unwrap_or("");
    title || PLACES.iter().any(|place| after.starts_with(place))
}

/// `1 g in 100 ml NaCl 0,9 %`, `in 10ml Glucose`: what another drug is dissolved in.
fn is_carrier(text: &str, span: Span) -> bool {
    const CARRIERS: [&str; 6] = ["nacl", "glucose", "glukose", "kochsalz", "natriumchlorid", "ringer"];
    let name = span.of(text).to_lowercase();
    let before = text.get(..span.start as usize).unwrap_or("").trim_end();
    let amount = before.strip_suffix("ml").or(before.strip_suffix("mL")).map(str::trim_end);
    CARRIERS.iter().any(|carrier| name.starts_with(carrier))
        && amount.is_some_and(|amount| {
            let word = amount.trim_end_matches(|sign: char| sign.is_ascii_digit() || sign == '.');
            word.len() < amount.len() && [" in ", " ad ", "\nin ", " + "].iter().any(|lead| word.ends_with(lead))
        })
}

/// `sensibel auf Ampicillin, Cotrimoxazol`, `resistant to ciprofloxacin`: an antibiogram, nothing that is taken.
pub(super) fn is_tested(text: &str, span: Span) -> bool {
    const TESTS: [&str; 12] = [
        "sensibel auf",
        "sensibel gegen",
        "sensibel gegenüber",
        "empfindlich auf",
        "empfindlich gegen",
        "empfindlich gegenüber",
        "resistent gegen",
        "resistent gegenüber",
        "resistent auf",
        "resistant to",
        "susceptible to",
        "sensitive to",
    ];
    // `Antibiogramm: Ampicillin R, Cefotaxim S`; `Everolimus nicht bestimmt`
    let after = text.get(span.end as usize..).unwrap_or("");
    if ["-Hemmtest", "-Test", "-Spiegel", "-Stadium", " suppression test"].iter().any(|test| after.starts_with(test)) {
        return true;
    }
    let verdict = after
        .strip_prefix(" ")
        .and_then(|after| after.strip_prefix(['R', 'S', 'I']))
        .or_else(|| after.strip_prefix(" nicht bestimmt"));
    if verdict.is_some_and(|rest| rest.is_empty() || rest.starts_with([',', ';', ')', '.', '\n'])) {
        return true;
    }
    let start = (span.start as usize).saturating_sub(160);
    let start = (start..=span.start as usize).find(|&at| text.is_char_boundary(at)).unwrap_or(start);
    let before = text.get(start..span.start as usize).unwrap_or("");
    let before = before.rsplit(['.', ';', '\n']).next().unwrap_or("").to_lowercase();
    let Some((at, test)) = TESTS.iter().filter_map(|test| before.rfind(test).map(|at| (at, test))).max() else {
        return false;
    };
    // From there only names in a list.
    let list = &before[at + test.len()..];
    list.split([',', '/', ' '])
        .all(|word| !matches!(word, "daher" | "deshalb" | "wurde" | "therapie" | "was" | "therefore" | "we"))
}

/// Whether a laboratory value at `start` is the value of the name that ends at `end`: `Lithium 0,8 mmol/l`, `Digoxin: 1,1 ng/ml`.
fn is_value_of(text: &str, end: u32, start: u32) -> bool {
    between(text, end, start).is_some_and(|gap| {
        gap.len() <= 16
            && gap.split_whitespace().count() <= 2
            && !gap.contains([';', ','])
            && !gap.contains(" bei ")
            && !gap.contains(" at ")
    })
}

pub(super) fn speaks_of_taking(piece: &Piece) -> bool {
    match piece.value {
        Value::Amount(amount) => amount.per != Per::Laboratory,
        Value::Count(..) | Value::Form | Value::Route(_) => true,
        Value::Schedule(schedule) => {
            schedule.doses.is_some()
                || schedule.times.is_some()
                || schedule.prn
                || schedule.rhythm == Rhythm::NotDaily && !schedule.cycle
        }
        _ => false,
    }
}

pub(super) fn between(text: &str, from: u32, to: u32) -> Option<&str> {
    text.get(from as usize..to as usize)
}

/// For each drug the index of the name that its parts go to: itself, or of two names for one substance in neighbouring cells or in brackets
/// (`Torasemid | Torem | 10 mg`, `Xeloda (Capecitabin)`) the substance. `same` compares two drugs; `is_substance` tells brands from INNs.
pub(super) fn aliases(
    text: &str,
    drugs: &[Span],
    same: impl Fn(usize, usize) -> bool,
    is_substance: impl Fn(usize) -> bool,
) -> Vec<usize> {
    let mut alias: Vec<usize> = (0..drugs.len()).collect();
    for index in 1..drugs.len() {
        let gap = between(text, drugs[index - 1].end, drugs[index].start).unwrap_or("x");
        let gap = behind_a_compound(gap);
        let neighbours = gap.len() <= 12
            && gap.chars().all(|sign| sign.is_whitespace() || matches!(sign, '|' | '(' | '[' | '{' | '®' | '*' | '™'))
            && !gap.is_empty()
            && !gap.contains('\n');
        if !neighbours || !same(index - 1, index) {
            continue;
        }
        if alias[index - 1] == index - 1 && is_substance(index) && !is_substance(index - 1) {
            alias[index - 1] = index;
        } else {
            alias[index] = alias[index - 1];
        }
    }
    alias
}

/// The gap behind the rest of a compound: `Diclofenac-Salbenverbände (Voltaren Emulgel)`.
fn behind_a_compound(gap: &str) -> &str {
    let Some(rest) = gap.strip_prefix('-') else { return gap };
    let after = rest.trim_start_matches(char::is_alphabetic);
    if after.len() < rest.len() && after.starts_with(" (") { after } else { gap }
}

/// Whether two neighbours are one substance, or the second is the brand of a product that holds the first (`Vitamin D/Calcium Sandocal D`).
pub(super) fn is_same_or_brand(first: &str, second: &str, written: &str) -> bool {
    let shared = || first.split('/').any(|part| second.split('/').any(|other| part == other));
    first == second || second.contains('/') && shared() && !second.split('/').any(|part| is_named_after(written, part))
}

/// Whether a name as written is the INN in some spelling rather than a brand: they begin alike.
pub(super) fn is_named_after(written: &str, inn: &str) -> bool {
    let start = |name: &str| name.chars().flat_map(char::to_lowercase).take(6).collect::<String>();
    start(written) == start(inn)
}

/// What has been joined to one drug so far.
#[derive(Clone, Copy, Default)]
struct Chain {
    /// End of the drug or of the last part joined to it.
    reach: u32,
    /// A schedule is joined.
    scheduled: bool,
    /// One that is not for every day.
    not_daily: bool,
    /// The strength is a concentration, so that the next amount is a dose.
    concentration: bool,
}

/// `Morgens: Ramipril 5 mg, Bisoprolol 2,5 mg`: the time of day that opens a line, for the drugs behind it that have no other.
fn opening_time(text: &str, drugs: &[Span], pieces: &[Piece]) -> Option<Piece> {
    let (first, drug) = (pieces.first()?, drugs.first()?);
    let Value::Schedule(schedule) = first.value else { return None };
    let gap = between(text, first.span.end, drug.start)?;
    (schedule.is_one_time_of_day() && gap.trim() == ":").then_some(*first)
}

/// `isoniazid 300 mg, rifampicin 600 mg, all once daily`, `Valsartan 80 mg und Amlodipin 5 mg, jeweils 1-0-0`: for each drug of the list
/// that has no other.
fn share_with_all(text: &str, drugs: &[Span], alias: &[usize], linked: &mut Vec<Linked>) {
    const ALL: [&str; 7] = ["all", "both", "each", "jeweils", "je", "beide", "alle"];
    let says_all = |one: &&Linked| {
        let before = text.get(..one.piece.span.start as usize).unwrap_or("").trim_end();
        one.label == Label::Frequency
            && before.rsplit(|sign: char| !sign.is_alphabetic()).next().is_some_and(|word| ALL.contains(&word))
    };
    let said: Vec<Linked> = linked.iter().filter(says_all).copied().collect();
    for one in said {
        for drug in (0..one.drug).rev() {
            let timed = linked.iter().any(|other| other.drug == drug && other.label == Label::Frequency);
            if timed || !is_listed(text, drugs[drug].end, drugs[drug + 1].start) {
                break;
            }
            if alias[drug] == drug {
                linked.push(Linked { drug, ..one });
            }
        }
    }
}

/// `Tag 1`, `100 mg/m²`, `AUC 6`, `über 46 h`: how chemotherapy is given.
fn speaks_of_a_protocol(piece: &Piece) -> bool {
    match piece.value {
        Value::Amount(amount) => amount.per == Per::SquareMetre,
        Value::Schedule(schedule) => schedule.cycle,
        Value::Area | Value::Infusion => true,
        _ => false,
    }
}

/// In a protocol the amounts of cytostatics are doses, and a day of the cycle or its length holds for all of a list: `am Tag 1 Oxaliplatin 85 mg/m²,
/// Calciumfolinat 400 mg/m² und ...`, `Carboplatin AUC 5, Paclitaxel 175 mg/m² Tag 1`.
fn protocol(text: &str, drugs: &[Span], alias: &[usize], linked: &mut Vec<Linked>) {
    let given: Vec<bool> = drugs.iter().map(|drug| drug::is_in_protocols(drug.of(text))).collect();
    for one in linked.iter_mut().filter(|one| given[one.drug] && one.label == Label::Strength) {
        if matches!(one.piece.value, Value::Amount(_)) {
            one.label = Label::Dose;
        }
    }
    // `Docetaxel 75 mg/m² + Trastuzumab 6 mg/kg alle 21 Tage`
    let is_shared = |one: &&Linked| match one.piece.value {
        Value::Schedule(schedule) => schedule.cycle || given[one.drug] && schedule.rhythm == Rhythm::NotDaily,
        _ => false,
    };
    let days: Vec<Linked> = linked.iter().filter(is_shared).copied().collect();
    let mut timed = vec![false; drugs.len()];
    linked.iter().filter(|one| one.label == Label::Frequency).for_each(|one| timed[one.drug] = true);
    let untimed = (0..drugs.len()).filter(|&drug| given[drug] && alias[drug] == drug && !timed[drug]);
    let mut shared = Vec::new();
    for drug in untimed {
        // The day that was said before the list, else the one behind it.
        let earlier = days.partition_point(|day| day.piece.span.end <= drugs[drug].start);
        let before = days[..earlier].iter().rev().take(NEIGHBOURS).find(|day| {
            day.piece.span.end <= drugs[day.drug].start && is_listed(text, drugs[day.drug].end, drugs[drug].start)
        });
        let later = days.partition_point(|day| day.piece.span.start < drugs[drug].end);
        let behind = || {
            let next = days.get(later)?.drug;
            let end = |day: &&Linked| day.drug == next && day.piece.span.start >= drugs[next].end;
            let stated = days[later..].iter().take(NEIGHBOURS).filter(end);
            is_listed(text, drugs[drug].end, drugs[next].start).then(|| stated.collect::<Vec<_>>())
        };
        let found = before.map(|day| vec![day]).or_else(behind).unwrap_or_default();
        shared.extend(found.into_iter().map(|day| Linked { drug, ..*day }));
    }
    linked.extend(shared);
}

/// Most days of a cycle that are looked at on either side of a drug.
const NEIGHBOURS: usize = 8;

/// Whether two drugs stand in one list: no full stop between them.
fn is_listed(text: &str, from: u32, to: u32) -> bool {
    between(text, from, to).is_some_and(|gap| gap.len() < 120 && !stops(gap) && !gap.contains("\n\n"))
}

/// Joins the parts of one sentence to its drugs; `alias` as from `aliases`.
pub(super) fn link(text: &str, drugs: &[Span], alias: &[usize], pieces: &[Piece]) -> Vec<Linked> {
    let mut right = vec![None; pieces.len()];
    for index in (0..pieces.len()).rev() {
        right[index] = right_of(text, drugs, pieces, &right, index);
    }
    let mut linked: Vec<Linked> = Vec::new();
    let mut chains: Vec<Chain> = drugs.iter().map(|span| Chain { reach: span.end, ..Chain::default() }).collect();
    for (index, piece) in pieces.iter().enumerate() {
        let Some(label) = piece.label() else { continue };
        if drugs
            .get(drugs.partition_point(|drug| drug.end <= piece.span.start))
            .is_some_and(|drug| drug.overlaps(piece.span))
        {
            continue;
        }
        let left = left_of(text, drugs, &chains, pieces, index);
        let drug = match (left, right[index]) {
            (Some((drug, _)), None) => drug,
            // A capital `Bei` opens a sentence: `Bei RR > 180 Nitrendipin`.
            (Some((_, gap)), Some(other)) if separates(gap) || piece.span.of(text).starts_with("Bei ") => other,
            (Some((drug, _)), Some(_)) => drug,
            (None, Some(other)) => other,
            (None, None) => continue,
        };
        if matches!(piece.value, Value::Bare(_)) && !is_bare_strength(text, drugs, drug, pieces, index) {
            continue;
        }
        let gap = left.filter(|(left, _)| *left == drug).map_or("", |(_, gap)| gap);
        let Some((piece, label)) = chains[drug].take(text, *piece, label, gap) else { continue };
        linked.push(Linked { piece, label, drug: alias[drug] });
    }
    if pieces.iter().any(speaks_of_a_protocol) {
        protocol(text, drugs, alias, &mut linked);
    }
    share_with_all(text, drugs, alias, &mut linked);
    if let Some(piece) = opening_time(text, drugs, pieces) {
        let timed = |drug: usize| linked.iter().any(|one| one.drug == drug && one.label == Label::Frequency);
        let untimed = (0..drugs.len()).filter(|&drug| alias[drug] == drug && !timed(drug)).collect::<Vec<_>>();
        linked.extend(untimed.into_iter().map(|drug| Linked { piece, label: Label::Frequency, drug }));
    }
    linked
}

impl Chain {
    /// Takes a part that stands `gap` behind the chain; `None` where it does not belong after all. The part may change its label.
    fn take(&mut self, text: &str, piece: Piece, label: Label, gap: &str) -> Option<(Piece, Label)> {
        let mut taken = (piece, label);
        match piece.value {
            Value::Amount(amount) => {
                if label == Label::Strength && self.concentration {
                    taken.1 = Label::Dose;
                }
                self.concentration |= amount.per == Per::Ml || amount.unit == Unit::Percent;
            }
            Value::Schedule(schedule) => {
                // `1x wöchentlich (montags)`, `1-0-0 | Kalium wöchentlich`: a second schedule joins only with nothing else between.
                let vague = schedule.doses.is_none() && !schedule.prn && schedule.most.is_none();
                let aside =
                    gap.trim_end().ends_with('(') && self.not_daily || gap.contains(char::is_alphabetic) && vague;
                if self.scheduled && aside {
                    return None;
                }
                // `bei Bedarf bei Schmerzen`, `1-0-1 bei Obstipation`: the second is the reason.
                if schedule.prn
                    && self.scheduled
                    && let Some(condition) = condition(text, piece.span)
                {
                    taken = (Piece { span: condition, value: Value::Reason }, Label::Reason);
                }
                self.scheduled = true;
                self.not_daily |= schedule.rhythm == Rhythm::NotDaily;
            }
            _ => {}
        }
        self.reach = self.reach.max(piece.span.end);
        Some(taken)
    }
}

/// The condition in `bei Schmerzen`, `bei starken Schmerzen`.
fn condition(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text);
    let rest = words.strip_prefix("bei ")?;
    let word = rest.rsplit(' ').next()?;
    (!word.to_lowercase().starts_with("bedarf")).then(|| Span::new(span.end as usize - word.len(), span.end as usize))
}

/// The drug directly to the right, with nothing between but blanks and other such parts.
fn right_of(text: &str, drugs: &[Span], pieces: &[Piece], right: &[Option<usize>], index: usize) -> Option<usize> {
    let piece = &pieces[index];
    if !matches!(piece.value, Value::Amount(_) | Value::Count(..) | Value::Schedule(_) | Value::Form | Value::Route(_))
    {
        return None;
    }
    let drug = Some(drugs.partition_point(|drug| drug.start < piece.span.end)).filter(|drug| *drug < drugs.len())?;
    if let Some(next) = pieces.get(index + 1)
        && next.span.start < drugs[drug].start
    {
        let gap = between(text, piece.span.end, next.span.start)?;
        return right[index + 1].filter(|_| gap.trim().is_empty());
    }
    let gap = between(text, piece.span.end, drugs[drug].start)?;
    let close = match piece.value {
        Value::Amount(_) | Value::Count(..) => matches!(gap.trim(), "" | "of" | "von"),
        Value::Form => {
            matches!(gap.trim(), "of" | "mit") || gap == " " && index > 0 && right_amount(text, pieces, index)
        }
        // `alle 3 Monate mit Zoladex`
        // `alle 3 Monate mit Zoladex`, `die einmalige Gabe von Zoladex`, `mehrfach täglich mit Bepanthen`
        Value::Schedule(schedule) if schedule.rhythm == Rhythm::NotDaily || schedule == Schedule::several() => {
            matches!(gap, " " | " mit " | " with " | " Gabe von " | " Applikation von " | " Verabreichung von ")
                || is_treatment_with(gap)
        }
        // `3x tgl. Fußbad mit Kamillosan`
        Value::Schedule(schedule) if schedule.times.is_some() => gap == " " || is_treatment_with(gap),
        _ => gap == " ",
    };
    (close && gap.len() <= 26).then_some(drug)
}

/// ` Fußbad mit `, ` Inhalation mit `, ` Mundspülung mit `: how often it is done is how often the drug is given.
fn is_treatment_with(gap: &str) -> bool {
    const TREATMENTS: [&str; 14] = [
        "bad",
        "bäder",
        "inhalation",
        "inhalationen",
        "spülung",
        "spülungen",
        "verband",
        "verbände",
        "verbandswechsel",
        "verbandwechsel",
        "einreibung",
        "pinselung",
        "umschläge",
        "pflege",
    ];
    let lead = gap.strip_prefix(' ').and_then(|gap| gap.strip_suffix(" mit ")).map(str::to_lowercase);
    lead.is_some_and(|word| !word.contains(' ') && TREATMENTS.iter().any(|treatment| word.ends_with(treatment)))
}

/// Whether the form at `index` follows a count or an amount directly: `2 Tbl. Paracetamol` keeps both.
fn right_amount(text: &str, pieces: &[Piece], index: usize) -> bool {
    matches!(pieces[index - 1].value, Value::Amount(_) | Value::Bare(_))
        && between(text, pieces[index - 1].span.end, pieces[index].span.start).is_some_and(|gap| gap.trim().is_empty())
}

/// The nearest drug on the left and the text between it (or its chain) and the part.
fn left_of<'t>(
    text: &'t str,
    drugs: &[Span],
    chains: &[Chain],
    pieces: &[Piece],
    index: usize,
) -> Option<(usize, &'t str)> {
    let piece = &pieces[index];
    let drug = drugs.partition_point(|drug| drug.end <= piece.span.start).checked_sub(1)?;
    let from = chains[drug].reach;
    let gap = if from > piece.span.start { "" } else { between(text, from, piece.span.start)? };
    let changed = gap.trim_end().ends_with(" auf") || gap.trim_end().ends_with(" to") || gap.trim() == "auf";
    let limit = match piece.value {
        Value::Amount(amount) if amount.unit == Unit::Percent => 3,
        Value::Amount(_) if changed => 2 * FAR,
        Value::Amount(_) => NEAR,
        Value::Count(..) | Value::Form => NEAR / 2,
        Value::Bare(_) => 16,
        // `abgesetzt bei Hyperkaliämie` says why it ended.
        // `1-0-0, Hypertonie`: behind a comma or a bracket only where a schedule was said.
        Value::Reason if gap.trim_end().ends_with([',', '(']) && !chains[drug].scheduled => 0,
        Value::Reason if ENDED.iter().any(|word| gap.contains(word)) => 0,
        Value::Reason => FAR / 2,
        Value::Duration | Value::Infusion if words_in(gap) > 5 => 0,
        Value::Stretch | Value::Area => 3,
        Value::Schedule(schedule) if schedule.counts_high() && words_in(gap) > 0 => 0,
        Value::Schedule(schedule) if schedule.doses.is_none() && words_in(gap) > 2 => 0,
        Value::Schedule(schedule) if schedule.prn && words_in(gap) > 1 => 0,
        _ => FAR,
    };
    // `Ramipril 5 mg;` or the end of the line, and then nothing but the scheme.
    let scheme = matches!(piece.value, Value::Schedule(schedule) if schedule.doses.is_some());
    let goes_on = gap.trim() == ";" || scheme && gap.trim().is_empty() && gap.matches('\n').count() == 1;
    // A laboratory value or a full stop between ends the chain.
    let since = pieces[..index].iter().rev().take_while(|other| other.span.start >= from);
    let broken = gap.len() > limit
        || chains[drug].scheduled && opens_another_item(gap)
        || since.into_iter().any(|other| other.value == Value::Laboratory)
        || gap.contains(['\n', ';']) && !(goes_on && matches!(piece.value, Value::Schedule(_)))
        || stops(gap);
    (!broken).then_some((drug, gap))
}

/// `1-0-0, Iberogast 20 Tr.`: behind a comma a name that the tables do not have.
fn opens_another_item(gap: &str) -> bool {
    let word = gap.split_once(',').and_then(|(_, rest)| rest.split_whitespace().next()).unwrap_or("");
    word.len() > 4 && word.starts_with(char::is_uppercase) && word.chars().all(char::is_alphabetic)
}

/// Words after which a condition is not what the drug is taken for.
const ENDED: &[&str] =
    &["abgesetzt", "pausiert", "gestoppt", "reduziert", "stopped", "held", "discontinued", "Cave", "CAVE"];

/// Words in the gap.
fn words_in(gap: &str) -> usize {
    gap.split_whitespace().filter(|word| word.starts_with(char::is_alphabetic)).count()
}

/// Whether a sentence ends inside the gap (`. D`).
fn stops(gap: &str) -> bool {
    gap.match_indices(". ").any(|(at, _)| gap[at + 2..].starts_with(char::is_uppercase) && at > 3)
}

/// Whether something stands between that begins a new item.
fn separates(gap: &str) -> bool {
    let trimmed = gap.trim_end();
    trimmed.ends_with([',', ';', ':', '+', '.', '(', '/', '-', '–'])
        || gap.contains(['\n', '\t'])
        || [
            "und", "and", "mit", "with", "sowie", "plus", "von", "of", "Gabe", "auf", "am", "an", "then", "dann",
            "oder", "or", "über", "per", "given", "durch",
        ]
        .iter()
        .any(|word| trimmed.ends_with(word))
        || gap.split_whitespace().count() > 3
}

/// Words that do not lead from one step of a regimen to the next.
fn strange_words(gap: &str) -> usize {
    let word = |word: &&str| {
        word.starts_with(char::is_alphabetic)
            && !["ab", "danach", "dann", "then", "from", "ret.", "retard", "à", "je"].contains(word)
    };
    gap.split_whitespace().filter(word).count()
}

/// Whether a line holds a regimen and hardly anything else: `47,5 mg 1-0-0`, `ab 13.07.: 75 mg 1-0-1`.
pub(super) fn is_regimen_alone(text: &str, line: Span, pieces: &[Piece]) -> bool {
    let counted = pieces.iter().any(|piece| matches!(piece.value, Value::Count(..)));
    let speaks = pieces.iter().any(|piece| match piece.value {
        Value::Amount(amount) => !amount.unit.is_volume() && amount.unit != Unit::Percent,
        // `2 Hub morgens und abends`
        Value::Schedule(schedule) => schedule.doses.is_some() || counted && schedule.times.is_some(),
        _ => false,
    });
    if !speaks || pieces.iter().any(|piece| piece.value == Value::Laboratory) {
        return false;
    }
    let mut others = 0;
    let mut at = line.start;
    for piece in pieces.iter().filter(|piece| !matches!(piece.value, Value::Bare(_))) {
        others += between(text, at, piece.span.start).map_or(9, strange_words);
        at = piece.span.end;
    }
    others + between(text, at, line.end).map_or(9, strange_words) == 0
}
