//! One list of mentions from the model's and the rules'.
//!
//! The same thing found twice becomes one mention, `found_by both`, with the model's score. Where the spans differ, the rules' span is kept
//! for stages, drugs and regimens, which follow a form or stand in a table, and the model's for reasons, which do not. Two labels of
//! one task on overlapping text cannot both stand: both-found before one-found, in medication the rules' before the model's, then the
//! longer, then the higher score, then the label's order. Spans of different tasks may overlap.
//!
//! Where rules exist for a task, what the model alone saw must be worth more: the rules miss little of it, and a wrong stage in a registry
//! costs more than a missing one. `trusted` decides.

use std::collections::BTreeSet;

use befund_core::{Found, FoundBy, Label, Language, Mention, Relation, RelationType, Span, Task};

/// Whether the grammar's span is the better one.
fn rule_span_wins(task: Task, label: Label) -> bool {
    task == Task::Tnm || task == Task::Medication && label != Label::Reason
}

/// What the model sees, with the parts of a name put together again that only a space divides: `grand mal` and `seizures` are one event.
/// No corpus has two events, two conditions, or in English two drugs, so close; German lists name drug after drug. The whole is as sure
/// as its surest part and has the relations of all.
pub(crate) fn whole(text: &str, language: Language, model: Found) -> Found {
    let belong = |label| {
        matches!(label, Label::Ade | Label::Indication | Label::Reason)
            || label == Label::Drug && language == Language::En
    };
    let mut whole: Vec<Mention> = Vec::with_capacity(model.mentions.len());
    let mut place: Vec<u32> = Vec::with_capacity(model.mentions.len());
    for mention in model.mentions {
        let before = whole.iter().rposition(|one| (one.task, one.label) == (mention.task, mention.label));
        let gap = before.and_then(|index| text.get(whole[index].span.end as usize..mention.span.start as usize));
        match before.filter(|_| gap == Some(" ") && belong(mention.label)) {
            Some(index) => {
                whole[index].span.end = mention.span.end;
                whole[index].score = [whole[index].score, mention.score].into_iter().flatten().reduce(f32::max);
                place.push(index as u32);
            }
            None => {
                place.push(whole.len() as u32);
                whole.push(mention);
            }
        }
    }
    let at = |index: u32| place.get(index as usize).copied();
    let relations = model.relations.into_iter().filter_map(|relation| {
        let (head, tail) = (at(relation.head)?, at(relation.tail)?);
        (head != tail).then_some(Relation { head, tail, ..relation })
    });
    Found { origin: model.origin, relations: relations.collect(), mentions: whole }
}

/// Mentions of both, ordered by start, end, task, label; relations with indices into them, without duplicates.
///
/// A mention of the model that no rule found is kept where `trusted` says so.
pub(crate) fn merge(model: Found, rules: Found, trusted: impl Fn(&Mention) -> bool) -> Found {
    let mut pool: Vec<Mention> = model.mentions;
    let offset = pool.len();
    // target[i]: where mention i of (model ++ rules) went in the pool.
    let mut target: Vec<usize> = (0..offset).collect();
    let order = by_start(&pool);
    for rule in rules.mentions {
        let twin = overlapping(&pool, &order, rule.span)
            .filter(|&i| pool[i].task == rule.task && pool[i].label == rule.label)
            .max_by_key(|&i| (shared(pool[i].span, rule.span), std::cmp::Reverse(i)));
        match twin {
            Some(i) => {
                if rule_span_wins(rule.task, rule.label) && pool[i].found_by == FoundBy::Model {
                    pool[i].span = rule.span;
                }
                pool[i].found_by = FoundBy::Both;
                target.push(i);
            }
            None => {
                target.push(pool.len());
                pool.push(rule);
            }
        }
    }
    let out: Vec<bool> = pool.iter().map(|one| one.found_by == FoundBy::Model && !trusted(one)).collect();
    let winner = settle(&pool, &out);
    let mut relations: Vec<Relation> = rules
        .relations
        .into_iter()
        .map(|relation| Relation {
            head: relation.head + offset as u32,
            tail: relation.tail + offset as u32,
            ..relation
        })
        .collect();
    let place = |i: u32| target.get(i as usize).and_then(|&pooled| winner[pooled]);
    // An amount or a schedule that the rules gave to one drug is not another's that has its own.
    let ends = |relation: &Relation| Some((relation.kind, place(relation.head)?, place(relation.tail)?));
    let given: BTreeSet<_> = relations.iter().filter_map(ends).collect();
    let heads: BTreeSet<_> = given.iter().map(|&(kind, head, _)| (kind, head)).collect();
    let tails: BTreeSet<_> = given.iter().map(|&(kind, _, tail)| (kind, tail)).collect();
    let regimen = [RelationType::StrengthOf, RelationType::DoseOf, RelationType::FrequencyOf];
    relations.extend(model.relations.into_iter().filter(|relation| {
        ends(relation).is_some_and(|(kind, head, tail)| {
            !regimen.contains(&kind)
                || given.contains(&(kind, head, tail))
                || !heads.contains(&(kind, head))
                || !tails.contains(&(kind, tail))
        })
    }));
    let mut found = Found { origin: model.origin, ..Found::default() };
    let mut kept: Vec<usize> = (0..pool.len()).filter(|&i| winner[i] == Some(i)).collect();
    kept.sort_by_key(|&i| order_of(&pool[i]));
    let mut rank = vec![0u32; pool.len()];
    for (new, &old) in kept.iter().enumerate() {
        rank[old] = new as u32;
    }
    found.relations = relations
        .into_iter()
        .filter_map(|relation| {
            let (head, tail) = (place(relation.head)?, place(relation.tail)?);
            (head != tail).then(|| Relation { head: rank[head], tail: rank[tail], ..relation })
        })
        .collect();
    let score = |relation: &Relation| relation.score.map_or(-1.0, |score| score);
    found
        .relations
        .sort_by(|a, b| (a.head, a.tail, a.kind).cmp(&(b.head, b.tail, b.kind)).then(score(b).total_cmp(&score(a))));
    found.relations.dedup_by(|b, a| (a.head, a.tail, a.kind) == (b.head, b.tail, b.kind));
    found.mentions = kept.into_iter().map(|i| pool[i].clone()).collect();
    found
}

fn order_of(mention: &Mention) -> (u32, u32, Task, Label) {
    (mention.span.start, mention.span.end, mention.task, mention.label)
}

fn shared(a: Span, b: Span) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// Indices by start, and the longest span, so that overlaps are found without looking at every pair.
struct Order {
    by_start: Vec<(u32, usize)>,
    longest: u32,
}

fn by_start(pool: &[Mention]) -> Order {
    let mut by_start: Vec<(u32, usize)> = pool.iter().enumerate().map(|(i, mention)| (mention.span.start, i)).collect();
    by_start.sort_unstable();
    let longest = pool.iter().map(|mention| mention.span.len() as u32).max().unwrap_or(0);
    Order { by_start, longest }
}

fn overlapping<'a>(pool: &'a [Mention], order: &'a Order, span: Span) -> impl Iterator<Item = usize> + 'a {
    let from = order.by_start.partition_point(|(start, _)| *start < span.start.saturating_sub(order.longest));
    order.by_start[from..]
        .iter()
        .take_while(move |(start, _)| *start < span.end)
        .map(|&(_, i)| i)
        .filter(move |&i| pool[i].span.overlaps(span))
}

/// For each mention the one that stands for it: itself, an equal label that won, or none. Those that are `out` do not take part.
fn settle(pool: &[Mention], out: &[bool]) -> Vec<Option<usize>> {
    let mut ranked: Vec<usize> = (0..pool.len()).filter(|&i| !out[i]).collect();
    ranked.sort_by(|&a, &b| {
        // A name of the tables, an amount or a schedule that the grammar read outweighs what the model makes of the same letters.
        let read = |mention: &Mention| {
            mention.task == Task::Medication
                && mention.found_by == FoundBy::Rule
                && rule_span_wins(mention.task, mention.label)
        };
        let strength = |mention: &Mention| (mention.found_by == FoundBy::Both, read(mention), mention.span.len());
        strength(&pool[b])
            .cmp(&strength(&pool[a]))
            .then(pool[b].score.unwrap_or(0.0).total_cmp(&pool[a].score.unwrap_or(0.0)))
            .then(order_of(&pool[a]).cmp(&order_of(&pool[b])))
    });
    let order = by_start(pool);
    let mut winner: Vec<Option<usize>> = vec![None; pool.len()];
    for &i in &ranked {
        let rival = overlapping(pool, &order, pool[i].span)
            .filter(|&j| j != i && winner[j] == Some(j) && pool[j].task == pool[i].task)
            .min();
        winner[i] = match rival {
            None => Some(i),
            Some(j) if pool[j].label == pool[i].label => Some(j),
            Some(_) => None,
        };
    }
    winner
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mention(task: Task, label: Label, start: usize, end: usize, score: Option<f32>) -> Mention {
        let span = Span::new(start, end);
        match score {
            Some(score) => Mention::by_model(task, label, span, score),
            None => Mention::by_rule(task, label, span),
        }
    }

    fn found(mentions: Vec<Mention>) -> Found {
        Found { mentions, ..Found::default() }
    }

    #[test]
    fn the_same_label_on_overlapping_spans_becomes_one_row_found_by_both() {
        let model = found(vec![mention(Task::Tnm, Label::T, 10, 13, Some(0.9))]);
        let rules = found(vec![mention(Task::Tnm, Label::T, 9, 14, None)]);
        let merged = merge(model, rules, |_| true);
        assert_eq!(merged.mentions.len(), 1);
        assert_eq!(merged.mentions[0].found_by, FoundBy::Both);
        assert_eq!(merged.mentions[0].span, Span::new(9, 14));
        assert_eq!(merged.mentions[0].score, Some(0.9));
    }

    #[test]
    fn a_drug_of_the_table_keeps_its_span_and_a_reason_the_models() {
        let span_of = |label| {
            let model = found(vec![mention(Task::Medication, label, 0, 16, Some(0.8))]);
            let rules = found(vec![mention(Task::Medication, label, 0, 10, None)]);
            merge(model, rules, |_| true).mentions[0].span
        };
        assert_eq!(span_of(Label::Drug), Span::new(0, 10));
        assert_eq!(span_of(Label::Reason), Span::new(0, 16));
    }

    #[test]
    fn parts_of_one_event_become_one_and_drugs_of_a_german_list_do_not() {
        let text = "grand mal seizures, mania";
        let event = |start, end, score| mention(Task::Ade, Label::Ade, start, end, Some(score));
        let drug = |start, end| mention(Task::Ade, Label::Drug, start, end, Some(0.9));
        let relation = |head, tail| Relation { kind: RelationType::Causes, head, tail, score: Some(0.9) };
        let model = Found {
            mentions: vec![event(0, 9, 0.6), event(10, 18, 0.9), event(20, 25, 0.8)],
            relations: vec![relation(2, 0), relation(2, 1), relation(0, 1)],
            ..Found::default()
        };
        let joined = whole(text, Language::De, model);
        assert_eq!(joined.mentions, [event(0, 18, 0.9), event(20, 25, 0.8)]);
        assert_eq!(joined.relations, [relation(1, 0), relation(1, 0)]);
        let list = found(vec![drug(0, 5), drug(6, 9)]);
        assert_eq!(whole(text, Language::De, list.clone()), list);
        assert_eq!(whole(text, Language::En, list).mentions, [drug(0, 9)]);
    }

    #[test]
    fn of_two_labels_on_one_text_the_longer_stays() {
        let model = found(vec![mention(Task::Tnm, Label::R, 0, 2, Some(0.99))]);
        let rules = found(vec![mention(Task::Tnm, Label::Stage, 0, 4, None)]);
        let merged = merge(model, rules, |_| true);
        assert_eq!(merged.mentions.iter().map(|one| one.label).collect::<Vec<_>>(), [Label::Stage]);
    }

    #[test]
    fn tasks_may_overlap() {
        let model = found(vec![
            mention(Task::Ade, Label::Drug, 0, 9, Some(0.7)),
            mention(Task::Medication, Label::Drug, 0, 9, Some(0.7)),
        ]);
        assert_eq!(merge(model, Found::default(), |_| true).mentions.len(), 2);
    }

    #[test]
    fn relations_follow_their_mentions_and_are_not_doubled() {
        let drug = |score| mention(Task::Medication, Label::Drug, 0, 8, score);
        let strength = |score| mention(Task::Medication, Label::Strength, 9, 13, score);
        let relation = |score| Relation { kind: RelationType::StrengthOf, head: 0, tail: 1, score };
        let model = Found {
            mentions: vec![drug(Some(0.9)), strength(Some(0.8))],
            relations: vec![relation(Some(0.7))],
            ..Found::default()
        };
        let rules =
            Found { mentions: vec![drug(None), strength(None)], relations: vec![relation(None)], ..Found::default() };
        let merged = merge(model, rules, |_| true);
        assert_eq!(merged.mentions.len(), 2);
        assert_eq!(merged.relations, [relation(Some(0.7))]);
    }

    #[test]
    fn merging_with_nothing_changes_only_the_order() {
        let mentions =
            vec![mention(Task::Tnm, Label::N, 5, 8, Some(0.5)), mention(Task::Tnm, Label::T, 0, 3, Some(0.5))];
        let merged = merge(found(mentions.clone()), Found::default(), |_| true);
        assert_eq!(merged.mentions, [mentions[1].clone(), mentions[0].clone()]);
        assert_eq!(merge(merged.clone(), Found::default(), |_| true), merged);
        assert_eq!(merge(Found::default(), merged.clone(), |_| true).mentions.len(), 2);
    }

    #[test]
    fn what_only_the_model_saw_is_kept_where_it_is_trusted_and_its_relations_go_with_it() {
        let drug = |start, score| mention(Task::Medication, Label::Drug, start, start + 8, Some(score));
        let strength = mention(Task::Medication, Label::Strength, 40, 44, Some(0.99));
        let relation = |head| Relation { kind: RelationType::StrengthOf, head, tail: 2, score: Some(0.9) };
        let model = Found {
            mentions: vec![drug(0, 0.95), drug(20, 0.6), strength],
            relations: vec![relation(0), relation(1)],
            ..Found::default()
        };
        let merged = merge(model, Found::default(), |one| one.score > Some(0.9));
        assert_eq!(merged.mentions.iter().map(|one| one.span.start).collect::<Vec<_>>(), [0, 40]);
        assert_eq!(merged.relations.iter().map(|one| (one.head, one.tail)).collect::<Vec<_>>(), [(0, 1)]);
    }

    #[test]
    fn a_schedule_that_the_rules_gave_to_one_drug_is_not_another_ones_that_has_its_own() {
        let drug = |start| mention(Task::Medication, Label::Drug, start, start + 8, None);
        let schedule = |start| mention(Task::Medication, Label::Frequency, start, start + 5, None);
        let relation = |head, tail, score| Relation { kind: RelationType::FrequencyOf, head, tail, score };
        let mentions = vec![drug(0), schedule(9), drug(20), schedule(29), drug(40)];
        let rules = Found {
            mentions: mentions.clone(),
            relations: vec![relation(0, 1, None), relation(2, 3, None)],
            ..Found::default()
        };
        let model = Found {
            mentions,
            relations: vec![relation(2, 1, Some(0.9)), relation(2, 3, Some(0.9)), relation(4, 3, Some(0.9))],
            ..Found::default()
        };
        let merged = merge(model, rules, |_| true);
        let pairs: Vec<_> = merged.relations.iter().map(|one| (one.head, one.tail)).collect();
        assert_eq!(pairs, [(0, 1), (2, 3), (4, 3)]);
    }
}
