//! From mentions and relations to rows of the `medications` table.

use std::collections::HashMap;

use befund_core::{
    Assertion, Fate, Label, Language, Layout, MedicationRow, MedicationStatus, MentionRow, RelationRow, SectionKind,
    Span, Subject, Task, Temporality,
};

use super::DrugName;
use super::amount::{Amount, Per};
use super::daily::{ByTime, Regimen};
use super::lex::Tokens;
use super::link;
use super::list::{Headings, Says};
use super::piece::{self, Piece, Value};
use super::schedule::{self, Schedule};
use super::status::{self, Scene};
use super::taper;
use super::words::Form;

/// See `super::entries`.
pub(super) fn entries(
    text: &str,
    layout: &Layout,
    mentions: &[MentionRow],
    relations: &[RelationRow],
) -> Vec<MedicationRow> {
    let drugs: Vec<usize> = indices(mentions, |mention| mention.label == Label::Drug);
    let mut parts = parts_of(text, layout, mentions, relations, &drugs);
    let spans: Vec<Span> = drugs.iter().map(|&index| mentions[index].span).collect();
    let headings = if spans.is_empty() { Headings::of("", &[]) } else { Headings::of(text, &spans) };
    let names = names_of(text, &drugs.iter().map(|&index| &mentions[index]).collect::<Vec<_>>());
    let entry_of = same_entry(text, &spans, &names);
    for (place, &head) in entry_of.iter().enumerate().filter(|(place, head)| place != *head) {
        give_parts(&mut parts, mentions[drugs[place]].mention_id, mentions[drugs[head]].mention_id);
    }
    let mut rows = Vec::new();
    for (place, &index) in drugs.iter().enumerate() {
        let drug = &mentions[index];
        // A brand beside its substance is told by the row of the substance.
        if drug.subject != Subject::Patient || entry_of[place] != place {
            continue;
        }
        let sentence = sentence_of(text, layout, drug.span);
        let scene = Scene::of(text, sentence, layout.section_at(drug.span.start), &spans, place);
        let parts: &[&MentionRow] = parts.get(&drug.mention_id).map_or(&[], Vec::as_slice);
        let section = layout.sections.iter().rev().find(|section| section.span.start <= drug.span.start);
        let heading = headings.above(drug.span.start, section.map_or(0, |section| section.span.start));
        let Some(told) = status_of(&scene, drug, parts, heading) else { continue };
        let Some((status, by_model)) = weighed(told, drug.fate, parts) else { continue };
        let until = spans.get(place + 1).map_or(text.len() as u32, |next| next.start);
        let mut entry = row(text, layout, drug, names[place].clone(), until, parts, status);
        if heading == Says::WhenNeeded && !parts.is_empty() {
            entry.prn = true;
            (entry.daily_value, entry.daily_unit) = (None, None);
        }
        if by_model {
            entry.flags.push("status_by_model".to_owned());
        }
        rows.push(entry);
    }
    rows
}

fn indices(mentions: &[MentionRow], keep: impl Fn(&MentionRow) -> bool) -> Vec<usize> {
    (0..mentions.len()).filter(|&index| mentions[index].task == Task::Medication && keep(&mentions[index])).collect()
}

/// The sentence that holds the span; the line, where the layout has no sentences.
fn sentence_of(text: &str, layout: &Layout, span: Span) -> Span {
    match layout.sentence_at(span.start) {
        Some(index) if layout.sentences[index].span.contains(span) => layout.sentences[index].span,
        _ => {
            let start = text.get(..span.start as usize).and_then(|before| before.rfind('\n')).map_or(0, |at| at + 1);
            let end = text
                .get(span.end as usize..)
                .and_then(|after| after.find('\n'))
                .map_or(text.len(), |at| span.end as usize + at);
            Span::new(start, end.max(start))
        }
    }
}

/// What the rules say of a status, and on what grounds.
#[derive(Clone, Copy, Debug)]
enum Told {
    /// Words, a heading or a section say so.
    Said(MedicationStatus),
    /// Nothing speaks of it.
    Unsaid(MedicationStatus),
}

/// The status by rules and model together, and whether it is the model's against the rules; `None` where no row is due. The model decides where
/// no words do, and that a drug is only named; beside a regimen it must be nearly certain. Chosen for befund-deen-v5 by counts on passages that
/// nobody had read: below these scores it is wrong as often as it is right.
fn weighed(rules: Told, model: Option<Fate>, parts: &[&MentionRow]) -> Option<(MedicationStatus, bool)> {
    const SURE: f32 = 0.9;
    const SURE_OF_A_PLAN: f32 = 0.98;
    const SURE_BESIDE_A_REGIMEN: f32 = 0.995;
    const SURE_OF_NONE: f32 = 0.5;
    const SURE_OF_NONE_AGAINST_WORDS: f32 = 0.85;
    let (status, said) = match rules {
        Told::Said(status) => (status, true),
        Told::Unsaid(status) => (status, false),
    };
    let Some(fate) = model else { return Some((status, false)) };
    let has_regimen = parts.iter().any(|part| part.label != Label::Reason);
    let least = match fate.status {
        None if said || has_regimen => SURE_OF_NONE_AGAINST_WORDS,
        None => SURE_OF_NONE,
        Some(_) if has_regimen => SURE_BESIDE_A_REGIMEN,
        Some(MedicationStatus::Planned) => SURE_OF_A_PLAN,
        Some(_) => SURE,
    };
    match fate.status {
        None if fate.score >= least && !(said && has_regimen) => None,
        Some(other) if !said && fate.score >= least => Some((other, other != status)),
        _ => Some((status, false)),
    }
}

/// What the words around the drug and the columns of its mention say together; `None` where no row is due.
fn status_of(scene: &Scene, drug: &MentionRow, parts: &[&MentionRow], heading: Says) -> Option<Told> {
    use Told::{Said, Unsaid};
    let has_parts = !parts.is_empty();
    let cue = status::cue(scene);
    // `CAVE: Penicillinallergie, daher Clindamycin 1-1-1`: what has a schedule is taken.
    let scheduled = parts.iter().any(|part| part.label == Label::Frequency);
    let cue = match cue {
        None | Some(MedicationStatus::Active) => status::ended_by_an_event(scene, drug.span, scheduled).or(cue),
        told => told,
    };
    let in_allergies = scene.section == SectionKind::Allergies && !scheduled;
    if drug.assertion == Assertion::Negated {
        let no_more = scene.text.get(drug.span.end as usize..).is_some_and(|after| after.starts_with(" mehr"));
        return match cue {
            // `kein Clopidogrel mehr`
            _ if no_more => Some(Said(MedicationStatus::Stopped)),
            Some(MedicationStatus::Stopped) => Some(Said(MedicationStatus::Stopped)),
            Some(told @ (MedicationStatus::Active | MedicationStatus::Planned)) if scheduled => Some(Said(told)),
            _ if parts.iter().any(|part| !matches!(part.label, Label::Reason | Label::Route)) && !in_allergies => {
                Some(Said(MedicationStatus::Stopped))
            }
            _ => None,
        };
    }
    if !scheduled
        && !matches!(cue, Some(MedicationStatus::Stopped | MedicationStatus::Allergy))
        && status::is_refused(scene)
    {
        return None;
    }
    // `Falls keine Besserung, Beginn mit Prednisolon`; `zur Prophylaxe wurde X gegeben` was done.
    if drug.assertion == Assertion::Hypothetical
        && cue == Some(MedicationStatus::Active)
        && !status::tells_the_past(scene)
        && !status::is_continued(scene)
    {
        return Some(Said(MedicationStatus::Planned));
    }
    if let Some(status) = cue {
        return Some(Said(status));
    }
    if let Says::Status(status) = heading {
        return Some(Said(status));
    }
    if in_allergies || !has_parts && status::is_named_with_a_reaction(scene) {
        return Some(Said(MedicationStatus::Allergy));
    }
    if scene.section == SectionKind::Allergies {
        return Some(Said(MedicationStatus::Active));
    }
    Some(match drug.temporality {
        Temporality::History if status::is_a_consequence(scene) || has_day_scheme(scene, parts) => {
            Said(MedicationStatus::Active)
        }
        Temporality::History if status::is_beside_the_past(scene) => Unsaid(MedicationStatus::Active),
        Temporality::History => Said(MedicationStatus::Stopped),
        Temporality::Planned => Said(MedicationStatus::Planned),
        // `Medikamente: Clexane, Ibuprofen`: the heading says that they are taken.
        Temporality::Current if matches!(scene.section, SectionKind::Medication | SectionKind::DischargeMedication) => {
            Said(MedicationStatus::Active)
        }
        Temporality::Current => Unsaid(MedicationStatus::Active),
    })
}

/// `Z. n. Debulking, Lynparza 300 mg 1-0-1`: nobody writes the scheme of a day for what is long past.
fn has_day_scheme(scene: &Scene, parts: &[&MentionRow]) -> bool {
    parts.iter().filter(|part| part.label == Label::Frequency).any(|part| {
        let written = part.span.of(scene.text);
        written.starts_with(|sign: char| sign.is_ascii_digit()) && written.matches('-').count() >= 2
    })
}

/// The parts of each drug by its `mention_id`, in text order.
fn parts_of<'m>(
    text: &str,
    layout: &Layout,
    mentions: &'m [MentionRow],
    relations: &[RelationRow],
    drugs: &[usize],
) -> HashMap<u32, Vec<&'m MentionRow>> {
    let by_id: HashMap<u32, usize> =
        mentions.iter().enumerate().map(|(index, mention)| (mention.mention_id, index)).collect();
    let mut heads: HashMap<usize, Vec<u32>> = HashMap::new();
    for relation in relations {
        if let (Some(&head), Some(&tail)) = (by_id.get(&relation.head), by_id.get(&relation.tail))
            && mentions[head].task == Task::Medication
            && mentions[tail].task == Task::Medication
        {
            heads.entry(tail).or_default().push(relation.head);
        }
    }
    let mut parts: HashMap<u32, Vec<&MentionRow>> = HashMap::new();
    for index in indices(mentions, |mention| mention.label != Label::Drug) {
        let part = &mentions[index];
        match heads.get(&index) {
            Some(heads) => heads.iter().for_each(|head| parts.entry(*head).or_default().push(part)),
            None => {
                if let Some(drug) = nearest(text, layout, mentions, drugs, part) {
                    parts.entry(mentions[drug].mention_id).or_default().push(part);
                }
            }
        }
    }
    parts
}

/// What each drug is called; a short form as its mention says; a garbled name, where its brand stands beside it, after the brand.
fn names_of(text: &str, drugs: &[&MentionRow]) -> Vec<Option<DrugName>> {
    let beside = |index: usize| {
        let span = drugs[index].span;
        let next = drugs.get(index + 1).map(|next| next.span).filter(|next| next.start - span.end <= 4)?;
        super::first_name(text, Span::new(span.start as usize, next.end as usize), span)
    };
    let of_mention = |drug: &MentionRow| {
        Some(DrugName {
            inn: drug.name.clone()?,
            system: drug.system.clone()?,
            code: drug.code.clone(),
            misspelt: false,
        })
    };
    let named = |(index, drug): (usize, &&MentionRow)| {
        super::name(drug.span.of(text)).or_else(|| of_mention(drug)).or_else(|| beside(index))
    };
    drugs.iter().enumerate().map(named).collect()
}

/// For each drug the one that tells its entry: itself, but of `Ramipril (Delix®)` and `Xeloda (Capecitabin)` the substance.
fn same_entry(text: &str, spans: &[Span], names: &[Option<DrugName>]) -> Vec<usize> {
    let inn = |index: usize| names[index].as_ref().map(|name| name.inn.as_str());
    let same = |a: usize, b: usize| match (inn(a), inn(b)) {
        (Some(one), Some(other)) => link::is_same_or_brand(one, other, spans[b].of(text)),
        // `Ramipril (Detix®)`: a brand that is not in the table.
        (Some(_), None) => text.get(spans[b].end as usize..).is_some_and(|after| after.starts_with('®')),
        _ => false,
    };
    let mut entry_of = link::aliases(text, spans, same, |index| {
        inn(index).is_some_and(|inn| link::is_named_after(spans[index].of(text), inn))
    });
    // `Thiamin 100 mg + Pyridoxin 100 mg (Neurobion®)`: an unknown brand that closes its line in brackets.
    for index in (1..spans.len()).filter(|&index| inn(index).is_none()) {
        let before = text.get(spans[index - 1].end as usize..spans[index].start as usize).unwrap_or("\n");
        let after = text.get(spans[index].end as usize..).unwrap_or("");
        if before.ends_with(['(', '{', '[']) && before.len() < 40 && !before.contains('\n') && after.starts_with('®') {
            entry_of[index] = entry_of[index - 1];
        }
    }
    entry_of
}

/// Moves the parts of one drug to another.
fn give_parts(parts: &mut HashMap<u32, Vec<&MentionRow>>, from: u32, to: u32) {
    let Some(given) = parts.remove(&from) else { return };
    let kept = parts.entry(to).or_default();
    for part in given {
        if !kept.iter().any(|one| one.mention_id == part.mention_id) {
            kept.push(part);
        }
    }
    kept.sort_by_key(|part| part.span.start);
}

/// The nearest drug on the left in the sentence, or the next one on the right in it.
fn nearest(text: &str, layout: &Layout, mentions: &[MentionRow], drugs: &[usize], part: &MentionRow) -> Option<usize> {
    let sentence = sentence_of(text, layout, part.span);
    let place = drugs.partition_point(|&drug| mentions[drug].span.start <= part.span.start);
    let left = place.checked_sub(1).map(|place| drugs[place]);
    let right = drugs.get(place).copied();
    [left, right].into_iter().flatten().find(|&drug| sentence.contains(mentions[drug].span))
}

fn row(
    text: &str,
    layout: &Layout,
    drug: &MentionRow,
    name: Option<DrugName>,
    until: u32,
    parts: &[&MentionRow],
    status: MedicationStatus,
) -> MedicationRow {
    let written = drug.span.of(text).to_owned();
    let of = |label: Label| parts.iter().copied().filter(move |part| part.label == label);
    let words = |label: Label| of(label).next().map(|part| squeeze(part.span.of(text)));
    let read = |part: &MentionRow| piece::pieces(text, part.span, layout.language);
    let (mut regimen, bare) = regimen_of(text, layout.language, parts);
    let schedules: Vec<&MentionRow> = of(Label::Frequency).collect();
    let route = of(Label::Route).flat_map(read).find_map(|piece| match piece.value {
        Value::Route(route) => Some(route.to_owned()),
        _ => None,
    });
    regimen.insulin = name.as_ref().is_some_and(|name| name.inn.starts_with("insulin"));
    regimen.tapers = !parts.is_empty() && taper::tapers(text, layout, drug.span, until);
    let daily = regimen.daily();
    let schedule = (!schedules.is_empty())
        .then(|| schedules.iter().map(|part| squeeze(part.span.of(text))).collect::<Vec<_>>().join("; "));
    let in_pieces = regimen.strength.and_then(|amount| amount.value).or(bare);
    MedicationRow {
        mention_id: drug.mention_id,
        drug: written,
        code_system: name.as_ref().map(|name| name.system.clone()),
        code: name.as_ref().and_then(|name| name.code.clone()),
        flags: flags(name.as_ref(), regimen.tapers),
        inn: name.map(|name| name.inn),
        strength_value: in_pieces,
        strength_unit: regimen.strength.filter(|amount| amount.value.is_some()).map(|amount| amount.unit_name()),
        form: words(Label::Form),
        route: route.or_else(|| words(Label::Route)),
        schedule,
        doses: regimen.schedule.and_then(|schedule| schedule.doses),
        daily_value: daily.as_ref().map(|(value, _)| *value),
        daily_unit: daily.map(|(_, unit)| unit),
        prn: regimen.schedule.is_some_and(|schedule| schedule.prn),
        duration: words(Label::Duration),
        indication: words(Label::Reason),
        status,
    }
}

/// What the parts say together, and a strength without a unit.
fn regimen_of(text: &str, language: Language, parts: &[&MentionRow]) -> (Regimen, Option<f64>) {
    let of = |label: Label| parts.iter().copied().filter(move |part| part.label == label);
    let read = |part: &MentionRow| piece::pieces(text, part.span, language);
    let mut regimen = Regimen { by_time: by_time(text, language, parts), ..Regimen::default() };
    let mut bare = None;
    if let Some(part) = strength_of(text, &of(Label::Strength).collect::<Vec<_>>()) {
        for piece in read(part) {
            match piece.value {
                Value::Amount(amount) => regimen.strength = regimen.strength.or(Some(amount)),
                Value::Bare(value) => bare = bare.or(value),
                _ => {}
            }
        }
    }
    for piece in of(Label::Dose).flat_map(read) {
        match piece.value {
            Value::Amount(amount) => {
                // `2 x 110 mg/d` is what is taken each time.
                let each =
                    text.get(..piece.span.start as usize).is_some_and(|before| before.trim_end().ends_with(['x', '×']));
                let per = if each && amount.per == Per::Day { Per::Nothing } else { amount.per };
                regimen.dose = regimen.dose.or(Some(Amount { per, ..amount }));
            }
            Value::Count(count, form) => regimen.count = regimen.count.or(Some((count, form))),
            _ => {}
        }
    }
    for part in of(Label::Frequency) {
        let stated = schedule_of(text, part, &read(part));
        regimen.schedule = Some(regimen.schedule.map_or(stated, |schedule: Schedule| schedule.and(stated)));
    }
    (regimen, bare)
}

/// What to look at in an entry.
fn flags(name: Option<&DrugName>, tapers: bool) -> Vec<String> {
    let misspelt = name.is_some_and(|name| name.misspelt);
    [(misspelt, "misspelt"), (tapers, "tapering")]
        .into_iter()
        .filter(|(holds, _)| *holds)
        .map(|(_, flag)| flag.to_owned())
        .collect()
}

/// `OD`, `1x tgl.`: how often, and not when.
fn says_daily(words: &str) -> bool {
    let words = words.to_lowercase();
    ["tgl", "täglich", "daily", "qd", "od"].iter().any(|daily| words.contains(daily))
}

/// Amounts or counts that each stand beside a time of day of their own, as many as times: `100 mg morgens, 50 mg abends`.
fn by_time(text: &str, language: Language, parts: &[&MentionRow]) -> Option<ByTime> {
    let mut order = String::new();
    let (mut amounts, mut pieces) = (Vec::new(), 0.0);
    for part in parts {
        for piece in piece::pieces(text, part.span, language) {
            match piece.value {
                Value::Amount(Amount { value, unit, per: Per::Nothing }) => {
                    order.push('a');
                    amounts.push((value?, unit));
                }
                Value::Count(count, Form::Piece | Form::Puff) => {
                    order.push('c');
                    pieces += count?;
                }
                Value::Schedule(schedule) if schedule.is_one_time_of_day() && !says_daily(piece.span.of(text)) => {
                    order.push('t')
                }
                Value::Schedule(_) => return None,
                _ => {}
            }
        }
    }
    match order.as_str() {
        "atat" | "tata" | "atatat" | "tatata" if amounts.iter().all(|(_, unit)| *unit == amounts[0].1) => {
            Some(ByTime::Amount(amounts.iter().map(|(value, _)| value).sum(), amounts[0].1))
        }
        "actct" | "atctc" | "actctct" | "atctctc" | "ctct" | "tctc" => Some(ByTime::Pieces(pieces)),
        _ => None,
    }
}

/// The strength that holds: the first, but the new one in `von 5 mg auf 10 mg erhöht`, `5 mg, increased to 10 mg`.
fn strength_of<'m>(text: &str, strengths: &[&'m MentionRow]) -> Option<&'m MentionRow> {
    let changed = strengths.iter().skip(1).find(|part| {
        const TO: [&str; 9] = [
            "erhöht auf",
            "gesteigert auf",
            "reduziert auf",
            "gesenkt auf",
            "increased to",
            "reduced to",
            "decreased to",
            "raised to",
            "lowered to",
        ];
        let before = text.get(..part.span.start as usize).unwrap_or("").trim_end();
        let arrow = ["->", "→", "=>"].iter().any(|arrow| before.ends_with(arrow));
        if arrow || TO.iter().any(|words| before.ends_with(words)) {
            return true;
        }
        let first = strengths[0].span.start as usize;
        let lead = text.get(..first).unwrap_or("").trim_end();
        (before.ends_with(" auf") || before.ends_with(" to"))
            && (lead.ends_with(" von") || lead.ends_with(" from") || is_changed(text, first, part.span.end as usize))
    });
    changed.or(strengths.first()).copied()
}

/// `8 mg wurde auf 12 mg 1-0-1 gesteigert`: it was done, not planned.
fn is_changed(text: &str, first: usize, second_end: usize) -> bool {
    const DONE: [&str; 8] =
        ["gesteigert", "erhöht", "reduziert", "gesenkt", "aufdosiert", "angehoben", "halbiert", "verdoppelt"];
    const TO_BE_DONE: [&str; 10] =
        ["soll", "sollte", "kann", "könnte", "bitte", "werden", "wird", "geplant", "ggf", "evtl"];
    let rest = text.get(second_end..).unwrap_or("");
    let end =
        rest.match_indices(['.', ';', '\n']).map(|(at, _)| at).find(|&at| !rest[at..].starts_with(". ") || at > 6);
    let end = second_end + end.unwrap_or(rest.len()).min(rest.floor_char_boundary(48));
    let has = |from: usize, words: &[&str]| {
        let part = text.get(from..end).unwrap_or("");
        part.split(|sign: char| !sign.is_alphabetic()).any(|word| words.contains(&word))
    };
    has(second_end, &DONE) && !has(first, &TO_BE_DONE)
}

/// Characters behind a scheme in which its unit may stand.
const UNIT_REACH: usize = 12;

/// The schedule of one mention; doses are amounts where a unit follows the span (`0-0-0-18 IE`).
fn schedule_of(text: &str, part: &MentionRow, pieces: &[Piece]) -> Schedule {
    let all = |pieces: &[Piece]| {
        let stated = pieces.iter().filter_map(|piece| match piece.value {
            Value::Schedule(schedule) => Some(schedule),
            _ => None,
        });
        stated.fold(Schedule::default(), Schedule::and)
    };
    let start = part.span.end as usize;
    let after = text.get(start..).unwrap_or("").char_indices();
    let mut near = after.take(UNIT_REACH).take_while(|(_, sign)| !matches!(sign, '\n' | ';'));
    let end = near.by_ref().last().map_or(start, |(at, sign)| start + at + sign.len_utf8());
    let tokens = Tokens::read(text, start, end, Language::De);
    let bar = usize::from(tokens.is_sign(0, '|'));
    let unit = schedule::unit_of_doses(&tokens, bar);
    let mut schedule = all(pieces);
    if let (Some(_), None, Some(last)) = (unit, schedule.doses, tokens.get(bar)) {
        // `500-0-500 mg`: only the unit makes a scheme of it.
        schedule = all(&piece::pieces(text, Span::new(part.span.start as usize, last.end), Language::De));
    }
    if schedule.doses.is_some() {
        schedule.doses_unit = schedule.doses_unit.or(unit);
    }
    schedule
}

/// The words with single blanks.
fn squeeze(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
