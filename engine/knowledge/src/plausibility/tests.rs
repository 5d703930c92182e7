//! Each kind of rule with a hit and a near miss.

use std::sync::Arc;

use befund_core::*;

use super::rule::{CLASSES, RULES, read, read_classes};
use super::{Mistake, Rule, RuleSet, check};
use crate::medication;

fn layout(text: &str, headings: &[(&str, SectionKind)]) -> Layout {
    let mut layout = Layout { language: Language::De, sections: Vec::new(), sentences: Vec::new() };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let kind = headings.iter().find(|(heading, _)| line.trim() == *heading).map(|(_, kind)| *kind);
        if kind.is_some() || layout.sections.is_empty() {
            layout.sections.push(Section { span: Span::new(at, at), kind: kind.unwrap_or_default() });
        }
        if let Some(section) = layout.sections.last_mut() {
            section.span.end = (at + line.len()) as u32;
        }
        let span = Span::new(at, at + line.len()).trim(text);
        if !span.is_empty() {
            layout.sentences.push(Sentence { span, section: layout.sections.len() as u32 - 1 });
        }
        at += line.len();
    }
    layout
}

const HEADINGS: &[(&str, SectionKind)] = &[
    ("Medikation bei Aufnahme", SectionKind::Medication),
    ("Medikation bei Entlassung", SectionKind::DischargeMedication),
    ("Allergien", SectionKind::Allergies),
    ("Verlauf", SectionKind::Assessment),
];

fn findings_of(text: &str, age: Option<&str>) -> Vec<FindingRow> {
    let mut document = Document::new(0, "s", "d", text);
    if let Some(age) = age {
        document.metadata = Arc::from(vec![("age".to_owned(), age.to_owned())]);
    }
    let layout = layout(text, HEADINGS);
    let found = medication::scan(text, &layout);
    let mentions: Vec<MentionRow> = found
        .mentions
        .iter()
        .enumerate()
        .map(|(index, mention)| MentionRow {
            mention_id: index as u32,
            task: mention.task,
            label: mention.label,
            span: mention.span,
            score: None,
            found_by: mention.found_by,
            assertion: Assertion::Affirmed,
            temporality: Temporality::Current,
            subject: Subject::Patient,
            section: SectionKind::Body,
            system: None,
            code: None,
            name: None,
            fate: None,
        })
        .collect();
    let relations: Vec<RelationRow> = found
        .relations
        .iter()
        .enumerate()
        .map(|(index, relation)| RelationRow {
            relation_id: index as u32,
            kind: relation.kind,
            head: relation.head,
            tail: relation.tail,
            score: None,
            assertion: Assertion::Affirmed,
        })
        .collect();
    let rows = medication::entries(text, &layout, &mentions, &relations);
    check(&RuleSet::builtin(), &document, &layout, &mentions, &rows)
}

/// Ids of the rules with this verdict.
fn rules_with(text: &str, verdict: Verdict) -> Vec<String> {
    findings_of(text, None)
        .into_iter()
        .filter(|finding| finding.verdict == verdict)
        .map(|finding| finding.rule_id)
        .collect()
}

fn broken(text: &str) -> Vec<String> {
    rules_with(text, Verdict::Implausible)
}

fn table(rules: &[u8]) -> Result<Vec<Rule>, Mistake> {
    read(rules, &read_classes(CLASSES))
}

#[test]
fn the_committed_rules_are_well_formed_and_cited() {
    let rules = table(RULES).unwrap();
    assert!(rules.len() >= 25);
    assert!(rules.iter().all(|rule| rule.citation.len() > 10 && rule.id.is_ascii()));
}

#[test]
fn every_member_of_a_class_is_known_by_its_inn() {
    for line in std::str::from_utf8(CLASSES).unwrap().lines().skip(1) {
        for member in line.split('\t').nth(1).unwrap().split('|') {
            assert_eq!(medication::name(member).map(|name| name.inn).as_deref(), Some(member));
        }
    }
}

#[test]
fn a_rule_with_a_mistake_is_refused_with_its_line_and_the_reason() {
    let head = "id\tkind\tdrugs\twith\tlimit\tunit\tage_from\tseverity\tmessage\tcitation\n";
    for (row, reason) in [
        ("a\tmax_daily\tparacetamoll\t\t4\tg\t\tmajor\tm\tc", "unknown drug paracetamoll; did you mean paracetamol?"),
        ("a\tmax_daily\tparaxyz\t\t4\tg\t\tmajor\tm\tc", "unknown drug paraxyz"),
        ("a\tmax_daily\taspirin\t\t4\tg\t\tmajor\tm\tc", "aspirin is no INN; did you mean acetylsalicylic acid?"),
        ("a\tmax_daily\tparacetamol\t\t4\tkg\t\tmajor\tm\tc", "unknown unit kg"),
        ("a\tmax_daily\tparacetamol\t\tx\tg\t\tmajor\tm\tc", "limit x is no number"),
        ("a\tmax_daily\tparacetamol\t\t4\tg\t\tgrave\tm\tc", "unknown severity grave"),
        (
            "a\tmax_daily\tparacetamol\t\t\t\t\tmajor\tm\tc",
            "a dose rule needs limit and unit, and no other rule has them",
        ),
        ("a\tinteraction\t@nsaids\tlithium\t\t\t\tmajor\tm\tc", "unknown class nsaids"),
        ("a\tinteraction\tlithium\t\t\t\t\tmajor\tm\tc", "a rule of pairs needs drugs in `with`"),
        ("a\tcondition\tlithium\t#flu\t\t\t\tmajor\tm\tc", "unknown condition flu"),
        ("a\tdose\tlithium\t\t\t\t\tmajor\tm\tc", "unknown kind dose"),
        ("a\tpatient\tlithium\t\t\t\t\tmajor\tm\tc", "a patient rule needs age_from, age_to or sex"),
        ("a\trenal\tlithium\t\t\t\t\tmajor\tm\tc", "a renal rule needs gfr_below"),
        ("a\tduplicate\tlithium\t\t\t\t\tmajor\tm\t", "id, message and citation must not be empty"),
        ("a\tpatient\tlithium", "3 columns instead of 10"),
    ] {
        let mistake = table(format!("{head}{row}\n").as_bytes()).unwrap_err();
        assert_eq!((mistake.line, mistake.reason.as_str()), (2, reason));
    }
    for (head, reason) in [
        ("id\tkind\tdrugs\tseverity\tmessage", "column citation is missing"),
        (
            "id\tkind\tdrugs\tseverity\tmessage\tcitation\tdosis",
            "unknown column \"dosis\"; `befund rules columns` lists them",
        ),
        ("id\tid", "column id stands twice"),
    ] {
        let mistake = table(head.as_bytes()).unwrap_err();
        assert_eq!((mistake.line, mistake.reason.as_str()), (1, reason));
    }
    assert_eq!(RuleSet::builtin().iter().count(), std::str::from_utf8(RULES).unwrap().lines().count() - 1);
}

#[test]
fn the_rules_of_a_site_stand_beside_or_in_place_of_those_of_the_house() {
    let head = "id\tkind\tdrugs\tlimit\tunit\tseverity\tmessage\tcitation\n";
    let table = format!(
        "{head}# by the drug commission\nsite-1\tmax_daily\ttorasemide\t50\tmg\tminor\tm\tour list\ndose-paracetamol\tmax_daily\tparacetamol\t3\tg\tminor\tm\tour list\n"
    );
    let set = RuleSet::builtin().with(table.as_bytes()).unwrap();
    assert_eq!(set.iter().count(), RuleSet::builtin().iter().count() + 1);
    let limits: Vec<_> =
        set.iter().filter(|rule| rule.id == "dose-paracetamol").map(|rule| rule.limit.unwrap().value).collect();
    assert_eq!(limits, [3.0]);
}

#[test]
fn a_daily_dose_is_held_against_its_maximum() {
    assert_eq!(broken("Paracetamol 1000 mg 2-1-1-1"), ["dose-paracetamol"]);
    assert_eq!(rules_with("Paracetamol 1000 mg 1-1-1-1", Verdict::Ok), ["dose-paracetamol"]);
    assert_eq!(broken("Novaminsulfon 500 mg 3-3-3-3"), ["dose-metamizole"]);
    assert!(broken("Novaminsulfon 500 mg 2-2-2-2").is_empty());
    assert_eq!(broken("Ibuprofen 800 mg 4x tgl."), ["dose-ibuprofen"]);
    assert!(broken("Ibuprofen 800 mg 3x tgl.").is_empty());
    assert!(broken("Ibuprofen Salbe 3x tgl.").is_empty());
    assert_eq!(broken("Apixaban 15 mg 1-0-1"), ["dose-apixaban"]);
    assert_eq!(broken("Apixaban 10 mg 1-0-1"), ["dose-apixaban-maintenance"]);
    assert!(broken("Apixaban 5 mg 1-0-1").is_empty());
    assert_eq!(broken("L-Thyroxin 1 mg 1-0-0"), ["dose-levothyroxine"]);
    assert!(broken("L-Thyroxin 100 µg 1-0-0").is_empty());
    assert_eq!(broken("Vigantol 20.000 IE 1-0-0"), ["dose-colecalciferol"]);
    assert!(broken("Dekristol 20.000 IE 1x wöchentlich").is_empty());
    assert_eq!(broken("Simvastatin 80 mg 1-0-1"), ["dose-simvastatin"]);
    assert!(broken("Simvastatin 160 mg 1-0-1 abgesetzt").is_empty());
}

#[test]
fn the_most_a_day_of_a_drug_taken_when_needed_is_checked() {
    assert_eq!(broken("Paracetamol 1000 mg b. B., max. 6x/d"), ["dose-paracetamol"]);
    assert_eq!(rules_with("Paracetamol 1000 mg b. B., max. 4x/d", Verdict::Ok), ["dose-paracetamol"]);
}

#[test]
fn what_is_missing_is_said() {
    for (text, what) in [
        ("Paracetamol 1-1-1", "the strength is not stated"),
        ("Paracetamol 500 mg", "how often it is taken is not stated"),
        ("Paracetamol 500 mg b. B.", "the most a day is not stated"),
        ("Paracetamol 500 1-0-1", "the unit of the strength is not stated"),
    ] {
        let findings = findings_of(text, None);
        assert_eq!(findings.len(), 1, "{text}");
        assert_eq!((findings[0].verdict, findings[0].severity), (Verdict::CannotTell, Severity::Info));
        assert!(findings[0].message.ends_with(what), "{}", findings[0].message);
    }
    assert!(findings_of("Der Patient nimmt Paracetamol.", None).is_empty());
}

#[test]
fn methotrexate_every_day_is_refused_and_once_a_week_is_not() {
    assert_eq!(broken("MTX 15 mg 1-0-0"), ["daily-methotrexate"]);
    assert_eq!(broken("Methotrexat 10 mg täglich"), ["daily-methotrexate"]);
    assert!(broken("Methotrexat 15 mg s.c. 1x wöchentlich").is_empty());
    assert!(broken("MTX 15 mg montags").is_empty());
    assert!(broken("Methotrexat 40 mg/m² i.v. Tag 1").is_empty());
    assert_eq!(rules_with("Methotrexat 15 mg", Verdict::CannotTell), ["daily-methotrexate"]);
    assert_eq!(broken("Methotrexat 50 mg 1x wöchentlich"), ["single-methotrexate"]);
}

#[test]
fn a_substance_twice_in_one_list_is_a_duplicate() {
    assert_eq!(broken("Beloc-Zok 95 mg 1-0-0\nMetoprolol 47,5 mg 1-0-0"), ["duplicate-substance"]);
    assert_eq!(broken("Delix plus 5/25 mg 1-0-0\nHCT 12,5 mg 1-0-0"), ["duplicate-substance"]);
    for near_miss in [
        "Metoprolol 95 mg 1-0-0\nMetoprolol 47,5 mg 0-0-1",
        "MST 30 mg 1-0-1\nSevredol 10 mg b. B.",
        "L-Thyroxin 125 µg 1-0-0 Mo-Fr\nL-Thyroxin 150 µg 1-0-0 Sa, So",
        "Metoprolol 95 mg 1-0-0\nMetoprolol 47,5 mg 1-0-0 abgesetzt",
        "Metoprolol 95 mg 1-0-0\nBisoprolol 5 mg 1-0-0 ab 01.03.",
        "Medikation bei Aufnahme\nRamipril 5 mg 1-0-0\nMedikation bei Entlassung\nRamipril 5 mg 1-0-0",
    ] {
        assert!(broken(near_miss).is_empty(), "{near_miss}");
    }
}

#[test]
fn pairs_are_found_across_classes_brands_and_combinations() {
    for (text, rule) in [
        ("Jatrosom 10 mg 1-0-0\nCipramil 20 mg 1-0-0", "ddi-maoi-ssri"),
        ("Zocor 40 mg 0-0-1\nKlacid 500 mg 1-0-1", "ddi-simvastatin-cyp3a4"),
        ("Quilonum 450 mg 1-0-1\nIbuprofen 600 mg 1-0-1", "ddi-lithium-nsaid"),
        ("Quilonum 450 mg 1-0-1\nRamipril 5 mg 1-0-0", "ddi-lithium-raas"),
        ("Lithium 450 mg 1-0-1\nDelix plus 5/25 mg 1-0-0", "ddi-lithium-thiazide"),
        ("Leponex 100 mg 0-0-1\nTegretal 200 mg 1-0-1", "ddi-clozapine-carbamazepine"),
        ("Entresto 24/26 mg 1-0-1\nRamipril 5 mg 1-0-0", "ddi-sacubitril-ace"),
        ("Viagra 50 mg b. B.\nISMN 20 mg 1-0-1", "ddi-pde5-nitrate"),
        ("MTX 15 mg 1x wöchentlich\nCotrim forte 960 mg 1-0-1", "ddi-methotrexate-trimethoprim"),
        ("Sirdalud 4 mg 1-0-1\nCiprofloxacin 500 mg 1-0-1", "ddi-tizanidine-cyp1a2"),
        ("Zyloric 300 mg 1-0-0\nImurek 50 mg 1-0-0", "ddi-allopurinol-thiopurine"),
        ("Zostex 125 mg 1-0-0\nXeloda 1500 mg 1-0-1", "ddi-brivudine-fluoropyrimidine"),
        ("Marcumar 1-0-0\nDiclofenac 75 mg 1-0-1", "ddi-anticoagulant-nsaid"),
        ("Ramipril 5 mg 1-0-0\nCandesartan 8 mg 1-0-0", "ddi-ace-sartan"),
    ] {
        assert!(broken(text).iter().any(|id| id == rule), "{text}: {:?}", broken(text));
    }
    for near_miss in [
        "Zocor 40 mg 0-0-1 pausiert\nKlacid 500 mg 1-0-1",
        "Pravastatin 40 mg 0-0-1\nKlacid 500 mg 1-0-1",
        "Lithium 450 mg 1-0-1\nParacetamol 500 mg 1-0-1",
        "Marcumar 1-0-0\nVoltaren Gel 3x tgl.",
        "Clozapin 100 mg 0-0-1\nValproat 300 mg 1-0-1",
        "Medikation bei Aufnahme\nSimvastatin 40 mg 0-0-1\nMedikation bei Entlassung\nClarithromycin 500 mg 1-0-1\nPravastatin 20 mg 0-0-1",
    ] {
        assert!(broken(near_miss).is_empty(), "{near_miss}: {:?}", broken(near_miss));
    }
}

#[test]
fn an_allergy_forbids_the_substance_and_its_class() {
    assert_eq!(
        broken("Allergien\nNovalgin\nMedikation bei Entlassung\nMetamizol 500 mg 1-1-1-1"),
        ["allergy-same-substance"]
    );
    assert_eq!(
        broken("Allergien\nPenicillin\nMedikation bei Entlassung\nAmoxicillin 1 g 1-0-1"),
        ["allergy-penicillins"]
    );
    assert_eq!(broken("Penicillinallergie\nAmoxicillin 1 g 1-0-1"), ["allergy-penicillins"]);
    assert!(broken("Allergien\nPenicillin\nMedikation bei Entlassung\nClindamycin 600 mg 1-1-1").is_empty());
    assert!(broken("Allergien\nNovalgin\nMedikation bei Aufnahme\nMetamizol 500 mg 1-1-1-1 abgesetzt").is_empty());
}

#[test]
fn age_comes_from_metadata_or_text_and_its_absence_is_said() {
    let verdicts = |text: &str, age| {
        findings_of(text, age)
            .into_iter()
            .filter(|finding| finding.rule_id.starts_with("age-"))
            .map(|finding| finding.verdict)
            .collect::<Vec<_>>()
    };
    assert_eq!(verdicts("Saroten 25 mg 0-0-1", Some("81")), [Verdict::Implausible]);
    assert!(verdicts("Saroten 25 mg 0-0-1", Some("45")).is_empty());
    assert_eq!(verdicts("Saroten 25 mg 0-0-1", None), [Verdict::CannotTell]);
    for text in ["78-jähriger Patient", "72-year-old man", "72 y/o male", "Patientin, 80 Jahre"] {
        assert_eq!(verdicts(&format!("{text}\nSaroten 25 mg 0-0-1"), None), [Verdict::Implausible], "{text}");
    }
    assert_eq!(verdicts("Die 80-jährige Mutter kommt mit.\nSaroten 25 mg 0-0-1", None), [Verdict::CannotTell]);
}

#[test]
fn a_limit_for_the_old_is_not_applied_to_the_young() {
    assert_eq!(broken("78-jährige Patientin\nCitalopram 40 mg 1-0-0"), ["dose-citalopram-65"]);
    assert!(broken("48-jährige Patientin\nCitalopram 40 mg 1-0-0").is_empty());
    assert_eq!(rules_with("Citalopram 40 mg 1-0-0", Verdict::CannotTell), ["dose-citalopram-65"]);
    assert!(rules_with("Citalopram 20 mg 1-0-0", Verdict::CannotTell).is_empty());
    assert_eq!(broken("48-jährige Patientin\nCitalopram 60 mg 1-0-0"), ["dose-citalopram"]);
}

#[test]
fn findings_are_numbered_and_point_to_mentions() {
    let findings = findings_of("Quilonum 450 mg 1-0-1\nIbuprofen 600 mg 1-0-1", None);
    assert!(
        findings
            .iter()
            .enumerate()
            .all(|(index, finding)| finding.finding_id == index as u32 && !finding.mention_ids.is_empty())
    );
    assert!(
        findings.iter().all(|finding| finding.verdict == Verdict::Implausible || finding.severity == Severity::Info)
    );
}
