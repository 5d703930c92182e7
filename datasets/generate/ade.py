"""Adverse event lines: German grammar for the events, double labels for ``ade`` and ``medication``, relations."""

from __future__ import annotations

import random
import re
from pathlib import Path

from . import ade_frames, ade_frames_de, ade_frames_en, events, events_more, regimen, tnm_vocab
from .builder import Context, Line, Mention, Piece, Tag, assemble, capitalise, frame_id, link
from .drug_names import parted, written
from .drugs import Vocabulary
from .medication import RELATIONS
from .noise import disturb

ARTICLES = {"i": {"m": "ein einen einem eines", "f": "eine eine einer einer", "n": "ein ein einem eines"},
            "d": {"m": "der den dem des", "f": "die die der der", "n": "das das dem des", "p": "die die den der"}}
ENDINGS = {"i": {"m": "er en en en", "f": "e e en en", "n": "es es en en"}, "d": {"m": "e en en en", "f": "e e en en", "n": "e e en en", "p": "en en en en"},
           "0": {"m": "er en em en", "f": "e e er er", "n": "es es em en", "p": "e e en er"}}
CASES = {"nom": 0, "akk": 1, "dat": 2, "gen": 3}
DEGREES = ["schwer*", "leicht*", "mäßig*", "ausgeprägt*", "massiv*", "deutlich*", "stark*", "erheblich*", "mild*", "schwerst*", "milde*", "geringgradig*", "höhergradig*"]
TIED = re.compile(r"[Aa]rzneimittel|medik|induziert|[Hh]eparin|HIT|DRESS|[Ss]teroid|Infusion|Injektion|Einstich|Absetz|Entzug|Kontrastmittel|neurolept|Serotonin|toxi|Toxi|drug|infusion|injection|heparin|serotonin|contrast|immun|Parav|Extrav|Tumorlyse|INR|llergisch|Überempfind|Anaphyla|anaphyla|hypersens|allergic")
ARG = re.compile(r"^(w?)(nom|akk|dat|gen)(0|d)?(Cap)?$")


def inflect(noun: str, gender: str, case: int) -> str:
    """The head noun in its case."""
    if case == 3 and gender in "mn" and not noun.endswith(("us", "Fieber-", "zoster")):
        return noun + ("es" if noun.endswith(("ß", "x", "z")) else "" if noun.endswith("s") else "s")
    if case == 2 and gender == "p" and not noun.endswith(("n", "s")):
        return noun + "n"
    return noun


def phrase(ctx: Context, event: tuple[str, str], arg: str) -> tuple[str, str, str]:
    """What stands before the span (article, degree), the span itself and what follows it (the site with its preposition)."""
    (text, _, after), code = event[0].partition("^"), event[1]
    after = f" {after}" if after else ""
    form = ARG.match(arg or "b")
    if not form:
        return "", decline(text, code[0], "0", 0), after
    case, article = CASES[form.group(2)], form.group(3) or ("0" if form.group(4) else "i")
    if article == "i" and ("u" in code or code[0] == "p" or (case != 3 and ctx.chance(0.35))):
        article = "0"
    before = [] if article == "0" else [ARTICLES[article][code[0]].split()[case]]
    if ctx.chance(0.22):
        degree = ctx.one(DEGREES).replace("e*", "*")
        before.append(degree.replace("*", ENDINGS[article][code[0]].split()[case]))
    if article == "0" and case == 3 and not before and "*" not in text:
        case = 2
        if not form.group(1):
            before.append("von")
    prefix = " ".join(before) + (" " if before else "")
    span = decline(text, code[0], article, case)
    if form.group(4):
        if prefix:
            prefix = prefix[0].upper() + prefix[1:]
        else:
            span = span[0].upper() + span[1:]
    return prefix, span, after


def decline(text: str, gender: str, article: str, case: int) -> str:
    """A phrase with adjective endings filled in."""
    text, _, rest = text.partition("~")
    words = text.split(" ")
    starred = [i for i, word in enumerate(words) if word.endswith("*")]
    head = starred[-1] + 1 if starred else len(words) - 1
    ending = ENDINGS[article][gender].split()[case]
    bend = len(words) == 1 or bool(starred)
    return " ".join(inflect(w, gender, case) if i == head and bend else w.replace("*", ending) for i, w in enumerate(words)) + (f" {rest}" if rest else "")


def event_of(ctx: Context, key: str, arg: str) -> tuple[str, str]:
    """The event under a key."""
    store = ctx.memo.setdefault("events", {})
    if key not in store:
        pool = ctx.memo["source"].events
        if arg == "b" and ctx.memo["source"].wide and ctx.chance(0.15):
            store[key] = (ctx.one(ctx.memo["source"].wide), "fu")
            return store[key]
        genders = {"femb": "f", "neub": "n"}
        if arg in genders:
            pool = [e for e in pool if e[1][0] == genders[arg] and not set("*^~") & set(e[0])]
        elif ctx.chance(0.45):
            usual = ctx.memo["source"].usual.get(name_of(ctx, "1") if "suspects" in ctx.memo else "", [])
            pool = usual if len(usual) > 2 else pool
        for _ in range(20):
            store[key] = ctx.one(pool)
            if list(store.values()).count(store[key]) == 1:
                break
    return store[key]


def english_event(ctx: Context, number: str) -> str:
    """The English event under a number; none twice."""
    store = ctx.memo.setdefault("english", {})
    while number not in store:
        text = ctx.one(ctx.memo["source"].english)
        if text not in store.values():
            store[number] = text
    return store[number]


def event_slot(number: str, reason: bool = False):
    """The slot of event ``number``; ``reason``: it is also what another drug is given for."""
    def slot(ctx: Context, key: str, arg: str) -> list[Piece]:
        tags = (Tag("ade", "ADE", "A" + number),) + ((Tag("medication", "Reason", "B" + number),) if reason else ())
        if ctx.memo["language"] == "en":
            text = english_event(ctx, number)
            degree = ctx.one(["severe ", "mild ", "marked ", "profound ", "significant "]) if ctx.chance(0.15) else ""
            if arg == "cap":
                degree, text = (degree.capitalize(), text) if degree else ("", text[0].upper() + text[1:])
            return [Piece(degree), Piece(text, tags)]
        before, span, after = phrase(ctx, event_of(ctx, number, arg), "b" if arg in ("femb", "neub") else arg)
        return [Piece(before), Piece(span, tags), Piece(after)]
    return slot


def free_event(ctx: Context) -> tuple[str, str]:
    """A complaint, finding or disease: half of them words that are events elsewhere."""
    return ctx.one(ctx.memo["source"].symptoms if ctx.chance(0.5) else ctx.memo["source"].neutral)


def disease(capital: bool):
    """A disease that no drug is given for: no label."""
    def slot(ctx: Context, key: str, arg: str) -> list[Piece]:
        text = ctx.one(ade_frames_en.INDICATIONS if ctx.memo["language"] == "en" else ctx.memo["source"].indications)
        return [Piece(text[0].upper() + text[1:] if capital else text)]
    return slot


def symptom(ctx: Context, key: str, arg: str) -> list[Piece]:
    """An event that no drug causes: no label."""
    if ctx.memo["language"] == "en":
        text = ctx.one(ade_frames_en.SYMPTOMS if ctx.chance(0.5) else ctx.memo["source"].neutral_english)
        return [Piece(text[0].upper() + text[1:] if arg == "cap" else text)]
    event = ctx.memo.pop("ahead", None) or free_event(ctx)
    return [Piece("".join(phrase(ctx, event, arg)))]


def agreement(number: str):
    """The verb form that fits event ``number`` (0: the symptom that follows)."""
    def slot(ctx: Context, key: str, arg: str) -> str:
        if ctx.memo["language"] == "en":
            last = english_event(ctx, number).split()[-1]
            return arg.split("|")[last.endswith("s") and not last.endswith(("is", "ss", "us", "es s"))]
        if number == "0":
            event = ctx.memo.setdefault("ahead", free_event(ctx))
        else:
            event = event_of(ctx, number, "nom")
        return arg.split("|")[event[1][0] == "p"]
    return slot


def double(ctx: Context, number: str, text: str, causal: bool) -> Piece:
    """A drug: labelled for medication, and for ade where the frame speaks of an event or an indication."""
    tags = (Tag("medication", "Drug", "D" + number),)
    wanted = ctx.memo.get("wanted")
    causal = causal and (wanted is None or any(token[1] == number for token in wanted))
    return Piece(text, ((Tag("ade", "Drug", "D" + number),) + tags) if causal else tags)


def name_of(ctx: Context, number: str) -> str:
    """The drug under a number."""
    if number in "49":
        return name_of(ctx, "1")
    store = ctx.memo.setdefault("suspects", {})
    while number not in store:
        names = ctx.memo["source"].culprits if ctx.memo["language"] == "de" and ctx.chance(0.7) else ctx.memo["vocabulary"].draw(ctx.rng).names
        name = written(parted(ctx.one(names))[0], ctx.memo["language"], ctx.rng)
        if name not in store.values() and " " not in name.replace("Penicillin V", ""):
            store[number] = name
    return store[number]


def drug_slot(number: str, causal: bool):
    """A drug by its name; in German sometimes with the brand sign."""
    def slot(ctx: Context, key: str, arg: str) -> list[Piece]:
        sign = [Piece("®")] if ctx.memo["language"] == "de" and ctx.chance(0.02) else []
        name = name_of(ctx, number)
        return [double(ctx, number, name[0].upper() + name[1:] if arg == "cap" else name, causal)] + sign
    return slot


def regimen_slot(number: str, causal: bool):
    """A drug that may carry strength and schedule."""
    def slot(ctx: Context, key: str, arg: str) -> list[Piece]:
        pieces = [double(ctx, number, name_of(ctx, number), causal)]
        if ctx.chance(0.7):
            pieces += [Piece(" ")] + part("Strength", number)(ctx, "", "")
            if ctx.chance(0.45):
                pieces += [Piece(" ")] + part("Frequency", number)(ctx, "", "")
        return pieces
    return slot


def part(label: str, number: str):
    """A medication part of drug ``number``."""
    def slot(ctx: Context, key: str, arg: str) -> list[Piece]:
        german = ctx.memo["language"] == "de"
        amounts = ["5 mg", "10 mg", "20 mg", "25 mg", "50 mg", "75 mg", "100 mg", "200 mg", "500 mg", "1 g", "40 mg", "2,5 mg" if german else "2.5 mg", "600mg", "10mg"]
        options = {"Strength": amounts, "Frequency": regimen.SCHEMES[:16] + regimen.DE_FREQ["plain"] if german else regimen.EN_FREQ["plain"], "Route": ["i.v.", "p.o.", "s.c.", "intravenös", "oral"] if german else ["IV", "PO"]}
        return [Piece(ctx.one(options[label]), (Tag("medication", label, "D" + number),))]
    return slot


def class_slot(ctx: Context, key: str, arg: str) -> list[Piece]:
    """A drug class: a suspect, but no entry of a medication plan."""
    ctx.flags.add("class")
    if ctx.memo["language"] == "en":
        name = ctx.one(events_more.ENGLISH_CLASSES)
        name = name[0].upper() + name[1:] if arg == "cap" else name
    else:
        name = ctx.one(events_more.NOMINATIVE_CLASSES if arg == "nom" else events.CLASSES)
    return [Piece(name, (Tag("ade", "Drug", "D1"),))]


def indication_slot(capital: bool):
    """The condition that drug 1 is given for."""
    def slot(ctx: Context, key: str, arg: str) -> list[Piece]:
        text = ctx.memo.setdefault("indication", ctx.one(ade_frames_en.INDICATIONS if ctx.memo["language"] == "en" else ctx.memo["source"].indications))
        text = text[0].upper() + text[1:] if capital else text
        return [Piece(text, (Tag("ade", "Indication", "I1"), Tag("medication", "Reason", "I1")))]
    return slot


def compound_slot(ctx: Context, key: str, arg: str) -> list[Piece]:
    """A word that holds drug and event."""
    if ctx.chance(0.3):
        ending = ctx.one(["allergie", "intoxikation", "unverträglichkeit", "-Allergie", "-Intoxikation", "-Unverträglichkeit", "-Exanthem", "-Hepatitis", "hepatitis", "exanthem"])
        word = ctx.one(ctx.memo["source"].culprits).replace(" ", "-") + ending
    else:
        word = ctx.one(ctx.memo["source"].compounds)
    if "-" in word:
        ctx.flags.add("class")
    return [Piece(word, (Tag("ade", "ADE", "C"),))]


SLOTS = {**tnm_vocab.SLOTS, "P": symptom, "K1": class_slot, "I1": indication_slot(False), "I1cap": indication_slot(True), "C": compound_slot, "J": disease(False), "Jcap": disease(True), "v0": agreement("0"),
         "O": lambda ctx, key, arg: ctx.one(events.other_allergies()), "D4": drug_slot("4", True), "o4": drug_slot("9", False), "u1": lambda ctx, key, arg: [Piece(name_of(ctx, "5"))]}
OTHER = {"1": "6", "2": "7", "3": "8"}
"""Numbers of the drugs that the frame only mentions (``{o1}`` to ``{o3}``)."""

for n in "123":
    m = OTHER[n]
    SLOTS |= {f"D{n}": drug_slot(n, True), f"D{n}p": regimen_slot(n, True), f"o{n}": drug_slot(m, False), f"o{n}p": regimen_slot(m, False), f"A{n}": event_slot(n), f"B{n}": event_slot(n, True), f"v{n}": agreement(n),
              f"S{n}": part("Strength", n), f"s{n}": part("Strength", m), f"Q{n}": part("Frequency", n), f"R{n}": part("Route", n), f"r{n}": part("Route", m)}


def rules(wanted: set[str] | None):
    """The relation of two mentions, by the frame's own list or every drug with every event and indication."""
    def rule(head: Mention, tail: Mention) -> str | None:
        if head.label != "Drug" or head.task != tail.task or tail.label == "Drug" or tail.key == "C":
            return None
        if head.task == "ade" or tail.label == "Reason":
            kind = "c" if tail.label == "ADE" else "m" if tail.key[0] == "B" else "t"
            if wanted is None and (kind == "m" or head.key[1] in OTHER.values()):
                return None
            if wanted is not None and f"{kind}{head.key[1:]}{tail.key[1:]}" not in wanted:
                return None
            return "reason_of" if tail.label == "Reason" else ("causes" if kind == "c" else "treats")
        return RELATIONS[tail.label] if head.key == tail.key else None
    return rule


class Source:
    """Draws adverse event lines."""

    task = "ade"

    def __init__(self, knowledge: Path):
        f = ade_frames
        d, e = ade_frames_de, ade_frames_en
        self.positive = {"de": f.frames(f.DE) + [frame for block in d.blocks() for frame in f.frames(block)], "en": f.frames(e.EVENTS)}
        self.negative = {"de": f.frames(f.NONE_DE) + f.frames(d.NONE), "en": f.frames(e.NONE)}
        self.treats = {"de": f.frames(d.TREATS), "en": f.frames(e.TREATS)}
        self.events = events.events() + events.rows(events_more.LABORATORY) + events.rows(events_more.CLINICAL) + events.rows(events_more.LAY)
        self.neutral = [e for e in self.events if not TIED.search(e[0])]
        self.symptoms, self.usual = events.symptoms(), events.usual()
        self.wide, self.english = events.wide_terms(knowledge), events.english_terms(knowledge)
        self.neutral_english = [e for e in self.english if not TIED.search(e)]
        self.culprits, self.compounds, self.indications = events.listed(events.CULPRITS), events.compounds(), events.listed(events.INDICATIONS)
        self.vocabulary = {language: Vocabulary(language, knowledge) for language in ("de", "en")}

    def draw(self, rng: random.Random, language: str) -> tuple[Line, str, list[str]]:
        """One line with its frame id and the heads that it teaches."""
        kind = rng.choices((self.positive, self.negative, self.treats), (0.60, 0.26, 0.14))[0]
        template = rng.choice(kind[language])
        listed = re.match(r"^\[([^\]]*)\] ", template)
        wanted = set(listed.group(1).split()) if listed else None
        body = re.sub(r"\{([Do]\d)\+\}", r"{\1p}", template[listed.end():] if listed else template)
        context = Context(rng, self.task, SLOTS)
        context.memo.update(language=language, source=self, vocabulary=self.vocabulary[language], wanted=wanted)
        if language == "de" and rng.random() < 0.15:
            other = rng.choice(["Im Verlauf stabil.", "Labor vom {date} liegt vor.", "{x:Der Patient|Die Patientin} ist in gutem AZ.", "Kontrolle in {num:2-8} Wochen.", "RR {num:100-170}/{num:60-95} mmHg.", "Aufnahme am {date}.", "Vitalparameter stabil.", "Der weitere Verlauf war unauffällig."])
            body = f"{body.rstrip('.')}. {other}" if rng.random() < 0.5 else f"{other} {body}"
        line = assemble([piece for piece in context.expand(body) if piece.text])
        capitalise(line, rng, 0.75)
        disturb(line, rng, language, scanned=0.03)
        supervise = ["tnm", "ade", "medication", "relations"]
        if "class" in context.flags:
            supervise.remove("medication")
            line.mentions = [m for m in line.mentions if m.task != "medication"]
        link(line, rules(wanted))
        return line, frame_id(f"ade-{language}", template), supervise
