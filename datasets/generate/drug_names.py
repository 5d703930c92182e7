"""How names of drugs are written: German forms of English substance names, spelling variants, slips, makers and release forms."""

from __future__ import annotations

import csv
import random
import re
from pathlib import Path

EVERYDAY = set("""water oxygen glucose cholesterol iron zinc copper potassium sodium calcium magnesium lactate creatinine creatine urea bilirubin albumin ethanol alcohol caffeine nicotine hemoglobin fibrinogen cortisol thyroxine
testosterone prolactin estradiol progesterone dopamine serotonin histamine histidine alanine glycine serine lysine leucine valine proline arginine glutamine cysteine tyrosine tryptophan methionine aspartate glutamate insulin collagen
thrombin plasminogen plasmin lactoferrin ferritin transferrin ammonia nitrogen helium hydrogen carbon sulfur phosphorus silver gold mercury lead tin nickel cobalt chromium lithium fluorine iodine chlorine bromine formaldehyde acetone
procalcitonin calcitonin troponin elastase amylase lipase trypsin pepsin bradykinin adenosine guanosine uridine thymidine retinol biotin thiamine riboflavin folate lecithin chlorophyll melanin keratin vimentin desmin
benzene toluene phenol methanol sucrose lactose fructose maltose galactose starch cellulose gelatin silicon aluminium aluminum bismuth cocaine heroin cannabis tobacco honey garlic onion coffee peanut wheat milk egg latex pollen""".split())
ENDINGS = ((r"ine$", "in"), (r"one$", "on"), (r"ole$", "ol"), (r"ide$", "id"), (r"ate$", "at"), (r"ene$", "en"), (r"ane$", "an"), (r"ime$", "im"), (r"ite$", "it"), (r"ame$", "am"), (r"ile$", "il"), (r"ane$", "an"), (r"yle$", "yl"), (r"ure$", "ur"), (r"ase$", "ase"), (r"cillin$", "cillin"))
BRANDS = """Abseamed;Aclasta;Actonel;Adempas;Adrekar;Aerinaze;Aimovig;Akineton;Aktren;Alfunar;Alkeran;Allegro;Amoclav;Anafranil;Angocin;Aranesp;Aromasin;Arilin;Atacand;Atmadisc;Atrovent;Aubagio;Azulfidine;Baclofen-Neurax;Baycillin;Bayotensin;Benuron;Bezafibrat;Bondronat;Bonviva;
Botox;Bricanyl;Bronchicum;Brivaracetam;Briviact;Budiair;Buscomint;Bydureon;Campral;Carbium;Cardular;Cefuhexal;Cialis;Cimzia;Circadin;Clarium;Codicaps;Codipront;Combigan;Comtess;Concerta;Copaxone;Coversum;Cosentyx;Cotrim;Creon;Cyklokapron;Daivobet;Daxas;Dafiro;Decapeptyl;Detrusitol;
Diamox;Diane;Dipidolor;Distraneurin;Dolantin;Dominal;Dona;Doxy;Duodopa;Duodart;Dupixent;Dynacil;Dytide;Ebastel;Edarbi;Effentora;Efexor;Elidel;Elmex;Emend;Emselex;Entyvio;Epivir;Erivedge;Ergenyl;Erwinase;Esmeron;Eucreas;Euphyllin;Eusaprim;Evista;Exforge;Ezetad;Famenita;Faslodex;
Fasturtec;Felis;Femoston;Fevarin;Flotrin;Fluanxol;Flutide;Forsteo;Fosavance;Fosrenol;Fragmin;Fraxiparin;Fumaderm;Galvus;Gardasil;Genotropin;Gilenya;Glianimon;Gynokadin;Halcion;Harvoni;Hepsera;Herzass;Hydrocutan;Ibrance;Imbruvica;Imigran;Inegy;Infectocillin;Innohep;Insidon;Invanz;
Isicom;Isoptin;Itraconazol;Jakavi;Janumet;Jinarc;Kaletra;Karvea;Katadolon;Kerlone;Kisqali;Komboglyze;Kytril;Lamisil;Lariam;Lenvima;Lendormin;Leukeran;Levitra;Lexotanil;Lioresal;Locol;Logimax;Lorzaar;Lucentis;Lumigan;Lyogen;Lynparza;Maliasin;Mareen;Marcoumar;Mavenclad;Maxalt;Mestinon;
Metalyse;Micardis;Mictonorm;Minirin;Mirapexin;Mobec;Monapax;Morphin Merck;Motilium;Mounjaro;Mucosolvan;Musaril;Myfortic;Myocholine;Naramig;Nebilet;Neulasta;Neurocil;Neurontin;Nexavar;Nimotop;Noctamid;Norfluxx;Nplate;Nurofen;Nuvaring;Ocrevus;Ofev;Olumiant;Olynth;Onbrez;Orencia;Osanit;
Otezla;Pariet;Pentasa;Perazin;Perenterol;Planum;Pravasin;Presomen;Prezista;Prograf;Propulsin;Protaxon;Pulmicort;Quensyl;Querto;Rantudil;Rapamune;Rasilez;Rebif;Reductil;Remicade;Remodulin;Renvela;Requip;Retrovir;Revlimid;Revolade;Rinvoq;Ritalin;Rivotril;Rohypnol;Rulid;Rytmonorm;Sabril;
Salagen;Sandostatin;Saxenda;Sempera;Sevikar;Simponi;Sinemet;Skyrizi;Sobelin;Solian;Solosin;Sormodren;Sotalex;Sovaldi;Spasmex;Stalevo;Stangyl;Stelara;Stivarga;Strattera;Subutex;Sutent;Synagis;Tagrisso;Taltz;Tamiflu;Tarka;Tasigna;Tasmar;Taxilan;Tecfidera;Tegretal;Telfast;Teveten;Tiklyd;
Timonil;Topamax;Toviaz;Tracleer;Trajenta;Trental;Trevicta;Triptan;Truvada;Truxal;Tygacil;Tysabri;Urbason;Urivesc;Uroxatral;Utrogest;Valdoxan;Valcyte;Valoron;Vascal;Velcade;Vendal;Verquvo;Vfend;Viread;Visudyne;Vocado;Votrient;Votum;Vyndaqel;Wegovy;Xalkori;Xanax;Xarelto;Xeljanz;Xolair;Xtandi;
Xyzal;Yasmin;Yervoy;Zantic;Zaldiar;Zelboraf;Zejula;Zeldox;Zentropil;Zinforo;Zofran;Zoladex;Zolgensma;Zomig;Zovirax;Zytiga;Zyvoxid""".replace("\n", "").split(";")
MAKERS = ["-ratiopharm", "-Hexal", "-CT", "-Stada", "-Heumann", "-Aristo", "-1A", "-AbZ", "-dura", "-biomo", "-neuraxpharm", "-Sandoz", "-TEVA"]
SALTS = ["hydrochlorid", "-HCl", "-Natrium", "-Kalium", "succinat", "tartrat", "besilat", "mesilat", "fumarat", "maleat", "acetat", "citrat", "sulfat", "phosphat"]
STEMS = ("olol", "pril", "sartan", "statin", "prazol", "azepam", "azin", "dipin", "oxacin", "tidin", "apin", "oxetin", "semid", "zosin", "caftor", "triptan", "setron", "peridol", "zepin", "profen", "fenac", "cain", "mycin", "cillin", "gliptin", "idon", "codon", "pramid", "tadin")
RELEASE = re.compile(r"^(.+?)( )(retard|ret\.|Respimat|long|ER|XR|SR)$")
FORM = re.compile(r"^(.+?)( |-)(Tropfen|Trpf\.|Pflaster|TTS|Spray|Nasenspray|Gel|Creme|Salbe|AT|Augentropfen|inhaler|patch|eye drops|cream|nasal spray)$")


def substances(folder: Path) -> list[str]:
    """English substance names of one word that have a DrugBank id and are in use."""
    path = folder / "drug-ner-vocab" / "canonical.tsv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as handle:
        rows = [row for row in csv.DictReader(handle, delimiter="\t") if row["drugbank_id"] and (row["mesh_id"] or row["medline_plus_id"] or row["nhs_url"])]
    return sorted({row["canonical"] for row in rows if re.fullmatch(r"[a-z]{5,18}", row["canonical"]) and row["canonical"] not in EVERYDAY})


def german(name: str) -> str:
    """The usual German form of an English substance name."""
    for pattern, ending in ENDINGS:
        if re.search(pattern, name):
            name = re.sub(pattern, ending, name)
            break
    return name[0].upper() + name[1:]


def variant(name: str, rng: random.Random) -> str:
    """k or z for c, f for ph, as older German spelling has it."""
    if rng.random() < 0.7:
        name = re.sub(r"c(?=[aoulr])", "k", name)
        name = re.sub(r"^C(?=[aoulr])", "K", name)
    if rng.random() < 0.7:
        name = re.sub(r"c(?=[eiyä])", "z", name)
        name = re.sub(r"^C(?=[eiy])", "Z", name)
    return name


def slip(name: str, rng: random.Random) -> str:
    """One slip of the hand inside the name."""
    places = [i for i in range(2, len(name) - 1) if name[i].isalpha() and name[i + 1].isalpha()]
    if len(name) < 7 or not places:
        return name
    i, kind = rng.choice(places), rng.randrange(4)
    if kind == 0:
        return name[:i] + name[i + 1:]
    if kind == 1:
        return name[:i] + name[i] + name[i:]
    if kind == 2:
        return name[:i] + name[i + 1] + name[i] + name[i + 2:]
    return name[:i] + {"i": "y", "y": "i", "z": "c", "c": "k", "f": "ph", "t": "d", "d": "t", "o": "a", "e": "i", "a": "e", "p": "b", "b": "p", "m": "n", "n": "m", "s": "ss"}.get(name[i], name[i]) + name[i + 1:]


def written(name: str, language: str, rng: random.Random) -> str:
    """The name as somebody writes it: mostly as it is."""
    plain = name.isalpha() and len(name) > 5
    draw = rng.random()
    if plain and draw < 0.035:
        return slip(name, rng)
    if language == "de" and plain and draw < 0.06:
        return variant(name, rng)
    if language == "de" and plain and draw < 0.08 and name.endswith(STEMS):
        return name + rng.choice(MAKERS)
    if language == "de" and plain and draw < 0.10 and name.endswith(STEMS):
        return name + rng.choice(SALTS)
    if plain and draw < 0.115:
        return name.upper()
    if plain and language == "de" and draw < 0.13:
        return name[0].lower() + name[1:]
    return name


def parted(name: str) -> tuple[str, str, str, str]:
    """Name, what joins it, dosage form, release form: ``Novalgin-Tropfen`` holds a form, ``Quetiapin retard`` a release form."""
    found = RELEASE.match(name)
    if found:
        return found.group(1), found.group(2), "", found.group(3)
    found = FORM.match(name)
    if found:
        return found.group(1), found.group(2), found.group(3), ""
    return name, "", "", ""
