"""Further frames with TNM components: serum markers, editions, grades, node counts, multiplicity and stage groups in both languages."""

MARKERS_DE = r"""
Serumtumormarker (S){col}{s}
Tumormarker-Kategorie{col}{s}
S-Kategorie{col}{s}
S-Stadium: {s} (AFP, Beta-HCG, LDH)
{t} {n} {m} {s}
{t}, {n}, {m}, {s}
{t} {n} {m} {s} {r}
{t} {n} {m} {l} {v} {r} {s}
{s}, {l}, {v}
({t} {n} {m} {s})
Nichtseminomatöser Keimzelltumor {t} {n} {m} {s}, Stadium {stage}
Nichtseminom, {code:tnm} {s}, Lugano {Stage=<I|IIA|IIB|IIIB>}
Seminom links, {t} {n} {m} {s}
Seminom rechts, {code:tnm}, {s}, ED {my}
Seminom {t}, {l}, {v}, {r}, {s}
Keimzelltumor des Hodens, {t}, {s}, IGCCCG gute Prognose
Embryonales Karzinom, {t} {l} {v}, Marker nach Orchiektomie normalisiert ({s}).
Mischtumor des Hodens, {code:tnm}, {s} bei AFP {num:2-900} ng/ml
Orchiektomie rechts: {t}, {s}, {r}
Serummarker postoperativ: {s}
Serummarker: AFP {num:2-900}, HCG {num:1-5000}, LDH {num:150-700} ({s})
Marker nach Semikastration: {s}, LDH {num:150-400} U/l
LDH {num:150-800} U/l, HCG {num:1-900} U/l, AFP {num:1-90} ng/ml, entsprechend {s}
Die Tumormarker sind normwertig ({s}).
Tumormarker erhöht, {s}.
Tumormarkerstatus {s} vor Beginn der Chemotherapie.
Retroperitoneale Metastasen ({n}), {m}, {s}
Hodentumor: {t} {n} {m} {s}, Stadium {stage} nach UICC
Z. n. inguinaler Orchiektomie bei Nichtseminom {t} {n} {m} {s} ({my})
T: {t}, N: {n}, M: {m}, S: {s}
T{col}{t}\nN{col}{n}\nM{col}{m}\nS{col}{s}
"""

OTHER_DE = r"""
TNM ({ed:n} {edy}): {code}
TNM-Klassifikation ({ed:n}, {edy}): {code}
TNM-Klassifikation maligner Tumoren, {ed:n} {edy}: {code}
UICC {ed:n}: {code}
Nach UICC ({ed:n}, {edy}): {code:full}
Stadium gemäß UICC, {ed:n} ({edy}): {stage}
Klassifiziert nach TNM {ed:n}, {code}.
pTNM ({Edition=UICC <2010|2017>}): {code:tnm}
({Edition=UICC <2010|2017>}) {code:tnm}
({Edition=TNM <7|8>}) {code:tnm}
{code:tnm} ({Edition=UICC <2010|2017>}, {ed:n})
{code}, {Edition=TNM <7|8>}
{code} nach {Edition=UICC <2002|2010|2017>}
TNM der {ed:n}: {code}
Alle Angaben nach der {ed:n} ({edy}).
Die {ed:n} der TNM-Klassifikation wurde verwendet.
{ed:n} von {edy}
Grading: {g}
Grading{col}{gv}
Tumorgrading {g}
G-Kategorie{col}{g}
{histo}, {gw}
{histo} ({gw})
{histo}, Malignitätsgrad {gv}
{g}-Karzinom {org}
{diff} ({g})
{diff}es {histo} ({g})
{g} nach WHO
histologisch {g}
Kernmalignitätsgrad{col}{gv}
Differenzierung: {diff}, {g}
Lymphknoten (<tumorbefallen|positiv|metastatisch>/entfernt): {nodes}
Lymphknoten{col}{nodes}
LK{col}{nodes}
LK {nodes} positiv
LK-Befall {nodes}
{nodes} LK
{nodes} Lymphknoten befallen
{nodes} Lymphknoten mit Metastase
{nodes} tumorfreie Lymphknoten
{n} ({nodes} LK), {m}
{n} ({nodes})
{n}({nodes})
{n} [{nodes}]
{n}, {nodes} LK
Nodalstatus {nodes}, {n}
Sentinel {nodes} positiv
SLN ({nodes}) tumorfrei
Level I {nodes}, Level II {nodes}, Level III {nodes}
LK {lkg}: {nodes}; LK {lkg}: {nodes}
Befallene/untersuchte Lymphknoten{col}{nodes}
{of} Lymphknoten metastatisch befallen
Befall von {of} entnommenen Lymphknoten.
Metastasen in {of} Lymphknoten, {n}
Metastase eines Karzinoms in {of} Lymphknoten {lkg}.
Insgesamt {of} Lymphknoten positiv.
In {of} Lymphknoten kein Tumor.
{t:+}
{t:+} {n} {m}
{t:+}, {n} ({nodes}), {g}
{t:+} bei zwei Tumorherden
{histo}, multifokal, {t:+} {n}
Multifokales {histo}, {t:+}
Zwei Herde von {cm:0-3} und {cm:0-2} cm ({t:+}).
Multizentrisch, daher {t:+}.
{t:+} {n} ({nodes} sn) {l} {v} {r}
Stadium {stage}
Stad. {stage}
Tumorstadium {stage}
UICC-Stadium {stage}
UICC-St. {stage}
UICC: {stage}
UICC {stage}, {g}
Stadiengruppe{col}{stage}
Stadium {stage} (UICC)
{dx} UICC {stage}
{dx}, UICC-Stadium {stage}, ED {my}
{dx} im Stadium {stage}
{dx} St. {stage}
FIGO {figo}
FIGO-Stadium {figo}
{dx} FIGO {figo}
Stadium {annarbor} nach Ann Arbor
Ann Arbor {annarbor}
M. Hodgkin, Stadium {annarbor}
R-Status{col}{r}
R-Klassifikation {r}
Resektion {r}
{r}-Resektion
{r}-Resektion am {date}
Z. n. {r}-Resektion {my}
Resektionsränder: {r}, Abstand {num:1-20} mm
Gleason {gl}
Gleason {gls}
Gleason-Summe {gls}
Gleason {gl} in {num:1-6} von 12 Stanzen
PCa, Gleason {gl}, iPSA {cm:4-40}
{l} {v} {pn}
{l}, {v}, {pn}, {r}
{l}{v}{pn}
{l} {v} {r} {g}
{pn}, {l}
V{col}{v}
L{col}{l}
Pn{col}{pn}
Lymphgefäßeinbruch ({l}), Veneneinbruch ({v})
keine Perineuralscheideninfiltration ({pn})
Angioinvasion ja ({v}), Lymphangiosis nein ({l})
"""

MARKERS_EN = r"""
S category{col}{s}
Serum markers{col}{s}
Serum tumor markers: {s} (AFP, hCG, LDH)
{t} {n} {m} {s}
{t}, {n}, {m}, {s}
({t} {n} {m} {s})
{t} {n} {m}, {s}
{t}{n}{m}{s}
Nonseminomatous germ cell tumor, {t} {n} {m} {s}, stage {stage}
Seminoma, {t}, {s}
Mixed germ cell tumor of the testis: {code:tnm} {s}
Testicular cancer stage {stage} ({t} {n} {m} {s})
Markers after orchiectomy: {s}
AFP {num:2-900}, hCG {num:1-5000}, LDH {num:150-700}: {s}.
Tumor markers were elevated ({s}).
LDH {num:150-800} U/L corresponds to {s}.
T: {t}\nN: {n}\nM: {m}\nS: {s}
pT{col}{t}\npN{col}{n}\nS{col}{s}
Radical orchiectomy: {t}, {l}, {s}
"""

OTHER_EN = r"""
AJCC {ed:n} ({edy}): {code}
AJCC Cancer Staging Manual, {ed:n}: {code}
TNM ({ed:n}, {edy}): {code}
Staged per AJCC {ed:n}, {code}.
{code} ({Edition=AJCC <2002|2010|2017>})
{code} ({Edition=UICC <2010|2017>})
{code}, {Edition=TNM <7|8>}
PATHOLOGIC STAGE: {code} {Edition=AJCC <6|7|8>}
Cancer staging: {ed:n}
{ed:n} criteria were used.
Grade{col}{g}
GRADE: {gv}/<3|4>
WHO {gv}
FIGO {gv} of 3
Edmondson-Steiner grade{col}{gv}
Architectural grade: {gv}
GRADE{col}{gw} (of <3|4>)
Gleason {gls} ({gl})
Gleason score: {gl}/10
Primary Gleason pattern: {Gleason=<3|4>}, secondary pattern: {Gleason=<3|4|5>}
{of} ({nodes}) lymph nodes
{gw}
{histo}, {gw}
{histo}, {g}
{diff}, {g}
HISTOLOGIC GRADE: {g} OF 3
Nuclear {gw}
{nodes} nodes positive
{nodes} lymph nodes
{nodes} positive
{n} ({nodes})
{n}, {nodes} nodes
Sentinel nodes {nodes}, {n}
Level II: {nodes}; level III: {nodes}
{lkg} nodes ({nodes}), negative
{of} lymph nodes positive for carcinoma
Metastatic disease in {of} nodes.
{t:+}
{t:+}, {n}, {m}
{histo}, multifocal, {t:+}
Two foci, {t:+} {n}
{t:+} {n} ({nodes}) {m}
Stage {stage}
STAGE {stage} {dx}
stage {stage}, {t} {n} {m}
Stage group {stage}
FIGO {figo}
FIGO stage {figo}, {g}
Ann Arbor {annarbor}
{r} resection
{r} resection in {year}
s/p {r} resection, {t} {n}
Margins: {r}
Gleason {gl}
Gleason score {gls}
Gleason {gl} (grade group <2|3>)
{l}, {v}, {pn}
{l} {v} {r}
LVI: {l}; PNI: {pn}
pT: {t} pN: {n} pM: {m}
PT: {t}; PN: {n}; PM: {m}
pT {t} pN {n}
Pathologic stage: T: {t:-}, N: {n:-}, M: {m:-}
TNM stage: {t:-} {n:-} {m:-}, {Edition=AJCC <2010|2017>}
AJCC PATHOLOGICAL STAGE: {code:tnm} ({stage})
Pathologic stage: {code:tnm}. {lkg} nodes: {nodes}.
FINAL PATHOLOGIC STAGE: {code:tnm}, GRADE: {gv:w}
TUMOR STAGE: {code:tnm}. MARGINS: UNINVOLVED.
DIAGNOSIS: {org}, {op} - {histo}. {code}.
SPECIMEN: {org}. STAGE: {code}. BLOCKS A1-A{num:4-9}.
Part {num:1-6}: {histo}, {gw}. {code}
"""

NEGATIVE_DE = r"""
High-grade PIN, PanIN Grad 2, LSIL
Chronische Hepatitis, Grad 1, Stadium 2 nach Desmet
Pleomorphe Kerne, Kerngrad hoch
Lymphknotenstation N1 hilär, Level IIA rechts
pT: siehe oben, pN: entfällt
Block A{num:1-9}: {org}, Block B{num:1-9}: Rand
Kapsel {num:1-9}: T{num:1-4}, Kapsel {num:1-9}: N{num:1-3} (Normalgewebe)
T1w nativ und nach KM, T2w TSE koronar, T2*-Sequenz
T2-Läsion links temporal, T1 nach Kontrastmittel ohne Anreicherung
Signalminderung in T1, Signalanhebung in T2 und STIR
Bandscheibenvorfall L4/5, Protrusion L5/S1
Ausstrahlung in das Dermatom S1 links, Lasègue bei {num:20-70}°
Wurzelreizsyndrom S1, L5 frei, ASR abgeschwächt
Nervenwurzel S1 rechts komprimiert
Fusion S1-S2, Sakrum S3 frei
S1-Syndrom rechts, PRT S1 am {date}
S1- und S2-Herzton rein, kein Galopp
S3-Leitlinie beachtet, S2k-Leitlinie
S-Kreatinin {cm:0-4} mg/dl, S-Eisen {num:20-120}
M. biceps {num:3-5}/5, M. quadriceps {num:3-5}/5, M. tibialis anterior {num:2-5}/5
N. vagus geschont, N. phrenicus intakt, N. ulnaris {num:1-5}/5
V. jugularis interna punktiert, V. cava frei, V. femoralis links
V1-V3 R-Reduktion, ST-Hebung V2-V4
Ableitungen V1 bis V6, II, III und aVF
V2 und V3 mit T-Negativierung
CD3+ CD4+ CD8- CD20+ CD30+, MUM1 positiv, BCL6 negativ
CD117, DOG1 und CD34 positiv, S100 negativ
G1-Phase verlängert, Arrest in G2/M
G{num:1-5}/P{num:0-4}, SSW {num:20-40}+{num:0-6}
G6PD-Mangel ausgeschlossen, G20210A heterozygot
R0 beim Epidemieverlauf unter 1, Rt 0,8
R1 und R2 am Brustkorb, Rippe 8 frakturiert
Pneumokokken-Impfung PCV13, Tdap, HPV-Typ 16 und 18
PD-L1 TC{num:0-3}/IC{num:0-3}, TPS {num:1-90} %
L-Lappen, R-Lappen, L1-Syndrom ausgeschlossen
M1-Segment der A. cerebri media verschlossen, M2 offen, A1 frei
P1-Segment der A. cerebri posterior, V4-Segment der A. vertebralis
TICI 2b, ASPECTS {num:5-10}, NIHSS {num:2-22}
N1- und N2-Schlaf, REM-Anteil {num:10-25} %
N20-Latenz, P100 verzögert, M-Antwort normal
Auftrag L{num:100-999}, Probe N{num:100-999}, Rack M{num:1-9}
Ebene 2, Raum G{num:1-3}.{num:10-40}, Haus T{num:1-4}
CTCAE-Grad {num:1-3}, NYHA {num:1-3}, Fontaine IIb, Child A
GdB {num:30-100}, Pflegegrad {num:1-5}
Gleithoden, Hydrozele Grad II, Varikozele III
Nierenzyste Bosniak IIF, Stadium III nach KDIGO
Stadium der Demenz: mittelgradig
Im Stadium der Remission, keine Stadieneinteilung möglich
Operation nach Billroth II, Typ IIa nach Paris
Klassifikation nach Paris 0-IIa, Kudo IV
Serummarker: NSE {cm:0-20} µg/l, S100 {cm:0-1} µg/l
"""

NEGATIVE_EN = r"""
High-grade PIN, PanIN-2, low grade squamous intraepithelial lesion
Chronic hepatitis, grade 1, stage 2
High-grade nuclei with prominent nucleoli
N1 nodes, hilar: benign; neck level IIA: benign
pN n/a
pT: see synoptic report
Number of nodes examined: {num:1-30}; number positive: {num:0-5}
{num:2-30} lymph nodes identified in the fat
Tertiary pattern 5: {num:2-10}%
T1-weighted axial, T2 FLAIR coronal, gradient echo
T2 bright lesion, T1 post gadolinium without enhancement
Disc bulge L4/5, herniation at L5/S1
S1 radiculopathy on the left, L5 spared
S1 nerve root compression
S1 and S2 heart sounds normal, no S3
V1-V6 leads, ST elevation in V2-V4
M1 segment of the MCA occluded, A1 patent, P1 normal
N. vagus preserved, M. biceps intact
N1 and N2 sleep, REM {num:10-25}%
CD3, CD20, CD30, CD45: positive in lymphocytes
CD117 and DOG1 positive, S100 negative
G1 phase arrest, G2/M checkpoint
G{num:1-5}P{num:0-4} at {num:20-40} weeks
G6PD deficiency excluded
R1 is the right margin, L1 the left margin
Blocks A1-A{num:3-9}, B1-B{num:3-6}, M1, N1
Summary of sections: T1-T{num:2-5} tumor, N1 normal, M1 margin
A1: representative tumor; A2: {org}; A3: node
Cassettes L{num:1-3} and R{num:1-3} are left and right margins
Slide S{num:10-99}-{num:100-9999}, block T{num:1-4}
Level T{num:2-12} fracture, L{num:1-5} intact
Stage 3 CKD, grade {num:1-3} edema, class II obesity
Tumor markers: NSE normal, S100 not elevated
Edition of the patient handbook: 2017
"""


def read(*blocks: str) -> list[str]:
    """The frames of some blocks."""
    return [line.replace("\\n", "\n") for block in blocks for line in block.strip("\n").split("\n") if line]
