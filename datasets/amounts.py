"""What a regimen of the gold amounts to: units, routes, times a day, the four doses, and the daily amount where it is plain arithmetic.

For `annotate.py`. Not the engine's grammar: gold is derived from marks, and what this does not understand is stated by hand there.
"""

import re

ROUTES = [
    (r"p\. ?o\.|per os|oral|orally|by mouth|peroral|po", "oral"), (r"i\. ?v\.|intravenös|intravenously|intravenous|iv", "intravenous"),
    (r"s\. ?c\.|subkutan|subcutaneously|subcutaneous|sc|sq", "subcutaneous"), (r"i\. ?m\.|intramuskulär|intramuscularly|intramuscular|im", "intramuscular"),
    (r"inhalativ|inhaled|nebulised|inh\.|p\. ?i\.", "inhalation"), (r"transdermal|transdermally|auf die Haut", "transdermal"),
    (r"sublingual|s\. ?l\.|sl", "sublingual"), (r"topisch|topically|topical|lokal", "topical"), (r"rektal|rectally", "rectal"),
    (r"nasal|intranasal", "nasal"), (r"in both eyes|both eyes|beide Augen|bds\.|(?:ins )?rechtes? Auge|(?:ins )?linkes? Auge|ophthalmic", "ophthalmic"), (r"intravesikal|intravesical", "intravesical"),
    (r"subcut|s/c", "subcutaneous"), (r"left eye|right eye|ou", "ophthalmic"), (r"pr", "rectal"),
]
UNITS = {"micrograms": "µg", "E": "IU", "E/ml": "IU/ml", "IE": "IU", "I.E.": "IU", "units": "IU", "mcg": "µg", "ug": "µg", "IE/ml": "IU/ml", "mcg/h": "µg/h", "ug/h": "µg/h", "mcg/hr": "µg/h"}
STRENGTH_UNITS = ("mg g µg mcg micrograms ug IE I.E. IU units E ml mmol mval mEq µg/h mcg/h mcg/hr IE/ml IU/ml E/ml mg/ml mg/g % mg/m² mg/kg g/m² mg/h".split()
                  + ["Mio. IE", "mg/24 h"])
ONCE = (r"morgens|mittags|abends|zur Nacht|nachts|1x/d|1 ?x ?(?:tgl\.|täglich)|once daily|daily|at bedtime|at night|nightly|every morning|"
        r"every evening|einmal täglich|in the morning|every 24 hours|alle 24 h|per day|once a day|täglich|in the evening|tgl\.|qd|q24h|qhs|qam|qpm|nocte")
PER_DAY = [
    (rf"(?:{ONCE})", 1), (r"(?:twice daily|twice a day|every 12 hours|zweimal täglich|alle 12 h|alle 12 Stunden|q12h|BID|BD|morgens und abends|8 und 20 Uhr)", 2),
    (r"(?:three times daily|three times a day|every 8 hours|dreimal täglich|alle 8 h|alle 8 Stunden|q8h|TID|TDS)", 3),
    (r"(?:four times daily|four times a day|every 6 hours|viermal täglich|alle 6 h|alle 6 Stunden|q6h|QID|QDS)", 4),
]
PRN = r"bei Bedarf|nach Bedarf|b\. ?B\.|b\. ?Bed\.|bei Schmerzen|bei Atemnot|as needed|prn|PRN"


class Wrong(Exception):
    """A source that breaks a rule; the message says where."""


def number(text):
    """`2,5` and `1.000` as Germans write them, `2.5` and `1,000` as the English do, `1/2` and `½`."""
    text = text.strip()
    if text in ("½", "1/2"):
        return 0.5
    if text.startswith("1 1/2") or text == "1½":
        return 1.5
    if re.fullmatch(r"\d{1,3}([.,]\d{3})+", text) and not text.startswith("0"):
        text = re.sub(r"[.,]", "", text)
    value = float(text.replace(",", "."))
    return int(value) if value == int(value) else value


def amount(text):
    """`2,5 mg` -> (2.5, 'mg'), a bare `75` -> (75, None); None for a combination such as `875/125 mg`."""
    found = re.fullmatch(rf"([\d.,]+)(?: ?({'|'.join(map(re.escape, STRENGTH_UNITS))}))?", text, re.I)
    if not found:
        return None
    unit = next((unit for unit in STRENGTH_UNITS if found[2] and unit.lower() == found[2].lower()), None)
    return number(found[1]), UNITS.get(unit, unit)


def times_a_day(frequency):
    for pattern, times in PER_DAY:
        if re.fullmatch(pattern, frequency, re.I):
            return times
    found = re.fullmatch(r"(\d) ?(?:x|×|mal) ?(?:tgl\.?|täglich|/d|/Tag|am Tag|pro Tag|daily|1)(?: abends| morgens)?", frequency)
    return int(found[1]) if found else None


def scheme(frequency):
    """`1-0-1`, `0,5-0-1,5-0`, `1 | 0 | 1/2 | 0`, `1  0  0  1` -> the four doses."""
    piece = r"(?:\d+(?:[.,]\d+)?|1/2|½|1½|1 1/2)"
    gap = r"(?: ?[-–|] ?| +)"
    found = re.fullmatch(rf"({piece}){gap}({piece}){gap}({piece})(?:{gap}({piece}))?", frequency)
    if not found:
        return None
    return [number(group) if group else 0 for group in found.groups()]


def round_value(value):
    value = round(value, 6)
    return int(value) if value == int(value) else value


def medication_row(drug, attributes, inn):
    """What is stated about one drug mention, and the daily amount where it is plain arithmetic."""
    row = {"drug": drug["text"]}
    if inn != "-":
        row["inn"] = inn
    first = {}
    for label, text in attributes:
        first.setdefault(label, []).append(text)
    strength = amount(first["Strength"][0]) if "Strength" in first else None
    if strength:
        row["strength_value"], row["strength_unit"] = strength
    if "Form" in first:
        row["form"] = first["Form"][0]
    if "Route" in first:
        route = next((name for pattern, name in ROUTES if re.fullmatch(pattern, first["Route"][0], re.I)), None)
        if not route:
            raise Wrong(f"no route for {first['Route'][0]!r}")
        row["route"] = route
    frequencies = first.get("Frequency", [])
    if frequencies:
        row["schedule"] = "; ".join(frequencies)
    doses = next((found for found in map(scheme, frequencies) if found), None)
    if doses:
        row["doses"] = doses
    prn = any(re.search(PRN, text) for text in frequencies)
    a_day = sum(doses) if doses else next((times for times in map(times_a_day, frequencies) if times), None)
    at_once = 1
    if "Dose" in first:
        found = re.fullmatch(r"(\d+|½|1/2|one|two|eine|zwei) (?:Tabletten|Tablette|Tbl\.|Kapsel|Kapseln|Hub|Hübe|puffs|puff|tablets|tablet|capsules|capsule|sprays)", first["Dose"][0])
        words = {"one": 1, "eine": 1, "two": 2, "zwei": 2}
        at_once = (words.get(found[1]) or number(found[1])) if found else None
    if strength and a_day and at_once and not prn and strength[1] in ("mg", "g", "µg", "IU"):
        row["daily_value"], row["daily_unit"] = round_value(strength[0] * a_day * at_once), strength[1]
    if prn:
        row["prn"] = True
    if "Duration" in first:
        row["duration"] = first["Duration"][0]
    if "Reason" in first:
        row["indication"] = first["Reason"][0]
    row["status"] = "active"
    return row
