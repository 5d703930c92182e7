"""German frames of adverse drug events in letters, ward notes, safety reports and patients' words. The template language is that of ``ade_frames``."""

LETTERS = r"""
Am {num:2-14}. Tag der Behandlung mit {D1} {v1:entwickelte|entwickelten} sich {A1:nom}, sodass das Präparat abgesetzt werden musste.
Initial wurde {D1+} gut toleriert. Ab dem {num:5-14}. Tag {v1:trat|traten} {A1:nom} auf.
{x:Der Patient|Die Patientin} erhielt bei {I1} {D1+}. Hierunter {v1:entwickelte|entwickelten} sich {A1:nom} und {A2:nom}.
{x:Der Patient|Die Patientin} war wegen {I1} mit {D1} vorbehandelt. {num:2-9} Tage später {v1:kam|kamen} {A1:nom} hinzu.
Wegen {I1} war vom Hausarzt {D1} verordnet worden. Nach der zweiten Einnahme bemerkte {x:er|sie} {A1:akk}.
Die Einweisung erfolgte wegen {A1:wgen}. {D1} war erst vor {num:2-6} Wochen neu angesetzt worden.
Bei Aufnahme {v1:bestand|bestanden} {A1:nom}. Ursächlich ist am ehesten die Einnahme von {D1}.
Als Ursache {A1:gend} sehen wir {D1}, das seit {my} eingenommen wurde.
Ursächlich hierfür ist am ehesten {D1}; {A1:nomd} {v1:war|waren} nach dem Absetzen rückläufig.
Die Symptomatik ({A1:b}, {A2:b}) ist mit hoher Wahrscheinlichkeit auf {D1} zurückzuführen.
In der Zusammenschau der Befunde gehen wir von {A1:dat} durch {D1} aus.
In Zusammenschau gehen wir von einer durch {D1} ausgelösten {A1:femb} aus.
Differentialdiagnostisch ist auch an {A1:akk} durch {D1} zu denken.
Ätiologisch kommt neben dem Infekt auch {D1} als Auslöser {A1:gend} in Frage.
Wir führen {A1:akkd} auf die Behandlung mit {D1} zurück, die daraufhin beendet wurde.
Die Therapie mit {D1} wurde aufgrund {A1:wgen} nach {num:2-9} Tagen beendet.
Die Therapie mit {D1} wurde zunächst vertragen, musste im Verlauf jedoch wegen {A1:wgen} abgebrochen werden.
Komplizierend kam es unter {D1} zu {A1:dat}.
Im weiteren Verlauf unter {D1} {v1:trat|traten} {A1:nom} sowie {A2:nom0} auf.
Der stationäre Verlauf war durch {A1:akk} unter {D1} kompliziert.
Der Verlauf wurde durch {A1:akk} kompliziert, die wir {D1} zuschreiben.
Trotz Dosisreduktion von {D1} auf {S1} {v1:persistierte|persistierten} {A1:nomd}.
Nach Reduktion der Dosis von {D1} {v1:besserte|besserten} sich {A1:nomd} rasch.
Nach Pausieren von {D1} {v1:sistierte|sistierten} {A1:nomd} innerhalb von {num:2-5} Tagen.
{A1:nomdCap} {v1:sistierte|sistierten} nach Absetzen von {D1}.
Nach Absetzen von {D1} {v1:klang|klangen} {A1:nomd} vollständig ab.
{A1:nomdCap} {v1:klang|klangen} nach Absetzen von {D1} innerhalb weniger Tage ab, ein Kausalzusammenhang ist daher wahrscheinlich.
Bei Reexposition mit {D1} kam es innerhalb von Stunden erneut zu {A1:dat}.
Ein erneuter Versuch mit {D1} führte wiederum zu {A1:dat0}.
Der Versuch einer Wiederaufnahme von {D1} scheiterte an {A1:dat0}.
Auf eine Reexposition mit {D1} wurde bei {A1:dat} in der Vorgeschichte verzichtet.
Wegen {A1:wgen} kann {D1} nicht mehr eingesetzt werden.
{A1:nomCap} {v1:limitierte|limitierten} die weitere Gabe von {D1}.
Limitierend für {D1} {v1:war|waren} {A1:nom}.
Therapielimitierend unter {D1}: {A1:nom0}.
Eine Dosissteigerung von {D1} war wegen {A1:wgen} nicht möglich.
Die Aufdosierung von {D1} auf {S1} scheiterte an {A1:dat0}.
Bei Dosissteigerung von {D1} auf {S1} {A1:nom0}, daher Rückkehr zur Vordosis.
Unter Hochdosistherapie mit {D1} {v1:war|waren} {A1:nom} zu beobachten.
Unter einer Dauertherapie mit {D1} {v1:besteht|bestehen} {A1:nom}.
Unter der seit {my} laufenden Therapie mit {D1+} {v1:ist|sind} {A1:nom} aufgetreten.
Seit Beginn der Therapie mit {D1} {v1:bestehe|bestünden} {A1:nom}.
Seit der Umstellung auf {D1} klagt {x:der Patient|die Patientin} über {A1:akk0}.
Seit Dosiserhöhung von {D1} vermehrt {A1:nom0}.
Unter {D1} und zusätzlich {D2} kam es zu {A1:dat}; beide Präparate wurden pausiert.
Unter Kombinationstherapie mit {D1}, {D2} und {D3} {A1:nom0}.
{A1:nomCap} bei gleichzeitiger Gabe von {D1} und {D2}, V. a. Interaktion.
Aufgrund der Interaktion von {D1} mit {D2} kam es zu {A1:dat}.
Durch die Komedikation mit {D1} und {D2} wurde {A1:akkd} begünstigt.
{A1:nomCap} im Rahmen einer Überdosierung von {D1} bei Niereninsuffizienz.
Bei Akkumulation von {D1} unter Nierenfunktionseinschränkung {A1:nom0}.
Nach Operation in Narkose mit {D1} {A1:nom0}.
Während der Einleitung mit {D1} kam es zu {A1:dat}.
Noch während der Infusion von {D1} {v1:trat|traten} {A1:nom} und {A2:nom} auf, die Infusion wurde sofort gestoppt.
Unmittelbar nach Injektion von {D1} entwickelte {x:der Patient|die Patientin} {A1:akk}.
Etwa {num:5-40} Minuten nach oraler Einnahme von {D1} {v1:setzte|setzten} {A1:nom} ein.
Innerhalb von {num:12-72} Stunden nach Therapiebeginn mit {D1} {A1:nom0}.
{num:2-9} Wochen nach dem Therapiebeginn mit {D1} stellte sich {x:der Patient|die Patientin} mit {A1:dat} vor.
Zu {A1:dat} kam es wenige Tage nach Beginn der Therapie mit {D1}.
Zur Abklärung {A1:gen} unter {D1} erfolgte die Vorstellung in unserer Ambulanz.
Die dermatologische Vorstellung bei {A1:dat} nach {D1} ergab keinen Hinweis auf eine andere Ursache.
Konsil Dermatologie: {A1:nom0}, am ehesten auf {D1}; bitte absetzen.
Konsil Nephrologie: {A1:nom0}, a. e. durch {D1}. Empfehlung: {o4} pausieren.
Konsil Psychiatrie: {A1:nom0} unter {D1} möglich, Reduktion empfohlen.
Histologisch vereinbar mit {A1:dat}; anamnestisch Einnahme von {D1}.
Die Biopsie bestätigte {A1:akk}, passend zu einer Nebenwirkung von {D1}.
Der Lymphozytentransformationstest auf {D1} war positiv, {A1:nomd} damit erklärt.
Der Provokationstest mit {D1} löste {A1:akk} aus.
Hauttest auf {D1} negativ, {A1:nom0} dadurch nicht erklärt.
Wir haben {A1:akkd} unter {D1} der Arzneimittelkommission gemeldet.
{D1} sollte bei {A1:dat} in der Anamnese künftig gemieden werden.
{D1} ist bei {x:ihm|ihr} wegen {A1:wgen} kontraindiziert.
{x:Herr K.|Frau S.} verträgt {D1} nicht ({A1:b}).
{D1} wird nicht vertragen: {A1:b} und {A2:b}.
{D1} habe {x:er|sie} wegen {A1:wgen} eigenständig weggelassen.
Nach Angaben der Ehefrau sei es unter {D1} zu {A1:dat} gekommen.
Die Angehörigen berichten über {A1:akk} seit Beginn von {D1}.
Das Pflegeheim berichtet von {A1:dat} nach {D1}.
Der Hausarzt hatte {D1} bei {A1:dat} bereits reduziert.
Fremdanamnestisch {A1:nom0} nach Einnahme von {D1} in unklarer Menge.
In suizidaler Absicht Einnahme von {num:10-60} Tabletten {D1}; bei Eintreffen {A1:nom0}.
Nach akzidenteller Doppeleinnahme von {D1} kam es zu {A1:dat}.
Durch versehentliche tägliche Einnahme von {D1} entwickelte {x:der Patient|die Patientin} {A1:akk}.
Postoperativ unter {D1} {v1:fiel|fielen} {A1:nom} auf, die Gabe wurde beendet.
Nach abruptem Absetzen von {D1} {v1:trat|traten} {A1:nom} auf.
{A1:nomCap} nach plötzlichem Absetzen von {D1}.
Im Entzug von {D1} {A1:nom0}.
Unter dem Einfluss von {D1} {v1:war|waren} {A1:nom} dokumentiert.
{D1} bewirkte {A1:akk}.
{D1} hat bei {x:ihm|ihr} {A1:akk} ausgelöst.
{D1} führte zu {A1:dat} und {A2:dat}.
{D1} verursachte {A1:akk}, die Medikation wurde gestoppt.
{A1:nomdCap} {v1:wurde|wurden} durch {D1} verursacht.
{A1:nomdCap} {v1:wurde|wurden} als {D1}-bedingt eingestuft.
{A1:nomdCap} {v1:ist|sind} sicher auf {D1} zu beziehen.
Es handelt sich um eine {D1}-induzierte {A1:femb}.
Aktuell {D1}-assoziierte {A1:femb}, Therapie ausgesetzt.
Bei {D1}-induzierter {A1:femb} wurde die Therapie dauerhaft beendet.
Z. n. {A1:dat0} unter {D1} ({my})
Z. n. {A1:dat0} auf {D1}, seither strikte Meidung
Bekannte Überempfindlichkeit gegen {D1} mit {A1:dat0}.
Bekannte Unverträglichkeit von {D1} ({A1:b}, {A2:b}).
Allergisch auf {D1} ({A1:b}).
{x:Der Patient|Die Patientin} ist allergisch auf {D1} ({A1:b}).
allergisch gegen {D1}: {A1:b}
{ADE#A2=Allergische Reaktion} auf {D1} mit {A1:dat0}
{A1:nomCap} nach Einnahme von {K1:nom} bekannt.
Unter {K1} {A1:nom0} und {A2:nom0}.
{K1:nom} werden wegen {A1:wgen} gemieden.
{K1:nom} verursachten {A1:akk}.
{A1:nomCap} unter Therapie mit {K1}, Absetzen erfolgt.
Keine {K1:nom} bei Z. n. {A1:dat0}.
Unverträglichkeit: {K1:nom} ({A1:b})
Allergie: {K1:nom} ({A1:b}), sonst keine
Langjährige Einnahme von {K1} mit {A1:dat0}.
"""

SWITCHES = r"""
[c11] {D1} wurde wegen {A1:wgen} durch {D2+} ersetzt.
[c11] Wegen {A1:wgen} unter {D1} stellten wir auf {D2} um, das gut vertragen wurde.
[c11] Unter {D1} kam es zu {A1:dat}. Wir stellten auf {D2+} um.
[c11] {A1:nomCap} unter {D1}. Umstellung auf {D2}, darunter beschwerdefrei.
[c11] Nach Umstellung von {D1} auf {D2} {v1:war|waren} {A1:nomd} rückläufig.
[c11] Statt {D1} ({A1:b}) jetzt {D2+}.
[c11] {D1} nicht vertragen ({A1:b}), daher {D2+}.
[c11] Aufgrund {A1:wgen} wurde {D1} abgesetzt und {D2} begonnen.
[c11] Absetzen von {D1} bei {A1:dat0}, alternativ {D2+}.
[c11] Da {D1} zu {A1:dat} führte, erhielt {x:der Patient|die Patientin} {D2}.
[c11] Da es unter {D1} zu {A1:dat} gekommen war, Wechsel auf {D2}.
[d1 c41] {D1} → {D2} ({A1:b} unter {D4})
[c11] {D1} bei {A1:dat0} ersetzt durch {D2}
[c11] Deeskalation von {D1} auf {D2} bei {A1:dat0}.
[c11 t11 t21] Bei {I1} zunächst {D1}, wegen {A1:wgen} Umstellung auf {D2}.
[c11 t11] Die Behandlung {x:seiner|ihrer} Erkrankung ({I1}) mit {D1} wurde bei {A1:dat} beendet, Alternative: {D2}.
[c11] Ersatz von {D1} durch {D2} nach {A1:dat0}; {o1} und {o2} unverändert weiter.
[c11] Unter {D2} zuvor keine Beschwerden, seit Wechsel auf {D1} {A1:nom0}.
[c21] Nach Wechsel von {D1} auf {D2} {v1:trat|traten} {A1:nom} auf.
[c21] Umstellung von {D1} auf {D2}; unter {D2} dann {A1:nom0}.
[c21] {D1} wirkungslos, {D2} wegen {A1:wgen} abgesetzt.
[c11 c22] {D1} wegen {A1:wgen}, {D2} wegen {A2:wgen} abgesetzt.
[c11 c22] Unter {D1} {v1:bestand|bestanden} {A1:nom0}, unter {D2} {v2:trat|traten} {A2:nom} auf; jetzt {D3+}.
[c11 c22] {D1}: {A1:b}; {D2}: {A2:b}
[c11 c22 c33] {D1} ({A1:b}), {D2} ({A2:b}) und {D3} ({A3:b}) nicht vertragen.
[c11 c21] Weder {D1} noch {D2} wurden vertragen ({A1:b}).
[c11 c12 c21 c22] Unter {D1} und {D2} {A1:nom0} sowie {A2:nom0}.
[c11] {A1:nomCap} nach {D1}; unter Gabe von {D2} {R2} rückläufig.
[c11] Bei {A1:dat} auf {D1} wurden {o1} {r1} und {o2} {r2} gegeben.
[c11] {D1}-assoziierte {A1:femb}; Gabe von {o1+}.
[c11] Notfall: nach {D1} {A1:nom0}, {o1} {s1} {r1} verabreicht.
[c11 m71] Zur Behandlung {B1:gend} nach {D1} wurde {o2} gegeben.
[c11 m71] Unter {D1} {B1:nom0}, deshalb {o2+} zur Linderung.
[c11] Nach Gabe von {D1} {A1:nom0}. Therapie: {o1} {r1}, {o2} {r2}, Volumen.
[c11] {D1}: darunter {A1:nom0}, Gegenmaßnahme {o1+}.
[c11] Antagonisierung mit {o1} bei {A1:dat0} durch {D1}.
[c11] {A1:nomCap} durch {D1}, Antidotgabe ({o1}), Überwachung auf ITS.
[c11] Unter {D1} {A1:nom0}. Die übrige Medikation ({o1}, {o2}, {o3}) blieb unverändert.
[c11] {o1+}, {o2+}, {D1} pausiert wegen {A1:wgen}
[c11] Hausmedikation: {o1+}, {o2+}. {D1} wurde bei {A1:dat} abgesetzt.
[c11] {o1} weiter wie bisher, {D1} bei {A1:dat0} gestoppt, {o2} neu.
[c11] Abgesetzt: {D1} ({A1:b}). Neu: {o1+}. Unverändert: {o2+}.
[c11] Unter {D1} kam es zu {A1:dat}. {o1} wurde begonnen.
[c11] {o1} hatte {x:der Patient|die Patientin} stets gut vertragen, nach {D1} hingegen {A1:nom0}.
"""

REPORTS = r"""
Verdächtiges Arzneimittel: {D1}. UAW: {A1:b}. Ausgang: <wiederhergestellt|noch nicht wiederhergestellt|unbekannt|Besserung>.
Verdächtigtes Arzneimittel: {D1+}; unerwünschte Wirkung: {A1:b}, {A2:b}; Kausalität: <wahrscheinlich|möglich|gesichert>
Verdachtsmedikament: {D1}\nUAW: {A1:b}\nBeginn: {date}\nAusgang: wiederhergestellt
[c11] Verdachtsmedikament: {D1}\nBegleitmedikation: {o1}, {o2}\nReaktion: {A1:b}
Arzneimittel: {D1}\tReaktion: {A1:b}\tKausalität: möglich
UAW-Meldung: {D1} - {A1:b} - <nicht schwerwiegend|schwerwiegend (Hospitalisierung)|lebensbedrohlich>
{pipe} {D1} {pipe} {A1:b} {pipe} {date} {pipe} wahrscheinlich {pipe}
[c11 c22] {D1} {pipe} {A1:b}\n{D2} {pipe} {A2:b}
[c11 c22] Arzneimittel {pipe} Reaktion\n{D1} {pipe} {A1:b}\n{D2} {pipe} {A2:b}
[c11 c22] <Unverträglichkeiten|Allergien>:\n{bul}{D1}: {A1:b}\n{bul}{D2}: {A2:b}
UAW: {A1:b} nach {D1} {S1} {R1}
UAW ({D1}): {A1:b}
Unerwünschtes Ereignis: {A1:b}; Prüfpräparat: {D1}; Schweregrad: <1|2|3>; Zusammenhang: möglich
Unerwünschtes Ereignis {A1:b} Grad {num:1-4}, Zusammenhang mit {D1}: ja
SUE: {A1:b} unter {D1}, Dosis pausiert
Der Fallbericht beschreibt {A1:akk} bei {x:einem|einer} {num:19-89}-jährigen {x:Mann|Frau} unter {D1}.
{x:Ein|Eine} {num:19-89}-{x:jähriger Mann|jährige Frau} entwickelte {num:2-20} Tage nach Beginn von {D1} {A1:akk}.
{x:Ein|Eine} {num:19-89}-{x:jähriger Patient|jährige Patientin} nahm {D1} wegen {I1} und entwickelte {A1:akk}; nach Absetzen Erholung.
[c11 t11] {x:Ein|Eine} {num:19-89}-{x:jähriger Patient|jährige Patientin} erhielt {D1} ({I1}). Begleitend {o1} und {o2}. Es kam zu {A1:dat}.
Der meldende Arzt sieht einen Zusammenhang zwischen {D1} und {A1:datd}.
Der Melder hält {A1:akkd} für eine Folge der Einnahme von {D1}.
Eine Apothekerin berichtet von {A1:dat} bei Anwendung von {D1}.
Berichtet wurde über {A1:akk} in Verbindung mit {D1}.
Gemeldet wurden {A1:b}, {A2:b} und {A3:b} nach {D1}.
Die Reaktionen ({A1:b}, {A2:b}) begannen {num:1-9} Tage nach der Einnahme von {D1}.
Dechallenge positiv: {A1:b} nach Absetzen von {D1} abgeklungen.
Rechallenge mit {D1}: erneut {A1:b}.
Der zeitliche Zusammenhang zwischen {D1} und {A1:dat0} ist plausibel.
Die Kausalität zwischen {D1} und {A1:datd} wird als <möglich|wahrscheinlich|gesichert|unwahrscheinlich> bewertet.
Kausalitätsbewertung nach WHO: {A1:b} / {D1}: <möglich|wahrscheinlich>
Ein kausaler Zusammenhang {A1:gend} mit {D1} kann nicht ausgeschlossen werden.
Ein Kausalzusammenhang zwischen {D1} und {A1:datd} wird vom Prüfarzt verneint.
Naranjo-Score {num:1-9} für {A1:b} unter {D1}.
In der Fachinformation von {D1} ist {A1:b} als <häufige|seltene|sehr seltene> Nebenwirkung aufgeführt.
Als Nebenwirkungen von {D1} sind {A1:b} und {A2:b} bekannt.
Rote-Hand-Brief zu {D1}: Risiko von {A1:dat0}
Warnhinweis: {D1} kann zu {A1:dat0} führen.
Bei {D1} besteht das Risiko {A1:gen}.
Unter {D1} muss mit {A1:dat} gerechnet werden.
Cave {A1:b} bei Gabe von {D1}!
Bei Kombination von {D1} mit {D2} droht {A1:nom0}.
Risikoaufklärung zu {D1} ({A1:b}, {A2:b}, {A3:b}) erfolgt.
Über das Risiko {A1:gen} unter {D1} wurde aufgeklärt.
Bei Auftreten von {A1:dat0} unter {D1} Wiedervorstellung.
Falls {A1:nom0} unter {D1} {v1:auftritt|auftreten}, bitte Rücksprache.
Sollte es unter {D1} zu {A1:dat} kommen, ist die Therapie zu beenden.
Wir bitten um Kontrolle auf {A1:akk0} unter {D1}.
Aus Sorge vor {A1:dat0} lehnt {x:der Patient|die Patientin} {D1} ab.
Zum Ausschluss {A1:gen} unter {D1} Laborkontrolle in 2 Wochen.
Unter {D1} bislang kein Anhalt für {A1:akk0}.
Unter {D1} {v1:trat|traten} {A1:nomd} nicht auf.
Unter der Therapie mit {D1} {v1:wurde|wurden} {A1:nom0} verneint.
{A1:nomCap} unter {D1} {v1:wird|werden} verneint.
Kein Hinweis für {A1:akk} durch {D1}.
Keine Zeichen {A1:gen} unter {D1}.
{A1:nomdCap} {v1:bestand|bestanden} bereits vor Beginn von {D1}, ein Zusammenhang ist daher unwahrscheinlich.
{A1:nomdCap} {v1:ist|sind} nicht durch {D1} bedingt, sondern infektiös.
Ein Zusammenhang mit {D1} ließ sich für {A1:akkd} nicht belegen.
Fraglich {D1}-bedingte {A1:femb}.
Ob {A1:nomd} durch {D1} ausgelöst {v1:wurde|wurden}, bleibt offen.
V. a. {A1:akk}, am ehesten unter {D1}
V. a. {A1:b} durch {D1}, DD {D2}
DD {A1:b} unter {D1}
Möglicher Auslöser {A1:gen}: {D1}, {D2} oder {D3}
Verdacht: {A1:b} auf {D1}; Auslassversuch geplant
Am ehesten {A1:b} bei {D1}-Einnahme.
"""

VERBS = r"""
Nach {D1} {ADE#A1=<schläfrig|benommen|verwirrt|desorientiert|unruhig|agitiert|somnolent|apathisch|aggressiv|schwindelig|zittrig|kurzatmig|heiser|bewusstlos|zyanotisch|tachykard|bradykard|hypoton>}.
Pat. nach {D1} {ADE#A1=<schläfrig|benommen|verwirrt|desorientiert|unruhig|agitiert|somnolent|müde|schwindelig|zittrig|hypoton|gangunsicher>}, RR {num:80-140}/{num:50-90}
Pat. unter {D1} sehr {ADE#A1=<schläfrig|müde|unruhig|verwirrt|benommen|gereizt|antriebslos|vergesslich>}.
Unter {D1} zunehmend {ADE#A1=<verwirrt|schläfrig|gangunsicher|apathisch|ikterisch|inkontinent|vergesslich|gereizt>}.
Nach der ersten Gabe von {D1} {ADE#A1=<erbrochen|kollabiert|gestürzt|synkopiert|eingenässt>}.
Nach {D1} zweimal {ADE#A1=erbrochen}, danach {ADE#A2=<schläfrig|benommen|unruhig>}.
Hat nach {D1} {R1} {ADE#A1=erbrochen}.
{x:Er|Sie} habe nach {D1} {num:2-5}x {ADE#A1=erbrochen}.
{x:Er|Sie} sei unter {D1} {ADE#A1=<gestürzt|kollabiert|ständig müde|reizbar|sehr nervös>}.
{x:Er|Sie} wirkt seit Beginn von {D1} {ADE#A1=<verlangsamt|verwirrt|müde|teilnahmslos|benommen>}.
{x:Der Patient|Die Patientin} war nach {D1} {ADE#A1=<nicht erweckbar|nicht orientiert|desorientiert|komatös>}.
{x:Der Patient|Die Patientin} wurde unter {D1} {ADE#A1=<hypoton|bradykard|somnolent|delirant|tachykard|hypoglykäm|ateminsuffizient>}.
{D1} macht {x:ihn|sie} {ADE#A1=<müde|schläfrig|benommen|nervös|schwindelig>}.
{D1} macht mich {ADE#A1=<müde|schläfrig|benommen|nervös|schwindelig|depressiv>}.
Von {D1} werde ich {ADE#A1=<müde|schläfrig|schwindelig|nervös>}.
[c11] Nach {D1} {ADE#A1=<schläfrig|verwirrt|unruhig>}, {o1} {r1} gegeben.
[c11 c12] Zur Nacht {D1}, morgens {ADE#A1=<benommen|verwirrt|schläfrig>} und {ADE#A2=gestürzt}.
Unter der {D1}behandlung {v1:trat|traten} {A1:nom} auf.
Unter {D1}gabe {A1:nom0}.
Nach {D1}gabe kam es zu {A1:dat}.
Nach {D1}einnahme {A1:nom0} und {A2:nom0}.
Bei {A1:dat0} nach {D1}infusion wurde die Gabe beendet.
Die {D1}therapie wurde wegen {A1:wgen} beendet.
Während der {D1}therapie {v1:entwickelte|entwickelten} sich {A1:nom}.
Nach {D1}pause {v1:war|waren} {A1:nomd} rückläufig.
Reduktion der {D1}dosis bei {A1:dat0}.
"""

NOTES = r"""
Unter {D1} {A1:b}, abgesetzt.
{D1} ex bei {A1:b}
{D1} stopp, {A1:b}
{D1} pausiert ({A1:b})
{D1} red. wg. {A1:b}
{D1} weg wg. {A1:b}, Kontrolle morgen
wg. {A1:b} {D1} ab {date} abgesetzt
Nach {D1} {A1:b}. {o4} gestoppt.
Visite: {A1:b} seit gestern, V. a. {D1}. Absetzen!
Visite: {A1:b} seit {D1}, bitte Arzt informieren
Pflege: Pat. klagt nach {D1} über {A1:akk0}.
Pflegebericht: nach Gabe von {D1} {A1:nom0}, Arzt informiert
Nachtdienst: {num:1-5}:{num:10-59} Uhr {A1:nom0} nach {D1} {R1}, RR {num:70-100}/{num:40-60}.
Pat. gibt {A1:b} nach {D1} an
Pat. verträgt {D1} nicht, {A1:b}
Pat. mit {A1:dat0} unter {D1}, heute ausgelassen
Rückruf Labor: {A1:b} unter {D1}, Dosis halbiert
ZN: {A1:nom0} nach {D1} {S1}
NAW: {A1:nom0} nach Einnahme {D1}, {num:10-40} Tbl.
Labor: {A1:b} unter {D1+}
Aktuell: {A1:b} unter {D1}
Procedere: {D1} absetzen ({A1:b})
Diagnose: {A1:b} unter {D1}
Diagnosen: {A1:b} durch {D1}, {P:b}
{bul}{A1:b} unter {D1} ({my})
{bul}{A1:b}, medikamentös ({D1})
{num:1-9}. {A1:b} unter {D1}
CAVE: {A1:b} auf {D1}!
Cave! {D1} -> {A1:b}
NW von {D1}: {A1:b}
NW: {A1:b} ({D1})
NW unter {D1}: {A1:b}, {A2:b}
Verträglichkeit von {D1}: {A1:b}
Unverträglichkeit {D1} mit {A1:b}
Allergie {D1}: {A1:b}
[c11] Allergien: {D1} ({A1:b}), Pollen, Hausstaub
[c11] Allergien: {D1} ({A1:b}); Medikation: {o1+}, {o2+}
[c11] {D1} -> {A1:b}, jetzt {D2}
[c11] {D1} -> {A1:b} -> {D2}
[c11] {A1:b} auf {D1}, {o1} 1x {r1}
{D1} vor {num:2-9} Tagen begonnen, jetzt {A1:b}
neu: {D1}; seither {A1:b}
Seit gestern {D1}, heute {A1:b}
Beginn {D1} {date}, {A1:b} ab {date}
Nach 1. Gabe {D1} {A1:b}, nach 2. Gabe {A2:b}
Zyklus {num:1-6} {D1}: {A1:b} G{num:1-3}, {A2:b} G1
Nach C{num:1-6} {D1}/{D2} {A1:b} und {A2:b}
irAE unter {D1}: {A1:b}
Toxizität unter {D1}: {A1:b} (G<1|2|3>), {A2:b} (G1)
Dosisreduktion {D1} wegen {A1:b} CTC-Grad <2|3>
{D1} d15 ausgelassen wegen {A1:b}
"""

PATIENTS = r"""
Von {D1} habe ich {A1:akk0} bekommen.
Ich habe von {D1} {A1:akk} bekommen und es nach {num:2-9} Tagen abgesetzt.
Nehme seit {num:2-9} Wochen {D1} und habe seitdem {A1:akk0} und {A2:akk0}.
Nach {num:2-5} Tagen mit {D1} bekam ich {A1:akk0}.
Habe {D1} wegen {I1} verschrieben bekommen, Nebenwirkungen: {A1:b}, {A2:b}.
{D1} gegen {I1}: starke Nebenwirkungen wie {A1:b}.
Anfangs hatte ich unter {D1} {A1:akk0}, das ging nach einer Woche weg.
Durch {D1} habe ich {A1:akk0}, kennt das jemand?
{v1:Kann|Können} {A1:nom0} von {D1} kommen?
{v1:Liegt|Liegen} {A1:nomd} an {D1}?
Bei mir hat {D1} zu {A1:dat0} geführt.
Mit {D1} hatte ich nie {A1:akk0}.
{D1} vertrage ich nicht, ich bekomme {A1:akk0}.
Mein Mann hat nach {D1} {A1:akk} gehabt.
Meine Tochter ({num:2-15}) bekam von {D1} {A1:akk0}.
[c11] Nach {D1} hatte ich {A1:akk0}, mit {D2} geht es besser.
Im Beipackzettel von {D1} stehen {A1:b} und {A2:b}.
Ich habe Angst vor {A1:dat0} durch {D1}.
"""

TREATS = r"""
{I1cap} unter {D1} gut kontrolliert.
{D1} gegen {I1}
{D1} bei {I1}
{D1+} zur Behandlung von {I1}.
{x:Der Patient|Die Patientin} wurde wegen {I1} mit {D1} behandelt.
Wegen {I1} mit {D1} behandelt
Wegen {I1} nimmt {x:er|sie} {D1+} ein.
Bei {I1} Therapie mit {D1+} fortgesetzt.
Aufgrund von {I1} wurde eine Therapie mit {D1} eingeleitet.
Indikation für {D1}: {I1}
{D1} (Indikation: {I1})
{D1} ({I1}) wurde fortgeführt, gute Verträglichkeit.
Die Behandlung von {I1} erfolgt mit {D1} und {D2}.
Die Therapie von {I1} mit {D1} wird fortgesetzt.
Kalkulierte Therapie von {I1} mit {D1} {R1}.
Seit {year} wegen {I1} auf {D1} eingestellt.
{I1cap}, unter {D1} kompensiert
{I1cap}, behandelt mit {D1}
Zur Therapie von {I1} empfehlen wir {D1+}.
{I1cap} wird mit {D1} behandelt.
{I1cap} wird seit {year} mit {D1+} behandelt.
{I1cap} wird bei Bedarf mit {D1} behandelt.
Bekannte {I1} wird mit {D1} therapiert.
{I1cap} besserte sich unter {D1} rasch.
{I1cap} ist unter {D1} in Remission.
Unter {D1} ist {I1} stabil.
Unter {D1} Besserung von {I1}.
{I1cap} unter {D1} rückläufig, Entlassung nach Hause.
{D1} wegen {I1}, Verlauf unauffällig
{D1} wegen {I1} linker Unterschenkel, gute Besserung
{x:Er|Sie} nimmt {D1} gegen {I1}.
{D1} gegen {I1} begonnen.
Zur Vorbeugung von {I1} nahm {x:Herr|Frau} {name} {D1}.
Zur Prophylaxe von {I1} {D1+}.
Aufgrund von {I1} erhielt {x:er|sie} {D1}.
Aufnahme mit {I1}, Therapie mit {D1} {R1}.
{x:Der Patient|Die Patientin} wurde mit {I1} aufgenommen und mit {D1} behandelt.
Arzneimittel: {D1}; Anwendungsgrund: {I1}; Reaktion: keine
Verordnet: {D1+}. Diagnose: {I1}.
Anwendungsgebiet: {I1}. Präparat: {D1}.
{D1} ({I1}) seit {num:2-9} Jahren, wird vertragen.
Nach Beginn der Behandlung mit {D1} ({I1}) beschwerdefrei.
{I1cap}: {D1+}
Bei {I1} spricht {x:er|sie} auf {D1} gut an.
{D1} wirkt gut gegen {I1}.
[t11] Wegen {I1} erhält {x:der Patient|die Patientin} {D1}; außerdem {o1} und {o2}.
[t11] {D1} wegen {I1}, daneben {o1+}.
[t11] {o1+}, {o2+}, {D1} wegen {I1}
"""


NONE = r"""
Im Verlauf entwickelte {x:der Patient|die Patientin} {P:akk}.
Im Verlauf {v0:trat|traten} {P:nom} auf.
Am {num:2-9}. postoperativen Tag {v0:trat|traten} {P:nom} auf.
Postinterventionell kam es zu {P:dat}.
Nach dem Sturz {v0:bestand|bestanden} {P:nom}.
Klinisch {v0:zeigte|zeigten} sich {P:nom}.
Klinisch {P:nom0} und {P:nom0}.
Bei Vorstellung {v0:bestand|bestanden} {P:nom} seit {num:2-9} Tagen.
Seit {num:2-9} Wochen {P:nom0}, zuletzt zunehmend.
Rezidivierend {P:nom0} seit {year}.
Z. n. {P:dat0} {year}
V. a. {P:akk0}
V. a. {P:akk0}, DD {P:nom0}
Ausschluss {P:gen} bei {J}
Kein Anhalt für {P:akk0}.
Keine Zeichen {P:gen}.
Keine {P:b}, kein Fieber.
{P:b} verneint.
{P:b}, {P:b}, {P:b}
{bul}{P:b}\n{bul}{P:b}\n{bul}{P:b}
{num:1-9}. {P:b}
Diagnose: {P:b}
Hauptdiagnose: {P:b}, Nebendiagnosen: {P:b}, {P:b}
{P:b} bei {J}
{P:nomCap} bei {P:dat0}
{P:nomCap} im Rahmen der Grunderkrankung
{P:nomCap} infolge eines Sturzes
{P:nomCap}, am ehesten infektiös
{P:nomCap}, a. e. viral
{P:nomCap} unklarer Genese
{P:nomCap} postoperativ
{P:nomdCap} {v0:war|waren} nicht mehr nachweisbar.
Zur Abklärung {P:gen} erfolgte die stationäre Aufnahme.
Überweisung wegen {P:wgen}.
Die Aufnahme erfolgte wegen {P:wgen} und {P:wgen0}.
Vorstellung in der Notaufnahme wegen {P:wgen}.
Notfallmäßige Aufnahme bei {P:dat0}.
Intensivpflichtig bei {P:dat0}.
Beatmung wegen {P:wgen}.
Operation wegen {J}.
Z. n. Operation wegen {J} {year}
Z. n. Bestrahlung bei {J}
Vorstellung wegen {J}.
Einweisung bei {J}
Bekannt sind {J} und {J}.
Kontrolle bei {J}, keine Änderung der Therapie.
{Jcap}, ED {year}
{Jcap}, {J}, Z. n. Appendektomie
Familienanamnestisch {J}.
Diätetisch behandelt: {J}
Physiotherapie wegen {J}.
{Jcap}: stabil
{Jcap} ohne medikamentöse Therapie.
Konservative Therapie bei {P:dat0}.
{P:nomCap} nach Absetzen der Sondenkost
{P:nomCap} nach Kontakt mit Pollen
{P:nomCap} nach Genuss von Nüssen
{P:nomCap} nach Insektenstich
{P:nomCap} nach dem Essen
{P:nomCap} unter Belastung
{P:nomCap} unter Alkohol
{P:nomCap} unter Bestrahlung
{P:nomCap} bei Belastung, Treppensteigen bis {num:1-4}. Stock möglich
Unter Physiotherapie Besserung {P:gen}.
Unter Dialyse {P:nom0}.
Echokardiographisch {P:nom0}.
Im Labor {P:nom0}, {P:nom0}.
{x:Der Patient|Die Patientin} leidet an {P:dat0}.
{x:Der Patient|Die Patientin} verstarb an {P:dat0}.
{x:Der Vater|Die Mutter} starb an {P:dat0}.
{x:Er|Sie} habe seit Jahren {P:akk0}.
Ich habe seit Tagen {P:akk0}, was kann das sein?
{P:nomCap} seit {num:2-9} Tagen, Medikamente: {o1}, {o2}
{P:nomCap} bekannt. {o1+} seit {year}.
{o1+}, {o2+}. Aktuell {P:nom0} bei Infekt.
{o1} und {o2} wurden fortgesetzt; {P:nomd} {v0:war|waren} infektbedingt.
Aufnahme mit {P:dat0} bei Pneumonie. Beginn mit {o1} {r1}.
Vor Beginn mit {o1} {v0:bestand|bestanden} {P:nom}.
Vorbekannt {P:nom0}. Entlassung mit {o1+}, {o2+} und {o3+}.
Labor: {P:nom0}. Medikation unverändert: {o1}, {o2}.
Diagnosen: {P:b}, {P:b}. Therapie: {o1+}; {o2+}.
{bul}{P:b}\n{bul}{P:b}\nMedikation: {o1+}, {o2+}
{x:Der Patient|Die Patientin} stellte sich mit {P:dat0} vor und nahm keine Medikamente ein.
{P:nomCap}. Allergien: keine. Medikation: {o1}, {o2+}.
"""

MIXED = r"""
{P:nomCap} und {P:nom0} bei Aufnahme; unter {D1} kam es zusätzlich zu {A1:dat}.
Vorerkrankungen: {P:b}, {P:b}. Unter {D1} {v1:trat|traten} {A1:nom} auf.
[c11] {P:nomCap} seit Jahren bekannt, Dauermedikation {o1}. Unter {D1} neu {A1:nom0}.
{P:nomCap} besteht schon länger, {A1:nomd} hingegen {v1:ist|sind} Folge von {D1}.
Bei {x:ihm|ihr} seit Jahren {P:nom0}; jetzt {A1:nom0} nach {D1}.
[c11] Medikation: {o1+}, {o2+}, {o3}. UAW unter {D1}: {A1:b}.
[c11] {o1} und {o2} unverändert. Wegen {A1:wgen} wurde {D1} abgesetzt.
[c11] {o1+} weiter. {D1} bitte nicht mehr geben ({A1:b}).
[c11] Entlassmedikation: {o1+}, {o2+}. Unverträglichkeit: {D1} ({A1:b}).
[c11] Anamnese: {P:b}. Allergie: {D1} ({A1:b}). Medikamente: {o1}, {o2}.
[c11] Bei {P:dat0} erfolgte die Aufnahme, {o1+} wurde fortgeführt; {A1:nomd} {v1:war|waren} durch {D1} bedingt.
[c11] Wegen {P:wgen} aufgenommen. {o1} {r1} gegeben. Nach {D1} {A1:nom0}.
Labor mit {P:dat0}. Ursache {A1:gend} ist {D1}.
{P:nomCap} seit {year}, {A1:nom0} erst seit Beginn von {D1}.
{A1:nomCap} unter {D1}, außerdem {P:nom0} bei Pneumonie.
"""


def blocks() -> list[str]:
    """The blocks with an event."""
    return [LETTERS, SWITCHES, REPORTS, VERBS, NOTES, PATIENTS, MIXED]
