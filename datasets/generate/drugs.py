"""Drug vocabulary: a hand-written list of what stands on German and English medication plans, and names from the knowledge folder.

A row is ``names | strengths | kind | reasons``. Kinds: o oral, d drops, l liquid, p patch, h inhaled, v intravenous, s subcutaneous,
n insulin, e eye, t topical, r rectal, w weekly, c infusion by weight or surface, k anticoagulant by INR, f supplement.
"""

from __future__ import annotations

import csv
import json
from dataclasses import dataclass
from pathlib import Path

from .drug_names import BRANDS, german, substances

DE = """
Ramipril, Delix, Ramilich | 2,5 mg;5 mg;10 mg | o | Hypertonie;Herzinsuffizienz;arterielle Hypertonie
Enalapril, Xanef | 5 mg;10 mg;20 mg | o | arterielle Hypertonie
Lisinopril | 5 mg;10 mg;20 mg | o | Bluthochdruck
Candesartan, Blopress, Atacand, Candesartancilexetil | 8 mg;16 mg;32 mg | o | Hypertonie
Valsartan, Diovan | 80 mg;160 mg | o | Hypertonus
Ramipril/HCT, Delix plus, Ramipril comp | 5/12,5 mg;2,5/12,5 mg;5 mg/25 mg | o | Hypertonie
Sacubitril/Valsartan, Entresto | 24/26 mg;49/51 mg;97/103 mg | o | HFrEF
Metoprololsuccinat, Metoprolol, Beloc-Zok, Beloc-Zok mite, Metohexal, Metoprolol succ. | 23,75 mg;47,5 mg;95 mg | o | Vorhofflimmern;KHK;Hypertonie
Bisoprolol, Concor, Bisohexal, Bisoprololfumarat | 1,25 mg;2,5 mg;5 mg;10 mg | o | Tachykardie;Herzinsuffizienz
Nebivolol, Nebilet | 5 mg | o | Hypertonie
Carvedilol, Dilatrend | 6,25 mg;12,5 mg;25 mg | o | Herzinsuffizienz
Propranolol, Dociton | 10 mg;40 mg | o | Tremor;Migräneprophylaxe
Amlodipin, Norvasc, Amlodipinbesilat | 5 mg;10 mg | o | Bluthochdruck
Lercanidipin, Carmen | 10 mg;20 mg | o | Hypertonie
Nitrendipin, Bayotensin | 20 mg | o | hypertensive Entgleisung
Nifedipin, Adalat | 10 mg;20 mg | o | Hypertonie
Verapamil, Isoptin | 80 mg;120 mg;240 mg | o | supraventrikuläre Tachykardie
Moxonidin | 0,2 mg;0,3 mg;0,4 mg | o | Hypertonie
Clonidin, Catapresan | 75 µg;150 µg | o | Entzugssymptomatik
Doxazosin | 2 mg;4 mg | o | Hypertonie
Urapidil, Ebrantil | 30 mg;60 mg | o | hypertensive Krise
Torasemid, Torem, Unat | 5 mg;10 mg;20 mg | o | Beinödeme;Herzinsuffizienz
Furosemid, Lasix | 20 mg;40 mg;80 mg | o | Ödeme;kardiale Dekompensation
HCT, Hydrochlorothiazid, Esidrix | 12,5 mg;25 mg | o | Hypertonie
Xipamid, Aquaphor | 10 mg;20 mg | o | Ödeme
Spironolacton, Aldactone | 25 mg;50 mg;100 mg | o | Aszites;Herzinsuffizienz
Eplerenon, Inspra | 25 mg;50 mg | o | Herzinsuffizienz
ASS, Aspirin, Aspirin protect, Acetylsalicylsäure, ASS protect, Godamed | 100 mg;300 mg | o | KHK;Z. n. Apoplex
Clopidogrel, Plavix, Iscover | 75 mg | o | Stentimplantation;pAVK
Ticagrelor, Brilique | 90 mg;60 mg | o | NSTEMI
Prasugrel, Efient | 5 mg;10 mg | o | STEMI
Apixaban, Eliquis | 2,5 mg;5 mg | o | Vorhofflimmern;Lungenembolie
Rivaroxaban, Xarelto | 10 mg;15 mg;20 mg | o | VHF;tiefe Beinvenenthrombose
Edoxaban, Lixiana | 30 mg;60 mg | o | Vorhofflimmern
Dabigatran, Pradaxa | 110 mg;150 mg | o | Vorhofflimmern
Marcumar, Phenprocoumon, Falithrom | 3 mg | k | mechanischer Aortenklappenersatz;VHF
Enoxaparin, Clexane | 40 mg;60 mg;80 mg | s | Thromboseprophylaxe
Heparin, Liquemin | 5000 IE;7500 IE;25.000 IE | s | Thromboseprophylaxe
Certoparin, Mono-Embolex | 3000 IE | s | Thromboseprophylaxe
Fondaparinux, Arixtra | 2,5 mg;7,5 mg | s | Thrombose
Simvastatin, Zocor, Simvahexal | 20 mg;40 mg | o | Hypercholesterinämie
Atorvastatin, Sortis | 10 mg;20 mg;40 mg;80 mg | o | Hyperlipidämie;Hypercholesterinämie
Rosuvastatin, Crestor | 5 mg;10 mg;20 mg | o | Dyslipidämie
Ezetimib, Ezetrol | 10 mg | o | Hypercholesterinämie
Digitoxin, Digimerck | 0,07 mg;0,1 mg | o | Tachyarrhythmia absoluta
Digoxin, Lanitop, Lanicor | 0,1 mg;0,25 mg | o | Vorhofflimmern
Amiodaron, Cordarex | 200 mg | o | ventrikuläre Tachykardie
Flecainid, Tambocor | 50 mg;100 mg | o | paroxysmales VHF
Ivabradin, Procoralan | 5 mg;7,5 mg | o | Angina pectoris
ISDN, Isoket, Ismn | 20 mg;40 mg;60 mg | o | Angina pectoris
Nitrolingual, Nitrospray, Glyceroltrinitrat | 0,4 mg | h | Angina pectoris
Molsidomin, Corvaton | 4 mg;8 mg | o | KHK
Metformin, Glucophage, Siofor | 500 mg;850 mg;1000 mg | o | Diabetes mellitus Typ 2
Sitagliptin, Januvia, Xelevia | 50 mg;100 mg | o | Typ-2-Diabetes
Empagliflozin, Jardiance | 10 mg;25 mg | o | Herzinsuffizienz;Diabetes mellitus
Dapagliflozin, Forxiga | 10 mg | o | chronische Niereninsuffizienz
Glimepirid, Amaryl | 1 mg;2 mg;3 mg | o | Diabetes mellitus
Repaglinid, NovoNorm | 0,5 mg;1 mg | o | Diabetes mellitus
Lantus, Insulin glargin, Toujeo, Levemir, Tresiba, Abasaglar, Insuman Basal, Protaphane | 8 IE;12 IE;18 IE;24 I.E.;14 E | n | Diabetes mellitus Typ 1
NovoRapid, Humalog, Actrapid, Apidra, Insulin lispro, Altinsulin, Liprolog | 4 IE;6 IE;8 IE;10 E | n | Diabetes mellitus
Actraphane 30/70, Humalog Mix 25, Insuman Comb 25 | 12 IE;20 IE;26 IE | n | Diabetes mellitus
Semaglutid, Ozempic | 0,25 mg;0,5 mg;1 mg | w | Typ-2-Diabetes;Adipositas
Dulaglutid, Trulicity | 0,75 mg;1,5 mg | w | Diabetes mellitus
L-Thyroxin, Levothyroxin, Euthyrox, L-Thyrox, Eferox, Thyronajod | 25 µg;50 µg;75 µg;88 µg;100 µg;125 mcg | o | Hypothyreose;Z. n. Strumektomie
Thiamazol, Carbimazol | 5 mg;10 mg;20 mg | o | Hyperthyreose
Pantoprazol, Pantozol, Pantoloc, Nolpaza | 20 mg;40 mg | o | Refluxösophagitis;Stressulkusprophylaxe
Omeprazol, Antra, Omep | 20 mg;40 mg | o | Refluxkrankheit;Sodbrennen
Esomeprazol, Nexium | 20 mg;40 mg | o | GERD
Ranitidin | 150 mg;300 mg | o | Sodbrennen
MCP, Metoclopramid, Paspertin | 10 mg | o | Übelkeit
Dimenhydrinat, Vomex A, Vomex | 50 mg;150 mg | o | Übelkeit;Schwindel
Ondansetron, Zofran | 4 mg;8 mg | o | Chemotherapie-induzierte Übelkeit
Movicol, Macrogol, Molaxole, Laxofalk | 13,8 g | f | Obstipation
Lactulose, Bifiteral | 10 ml | l | hepatische Enzephalopathie;Obstipation
Laxoberal, Natriumpicosulfat | 7,5 mg/ml | d | Obstipation
Bisacodyl, Dulcolax | 5 mg;10 mg | o | Verstopfung
Loperamid, Imodium | 2 mg | o | Diarrhoe
Mesalazin, Salofalk, Claversal | 500 mg;1 g;3 g | o | Colitis ulcerosa
Budesonid, Budenofalk, Entocort | 3 mg;9 mg | o | Morbus Crohn
Kreon, Pankreatin, Pangrol | 25.000 E;25.000 IE;40.000 E | f | exokrine Pankreasinsuffizienz
Novaminsulfon, Metamizol, Novalgin, Novaminsulfon-ratiopharm | 500 mg;1 g | o | Schmerzen;Fieber
Novalgin-Tropfen, Novaminsulfon Trpf., Metamizol Tropfen | 500 mg/ml | d | Schmerzen
Paracetamol, Ben-u-ron, Perfalgan | 500 mg;1000 mg;1 g | o | Fieber;Schmerzen
Ibuprofen, Ibu, Dolormin, Ibuflam | 400 mg;600 mg;800 mg | o | Schmerzen;Kopfschmerzen
Diclofenac, Voltaren, Diclac | 50 mg;75 mg | o | Rückenschmerzen;Gonarthrose
Naproxen, Proxen | 250 mg;500 mg | o | Gichtanfall
Etoricoxib, Arcoxia | 60 mg;90 mg | o | Coxarthrose;Rheuma
Celecoxib, Celebrex | 100 mg;200 mg | o | Arthrose
Tilidin/Naloxon, Valoron N, Tilidin comp., Tilidin | 50/4 mg;100/8 mg;50 mg | o | Tumorschmerzen;Schmerzen
Tramadol, Tramal, Tramal long | 50 mg;100 mg;200 mg | o | Schmerzen;Rückenschmerzen
Tramal Tropfen, Tramadol-Trpf. | 100 mg/ml | d | Schmerzen
Oxycodon, Oxygesic, Oxycodon/Naloxon, Targin | 5 mg;10 mg;20 mg;10/5 mg | o | Tumorschmerzen
Morphin, MST, Sevredol, Morphinsulfat | 10 mg;20 mg;30 mg | o | Atemnot;Durchbruchschmerzen
Hydromorphon, Palladon, Jurnista | 2,6 mg;4 mg;8 mg | o | Tumorschmerzen
Fentanyl-Pflaster, Durogesic, Fentanyl TTS, Fentanyl | 12 µg/h;25 µg/h;50 µg/h;75 mcg/h | p | Tumorschmerzen;chronische Schmerzen
Buprenorphin-Pflaster, Norspan, Transtec, Transtec PRO | 5 µg/h;10 µg/h;35 µg/h | p | Schmerzen
Rivastigmin-Pflaster, Exelon | 4,6 mg/24 h;9,5 mg/24h | p | Demenz
Neupro, Rotigotin | 2 mg/24 h;4 mg/24 h;8 mg/24 h | p | M. Parkinson
Pregabalin, Lyrica | 25 mg;75 mg;150 mg | o | neuropathische Schmerzen
Gabapentin, Neurontin | 100 mg;300 mg;600 mg | o | Polyneuropathie
Amitriptylin, Saroten | 10 mg;25 mg | o | neuropathische Schmerzen;Schlafstörung
Duloxetin, Cymbalta | 30 mg;60 mg | o | Depression
Venlafaxin, Trevilor | 37,5 mg;75 mg;150 mg | o | depressive Episode
Citalopram, Cipramil | 10 mg;20 mg | o | Depression
Escitalopram, Cipralex | 5 mg;10 mg | o | Angststörung
Sertralin, Zoloft | 50 mg;100 mg | o | Depression
Mirtazapin, Remergil | 15 mg;30 mg | o | Schlafstörungen;Depression
Trazodon | 50 mg;100 mg | o | Schlafstörung
Bupropion, Elontril | 150 mg;300 mg | o | Depression
Agomelatin, Valdoxan | 25 mg | o | Depression
Lithium, Quilonum, Hypnorex | 400 mg;450 mg | o | bipolare Störung
Quetiapin, Seroquel, Quetiapin retard | 25 mg;50 mg;200 mg | o | Unruhe;Schizophrenie
Olanzapin, Zyprexa | 5 mg;10 mg | o | paranoide Schizophrenie
Risperidon, Risperdal | 0,5 mg;1 mg;2 mg | o | Psychose
Aripiprazol, Abilify | 5 mg;10 mg;15 mg | o | Schizophrenie
Clozapin, Leponex | 25 mg;100 mg | o | therapieresistente Schizophrenie
Haloperidol, Haldol | 1 mg;2 mg;5 mg | o | Delir
Melperon | 25 mg;50 mg | o | nächtliche Unruhe
Pipamperon, Dipiperon | 40 mg | o | Unruhe
Promethazin, Atosil | 25 mg;50 mg | o | Unruhe
Lorazepam, Tavor, Tavor expidet | 0,5 mg;1 mg;2,5 mg | o | Angst;Panikattacke
Diazepam, Valium | 5 mg;10 mg | o | Krampfanfall
Oxazepam, Praxiten | 10 mg | o | Angst
Clobazam, Frisium | 5 mg;10 mg | o | Epilepsie
Zopiclon, Ximovan | 3,75 mg;7,5 mg | o | Schlafstörungen
Zolpidem, Stilnox | 5 mg;10 mg | o | Insomnie
Levetiracetam, Keppra | 250 mg;500 mg;1000 mg | o | Epilepsie
Lamotrigin, Lamictal | 25 mg;50 mg;100 mg | o | fokale Epilepsie
Valproat, Orfiril, Ergenyl, Valproinsäure | 300 mg;500 mg | o | Epilepsie
Carbamazepin, Tegretal | 200 mg;400 mg | o | Trigeminusneuralgie
Lacosamid, Vimpat | 50 mg;100 mg | o | Epilepsie
Madopar, Levodopa/Benserazid, L-Dopa | 62,5 mg;100/25 mg;125 mg;200 mg | o | M. Parkinson
Pramipexol, Sifrol | 0,18 mg;0,35 mg | o | Restless-Legs-Syndrom
Donepezil, Aricept | 5 mg;10 mg | o | Alzheimer-Demenz
Memantin, Axura | 10 mg;20 mg | o | Demenz
Allopurinol, Zyloric | 100 mg;300 mg | o | Hyperurikämie;Gicht
Febuxostat, Adenuric | 80 mg | o | Gicht
Colchicin, Colchicum | 0,5 mg | o | Gichtanfall
Prednisolon, Decortin H, Prednison, Decortin | 5 mg;10 mg;20 mg;50 mg | o | COPD-Exazerbation;Polymyalgia rheumatica
Dexamethason, Fortecortin | 4 mg;8 mg | o | Hirnödem
Methylprednisolon, Urbason | 16 mg;40 mg | o | Schub
Hydrocortison | 10 mg;20 mg | o | Nebenniereninsuffizienz
MTX, Methotrexat, Lantarel, Metex | 7,5 mg;10 mg;15 mg;20 mg | w | rheumatoide Arthritis;Psoriasis
Folsäure, Folsan | 5 mg | o | MTX-Therapie
Azathioprin, Imurek | 50 mg;100 mg | o | Morbus Crohn
Ciclosporin, Sandimmun | 50 mg;100 mg | o | Z. n. NTX
Tacrolimus, Prograf, Advagraf | 0,5 mg;1 mg;5 mg | o | Z. n. Nierentransplantation
Mycophenolatmofetil, CellCept | 500 mg;1 g | o | Lupusnephritis
Leflunomid, Arava | 20 mg | o | rheumatoide Arthritis
Adalimumab, Humira | 40 mg | s | Psoriasisarthritis
Etanercept, Enbrel | 50 mg | s | Spondyloarthritis
Alendronat, Alendronsäure, Fosamax | 70 mg | w | Osteoporose
Denosumab, Prolia, Xgeva | 60 mg;120 mg | s | Osteoporose;Knochenmetastasen
Vigantol, Vitamin D3, Dekristol, Cholecalciferol | 1000 IE;20.000 IE;1.000 I.E. | f | Vitamin-D-Mangel
Calcium, Calcium/D3, Ideos | 500 mg;1000 mg | f | Osteoporose
Kalinor, Kalinor-Brause, Kaliumchlorid | 40 mmol;1 g | f | Hypokaliämie
Magnesium, Magnesium Verla, Magnesiocard | 5 mmol;300 mg | f | Wadenkrämpfe
Ferro sanol, Eisen, Eisensulfat | 100 mg;50 mg | f | Eisenmangelanämie
Vitamin B12, Cyanocobalamin | 1000 µg;1 mg | f | perniziöse Anämie
Salbutamol, Sultanol, Salbutamol-Spray | 100 µg;0,1 mg | h | Atemnot;Asthma bronchiale
Berodual, Ipratropium/Fenoterol | 50/20 µg | h | Dyspnoe
Spiriva, Tiotropium, Spiriva Respimat | 18 µg;2,5 µg | h | COPD
Symbicort, Budesonid/Formoterol | 160/4,5 µg;320/9 µg | h | Asthma bronchiale
Foster, Beclometason/Formoterol | 100/6 µg | h | Asthma
Viani, Salmeterol/Fluticason | 50/250 µg | h | COPD
Ultibro, Anoro, Trelegy | 92/55 µg;85/43 µg | h | COPD
Montelukast, Singulair | 10 mg | o | Asthma
ACC, Acetylcystein, Bromhexin, Ambroxol | 200 mg;600 mg | o | Husten
Cetirizin, Zyrtec | 10 mg | o | Heuschnupfen;Urtikaria
Loratadin, Lorano | 10 mg | o | Allergie
Dimetinden, Fenistil | 4 mg | o | Juckreiz
Amoxicillin, Amoxi | 500 mg;750 mg;1000 mg | a | Tonsillitis;Otitis media
Amoxicillin/Clavulansäure, Augmentan, Amoxiclav | 875/125 mg;2,2 g;1,2 g | a | Pneumonie;Cholangitis
Ampicillin/Sulbactam, Unacid | 3 g;1,5 g | v | Pneumonie;Erysipel
Piperacillin/Tazobactam, Tazobac, Pip/Taz | 4,5 g | v | Sepsis;Cholezystitis
Ceftriaxon, Rocephin | 1 g;2 g | v | Pneumonie;Pyelonephritis
Cefuroxim, Elobact, Zinacef | 250 mg;500 mg;1,5 g | a | Harnwegsinfekt
Meropenem, Meronem | 1 g;2 g | v | Sepsis
Vancomycin | 500 mg;1 g | v | MRSA-Bakteriämie;Endokarditis
Gentamicin, Refobacin | 240 mg;80 mg | v | Endokarditis
Ciprofloxacin, Ciprobay, Cipro | 250 mg;500 mg;400 mg | a | Harnwegsinfekt;Prostatitis
Levofloxacin, Tavanic | 500 mg | a | Pneumonie
Moxifloxacin, Avalox | 400 mg | a | Pneumonie
Clindamycin, Sobelin | 300 mg;600 mg | a | Weichteilinfektion;Zahnabszess
Cotrimoxazol, Cotrim, Cotrim forte | 960 mg;480 mg | a | HWI;PcP-Prophylaxe
Doxycyclin | 100 mg;200 mg | a | Borreliose;Sinusitis
Clarithromycin, Klacid | 250 mg;500 mg | a | Bronchitis
Azithromycin, Zithromax | 500 mg | a | atypische Pneumonie
Metronidazol, Clont, Arilin | 400 mg;500 mg | a | Divertikulitis;C.-difficile-Infektion
Nitrofurantoin, Furadantin | 100 mg;50 mg | a | Zystitis
Fosfomycin, Monuril | 3 g | a | unkomplizierter HWI
Flucloxacillin, Staphylex | 2 g | v | Erysipel
Fluconazol, Diflucan | 100 mg;200 mg;400 mg | a | Soor
Aciclovir, Zovirax | 400 mg;800 mg;750 mg | a | Herpes zoster
Tamsulosin, Alna | 0,4 mg | o | BPH;benigne Prostatahyperplasie
Finasterid, Proscar | 5 mg | o | Prostatahyperplasie
Solifenacin, Vesikur | 5 mg | o | Dranginkontinenz
Trospium, Spasmex | 15 mg;30 mg | o | überaktive Blase
Sildenafil, Viagra | 20 mg;50 mg | o | pulmonale Hypertonie
Bicalutamid, Casodex | 50 mg;150 mg | o | Prostatakarzinom
Leuprorelin, Trenantone | 11,25 mg;22,5 mg | s | Prostatakarzinom
Tamoxifen, Nolvadex | 20 mg | o | Mammakarzinom
Letrozol, Femara, Anastrozol, Exemestan | 2,5 mg;1 mg;25 mg | o | Mammakarzinom
Capecitabin, Xeloda | 1500 mg;2000 mg;500 mg | o | kolorektales Karzinom
Imatinib, Glivec | 400 mg | o | CML;GIST
Oxaliplatin, Eloxatin | 85 mg/m²;130 mg/m² | c | metastasiertes Kolonkarzinom
5-FU, Fluorouracil | 400 mg/m²;2400 mg/m²;2.400mg/m² | c | Rektumkarzinom
Paclitaxel, Taxol, Docetaxel | 80 mg/m²;175 mg/m² | c | Ovarialkarzinom
Carboplatin | AUC 5;AUC 2 | c | Bronchialkarzinom
Cisplatin | 75 mg/m²;40 mg/m² | c | Zervixkarzinom
Rituximab, MabThera | 375 mg/m² | c | follikuläres Lymphom
Cyclophosphamid, Endoxan | 600 mg/m²;750 mg/m² | c | Vaskulitis
Bevacizumab, Avastin | 15 mg/kg;7,5 mg/kg | c | Ovarialkarzinom
Trastuzumab, Herceptin | 6 mg/kg;8 mg/kg KG | c | HER2-positives Mammakarzinom
Pembrolizumab, Keytruda, Nivolumab, Ipilimumab | 200 mg;240 mg;3 mg/kg | c | Melanom;NSCLC
Gemcitabin, Irinotecan, Etoposid | 1000 mg/m²;180 mg/m²;100 mg/m² | c | Pankreaskarzinom
Noradrenalin, Arterenol, Adrenalin, Suprarenin | 0,1 µg/kg/min;1 mg | c | septischer Schock
Midazolam, Dormicum | 2,5 mg;5 mg;7,5 mg | v | Unruhe;Krampfanfall
Propofol | 100 mg;200 mg | v | Status epilepticus
Piritramid, Dipidolor | 3,75 mg;7,5 mg | v | postoperative Schmerzen
Butylscopolamin, Buscopan | 20 mg;10 mg | v | Koliken
Timolol AT, Timolol-Augentropfen, Dorzolamid, Cosopt, Latanoprost, Xalatan, Ganfort | 0,5 %;20 mg/ml;0,005 % | e | Glaukom
Dexa-Gentamicin AT, Floxal, Ofloxacin-AT | 0,3 % | e | Konjunktivitis
Voltaren Emulgel, Diclofenac-Gel, Fenistil Gel, Betaisodona, Advantan Creme, Hydrocortison-Creme, Betamethason-Salbe, Bepanthen | 1 %;0,1 % | t | Ekzem;Schmerzen
Paracetamol, Ben-u-ron, Diclofenac, Mesalazin, Salofalk, Bisacodyl, Dulcolax, Vomex, Dimenhydrinat, Indometacin | 50 mg;100 mg;150 mg;500 mg;1 g;10 mg | r | Fieber;Schmerzen;Obstipation
Xylometazolin, Nasonex, Mometason-Nasenspray, Otriven | 50 µg;0,1 % | h | Rhinitis
"""

EN = """
metoprolol tartrate, metoprolol succinate, Lopressor, Toprol-XL, metoprolol | 25 mg;50 mg;100 mg | o | hypertension;atrial fibrillation
lisinopril, Zestril | 5 mg;10 mg;20 mg;40 mg | o | hypertension;heart failure
amlodipine, Norvasc | 5 mg;10 mg | o | high blood pressure;hypertension
losartan, Cozaar | 25 mg;50 mg;100 mg | o | hypertension
hydrochlorothiazide, HCTZ | 12.5 mg;25 mg | o | hypertension
carvedilol, Coreg | 3.125 mg;6.25 mg;25 mg | o | cardiomyopathy
atorvastatin, Lipitor | 10 mg;20 mg;40 mg;80 mg | o | hyperlipidemia
simvastatin, Zocor | 20 mg;40 mg | o | high cholesterol
aspirin, ASA | 81 mg;325 mg | o | coronary artery disease
clopidogrel, Plavix | 75 mg | o | drug-eluting stent
warfarin, Coumadin | 2.5 mg;5 mg | o | atrial fibrillation;DVT
apixaban, Eliquis | 2.5 mg;5 mg | o | pulmonary embolism
enoxaparin, Lovenox | 40 mg;80 mg;1 mg/kg | s | DVT prophylaxis
heparin | 5000 units | s | DVT prophylaxis
furosemide, Lasix | 20 mg;40 mg;80 mg | o | edema;CHF
spironolactone, Aldactone | 25 mg;50 mg | o | ascites
digoxin | 0.125 mg;0.25 mg | o | rate control
metformin, Glucophage | 500 mg;850 mg;1000 mg | o | type 2 diabetes
glipizide | 5 mg;10 mg | o | diabetes
insulin glargine, Lantus, NPH insulin, Levemir | 10 units;20 units;34 units | n | diabetes mellitus
insulin lispro, Humalog, NovoLog | 4 units;8 units | n | diabetes
levothyroxine, Synthroid | 25 mcg;50 mcg;88 mcg;112 mcg | o | hypothyroidism
omeprazole, Prilosec, pantoprazole, Protonix | 20 mg;40 mg | o | GERD;heartburn
ranitidine, famotidine, Pepcid | 20 mg;150 mg | o | reflux
ondansetron, Zofran | 4 mg;8 mg | o | nausea
docusate, Colace, senna | 100 mg;8.6 mg | o | constipation
polyethylene glycol, MiraLAX | 17 g | f | constipation
acetaminophen, Tylenol | 325 mg;500 mg;650 mg;1 g | o | fever;pain
ibuprofen, Motrin, Advil | 200 mg;400 mg;600 mg;800 mg | o | pain;headache
oxycodone, Percocet, OxyContin | 5 mg;10 mg;5/325 mg | o | pain
hydrocodone/acetaminophen, Vicodin, Norco | 5/325 mg;10-325 mg | o | postoperative pain
morphine, MS Contin | 2 mg;15 mg;30 mg | o | breakthrough pain
fentanyl patch, Duragesic | 25 mcg/hr;50 mcg/h | p | chronic pain
tramadol, Ultram | 50 mg | o | back pain
gabapentin, Neurontin | 100 mg;300 mg;600 mg | o | neuropathic pain
pregabalin, Lyrica | 75 mg;150 mg | o | fibromyalgia
sertraline, Zoloft, fluoxetine, Prozac | 20 mg;50 mg;100 mg | o | depression
citalopram, escitalopram, Lexapro | 10 mg;20 mg | o | anxiety;depression
trazodone | 50 mg;100 mg | o | insomnia
zolpidem, Ambien | 5 mg;10 mg | o | insomnia
lorazepam, Ativan, alprazolam, Xanax | 0.5 mg;1 mg | o | anxiety
quetiapine, Seroquel | 25 mg;200 mg | o | bipolar disorder
lithium carbonate | 300 mg;450 mg | o | bipolar disorder
levetiracetam, Keppra | 500 mg;1000 mg | o | seizures
phenytoin, Dilantin | 100 mg;300 mg | o | seizure disorder
lamotrigine, Lamictal | 25 mg;100 mg | o | epilepsy
prednisone | 5 mg;10 mg;20 mg;60 mg | o | COPD exacerbation;giant cell arteritis
dexamethasone, Decadron | 4 mg;10 mg | o | cerebral edema
methotrexate | 7.5 mg;15 mg;20 mg | w | rheumatoid arthritis
alendronate, Fosamax | 70 mg | w | osteoporosis
allopurinol | 100 mg;300 mg | o | gout
colchicine | 0.6 mg | o | gout flare
albuterol, Ventolin, Proventil, albuterol inhaler | 90 mcg;2.5 mg | h | wheezing;shortness of breath
fluticasone/salmeterol, Advair, Symbicort, Flovent | 250/50 mcg;160/4.5 mcg;110 mcg | h | asthma
tiotropium, Spiriva | 18 mcg | h | COPD
fluticasone nasal spray, Flonase | 50 mcg | h | allergic rhinitis
cetirizine, Zyrtec, loratadine, Claritin | 10 mg | o | seasonal allergies
diphenhydramine, Benadryl | 25 mg;50 mg | o | itching
amoxicillin, Augmentin, amoxicillin-clavulanate | 500 mg;875 mg;875/125 mg | a | sinusitis;otitis media
azithromycin, Zithromax, Z-Pak | 250 mg;500 mg | a | bronchitis
ciprofloxacin, levofloxacin, Levaquin | 250 mg;500 mg;750 mg | a | UTI;pneumonia
cephalexin, Keflex | 500 mg | a | cellulitis
doxycycline | 100 mg | a | Lyme disease
trimethoprim-sulfamethoxazole, Bactrim DS | 800/160 mg;160-800 mg | a | urinary tract infection
clindamycin | 300 mg;600 mg | a | dental abscess
metronidazole, Flagyl | 500 mg | a | C. difficile colitis
vancomycin | 1 g;1.25 g;15 mg/kg | v | MRSA bacteremia
piperacillin-tazobactam, Zosyn | 3.375 g;4.5 g | v | sepsis
ceftriaxone, Rocephin | 1 g;2 g | v | pneumonia;meningitis
cefazolin, Ancef | 1 g;2 g | v | surgical prophylaxis
acyclovir, valacyclovir | 400 mg;800 mg;1 g | a | shingles
tamsulosin, Flomax | 0.4 mg | o | BPH
tamoxifen | 20 mg | o | breast cancer
paclitaxel, docetaxel, Taxol | 80 mg/m2;175 mg/m2 | c | ovarian cancer
cisplatin, carboplatin | 75 mg/m2;AUC 6 | c | lung cancer
bevacizumab, rituximab | 375 mg/m2;15 mg/kg | c | lymphoma
nitroglycerin | 0.4 mg | o | chest pain
potassium chloride, K-Dur | 20 mEq;40 mEq | f | hypokalemia
ferrous sulfate | 325 mg | f | iron deficiency anemia
vitamin D, cholecalciferol | 1000 IU;50,000 units;2000 IU | f | vitamin D deficiency
folic acid | 1 mg | o | methotrexate therapy
hydrocortisone cream, triamcinolone cream | 1%;0.1% | t | eczema
acetaminophen, bisacodyl, mesalamine, Tylenol, Dulcolax | 10 mg;325 mg;650 mg;1 g | r | fever;constipation
timolol eye drops, latanoprost | 0.5%;0.005% | e | glaucoma
"""


@dataclass(frozen=True)
class Drug:
    """One row of the table."""

    names: tuple[str, ...]
    strengths: tuple[str, ...]
    kind: str
    reasons: tuple[str, ...]


def table(text: str) -> list[Drug]:
    """Reads the rows."""
    rows = []
    for line in text.strip().split("\n"):
        names, strengths, kind, reasons = (part.strip() for part in line.split("|"))
        rows.append(Drug(tuple(n.strip() for n in names.split(",")), tuple(strengths.split(";")), kind, tuple(reasons.split(";"))))
    return rows


def column_of(path: Path, key: str, delimiter: str = "\t") -> list[str]:
    """One column of a table, empty when the file is not there."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        return [row[key] for row in csv.DictReader(handle, delimiter=delimiter) if row.get(key)]


def usable(name: str) -> bool:
    """Plain single names of a usual length."""
    return 5 <= len(name) <= 22 and name.replace("-", "").isalpha() and name[0].isalpha()


def known_names(folder: Path, language: str) -> list[str]:
    """Names from the knowledge folder, most of them rare drugs."""
    if language == "de":
        names = [n for n in column_of(folder / "de-law-drugs" / "amvv_name_to_inn_atc.tsv", "name_de") if usable(n)]
        return sorted({n[0].upper() + n[1:] for n in names + BRANDS} | {german(n) for n in substances(folder)})
    names = substances(folder) + [n.lower() for n in column_of(folder / "de-law-drugs" / "amvv_name_to_inn_atc.tsv", "inn_en") if usable(n)]
    ladders = folder / "faker-de" / "prescribing_de.json"
    if ladders.exists():
        names += [n for n in json.loads(ladders.read_text(encoding="utf-8")).get("dose_ladders", {}) if usable(n)]
    return sorted(set(names))


RARE = {
    "de": (("5 mg", "10 mg", "20 mg", "25 mg", "50 mg", "100 mg", "200 mg", "0,5 mg", "250 mg", "2,5 mg"), ("Schmerzen", "Hypertonie", "Infekt", "Übelkeit", "Epilepsie")),
    "en": (("5 mg", "10 mg", "20 mg", "25 mg", "50 mg", "100 mg", "200 mg", "0.5 mg", "250 mg"), ("pain", "hypertension", "infection", "nausea", "seizures")),
}


class Vocabulary:
    """Draws drugs for one language."""

    def __init__(self, language: str, folder: Path):
        self.rows = table(DE if language == "de" else EN)
        strengths, reasons = RARE[language]
        self.rare = [Drug((name,), strengths, "o", reasons) for name in known_names(folder, language)]

    def draw(self, rng, kinds: str = "") -> Drug:
        """A common drug mostly, else a rare one; ``kinds`` keeps to some kinds."""
        if kinds and not ("o" in kinds and rng.random() < 0.3):
            return rng.choice([row for row in self.rows if row.kind in kinds] or self.rows)
        return rng.choice(self.rare) if self.rare and rng.random() < 0.3 else rng.choice(self.rows)
