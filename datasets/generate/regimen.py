"""Slots that write the parts of a medication entry: drug, strength, form, dose, frequency, route, duration, reason."""

from __future__ import annotations

from .builder import Context, Piece
from .drug_names import parted, written
from .drugs import Drug

SCHEMES = ["1-0-0", "1-0-1", "0-0-1", "1-1-1", "1-0-0-0", "1-0-1-0", "0-0-1-0", "0-0-0-1", "1-1-1-1", "0-1-0", "½-0-½", "1/2-0-0", "1/2-0-1/2", "0,5-0-1,5", "0-0-½", "2-0-2", "1 - 0 - 1",
           "1-0-½", "2-0-0", "2-2-2", "1-1/2-0", "1-1-0", "1 – 0 – 0", "1-0-2", "0-0-2", "1½-0-0", "1 0 1", "1-O-0", "1x1", "2x1", "3x1", "1 x 1", "3 x 1", "0-1-0-0", "0-0-0,5", "1-0-0,5"]
DE_FREQ = {
    "plain": ["1x tgl.", "2x tgl.", "3x tgl.", "1x täglich", "2x täglich", "3 x täglich", "einmal täglich", "zweimal täglich", "dreimal am Tag", "1x/Tag", "2x/d", "3x/Tag", "4 x tgl.", "1x tägl.",
              "morgens", "abends", "mittags", "zur Nacht", "morgens und abends", "früh", "z. N.", "alle 8 h", "alle 12 h", "alle 12 Stunden", "alle 6 Stunden", "8-stündlich", "12-stdl.", "tgl.", "täglich",
              "jeden 2. Tag", "jeden zweiten Tag", "jeden Morgen", "vor dem Schlafengen", "1 x am Tag", "1xtgl", "2xtgl.", "tägl."],
    "prn": ["bei Bedarf", "b. B.", "b.B.", "bB", "b. Bed.", "i. B.", "bei Bed.", "bei Bedarf bis 3x tgl.", "b. B. max. 4x/d", "b.B. bis zu 4x tgl.", "bei Bedarf max. 3x/Tag", "max. 4x täglich", "bis zu 3x tgl.",
            "b. B. alle 6 h", "nach Bedarf"],
    "week": ["1x wöchentlich", "1x/Woche", "1x wöchentlich (montags)", "einmal pro Woche", "jeden Montag", "jeden Mittwoch", "wöchentlich", "1 x pro Woche", "montags", "alle 7 Tage", "samstags", "1x/Wo.", "1x wö."],
    "days": ["Mo, Mi, Fr", "Mo-Fr", "Mo/Mi/Fr", "Di, Do, Sa", "montags und donnerstags", "3x/Woche", "alle 2 Tage", "2x wöchentlich", "alle 14 Tage", "1x monatlich", "alle 4 Wochen"],
    "patch": ["alle 3 Tage", "alle 72 h", "alle 72 Stunden", "alle 7 Tage", "1x wöchentlich"],
    "month": ["alle 3 Monate", "alle 6 Monate", "alle 4 Wochen", "halbjährlich", "1x/Monat", "alle 2 Wochen", "alle 3 Wochen", "q3w"],
    "cycle": ["Tag 1", "d1", "Tag 1 und 8", "d1, d8, d15", "alle 3 Wochen", "q21d", "Tag 1-3", "alle 14 Tage", "Tag 1, Wdh. Tag 22"],
    "inr": ["^nach INR", "^nach Quick", "^nach INR (Ziel 2-3)", "^lt. Marcumarpass", "^nach Plan", "^n. INR", "0-0-1", "0-0-½", "tgl.^nach INR"],
    "insulin": ["12-0-8", "18-0-0-20", "0-0-0-18", "8-6-8", "10-0-10", "^nach BZ", "^zu den Mahlzeiten", "3x tgl.^zu den Mahlzeiten", "zur Nacht", "abends", "6-6-6", "morgens", "0-0-14", "^nach Schema", "^zu den Hauptmahlzeiten"],
}
EN_FREQ = {
    "plain": ["daily", "BID", "b.i.d.", "twice daily", "TID", "t.i.d.", "QID", "once daily", "q.d.", "qd", "q12h", "q8h", "q6h", "every 8 hours", "every 12 hours", "QHS", "at bedtime", "qAM", "every morning", "nightly",
              "three times a day", "twice a day", "once a day", "q.h.s.", "every other day", "four times daily", "bid", "tid", "in the morning", "in the evening", "per day"],
    "prn": ["prn", "PRN", "as needed", "q4h prn", "q6h PRN", "every 6 hours as needed", "q4-6h prn", "as needed q8h", "p.r.n.", "every 4 to 6 hours as needed"],
    "week": ["once weekly", "weekly", "once a week", "every Monday", "every week", "q week"],
    "days": ["Mon/Wed/Fri", "every other day", "three times weekly", "twice weekly", "monthly"],
    "patch": ["every 72 hours", "q72h", "every 3 days", "every 7 days"],
    "month": ["every 3 months", "every 6 months", "monthly", "every 2 weeks", "every 4 weeks"],
    "cycle": ["every 3 weeks", "on day 1", "days 1 and 8", "every 21 days", "weekly", "q3w", "on days 1, 8 and 15"],
    "inr": ["daily", "^per INR", "^as directed", "daily^per INR"],
    "insulin": ["at bedtime", "^with meals", "QHS", "twice daily", "nightly", "every morning", "TID^with meals", "^per sliding scale", "BID^before meals"],
}
FORMS = {
    "de": {"o": ["Tbl.", "Tabl.", "Tabletten", "Tablette", "Filmtbl.", "Filmtabletten", "FTA", "Kps.", "Kapseln", "Retardtbl.", "Retardtabletten", "Drg.", "TAB", "Tbl", "Tab.", "Retardkapseln", "Hartkapseln", "magensaftresistente Tabletten"],
           "d": ["Trpf.", "Tropfen", "gtt.", "Trpf", "Tr."], "l": ["Saft", "Sirup", "Lösung", "Susp."], "p": ["Pflaster", "TTS", "transdermales Pflaster", "PFL"],
           "h": ["Dosieraerosol", "DA", "Spray", "Inhalationspulver", "Inhalator", "Novolizer", "Autohaler", "Inhal."], "v": ["Infusion", "Inf.-Lsg.", "Kurzinfusion", "Amp.", "Ampullen", "Injektionslösung", "Trockensubstanz"],
           "s": ["Fertigspritze", "FS", "Spritze", "Inj.-Lsg.", "Fertigspritzen"], "n": ["Pen", "Fertigpen", "FlexPen", "Penfill", "SoloStar"], "r": ["Supp.", "Zäpfchen", "Suppositorien"], "e": ["Augentropfen", "AT", "Augensalbe", "Augengel"],
           "t": ["Creme", "Salbe", "Gel", "Emulsion"], "f": ["Kps.", "Brausetbl.", "Btl.", "Beutel", "Granulat", "Tbl.", "Kapseln"], "c": ["Infusion", "Kurzinfusion"]},
    "en": {"o": ["tablet", "tablets", "tab", "tabs", "capsule", "capsules", "cap"], "d": ["drops"], "l": ["syrup", "suspension"], "p": ["patch", "transdermal patch"],
           "h": ["inhaler", "MDI", "HFA", "nebulizer solution", "nasal spray", "diskus"], "v": ["IVPB", "infusion", "IV solution"], "s": ["injection", "prefilled syringe", "syringe"], "n": ["pen", "vial", "KwikPen"], "r": ["suppository", "suppositories"],
           "e": ["ophthalmic solution", "eye drops"], "t": ["cream", "ointment", "gel"], "f": ["tablet", "capsule", "packet"], "c": ["infusion"]},
}
ROUTES = {
    "de": {"o": ["p.o.", "oral", "per os", "po", "p. o."], "d": ["p.o.", "oral"], "l": ["p.o."], "p": ["transdermal", "t.d."], "h": ["inhalativ", "per inhalationem", "p. i.", "inh."], "v": ["i.v.", "i. v.", "intravenös", "iv"],
           "s": ["s.c.", "subkutan", "s. c.", "sc"], "n": ["s.c.", "s. c.", "subkutan"], "r": ["rektal", "rect.", "rectal"], "e": ["in beide Augen", "bds.", "ins rechte Auge"], "t": ["lokal", "topisch", "äußerlich"], "f": ["p.o.", "oral"], "c": ["i.v."]},
    "en": {"o": ["PO", "p.o.", "by mouth", "orally", "po", "oral"], "d": ["PO"], "l": ["PO"], "p": ["transdermal", "topically"], "h": ["inhaled", "via nebulizer", "by inhalation"], "v": ["IV", "intravenously", "i.v.", "intravenous"],
           "s": ["subcutaneously", "SC", "SQ", "subq", "s.c."], "n": ["subcutaneously", "SQ", "subq"], "r": ["PR", "rectally", "per rectum"], "e": ["OU", "to both eyes", "OD"], "t": ["topically", "topical"], "f": ["PO", "by mouth"], "c": ["IV", "intravenously"]},
}
DOSES = {
    "de": {"o": ["1 Tbl.", "2 Tabletten", "1 Tablette", "½ Tbl.", "eine Tablette", "2 Kps.", "1/2 Tablette", "eine halbe Tablette", "2 Tbl.", "1 Kapsel"], "d": ["20 Tropfen", "30 Trpf.", "15 Tropfen", "40 gtt", "10 Trpf.", "20-40 Tropfen", "20 Trpf", "5 Tropfen"],
           "l": ["10 ml", "20 ml", "15ml", "1 EL", "2 Messlöffel"], "p": ["1 Pflaster", "ein Pflaster"], "h": ["2 Hübe", "1 Hub", "2 Hub", "1-2 Hübe", "zwei Hübe", "2 Sprühstöße", "1 Kps."], "v": ["1 Ampulle", "1 Amp.", "eine Kurzinfusion"],
           "s": ["1 Spritze", "1 FS", "eine Fertigspritze"], "n": ["12 IE", "6 E", "20 I.E."], "r": ["1 Supp.", "1 Zäpfchen", "ein Zäpfchen", "2 Supp."], "e": ["1 Tropfen", "1 Trpf.", "je 1 Tropfen"], "t": ["2 cm", "dünn"], "f": ["1 Beutel", "1 Btl.", "2 Kps.", "1 Brausetablette", "2 Beutel"], "c": ["150 mg", "200 mg absolut"]},
    "en": {"o": ["1 tablet", "2 tablets", "one tablet", "1 tab", "2 capsules", "half a tablet", "1/2 tablet", "one capsule", "two tablets"], "d": ["10 drops"], "l": ["10 mL", "5 ml", "2 teaspoons", "15 mL"], "p": ["1 patch", "one patch"],
           "h": ["2 puffs", "1 puff", "two puffs", "1-2 puffs", "2 sprays", "one inhalation"], "v": ["one dose", "1 dose"], "s": ["1 syringe", "one injection"], "n": ["10 units", "15 units"], "r": ["1 suppository", "one suppository"], "e": ["1 drop", "one drop"], "t": ["thin layer"],
           "f": ["1 packet", "1 tablet", "one capsule"], "c": ["120 mg", "150 mg"]},
}
DURATIONS = {
    "de": ["für 7 Tage", "für 5 Tage", "über 10 Tage", "für 2 Wochen", "für insgesamt 14 Tage", "bis {d}", "für 3 Tage", "für 6 Wochen", "x 7 Tage", "über 5 Tage", "bis einschließlich {d}", "für eine Woche", "7 Tage lang", "für weitere 4 Tage",
           "für 3 Monate", "bis zum {d}", "über 4 Wochen", "für 12 Monate", "bis zur Wiedervorstellung", "10 Tage", "für drei Tage", "bis zur Kontrolle", "bis zum Abschluss der Chemotherapie", "für 48 h", "bis zur Entlassung", "für 4 Wochen", "1 Woche lang"],
    "en": ["x 7 days", "for 7 days", "for 5 days", "for 10 days", "x 14 days", "for two weeks", "x 5 days", "for 3 months", "for 6 weeks", "x10 days", "until {d}", "for 24 hours", "for a total of 14 days", "for one week", "over 4 weeks", "for three more days"],
}
PRN_REASONS = {"de": ["Schmerzen", "Übelkeit", "Fieber", "Unruhe", "Obstipation", "Atemnot", "Schlafstörungen", "RR > 180 mmHg", "Schmerzspitzen", "Schwindel", "Juckreiz", "Krampfanfall", "Angina pectoris", "Kopfschmerzen", "Durchfall"],
               "en": ["pain", "nausea", "fever", "anxiety", "constipation", "shortness of breath", "insomnia", "wheezing", "headache", "itching", "chest pain", "agitation"]}


def drug_of(ctx: Context, key: str) -> Drug:
    """The drug that stands under a key; no drug twice in a line."""
    store = ctx.memo.setdefault("drugs", {})
    if key.endswith("b"):
        return drug_of(ctx, key[:-1])
    if key not in store:
        wanted = ctx.memo.get("kinds", "")
        drug = ctx.memo["vocabulary"].draw(ctx.rng, wanted)
        for _ in range(80):
            if drug not in store.values() and (len(drug.names) > 1 or "several" not in ctx.flags):
                break
            drug = ctx.memo["vocabulary"].draw(ctx.rng, wanted)
        store[key] = drug
    return store[key]


def lang(ctx: Context) -> str:
    """The language of the line."""
    return ctx.memo["language"]


def slot_drug(ctx: Context, key: str, arg: str) -> list[Piece]:
    """The name of the drug; sometimes with brand or substance in brackets, as a second mention."""
    drug = drug_of(ctx, key)
    used = ctx.memo.setdefault("names", {})
    fresh = [name for name in drug.names if name not in used.values()] or list(drug.names)
    name = used.setdefault(key, ctx.one(fresh))
    name, joint, form, release = parted(name)
    name = written(name, lang(ctx), ctx.rng)
    if drug.kind == "o" and not (joint or arg) and ctx.chance(0.03):
        joint, release = " ", ctx.one(["retard", "ret.", "ret", "Retard"] if lang(ctx) == "de" else ["ER", "XR", "SR"])
    if lang(ctx) == "en" and arg == "cap":
        name = name[0].upper() + name[1:]
    pieces = [ctx.tagged("Drug", name, key)]
    if lang(ctx) == "de" and ctx.chance(0.03):
        pieces.append(Piece("®"))
    if form:
        pieces += [Piece(joint), ctx.tagged("Form", form, key)]
    elif release:
        pieces += [Piece(joint + release)]
    return pieces


def slot_strength(ctx: Context, key: str, arg: str) -> list[Piece]:
    """The strength in one of its spellings; for infusions by surface or weight it is the dose."""
    drug = drug_of(ctx, key)
    text = ctx.one(drug.strengths)
    shape = ctx.weighted({"same": 70, "tight": 22, "caps": 2, "wide": 1})
    if shape == "tight":
        text = text.replace(" mg", "mg").replace(" µg", "µg").replace(" g", "g").replace(" IE", "IE").replace(" mcg", "mcg")
    elif shape == "caps":
        text = text.replace("mg", "MG")
    elif shape == "wide":
        text = text.replace("/", " / ")
    if lang(ctx) == "de" and drug.kind == "o" and ctx.chance(0.05):
        text = text.replace(" mg", "").replace("mg", "")
    label = "Dose" if drug.kind == "c" or text.endswith(("ml", "mL")) and "/" not in text or any(unit in text for unit in ("/m²", "/m2", "/kg", "AUC")) else "Strength"
    return [ctx.tagged(label, text, key)]


def slot_form(ctx: Context, key: str, arg: str) -> list[Piece]:
    """The dosage form."""
    kind = drug_of(ctx, key).kind
    if parted(ctx.memo.get("names", {}).get(key, ""))[2]:
        return []
    return [ctx.tagged("Form", ctx.one(FORMS[lang(ctx)][{"w": "o", "a": "o", "k": "o"}.get(kind, kind)]), key)]


def slot_route(ctx: Context, key: str, arg: str) -> list[Piece]:
    """The route."""
    kind = drug_of(ctx, key).kind
    return [ctx.tagged("Route", ctx.one(ROUTES[lang(ctx)][{"w": "o", "a": "o", "k": "o"}.get(kind, kind)]), key)]


def slot_dose(ctx: Context, key: str, arg: str) -> list[Piece]:
    """How much is taken at once."""
    kind = drug_of(ctx, key).kind
    return [ctx.tagged("Strength" if kind == "n" else "Dose", ctx.one(DOSES[lang(ctx)][{"w": "o", "a": "o", "k": "o"}.get(kind, kind)]), key)]


def frequency_text(ctx: Context, kind: str, style: str) -> str:
    """A schedule that fits the kind of drug."""
    table = DE_FREQ if lang(ctx) == "de" else EN_FREQ
    if style in table:
        return ctx.one(table[style])
    special = {"w": "week", "p": "patch", "k": "inr", "c": "cycle", "n": "insulin"}.get(kind)
    if special and ctx.chance(0.85):
        return ctx.one(table[special])
    if kind == "s" and ctx.chance(0.3):
        return ctx.one(table["month"])
    if ctx.chance(0.05):
        return ctx.one(table["days"])
    if ctx.chance(0.1):
        return ctx.one(table["prn"])
    if lang(ctx) == "de" and kind in "oadhfets" and style != "words" and ctx.chance(0.62):
        return ctx.one(SCHEMES)
    return ctx.one(table["plain"])


def slot_frequency(ctx: Context, key: str, arg: str) -> list[Piece]:
    """The schedule; ``arg`` may name a style (prn, week, words)."""
    said, rule, after = frequency_text(ctx, drug_of(ctx, key).kind, arg).partition("^")
    return ([ctx.tagged("Frequency", said.strip(), key)] if said.strip() else []) + ([Piece((" " if said.strip() else "") + after)] if rule else [])


def slot_duration(ctx: Context, key: str, arg: str) -> list[Piece]:
    """How long."""
    day = f"{ctx.rng.randint(1, 28):02}.{ctx.rng.randint(1, 12):02}." + ctx.one(["", "", str(ctx.rng.randint(2012, 2026))])
    if lang(ctx) == "en":
        day = ctx.one(["Friday", "follow-up", f"{ctx.rng.randint(1, 12)}/{ctx.rng.randint(1, 28)}"])
    text = ctx.one(DURATIONS[lang(ctx)]).replace("{d}", day)
    return [ctx.tagged("Duration", text.rstrip("."), key), Piece("." if text.endswith(".") else "")]


def slot_reason(ctx: Context, key: str, arg: str) -> list[Piece]:
    """The condition it is given for."""
    ctx.flags.add("reason")
    options = PRN_REASONS[lang(ctx)] if arg == "prn" else drug_of(ctx, key).reasons
    return [ctx.tagged("Reason", ctx.one(options), key)]


ENTRIES = {
    "de": ["{d} {s} {q}", "{d} {s} {q}", "{d} {s} {q}", "{d} {s} {q}", "{d} {s} {f} {q}", "{d} {s} {r} {q}", "{d} {f} {s} {q}", "{d} {s} {q} {r}", "{d} {q}", "{d} {s}", "{d} {s}, {q}", "{d} {s} ({q})", "{d}, {s}, {q}", "{d} {s} {f} {r} {q}",
           "{d} {s}: {q}", "{d}: {s} {q}", "{d} - {s} {q}", "{d} {s} {q} {re:b}", "{d} {s} {f}, {q}", "{d} {q:words} {s}", "{d} {s} {f}", "{d} {do} {q:words}", "{d} {s} {f} {do} {q:words}", "{d} {s} {q} {du}", "{d} ({s}) {q}", "{q} {d} {s}", "{d}  {s}  {q}",
           "{d} {s} {q}, {du}", "{d} {s} {r}, {q}"],
    "en": ["{d} {s} {r} {q}", "{d} {s} {r} {q}", "{d} {s} {q}", "{d} {s} {q}", "{d} {s} {f} {q}", "{d} {s} {f}, {do} {r} {q}", "{d} {s}, {do} {q}", "{d} {do} {q}", "{d} {s} {r} {q} for {re}", "{d} {s} {r} {q} {du}", "{d} {s}", "{d} {q}",
           "{d} {s}, {q}", "{d} {s} {r}, {q}", "{d} ({s}) {q}", "{d} - {s} {q}", "{do} {d} {q}", "{s} {d} {q}", "{d} {s} {f} {r} {q} {du}", "{d} {s} {q} for {re}", "{d} {s} {q:prn} for {re:prn}"],
}
SPECIAL = {
    ("de", "p"): ["{d} {s} {q}", "{d} {s} {f} {q}", "{d} {s}, {q}", "{d} {s}"], ("de", "d"): ["{d} {do} {q:words}", "{d} {s} {do} {q:words}", "{d} {q:words} {do}", "{d} {do} {q:prn}", "{d} {do} {q:prn} bei {re:prn}", "{d} {x3}{do}"],
    ("de", "n"): ["{d} {s} {q}", "{d} {s} {r} {q}", "{d} {q}", "{d} {f} {s} {q}", "{d} {s} {r}", "{d} 100 {unit}", "{d} {q} {unit2}"], ("de", "h"): ["{d} {do} {q:words}", "{d} {s} {do} {q:words}", "{d} {s} {f} {q}", "{d} {f} {do} {q:prn}", "{d} {do} {q:prn} bei {re:prn}", "{d} {s} {q}"],
    ("de", "v"): ["{d} {s} {r} {q:words}", "{d} {s} {r} {q:words} {du}", "{d} {s} {q:words}", "{d} {x3} {s} {r}", "{d} {s} {r}", "{d} {x3} {s} {r} {du}"], ("de", "k"): ["{d} {q}", "{d} {s} {q}", "{d} {q}"],
    ("de", "c"): ["{d} {s} {q}", "{d} {s} {r} {q}", "{d} {s}", "{d} ({s}) {q}", "{d} {s} {r}, {q}"], ("de", "w"): ["{d} {s} {r} {q}", "{d} {s} {q}", "{d} {s} {f} {q}"], ("de", "f"): ["{d} {s} {q}", "{d} {do} {q:words}", "{d} {q}", "{d} {do} {q}"],
    ("de", "l"): ["{d} {do} {q:words}", "{d} {f} {do} {q:words}", "{d} {x3}{do}", "{d} {s} {q}"], ("de", "e"): ["{d} {q}", "{d} {s} {q}", "{d} {s} {do} {q:words} {r}", "{d} {f} {q} {r}"], ("de", "t"): ["{d} {q:words}", "{d} {s} {q:words} {r}", "{d} {r} {q:words}"],
    ("de", "a"): ["{d} {s} {q} {du}", "{d} {s} {r} {q} {du}", "{d} {s} {q}", "{d} {s} {f} {q}", "{d} {x3} {s} {du}", "{d} {s} {r} {q}"], ("de", "r"): ["{d} {s} {f} {q}", "{d} {f} {s} {r} {q}", "{d} {s} {r} {q:prn}", "{d} {do} {r}", "{d} {f} {do} {q:prn}"], ("de", "s"): ["{d} {s} {r} {q}", "{d} {s} {q}", "{d} {s} {r}", "{d} {s} {f} {r} {q}"],
    ("en", "h"): ["{d} {do} {q}", "{d} {do} {q:prn}", "{d} {do} {q:prn} for {re:prn}", "{d} {s} {f} {do} {q}", "{d} {s} {do} {r} {q}"], ("en", "v"): ["{d} {s} {r} {q:words}", "{d} {s} {r} {q:words} {du}", "{d} {s} {r}"],
    ("en", "n"): ["{d} {s} {q}", "{d} {s} {r} {q}", "{s} of {d} {q}"], ("en", "c"): ["{d} {s} {r} {q}", "{d} {s} {q}", "{d} at {s} {q}"], ("en", "a"): ["{d} {s} {r} {q} {du}", "{d} {s} {q} {du}", "{d} {s} {r} {q}", "{d} {s} {q} {du} for {re}"],
    ("en", "r"): ["{d} {s} {f} {r} {q}", "{d} {s} {r} {q:prn}", "{d} {do} {r} {q}"], ("en", "t"): ["{d} {r} {q}", "{d} {s} {r} {q}"], ("en", "e"): ["{d} {s} {do} {r} {q}", "{d} {do} {q}"], ("en", "f"): ["{d} {s} {r} {q}", "{d} {s} {q}", "{d} {do} {q}"],
}
SHORT = {"d": "drug", "s": "strength", "f": "form", "q": "freq", "r": "route", "do": "dose", "du": "duration", "re": "reason", "x3": "times"}


def slot_times(ctx: Context, key: str, arg: str) -> list[Piece]:
    """The "3x" before an amount."""
    return [ctx.tagged("Frequency", ctx.one(["3x", "2x", "4x", "3 x", "1x"] + (["bis zu 3x", "tgl. 3x"] if lang(ctx) == "de" else [])), key)]


def slot_entry(ctx: Context, key: str, arg: str) -> list[Piece]:
    """A whole entry; its parts share a fresh key."""
    ctx.memo["entry"] = ctx.memo.get("entry", 0) + 1
    key = key or f"e{ctx.memo['entry']}"
    kind = drug_of(ctx, key).kind
    options = SPECIAL.get((lang(ctx), kind))
    template = ctx.one(options) if options and ctx.chance(0.85) else ctx.one(ENTRIES[lang(ctx)])
    template = template.replace("{re:b}", ctx.one(["bei {re}", "wegen {re}", "({re})", "bei {re}", "gegen {re}"]))
    template = template.replace("{d} 100 {unit}", "{d} {Strength#K=100 <IE|E|I.E.>/ml} {Dose#K=<4|8|12|20> <IE|E|I.E.>} {q}").replace("{q} {unit2}", "{Frequency#K=<6-8-6|8-0-12|12-0-0-10|0-0-0-22>} <IE|E|I.E.>")
    template = template.replace("#K=", f"#{key}=")
    for short, long in SHORT.items():
        template = template.replace("{" + short + "}", "{" + f"{long}#{key}" + "}").replace("{" + short + ":", "{" + f"{long}#{key}:")
    return ctx.expand(template)


def slot_kinds(ctx: Context, key: str, arg: str) -> str:
    """Keeps the drugs of the line to some kinds."""
    ctx.memo["kinds"] = arg
    return ""


SLOTS = {"kinds": slot_kinds, "drug": slot_drug, "strength": slot_strength, "form": slot_form, "route": slot_route, "dose": slot_dose, "freq": slot_frequency, "duration": slot_duration, "reason": slot_reason, "times": slot_times, "med": slot_entry}
