"""Frames without any TNM content: look-alikes and ordinary report sentences."""

DE = r"""
MRT LWS: Bandscheibenvorfall L<4/5|5/S1|3/4|2/3> mit Kompression der Wurzel <S1|L5|L4> <links|rechts>.
In T1 hypointense, in T2 hyperintense Raumforderung.
Herd in der <T2|T1|FLAIR>-Wichtung hyperintens, nach KM-Gabe Anreicherung in T1.
T1w und T2w Sequenzen axial und sagittal, <T2 TSE|T1 SE|T2* GRE|T1 VIBE> nach Kontrastmittel.
Signalanhebung in T2/STIR, keine Diffusionsstörung.
Fraktur des <BWK 12|LWK 1|Th8|Th12|L1|HWK 7|BWK 8 und BWK 9>, Z. n. Kyphoplastie <L2|LWK 3>.
Sensibilitätsstörung im Dermatom <L5|S1|C6|Th10> rechts, Kraftgrad 4/5.
Wurzelkompression <C5/6|C6/7|L4/L5|L5/S1|S1> links, Parese der Fußhebung KG 3/5.
Epiduralkatheter auf Höhe Th8/9 angelegt.
Spinalkanalstenose L3-L5, Spondylodese L4-S1 {year}.
Schilddrüse: TSH 1,2 mU/l, fT3 4,8 pmol/l, fT4 {num:10-22} pmol/l.
<T3 und T4|fT3, fT4|FT3/FT4> im Normbereich, TSH supprimiert.
TSH basal {cm:0-5}, fT4 normwertig, T3 1,4 ng/ml.
Substitution nach Thyreoidektomie, TSH-Ziel unter 1 mU/l.
CD4-T-Zellen 350/µl, CD8-positive T-Lymphozyten vermehrt.
Immunphänotyp: CD3+, CD4+, CD20-, CD10-, BCL2 positiv, Ki-67 {num:5-95} %.
PD-L1-Expression TPS {num:1-90} %, CPS {num:1-60}.
HER2-Status Score <0|1+|2+|3+>, FISH nicht amplifiziert.
ER {num:10-100} %, PR {num:0-100} %, HER2 1+, Ki-67 {num:5-70} %.
Hormonrezeptorstatus: Östrogenrezeptor IRS 12/12, Progesteronrezeptor IRS <6|8|9>/12.
Hereditäre Neuropathie vom Typ CMT1A.
Diabetes mellitus Typ <1|2>, HbA1c {cm:5-9} %.
Vitamin B12 {num:150-800} pg/ml, Vitamin D3 substituiert, Vitamin K1 oral.
Einbettung: Blöcke A1-A5, B1 und B2, Kassette C3.
Eingebettet in Kapsel {block}, HE, PAS, Gomori.
<Block|Paraffinblock|Kapsel|Kassette> {block}: Tumorrand, {block}: Lymphknoten.
Entnahmestellen T1 bis T4: tumornah, T5: tumorfern.
Präparat {num:1-9}: {op} mit einer Fadenmarkierung bei 12 Uhr.
Lymphknoten A{num:1-4}, Schnellschnitt N{num:1-4}.
Zimmer {num:1-30}, Station M{num:1-4}, Haus C{num:1-5}.
Aufnahme auf Station T3, Bett 2.
Schuhgröße 43, Einlagenversorgung.
Parese des N. vagus, N. facialis und N. recurrens links.
M. biceps brachii und M. triceps mit Kraftgrad 4/5, M. deltoideus {num:3-5}/5.
Sehnenriss des M. supraspinatus Grad II.
Mb. Parkinson, Hoehn und Yahr Stadium III.
EKG: Sinusrhythmus, ST-Senkungen in V4-V6, T-Negativierung in V1-V3.
EKG: R-Verlust V1-V3, S1Q3-Typ, PQ 180 ms.
T-Welle in V2 biphasisch, ST-Hebung in II, III, aVF.
PCR mit 35 Zyklen, CT-Wert 28, N1- und N2-Gen positiv.
SARS-CoV-2-PCR positiv (Ct {num:15-35}).
Zellen in der G1-Phase, G2/M-Arrest.
Therapie mit R-CHOP, {num:4-8} Zyklen, G-CSF-Gabe ab Tag 4.
Herzinsuffizienz NYHA <II|III|III-IV>, linksventrikuläre EF {num:20-60} %.
Leberzirrhose Child <A|B|C>, MELD {num:8-28}, Ösophagusvarizen Grad <1|2|II>.
ASA <II|III>, ECOG <0|1|2>, Karnofsky {num:5-10}0 %.
COPD GOLD <II|III|IV>, FEV1 {num:30-70} %.
Niereninsuffizienz Stadium <3|3a|IIIb|G3a|4> nach KDIGO, A2.
Chronische Niereninsuffizienz im Stadium G3b A{num:1-3}.
pAVK Stadium <IIa|IIb|III|IV> nach Fontaine <links|rechts|bds.>.
Dekubitus Grad <1|2|3> sakral, Wundgröße {dim}.
BI-RADS <2|3|4|5> links, ACR-Dichte c.
PI-RADS <3|4|5>-Läsion in der peripheren Zone rechts.
Hämorrhoiden Grad <II|III>, PIN high grade, CIN <II|III>.
Low-grade tubuläres Adenom des Kolons.
High-grade intraepitheliale Neoplasie, kein invasives Karzinom.
Barrett-Schleimhaut Prag C{num:0-5}M{num:1-8}, ohne Dysplasie.
Refluxösophagitis Los Angeles Grad <A|B|C>.
Chronische Gastritis Grad 1, Aktivität Grad {num:0-2}, Hp negativ.
Regressionsgrad nach Becker 1b, nach Dworak Grad <2|3>.
Steatohepatitis, Fibrosegrad F{num:1-4}, Aktivitätsgrad {num:1-3}.
Toxizität: Polyneuropathie CTCAE Grad <1|2|3>, Hand-Fuß-Syndrom Grad 2.
2/6-Systolikum mit p.m. über dem 2. ICR rechts.
Makroskopie: Haut- und Weichteilexzisat {dim}, Fadenmarkierung bei 12 Uhr.
Makroskopisch: {op}, {dim}, mit einem grauweißen Tumor von {cm:1-9} cm.
Mehrere Gewebefragmente von zusammen {dim}.
Tumor {dim} messend, Abstand zum Resektionsrand {num:1-30} mm.
{op} mit einem {histo}.
{histo} {org}.
{dx}, ED {my}.
Z. n. {op} {my} bei {dx}.
Die Absetzungsränder sind tumorfrei.
Das Präparat wurde vollständig eingebettet.
Kein Anhalt für Malignität im vorliegenden Material.
Kein Nachweis von Lymphgefäß- oder Gefäßeinbrüchen.
Lymphknoten ohne Metastasen.
Die immunhistochemischen Untersuchungen stehen noch aus.
Mikroskopie: Schleimhaut mit regelrechter Architektur, keine Dysplasie.
Tumorfreie Schleimhaut im Bereich der Resektionsränder.
Der Tumor infiltriert die Submukosa und die innere Schicht der Muscularis propria.
Histologischer Befund vom {date} liegt vor.
Wir danken für die Überweisung {x:des o.g. Patienten|der o.g. Patientin}.
{x:Der Patient|Die Patientin} wurde in der Tumorkonferenz vom {date} vorgestellt.
Wir empfehlen eine Nachsorge in {num:3-6} Monaten.
Die stationäre Aufnahme erfolgte zur Fortsetzung der Therapie am {date}.
Staging-CT vom {date}: keine Filiae.
Restaging: <stable disease|partielle Remission|PD>.
Port-Anlage {side} am {date}.
Bestrahlung mit {num:40-66} Gy in {num:20-33} Fraktionen.
Laufnummer E-{num:10000-99999}/{num:10-26}, Eingang {date}.
Journal-Nr.: N{num:1000-9999}/{num:10-26}
Einsendenummer T{num:1000-9999}, Block {block}
Tel.: 0{num:30-89}/{num:100000-999999}, Fax -{num:10-99}
Musterstraße {num:1-120}, 04103 Leipzig, Haus M{num:1-4}
Wir bestätigen den Befund (G. Müller, R. Schmidt).
Termin in Raum T{num:1-4}.{num:10-40}, Gebäude G2.
Befundgruppe M2 {date}
Mutationsanalyse: KRAS G12D, BRAF V600E, TP53 p.R175H.
KRAS-Mutation <G12C|G12V|G13D> in Exon 2, NRAS Wildtyp.
BRCA1/2 ohne pathogene Variante, MLH1 positiv, PMS2 positiv.
EGFR T790M, L858R nachgewiesen.
Chromosom 7q31, t(14;18), Trisomie 12.
Stammzelltransplantation, GvHD Grad II.
Gonarthrose Grad <III|IV> rechts, Kellgren-Lawrence {num:2-4}.
AO-Fraktur Typ C2, Gustilo II.
Asthma bronchiale Stufe 3, ACT {num:10-25}.
Verbrennung Grad IIb an Thorax und Arm, {num:3-30} % KOF.
Ventrikuläre Extrasystolen Lown IVa, QTc {num:400-480} ms.
Blutgasanalyse: pH 7,3{num:1-9}, pCO2 {num:35-60} mmHg, O2-Gabe {num:1-6} l.
Bakteriologie: MRSA negativ, 3-MRGN, E. coli.
Zahn {num:1-4}{num:1-8} kariös, Lockerungsgrad II.
Rückenschmerzen seit L1-Fraktur, VAS {num:2-8}/10.
Puls 72/min, RR 120/80 mmHg, Größe {num:155-190} cm, Gewicht {num:50-110} kg.
Blutgruppe A Rh pos., Antikörpersuchtest negativ.
Hepatitis B: HBs-Ag negativ, anti-HBc positiv, HCV-RNA negativ.
Genotyp 1b, Viruslast 10^{num:3-6} IU/ml.
I/II-Parameter, n. p. = nicht prüfbar, V. a. = Verdacht auf.
Therapie: Bestrahlung der HWK {num:2-7}, Analgesie.
Impfung mit dT-IPV am {date}.
Der Gleason-Score ist wegen der Vorbehandlung nicht bestimmbar.
Eine TNM-Klassifikation ist am vorliegenden Material nicht möglich.
Ein Tumorstadium wird nach Eingang der weiteren Präparate nachgereicht.
Grading nicht möglich.
Resektionsstatus nicht beurteilbar.
In <2|3|4|6> von 12 Stanzen Tumorgewebe.
Gleason-Muster 4: {num:10-60} %.
Lymphadenektomie Level I-III, Lymphknotenstationen 7 und 11.
LK-Station 4R, 7, 10L punktiert (EBUS).
Segment {num:2-8} der Leber mit {num:1-3} Zysten.
Segmentresektion S6, Lungensegment S2 rechts.
Zwei Drittel (2/3) der Zirkumferenz betroffen.
Herztöne: S1 und S2 rein, kein S3.
Patient lehnt weitere Abklärung ab.
Befund vom {date} siehe Anlage.
Plattenepithelkarzinom-Antigen (SCC) {cm:0-5} ng/ml, CEA {cm:0-9} µg/l, CA 19-9 {num:3-300} U/ml.
Kontrolle in T-{num:1-4} Wochen, Tag T+3.
M-Gradient im gamma-Bereich, IgG kappa, R-ISS nicht bestimmt.
Sonografie: Nieren bds. je {num:9-12} cm, keine Stauung, Grad 0.
"""

EN = r"""
MRI shows a <T2|T1> hyperintense lesion in the {org}.
T1-weighted and T2-weighted images demonstrate no abnormal enhancement.
Post-contrast T1 images, FLAIR and T2 sequences obtained.
Degenerative disc disease at <L4-L5|L5-S1|L3/4|C5-C6> with compression of the <S1|L5> nerve root.
Compression fracture of <T8|T12|L1|L2|T7>; kyphoplasty {year}.
Spinal canal narrowing at L1-L4, normal S1 and S2 segments.
Epidural placed at T8-T9.
TSH 2.1, free T4 1.{num:1-9}, T3 within normal limits.
Thyroid function: T3 and T4 normal.
CD4 T cells {num:150-800}/uL, CD8 positive T lymphocytes.
Immunostains: CK7 positive, CK20 negative, TTF-1 positive, p63 negative, CD10+.
PD-L1 TPS {num:1-90}%, HER2 2+ by IHC, FISH not amplified.
ER 95%, PR 80%, HER2/neu 1+, Ki-67 {num:5-60}%.
Blocks T1-4: tumor; N1-2: normal; M1: margin.
Representative sections submitted in cassettes A1-A{num:3-9}.
Cassette summary: {block}, margin; {block}, tumor; C1, lymph nodes.
A3-A7 tumor with adjacent tissue; B1 one lymph node, bisected; B2 two lymph nodes.
Specimen T2 received fresh, labeled with patient name, block {block} frozen.
Slide labels: 1M, 2N, T3. Code to blocks: {block}, {block}.
Gross description: received in formalin is a {dim} portion of tissue.
The specimen is labeled "{org}" and consists of a {op} specimen measuring {dim}.
The tumor measures {dim} and is {num:2-30} mm from the closest margin.
On section there is a tan-white mass {dim}, {num:1-3}.5 cm from the margin.
{histo} of the {org}.
{org}, {op}: {histo}, {diff}.
Clinical history: {dx}, {num:30-88} year old.
History of {dx}, status post {op} in {year}.
Margins are negative for tumor.
Lymph nodes negative for malignancy.
Lymphovascular invasion is not identified.
No perineural invasion is seen.
Frozen section diagnosis: margins negative for malignancy.
Tumor invades into the muscularis propria.
Tumor extends into the pericolic adipose tissue.
Number of lymph nodes examined: {num:1-40}
Number of lymph nodes involved: {num:0-9}
TNM descriptors: not applicable
Pathologic stage: pending
Pathologic staging: cannot be determined on this biopsy.
Primary Tumor (pT): Cannot be assessed
Distant metastasis (pM): Not applicable
Regional lymph nodes: Not submitted.
Staging is deferred to the resection specimen.
Histologic grade: cannot be assessed.
Gleason pattern 4: {num:10-60}%
Tumor involves {num:1-6} of 12 cores, {num:5-70}% of tissue.
High grade PIN is present.
High-grade dysplasia, CIN III, no invasion identified.
Tubular adenoma with low grade dysplasia.
TCGA-{num:10-99}-A{num:1-9}B{num:1-9}-01A-PR Redacted
UUID:{num:1000-9999}F{num:10-99}3-1A04-4B7E-9M12-AT3N0{num:1000-9999}
III IIIIIII II 111111 IIIII IIIII1 II IIII
IIIIII III 1111111111111111111111 VIII II 11111 III
T1 N M1I IIII 0l O1 l|I
Criteria Yes No Diagnosis Discrepancy Primary Tumor Site Discrepancy HIPAA Discrepancy
Prior Malignancy History Dual/Synchronous Primary Noted
ICD-O-3 {histo} {num:8010-8980}/3, Site C{num:15-80}.{num:0-9}
Codes: 8140/3 T-63000, M-81403, P1140
CPT: 88305 x {num:1-6}, 88307, 88309 x 1
Accession #: S{num:10-26}-{num:1000-29999}, Med. Rec. #: {num:100000-999999}
Room T{num:1-4}-{num:100-400}, Building M2, phone 555-01{num:10-99}
Dictated: {date} Transcribed: {date} M1/N2
Electronically signed by G. R. Stone, M.D., {date}
Page {num:1-3} of {num:3-5}
ECG: T wave inversion V1-V3, ST depression V4-V6.
Normal S1 and S2, no S3 or murmurs; grade 2/6 systolic murmur.
Cranial nerves II-XII intact, strength 5/5.
Biceps strength {num:3-5}/5, reflexes 2+.
NYHA class III, ASA class <II|III>, ECOG {num:0-2}.
Child-Pugh class <A|B|C> cirrhosis, grade 1 esophageal varices.
Hepatitis with grade 2 activity and stage 3 of 4 fibrosis.
Chronic kidney disease stage <3|IIIa|4>.
Stage <1|2|3> pressure ulcer on the sacrum.
Stage II hypertension, currently controlled.
Grade <2|3> neutropenia after cycle {num:1-6}.
BI-RADS 4 lesion in the {org}.
Vitamin B12 {num:200-900} pg/mL, vitamin D3 low.
Cells arrested in G1 phase, G2/M checkpoint intact.
Treated with R-CHOP for {num:3-8} cycles with G-CSF support.
KRAS G12D mutation detected, BRAF V600E not detected.
EGFR L858R and T790M mutations.
CMT1A duplication on chromosome 17p11.
RT-PCR cycle threshold {num:18-36}, N1 and N2 targets positive.
Recurrent laryngeal nerve and N. vagus were preserved.
M. rectus abdominis flap used for closure.
Level V6 duplex, vessel M1 segment of the middle cerebral artery.
A {num:30-85}-year-old <man|woman> with a mass in the {org}.
The patient tolerated the procedure well.
The case was reviewed at the tumor board on {date}.
A {num:1-3}/{num:4-6} portion of the specimen is submitted.
Dr. R. O'Neil notified on {date} at {num:1-12}:30 pm.
Surgical margin designations: R1 = right lateral, R2 = right medial, inked blue.
Key: T = tumor, N = normal, M = margin.
Kidney stone in the L1 position; size {num:3-9} mm.
Grossly the tumor involves the 2/3 of the wall thickness.
Intradepartmental consultation was obtained.
Tumor cells are positive for S100 and negative for CD34.
Estrogen receptor Allred score {num:5-8}/8.
Apgar 8/9, birth weight 3200 g, G2P1.
G{num:1-5}P{num:0-4} female presents with pelvic mass.
Quality of life score, SF-36 item R{num:1-4}.
Pack of T{num:1-3} tubing, lot N{num:10-99}.
"""


def frames(language: str) -> list[str]:
    """All frames without TNM content in one language."""
    return [line.replace("\\n", "\n") for line in (DE if language == "de" else EN).strip("\n").split("\n") if line]
