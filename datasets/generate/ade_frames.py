"""Frames of adverse drug events.

``{D1}`` a drug, ``{D1+}`` the same with strength or schedule, ``{K1}`` a drug class in the dative, ``{A1:case}`` an event (nom akk dat gen, with ``0`` for no article,
``d`` for the definite one; ``b`` for the bare word, ``femb`` and ``neub`` for one of that gender), ``{I1}`` the indication, ``{P:case}`` a symptom that no drug causes, ``{v1:singular|plural}``
agrees with event 1; ``wgen`` is the genitive after "wegen". A frame joins every drug with every event and every indication, unless it begins with its own list: ``[c11 c22 t11]``; ``[]`` joins none.
In a frame with a list a ``{D}`` that the list does not name (``d2``: named without a partner) is no suspect, as the drug switched to. ``{o1}`` to ``{o3}`` are drugs that are only taken, ``{D4}`` and ``{o4}`` name drug 1 again, with and without an event in the sentence;
``{B1:case}`` is an event that another drug is given for (``m21``).
"""

DE = r"""
Unter {D1} kam es zu {A1:dat}.
Unter {D1+} kam es zu {A1:dat}.
Unter {D1+} {v1:trat|traten} {A1:nom} auf.
Unter {D1} entwickelte {x:der Patient|die Patientin} {A1:akk}.
Unter der Therapie mit {D1} {v1:zeigte|zeigten} sich {A1:nom}.
Unter Therapie mit {D1+} Auftreten {A1:gen}.
Unter laufender Therapie mit {D1} <am {num:2-20}. Tag|nach {num:2-9} Wochen|im Verlauf> {A1:nom0}.
Unter {D1} {A1:nom0} und {A2:nom0}.
Unter {D1} und {D2} trat {A1:nom} auf.
Unter der Kombination aus {D1} und {D2} kam es zu {A1:dat}.
{A1:nomCap} unter {K1}.
Unter {K1} kam es zu {A1:dat}.
Hierunter kam es zu {A1:dat}, sodass {D1} abgesetzt wurde.
Darunter {A1:nom0}, {D1} wurde pausiert.
Nach Gabe von {D1} kam es zu {A1:dat}.
Nach Gabe von {D1+} {v1:trat|traten} {A1:nom} auf.
Nach Gabe von {D1} {R1} {A1:nom0}.
Nach Einnahme von {D1} {v1:entwickelte|entwickelten} sich innerhalb von {num:2-48} Stunden {A1:nom}.
Nach der ersten Dosis {D1} {A1:nom0} und {A2:nom0}.
Nach Beginn einer Therapie mit {D1} wegen {I1} {v1:trat|traten} {A1:nom} auf.
Nach Ansetzen von {D1} bemerkte {x:der Patient|die Patientin} {A1:akk}.
Nach Injektion von {D1} kam es zu {A1:dat} im Bereich der Einstichstelle.
Nach Dosiserhöhung von {D1} auf {S1} {v1:zeigte|zeigten} sich {A1:nom}.
{num:1-4} Tage nach Beginn von {D1} {v1:fiel|fielen} {A1:nom} auf.
Ca. {num:10-60} min nach Infusion von {D1} {A1:nom0} mit {A2:dat0}.
{D1} wurde wegen {A1:wgen} abgesetzt.
{D1} wurde aufgrund {A1:wgen} abgesetzt.
{D1} musste wegen {A1:wgen} abgesetzt werden.
{D1+} wegen {A1:wgen} pausiert.
{D1} wegen {A1:wgen0} abgesetzt
{D1} bei {A1:dat0} abgesetzt.
{D1}: abgesetzt ({A1:b})
{D1} (abgesetzt wegen {A1:b})
[c11 t11 t21] {D1} (wegen {I1}) wurde bei {A1:dat} durch {D2} ersetzt.
Wegen {A1:wgen} wurde {D1} reduziert.
Aufgrund {A1:wgen} Dosisreduktion von {D1}.
Bei {A1:dat} unter {D1} erfolgte die Dosisreduktion auf {S1}.
Bei {A1:dat} Absetzen von {D1}.
Bei Zustand nach {A1:dat0} unter {D1} keine erneute Gabe.
Absetzen von {D1} wegen {A1:wgen}, daraufhin rasche Besserung.
Nach Absetzen von {D1} {v1:war|waren} {A1:nomd} rückläufig.
Nach Absetzen von {D1} Rückbildung {A1:gend}.
Nach Reexposition mit {D1} erneut {A1:nom0}.
Nach erneuter Gabe von {D1} {v1:trat|traten} wieder {A1:nom} auf.
{A1:nomCap} unter {D1}.
{A1:nomCap} unter {D1+}
{A1:nomCap} nach {D1}.
{A1:nomCap} nach Gabe von {D1} {R1}
{A1:nomCap}, am ehesten durch {D1} bedingt.
{A1:nomCap}, a. e. medikamentös durch {D1}.
{A1:nomCap}, DD unter {D1}, DD infektiös.
{A1:nomCap} (unter {D1})
{A1:nomCap} durch {D1}
{A1:nomCap} als Nebenwirkung von {D1}
{A1:nomCap} im Rahmen der Therapie mit {D1}
{A1:nomCap} bei Überdosierung von {D1}.
{A1:nomCap} bei Einnahme von {D1} und {D2}.
Die {D1}-Therapie musste aufgrund {A1:wgen} beendet werden.
{D1}-induzierte {A1:femb}
{D1}-assoziierte {A1:femb}
{D1}-bedingte {A1:femb}
Z. n. {D1}-induzierter {A1:femb} {year}
V. a. {D1}-induzierte {A1:femb}
V. a. {D1}-assoziierte {A1:femb}
Die Beschwerden sind im Sinne einer {D1}-assoziierten {A1:femb} zu werten.
Verdacht auf {D1}-induzierte {A1:femb}, DD {P:nom0}.
kein Hinweis auf {D1}-induzierte {A1:femb}
Kein Anhalt für {A1:akk0} unter {D1}.
{D1}induzierte {A1:femb}
{A1:nomCap} ({D1}-induziert)
{A1:nomCap}, {D1}-bedingt
Medikamentös-toxische {A1:femb} unter {D1}.
V. a. {A1:b} unter {D1}
V. a. {A1:b} auf {D1}
Verdacht auf {A1:akk} nach Gabe von {D1}.
Möglicherweise durch {D1} verursachte {A1:femb}.
{A1:nomCap} möglicherweise unter {D1}, Auslassversuch empfohlen.
Ein Zusammenhang zwischen {A1:datd} und der Einnahme von {D1} ist möglich.
Ein Zusammenhang {A1:gend} mit {D1} erscheint unwahrscheinlich.
{A1:nomdCap} ist nicht auf {D1} zurückzuführen.
{A1:nomdCap} führen wir auf {D1} zurück.
Wir werten {A1:akkd} als Nebenwirkung von {D1}.
{A1:nomdCap} {v1:ist|sind} am ehesten als Nebenwirkung von {D1} zu werten.
{D1} kommt als Ursache {A1:gend} in Betracht.
Als Auslöser {A1:gen} wird {D1} vermutet.
Als Ursache {A1:gend} vermuten wir {D1} oder {D2}.
Auslösendes Medikament war vermutlich {D1} ({A1:b}).
Unter {D1} keine {A1:femb}.
Unter {D1} bisher kein Auftreten {A1:gen0}.
{D1} wurde ohne {A1:akk0} vertragen.
{x:Der Patient|Die Patientin} verneint {A1:akk0} unter {D1}.
{D1+} wird ohne {A1:akk0} eingenommen.
Weder {A1:nom0} noch {A2:nom0} unter {D1}.
[c11] Umstellung von {D1} auf {D2} wegen {A1:wgen}.
[c11] Wegen {A1:wgen} Umstellung von {D1} auf {D2}.
[c11] Wegen {A1:wgen} unter {D1} Umstellung auf {D2+}.
[c11] Bei {A1:dat} unter {D1} wurde auf {D2} umgestellt.
[c11] Aufgrund {A1:wgen} wurde {D1} durch {D2} ersetzt.
[c11] Nach {A1:dat} unter {D1} jetzt {D2+}.
[c11] {D1} wurde bei {A1:dat} abgesetzt und durch {D2} ersetzt.
[c11] Unter {D1} {A1:nom0}, daher Wechsel auf {D2}; dieses wurde gut vertragen.
[c11 c22] Unter {D1} {A1:nom0}, unter {D2} {A2:nom0}.
[c11 c22] Unverträglichkeiten: {D1} ({A1:b}), {D2} ({A2:b})
[c11 c22 c33] Allergien: {D1} ({A1:b}), {D2} ({A2:b}), {D3} ({A3:b})
[c11 d2] Allergien: {D1} ({A1:b}), {D2}
Allergien: {D1} ({A1:b})
<Allergie|Unverträglichkeit|CAVE|Arzneimittelunverträglichkeit|UAW>: {D1} ({A1:b})
<Allergien|Unverträglichkeiten|UAW>: {D1} - {A1:b}
<Allergien|Unverträglichkeiten>: {D1}: {A1:b}, {A2:b}
<Allergien|UAW>: {A1:b} auf {D1}
{D1} -> {A1:b}
{D1}: {A1:b}
{D1} {pipe} {A1:b} {pipe} {year}
{D1}\t{A1:b}\t<sicher|wahrscheinlich|möglich>
CAVE {D1}: {A1:b}!
Auf {D1} reagiere {x:der Patient|die Patientin} mit {A1:dat0}.
{x:Der Patient|Die Patientin} reagierte auf {D1} mit {A1:dat}.
Bekannte {A1:femb} auf {D1}.
Anamnestisch {A1:nom0} auf {D1}.
Anamnestisch {year} {A1:nom0} unter {D1}.
In der Vorgeschichte {A1:nom0} unter {D1} wegen {I1}.
{x:Der Patient|Die Patientin} berichtet über {A1:akk0} unter {D1}.
{x:Der Patient|Die Patientin} klagt seit Einnahme von {D1} über {A1:akk0}.
{x:Er|Sie} habe {D1} nicht vertragen ({A1:b}).
{x:Er|Sie} gibt an, von {D1} {A1:akk0} bekommen zu haben.
Seit ich {D1} nehme, habe ich {A1:akk0}.
Hab von {D1} {A1:akk0} und {A2:akk0} bekommen.
Bei {x:seiner|ihrer} <Mutter|Schwester> kam es unter {D1} zu {A1:dat}.
Die Mutter hatte unter {D1} {A1:akk}.
Der Bruder {x:des Patienten|der Patientin} erlitt nach {D1} {A1:akk}.
Bekannte {C}.
<Allergien|CAVE|Unverträglichkeit|Diagnosen|NB>: {C}
Z. n. {C} {year}
V. a. {C}
Es besteht eine {C}.
Aufnahme bei {C}.
{C}, {C}
Keine {C} bekannt.
Bei {C} keine Gabe möglich.
{x:Patient|Patientin} gibt eine {C} an.
Aufnahme wegen {A1:wgen} unter {D1}.
Aufnahmegrund war {A1:nom} bei Therapie mit {D1}.
Stationäre Aufnahme bei {A1:dat} unter {D1+}.
Vorstellung bei {A1:dat} nach Einnahme von {D1}.
Notfallmäßige Vorstellung wegen {A1:wgen} nach Gabe von {D1} bei {I1}.
Bei {I1} erhielt {x:der Patient|die Patientin} {D1+}, worunter es zu {A1:dat} kam.
Wegen {I1} wurde {D1} begonnen; nach {num:3-14} Tagen {v1:entwickelte|entwickelten} sich {A1:nom}.
{x:Ein 67-jähriger Patient|Eine 54-jährige Patientin} mit {I1} entwickelte unter {D1} {A1:akk}.
{x:Ein 72-jähriger Mann|Eine 45-jährige Frau} erhielt {D1} wegen {I1} und entwickelte {A1:akk}.
[t11 c41] {x:Der 81-jährige Patient|Die 63-jährige Patientin} nahm {D1} gegen {I1} ein. Nach {num:2-6} Wochen {v1:trat|traten} {A1:nom} auf, {D4} wurde abgesetzt.
Dieser Fall betrifft {x:einen männlichen Patienten|eine weibliche Patientin}, {x:der|die} nach {D1} {A1:akk} erlitt.
Ein Arzt meldete {A1:akk} nach Anwendung von {D1} zur Behandlung von {I1}.
Die Apotheke meldet {A1:akk} unter {D1}; Ausgang: wiederhergestellt.
Spontanmeldung: {D1}, {A1:b}, nicht schwerwiegend.
Verdächtiges Arzneimittel: {D1}; Reaktion: {A1:b}; Indikation: {I1}
Unerwünschte Arzneimittelwirkung: {A1:b} ({D1})
[c11 t11] Meldung einer UAW: Unter {D1} ({I1}) {v1:trat|traten} {A1:nom} auf; Begleitmedikation {o2}.
Nebenwirkung von {D1}: {A1:b}
Als Nebenwirkung von {D1} {v1:bestand|bestanden} {A1:nom}.
An Nebenwirkungen von {D1} {v1:wurde|wurden} {A1:nom} angegeben.
Chemotherapie mit {D1} und {D2}, darunter {A1:nom0} Grad {num:1-4}.
Nach dem {num:1-6}. Zyklus {D1} {A1:nom0} Grad {num:1-4} (CTCAE).
Toxizität: {A1:b} CTCAE-Grad <1|2|3> unter {D1}.
Nach {num:2-6} Zyklen {D1}/{D2} {A1:nom0}.
Wegen {A1:wgen0} Grad 3 Dosisreduktion {D1} auf 75 %.
Immunvermittelte Nebenwirkung unter {D1}: {A1:b}
{D1} (C{num:2-6}) verschoben bei {A1:dat0}.
{num:2-6}. Zyklus {D1} abgebrochen wegen {A1:wgen}
Im Verlauf der Therapie mit {D1} entwickelte sich {A1:nomd}, die Therapie wurde unterbrochen.
Letaler Verlauf bei {A1:dat} unter {D1}.
{x:Der Patient|Die Patientin} verstarb an {A1:dat} nach Gabe von {D1}.
{x:Der Patient|Die Patientin} wurde über mögliche Nebenwirkungen von {D1} wie {A1:akk0} und {A2:akk0} aufgeklärt.
{x:Der Patient|Die Patientin} wurde darauf hingewiesen, dass {D1} {A1:akk0} verursachen kann.
{D1} kann {A1:akk0} auslösen.
Als mögliche Nebenwirkung von {D1} ist {A1:b} zu beachten.
Bei {A1:dat} unter {D1} bitte sofortige Vorstellung.
Sollte unter {D1} {A1:nom} auftreten, bitten wir um Absetzen.
Bei Auftreten {A1:gen} ist {D1} abzusetzen.
Unter {D1} bitte auf {A1:akk0} achten.
Cave: {A1:b} unter {D1}.
Häufige Nebenwirkungen von {D1} sind {A1:b}, {A2:b} und {A3:b}.
Um {A1:akk0} unter {D1} zu vermeiden, erfolgt eine regelmäßige Kontrolle.
Wegen der Gefahr {A1:gen} sollte {D1} nicht gegeben werden.
Zur Vermeidung {A1:gen} unter {D1} Kontrolle in {num:2-6} Tagen.
{D1} erhöht das Risiko für {A1:akk0}.
[c11 c21] {D1} und {D2} können gemeinsam {A1:akk0} begünstigen.
Interaktion: {D1} und {D2}, Risiko: {A1:b}
Mehrfach {A1:nom0} unter {D1}, zuletzt {my}.
{ADE#A3=Intoxikation} mit {D1}: {A1:b}, {A2:b}.
Überdosierung von {D1} mit {A1:dat0}.
Nach versehentlicher Einnahme von {D1} {A1:nom0}.
{A1:nomCap} und {A2:nom0} nach {D1}, spontan rückläufig.
Die CK war unter {D1} erhöht, klinisch {A1:nom0}.
Nach {D1} {A1:nom0}, {A2:nom0} und {A3:nom0}.
{D1} {S1} {Q1}: darunter {A1:nom0}
{D1+}, darunter {A1:nom0}.
Unter {D1} zunehmend {A1:nom0}.
Erneut {A1:nom0} unter {D1}, weshalb die Therapie beendet wurde.
Bei {A1:dat} wurde {D1} vorübergehend ausgesetzt und die Therapie nach {num:3-14} Tagen in reduzierter Dosis fortgesetzt.
{x:Herr B.|Frau M.}, {num:31-89} Jahre, unter {D1+} wegen {I1} seit {my}. Am {date} Vorstellung mit {A1:dat}. {o4} wurde abgesetzt, die Symptomatik bildete sich vollständig zurück.
{x:Ein 58-jähriger Patient|Eine 77-jährige Patientin} mit {P:dat0} in der Anamnese wurde wegen {I1} mit {D1+} behandelt. {num:2-10} Tage später {v1:trat|traten} {A1:nom} auf.
Bei {P:dat0} in der Vorgeschichte entwickelte {x:der Patient|die Patientin} unter {D1} {A1:akk}.
{P:nomCap} bei Aufnahme, im Verlauf unter {D1} zusätzlich {A1:nom0}.
Aufnahme wegen {P:wgen}; unter {D1} dann {A1:nom0}.
Begleitmedikation: {o1+}, {o2+}. Unter {D1+} kam es zu {A1:dat}.
Unter {D1} {A1:nom0}. {o1+} wurde unverändert fortgeführt.
{o1} wurde gut vertragen, unter {D1} dagegen {A1:nom0}.
{x:Der Patient|Die Patientin} erhielt {o1+} und {o2+}. Nach zusätzlicher Gabe von {D1} {v1:trat|traten} {A1:nom} auf.
Nach Umstellung der Therapie auf {D1} kam es zu {A1:dat}.
[c21] Nach Umstellung von {D1} auf {D2} {v1:trat|traten} {A1:nom} auf.
[c11] {D1} wegen {A1:wgen} abgesetzt und auf {D2+} umgestellt.
[c11] {D1} ({A1:b}) → {D2}
[c11 m21] Bei {B1:b} unter {D1} Beginn mit {D2} {S2} {Q2}.
[c11] {A1:nomCap} nach {D1}, daraufhin Gabe von {D2} {R2} mit rascher Besserung.
[c11 c12] {ADE#A2=Anaphylaktoide Episode} nach {D1} mit {A1:dat0}; Therapie mit {D2} {S2} {R2}.
{A1:nomCap} in zeitlichem Zusammenhang mit {D1}.
Zeitlicher Zusammenhang zwischen Einnahme von {D1} und {A1:dat0}.
Zunächst wurde {A1:akk0} auf die Grunderkrankung bezogen; nach Absetzen von {D1} komplette Rückbildung.
{A1:nomdCap} {v1:bildete|bildeten} sich nach Absetzen von {D1} innerhalb von {num:2-14} Tagen zurück.
Der Auslassversuch von {D1} führte zur Besserung {A1:gend}.
Nach Pausieren von {D1} keine {A1:femb} mehr.
Nach Wiederaufnahme von {D1} Rezidiv {A1:gend}.
Trotz Fortführung von {D1} {v1:war|waren} {A1:nomd} rückläufig.
Kein Zusammenhang {A1:gend} mit {D1}.
Eine {D1}-bedingte {A1:femb} konnte ausgeschlossen werden.
Differentialdiagnostisch kommt auch eine {A1:femb} durch {D1} in Frage.
Ob {D1} {A1:akkd} verursacht hat, bleibt unklar.
Fraglich {A1:nom0} auf {D1}.
Fragliche {A1:femb} nach {D1} in der Kindheit.
Als Kind {A1:nom0} auf {D1}.
Vor {num:2-30} Jahren nach {D1} {A1:nom0}, seither Meidung.
Allergiepass: {D1} ({A1:b}, {year})
Allergiepass vorhanden für {D1} bei Z. n. {A1:dat0}.
[c11 c21] Allergien/Unverträglichkeiten: {D1} und {D2} ({A1:b})
Allergologische Anamnese: {A1:nom0} nach {D1}, Pricktest positiv.
{D1} oral: {A1:nom0}
{D1+}: darunter {A1:nom0}, daher Reduktion.
Sedierung mit {D1} {R1}, dabei {A1:nom0}.
Während der Infusion von {D1} {A1:nom0}, Infusion gestoppt.
Intraoperativ nach Gabe von {D1} {A1:nom0}.
Lokal an der Injektionsstelle von {D1} {A1:nom0}.
Langzeiteinnahme von {D1} mit {A1:dat0}.
Missbrauch von {D1} mit nachfolgender {A1:femb}.
Hochdosiertes {D1} mit konsekutiver {A1:femb}.
Suizidversuch mit {D1}, daraufhin {A1:nom0}.
{ADE#A3=Mischintoxikation} mit {D1} und {D2}: {A1:nom0}.
Seit {D1} <ständig|immer wieder|nachts> {A1:nom0}, nehm ich jetzt nicht mehr.
Vom {D1} hatte ich {A1:akk0}, der Arzt hat es dann abgesetzt.
{x:Der Patient|Die Patientin} setzte {D1} wegen {A1:wgen} selbständig ab.
{x:Der Patient|Die Patientin} lehnt {D1} wegen {A1:wgen} in der Vorgeschichte ab.
Auf {D1} wird bei anamnestischer {A1:femb} verzichtet.
Kontraindikation für {D1}: {A1:nom0} in der Anamnese.
Therapie mit {D1} komplikationslos, insbesondere keine {A1:femb}.
Unter {D1} weder {A1:nom0} noch andere Nebenwirkungen.
Bislang kein {A1:neub} unter {D1}.
Kein {A1:neub} nach Gabe von {D1}.
Kein {A1:neub}, keine {A2:femb} unter {D1}.
Laut Fachinformation sind unter {D1} {A1:nom0} und {A2:nom0} beschrieben.
In der Literatur sind unter {D1} Fälle von {A1:dat0} beschrieben.
Aufklärung über {D1}: {A1:b}, {A2:b}, {A3:b}.
Bitte melden Sie sich, falls Sie unter {D1} {A1:akk0} bemerken.
"""

NONE_DE = r"""
{D1+} wegen {I1}.
{D1} wegen {I1} begonnen.
Bei {I1} Therapie mit {D1}.
Wegen {I1} {x:erhält der Patient|erhält die Patientin} {D1+}.
Zur Behandlung von {I1} wurde {D1} angesetzt.
{D1} zur Therapie von {I1}, gute Verträglichkeit.
[t11 t21] Bei {I1} Umstellung von {D1} auf {D2} bei Therapieversagen.
{x:Der Patient|Die Patientin} nimmt {D1} gegen {I1}.
{o1+}, {o2+}, {o3}
Medikation: {o1+}; {o2+}; {o3+}
Unter {o1} stabile Werte.
Unter {o1} deutliche Besserung der Beschwerden.
{o1} wurde gut vertragen.
{o1} und {o2} wurden ohne Nebenwirkungen vertragen.
Unter {o1} keine Nebenwirkungen.
Keine Unverträglichkeit von {o1} bekannt.
{o1+} wird weiter eingenommen.
Umstellung von {o1} auf {o2}.
{o1} wurde abgesetzt.
{o1} abgesetzt, da nicht mehr indiziert.
Die Dosis von {o1} wurde auf {s1} erhöht.
Wir empfehlen die Fortführung der Therapie mit {o1+}.
{u1}-Spiegel im therapeutischen Bereich.
{u1}-Spiegel {num:1-9},{num:0-9} mg/l, Kontrolle in 2 Wochen.
Therapie mit {o1} und {o2} im {num:1-6}. Zyklus, komplikationslos.
{x:Der Patient|Die Patientin} stellt sich mit {P:dat} vor.
{x:Der Patient|Die Patientin} klagt über {P:akk0} seit {num:2-9} Tagen.
Aufnahme wegen {P:wgen}.
Aufnahme wegen {P:wgen}. Medikation: {o1+}, {o2+}.
{P:nomCap} seit {year}. Dauermedikation: {o1}, {o2}, {o3}.
Nebendiagnosen: {P:b}, {P:b}. Medikamente: {o1+}; {o2+}.
{x:Der Patient|Die Patientin} klagt über {P:akk0}. Hausmedikation {o1+}, {o2+}.
{o1} und {o2} wurden fortgeführt. {P:nomCap} seit Jahren bekannt.
Bei Aufnahme {P:nom0}, Vormedikation {o1+}.
Anamnese: {P:b}, {P:b}; nimmt {o1} und {o2}.
{o1+} weiter, {o2} neu angesetzt. Entlassung bei gutem Befinden.
{o1} wurde fortgeführt.
{o1+} und {o2+} wurden fortgeführt.
Unter {o1} stabil.
Unter {o1+} RR gut eingestellt.
Unter {o1} und {o2} beschwerdefrei.
Gabe von {o1} {s1} {r1}.
Es erfolgte die Gabe von {o1} und {o2}.
Weiter {o1}, {o2}, {o3}.
{x:Der Patient|Die Patientin} erhält weiterhin {o1+}.
Die Therapie mit {o1} wurde komplikationslos fortgesetzt.
Die Medikation mit {o1}, {o2} und {o3} blieb unverändert.
Pausieren von {o1} vor der Operation.
{o1} nach Plan, {o2} bei Bedarf.
{num:1-6}. Zyklus {o1}/{o2} ohne Komplikationen.
Z. n. {num:2-8} Zyklen {o1}.
Pausiert: {o1}. Neu: {o2+}.
Empfehlung: {o1+}, Kontrolle in {num:2-8} Wochen.
Bei Aufnahme {P:nom0} und {P:nom0}.
Bekannte {P:b}, aktuell ohne Therapie.
Diagnosen: {P:b}, {P:b}, Z. n. Cholezystektomie
Diagnosen: {P:b}\nMedikation: {o1+}
Keine {P:b}, keine {P:b}.
{P:b} bei Tumorprogress.
{P:b} im Rahmen des Infekts.
{P:nomCap}, am ehesten im Rahmen der Grunderkrankung.
{P:nomCap} nach Sturz auf den Kopf.
Postoperativ {v0:trat|traten} {P:nom} auf.
Nach der Operation kam es zu {P:dat}.
Nach Bestrahlung {P:nom0}.
Allergien: keine bekannt
Keine Arzneimittelallergien bekannt.
Allergien: {O}, {O}
Bekannte {O}.
{O}, sonst keine Allergien
Allergie auf Pflaster und Nickel.
Familienanamnese: Vater {P:b}, Mutter {P:b}.
Keine Unverträglichkeiten.
Die Therapie wurde gut vertragen.
Die Chemotherapie wurde komplikationslos verabreicht.
Medikamente werden regelmäßig eingenommen.
Die Laborwerte waren unauffällig, CRP {num:1-9} mg/l.
Entlassung in gutem Allgemeinzustand am {date}.
Im Labor {P:nom0}, Kontrolle empfohlen.
Anamnestisch {P:nom0} seit {year}.
Ausschluss {P:gen}.
Sonographisch kein Hinweis auf {P:akk0}.
"""

def frames(text: str) -> list[str]:
    """The frames of one block."""
    return [line.replace("\\n", "\n").replace("\\t", "\t") for line in text.strip("\n").split("\n") if line]
