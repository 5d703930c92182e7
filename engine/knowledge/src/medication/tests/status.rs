//! What becomes of a drug: words, headings, the model.

use super::*;

#[test]
fn status_follows_the_words_of_the_sentence() {
    use MedicationStatus::{Active, Allergy, Planned, Stopped};
    for (text, wanted) in [
        ("Ramipril 5 mg 1-0-0", vec![Active]),
        ("Ramipril wurde abgesetzt.", vec![Stopped]),
        ("HCT 25 mg 1-0-0 - abgesetzt", vec![Stopped]),
        ("Nach Absetzen von HCT und Citalopram stieg das Natrium.", vec![Stopped, Stopped]),
        ("Marcumar pausiert, Ramipril weiter", vec![Stopped, Active]),
        ("Marcumar wurde auf Apixaban umgestellt.", vec![Stopped, Active]),
        ("Umstellung von Marcumar auf Apixaban", vec![Stopped, Active]),
        ("Warfarin was replaced by apixaban.", vec![Stopped, Active]),
        ("Metoprolol was discontinued and amlodipine was started.", vec![Stopped, Active]),
        ("We discontinued metoprolol.", vec![Stopped]),
        ("Nicht mehr einnehmen: Ramipril, Marcumar, Ibuprofen.", vec![Stopped, Stopped, Stopped]),
        ("Abgesetzt seit 01/2025: Glibenclamid", vec![Stopped]),
        ("Allergie gegen Penicillin", vec![Allergy]),
        ("Penicillinallergie", vec![Allergy]),
        ("Penicillin-Allergie bekannt", vec![Allergy]),
        ("Allergies: sulfamethoxazole (hives), codeine (nausea)", vec![Allergy, Allergy]),
        ("She is allergic to amoxicillin.", vec![Allergy]),
        ("Eine Therapie mit Etanercept ist geplant.", vec![Planned]),
        ("Apixaban 5 mg 1-0-1 ab 01.03.", vec![Planned]),
        ("Apixaban 2.5 mg twice daily from 24 Feb", vec![Planned]),
        ("We plan to start methotrexate.", vec![Planned]),
        ("Leflunomid und Sulfasalazin nicht wieder ansetzen", vec![Stopped, Stopped]),
        ("Auf weitere Gaben von Cefuroxim wurde verzichtet.", vec![Stopped]),
        ("Clopidogrel 75 mg 1-0-0 bis 12/2025", vec![Active]),
        ("Citalopram wurde nicht gestoppt.", vec![Active]),
        ("Pirfenidon ohne Pause, Nintedanib ist gescheitert.", vec![Active, Stopped]),
        ("Pantoprazol 20 mg 1-0-0, kann bei Beschwerdefreiheit beendet werden", vec![Active]),
        ("Sertralin 50 mg morgens, Steigerung auf 100 mg geplant", vec![Active]),
        ("Torasemid 20 mg 1-0-0 (ab morgen 10 mg)", vec![Active]),
        ("Tamoxifen 20 mg 1-0-0 (Beginn 01/2025)", vec![Active]),
        ("Capecitabin 1500 mg 1-0-1 d1-14, Pause d15-21", vec![Active]),
        ("Rivaroxaban 20 mg: Wiederbeginn am 5. Tag", vec![Planned]),
        ("Ticagrelor sollte für 12 Monate beibehalten werden.", vec![Active]),
        ("Apixaban wurde pausiert und am zweiten Tag wieder begonnen.", vec![Active]),
        ("Von einer Therapie mit Amiodaron wurde abgesehen.", vec![]),
        ("Nach Eindosierung von Levetiracetam 500 mg 1-0-1 anfallsfrei.", vec![Active]),
        ("Die letzte Gabe von Infliximab war am 02.02., die nächste ist am 30.03. vorgesehen.", vec![Active]),
        ("Heparin nach PTT, ab morgen Phenprocoumon nach INR.", vec![Active, Planned]),
        ("Umstellung von Duloxetin 60 mg 1-0-0 auf Venlafaxin vorgesehen", vec![Active, Planned]),
        ("Esomeprazol 40 mg 2x tgl. 8 Wochen, dann Gaviscon b. B.", vec![Active, Planned]),
        ("UAW-Anamnese: Codein (Übelkeit), Cotrimoxazol (Exanthem)", vec![Allergy, Allergy]),
        ("Änderungen: Ramipril ↑ 10 mg, Torasemid ↓ 5 mg, HCT gestoppt", vec![Active, Active, Stopped]),
        ("Metformin 1000 mg 1-0-1, bei eGFR < 30 absetzen", vec![Active]),
        ("Diclofenac bei Niereninsuffizienz vermeiden", vec![]),
        ("Terbinafin ist beantragt.", vec![Planned]),
        ("Ibuprofen ist kontraindiziert, daher Metamizol.", vec![Active]),
        ("Patient declined simvastatin. Avoid naproxen.", vec![]),
        ("He declined denosumab. We decided against amiodarone.", vec![]),
        ("Auf Codein und Tramadol wurde verzichtet.", vec![]),
    ] {
        let rows = read_in(text, Language::De, SectionKind::Body);
        assert_eq!(rows.iter().map(|row| row.status).collect::<Vec<_>>(), wanted, "{text}");
    }
    assert_eq!(read_in("Novalgin (Blutdruckabfall)", Language::De, SectionKind::Allergies)[0].status, Allergy);
}

#[test]
fn denied_drugs_and_those_of_relatives_give_no_row() {
    let text = "Keine Einnahme von Marcumar";
    let layout = layout(text, Language::De, SectionKind::Body);
    let (mut mentions, relations) = rows_of(&scan(text, &layout), SectionKind::Body);
    mentions[0].assertion = Assertion::Negated;
    assert!(entries(text, &layout, &mentions, &relations).is_empty());
    mentions[0].assertion = Assertion::Affirmed;
    mentions[0].subject = Subject::Family;
    assert!(entries(text, &layout, &mentions, &relations).is_empty());
}

#[test]
fn the_model_decides_where_neither_words_nor_a_regimen_do() {
    let told_in = |text: &str, kind: SectionKind, status: Option<MedicationStatus>, score: f32| {
        let layout = layout(text, Language::De, kind);
        let (mut mentions, relations) = rows_of(&scan(text, &layout), kind);
        for drug in mentions.iter_mut().filter(|mention| mention.label == Label::Drug) {
            drug.fate = Some(Fate { status, score });
        }
        entries(text, &layout, &mentions, &relations).first().map(|row| (row.status, row.flags.join(" ")))
    };
    let told = |text: &str, status, score| told_in(text, SectionKind::Body, status, score);
    let (active, stopped) = (MedicationStatus::Active, MedicationStatus::Stopped);
    let by_rules = |status| Some((status, String::new()));
    let by_model = Some((stopped, "status_by_model".to_owned()));
    assert_eq!(told("Von Ramipril ist sie los.", Some(stopped), 0.95), by_model);
    assert_eq!(told("Von Ramipril ist sie los.", Some(stopped), 0.4), by_rules(active));
    assert_eq!(told("Ramipril wurde abgesetzt.", Some(active), 0.9), by_rules(stopped));
    assert_eq!(told("Ramipril 5 mg 1-0-0", Some(stopped), 0.97), by_rules(active));
    assert_eq!(told("Ramipril 5 mg 1-0-0", Some(stopped), 0.995), by_model);
    assert_eq!(told("Der Bruder kennt Ramipril gut.", None, 0.99), None);
    assert_eq!(told("Ramipril 5 mg 1-0-0", None, 0.8), by_rules(active));
    // The heading of a list says that its drugs are taken.
    assert_eq!(told_in("Clexane, Ibuprofen", SectionKind::Medication, Some(stopped), 0.99), by_rules(active));
}

#[test]
fn courses_that_are_counted_line_by_line_are_over() {
    use MedicationStatus::{Active, Planned, Stopped};
    for (text, wanted) in [
        ("1. Chemotherapie (Vincristin/ Etoposid),\n2. Chemotherapie (Carboplatin)", vec![Stopped, Stopped, Stopped]),
        ("1. Linie: Docetaxel\n2. Linie: Abirateron\n3. Linie: Cabazitaxel seit 3/22", vec![Stopped, Stopped, Active]),
        ("Line 1: carboplatin\nLine 2: nivolumab\nLine 3: docetaxel planned", vec![Stopped, Stopped, Planned]),
        ("2. Chemotherapie mit Paclitaxel heute", vec![Active]),
        ("1. Ramipril\n2. Bisoprolol", vec![Active, Active]),
        ("Die Therapie könnte auf Dauer auf ein Fentanyl-Pflaster umgestellt werden.", vec![Planned]),
        ("Wir haben mit der Eindosierung von Tacrolimus begonnen.", vec![Active]),
        ("Bei Unverträglichkeit: Candesartan 8 mg 1-0-0", vec![Planned]),
        ("Therapievorschlag: Mirtazapin 15 mg 0-0-0-1", vec![Planned]),
    ] {
        let found: Vec<_> = read(text).iter().map(|row| row.status).collect();
        assert_eq!(found, wanted, "{text}");
    }
}
