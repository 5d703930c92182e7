"""Further medication frames: dose beside strength, form, route and duration; plan tables; drugs in prose that are only taken."""

DE = r"""
{kinds:o}{drug#1} {strength#1} {form#1} {freq#1}
{kinds:o}{drug#1} {strength#1} {form#1} {freq#1}
{kinds:o}{drug#1} {form#1} {strength#1}
{kinds:o}{drug#1} {strength#1} {form#1} N3
{kinds:o}{drug#1} {strength#1}, {dose#1} {freq#1:words}
{kinds:o}{drug#1} {strength#1}, {freq#1:words} {dose#1}
{kinds:o}{drug#1} {strength#1} {freq#1:words} {dose#1} {route#1}
{kinds:o}{dose#1} {drug#1} {strength#1} {freq#1:words}
{kinds:o}{freq#1:words} {dose#1} {drug#1} {strength#1}
{kinds:o}{drug#1} {strength#1} {form#1}, {dose#1} {Frequency#1=<morgens|abends|zur Nacht|mittags>}
{kinds:o}{drug#1} {dose#1} {Frequency#1=<morgens|abends|zur Nacht|mittags>}
{kinds:o}{drug#1} {form#1} {dose#1} {Frequency#1=<morgens|abends|tgl.>}
{kinds:o}{drug#1} {strength#1} {Dose#1=<½|1/2|1|1½|2> <Tbl.|Tabl.|Tablette|Kps.>} {Frequency#1=<morgens|abends|tgl.|zur Nacht>}
{kinds:o}{Frequency#1=Morgens} {dose#1} {drug#1} {strength#1}, {Frequency#2=abends} {dose#2} {drug#2} {strength#2}.
{kinds:o}{x:Er|Sie} nimmt {Frequency#1=morgens} {dose#1} {drug#1} und {Frequency#2=abends} {dose#2} {drug#2}.
{kinds:o}{dose#1} {drug#1} {strength#1} {Frequency#1=vor dem Schlafengen}
{kinds:o}Jeweils {dose#1} {drug#1} {Frequency#1=<morgens und abends|alle 12 Stunden|alle 8 h>}
{kinds:o}Bitte {dose#1} {drug#1} {Frequency#1=<morgens|abends|1x tgl.>} {duration#1} einnehmen.
{kinds:d}{drug#1} {dose#1} {freq#1:words}
{kinds:d}{drug#1} {dose#1} {Frequency#1=<1-0-1|1-1-1-1|b. B.|bei Bedarf|zur Nacht|3x tgl.>}
{kinds:d}{drug#1} {form#1} {dose#1} {Frequency#1=<4x tgl.|bei Bedarf|3x täglich|b. B.>}
{kinds:d}{drug#1} {strength#1} {form#1} {dose#1} {Frequency#1=<4x tgl.|alle 6 h|bei Bedarf>}
{kinds:d}{drug#1} {Dose#1=<10|15|20|30|40> <Trpf.|Tr.|gtt|Tropfen>} {Frequency#1=<abends|bei Bedarf|3x tgl.|alle 6 Stunden>}
{kinds:d}{drug#1} {Frequency#1=<20-20-20-20|30-30-30-30|10-10-20|40-0-0-40>} Tropfen
{kinds:d}{drug#1} {Frequency#1=<20-20-20-20|30-0-0-30|10-0-15>} Trpf.
{kinds:d}{Frequency#1=<3x|4x|bis zu 4x>} {dose#1} {drug#1}
{kinds:d}{Frequency#1=Bei <Schmerzen|Fieber|Übelkeit>} {dose#1} {drug#1}
{kinds:h}{drug#1} {dose#1} {freq#1:words}
{kinds:h}{drug#1} {form#1} {dose#1} {Frequency#1=<2x tgl.|bei Bedarf|morgens|morgens und abends>}
{kinds:h}{drug#1} {strength#1} {form#1} {dose#1} {Frequency#1=<1-0-1|bei Bedarf|2x tgl.>} {route#1}
{kinds:h}{drug#1} {Dose#1=<1|2> <Hub|Hübe|Inhalation|Inh.|Sprühstoß>} {Frequency#1=<1-0-1|1-0-0|b. B.|morgens>}
{kinds:h}{drug#1} {strength#1} {Frequency#1=<1-0-1|2-0-2|1-0-0>} Hub
{kinds:h}{Dose#1=<2|1> <Hübe|Hub>} {drug#1} {Frequency#1=bei Bedarf}
{kinds:h}{drug#1} {dose#1} {route#1} {Frequency#1=<alle 6 h|4x tgl.|bei Bedarf>}
{kinds:h}Inhalation mit {drug#1} {dose#1} {Frequency#1=<4x tgl.|3x täglich>}
{kinds:l}{drug#1} {dose#1} {Frequency#1=<3x tgl.|1-0-1|2x täglich|b. B.>}
{kinds:l}{drug#1} {form#1} {dose#1} {Frequency#1=<3x tgl.|morgens|1-0-1>}
{kinds:l}{drug#1} {Dose#1=<5 ml|10 ml|15 ml|20ml|1 Messlöffel|2 EL>} {route#1} {Frequency#1=<morgens|2x tgl.>}
{kinds:l}{drug#1} {Frequency#1=<10-10-10|20-0-20|15-0-15>} ml
{kinds:f}{drug#1} {dose#1} {Frequency#1=<1x tgl.|morgens|bei Bedarf|2x täglich>}
{kinds:f}{drug#1} {form#1} {Frequency#1=<1-0-0|1-0-1|0-1-0>}
{kinds:f}{drug#1} {Dose#1=<1|2> <Btl.|Beutel|Brausetbl.|Kps.>} {Frequency#1=<tgl.|1-0-1|morgens|3x tgl.>}
{kinds:p}{drug#1} {strength#1} {form#1} {Frequency#1=<alle 3 Tage|alle 72 h|1x wöchentlich|alle 7 Tage>}
{kinds:p}{drug#1} {form#1} {strength#1}, Wechsel {Frequency#1=<alle 3 Tage|alle 72 Stunden|alle 7 Tage>}
{kinds:p}{drug#1} {strength#1} {route#1} {Frequency#1=<alle 3 Tage|alle 72 h>}
{kinds:p}{dose#1} {drug#1} {strength#1} {Frequency#1=<alle 3 Tage|alle 7 Tage|montags>}
{kinds:e}{drug#1} {form#1} {dose#1} {Frequency#1=<2x tgl.|abends|1-0-1>} {route#1}
{kinds:e}{drug#1} {dose#1} {route#1} {Frequency#1=<abends|2x tgl.|morgens und abends>}
{kinds:e}{drug#1} {Frequency#1=<1-0-1|0-0-1>} {Route#1=<bds.|beide Augen|rechtes Auge|li. Auge>}
{kinds:t}{drug#1} {form#1} {Frequency#1=<2x tgl.|morgens und abends|bei Bedarf>} {Route#1=<lokal|topisch|äußerlich>}
{kinds:t}{drug#1} {route#1} {duration#1}
{kinds:r}{drug#1} {form#1} {strength#1} {Frequency#1=<bei Bedarf|b. B.|abends|bis zu 3x tgl.>}
{kinds:r}{drug#1} {strength#1} {route#1} {Frequency#1=<bei Bedarf|1x tgl.|abends>}
{kinds:r}{drug#1} {dose#1} {route#1} {Frequency#1=<b. B.|bei Bedarf>}
{kinds:n}{drug#1} {Frequency#1=<12-0-8|8-6-8|0-0-0-18|14-0-0-0|20-0-16>} IE
{kinds:n}{drug#1} {strength#1} {route#1} {Frequency#1=<zur Nacht|abends|morgens|22 Uhr>}
{kinds:n}{drug#1} {form#1} {strength#1} {Frequency#1=<abends|morgens|zur Nacht>}
{kinds:n}{drug#1} {Frequency#1=morgens} {Strength#1=<8|10|14> <IE|E|I.E.>}, {Frequency#1=abends} {Strength#1=<6|12|18> <IE|E|I.E.>}
{kinds:n}{drug#1} nach BZ-Schema, {drug#2} {strength#2} {Frequency#2=zur Nacht}
{kinds:s}{drug#1} {strength#1} {route#1} {Frequency#1=<1x tgl.|abends|0-0-1|2x tgl.|alle 12 h>}
{kinds:s}{drug#1} {Dose#1=<0,2 ml|0,4 ml|0,6 ml|0,8 ml>} {route#1} {Frequency#1=<abends|1x tgl.|0-0-1|2x täglich>}
{kinds:s}{drug#1} {strength#1} {form#1} {route#1} {Frequency#1=<alle 2 Wochen|1x monatlich|alle 6 Monate|0-0-1>}
{kinds:s}{drug#1} {strength#1} {route#1} {duration#1}
{kinds:s}{form#1} {drug#1} {strength#1} {Frequency#1=<abends|1x tgl.>} {route#1}
{kinds:v}{drug#1} {strength#1} {route#1} {Frequency#1=<3x tgl.|alle 8 h|einmalig|4x täglich|1-1-1>}
{kinds:v}{drug#1} {strength#1} {route#1} {Frequency#1=<alle 8 h|3x tgl.|1x tgl.>} {duration#1}
{kinds:v}{drug#1} {route#1} {Frequency#1=<3 x|2 x|1 x>} {strength#1} {duration#1}
{kinds:v}{Frequency#1=<3 x|2x|1 x>} {strength#1} {drug#1} {route#1}
{kinds:v}{drug#1} {strength#1} als {form#1} {Frequency#1=<alle 8 h|3x tgl.|einmalig>}
{kinds:v}{drug#1} {strength#1} in <100|250|500> ml NaCl 0,9 % {route#1} über <30|60> min
{kinds:v}{drug#1}-Perfusor {Dose#1=<2|4|5|10> <ml|mg>/h}
{Drug#1=Heparin}-Perfusor <mit |>{Dose#1=<400|600|1000> IE/h}
{kinds:v}{route#1} {drug#1} {strength#1}, dann Umstellung auf {drug#2} {strength#2} {Frequency#2=<1-0-1|2x tgl.>}
{kinds:av}{drug#1} {strength#1} {Frequency#1=<1-0-1|1-1-1|2x tgl.|3x täglich|1-0-0>} {duration#1}
{kinds:av}{drug#1} {strength#1} {duration#1}, {Frequency#1=<1-0-1|2x tgl.|3x tgl.>}
{kinds:av}{drug#1} {duration#1} {Frequency#1=<1-0-1|2x tgl.>}
{kinds:av}{drug#1} {strength#1} {Frequency#1=<1-0-1|1-1-1|2x tgl.>} {Duration#1=<bis {date}|noch 3 Tage|noch 5 Tage|bis inkl. {date}|weitere 4 Tage|bis zur Wiedervorstellung|für insgesamt 10 Tage|6 Wochen lang>}
{kinds:av}{drug#1} {route#1} {duration#1}, anschließend {drug#2} {strength#2} {route#2} {duration#2}
{kinds:av}Antibiotische Therapie mit {drug#1} {strength#1} {Frequency#1=<3x tgl.|1-0-1>} {duration#1}.
{kinds:av}Wir empfehlen, {drug#1} {duration#1} fortzuführen.
{kinds:av}{drug#1} {route#1} {Duration#1=vom {date} bis {date}}
{drug#1} {strength#1} {freq#1} seit {date}
{drug#1} {strength#1} {freq#1} ab {date}
{drug#1} {strength#1} {freq#1} bis auf Weiteres
{kinds:o}{drug#1} {Strength#1=<40|20|60> mg} {Duration#1=<für 3 Tage|3 Tage lang|x 3 d>}, dann {Strength#1=<20|10> mg} {Duration#1=<für 3 Tage|3 Tage lang|für 5 Tage>}, dann Stopp
{kinds:c}{drug#1} {strength#1} {route#1} {Frequency#1=<Tag 1|d1|d1-3|alle 21 Tage|wöchentlich>}
{kinds:c}{num:2-6}. Zyklus {drug#1} {Dose#1=<120|150|180|240> mg} und {drug#2} {Dose#2=<600|900|1200> mg}
{kinds:c}{drug#1} {strength#1} = {Dose#1=<140|162|310> mg} {route#1} über <1|2> h
Medikamentenplan {pipe} {drug#1} {pipe} {strength#1} {pipe} {Frequency#1=<1|0|½> {pipe} 0 {pipe} <0|1|½> {pipe} 0}
{drug#1} {pipe} {strength#1} {pipe} {form#1} {pipe} {Frequency#1=1 {pipe} 0 {pipe} <0|1> {pipe} 0} {pipe} Stück
{drug#1} {pipe} {strength#1} {pipe} {Frequency#1=<1|0> {pipe} <0|1> {pipe} 1 {pipe} 0} {pipe}
{pipe} {drug#1} {pipe} {drug#1b} {pipe} {strength#1b} {pipe} {form#1b} {pipe} {freq#1b} {pipe} {pipe}
{pipe} {drug#1} {strength#1} {pipe} {freq#1} {pipe}\n{pipe} {drug#2} {strength#2} {pipe} {freq#2} {pipe}\n{pipe} {drug#3} {strength#3} {pipe} {freq#3} {pipe}
{drug#1}\t{strength#1}\t{Frequency#1=1\t0\t<0|1>\t0}
{drug#1}\t{strength#1}\t{form#1}\t{Frequency#1=<1\t0\t0\t0|0\t0\t1\t0|1\t1\t1\t0>}\tStück
{drug#1} {strength#1}\t{freq#1}\n{drug#2} {strength#2}\t{freq#2}
{drug#1}\t{strength#1}\t{route#1}\t{freq#1}\t{date}
{drug#1};{strength#1};{form#1};{freq#1}
{drug#1} / {strength#1} / {freq#1}
{drug#1} {strength#1} {freq#1} / {drug#2} {strength#2} {freq#2} / {drug#3} {strength#3} {freq#3}
{drug#1} {strength#1} {freq#1} - {drug#2} {strength#2} {freq#2}
{num:1-9}) {drug#1} {strength#1} {freq#1} {num:2-9}) {drug#2} {strength#2} {freq#2}
1. {drug#1} {strength#1} {freq#1}\n2. {drug#2} {strength#2} {freq#2}\n3. {drug#3} {strength#3} {freq#3}
{bul}{drug#1} {strength#1}\n{bul}{drug#2} {strength#2}\n{bul}{drug#3}
{drug#1}, {drug#2}, {drug#3}, {drug#4}
{drug#1} und {drug#2}
Medikation: {drug#1}, {drug#2}, {drug#3}
Dauermedikation: {drug#1} {strength#1}, {drug#2} {strength#2}, {drug#3}.
Hausmedikation: {drug#1} {freq#1}, {drug#2} {freq#2}
Bei Aufnahme: {drug#1} {strength#1} {freq#1}, {drug#2} {strength#2} {freq#2}
Vormedikation mit {drug#1}, {drug#2} und {drug#3}.
Letzte Medikation: {drug#1} {strength#1}; {drug#2} {strength#2} {freq#2}.
{drug#1} wurde fortgeführt.
{drug#1} und {drug#2} wurden unverändert fortgeführt.
{drug#1} wurde auf {drug#2} umgestellt.
{drug#1} wurde neu angesetzt, {drug#2} beendet.
{drug#1} wurde in der Dosis angepasst.
{drug#1} wurde präoperativ pausiert und postoperativ wieder angesetzt.
{drug#1} bitte weiter einnehmen, {drug#2} nach Ablauf der Packung beenden.
Unter {drug#1} stabil.
Unter {drug#1} {strength#1} {freq#1} stabile Einstellung.
Unter {drug#1} und {drug#2} gute Blutdruckeinstellung.
Unter Antikoagulation mit {drug#1} keine weiteren Ereignisse.
Unter antibiotischer Therapie mit {drug#1} Entfieberung und rückläufige Entzündungswerte.
Unter Therapie mit {drug#1} {strength#1} rückläufige Entzündungszeichen.
Es erfolgte die einmalige Gabe von {drug#1} {strength#1} {route#1}.
Gabe von {drug#1} {route#1} in der Notaufnahme.
Im Rettungswagen {drug#1} {strength#1} {route#1} erhalten.
Erhielt in der Nacht {Frequency#1=einmalig} {drug#1} {strength#1}.
{x:Der Patient|Die Patientin} erhält {drug#1}, {drug#2} sowie {drug#3}.
{x:Der Patient|Die Patientin} ist auf {drug#1} {strength#1} {freq#1} eingestellt.
{x:Der Patient|Die Patientin} nimmt {drug#1} nach eigenen Angaben nicht regelmäßig ein.
Seit {my} erhält {x:er|sie} {drug#1} {strength#1} {freq#1:words}.
Therapie seit {my}: {drug#1}, {drug#2}
{num:2-8} Zyklen {drug#1}/{drug#2} bis {my}
Z. n. Chemotherapie mit {drug#1} und {drug#2} {year}
Adjuvante Therapie mit {drug#1} seit {my}, gut toleriert.
Erstlinientherapie mit {drug#1} und {drug#2}, Zweitlinie {drug#3}.
Lokalanästhesie mit {drug#1} {strength#1}.
Prämedikation mit {drug#1} {strength#1} {route#1}, Narkose mit {drug#2} und {drug#3}.
Aufnahme mit Luftnot. Dauermedikation: {drug#1} {strength#1} {freq#1}, {drug#2}.
{x:Er|Sie} klagt über Schwindel und Übelkeit seit 3 Tagen. Medikamente: {drug#1}, {drug#2}.
Diagnosen: arterielle Hypertonie, KHK. Medikation: {drug#1} {strength#1} {freq#1}.
Kalium {cm:3-5} mmol/l, Kreatinin {cm:0-2} mg/dl. {drug#1} {strength#1} weiter.
RR {num:110-170}/{num:60-95} mmHg unter {drug#1} {strength#1} {freq#1}.
Verordnet wurde {drug#1} {strength#1} {form#1}, {freq#1}, {duration#1}.
Die Dosis von {drug#1} wurde auf {strength#1} erhöht, {drug#2} auf {strength#2} reduziert und {drug#3} beendet.
{drug#1} {freq#1}, dazu {drug#2} {freq#2} und {freq#3:prn} {drug#3}.
Statt {drug#1} {strength#1} {freq#1} nun {drug#2} {strength#2} {freq#2}.
{kinds:v}Er erhielt {strength#1} {drug#1} und {strength#2} {drug#2} {route#2}.
{kinds:sv}Gegeben wurden {drug#1} {strength#1} {route#1} und {drug#2} {strength#2} {route#2}.
{drug#1} {strength#1} {freq#1} sowie {drug#2} {strength#2} {freq#2}, zusätzlich {drug#3} {freq#3:prn}.
{drug#1} {strength#1} {Frequency#1=morgens}, {drug#2} {strength#2} {Frequency#2=abends}
{kinds:av}{drug#1} {duration#1}, {drug#2} {duration#2}
{kinds:av}Zunächst {drug#1} {strength#1} {route#1} {duration#1}, dann {drug#2} {strength#2} {route#2} {duration#2}.
{drug#1} {form#1} und {drug#2} {form#2}
{drug#1} ({strength#1}, {freq#1}), {drug#2} ({strength#2}, {freq#2}), {drug#3} ({strength#3}, {freq#3})
Medikation: {drug#1} ({strength#1}), {drug#2} ({strength#2}), {drug#3} ({strength#3}).
{drug#1} {freq#1} {drug#2} {freq#2} {drug#3} {freq#3}
{drug#1} {strength#1} {drug#2} {strength#2} {drug#3} {strength#3}
{drug#1} {strength#1} {freq#1} {drug#2} {strength#2} {freq#2} {drug#3} {strength#3} {freq#3}
Rezept über {drug#1} {strength#1} {form#1} N1 mitgegeben.
"""

EN = r"""
{kinds:o}{drug#1} {strength#1} {form#1}, take {dose#1} {route#1} {freq#1:words}
{kinds:o}Take {dose#1} {route#1} {freq#1:words} {duration#1}: {drug#1} {strength#1}
{kinds:o}{drug#1:cap} {strength#1} {form#1} {route#1} {freq#1:words}
{kinds:o}{drug#1:cap} {dose#1} {route#1} {freq#1:words}
{kinds:o}{dose#1} of {drug#1} {strength#1} {freq#1:words}
{kinds:h}{drug#1} {form#1} {dose#1} {freq#1:words}
{kinds:h}{drug#1} {strength#1} {form#1}, inhale {dose#1} {freq#1:words}
{kinds:h}{drug#1:cap} {dose#1} {Frequency#1=every <4|6> hours as needed}
{kinds:f}{drug#1} {strength#1} {form#1} {freq#1:words}
{kinds:p}{drug#1} {strength#1} {form#1} {Frequency#1=<every 72 hours|every 3 days|weekly>}
{kinds:e}{drug#1} {dose#1} {route#1} {Frequency#1=<twice daily|at bedtime|daily>}
{kinds:t}Apply {drug#1} {form#1} {route#1} {Frequency#1=<twice daily|daily|as needed>} {duration#1}
{kinds:r}{drug#1} {strength#1} {form#1} {route#1} {Frequency#1=<daily|PRN|as needed>}
{kinds:s}{drug#1} {strength#1} {route#1} {Frequency#1=<daily|BID|every 2 weeks|q12h>} {duration#1}
{kinds:v}{drug#1} {strength#1} {route#1} {Frequency#1=<q8h|q12h|daily|once>} {duration#1}
{kinds:v}{drug#1:cap} {strength#1} {route#1} over 30 minutes
{kinds:v}{drug#1} drip at {Dose#1=<5|10|2> <mg|mL>/hr}
{Drug#1=heparin} drip at {Dose#1=<800|1000|1200> units/hr}
{kinds:a}{drug#1:cap} {strength#1} {route#1} {freq#1:words} {duration#1}, then stop.
{kinds:a}{drug#1:cap} was given {duration#1}.
{kinds:c}{drug#1:cap} {strength#1} {route#1} {Frequency#1=<every 3 weeks|weekly|on day 1>}
{kinds:n}{drug#1} {strength#1} {route#1} {Frequency#1=<at bedtime|every morning|nightly>}
{drug#1} {pipe} {strength#1} {pipe} {route#1} {pipe} {freq#1}
{pipe} {drug#1} {pipe} {strength#1} {pipe} {freq#1} {pipe}
{drug#1}\t{strength#1}\t{form#1}\t{freq#1}
{drug#1}, {drug#2}, {drug#3}
Medications: {drug#1}, {drug#2}, {drug#3}, {drug#4}.
Home meds: {drug#1} {strength#1}, {drug#2} {strength#2}, {drug#3}
On {drug#1} and {drug#2}.
{drug#1:cap} was continued.
{drug#1:cap} and {drug#2} were continued unchanged.
{drug#1:cap} was changed to {drug#2} {strength#2} {freq#2}.
Stable on {drug#1} {strength#1} {freq#1}.
Blood pressure controlled on {drug#1}.
Tolerating {drug#1} well.
She takes {drug#1} and {drug#2} regularly.
Compliant with {drug#1} {strength#1} {freq#1}.
Last dose of {drug#1} on {date}.
Received {drug#1} {strength#1} {route#1} in the ED.
Status post {num:2-6} cycles of {drug#1} and {drug#2}.
Anticoagulated with {drug#1}.
Pre-medicated with {drug#1} {strength#1} {route#1}.
Presents with dizziness and nausea. Takes {drug#1} and {drug#2}.
Creatinine {cm:0-3}, potassium {cm:3-5}. Continue {drug#1} {strength#1} {freq#1}.
{drug#1:cap} was increased to {strength#1}, {drug#2} was decreased to {strength#2}, and {drug#3} was stopped.
{drug#1} {strength#1} {freq#1} as well as {drug#2} {strength#2} {freq#2}
{drug#1} ({strength#1} {freq#1}), {drug#2} ({strength#2} {freq#2}), {drug#3}
{kinds:v}She received {drug#1} {strength#1} {route#1} and {drug#2} {strength#2} {route#2}.
{kinds:a}{drug#1} {duration#1} followed by {drug#2} {duration#2}.
{drug#1} {strength#1} {drug#2} {strength#2} {drug#3} {strength#3}
{drug#1} {strength#1} {freq#1} {drug#2} {strength#2} {freq#2}
{drug#1:cap} started {date}, {drug#2} stopped {date}.
"""
