"""Frames around medication entries, in both languages, and frames that hold none.

``{drug#1}``, ``{strength#1}`` and so on are the parts of one drug; ``{med}`` is a whole entry.
"""

DE = r"""
{med}
{med}
{med}
{med}
{med}
{bul}{med}
{bul}{med}
{num:1-14}. {med}
{med}, {med}
{med}, {med}, {med}
{med}; {med}; {med}
{med}\n{med}
{med}\n{med}\n{med}
{med}\n{med}\n{med}\n{med}
{bul}{med}\n{bul}{med}\n{bul}{med}
<Medikation|Aktuelle Medikation|Entlassungsmedikation|Hausmedikation|Medikation bei Aufnahme|Medikation bei Entlassung|Letzte Medikation|Dauermedikation|Therapieempfehlung|Empfohlene Therapie|Vormedikation|Medikamente|Bedarfsmedikation>: {med}
<Aktuelle Medikation|Entlassungsmedikation|Hausmedikation|Medikation bei Entlassung|Therapieempfehlung|Dauermedikation>: {med}, {med}, {med}
<Aktuelle Medikation|Entlassungsmedikation|Hausmedikation|Medikation|Th.>:\n{med}\n{med}\n{med}
Empfohlene Therapie\n{med}\n{med}\n{med}
Bedarfsmedikation: {drug#1} {strength#1} {freq#1:prn} bei {reason#1:prn}
{drug#1} {strength#1} {freq#1:prn} bei {reason#1:prn}
{drug#1} {strength#1} {freq#1:prn}
{drug#1} {strength#1} {pipe} {freq#1} {pipe} {reason#1}
{drug#1} {pipe} {strength#1} {pipe} {form#1} {pipe} {freq#1} {pipe} {reason#1}
{pipe} {drug#1} {pipe} {strength#1} {pipe} {freq#1} {pipe}
{pipe} {drug#1} {pipe} {strength#1} {pipe} {form#1} {pipe} {Frequency#1=<1|0|2> {pipe} <0|1> {pipe} <0|1> {pipe} <0|1>} {pipe} {reason#1} {pipe}
{drug#1}\t{strength#1}\t{freq#1}
{drug#1}\t{strength#1}\t{form#1}\t{freq#1}\t{reason#1}
{drug#1}\t{drug#1b}\t{strength#1b}\t{form#1b}\t{freq#1b}
Wirkstoff\tStärke\tForm\tmo mi ab\n{drug#1}\t{strength#1}\t{form#1}\t{freq#1}\n{drug#2}\t{strength#2}\t{form#2}\t{freq#2}
Medikament {pipe} Dosis {pipe} Einnahme\n{drug#1} {pipe} {strength#1} {pipe} {freq#1}\n{drug#2} {pipe} {strength#2} {pipe} {freq#2}
{drug#1} {strength#1} {freq#1} nüchtern
{drug#1} {strength#1} {freq#1} vor dem Frühstück
{drug#1} {strength#1} {freq#1} (<neu|NEU|wie bisher|unverändert|pausiert|Dosis erhöht|reduziert|abgesetzt|bitte nach RR anpassen|i. W. ausschleichen>)
{drug#1} {strength#1} {freq#1} ab {date}
{drug#1} {strength#1} {freq#1} {duration#1}, dann absetzen
{drug#1} {strength#1} {freq#1} {duration#1}, danach {Strength#1=<5 mg|10 mg|2,5 mg|20 mg>} {freq#1}
{drug#1} (<abgesetzt|pausiert|Pause bis {date}|z. Zt. Pause|bis auf Weiteres pausiert|seit {my} abgesetzt>)
{drug#1} {strength#1} <pausiert|abgesetzt|Pause> <wegen Blutung|bis {date}|präoperativ|>
{drug#1} pausiert bis zur Kontrolle am {date}.
Statt {drug#1} jetzt {drug#2} {strength#2} {freq#2}.
Umstellung von {drug#1} auf {drug#2} {strength#2} {freq#2}.
Wir stellten von {drug#1} auf {drug#2} um.
Neu angesetzt: {med}
Abgesetzt: {drug#1}, {drug#2}
Pausiert: {drug#1} {strength#1}
{drug#1} wurde am {date} abgesetzt.
{drug#1} wurde auf {strength#1} {freq#1} reduziert.
{drug#1} wurde auf {strength#1} erhöht.
Die Dosis von {drug#1} wurde auf {strength#1} {freq#1:words} gesteigert.
{drug#1} wurde von {Strength#1=<5|10|20|25> mg} auf {Strength#1=<50|40|75|100> mg} erhöht.
{kinds:o}{drug#1} {strength#1} {freq#1}, Zieldosis <10|50|100|200> mg
{kinds:o}{drug#1} alle 2 Wochen um <5|2,5|25> mg reduzieren.
{kinds:o}{drug#1} einschleichend, beginnend mit {strength#1} {freq#1:words}.
{kinds:o}{drug#1} ausschleichen: {Strength#1=40 mg} {Duration#1=für 3 Tage}, {Strength#1=20 mg} {Duration#1=für 3 Tage}, {Strength#1=10 mg} {Duration#1=für 3 Tage}.
{kinds:o}{drug#1} {Frequency#1=<500-0-500|250-250-250|750-0-1000|7,5-0-0|5-0-0|10-0-10|6-0-6|300-0-600|2,5-0-2,5> mg}
Wir begannen eine Therapie mit {drug#1} {strength#1} {freq#1:words} wegen {reason#1}.
{kinds:av}Es wurde eine antibiotische Therapie mit {drug#1} {strength#1} {freq#1:words} {duration#1} eingeleitet.
Bei {reason#1} erhielt {x:der Patient|die Patientin} {drug#1} {strength#1} {route#1}.
Wegen {reason#1} {x:erhält der Patient|erhält die Patientin} {drug#1}.
{x:Der Patient|Die Patientin} erhielt {drug#1} {strength#1} {route#1} {freq#1:words}.
{x:Der Patient|Die Patientin} nimmt {drug#1} {strength#1} {freq#1:words} ein.
{x:Er|Sie} nimmt zurzeit {drug#1}, {drug#2} und {drug#3} ein.
{x:Er|Sie} nehme nur {drug#1} {freq#1:prn}.
Zur Behandlung der {Reason#1=<Hypertonie|Depression|Herzinsuffizienz|Pneumonie|Epilepsie|Zystitis|Obstipation|Schmerzsymptomatik>} wurde {drug#1} {strength#1} {freq#1:words} angesetzt.
Zur {Reason#1=<Thromboseprophylaxe|Stressulkusprophylaxe|Infektprophylaxe|Migräneprophylaxe|Endokarditisprophylaxe>} {drug#1} {strength#1} {freq#1:words}.
Zur <Schmerztherapie|Frequenzkontrolle|Sedierung|Blutdruckeinstellung> {drug#1} {strength#1} {freq#1:words}.
{kinds:o}Analgesie mit {times#1} {drug#1} {strength#1}
{kinds:o}Antihypertensive Therapie mit {drug#1} ({drug#1b}) und {drug#2} begonnen.
Im Verlauf Therapie mit {drug#1} und {drug#2}.
{kinds:av}Die antibiotische Therapie mit {drug#1} {route#1} wird {freq#1:words} {duration#1} beibehalten.
{kinds:av}Nach {num:3-10} Tagen Oralisierung auf {drug#1} {strength#1} {freq#1}.
{kinds:vs}Perioperative Gabe von {drug#1} {strength#1} {route#1}.
{kinds:vs}Einmalige Gabe von {strength#1} {drug#1} {route#1}.
{kinds:vs}Initial {drug#1} {strength#1} {route#1} als Bolus, dann {strength#1} {freq#1:words}.
Unter {drug#1} {strength#1} {freq#1} waren die Beschwerden gut kontrolliert.
Unter Therapie mit {drug#1} kam es zur deutlichen Besserung.
{kinds:o}Unter {drug#1} stabile Blutdruckwerte.
Wir empfehlen die Fortführung von {drug#1} {strength#1} {freq#1} {duration#1}.
Wir empfehlen {drug#1} {strength#1} {freq#1:words} bei {reason#1}.
Wir bitten um Fortsetzung von {drug#1} {duration#1}.
Geplant ist die Gabe von {drug#1} {strength#1} {freq#1} ab {date}.
Die Einnahme von {drug#1} {strength#1} soll {freq#1:words} erfolgen.
Bitte {drug#1} {duration#1} einnehmen, dann Kontrolle.
Rezept: {drug#1} {strength#1} {form#1} N2, {freq#1}
Rp.: {drug#1} {strength#1}, {form#1}, S: {freq#1}
Allergie gegen {drug#1}.
<Allergien|Unverträglichkeiten|CAVE>: {drug#1}, {drug#2}
{kinds:c}Am Tag 1 {drug#1} {strength#1}, {drug#2} {strength#2} {route#2}.
{kinds:c}Chemotherapie mit {drug#1} {strength#1} und {drug#2} {strength#2}, {Frequency#2=<alle 3 Wochen|q3w|Tag 1>}.
{kinds:c}{drug#1} {strength#1} (Gesamtdosis {Dose#1=<150|320|590> mg}) {route#1}
{kinds:c}{drug#1} {strength#1} über 2 Stunden
{drug#1} {route#1} {strength#1} letzte Gabe {date}
{kinds:vs}{drug#1} – {strength#1} Bolus in 200 ml gelöst
{kinds:vs}Perfusor: {drug#1} {Strength#1=<50 mg/50 ml|5 mg/50 ml|500 mg/50 ml>} mit {Dose#1=<2,0|3,5|8> ml/h}
{drug#1} {strength#1} Tagesdosis, aktuell Spiegel im Normbereich
Medikamentös bestehe eine Einstellung auf {drug#1} {strength#1} {freq#1}, zusätzlich {drug#2} {freq#2:prn}.
{reason#1}: {drug#1} {strength#1} {freq#1}
{bul}{reason#1}, Therapie mit {drug#1}
{reason#1}, unter {drug#1}
Es erfolgte die Umstellung auf orale Antikoagulation mit {drug#1} {strength#1} {freq#1}.
{kinds:av}Eradikation mit {drug#1} {strength#1} {freq#1}, {drug#2} {strength#2} {freq#2} und {drug#3} {strength#3} {freq#3} {duration#3}.
{kinds:av}Triple-Therapie: {drug#1} {strength#1}, {drug#2} {strength#2}, {drug#3} {strength#3}
{drug#1} mussten wir auf {drug#2} umstellen.
Weiterhin {drug#1}, {drug#2}, {drug#3} sowie {drug#4}.
{drug#1} {dose#1} {freq#1:words}, {drug#2} {dose#2} {freq#2:words}
Nach Rücksprache mit {x:dem Patienten|der Patientin} {drug#1} {freq#1:words}.
Fremdanamnestisch: {drug#1} {strength#1} seit {year}
{drug#1} seit {my} {strength#1} {freq#1}
{drug#1} ({drug#1b}) {strength#1} {freq#1}
{drug#1} ({drug#1b}®) {freq#1}
{drug#1} {drug#1b} {strength#1b} {freq#1b}
{drug#1} {strength#1} {Frequency#1=bei <Schmerzen|Übelkeit|Atemnot|Fieber|Unruhe|Schlaflosigkeit>}
{drug#1} {dose#1} zusammen mit {drug#2} einnehmen
{kinds:dhl}{drug#1} {form#1} - {dose#1} {route#1}
{drug#1} - {strength#1} {route#1} in 10 ml Wasser
{drug#1} {strength#1} {freq#1} {duration#1}, dann Reduktion auf {Strength#1=<5|10|30|150> mg} {Duration#1=für <3|5> Tage}.
{drug#1} peroral, beginnend mit einer Dosierung von {strength#1} {freq#1:words}.
Ab dem {date} wurde auf {strength#1} {drug#1} {freq#1:words} reduziert.
{pipe} Wirkstoff {pipe} Handelsname {pipe} Stärke {pipe} Form {pipe} mo {pipe} mi {pipe} ab {pipe} na {pipe}\n{pipe} {drug#1} {pipe} {drug#1b} {pipe} {strength#1b} {pipe} {form#1b} {pipe} {Frequency#1b=<1|0> {pipe} 0 {pipe} <1|0|½> {pipe} 0} {pipe}
{drug#1}\t{drug#1b}\t{strength#1b}\t{form#1b}\t{Frequency#1b=<1\t0\t1\t0|1\t0\t0\t0|0\t0\t1\t0>}\tStück\t{reason#1b}
Bei {reason#1:prn}: {drug#1} {strength#1} {freq#1:prn}
{Frequency#1=Bei <Schmerzen|Atemnot|Übelkeit|Fieber|Unruhe>} {drug#1} {strength#1}, max. <4 g|40 mg|3 g>/Tag
Schmerzmedikation: {drug#1} {strength#1} {freq#1}, zusätzlich {drug#2} {strength#2} {freq#2:prn}
{kinds:av}Antibiose: {drug#1} {strength#1} {route#1} {freq#1:words} seit {date}
{kinds:ks}Antikoagulation mit {drug#1} {duration#1}, danach {drug#2} {duration#2}.
{kinds:nw}Antidiabetische Therapie mit {drug#1} {strength#1} {freq#1} und {drug#2} {freq#2}.
Seit {my} Dauertherapie mit {drug#1} {strength#1} {freq#1:words} bei {reason#1}
{drug#1} {strength#1} {freq#1}; {drug#2} {strength#2} {freq#2}; {drug#3} {freq#3:prn}
{drug#1} wie gehabt, {drug#2} auf {strength#2} {freq#2} erhöht, {drug#3} abgesetzt.
Pat. nimmt {drug#1} {freq#1}, {drug#2} unregelmäßig.
{drug#1} bei {Reason#1=RR-Werten über <160|180> mmHg} {Frequency#1=<b. B.|bei Bedarf>}
Letzte Einnahme von {drug#1} am {date}.
Prämedikation: {strength#1} {drug#1} {route#1}
{kinds:v}Kurzinfusion mit {drug#1} {strength#1} {freq#1:words} {duration#1}
{drug#1} {strength#1} {route#1} {Frequency#1=<8|6|12|20|22> Uhr}
{drug#1} {strength#1} {Frequency#1=8 Uhr und 20 Uhr}
{drug#1} {strength#1} {Frequency#1=8-14-20-2 Uhr}
{kinds:s}Bridging mit {drug#1} {strength#1} {route#1} {freq#1:words} {duration#1}.
{kinds:s}Thromboseprophylaxe mit {drug#1} {strength#1} {route#1} {freq#1:words} {duration#1}
Wir bitten um Ausschleichen von {drug#1} um <5|2,5|10> mg.
MTX {Strength#m=<7,5|10|15|20> mg} {Route#m=<s.c.|p.o.>} {Frequency#m=1x wöchentlich <montags|freitags|mittwochs>}, Folsäure am Folgetag
"""

EN = r"""
{med}
{med}
{med}
{med}
{bul}{med}
{num:1-15}. {med}.
{num:1-15}. {med}
{med}, {med}
{med}, {med}, and {med}.
{med}; {med}; {med}
{med}\n{med}\n{med}
{num:1-4}. {med}.\n{num:5-8}. {med}.
<MEDICATIONS|CURRENT MEDICATIONS|DISCHARGE MEDICATIONS|Home medications|Medications on admission|Outpatient Medications>: {med}, {med}, {med}.
<Discharge Medications|Current meds|Meds>:\n{med}\n{med}\n{med}
{drug#1} {strength#1} {freq#1:prn} for {reason#1:prn}
{drug#1:cap} {strength#1} {route#1} {freq#1}.
{drug#1} {strength#1} {form#1} {pipe} {dose#1} {route#1} {freq#1}
{drug#1}\t{strength#1}\t{route#1}\t{freq#1}
{drug#1} {strength#1} {form#1} Sig: {dose#1} {route#1} {freq#1} {duration#1}
Take {dose#1} of {drug#1} {strength#1} {freq#1:words}.
The patient was started on {drug#1} {strength#1} {freq#1:words} for {reason#1}.
The patient was started on {drug#1} for {reason#1}.
{kinds:vs}She was given {drug#1} {strength#1} {route#1}.
He received {drug#1} {strength#1} {route#1} {freq#1:words} {duration#1}.
{drug#1:cap} was increased to {strength#1} {freq#1:words}.
{drug#1:cap} was discontinued.
{drug#1:cap} was held on admission and resumed at {strength#1} {freq#1}.
We will continue {drug#1} {strength#1} {freq#1} and add {drug#2} {strength#2} {freq#2}.
Continue {drug#1}, {drug#2}, and {drug#3}.
Stop {drug#1}. Start {drug#2} {strength#2} {freq#2}.
Switch {drug#1} to {drug#2} {strength#2} {freq#2}.
For {reason#1}, she takes {drug#1} {strength#1} {freq#1}.
{name} takes {drug#1} {strength#1} {freq#1:words} for {reason#1}.
Her {reason#1} is controlled with {drug#1} {strength#1} {freq#1}.
Status: on {drug#1} since {year}.
Allergies: {drug#1}, {drug#2}.
Allergic to {drug#1}.
Prescribed {drug#1} {strength#1}, {dose#1} {route#1} {freq#1} {duration#1}, dispense #30.
Plan: {drug#1} {strength#1} {route#1} {freq#1} {duration#1}.
{kinds:vs}Treated with {route#1} {drug#1} {strength#1} {freq#1:words}.
{reason#1}: {drug#1} {strength#1} {freq#1}
The patient was treated with {drug#1} {duration#1}.
{kinds:vs}Intravenous {drug#1} was given {duration#1}.
She completed a course of {drug#1} {duration#1}.
Oral {drug#1} ({strength#1} {freq#1}) was administered for {reason#1}.
{kinds:o}Taper {drug#1}: {Strength#1=40 mg} {Frequency#1=daily} {Duration#1=x 3 days}, then {Strength#1=20 mg} {Frequency#1=daily} {Duration#1=x 3 days}.
{drug#1:cap} {strength#1} at night has helped; add {drug#2} {freq#2:prn}.
{kinds:c}Chemotherapy consisted of {drug#1} {strength#1} and {drug#2} {strength#2}.
At home he uses {drug#1} {dose#1} {freq#1}.
{drug#1} ({drug#1b}) {strength#1} {route#1} {freq#1}
Current medications include {drug#1} {strength#1} {freq#1}, {drug#2} {strength#2} {freq#2}, and {drug#3}.
She takes {drug#1} {freq#1:prn} for {reason#1:prn}.
{drug#1:cap} {strength#1} {route#1} {freq#1} {duration#1} for {reason#1}
Rx: {drug#1} {strength#1} #30, {dose#1} {route#1} {freq#1}
{kinds:v}Blood cultures pending; started {drug#1} {strength#1} {route#1} {freq#1} {duration#1}.
Discharged on {drug#1} {strength#1} {freq#1} and {drug#2} {strength#2} {freq#2}.
{kinds:vo}Loading dose of {drug#1} {strength#1} {route#1}, then {strength#1} {freq#1}.
Resume home {drug#1} and {drug#2}; hold {drug#3} until follow-up.
{reason#1} treated with {drug#1} and {drug#2}

"""

NONE_DE = r"""
<Kreatinin|Krea> {cm:0-4} mg/dl, Harnstoff {num:20-120} mg/dl, GFR {num:15-90} ml/min
Kalium {cm:3-5} mmol/l, Natrium {num:128-146} mmol/l, Calcium 2,{num:1-5} mmol/l
HbA1c {cm:5-10} %, Nüchternglukose {num:90-240} mg/dl
CRP {num:1-250} mg/l, Leukozyten {cm:3-18} G/l, Hb {cm:7-15} g/dl
CRP rückläufig auf {num:5-60} mg/l, Procalcitonin {cm:0-4} ng/ml
Eisen i.S. {num:20-120} µg/dl, Ferritin {num:5-500} ng/ml, Transferrinsättigung 12 %
Magnesium 0,8 mmol/l, Phosphat 1,1 mmol/l, Albumin {num:20-45} g/l
TSH {cm:0-5} mU/l, fT4 {num:10-22} pmol/l
Vitamin B12 {num:100-900} pg/ml, Folsäure i.S. {cm:2-15} ng/ml
Blutzucker-Tagesprofil {num:90-140}-{num:120-220}-{num:110-260} mg/dl
BZ {num:80-350} mg/dl, Ketone negativ
RR {num:100-190}/{num:60-100} mmHg, Puls {num:50-120}/min, Temp. 3{num:6-9},{num:0-9} °C, SpO2 {num:88-99} %
Gewicht {num:45-120} kg, Größe {num:150-195} cm, BMI {cm:18-40} kg/m²
Telefon 0{num:30-99} 1-0-1-{num:10-99}, Fax {num:100-999}-0-{num:1-9}
Tel. 0341/97-1{num:100-999}-0
INR {cm:1-4}, Quick {num:20-100} %, PTT {num:25-70} s
pO2 {num:55-95} mmHg, pCO2 {num:30-60} mmHg, Laktat {cm:0-5} mmol/l
Urinausscheidung {num:500-3000} ml/24h, Trinkmenge max. 1,5 l/Tag
Ergometrie bis {num:50-150} Watt, Abbruch wegen Erschöpfung
Tumor {dim}, Resektionsrand {num:1-9} mm
Bestrahlung mit {num:40-60} Gy, {num:1-2},8 Gy pro Fraktion, 5x wöchentlich
Physiotherapie 3x wöchentlich, Ergotherapie 2x/Woche
Krankengymnastik 6x, Lymphdrainage 2x wöchentlich
Verbandswechsel alle 2 Tage, Fäden ex am {date}
Blutdruckkontrolle 3x tgl., Gewichtskontrolle täglich
Kontrolle in {num:2-6} Wochen beim Hausarzt, Labor in 7 Tagen
Kost: leichte Vollkost, 5 kleine Mahlzeiten, Kaffee 2 Tassen täglich
Nikotin: {num:10-40} pack years, Alkohol: 1 Glas Wein pro Tag
{num:1-2} Erythrozytenkonzentrate transfundiert
MMST {num:12-30}/30, Barthel-Index {num:20-100}, CHA2DS2-VASc {num:1-7}
NRS {num:0-9}/10 in Ruhe, VAS {num:1-9}
EF {num:20-65} %, LVEDD {num:40-65} mm, PAPsys {num:25-70} mmHg
{num:1-4}-0-Naht, Prolene 3-0, Vicryl 2-0
Sonographie: Milz {num:9-15} x {num:3-6} cm, Restharn {num:0-200} ml
Aufnahme am {date}, Entlassung am {date}.
Die Medikation wurde unverändert fortgeführt.
Hausmedikation unverändert.
Die medikamentöse Therapie wurde optimiert.
Keine regelmäßige Medikamenteneinnahme.
Medikation: keine
Allergien: keine bekannt
Wir empfehlen eine Kontrolle der Elektrolyte und der Retentionswerte.
Eine antibiotische Therapie war nicht notwendig.
Eine Schmerztherapie erfolgte konservativ.
Diagnosen: art. Hypertonie, Diabetes mellitus Typ 2, Adipositas
Digitalisspiegel im Normbereich, Leberwerte normal
Z. n. Appendektomie {year}, Z. n. Tonsillektomie
Keine Hinweise auf Thrombose, Wadenweichteile weich.
{x:Der Patient|Die Patientin} berichtet über Schmerzen in der linken Schulter seit 3 Tagen.
Das Aufwachen erfolgte problemlos, {x:er|sie} wurde auf die Normalstation verlegt.
Impfstatus vollständig, letzte Tetanusimpfung {year}.
GOT {num:15-200} U/l, GPT {num:15-200} U/l, gGT {num:20-400} U/l, Bilirubin {cm:0-5} mg/dl
LDL {num:60-220} mg/dl, HDL {num:30-80} mg/dl, Triglyzeride {num:80-400} mg/dl
"""

NONE_EN = r"""
Creatinine {cm:0-4} mg/dL, potassium {cm:3-5} mmol/L, sodium {num:130-146}
Hemoglobin A1c {cm:5-10}%, glucose {num:80-300} mg/dL
WBC {cm:3-20}, hemoglobin {cm:7-15} g/dL, platelets {num:60-400}
Blood pressure {num:100-180}/{num:60-100}, pulse {num:55-120}, temperature 98.{num:1-9}
INR {cm:1-4}, PT 14.{num:1-9} seconds
Ejection fraction {num:20-65}%, weight {num:50-120} kg
The mass measured {dim}.
Physical therapy three times weekly for 6 weeks.
Follow up in {num:1-6} weeks with primary care.
Calcium 9.{num:1-9} mg/dL, magnesium 1.{num:6-9} mg/dL, phosphorus 3.{num:1-9}
She drinks 2 cups of coffee daily and smokes half a pack per day.
No known drug allergies.
MEDICATIONS: None.
Medications were reviewed and are unchanged.
He denies chest pain or shortness of breath.
Iron {num:20-120} mcg/dL, ferritin {num:5-300} ng/mL, vitamin B12 {num:150-900} pg/mL
Dressing changes every other day, sutures 3-0 Vicryl.
Pain 5/10, Glasgow coma scale 15.
Estimated blood loss {num:20-500} mL, 2 L of fluid removed.
Phone 555-1-0-1-{num:10-99}, return visit {date}.
The patient tolerated a regular diet.
TSH {cm:0-5}, free T4 1.{num:0-9}
"""


def frames(text: str) -> list[str]:
    """The frames of one block."""
    return [line.replace("\\n", "\n").replace("\\t", "\t") for line in text.strip("\n").split("\n") if line]
