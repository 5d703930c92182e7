"""German frames that hold TNM components, stage groups, node counts, editions and Gleason scores."""

LABELLED = r"""
TNM-Klassifikation (UICC, {ed:n}): {code}
TNM-Klassifikation ({ed}): {code}.
TNM: {code}
pTNM: {code}
pTNM{col}{code:tnm}
TNM-Formel nach UICC ({ed}): {code}
Tumorstadium: {code}
Tumorstadium nach {ed}: {code:full}
Tumorstadium somit: {code}
Tumorklassifikation: {code}
TNM-Stadium: {code:tnm}, Stadium {stage}
<TNM-Formel|TNM-Kategorie|pTNM-Stadium|Stadium|Stad.>{col}{code}
Stadium initial: {code:tnm}, Stadium {stage}
Stadium initial: {code:tnm}, Stadium {stage}\nStadium aktuell: {code:tnm}, Stadium {stage}
Stad.: {n} {m} {g}
Staging{col}{code:tn}, UICC-Stadium {stage}
Stadium (UICC): {stage}
UICC-Stadium: {stage}
UICC {stage}
Stadium nach UICC{col}{stage}
Stadium nach AJCC ({ed}): {stage}
FIGO-Stadium: {figo}
FIGO: {figo}
FIGO-Stadium {figo} ({ed})
FIGO {figo}, {t} {n}
Klassifikation nach FIGO ({ed}): {figo}
Ann-Arbor-Stadium: {annarbor}
Stadium nach Ann Arbor: {annarbor}
Ann Arbor: {annarbor}, IPI <0|1|2|3>
Grading: {gv}
Grading (G1-G3){col}{gv}
Grad der Differenzierung: {gv}
Differenzierungsgrad{col}{g} ({diff})
Histologisches Grading: {g}
Malignitätsgrad (Elston und Ellis): {g}
Grading nach Elston/Ellis: {g} (Score <3+2+1=6|2+3+2=7|3+3+2=8>)
Nukleäres Grading (Fuhrman): {gv}
Fuhrman-Grad: {gv}
WHO/ISUP-Grad: {gv}
Scoring (1/2/3): {gv}
Residualstatus: {r}
R-Status{col}{r}
R-Status: {r} (<dorsal|zirkumferenziell|lateral|basal|oraler Absetzungsrand>)
R-Klassifikation{col}{r}
lokale R-Klassifikation: {r}
Resektionsstatus{col}{r}
Residualtumor-Klassifikation: {r}
Absetzungsränder: tumorfrei ({r}), minimaler Abstand {cm:0-4} cm
Schnittränder{col}{r}
Lymphgefäßinvasion: {l}
Lymphgefäßinvasion (L){col}{l}
Veneninvasion: {v}
Veneninvasion (V){col}{v}
Gefäßinvasion{col}{l}, {v}
Perineuralscheideninvasion: {pn}
Perineurale Invasion (Pn){col}{pn}
Serumtumormarker: {s}
Serummarker (S){col}{s}; AFP {num:2-900} ng/ml
Lymphknotenstatus: {n} ({nodes})
Nodalstatus{col}{n} ({nodes})
Lymphknoten: {nodes} befallen
Lymphknoten (befallen/untersucht): {nodes}
LK-Status {lkg}: {nodes}
Sentinel-Lymphknoten: {nodes}, {n}
Zahl befallener/untersuchter LK{col}{nodes}
Anzahl der Lymphknoten mit Metastasen: {of}
Primärtumor (pT): {t}
Primärtumor{col}{t}
Regionäre Lymphknoten (pN): {n} ({nodes})
Regionäre Lymphknoten{col}{n}
Fernmetastasen (pM): {m}
Fernmetastasierung{col}{m}
Gleason-Score: {gl}
Gleason-Score{col}{gls}
Gleason: {gl}, ISUP-Grad <1|2|3|4|5>
Gleason-Score {gl}, Gradgruppe <1|2|3|4|5>
Gleason {gls} (ISUP <2|3|4>)
Gleason-Score {gls} ({gl})
PSA initial {cm:4-40} ng/ml, Gleason {gl}, {t} {n} {m}
Klin. Stadium: {t} {n} {m}
klinisch {t:c} {n:c} {m:c}
klinisches Tumorstadium: {t:c} {n:c} {m:c}, UICC {stage}
Postneoadjuvant: {t:yp} {n:yp} ({nodes}), Regressionsgrad nach Becker 1b
Auflage der TNM-Klassifikation: {ed}
Verwendete TNM-Auflage{col}{ed:n}
Masaoka-Stadium {stage}
Dukes-Stadium{col}{Stage=<A|B|C|D|C1|C2|B2>}
Clark-Level IV, Breslow-Dicke {cm:0-4} mm, {t}
Tumordicke nach Breslow: {cm:0-5} mm; Clark-Level <III|IV|V>; Ulzeration: nein; {t} {n} {m}; Stadium {stage}
Rai-Stadium {Stage=<0|I|II|III|IV>}, Binet {Stage=<A|B|C>}
"""

BLOCKS = r"""
Tumorlokalisation: {side}\nTumorgröße: {dim}\nTNM: {code:tnm}\nGrading: {gv}\nR-Status: {r}
Histologischer Typ: {histo}\nGrading: {g}\nPrimärtumor: {t}\nLymphknoten: {n} ({nodes})\nFernmetastasen: {m}
{bul}Tumortyp: {histo}\n{bul}Grading: {gv}\n{bul}{t}, {n} ({nodes}), {m}\n{bul}{l}, {v}, {pn}, {r}
pT{col}{t}\npN{col}{n} ({nodes})\npM{col}{m}\nL{col}{l}\nV{col}{v}
T: {t}\nN: {n}\nM: {m}
T-Kategorie {pipe} {t}\nN-Kategorie {pipe} {n} ({nodes})\nM-Kategorie {pipe} {m}
Parameter\tWert\npT\t{t}\npN\t{n}\nL\t{l}\nV\t{v}\nR\t{r}
{date} {pipe} {op} {pipe} {t} {n} ({nodes}) {m} {pipe} {g} {pipe} {r}
{histo}\n{t} {n} ({nodes}) {m}\n{l} {v} {pn} {g} {r}\nUICC {stage}
ICD-O: {num:8010-8980}/3\n{g}, {t}, {n} ({nodes}), {l}, {v}, {pn}, {r}
{dx}\n{code}\nED {my}\n{op} {my}
Diagnosen:\n{bul}{dx} ED {my}, {bul}{code}, {g}\n{bul}{op} {my}
Tumorformel:\n{code:full}
Zusammenfassende TNM-Klassifikation\n{code:full}\nStadium: {stage} ({Edition=UICC {year}})
[{tick}] {t}   {box} {t}   {box} {t}
Lokalrezidiv: nein\nTNM ({ed:n}): {code:tnm}\nResektionsstatus: {r}\nLymphknoten: {of} befallen
Primärtumor:\t{t}\nRegionäre Lymphknoten:\t{n} ({nodes})\nLymphgefäßeinbruch:\t{l}\nVeneneinbruch:\t{v}\nPerineuralscheideninvasion:\t{pn}
{t} (Tumorgröße {cm:0-8} cm)\n{n} ({nodes}, keine extranodale Ausbreitung)\n{l} {v} {pn}
1. {histo} {org}, {code}\n2. Tumorfreie Absetzungsränder ({r})
"""

PROSE = r"""
{histo} {org}, {code}.
{histo} {org}, {code:full}.
{histo} {org} mit einem Durchmesser von {cm:0-9} cm ({code}).
{op} mit einem {diff}en {histo} {org}. TNM-Klassifikation: {code}.
Resektat {org} mit Anteilen eines {cm:0-9} cm großen {histo}s mit Infiltration des perikolischen Fettgewebes ({t}).
Der Tumor infiltriert die Muscularis propria und das angrenzende Fettgewebe ({t}), Lymphknotenmetastasen in {of} Lymphknoten ({n}).
Der Tumor durchbricht die Serosa, entsprechend {t}.
Es finden sich {of} Lymphknoten mit Metastasen, entsprechend einem Stadium {n}.
Es liegen {of} Lymphknoten mit Karzinommetastasen vor ({n}).
In {of} untersuchten Lymphknoten Tumorabsiedlungen, größte Metastase {cm:0-3} cm, {n}.
Insgesamt {nodes} Lymphknoten tumorbefallen.
Sämtliche Lymphknoten tumorfrei ({nodes}), somit {n}.
Tumorfreie Lymphknoten ({nodes}).
Lymphknoten {lkg} ohne Tumornachweis ({nodes}).
Ein Sentinel-Lymphknoten mit Mikrometastase ({n}) von {cm:0-1} mm.
Die Resektionsränder sind tumorfrei ({r}), der Abstand zum zirkumferenziellen Rand beträgt {num:2-12} mm.
Die Resektion erfolgte im Gesunden ({r}).
Keine Lymphgefäß- oder Veneneinbrüche ({l}, {v}).
Lymphgefäßeinbrüche nachweisbar ({l}), keine Veneninvasion ({v}), fokale Perineuralscheideninvasion ({pn}).
Somit ergibt sich folgende Tumorformel: {code}.
Zusammenfassend liegt ein {histo} vor, Tumorstadium {code}.
Unter Berücksichtigung der Voruntersuchung ergibt sich die TNM-Formel {code}.
In Zusammenschau mit dem Vorbefund: {code}.
Nach aktueller WHO-Klassifikation {g}, TNM {code:tn}.
Stadieneinteilung gemäß TNM ({ed:n}, {ed}): {code}.
Z. n. {op} bei {dx} {t} {n} ({nodes}) {m}, {g}, {r}, ED {my}
Z.n. {op} {my} bei {dx}, {code}
Z. n. {dx} {code} {my}
Zustand nach {op} wegen {dx}, Stadium {code}, am {date}.
{dx} {side}, ED {my}, {code}
{dx}, {code}, ED {my}, UICC {stage}
{dx} (ED {my}): {code}; Stadium {stage}
{dx} Stadium {stage} nach UICC, {code:tnm}
{dx}, FIGO {figo}, ED {my}
Kleines {dx} Stadium {t}, {g}.
Vorerkrankungen: {dx} ({t}, {n}) {my}, art. Hypertonie, M. Parkinson.
{bul}{dx} {side}, {code}, {bul}{op} {my}
{dx} {org} mit {diff}em Anteil, {g}, {code:tn}
Wir berichten über {x:o.g. Patienten|o.g. Patientin}, {x:der|die} sich mit {dx} {t} {n} {m} in unserer Behandlung befindet.
Bei {x:dem Patienten|der Patientin} wurde {my} ein {dx} im Stadium {stage} (UICC) diagnostiziert.
Die Histologie ergab ein {histo}, {code}.
Histologisch zeigte sich ein {histo} {org} ({code}).
Die endgültige Histologie der {op} vom {date}: {code:full}.
Histo vom {date}: {histo}, {g}, {t}, {n} ({nodes}), {r}
Postoperatives Tumorstadium {code:full}.
Im Tumorboard wurde das {dx} (Stadium {code:tnm}) vorgestellt und eine adjuvante Therapie empfohlen.
Tumorkonferenz vom {date}: {dx}, {code}, Empfehlung: Nachsorge.
Aufgrund des Tumorstadiums {t} {n} besteht die Indikation zur adjuvanten Chemotherapie.
Bei Stadium {stage} wurde eine kurative Resektion angestrebt.
Endosonographisch {t:u} {n:u}.
In der Endosonographie Wandüberschreitung im Sinne eines {t:u}-Stadiums, {n:u}.
CT-morphologisch {t:c} {n:c} {m:c}.
Im MRT des Beckens Tumor mit Kontakt zur mesorektalen Faszie, {t:c}, {n:c}.
MRT-Becken: {t:mr} {n:mr}, CRM frei, EMVI negativ.
PET-CT ohne Fernmetastasen ({m:c}).
Sonographisch Verdacht auf Lymphknotenbefall ({n:c}).
Nach {neo} jetzt {t:yp} {n:yp} ({nodes}) {m}.
Nach {neo} komplette Remission ({t:yp}, {n:yp}).
Initial {t:c} {n:c} {m:c}, nach {neo} {t:yp} {n:yp} {r}.
Prätherapeutisch {t:c} {n:c} {m:c}, postoperativ {t:yp} {n:yp} {l} {v} {r}.
Rezidiv eines {dx}s, jetzt {t:rp} {n:rp} {r}.
Z. n. {t:p} {year}, jetzt Lokalrezidiv {t:rp} {n:rp} ({nodes}).
Autoptisch gesichertes {dx}, {t:ap} {n:ap} {m:ap}.
Kein Anhalt für {t:p}.
Kein Anhalt für ein Überschreiten der Kapsel, kein {t:p}.
Ein {t:p}-Stadium liegt nicht vor.
Ein {t} kann anhand des vorliegenden Materials nicht ausgeschlossen werden.
Keine Hinweise auf Fernmetastasen (<klinisch |>{m:c}).
V. a. {t:p}
V. a. {dx} {t:c} {n:c}
Verdacht auf {dx}, klinisch {t:c}, {n:c}.
Fraglich {t:p}, DD {t:p}.
Am ehesten {t:c} bei CT-morphologisch {cm:2-9} cm großem Tumor.
Mindestens {t}.
Zumindest {t} bei Tumor am Resektatrand ({r}).
Die Abgrenzung zwischen {t} und {t} ist am Biopsat nicht möglich.
{t:p} = Tumor bis {num:1-7} cm Größe
{t:p}: Tumor begrenzt auf das Organ, mehr als {num:2-7} cm
Definition: {t:p} = Infiltration der Submukosa; {t:p} = Infiltration der Muscularis propria.
{n:p}: Metastasen in 1 bis 3 regionären Lymphknoten
{n:-} = keine regionären Lymphknotenmetastasen
{m:-}: keine Fernmetastasen
{r}: kein Residualtumor, {r}: mikroskopischer Residualtumor
Nach TNM entspricht {t:-} einer Infiltration der Serosa.
Beim Vater {dx} {t:p} {n:p} mit 62 Jahren.
Die Mutter verstarb an einem {dx} (Stadium {stage}).
Familienanamnese: Bruder mit {dx}, Stadium {stage}.
Zweitkarzinom: {dx} {code} ({year})
1. {dx} {code} ({my})\n2. {dx} {code} ({year})
Synchrone Tumoren: links {code:tn}, rechts {code:tn}.
{t} ({t})
Es handelt sich um ein {histo} mit den Kategorien {t} und {n}.
Die Einstufung als {t} erfolgt aufgrund der Tumorgröße von {cm:1-9} cm.
Korrektur: statt {t} jetzt {t}.
Nachtrag vom {date}: Nach Aufarbeitung weiterer Lymphknoten {n} ({nodes}), {code:tn}.
Ergänzender Bericht: Alle zusätzlich eingebetteten Lymphknoten tumorfrei, damit insgesamt {nodes}, {n}.
{n} bei Befall von {of} Lymphknoten, max. Durchmesser {cm:0-3} cm, ohne Kapseldurchbruch.
Mammakarzinom {side}, {t}, {n} ({nodes} sn), {m}, {g}, ER 95 %, PR 80 %, HER2 negativ, Ki-67 {num:5-60} %
DCIS {gw}, {t}, Ausdehnung {cm:1-6} cm, {r}
Invasives Mammakarzinom NST {g}, {t:+}, {n}, {l}, {v}
Prostatakarzinom {t}, Gleason {gl}, {n}, {r}, iPSA {cm:4-30} ng/ml
Prostatakarzinom, Gleason-Score {gls}, {t:c}
Prostatastanzen: {num:2-6} von 12 Stanzen mit azinärem Adenokarzinom, Gleason-Score {gl}.
PCa {t} {n} {m} Gl. {gl}
Azinäres Adenokarzinom der Prostata, Gleason {gl} (ISUP-Gradgruppe <2|3>), {t}, {r}, {pn}.
Z.n. RPE {my} bei PCa {code}, Gleason {gls}, iPSA {cm:4-30} ng/ml
Papilläres Urothelkarzinom, {t}, {gw}
Urothelkarzinom der Harnblase {t} {gw} ({g} nach WHO 1973)
Nicht-invasives papilläres Urothelkarzinom, {gw}, {t}.
Seminom {t} {n} {m} {s}, Stadium {stage}
Hodentumor links, {t}, Markerstatus {s}, Lugano-Stadium {Stage=<I|IA|IIA|IIB|IIC>}
Klarzelliges Nierenzellkarzinom, {gw}, {t}, {r}.
Klarzelliges Nierenzellkarzinom, Fuhrman {g}, {code:tn}
Malignes Melanom {t} {n} {m}, Stadium {stage} ({Edition=AJCC {year}})
Malignes Melanom {org}, Tumordicke {cm:0-5} mm, Clark-Level IV, {t}, Stadium {stage}
SLN positiv ({nodes}), {n}, Stadium {stage}
Follikuläres Lymphom, {gw}, Ann-Arbor-Stadium {annarbor}
Diffus großzelliges B-Zell-Lymphom, Stadium {annarbor} nach Ann Arbor, ED {my}
Hodgkin-Lymphom, nodulär-sklerosierend, Stadium {annarbor}
Hodgkin-Lymphom Stadium {annarbor} (Ann Arbor) mit B-Symptomatik
Ovarialkarzinom FIGO {figo}, {code}, {g}
Endometriumkarzinom {g}, FIGO-Stadium {figo}, {t} {n}
Zervixkarzinom im Stadium FIGO {figo}
Zervixkarzinom {t} {n} ({nodes} pelvin) {m} {l} {v} {pn} {g} {r}
Seröses Ovarialkarzinom, {gw}, FIGO {figo} ({ed}), {t}
Bronchialkarzinom {side}, Stadium {stage} ({t} {n} {m})
NSCLC Stadium {stage}, {code:tnm}, PD-L1 TPS {num:1-90} %
NSCLC {t:c} {n:c} {m:c}, EGFR-Wildtyp, ED {my}
Adenokarzinom der Lunge, {code}; T-Stadium bei Pleurainvasion PL1 hochgestuft.
GIST des Magens, {t}, Mitosen {num:1-9}/50 HPF, Stadium {stage}
NET {g} des Ileums, {code:tn}, Ki-67 {num:1-15} %
NET des Pankreas, {g}, {t} {n} ({nodes}) {m}
HCC im Explantat, {code}, Leberzirrhose Child B, BCLC A
Kolorektales Karzinom, {code}, MSS, RAS-Wildtyp
Papilläres Schilddrüsenkarzinom {t} {n} ({nodes}) {m}, ED {my}, Z. n. Radiojodtherapie
Follikuläres Schilddrüsenkarzinom {t} {n}, TSH supprimiert, fT4 im Normbereich.
Mikrokarzinom {t}, T3 und T4 normwertig
Sakralmetastase S1 bei {dx} {code}
Metastase in BWK 8 und LWK 2 bei {dx}, {t} {n} {m}.
Block A1-A4: {histo}, {code}.
Tumorausläufer in Block {block}, minimaler Abstand {num:1-9} mm, {t}, {r}
Tumor in T2-gewichteten Sequenzen hyperintens, {t:c} {n:c}
Das Stadium {stage} wurde gemeinsam mit {x:dem Patienten|der Patientin} besprochen.
Palliative Situation bei {dx}, Stadium {stage}, {m}.
{dx} mit hepatischer und pulmonaler Metastasierung ({m}, Stadium {stage}).
{dx}, primär metastasiert ({m}), ED {my}.
{x:Der Patient|Die Patientin} stellt sich zur Nachsorge bei {dx} ({code}) vor.
Nachsorge bei {dx} {stage}, kein Rezidivhinweis.
{dx}: Stadium {stage}, {g}, {r}
Residualtumor: lokal {r}, gesamt {r}
Lokal {r}, bei Lebermetastasen insgesamt {r}.
{l} / {v} / {pn} / {r}
{l}, {v}, {pn}
{r}, {g}
{g}, {r}, {l}
{code}
{code:full}
({code})
{code:full}, UICC {stage}
{code}; {ed}
{code} (TNM, {ed:n})
Klassifikation nach TNM ({ed:n}): {code}, Stadium {stage}.
({Edition=UICC {year}}, {ed:n}) {code:full}
Rektumkarzinom (Diagnose {my})\n{bul}{t}, {n} ({nodes}), {l}, {v}, {r}, {g}
Onkologische Diagnose: {dx}, {histo}, Stadium {stage} ({code:tnm})
{dx} {t} {n} {m}; Z. n. {neo}
{dx} re./li.: re. {t} {n}, li. {t} {n}
Tumordiagnose: {dx}\nTNM: {code:tnm}\nED: {my}\nTherapie: {op}
Beurteilung: {op} mit {cm:1-8} cm großem {histo}. Resektionsränder tumorfrei. Damit {code:full}.
Kritischer Befundbericht: {histo}, {g}, lokale Ausbreitung {t}, kein Nodalbefall in {of} Lymphknoten.
Das Karzinom ist {diff} ({g}) und infiltriert bis in die Subserosa ({t}). Lymphknoten: {nodes}. {l}, {v}, {pn}.
Im Bereich des dorsalen Randes {r}, sonst im Gesunden entfernt.
Nachresektat tumorfrei, damit endgültig {r}.
Residualtumorstatus nach Nachresektion: {r}
Hinweis: Die Einstufung {t} gilt vorbehaltlich der klinischen Angaben.
Lymphknotenstatus anhand des Materials nicht beurteilbar ({n}).
Fernmetastasen nicht beurteilbar ({m}).
Zweiter Tumorherd {cm:0-2} cm, daher {t}.
Regressionsgrad 2 nach Becker, {t:yp}, {n:yp}.
pT-Kategorie: {t}; pN-Kategorie: {n}; R-Kategorie: {r}
Bösartige Neubildung (C50.4), {code}
C18.2 G, {dx}, {code}
C61 Prostatakarzinom, Gleason {gl}, {t:c}, ED {my}
Karzinom {org}, Stadium {stage}, {m}
{stage} ({t} {n} {m})
T-Stadium: {t}, N-Stadium: {n}, M-Stadium: {m}
Tumor: {t}, Lymphknoten: {n}, Metastasen: {m}
Klinisch-pathologisches Stadium: {t:p} {n:p} {m:c}
Befundtext: {code}; Ki-67 {num:1-60} %; ER IRS 12/12; HER2 1+
Melanom {t}, Breslow {cm:0-4} mm, SLNB {nodes}, {n}
Zirkumferentieller Resektionsrand (CRM) {num:1-9} mm, {r}
Angaben zur Tumorausbreitung nach der {ed:n} der TNM-Klassifikation.
Das Staging erfolgte nach der {ed:n} der UICC-Klassifikation.
"""


def frames() -> list[str]:
    """All German frames with TNM content."""
    lines = [line for block in (LABELLED, BLOCKS, PROSE) for line in block.strip("\n").split("\n")]
    return [line.replace("\\n", "\n").replace("\\t", "\t").replace("", "") for line in lines if line]
