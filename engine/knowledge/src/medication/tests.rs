//! Medication lines and plans in both languages: what is found, where, and which entries come of it.

use befund_core::*;
use proptest::prelude::*;

use super::{entries, lengthen, name, scan};

mod bare;
mod status;

/// Every line a sentence; one section.
fn layout(text: &str, language: Language, kind: SectionKind) -> Layout {
    let mut sentences = Vec::new();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.len()).trim(text);
        if !span.is_empty() {
            sentences.push(Sentence { span, section: 0 });
        }
        at += line.len();
    }
    Layout { language, sections: vec![Section { span: Span::new(0, text.len()), kind }], sentences }
}

fn rows_of(found: &Found, kind: SectionKind) -> (Vec<MentionRow>, Vec<RelationRow>) {
    let mention = |(index, mention): (usize, &Mention)| MentionRow {
        mention_id: index as u32,
        task: mention.task,
        label: mention.label,
        span: mention.span,
        score: None,
        found_by: mention.found_by,
        assertion: Assertion::Affirmed,
        temporality: Temporality::Current,
        subject: Subject::Patient,
        section: kind,
        system: None,
        code: None,
        name: None,
        fate: None,
    };
    let relation = |(index, relation): (usize, &Relation)| RelationRow {
        relation_id: index as u32,
        kind: relation.kind,
        head: relation.head,
        tail: relation.tail,
        score: None,
        assertion: Assertion::Affirmed,
    };
    (
        found.mentions.iter().enumerate().map(mention).collect(),
        found.relations.iter().enumerate().map(relation).collect(),
    )
}

fn read_in(text: &str, language: Language, kind: SectionKind) -> Vec<MedicationRow> {
    let layout = layout(text, language, kind);
    let (mentions, relations) = rows_of(&scan(text, &layout), kind);
    entries(text, &layout, &mentions, &relations)
}

fn read(text: &str) -> Vec<MedicationRow> {
    read_in(text, Language::De, SectionKind::Medication)
}

/// `strength | daily | doses | schedule | route | form | duration | prn`, empty where not stated.
fn summary(row: &MedicationRow) -> String {
    let amount = |value: Option<f64>, unit: &Option<String>| match (value, unit) {
        (Some(value), Some(unit)) => format!("{value} {unit}"),
        (Some(value), None) => value.to_string(),
        _ => String::new(),
    };
    let doses = row.doses.map_or(String::new(), |doses| doses.map(|dose| dose.to_string()).join("-"));
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let fields = [
        amount(row.strength_value, &row.strength_unit),
        amount(row.daily_value, &row.daily_unit),
        doses,
        text(&row.schedule),
        text(&row.route),
        text(&row.form),
        text(&row.duration),
        if row.prn { "prn".to_owned() } else { String::new() },
    ];
    fields.join("|").trim_end_matches('|').to_owned()
}

#[track_caller]
fn assert_regimens(language: Language, cases: &[(&str, &str)]) {
    for (text, wanted) in cases {
        let rows = read_in(text, language, SectionKind::Medication);
        assert_eq!(rows.len(), 1, "{text}: {rows:?}");
        assert_eq!(summary(&rows[0]), *wanted, "{text}");
    }
}

#[test]
fn german_regimens_are_read_with_their_daily_amount() {
    assert_regimens(
        Language::De,
        &[
            ("Ramipril 5 mg 1-0-0", "5 mg|5 mg|1-0-0-0|1-0-0"),
            ("Ramipril 5mg 1-0-1-0", "5 mg|10 mg|1-0-1-0|1-0-1-0"),
            ("Metoprololsuccinat 47,5 mg 1-0-0,5", "47.5 mg|71.25 mg|1-0-0.5-0|1-0-0,5"),
            ("Torasemid 10 mg 1/2-0-0", "10 mg|5 mg|0.5-0-0-0|1/2-0-0"),
            ("Torasemid 10 mg ½-0-0", "10 mg|5 mg|0.5-0-0-0|½-0-0"),
            ("Taxilan 100 mg Tbl. 1½-0-1½", "100 mg|300 mg|1.5-0-1.5-0|1½-0-1½||Tbl."),
            ("Taxilan 100 mg 1 1/2-0-1", "100 mg|250 mg|1.5-0-1-0|1 1/2-0-1"),
            ("Bisoprolol 2,5 mg 0,5-0-1,5", "2.5 mg|5 mg|0.5-0-1.5-0|0,5-0-1,5"),
            ("Metformin 1.000 mg 1-0-1", "1000 mg|2000 mg|1-0-1-0|1-0-1"),
            ("Metformin 1000 mg 1 - 0 - 1", "1000 mg|2000 mg|1-0-1-0|1 - 0 - 1"),
            ("Atorvastatin 40 mg 0–0–1", "40 mg|40 mg|0-0-1-0|0–0–1"),
            ("Mirtazapin 15 mg 0-0-0-1", "15 mg|15 mg|0-0-0-1|0-0-0-1"),
            ("Amoxicillin 500 mg 3x tgl.", "500 mg|1500 mg||3x tgl."),
            ("Amoxicillin 500 mg 3 x täglich", "500 mg|1500 mg||3 x täglich"),
            ("Amoxicillin 500 mg 3xtgl.", "500 mg|1500 mg||3xtgl."),
            ("Amoxicillin 500 mg 3x/d", "500 mg|1500 mg||3x/d"),
            ("Amoxicillin 500 mg 3x/Tag", "500 mg|1500 mg||3x/Tag"),
            ("Amoxicillin 500 mg 3 mal am Tag", "500 mg|1500 mg||3 mal am Tag"),
            ("Amoxicillin 500 mg dreimal täglich", "500 mg|1500 mg||dreimal täglich"),
            ("Ciprofloxacin 500 mg 2 x 1", "500 mg|1000 mg||2 x 1"),
            ("Ciprofloxacin 500 mg 2x1", "500 mg|1000 mg||2x1"),
            ("Ciprofloxacin 250 mg 2 x 2", "250 mg|1000 mg||2 x 2"),
            ("Piperacillin/Tazobactam 4,5 g alle 8 h i.v.", "4.5 g|13.5 g||alle 8 h|intravenous"),
            ("Vancomycin 1 g alle 12 Stunden i. v.", "1 g|2 g||alle 12 Stunden|intravenous"),
            ("Meropenem 1 g 8-stündlich", "1 g|3 g||8-stündlich"),
            ("Methotrexat 15 mg s.c. 1x wöchentlich", "15 mg|||1x wöchentlich|subcutaneous"),
            ("Methotrexat 15 mg 1x/Woche", "15 mg|||1x/Woche"),
            ("MTX 10 mg montags", "10 mg|||montags"),
            ("Fentanyl Pflaster 25 µg/h alle 3 Tage", "25 µg/h|||alle 3 Tage||Pflaster"),
            ("Durogesic 12 µg/h alle 72 h", "12 µg/h|||alle 72 h"),
            ("Prednisolon 5 mg jeden 2. Tag", "5 mg|||jeden 2. Tag"),
            ("Zolpidem 10 mg zur Nacht", "10 mg|10 mg||zur Nacht"),
            ("L-Thyroxin 75 µg morgens", "75 µg|75 µg||morgens"),
            ("L-Thyroxin 75 mcg morgens nüchtern", "75 µg|75 µg||morgens"),
            ("Euthyrox 100 Mikrogramm 1-0-0", "100 µg|100 µg|1-0-0-0|1-0-0"),
            ("Pantoprazol 40 mg morgens und abends", "40 mg|80 mg||morgens und abends"),
            ("Ibuprofen 600 mg bei Bedarf", "600 mg|||bei Bedarf||||prn"),
            ("Ibuprofen 600 mg b. B.", "600 mg|||b. B.||||prn"),
            ("Ibuprofen 600 mg b.B., max. 4x/d", "600 mg|||b.B.; max. 4x/d||||prn"),
            ("Novalgin 500 mg bei Schmerzen", "500 mg|||bei Schmerzen||||prn"),
            ("Novalgin Trpf. 20-20-20-20", "||20-20-20-20|20-20-20-20||Trpf."),
            ("Novaminsulfon 500 mg Tbl. 1-1-1-1 für 7 Tage", "500 mg|2000 mg|1-1-1-1|1-1-1-1||Tbl.|für 7 Tage"),
            ("Moxifloxacin 400 mg 1-0-0 bis 18.11.", "400 mg|400 mg|1-0-0-0|1-0-0|||bis 18.11."),
            ("Enoxaparin 4.000 IE s.c. 0-0-1", "4000 IU|4000 IU|0-0-1-0|0-0-1|subcutaneous"),
            ("Clexane 40 mg s. c. 1x tgl.", "40 mg|40 mg||1x tgl.|subcutaneous"),
            ("Lantus 0-0-0-16 IE", "|16 IU|0-0-0-16|0-0-0-16"),
            ("NovoRapid 12-8-10 E s.c.", "|30 IU|12-8-10-0|12-8-10|subcutaneous"),
            ("Lantus 100 IE/ml 0-0-0-18 IE", "100 IU/ml|18 IU|0-0-0-18|0-0-0-18"),
            ("Dekristol 20.000 IE Kps. 1x pro Woche", "20000 IU|||1x pro Woche||Kps."),
            ("Penicillin G 1,5 Mio IE i.v. 4x tgl.", "1500000 IU|6000000 IU||4x tgl.|intravenous"),
            ("Candesartan/HCT 16/12,5 mg 1-0-0", "||1-0-0-0|1-0-0"),
            ("Delix plus 5/25 mg 1-0-0", "||1-0-0-0|1-0-0"),
            ("Tilidin 50/4 mg 1-0-1", "||1-0-1-0|1-0-1"),
            ("Paracetamol 500 mg 2 Tabletten 3x tgl.", "500 mg|3000 mg||3x tgl."),
            ("Salbutamol 100 µg 2 Hübe alle 6 h", "100 µg|800 µg||alle 6 h"),
            ("Spiriva 2,5 µg 2 Hübe morgens inhalativ", "2.5 µg|5 µg||morgens|inhalation"),
            ("Cisplatin 75 mg/m² i.v. Tag 1", "|||Tag 1|intravenous"),
            ("Amoxicillin 25 mg/kg KG 2x tgl.", "|||2x tgl."),
            ("Tramadol ret. 100 mg 1-0-1", "100 mg|200 mg|1-0-1-0|1-0-1"),
            ("Prednisolon 20 mg/d", "|20 mg"),
            ("Levetiracetam 500-0-500 mg", "|1000 mg|500-0-500-0|500-0-500"),
            ("Gabapentin 300 mg | 1 | 0 | 1 | 1 |", "300 mg|900 mg|1-0-1-1|1 | 0 | 1 | 1"),
            ("Bisoprolol 2,5 mg    1     0     0     0", "2.5 mg|2.5 mg|1-0-0-0|1 0 0 0"),
            ("Madopar 100 mg 6:00 1, 10:00 1 Tbl., 14:00 1/2", "100 mg|250 mg||6:00 1, 10:00 1 Tbl., 14:00 1/2"),
            ("Hydromorphon 8 mg wurde auf 12 mg 1-0-1 gesteigert", "12 mg|24 mg|1-0-1-0|1-0-1"),
            ("Hydromorphon 8 mg 1-0-1 soll auf 12 mg gesteigert werden", "8 mg|16 mg|1-0-1-0|1-0-1"),
            ("Mestinon 60 mg 6-10-14-18 Uhr", "60 mg|240 mg||6-10-14-18 Uhr"),
            ("Medikinet ret. 20 mg 1-0-0 an Schultagen", "20 mg||1-0-0-0|1-0-0; an Schultagen"),
            ("Lamotrigin eindosiert, derzeit 50 mg morgens und abends", "50 mg|100 mg||morgens und abends"),
            ("Denosumab 60 mg 1x mtl.", "60 mg|||1x mtl."),
            (
                "Madopar 100 mg 7:00 Uhr 1½, 10:30 Uhr 1, 14:00 Uhr 1",
                "100 mg|350 mg||7:00 Uhr 1½, 10:30 Uhr 1, 14:00 Uhr 1",
            ),
            ("NaCl 0,9 % 1000 ml i.v.", "0.9 %||||intravenous"),
            ("Euthyrox 75 1-0-0", "75||1-0-0-0|1-0-0"),
            ("Citalopram Tropfen 1x1 morgens", "|||1x1 morgens||Tropfen"),
            ("Ondansetron 8 mg max. 2x tgl.", "8 mg|||max. 2x tgl."),
            ("Cotrimoxazol 960 mg Mo, Mi, Fr", "960 mg|||Mo, Mi, Fr"),
        ],
    );
}

#[test]
fn english_regimens_are_read_with_their_daily_amount() {
    assert_regimens(
        Language::En,
        &[
            ("apixaban 5 mg BD", "5 mg|10 mg||BD"),
            ("lansoprazole 15 mg OD for 7 days", "15 mg|15 mg||OD|||for 7 days"),
            ("Metoprolol 25 mg BID", "25 mg|50 mg||BID"),
            ("metformin 1,000 mg PO BID", "1000 mg|2000 mg||BID|oral"),
            ("Lisinopril 10 mg by mouth once daily", "10 mg|10 mg||once daily|oral"),
            ("Lisinopril 10 mg daily.", "10 mg|10 mg||daily"),
            ("Amoxicillin 500 mg TID x 10 days", "500 mg|1500 mg||TID|||x 10 days"),
            ("Amoxicillin 500 mg three times a day for 5 days", "500 mg|1500 mg||three times a day|||for 5 days"),
            ("Acetaminophen 500 mg Q6H PRN", "500 mg|||Q6H; PRN||||prn"),
            ("Furosemide 40 mg every morning and 20 mg every afternoon", "40 mg|60 mg||every morning; every afternoon"),
            ("ramipril 5 mg on; with food", "5 mg|5 mg||on"),
            ("warfarin 5 mg on hold", "5 mg"),
            ("felodipine MR 5 mg o.d.", "5 mg|5 mg||o.d."),
            ("paracetamol 1 g q.d.s.", "1 g|4 g||q.d.s."),
            ("carbocisteine 375 mg capsules; 2 TDS", "375 mg|2250 mg||2 TDS||capsules"),
            ("pantoprazole 40 mg -> 20 mg mane", "20 mg|20 mg||mane"),
            ("vancomycin 1 g IV q12h", "1 g|2 g||q12h|intravenous"),
            ("vancomycin 1 g IV every 8 hours", "1 g|3 g||every 8 hours|intravenous"),
            ("Methotrexate 15 mg once weekly", "15 mg|||once weekly"),
            ("Alendronate 70 mg every week", "70 mg|||every week"),
            ("Prednisone 20 mg every other day", "20 mg|||every other day"),
            ("Levothyroxine 88 mcg every morning", "88 µg|88 µg||every morning"),
            ("Quetiapine 50 mg QHS", "50 mg|50 mg||QHS"),
            ("Trazodone 50 mg at bedtime as needed", "50 mg|||at bedtime; as needed||||prn"),
            ("Albuterol 90 mcg 2 puffs every 6 hours", "90 µg|720 µg||every 6 hours"),
            ("Fentanyl patch 50 mcg/h every 72 hours", "50 µg/h|||every 72 hours||patch"),
            ("Insulin glargine 20 units at bedtime", "20 IU|20 IU||at bedtime"),
            ("Furosemide 0.5 mg/kg IV", "||||intravenous"),
            ("Ibuprofen 400 mg up to 3 times daily", "400 mg|||up to 3 times daily"),
            ("Warfarin 2.5 mg on Mondays and Fridays", "2.5 mg|||on Mondays and Fridays"),
            ("Docetaxel 75 mg/m2 IV every 3 weeks", "|||every 3 weeks|intravenous"),
            ("Clopidogrel 75 mg one tablet daily", "75 mg|75 mg||daily"),
            ("2 tablets of acetaminophen 500 mg QID", "500 mg|4000 mg||QID"),
            ("Digoxin 0.125 mg qd", "0.125 mg|0.125 mg||qd"),
        ],
    );
}

#[test]
fn what_differs_from_day_to_day_or_hour_to_hour_is_read_and_not_summed_where_it_cannot_be() {
    assert_regimens(
        Language::De,
        &[
            (
                "Marcumar 3 mg Mo 1, Di 1/2, Mi 1, Do 1/2, Fr 1, Sa 1/2, So 1/2",
                "3 mg|||Mo 1, Di 1/2, Mi 1, Do 1/2, Fr 1, Sa 1/2, So 1/2",
            ),
            ("Falithrom 3 mg Mo-Fr 1, Sa+So ½", "3 mg|||Mo-Fr 1, Sa+So ½"),
            ("Denosumab 60 mg s.c. alle 6 Monate", "60 mg|||alle 6 Monate|subcutaneous"),
            ("Rivastigmin Pflaster 9,5 mg/24 h 1x tgl.", "9.5 mg/d|9.5 mg||1x tgl.||Pflaster"),
            ("Norspan 10 µg/h 1x/Woche", "10 µg/h|||1x/Woche"),
            ("Prednisolon 40 mg für 3 Tage, dann 30 mg für 3 Tage", "40 mg||||||für 3 Tage"),
            ("Torasemid 20 mg 1-0-0, um 10 mg gesteigert", "20 mg|20 mg|1-0-0-0|1-0-0"),
            ("Prednisolon 20 mg 1-0-0, alle 3 Tage um 5 mg reduzieren", "20 mg||1-0-0-0|1-0-0"),
            ("Decortin H 20 mg 1-0-0, ausschleichend", "20 mg||1-0-0-0|1-0-0"),
            ("Quetiapin 25 mg 0-0-0-(1)", "25 mg||0-0-0-1|0-0-0-(1)||||prn"),
            ("Torem 10mg 1/0/0", "10 mg|10 mg|1-0-0-0|1/0/0"),
            ("Vancomycin 125 mg p.o. 4x/die", "125 mg|500 mg||4x/die|oral"),
            ("Amlodipin 5 mg morgens 1 Tbl., abends 1/2 Tbl.", "5 mg|7.5 mg||morgens; abends"),
            ("Amlodipin 5 mg morgens 1, abends ½", "5 mg|7.5 mg|1-0-0.5-0|morgens 1, abends ½"),
            ("Lamotrigin 100 mg morgens, 50 mg abends", "100 mg|150 mg||morgens; abends"),
            ("Protaphane morgens 18 IE, abends 12 IE", "18 IU|30 IU||morgens; abends"),
            ("Toujeo 300 E/ml 0-0-0-34", "300 IU/ml|34 IU|0-0-0-34|0-0-0-34"),
            ("Humalog 8-6-8", "|22 IU|8-6-8-0|8-6-8"),
            ("Madopar 125 mg 6:00, 10:00, 14:00 und 18:00 Uhr", "125 mg|500 mg||6:00, 10:00, 14:00 und 18:00 Uhr"),
            ("Tavor 1 mg b.B. max. 3 mg/Tag", "1 mg|||b.B.; max. 3 mg/Tag||||prn"),
            ("Paracetamol 500 mg bei Bedarf bis 4x täglich", "500 mg|||bei Bedarf; bis 4x täglich||||prn"),
            ("Novalgin 20-40 Tropfen b.B., max. 120 Tropfen/Tag", "|||b.B.; max. 120 Tropfen/Tag||||prn"),
            ("Cefuroxim 500 mg 1-0-1 noch bis Freitag", "500 mg|1000 mg|1-0-1-0|1-0-1|||bis Freitag"),
            ("Melatonin 2 mg 1 Std. vor dem Schlafengehen", "2 mg|2 mg||vor dem Schlafengehen"),
            ("Ibuprofen 400-600 mg 3x tgl.", "|||3x tgl."),
            ("Vitamin D3 20.000 IE 1x/Wo", "20000 IU|||1x/Wo"),
            ("Zoledronat 5 mg 1x jährlich", "5 mg|||1x jährlich"),
            ("Prolia 60 mg alle 6 Mon.", "60 mg|||alle 6 Mon."),
            ("Metoprolol succ. 47,5 mg 1-0-1/2", "47.5 mg|71.25 mg|1-0-0.5-0|1-0-1/2"),
            ("Tamsulosin 0,4 mg abds.", "0.4 mg|0.4 mg||abds."),
            ("Insulin: morgens 12, mittags 8, abends 10 IE", "|30 IU|12-8-10-0|morgens 12, mittags 8, abends 10 IE"),
            ("Lasix 40 i.v.", "40||||intravenous"),
            ("Dabigatran 2 x 110 mg/d", "110 mg|220 mg||2 x"),
            ("Dekristol 20.000 IE 14-tägig", "20000 IU|||14-tägig"),
            ("Zoladex 10,8 mg vierteljährlich", "10.8 mg|||vierteljährlich"),
            ("Vitamin B12 alle drei Monate i.m.", "|||alle drei Monate|intramuscular"),
            ("Bisoprolol 2,5 mg | 1 | - | - | -", "2.5 mg|2.5 mg|1-0-0-0|1 | - | - | -"),
            ("Levetiracetam 500-0-1000", "||500-0-1000-0|500-0-1000"),
            ("Folsäure 5 mg 1-0-0 Mi", "5 mg||1-0-0-0|1-0-0; Mi"),
            ("Prednisolon 20 mg 1-0-0 f. 5 Tage", "20 mg|20 mg|1-0-0-0|1-0-0|||f. 5 Tage"),
            ("Insulin Lantus 22 IE abends", "22 IU|22 IU||abends"),
        ],
    );
    assert_regimens(
        Language::En,
        &[
            ("Carbamazepine 200 mg in the morning and 400 mg at night", "200 mg|600 mg||in the morning; at night"),
            ("Lorazepam 1 mg PRN, no more than 3 mg per day", "1 mg|||PRN; no more than 3 mg per day||||prn"),
            ("Prednisone 40 mg daily, taper by 10 mg every 3 days", "40 mg|||daily"),
            ("Insulin aspart 6 units with breakfast", "6 IU|6 IU||with breakfast"),
            ("Humira 40 mg SC every other week", "40 mg|||every other week|subcutaneous"),
            ("Insulin glargine 18u qHS", "18 IU|18 IU||qHS"),
            ("NPH insulin 14 units in AM and 10 units in PM", "14 IU|24 IU||in AM; in PM"),
            ("simvastatin 40 mg ON", "40 mg|40 mg||ON"),
            ("aspirin 81 mg ON 3/4", "81 mg"),
            ("Amoxicillin 500 mg TID for a week", "500 mg|1500 mg||TID|||for a week"),
            ("Omeprazole 20 mg OD for the next two weeks", "20 mg|20 mg||OD|||for the next two weeks"),
        ],
    );
}

#[test]
fn a_chronic_disease_is_a_reason_and_a_symptom_is_a_need() {
    let of = |text: &str| {
        let rows = read(text);
        (rows[0].prn, rows[0].indication.clone().unwrap_or_default())
    };
    assert_eq!(of("Ramipril 5 mg bei Hypertonie"), (false, "Hypertonie".to_owned()));
    assert_eq!(of("Ramipril 5 mg 1-0-0 wegen arterieller Hypertonie"), (false, "Hypertonie".to_owned()));
    assert!(of("Novalgin 500 mg bei Schmerzen").0);
}

#[test]
fn a_heading_inside_a_list_says_whether_its_drugs_are_taken() {
    use MedicationStatus::*;
    for (text, wanted) in [
        ("Ramipril 5 mg 1-0-0\nAbgesetzt:\nMetformin 1000 mg 1-0-1\nASS 100 mg", vec![Active, Stopped, Stopped]),
        ("Pausiert\nMetformin 1000 mg 1-0-1\n\nWeiter:\nASS 100 mg", vec![Stopped, Active]),
        ("STOP taking:\n- Lisinopril 10 mg daily\nContinue:\n- Aspirin 81 mg daily", vec![Stopped, Active]),
        ("Held medications\nMetformin 500 mg BID", vec![Stopped]),
        ("Geplant:\nApixaban 5 mg 1-0-1", vec![Planned]),
        ("Unverträglichkeiten\nNovalgin\n", vec![Allergy]),
        ("ASS 100 mg 0-1-0 Pause", vec![Stopped]),
        ("Metformin 1000 mg 1-0-1 (Pause bis 12.03.)", vec![Stopped]),
        ("Metformin 500 mg BID - on hold", vec![Stopped]),
        ("No longer taking warfarin", vec![Stopped]),
    ] {
        let rows = read_in(text, Language::De, SectionKind::Body);
        assert_eq!(rows.iter().map(|row| row.status).collect::<Vec<_>>(), wanted, "{text}");
    }
    let rows = read("Bedarfsmedikation:\nParacetamol 500 mg 1-1-1");
    assert_eq!((rows[0].prn, rows[0].daily_value), (true, None));
}

#[test]
fn a_misspelt_drug_is_read_and_flagged() {
    let rows = read("Metorpolol 47,5 mg 1-0-0\nRamipril 5 mg 1-0-0");
    assert_eq!((rows[0].inn.as_deref(), rows[0].flags.as_slice()), (Some("metoprolol"), &["misspelt".to_owned()][..]));
    assert!(rows[1].flags.is_empty());
}

#[test]
fn amounts_before_the_drug_belong_to_it() {
    let rows = read("Gabe von 40 mg Furosemid i.v., dann 20 mg Prednisolon p.o.");
    let of = |row: &MedicationRow| (row.inn.clone().unwrap(), row.strength_value, row.route.clone());
    assert_eq!(of(&rows[0]), ("furosemide".to_owned(), Some(40.0), Some("intravenous".to_owned())));
    assert_eq!(of(&rows[1]), ("prednisolone".to_owned(), Some(20.0), Some("oral".to_owned())));
}

#[test]
fn two_drugs_in_a_line_keep_their_own_regimens() {
    let rows = read("Ramipril 5 mg 1-0-0, ASS 100 mg 0-1-0, Simvastatin 20 mg 0-0-1");
    let daily: Vec<_> = rows.iter().map(|row| (row.inn.as_deref().unwrap(), row.daily_value.unwrap())).collect();
    assert_eq!(daily, [("ramipril", 5.0), ("acetylsalicylic acid", 100.0), ("simvastatin", 20.0)]);
}

#[test]
fn a_cycle_holds_for_all_drugs_of_a_protocol_and_a_schedule_for_its_own() {
    let schedules = |text| read(text).into_iter().map(|row| row.schedule.unwrap_or_default()).collect::<Vec<_>>();
    assert_eq!(schedules("Docetaxel 75 mg/m² + Trastuzumab 6 mg/kg alle 21 Tage"), ["alle 21 Tage", "alle 21 Tage"]);
    assert_eq!(schedules("Carboplatin AUC 5, Paclitaxel 175 mg/m² Tag 1"), ["Tag 1", "Tag 1"]);
    assert_eq!(schedules("Prednisolon 5 mg, Methotrexat 15 mg 1x wöchentlich"), ["", "1x wöchentlich"]);
}

#[test]
fn a_line_that_goes_on_with_the_regimen_belongs_to_the_drug_above() {
    let rows = read("Metoprololsuccinat ret.\n47,5 mg 1-0-1\nKreatinin 1,2 mg/dl");
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0].daily_value, Some(95.0));
    assert!(read("Marcumar nach INR\nFenorlit 1-0-0").iter().all(|row| row.schedule.is_none()));
}

#[test]
fn a_brand_beside_its_substance_leaves_the_regimen_to_the_first() {
    let rows = read("Torasemid | Torem | 10 mg | Tabl | 1 | 0 | 0 | 0 | Stück | | Herz");
    assert_eq!(rows[0].daily_value, Some(10.0));
    assert_eq!(rows[0].indication.as_deref(), Some("Herz"));
    assert_eq!(rows.len(), 1);
    let rows = read("Xeloda (Capecitabin) 500 mg 3-0-3, Ramipril (Delix®) 5 mg 1-0-0");
    let told: Vec<_> = rows.iter().map(|row| (row.drug.as_str(), row.daily_value)).collect();
    assert_eq!(told, [("Capecitabin", Some(3000.0)), ("Ramipril", Some(5.0))]);
}

#[test]
fn laboratory_values_sizes_and_numbers_are_no_medication() {
    for text in [
        "Kalium 4,5 mmol/l, Kreatinin 1,2 mg/dl",
        "Natrium 138 mmol/l",
        "Lithium 0,8 mmol/l",
        "Digoxin 1,1 ng/ml",
        "Digoxin-Spiegel 1,1 ng/ml",
        "Glucose 112 mg/dl, Harnstoff 45 mg/dl",
        "Calcium 2,3 mmol/l, Phosphat 1,1 mmol/l",
        "Vitamin D 18 ng/ml, Folsäure 5 ng/ml",
        "TSH 1,4 mU/l, Testosteron 3,2 ng/ml",
        "Tumor 4,5 cm, Präparat 35 g",
        "Tel. 0711 1-0-1, Zimmer 1-0-1",
        "Eisen im Serum vermindert",
        "estrogen receptor 90 %",
        "potassium 3.4, sodium 138",
        "HCT 38 %",
        "Klasse II, Passage regelrecht",
        "Luminal-B-Karzinom",
        "MCP-Gelenk schmerzhaft",
        "Z. n. Lithiumintoxikation",
        "Alkohol: gelegentlich",
        "ASA III",
        "Votum: Operation",
        "Vision OD 20/40, OS 20/25",
    ] {
        for language in [Language::De, Language::En] {
            let found = scan(text, &layout(text, language, SectionKind::Body));
            assert!(found.mentions.is_empty(), "{text}: {:?}", found.mentions);
        }
    }
}

#[test]
fn values_near_a_drug_are_not_its_strength() {
    for (text, n_parts) in [
        ("Unter Metoprolol Kreatinin 1,2 mg/dl", 0),
        ("Ramipril; Tumor 5 g", 0),
        ("Spironolacton 25 mg, darunter Kalium 5,8 mmol/l", 1),
        ("Heparin, Quick 85 %, PTT 32 s", 0),
        ("Penicillin, Zimmer 12-3-44", 0),
        ("Unter Ramipril RR 120/80 mmHg", 0),
    ] {
        let found = scan(text, &layout(text, Language::De, SectionKind::Body));
        assert_eq!(found.mentions.iter().filter(|mention| mention.label != Label::Drug).count(), n_parts, "{text}");
    }
}

#[test]
fn names_brands_and_salts_lead_to_the_inn() {
    for (written, inn) in [
        ("Metoprololsuccinat", "metoprolol"),
        ("Beloc-Zok", "metoprolol"),
        ("Beloc Zok mite", "metoprolol"),
        ("ASS", "acetylsalicylic acid"),
        ("Aspirin", "acetylsalicylic acid"),
        ("MTX", "methotrexate"),
        ("HCT", "hydrochlorothiazide"),
        ("L-Thyroxin", "levothyroxine"),
        ("L-Thyroxin 75", "levothyroxine"),
        ("Euthyrox", "levothyroxine"),
        ("Tavor", "lorazepam"),
        ("Marcumar", "phenprocoumon"),
        ("Pantozol", "pantoprazole"),
        ("Delix", "ramipril"),
        ("Delix plus", "ramipril/hydrochlorothiazide"),
        ("Carbidopa/Levodopa", "levodopa/carbidopa"),
        ("Novalgin", "metamizole"),
        ("Novaminsulfon", "metamizole"),
        ("Xarelto", "rivaroxaban"),
        ("Eliquis", "apixaban"),
        ("acetaminophen", "paracetamol"),
        ("Tylenol", "paracetamol"),
        ("albuterol", "salbutamol"),
        ("Penizillin", "penicillin"),
        ("Cortison", "cortisone"),
        ("Kortison", "cortisone"),
        ("Valproinsäure", "valproic acid"),
        ("VALPROAT", "valproic acid"),
        ("Sacubitril/Valsartan", "sacubitril/valsartan"),
        ("Valsartan/HCT", "valsartan/hydrochlorothiazide"),
        ("Metoprolol tartrate", "metoprolol"),
        ("Amlodipinbesilat", "amlodipine"),
        ("Verapamil-hydrochlorid", "verapamil"),
        ("Clopidogrelhydrogensulfat", "clopidogrel"),
        ("Lantus", "insulin glargine"),
        ("Cotrim forte", "sulfamethoxazole/trimethoprim"),
        ("ISDN", "isosorbide dinitrate"),
        ("glyburide", "glibenclamide"),
        ("Calciumfolinat", "folinic acid"),
        ("Nikotinpflaster", "nicotine"),
    ] {
        assert_eq!(name(written).map(|name| name.inn).as_deref(), Some(inn), "{written}");
    }
    assert_eq!(name("Ramipril").unwrap().code.as_deref(), Some("DB00178"));
    assert!(name("Pinguin").is_none());
}

#[test]
fn parts_without_a_relation_go_to_the_drug_on_their_left() {
    let text = "Ramipril 5 mg 1-0-1";
    let layout = layout(text, Language::De, SectionKind::Medication);
    let (mentions, _) = rows_of(&scan(text, &layout), SectionKind::Medication);
    let rows = entries(text, &layout, &mentions, &[]);
    assert_eq!(rows[0].daily_value, Some(10.0));
}

#[test]
fn the_new_strength_of_a_change_holds() {
    let rows = read("Ramipril von 5 mg auf 10 mg erhöht");
    assert_eq!(rows[0].strength_value, Some(10.0));
    let rows = read_in("bisoprolol 1.25 mg OD, increased to 2.5 mg OD", Language::En, SectionKind::Medication);
    assert_eq!((rows[0].strength_value, rows[0].daily_value), (Some(2.5), Some(2.5)));
}

/// Spans of the labels as `datasets/LABELS.md` shows them.
#[test]
fn spans_are_those_of_the_guide() {
    let text = "Ibuprofen 600 mg Tbl. p.o. 1-0-1-0 für 7 Tage, Novalgin 20 Tropfen b. B. max. 4x/d, Salbutamol 1-2 Hübe bei Atemnot.";
    let layout = layout(text, Language::De, SectionKind::Body);
    let found = scan(text, &layout);
    let spans: Vec<_> = found.mentions.iter().map(|mention| (mention.label.as_str(), mention.span.of(text))).collect();
    assert_eq!(
        spans,
        [
            ("Drug", "Ibuprofen"),
            ("Strength", "600 mg"),
            ("Form", "Tbl."),
            ("Route", "p.o."),
            ("Frequency", "1-0-1-0"),
            ("Duration", "für 7 Tage"),
            ("Drug", "Novalgin"),
            ("Dose", "20 Tropfen"),
            ("Frequency", "b. B."),
            ("Frequency", "max. 4x/d"),
            ("Drug", "Salbutamol"),
            ("Dose", "1-2 Hübe"),
            ("Frequency", "bei Atemnot"),
        ]
    );
}

#[track_caller]
fn assert_laws(text: &str, language: Language) {
    let layout = layout(text, language, SectionKind::Medication);
    let found = scan(text, &layout);
    for pair in found.mentions.windows(2) {
        assert!(pair[0].span.end <= pair[1].span.start, "mentions are ordered and do not overlap");
    }
    for mention in &found.mentions {
        let words = mention.span.of(text);
        assert!(!words.is_empty() && words.trim() == words, "{words:?}");
        assert!(layout.sentences.iter().any(|sentence| sentence.span.contains(mention.span)));
    }
    for relation in &found.relations {
        assert_eq!(found.mentions[relation.head as usize].label, Label::Drug);
        assert_eq!(RelationType::for_tail(found.mentions[relation.tail as usize].label), Some(relation.kind));
    }
    let (mentions, relations) = rows_of(&found, SectionKind::Medication);
    let rows = entries(text, &layout, &mentions, &relations);
    assert!(
        rows.iter().all(|row| row.daily_value.is_none_or(f64::is_finite)
            && row.drug == mentions[row.mention_id as usize].span.of(text))
    );
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC{0,200}") {
        assert_laws(&text, Language::De);
    }

    #[test]
    fn no_order_of_regimen_words_makes_it_panic(words in prop::collection::vec(prop::sample::select(vec![
        "Ramipril", "Beloc-Zok", "ASS100", "Penicillinallergie", "5", "mg", "5/12,5", "1-0-1", "1/2", "½", "-", "–", "|", "x", "3x", "tgl.", "alle", "8", "h",
        "b.", "B.", "max.", "bis", "12.03.", "für", "7", "Tage", "i.v.", "p.", "o.", "µg/h", "/", "m²", "IE", "Mio", "zur", "Nacht", "Mo-Fr", "Uhr", ":", "(", ")",
        ",", ".", "\n", "  ", "bei", "Schmerzen", "auf", "umgestellt", "abgesetzt", "ab", "01.03.", "mmol/l", "0,9", "%", "AUC", "ü", "🙂", "e\u{301}", "99999999999",
    ]), 0..40), glue in prop::sample::select(vec![" ", ""])) {
        let text = words.join(glue);
        assert_laws(&text, Language::De);
        assert_laws(&text, Language::En);
    }
}

#[test]
fn a_sure_model_lengthens_english_names_but_not_by_a_form_and_not_in_german() {
    let drug = |text: &str, name: &str, score: Option<f32>| {
        let start = text.find(name).unwrap();
        let span = Span::new(start, start + name.len());
        match score {
            Some(score) => Mention::by_model(Task::Medication, Label::Drug, span, score),
            None => Mention::by_rule(Task::Medication, Label::Drug, span),
        }
    };
    let longer = |text: &'static str, whole: &str, part: &str, language, score| {
        let mut rules = [drug(text, part, None)];
        lengthen(text, language, &[drug(text, whole, Some(score))], &mut rules);
        rules[0].span.of(text)
    };
    let text = "given pegylated interferon weekly";
    assert_eq!(longer(text, "pegylated interferon", "interferon", Language::En, 0.99), "pegylated interferon");
    assert_eq!(longer(text, "pegylated interferon", "interferon", Language::En, 0.9), "interferon");
    assert_eq!(longer(text, "pegylated interferon", "interferon", Language::De, 0.99), "interferon");
    let text = "tobramycin solution, ibuprofen tablets (400 mg)";
    assert_eq!(longer(text, "ibuprofen tablets", "ibuprofen", Language::En, 0.99), "ibuprofen");
    assert_eq!(longer(text, "ibuprofen tablets (400", "ibuprofen", Language::En, 0.99), "ibuprofen");
}
