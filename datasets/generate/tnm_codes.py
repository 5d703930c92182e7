"""Slots that write single TNM components and whole codes in the styles found in reports."""

from __future__ import annotations

from .builder import Context, Piece

PREFIX = {"p": 50, "": 16, "c": 10, "yp": 7, "yc": 2, "rp": 3, "ryp": 1, "yrp": 1, "rc": 1, "r": 1, "u": 1, "ap": 1, "mp": 1, "up": 0.5, "rcp": 0.2, "ypr": 0.2, "cp": 0.2}
T_VALUES = {
    "X": 3, "0": 4, "is": 6, "a": 2, "1": 10, "1a": 7, "1b": 6, "1c": 7, "1mi": 2, "1a1": 1, "1a2": 1, "1b1": 2, "1b2": 1, "1c1": 1, "1c2": 1, "1c3": 1, "1d": 0.5,
    "2": 14, "2a": 7, "2b": 5, "2c": 5, "2d": 0.5, "2a1": 1, "2a2": 1, "3": 16, "3a": 7, "3b": 6, "3c": 3, "3d": 0.5, "3e": 0.5, "4": 5, "4a": 5, "4b": 4,
    "4c": 1, "4d": 1.5, "4e": 0.3,
}
RANGES = ["2-3", "1-2", "3-4", "2-4", "3/4", "2/3", "1/2", "1a/b", "2a/b", "3a/b", "1a-b", "2a-2b", "3a/4", "2–3", "≥2", "3(-4)"]
N_VALUES = {"0": 38, "1": 15, "1a": 8, "1b": 5, "1c": 3, "1mi": 3, "2": 9, "2a": 6, "2b": 5, "2c": 2, "3": 4, "3a": 3, "3b": 2, "3c": 1, "X": 8, "+": 3, "1b1": 0.3, "1-2": 1, "X/0": 0.3}
N_TAILS = {"": 80, "(sn)": 9, "(i-)": 3, "(i+)": 3, "(mol-)": 1, "(mol+)": 1, "(i-)(sn)": 0.7, " (sn)": 2, "sn": 0.7, "(f)": 0.5}
M_VALUES = {"0": 45, "X": 26, "1": 12, "1a": 6, "1b": 5, "1c": 3, "1d": 0.6, "0(i+)": 0.8, "1 (HEP)": 1.5, "1(PUL)": 1, "1 (OSS)": 1, "1a (PER)": 0.5, "1d(1)": 0.2}
T_TAILS = {"": 88, "(m)": 4, "(m2)": 0.8, "(2)": 1, "(3)": 0.7, " (m)": 2.5, "(is)": 0.7, "(m, is)": 0.3, "(m,is)": 0.2, "m": 0.3, "(m3)": 0.3}
MULTIPLE = ["(m)", "(m)", "(m)", " (m)", " (m)", "(m2)", "(2)", "(3)", "(m3)", " (2)"]
IS_TAILS = ["(DCIS)", "(LCIS)", "(Paget)", "(LAMN)", "", "", " (DCIS)", "(pu)", "(pd)"]
STAGES = ["0", "0a", "0is", "I", "IA", "IA1", "IA2", "IA3", "IB", "IB1", "IB2", "IC", "IS", "II", "IIA", "IIB", "IIC", "III", "IIIA", "IIIB", "IIIC", "IIID", "IIIA1", "IIIC1", "IV", "IVA", "IVB", "IVC"]
FIGO = ["I", "IA", "IA1", "IA2", "IB", "IB1", "IB2", "IB3", "IC", "IC1", "IC3", "II", "IIA", "IIA1", "IIB", "III", "IIIA", "IIIB", "IIIC", "IIIC1", "IIIC2", "IVA", "IVB", "IC2", "IIA2", "IIIA1(ii)"]
ANN_ARBOR = ["I", "IA", "IB", "IE", "IIA", "IIB", "IIE", "IIAE", "IIIA", "IIIB", "IIIS", "IIISB", "IVA", "IVB", "IV", "II", "III", "IEA", "IV B", "II A"]
ARABIC = ["1", "2", "2A", "3", "3B", "4", "1a", "2b", "3c"]
ED_DE = ["{n}. Auflage", "{n}. Aufl.", "{n}. Auflage", "{n}. Auflage", "UICC {y}", "TNM {n}", "TNM {y}", "{n}. Ed.", "{n}. Edition", "TNM{n}", "UICC {n}", "FIGO {f}", "AJCC {y}"]
ED_EN = ["{n}th ed.", "{n}th edition", "{n}th Edition", "{n}th Ed.", "AJCC {y}", "UICC {y}", "TNM {n}", "AJCC {n}", "{n}th ed", "Eighth Edition", "Seventh Edition", "sixth edition", "FIGO {f}", "AJCC8", "TNM8", "Version {n}"]
YEARS = {"5": "1997", "6": "2002", "7": "2010", "8": "2017", "9": "2024"}
SEPARATORS = {" ": 40, ", ": 30, "; ": 3, " / ": 2, "/": 1, "": 14, "\n": 3, " - ": 1, ",": 3, ". ": 1.5, " , ": 1, " | ": 0.5, "  ": 2, "\t": 0.7}


class Style:
    """How one report writes its components."""

    def __init__(self, ctx: Context):
        self.prefix = ctx.weighted(PREFIX)
        self.n_prefix = self.prefix if ctx.chance(0.8) else ctx.one(["p", "c", "", "p"])
        self.m_prefix = ctx.one([self.prefix, "c", "", "p" if "p" in self.prefix else "c"])
        self.gap = ctx.weighted({"": 86, "value": 6, "all": 2, "prefix": 3, "dash": 1, "bracket": 1, "letter": 2})
        self.ocr = ctx.chance(0.17 if ctx.memo.get("language") == "en" else 0.07)
        self.small_x = ctx.chance(0.35)
        self.upper = ctx.chance(0.03)


def style(ctx: Context) -> Style:
    """The style of the line, drawn once."""
    if "style" not in ctx.memo:
        ctx.memo["style"] = Style(ctx)
    return ctx.memo["style"]


def scan(ctx: Context, value: str) -> str:
    """Zero as the letter O and one as l or I, where the line is a scanned one."""
    if not style(ctx).ocr or not value:
        return value
    if value[0] == "0" and ctx.chance(0.85):
        value = ctx.one(["O", "O", "O", "o"]) + value[1:]
    elif value == "X" and ctx.chance(0.1):
        value = ctx.one("Zx%")
    elif value[0] == "1" and ctx.chance(0.4):
        value = ctx.one("lI") + value[1:]
    return value


def write(ctx: Context, prefix: str, letter: str, value: str, tail: str = "") -> str:
    """Joins a component in the style of the line."""
    s = style(ctx)
    if value == "X" and s.small_x:
        value = "x"
    value = scan(ctx, value)
    gap = s.gap
    if gap == "all" and prefix:
        text = f"{prefix} {letter} {value}"
    elif gap in ("value", "all"):
        text = f"{prefix}{letter} {value}"
    elif gap == "prefix" and prefix:
        text = f"{prefix} {letter}{value}"
    elif gap == "dash" and value[0].isdigit():
        text = f"{prefix}{letter}-{value}"
    elif gap == "bracket" and prefix:
        text = f"({prefix}){letter}{value}"
    elif gap == "letter" and len(value) > 1 and value[0].isalnum() and value[1] in "abcd":
        text = f"{prefix}{letter}{value[0]} {value[1:]}"
    else:
        text = f"{prefix}{letter}{value}"
    text += tail
    return text.upper() if s.upper else text


def slot_t(ctx: Context, key: str, arg: str) -> list[Piece]:
    """A T component; ``arg`` fixes the prefix (``-`` for none)."""
    prefix = style(ctx).prefix if not arg else arg.replace("-", "")
    if arg.endswith("+"):
        prefix, value, tail = style(ctx).prefix, ctx.one(["1", "1a", "1b", "1c", "2", "2", "2a", "3", "3a", "4"]), ctx.one(MULTIPLE)
    elif ctx.chance(0.05):
        value, tail = ctx.one(RANGES), ""
    else:
        value = ctx.weighted(T_VALUES)
        tail = ctx.one(IS_TAILS) if value == "is" else ctx.weighted(T_TAILS)
    return [ctx.tagged("T", write(ctx, prefix, "T", value, tail))]


def slot_n(ctx: Context, key: str, arg: str) -> list[Piece]:
    """An N component."""
    prefix = style(ctx).n_prefix if not arg else arg.replace("-", "")
    value = ctx.weighted(N_VALUES)
    ctx.memo["n_value"] = value
    return [ctx.tagged("N", write(ctx, prefix, "N", value, "" if value in "+X" else ctx.weighted(N_TAILS)))]


def slot_m(ctx: Context, key: str, arg: str) -> list[Piece]:
    """An M component."""
    prefix = style(ctx).m_prefix if not arg else arg.replace("-", "")
    return [ctx.tagged("M", write(ctx, prefix, "M", ctx.weighted(M_VALUES)))]


def simple(label: str, letter: str, values: dict):
    """A slot for a component without a prefix."""
    def slot(ctx: Context, key: str, arg: str) -> list[Piece]:
        value = ctx.weighted(values)
        s = style(ctx)
        if value == "X" and s.small_x:
            value = "x"
        prefix = s.prefix if label != "G" and s.prefix and ctx.chance(0.03) else ""
        gap = " " if (s.gap in ("value", "all") and ctx.chance(0.6)) or ctx.chance(0.02) else ""
        return [ctx.tagged(label, f"{prefix}{letter}{gap}{scan(ctx, value)}")]
    return slot


GRADES = {"1": 18, "2": 40, "3": 30, "4": 3, "X": 2, "1-2": 3, "2-3": 5, "3-4": 2, "II": 1, "III": 1, "I": 0.5}


def slot_g(ctx: Context, key: str, arg: str) -> list[Piece]:
    """A grade with its letter."""
    value = ctx.weighted(GRADES)
    text = ctx.one(["G-", "G"]) + value if value.strip("I") == "" else "G" + ctx.one(["", "", "", "", " ", "."]) + scan(ctx, value)
    if ctx.chance(0.02):
        text = ctx.one(["GX", "Gx", "G low", "G high", "GL", "GH", "GB"])
    return [ctx.tagged("G", text)]


def slot_grade_value(ctx: Context, key: str, arg: str) -> list[Piece]:
    """The bare value behind "Grading:"."""
    value = ctx.weighted({"1": 15, "2": 35, "3": 28, "I": 5, "II": 9, "III": 8, "4": 1, "2-3": 2, "G1": 5, "G2": 12, "G3": 9, "low": 2 if arg else 0.3, "high": 3 if arg else 0.3})
    return [ctx.tagged("G", value)]


def slot_grade_word(ctx: Context, key: str, arg: str) -> list[Piece]:
    """A grade said with its word."""
    options = (["Grad 1", "Grad 2", "Grad 3", "Grad II", "Grad III", "low grade", "high grade", "high-grade", "low-grade", "Malignitätsgrad 2", "Malignitätsgrad III"]
               if ctx.memo["language"] == "de" else
               ["grade 1", "grade 2", "grade 3", "Grade 2", "Grade 3", "high histological grade", "low histologic grade", "GRADE IS 4", "Grade is 2", "grade II", "Grade III", "grade I", "high grade", "low grade", "High grade", "Low grade", "grade 2-3", "grade 1-2", "Grade II-III"])
    return [ctx.tagged("G", ctx.one(options))]


def stage_slot(values: list[str], english_arabic: bool = False):
    """A slot for a stage group value."""
    def slot(ctx: Context, key: str, arg: str) -> list[Piece]:
        pool = ARABIC if (english_arabic and ctx.chance(0.12)) else values
        value = ctx.one(pool)
        if len(value) > 1 and value[0] == "I" and value[-1] in "ABC":
            shape = ctx.weighted({"same": 78, "small": 12, "gap": 5, "gapsmall": 3})
            head, last = value[:-1], value[-1]
            value = {"same": value, "small": head + last.lower(), "gap": f"{head} {last}", "gapsmall": f"{head} {last.lower()}"}[shape]
        if style(ctx).ocr and value.startswith("I") and ctx.chance(0.5):
            count = len(value) - len(value.lstrip("I"))
            value = "".join(ctx.one("Il1i") for _ in range(count)) + value[count:]
        return [ctx.tagged("Stage", value)]
    return slot


def node_count(ctx: Context) -> tuple[int, int]:
    """Affected and examined nodes that go with the N of the line."""
    examined = ctx.rng.choice([1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25, 27, 29, 32, 36, 41, 54, 77])
    affected = 0 if ctx.memo.get("n_value", "0")[0] in "0X" and ctx.chance(0.9) else ctx.rng.randint(0 if ctx.chance(0.2) else 1, min(examined, 12))
    return affected, examined


def slot_nodes(ctx: Context, key: str, arg: str) -> list[Piece]:
    """A node count such as 2/14."""
    affected, examined = node_count(ctx)
    sep = ctx.one(["/", "/", "/", "/", "/", "/", "/", " / "])
    left = "O" if affected == 0 and style(ctx).ocr and ctx.chance(0.2) else ("0" + str(affected) if affected < 10 and ctx.chance(0.02) else str(affected))
    if style(ctx).ocr and ctx.chance(0.15):
        sep = ctx.one(["I", "l", "1", "|"])
    return [ctx.tagged("Nodes", f"{left}{sep}{examined}")]


def slot_of(ctx: Context, key: str, arg: str) -> list[Piece]:
    """A node count in words or with "of"."""
    affected, examined = node_count(ctx)
    if ctx.memo["language"] == "de":
        words = ["keinem", "einem", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"]
        options = [f"{affected} von {examined}", f"{affected}/{examined}", f"{affected} von insgesamt {examined}"]
        if 1 <= affected <= 12:
            options.append(f"{words[affected]} von {examined}")
    else:
        words = ["none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"]
        options = [f"{affected} of {examined}", f"{affected}/{examined}", f"{affected} out of {examined}", f"{words[affected]} of {examined}"]
        if examined <= 12:
            options += [f"{words[affected]} of {words[examined]}", f"{words[affected]} ({affected}) of {words[examined]} ({examined})", f"{words[affected]} of {words[examined]} ({examined})"]
    return [ctx.tagged("Nodes", ctx.one(options))]


def slot_edition(ctx: Context, key: str, arg: str) -> list[Piece]:
    """The edition of the classification; ``n`` asks for a numbered one."""
    number = ctx.weighted({"5": 3, "6": 10, "7": 35, "8": 48, "9": 2})
    forms = ED_DE if ctx.memo["language"] == "de" else ED_EN
    if arg == "n":
        forms = ["{n}. Auflage", "{n}. Auflage", "{n}. Aufl.", "{n}. Ed.", "{n}.Aufl.", "{n}. Edition"] if ctx.memo["language"] == "de" else forms[:4]
    ctx.memo["edition_year"] = YEARS[number]
    form = ctx.one(forms)
    text = form.replace("{n}", number).replace("{y}", YEARS[number] if ctx.chance(0.9) else "2016").replace("{f}", ctx.one(["2009", "2014", "2018", "2023", "2008"]))
    return [ctx.tagged("Edition", text)]


def slot_gleason(ctx: Context, key: str, arg: str) -> list[Piece]:
    """Primary plus secondary pattern, with or without the sum."""
    a, b = ctx.one([(3, 3), (3, 4), (3, 4), (4, 3), (4, 3), (4, 4), (4, 5), (5, 4), (5, 5), (3, 5)])
    gap = ctx.one(["", "", "", " "])
    text = f"{a}{gap}+{gap}{b}"
    if ctx.chance(0.6):
        text += f"{gap}={gap}{a + b}" + ({(3, 4): "a", (4, 3): "b"}.get((a, b), "") if ctx.chance(0.25) else "")
    return [ctx.tagged("Gleason", text)]


def slot_gleason_sum(ctx: Context, key: str, arg: str) -> list[Piece]:
    """The bare sum."""
    return [ctx.tagged("Gleason", ctx.one(["6", "7", "7a", "7b", "8", "9", "10"]))]


def nodes_tail(ctx: Context) -> list[Piece]:
    """A bracketed node count as it follows an N."""
    de = ctx.memo["language"] == "de"
    shapes = {" ({nodes})": 50, "({nodes})": 20, " {nodes}": 3, " [{nodes}]": 2, " ({nodes} sn)": 2, "({nodes}sn)": 1.5}
    shapes |= ({" ({nodes} LK)": 8, " ({nodes} Lymphknoten)": 2, " ({nodes}, max. {cm} cm)": 2, " ({nodes}, ECE-)": 1, " (LK {nodes})": 1}
               if de else {" ({nodes} nodes)": 4, " ({nodes} LNs)": 2, " ({of} nodes)": 3})
    return ctx.expand(ctx.weighted(shapes))


EXTRA_ORDERS = [["l", "v", "pn"], ["l", "v"], ["l", "v", "pn", "r"], ["v", "l"], ["pn", "l", "v"], ["r"], ["r", "g"], ["g", "r"], ["g"], ["g", "l", "v", "r"],
                ["l", "v", "r", "g"], ["l", "v", "pn", "g", "r"], ["l", "v", "g"], ["g", "l", "v", "pn"], ["r", "l", "v", "pn", "g"], ["v"], ["pn"], ["l"]]


def slot_code(ctx: Context, key: str, arg: str) -> list[Piece]:
    """A whole code; ``tn`` leaves the extras out, ``full`` asks for them."""
    names = ctx.weighted({"t n m": 60, "t n": 25, "n m": 1, "t m": 3, "t": 5, "n": 1.5, "t n t": 0.4}).split()
    if arg == "full" or (arg != "tn" and ctx.chance(0.45)):
        extras = ctx.one(EXTRA_ORDERS)
        names = extras + names if extras == ["g"] and ctx.chance(0.3) else names + extras
    elif arg == "tnm":
        names = ["t", "n", "m"]
    separator = ctx.weighted(SEPARATORS)
    pieces: list[Piece] = []
    seen_extra = False
    for i, name in enumerate(names):
        if i:
            sep = separator
            if name not in "tnm" and not seen_extra:
                sep = ctx.one([separator, separator, ", ", "; ", " "]) if separator else ctx.one(["", " ", ", "])
                seen_extra = True
            if ctx.chance(0.04):
                sep = ctx.one([" ", ", ", "  ", " , "])
            pieces.append(Piece(sep))
        part = SLOTS[name](ctx, "", "")
        if name == "m" and ctx.chance(0.04) and style(ctx).gap == "":
            part = [ctx.tagged("M", ctx.one(["M0", "MX", "cM0", "pMX", "Mx"]))]
        pieces.extend(part)
        if name == "n" and ctx.chance(0.4):
            pieces.extend(nodes_tail(ctx))
    ctx.memo.pop("n_value", None)
    return pieces


SLOTS = {
    "t": slot_t, "n": slot_n, "m": slot_m, "g": slot_g, "gv": slot_grade_value, "gw": slot_grade_word, "nodes": slot_nodes, "of": slot_of, "ed": slot_edition,
    "edy": lambda ctx, key, arg: ctx.memo.get("edition_year", "2017"), "gl": slot_gleason, "gls": slot_gleason_sum, "code": slot_code,
    "l": simple("L", "L", {"0": 50, "1": 35, "X": 5}), "v": simple("V", "V", {"0": 55, "1": 25, "2": 4, "X": 4}),
    "pn": simple("Pn", "Pn", {"0": 50, "1": 35, "X": 4}), "s": simple("S", "S", {"0": 20, "1": 12, "2": 8, "3": 5, "X": 5}),
    "r": simple("R", "R", {"0": 62, "1": 18, "2": 5, "X": 6, "1(is)": 1, "1(cy+)": 0.7, "1 (is)": 0.5}),
    "stage": stage_slot(STAGES, True), "figo": stage_slot(FIGO), "annarbor": stage_slot(ANN_ARBOR),
}
