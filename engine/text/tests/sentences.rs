//! A table of clinical text, German and English, and where its sentences end. `‖` marks a border in the expected column.

use befund_core::Layout;
use befund_text::layout;

/// Fixes the language of a short example: function words that the examples may lack, in a paragraph of its own.
const GERMAN: &str =
    "\n\nWir berichten über die Patientin und den Verlauf bei der Behandlung, sie wurde mit dem Befund entlassen.";
const ENGLISH: &str = "\n\nThis is the report of the patient and it was received with the history.";

fn sentences(text: &str, tail: &str) -> Vec<String> {
    let whole = format!("{text}{tail}");
    let Layout { sentences, .. } = layout(&whole);
    let inside = sentences.iter().filter(|sentence| sentence.span.end as usize <= text.len());
    inside.map(|sentence| sentence.span.of(&whole).split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

fn check(table: &[(&str, &str)], tail: &str) {
    let mut wrong = Vec::new();
    for (text, want) in table {
        let got = sentences(text, tail).join(" ‖ ");
        if got != *want {
            wrong.push(format!("text {text:?}\n want {want}\n  got {got}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} differ\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

#[test]
fn german_abbreviations_do_not_end_sentences() {
    check(
        &[
            ("Z. n. Apoplex 2011. V. a. Pneumonie.", "Z. n. Apoplex 2011. ‖ V. a. Pneumonie."),
            ("Z.n. Cholezystektomie. St. p. Appendektomie.", "Z.n. Cholezystektomie. ‖ St. p. Appendektomie."),
            ("Novalgin 20 Trpf. b. B. bei Schmerzen.", "Novalgin 20 Trpf. b. B. bei Schmerzen."),
            ("Der Tumor misst ca. 3 cm. Die Ränder sind frei.", "Der Tumor misst ca. 3 cm. ‖ Die Ränder sind frei."),
            ("Dr. med. Müller und Prof. Dr. Schmidt.", "Dr. med. Müller und Prof. Dr. Schmidt."),
            ("Antibiose, z. B. Amoxicillin. Danach Kontrolle.", "Antibiose, z. B. Amoxicillin. ‖ Danach Kontrolle."),
            ("Antibiose, z.B. Amoxicillin, d. h. Penicillin.", "Antibiose, z.B. Amoxicillin, d. h. Penicillin."),
            ("Es besteht u. a. Hypertonie.", "Es besteht u. a. Hypertonie."),
            ("Gabe von Furosemid i. v. Danach Besserung.", "Gabe von Furosemid i. v. ‖ Danach Besserung."),
            ("Heparin s. c. Gabe fortgesetzt.", "Heparin s. c. Gabe fortgesetzt."),
            ("ASS 100 mg p.o. tgl. einnehmen.", "ASS 100 mg p.o. tgl. einnehmen."),
            ("Fieber bzw. Schüttelfrost, ggf. Labor.", "Fieber bzw. Schüttelfrost, ggf. Labor."),
            ("Die Pat. Müller kam. Der Pat. geht es gut.", "Die Pat. Müller kam. ‖ Der Pat. geht es gut."),
            ("Schmerzen li. Schulter und re. Knie.", "Schmerzen li. Schulter und re. Knie."),
            ("Ramipril 5 mg Tbl. 1-0-1, max. 10 mg.", "Ramipril 5 mg Tbl. 1-0-1, max. 10 mg."),
            ("Bei Ihrem o. g. Patienten erfolgte die Kontrolle.", "Bei Ihrem o. g. Patienten erfolgte die Kontrolle."),
            (
                "Lunge bds. frei. Herz o. B. Die Leber ist weich.",
                "Lunge bds. frei. ‖ Herz o. B. ‖ Die Leber ist weich.",
            ),
            ("Stenose der A. carotis interna. M. Crohn.", "Stenose der A. carotis interna. ‖ M. Crohn."),
            ("Mittelgr. Dysplasie, geringgr. Entzündung.", "Mittelgr. Dysplasie, geringgr. Entzündung."),
            ("Pathol. Befund: unauff. Schleimhaut.", "Pathol. Befund: unauff. Schleimhaut."),
            ("Siehe Abb. 3 und Tab. 4. Die Werte steigen.", "Siehe Abb. 3 und Tab. 4. ‖ Die Werte steigen."),
            ("Zimmer Nr. 12 inkl. Bad.", "Zimmer Nr. 12 inkl. Bad."),
            ("49jähr. Pat. in gutem AZ.", "49jähr. Pat. in gutem AZ."),
            ("Mamma-Ca. rechts. Kein Rezidiv.", "Mamma-Ca. rechts. ‖ Kein Rezidiv."),
        ],
        GERMAN,
    );
}

#[test]
fn german_numbers_dates_and_ordinals_do_not_end_sentences() {
    check(
        &[
            (
                "Aufnahme am 3. Mai 2020. Entlassung am 12.03.2021.",
                "Aufnahme am 3. Mai 2020. ‖ Entlassung am 12.03.2021.",
            ),
            ("TNM nach der 8. Auflage. Staging folgt.", "TNM nach der 8. Auflage. ‖ Staging folgt."),
            ("Vom 19.3. bis zum 7.5.2029 stationär.", "Vom 19.3. bis zum 7.5.2029 stationär."),
            ("Tumor 1.5 x 2,5 cm. Abstand 0,3 cm.", "Tumor 1.5 x 2,5 cm. ‖ Abstand 0,3 cm."),
            ("Verbrennung 1. – 3. Grades am Hals.", "Verbrennung 1. – 3. Grades am Hals."),
            ("Am 2. postoperativen Tag Fieber.", "Am 2. postoperativen Tag Fieber."),
            ("Chemotherapie im 2. Zyklus. Danach Pause.", "Chemotherapie im 2. Zyklus. ‖ Danach Pause."),
            (
                "Herd mit Muster 3. Rechts dorsal Kapseldurchbruch.",
                "Herd mit Muster 3. ‖ Rechts dorsal Kapseldurchbruch.",
            ),
            ("Chemotherapie 2. Zyklus ambulant.", "Chemotherapie 2. Zyklus ambulant."),
            ("Der Quick lag bei 12. Die Gabe wurde gestoppt.", "Der Quick lag bei 12. ‖ Die Gabe wurde gestoppt."),
            ("Erstdiagnose 2011. Rezidiv 2019.", "Erstdiagnose 2011. ‖ Rezidiv 2019."),
            ("1. Hypertonie 2. Diabetes 3. KHK", "1. Hypertonie ‖ 2. Diabetes ‖ 3. KHK"),
            ("ASS 100 mg 1-0-0. Ramipril 5 mg 1-0-1.", "ASS 100 mg 1-0-0. ‖ Ramipril 5 mg 1-0-1."),
            ("Stadium pT2. Resektat im Gesunden.", "Stadium pT2. ‖ Resektat im Gesunden."),
            ("Tumorstadium: pT2, pN0 (0/17), L0, V0, R0. G2.", "Tumorstadium: pT2, pN0 (0/17), L0, V0, R0. ‖ G2."),
            (
                "Vorstellung um 9.30 Uhr in der II. Medizinischen Klinik.",
                "Vorstellung um 9.30 Uhr in der II. Medizinischen Klinik.",
            ),
            ("Adenokarzinom im Stadium III. Der Patient kam.", "Adenokarzinom im Stadium III. ‖ Der Patient kam."),
            ("Hepatitis B. Der Patient ist geimpft.", "Hepatitis B. ‖ Der Patient ist geimpft."),
        ],
        GERMAN,
    );
}

#[test]
fn german_questions_brackets_and_missing_blanks() {
    check(
        &[
            ("Rezidiv? Kontrolle in 3 Monaten!", "Rezidiv? ‖ Kontrolle in 3 Monaten!"),
            ("Metastase (?) Leber rechts.", "Metastase (?) Leber rechts."),
            ("Er sagte: „Es geht gut.“ Danach ging er.", "Er sagte: „Es geht gut.“ ‖ Danach ging er."),
            ("Kein Befall (siehe oben.) Der Rand ist frei.", "Kein Befall (siehe oben.) ‖ Der Rand ist frei."),
            (
                "Kein Anhalt für Lymphknotenbefall.Danach Entlassung.",
                "Kein Anhalt für Lymphknotenbefall. ‖ Danach Entlassung.",
            ),
            (
                "Übelkeit. Äußere Wunde reizlos. Öfter Schwindel.",
                "Übelkeit. ‖ Äußere Wunde reizlos. ‖ Öfter Schwindel.",
            ),
            ("Im Bereich der A . cerebri media rechts.", "Im Bereich der A . cerebri media rechts."),
            ("Verlauf gut ... Entlassung geplant.", "Verlauf gut ... ‖ Entlassung geplant."),
        ],
        GERMAN,
    );
}

#[test]
fn english_abbreviations_do_not_end_sentences() {
    check(
        &[
            ("Dr. Smith saw Mrs. Jones. She is well.", "Dr. Smith saw Mrs. Jones. ‖ She is well."),
            ("Agents, e.g. Cisplatin, i.e. platinum.", "Agents, e.g. Cisplatin, i.e. platinum."),
            ("Benign vs. Malignant. See Fig. 3 and No. 7.", "Benign vs. Malignant. ‖ See Fig. 3 and No. 7."),
            ("Aspirin 81 mg p.o. b.i.d. He tolerated it.", "Aspirin 81 mg p.o. b.i.d. ‖ He tolerated it."),
            ("Lasix 40 mg q.d. for edema.", "Lasix 40 mg q.d. for edema."),
            ("Measures approx. 3 cm. The margins are free.", "Measures approx. 3 cm. ‖ The margins are free."),
            ("The tumor is 2.6 CM. IN MAXIMUM DIMENSION.", "The tumor is 2.6 CM. ‖ IN MAXIMUM DIMENSION."),
            ("Estimated 2. 7 cm diameter, 1. 8 cm away.", "Estimated 2. 7 cm diameter, 1. 8 cm away."),
            ("Smith et al. reported 3 pts. with rash.", "Smith et al. reported 3 pts. with rash."),
            ("He received vitamin D. The rash resolved.", "He received vitamin D. ‖ The rash resolved."),
            ("Involved by E. coli. No growth.", "Involved by E. coli. ‖ No growth."),
            ("Grade 2. Tumor size is 3 cm.", "Grade 2. ‖ Tumor size is 3 cm."),
            ("Stage III. Margins negative.", "Stage III. ‖ Margins negative."),
            ("pT2 pN0 MX. Gleason 3+4=7.", "pT2 pN0 MX. ‖ Gleason 3+4=7."),
            ("negative lymph nodes (0/12). Margins free.", "negative lymph nodes (0/12). ‖ Margins free."),
            ("Is there invasion? No. The margin is free.", "Is there invasion? ‖ No. ‖ The margin is free."),
            ("nodes are negative. for metastatic disease.", "nodes are negative. for metastatic disease."),
            ("measures 2 cm in diameter .The serosa is tan.", "measures 2 cm in diameter . ‖ The serosa is tan."),
            ("labeled \"tumor.\" It is tan.", "labeled \"tumor.\" ‖ It is tan."),
        ],
        ENGLISH,
    );
}

#[test]
fn notes_in_small_letters_are_split_too() {
    let text = "patient complains of chest pain. no shortness of breath. started on aspirin 81 mg daily for the pain.";
    assert_eq!(sentences(text, "").len(), 3);
}

#[test]
fn wrapped_lines_are_joined_and_lists_are_not() {
    check(
        &[
            ("pT2\nN0 MX", "pT2 N0 MX"),
            ("Tumorformel: pT3\npN1 (2/14)\nM0", "Tumorformel: pT3 pN1 (2/14) M0"),
            ("Tumorformel:\npT\n1   NX   MO", "Tumorformel: pT 1 NX MO"),
            (
                "[ ] pT3: Infiltration in das Fettgewebe der Umgebung\n[X] pT4: Serosa",
                "[ ] pT3: Infiltration in das Fettgewebe der Umgebung ‖ [X] pT4: Serosa",
            ),
            ("ASS 100 mg 1-0-0\nRamipril 5 mg 1-0-1", "ASS 100 mg 1-0-0 ‖ Ramipril 5 mg 1-0-1"),
            ("metoprolol 50 mg 1-0-1\nsimvastatin 20 mg 0-0-1", "metoprolol 50 mg 1-0-1 ‖ simvastatin 20 mg 0-0-1"),
            (
                "Furosemid 40mg ½-0-0\nPantoloc 40mg 1-0-0\nFerretab 1-0-0",
                "Furosemid 40mg ½-0-0 ‖ Pantoloc 40mg 1-0-0 ‖ Ferretab 1-0-0",
            ),
            ("Pantoprazol 40 mg\n1-0-0", "Pantoprazol 40 mg 1-0-0"),
            ("- Hypertonie\n- Diabetes mellitus\n- KHK", "- Hypertonie ‖ - Diabetes mellitus ‖ - KHK"),
            ("• Hypertonie\r\n• Diabetes\r\n", "• Hypertonie ‖ • Diabetes"),
            ("1. Hypertonie\n2. Diabetes\n10. KHK", "1. Hypertonie ‖ 2. Diabetes ‖ 10. KHK"),
            ("Herrn\nKarl Müller\nAhornweg 3", "Herrn ‖ Karl Müller ‖ Ahornweg 3"),
            ("Hb\t12,3\tg/dl\nLeuko\t4,5\tTsd", "Hb 12,3 g/dl ‖ Leuko 4,5 Tsd"),
            ("| Hb | 12,3 |\n| CRP | 5 |", "| Hb | 12,3 | ‖ | CRP | 5 |"),
            (
                "Der Patient wurde wegen einer akuten Verschlechterung des\nAllgemeinzustandes aufgenommen. Er war wach.",
                "Der Patient wurde wegen einer akuten Verschlechterung des Allgemeinzustandes aufgenommen. ‖ Er war wach.",
            ),
            ("Bekannt ist ein Z. n.\nApoplex links", "Bekannt ist ein Z. n. Apoplex links"),
            ("Bekannt sind Hypertonie,\nDiabetes und KHK", "Bekannt sind Hypertonie, Diabetes und KHK"),
            ("Metastase in Lymph-\nknoten rechts", "Metastase in Lymph- knoten rechts"),
            ("Grading:\nG2", "Grading: G2"),
            ("Name:\nGeburtsdatum:\nStation:", "Name: ‖ Geburtsdatum: ‖ Station:"),
            ("Verlauf:\nKomplikationslos\n\nLabor:\nunauffällig", "Verlauf: ‖ Komplikationslos ‖ Labor: ‖ unauffällig"),
            ("Kein Rezidiv\n\nKein Befall", "Kein Rezidiv ‖ Kein Befall"),
            ("Aufnahme am\n3. Mai 2020 durch den Notarzt", "Aufnahme am 3. Mai 2020 durch den Notarzt"),
        ],
        GERMAN,
    );
}

#[test]
fn english_reports_wrap_and_list_as_well() {
    check(
        &[
            (
                "The specimen is received in saline for frozen section, labeled with\nthe name, and it measures 1.3 x 0.3 cm. Three\nsections are submitted.",
                "The specimen is received in saline for frozen section, labeled with the name, and it measures 1.3 x 0.3 cm. ‖ Three sections are submitted.",
            ),
            (
                "T Stage, Pathologic:\npT2\nN Stage, Pathologic:\npN0",
                "T Stage, Pathologic: pT2 ‖ N Stage, Pathologic: pN0",
            ),
            (
                "MOUTH, ANTERIOR FLOOR, MARGIN, EXCISION: SQUAMOUS MUCOSA, NEGATIVE FOR\nMALIGNANCY.\nTONGUE, EXCISION",
                "MOUTH, ANTERIOR FLOOR, MARGIN, EXCISION: SQUAMOUS MUCOSA, NEGATIVE FOR MALIGNANCY. ‖ TONGUE, EXCISION",
            ),
            ("CHRONIC CHOLECYSTITIS\nCHOLELITHIASIS", "CHRONIC CHOLECYSTITIS ‖ CHOLELITHIASIS"),
            ("AJCC staging:\npT2\npNx\npMx", "AJCC staging: pT2 pNx pMx"),
            ("Lisinopril 10 mg daily\nMetformin 500 mg bid", "Lisinopril 10 mg daily ‖ Metformin 500 mg bid"),
            ("A. Lymph node, right\nB. Breast, left", "A. Lymph node, right ‖ B. Breast, left"),
            ("1:SP: Dome of bladder\n2: SP: Right nodes", "1:SP: Dome of bladder ‖ 2: SP: Right nodes"),
            ("FINAL DIAGNOSIS:\nAdenocarcinoma", "FINAL DIAGNOSIS: ‖ Adenocarcinoma"),
        ],
        ENGLISH,
    );
}
