"""Assertion of adverse events: a small head on the frozen encoder against the context rules.

    python -m scripts.train.assertion --shared ../shared --checkpoint last.pt --encoder DIR --out DIR
        --gold datasets/gold/samples.jsonl --texts datasets/samples --befund target/release/befund

An experiment; nothing of it is exported. Both decide about the same mentions:
those gold events that `befund extract` found as an ADE span (overlapping). The
head is also measured on all of them. Training: PHEE and TAC (split by PMID and
label as in `corpus`) and the frames below; gold files are test only.

What the corpora mean by our classes: PHEE `Negated` and TAC `Negation` are
negated. PHEE `Speculated` and TAC `Factor` are possible or hypothetical by
their cue; `may` leaves it open (either counts as right in training). So both
corpora are measured on three classes, with possible and hypothetical as
`uncertain`; gold on four. Left out: PHEE events both negated and speculated or
with a cue that expresses no doubt (`rare`), TAC reactions of a drug class, of
animals or of placebo.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
import subprocess
import xml.etree.ElementTree as ET
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from .align import token_range, windows
from .corpus import in_tenth
from .model import Network
from .readers.phee import spans_of
from .readers.spans import sentences, tidy
from .schema import SEED, read_jsonl

CLASSES = ("affirmed", "negated", "possible", "hypothetical")
MERGED = {"possible": "uncertain", "hypothetical": "uncertain"}
EITHER = ("possible", "hypothetical")
NEIGHBOURS = 8
LAYERS = (6, 9, 12)

DOUBT = re.compile(r"probabl|possib|suspect|likely|suggest|uncertain|unclear|presum|might|seem|apparent|believ|postulat|hypothe|perhaps|whether|speculat|assum|question|\?", re.I)
CHANCE = re.compile(r"potential|risk|\bcan\b|should|must|susceptib|monitored", re.I)
OPEN = re.compile(r"\bmay\b|could", re.I)

DRUGS = """Amoxicillin Clarithromycin Metamizol Ibuprofen Diclofenac Ramipril Candesartan Amlodipin Torasemid Hydrochlorothiazid Metoprolol Amiodaron
Apixaban Phenprocoumon Clopidogrel Atorvastatin Metformin Insulin Semaglutid Levothyroxin Sertralin Citalopram Quetiapin Clozapin Lithium Levetiracetam
Carbamazepin Valproat Methotrexat Azathioprin Prednisolon Cisplatin Oxaliplatin Docetaxel 5-FU Pembrolizumab Trastuzumab Imatinib Tamoxifen Morphin
Tilidin Pantoprazol Ciprofloxacin Vancomycin Penicillin""".split()
EVENTS = {
    "m": "Schwindel Durchfall Husten Krampfanfall Hautausschlag Pruritus Sturz Transaminasenanstieg Tremor Ikterus Blutdruckabfall Juckreiz",
    "f": "Übelkeit Leukopenie Hyponatriämie Blutung Bradykardie Synkope Mukositis Neutropenie Thrombopenie Hypoglykämie QTc-Verlängerung Polyneuropathie "
         "Infusionsreaktion Luftnot Obstipation Tachykardie Verwirrtheit Hyperkaliämie Agranulozytose Pneumonitis Urtikaria Hepatotoxizität Kolitis",
    "n": "Exanthem Angioödem Erbrechen Nierenversagen Fieber Delir Hand-Fuß-Syndrom Serotoninsyndrom Herzversagen",
    "p": "Beinödeme Kopfschmerzen Myalgien Sehstörungen Schlafstörungen Magenschmerzen Panikattacken",
}
GENDER = {name: gender for gender, names in EVENTS.items() for name in names.split()}
INFLECTED = {"N": {"m": "", "f": "e", "n": "", "p": "e"}, "A": {"m": "en", "f": "e", "n": "", "p": "e"}, "D": {"m": "em", "f": "er", "n": "em", "p": "en"}}

GERMAN = """Unter {D} {aff}.|Unter {D} kam es zu {aff}.|Nach Gabe von {D} entwickelte der Patient {aff}.|{aff} unter {D}, daher Absetzen.|{D} wegen {aff} abgesetzt.
{D} wurde bei {aff} pausiert.|Die Patientin klagt seit Beginn mit {D} über {aff}.|{aff} und {aff} nach der zweiten Gabe {D}, spontan rückläufig.
Allergien: {D} ({aff}).|Bekannte Unverträglichkeit: {D} mit {aff}.|Aufnahme wegen {aff} bei Therapie mit {D}.|{aff} Grad 2 unter {D}, Dosisreduktion.
Seit der Umstellung auf {D} besteht {aff}, keine Besserung nach Dosisreduktion.|Der Patient berichtet über {aff}, die Medikation mit {D} wurde nicht geändert.
{aff}, durch {D} ausgelöst.|Es zeigte sich {aff} als Nebenwirkung von {D}.|Leider erneut {aff}, nachdem {D} wieder angesetzt worden war.
Kein Hinweis auf einen Infekt, die {aff} ist Folge von {D}.|{aff}, nicht mehr nur leicht, unter {D}.|Ohne {D} keine Beschwerden, nach Wiederbeginn sofort {aff}.
Zustand nach {aff} unter {D}.|{aff} hat sich nach Absetzen von {D} vollständig zurückgebildet.|Im Verlauf {aff}, am ehesten keine andere Ursache als {D}.
Wir haben {D} beendet, da {aff} auftrat, und auf {D} umgestellt.|{aff} nach {D} i.v., Gabe von Antihistaminika.
kein.N {neg} unter {D}.|Unter {D} kein.N {neg}, kein.N {neg}.|Unter {D} bisher kein.N {neg} aufgetreten.|{D} wird gut vertragen, insbesondere kein.N {neg}.
Es bestand kein.N {neg} unter {D}.|{neg} wird verneint, {D} nimmt sie regelmäßig.|{neg} oder {neg} unter {D} werden verneint.|Keine Anzeichen für {neg} unter {D}.
Kein Anhalt für {neg} nach {D}.|Ein Zusammenhang zwischen {D} und {neg} besteht nicht.|{neg} trat unter {D} nicht auf.|Unter {D} weder {neg} noch {neg}.
Nach {D} ohne {neg}.|Therapie mit {D} ohne Auftreten von {neg}.|Frei von {neg} seit Beginn mit {D}.|{D} problemlos toleriert, {neg} nicht beobachtet.
Nebenwirkungen von {D}: {neg} nein, {neg} nein.|{neg} durch {D} wurde ausgeschlossen.|Hinweise auf {neg} unter {D} fanden sich nicht.|Kein Nachweis von {neg} unter {D}.
Allergische Reaktionen wie {neg} auf {D} sind nicht bekannt.|Zu keinem Zeitpunkt {neg} unter {D}.|Im gesamten Verlauf blieb {neg} unter {D} aus.|Ø {neg} unter {D}.
Unter {D} {aff}, jedoch kein.N {neg}.|{aff} unter {D}, {neg} bestand nicht.|Kein.N {neg}, aber deutliche {aff} nach {D}.|Nach {D} zwar {aff}, {neg} jedoch nicht.
{aff} ohne {neg} unter {D}.|Nicht {neg}, sondern {aff} führte zum Absetzen von {D}.
V. a. {poss} unter {D}.|Verdacht auf {poss} durch {D}.|Va. {poss} bei {D}.|{poss} möglicherweise durch {D} bedingt.|{poss} a. e. unter {D}.|{poss}, am ehesten medikamentös durch {D}.
Fraglich {poss} nach {D}.|{poss}, DD durch {D}, DD infektiös.|{poss} könnte mit {D} zusammenhängen.|Ein Zusammenhang von {poss} mit {D} ist nicht auszuschließen.
Eventuell {poss} unter {D}.|Vermutlich {poss} auf {D}.|{poss} wahrscheinlich als Folge von {D}.|Unklar, ob {poss} auf {D} zurückzuführen ist.|{D}-induzierte {poss}?
{poss} unter {D}?|Es ist an {poss} durch {D} zu denken.|Wir vermuten {poss} unter {D}.|Der Verdacht auf {poss} nach {D} steht im Raum.|Die {poss} werten wir mit Vorbehalt als Folge von {D}.
Differentialdiagnostisch kommt {poss} durch {D} in Betracht.|Mögliche {poss} unter {D}, Kontrolle in einer Woche.|Eine {poss} durch {D} ließ sich nicht sicher belegen, bleibt aber möglich.
Verdächtig auf {poss}, {D} vorsorglich pausiert.|{aff}, zudem fraglich {poss} unter {D}.
Bei {hyp} {D} bitte sofort absetzen.|Sollte unter {D} {hyp} auftreten, bitten wir um Wiedervorstellung.|Über das Risiko von {hyp} unter {D} wurde aufgeklärt.
Aufklärung über mögliche Nebenwirkungen von {D}: {hyp}, {hyp}.|Auf {hyp} unter {D} ist zu achten.|{D} kann {hyp} verursachen.|Falls {hyp} auftritt, {D} pausieren.
Im Falle von {hyp} unter {D} Notaufnahme aufsuchen.|Bei Auftreten von {hyp} Rücksprache, dann ggf. {D} reduzieren.|Cave {hyp} unter {D}.|CAVE: {hyp} bei Kombination mit {D}.
Wegen der Gefahr von {hyp} kein {D} geben.|Zur Vermeidung von {hyp} wurde {D} einschleichend dosiert.|Regelmäßige Kontrollen wegen möglicher {hyp} unter {D}.
Die Patientin hat Angst vor {hyp} durch {D}.|Kontrolle auf {hyp} unter {D} empfohlen.|Das Risiko für {hyp} ist unter {D} erhöht.|{D} erhöht das Risiko für {hyp}.
Bei Fieber, {hyp} oder {hyp} unter {D} umgehend vorstellen.|Bei Zeichen einer {hyp} ist {D} zu beenden.|Wenn erneut {hyp}, dann Umstellung auf {D}.
Prophylaxe gegen {hyp} vor {D}.|Um {hyp} zu verhindern, wird {D} langsam gesteigert.|Bekannte Nebenwirkungen von {D} sind {hyp} und {hyp}.|Die Mutter fragt, ob {D} zu {hyp} führen kann.
Bislang kein.N {neg} unter {D}; bei {hyp} bitte absetzen.|{aff} unter {D}; bei {hyp} bitte Vorstellung.|Zur Überwachung von {hyp} unter {D} EKG in 4 Wochen."""

ENGLISH_EVENTS = """rash nausea dizziness diarrhoea cough seizure pruritus hepatitis neutropenia bleeding bradycardia syncope hyponatremia angioedema anaphylaxis
vomiting edema headache myalgia constipation tachycardia confusion hyperkalemia neuropathy colitis pneumonitis hives tremor hypotension wheezing""".split()
ENGLISH = """She developed {aff} on {D}.|{D} was stopped because of {aff}.|Allergies: {D} ({aff}).|Admitted with {aff} secondary to {D}.|Reports {aff} since starting {D}.
{aff} and {aff} after the second dose of {D}, now resolved.|{aff} from {D}, no improvement after dose reduction.|He had {aff} with {D} in the past.
No {neg} on {D}.|Denies {neg} or {neg} with {D}.|Tolerating {D} well without {neg}.|{D} was given; {neg} was not observed.|No evidence of {neg} from {D}.|Negative for {neg} on {D}.
Patient had {aff} but no {neg} on {D}.|{neg} was ruled out, {D} continued.|Has never had {neg} with {D}.|Neither {neg} nor {neg} occurred on {D}.
Possible {poss} from {D}.|Suspected {poss} due to {D}.|{poss}, likely related to {D}.|{poss} may have been caused by {D}.|Questionable {poss} after {D}.|{D}-induced {poss}?
{poss}, differential includes {D} and infection.|Cannot exclude {poss} from {D}.|It is unclear whether the {poss} is due to {D}.|Concern for {poss} on {D}.
Return if {hyp} occurs on {D}.|Discussed risks of {D} including {hyp} and {hyp}.|Stop {D} and call us for any {hyp}.|Monitor for {hyp} while on {D}.|{D} can cause {hyp}.
Patients on {D} are at risk for {hyp}.|If {hyp} develops, hold {D}.|Avoid {D} given the risk of {hyp}.|Counselled about {hyp} with {D}.|Watch for {hyp} on {D}.
No {neg} so far on {D}; call if {hyp}.|Should {hyp} recur, switch from {D}.|Side effects of {D} such as {hyp} were explained."""
SHORT = {"aff": "affirmed", "neg": "negated", "poss": "possible", "hyp": "hypothetical"}


@dataclass
class Item:
    """A text with events: (begin, end, classes that count as right). An empty tuple of classes: not taught, not measured."""

    source: str
    language: str
    doc_id: str
    text: str
    events: list[tuple[int, int, tuple[str, ...]]]


def of_cue(cue: str) -> tuple[str, ...]:
    """Classes of a speculation cue of PHEE or TAC; none where it expresses no doubt."""
    if OPEN.search(cue):
        return EITHER
    if DOUBT.search(cue):
        return ("possible",)
    return ("hypothetical",) if CHANCE.search(cue) else ()


def phee(shared: Path, name: str) -> Iterator[Item]:
    """Effects of adverse events. A span in several events takes the classes of the first."""
    for record in read_jsonl(shared / f"data/ade_en/phee/{name}.json"):
        found: dict[tuple[int, int], tuple[str, ...]] = {}
        for event in (event for annotation in record["annotations"] for event in annotation["events"]):
            if event["event_type"] != "Adverse_event":
                continue
            classes: tuple[str, ...] = ("affirmed",)
            if "Negated" in event:
                classes = () if "Speculated" in event else ("negated",)
            elif "Speculated" in event:
                classes = of_cue(" ".join(part for text in event["Speculated"]["text"] for part in text))
            for span in spans_of(event.get("Effect")):
                place = tidy(record["context"], *span)
                if place:
                    found.setdefault(place, classes)
        if found:
            yield Item(f"phee_{name}", "en", f"phee-{record['id']}", record["context"], [(*span, classes) for span, classes in found.items()])


def tac(shared: Path) -> Iterator[tuple[bool, Item]]:
    """(development, item) of label prose: all sentences with a negation, at most 6 with doubt and 3 plain ones a label; twice that in development."""
    for path in sorted((shared / "data/ade_en/tac2017_labels").glob("*.xml")):
        root = ET.parse(path).getroot()
        mentions = {item.get("id"): item for item in root.iter("Mention")}
        classes: dict[str, set[tuple[str, ...]]] = defaultdict(set)
        for relation in root.iter("Relation"):
            cue = mentions[relation.get("arg2")]
            if relation.get("type") == "Negated":
                classes[relation.get("arg1")].add(("negated",) if cue.get("type") == "Negation" else ())
            elif relation.get("type") == "Hypothetical":
                classes[relation.get("arg1")].add((of_cue(cue.get("str")) or ("hypothetical",)) if cue.get("type") == "Factor" else ())
        kinds: dict[str, list[Item]] = defaultdict(list)
        for section in root.iter("Section"):
            text = section.text or ""
            own = [item for item in mentions.values() if item.get("type") == "AdverseReaction" and item.get("section") == section.get("id")]
            for begin, end in sentences(text):
                prose = re.sub(r"\s", " ", text[begin:end])
                if not 30 <= len(prose) <= 350 or sum(c.isalpha() for c in prose) < 0.7 * len(prose) or "   " in prose:
                    continue
                events = []
                for item in own:
                    if "," in item.get("start"):
                        continue
                    low = int(item.get("start")) - begin
                    high = low + int(item.get("len"))
                    if 0 <= low and high <= len(prose):
                        said = classes.get(item.get("id"), {("affirmed",)})
                        events.append((low, high, next(iter(said)) if len(said) == 1 else ()))
                held = {name for *_, names in events for name in names}
                kind = "negated" if "negated" in held else "uncertain" if held & set(EITHER) else "plain" if held else None
                if kind:
                    kinds[kind].append(Item("tac2017", "en", f"tac-{path.stem}-{section.get('id')}-{begin}", prose, events))
        apart = in_tenth(f"label:{path.stem}")
        draw = random.Random(f"{SEED}{path.stem}")
        for kind, most in (("negated", 99), ("uncertain", 6), ("plain", 3)):
            draw.shuffle(kinds[kind])
            yield from ((apart, item) for item in kinds[kind][:most * (1 + apart)])


def framed(language: str, times: int) -> Iterator[Item]:
    """Our own text: every frame so many times, with drugs and events drawn."""
    draw = random.Random(SEED)
    frames = re.split(r"[|\n]", GERMAN if language == "de" else ENGLISH)
    names = list(GENDER) if language == "de" else ENGLISH_EVENTS
    for number, frame in enumerate(frames):
        for turn in range(times):
            text, events = "", []
            for part in re.split(r"(\{\w+\})", frame):
                if part == "{D}":
                    text += draw.choice(DRUGS)
                elif part.startswith("{"):
                    name = draw.choice(names)
                    wanted = re.search(r"([Kk]ein)\.([NAD]) $", text)
                    if wanted:
                        text = text[:wanted.start()] + wanted[1] + INFLECTED[wanted[2]][GENDER[name]] + " "
                    if language == "en" and not text:
                        name = name.capitalize()
                    events.append((len(text), len(text) + len(name), (SHORT[part[1:-1]],)))
                    text += name
                else:
                    text += part
            text = text[0].upper() + text[1:]
            yield Item(f"frames_{language}", language, f"frame-{language}-{number}-{turn}", text, events)


def gold(path: Path, texts: Path | None) -> Iterator[Item]:
    """A gold file: its events with their assertion; the text from the line or from a folder."""
    for line in read_jsonl(path):
        text = line["text"] if "text" in line else (texts / f"{line['doc_id']}.txt").read_text(encoding="utf-8")
        events = [(m["begin"], m["end"], (m.get("assertion", "affirmed"),)) for m in line["mentions"] if m["task"] == "ade" and m["label"] == "ADE"]
        yield Item(f"{path.stem}_{line['language']}", line["language"], line["doc_id"], text, events)


def collect(args: argparse.Namespace) -> tuple[list[Item], list[Item]]:
    """Training and test items."""
    known = list(phee(args.shared, "train"))
    plain = [item for item in known if {names for *_, names in item.events} <= {("affirmed",), ()}]
    kept = {id(item) for item in random.Random(SEED).sample(plain, min(len(plain), args.affirmed))}
    train = [item for item in known if id(item) in kept or item not in plain]
    test = list(phee(args.shared, "dev"))
    for apart, item in tac(args.shared):
        (test if apart else train).append(item)
    train += [*framed("de", args.frames), *framed("en", args.frames)]
    for path in args.gold:
        test += gold(path, args.texts)
    return train, test


@torch.no_grad()
def encode(network: Network, tokenizer: Tokenizer, items: list[Item], budget: int = 2048) -> dict[tuple[str, int, int], Tensor]:
    """(doc_id, begin, end) -> [layers * 5 * hidden]: of each layer the mean over the event, the first token, the mean over the window and the
    means over the neighbours on the left and on the right."""
    network.eval()
    jobs = []
    for item in items:
        line = {"text": item.text, "mentions": [{"begin": begin, "end": end} for begin, end, _ in item.events], "supervise": []}
        line["mentions"] = [m | {"task": "ade", "label": "ADE"} for m in line["mentions"]]
        for window in windows(tokenizer, line, 192):
            inside = [(begin, end, token_range(window.spans, begin, end)) for begin, end, _ in item.events]
            inside = [entry for entry in inside if entry[2]]
            if inside:
                jobs.append((window.ids, item.doc_id, inside))
    jobs.sort(key=lambda job: len(job[0]))
    made: dict[tuple[str, int, int], Tensor] = {}
    while jobs:
        group = [jobs.pop()]
        while jobs and len(group[0][0]) * (len(group) + 1) <= budget:
            group.append(jobs.pop())
        width = max(len(ids) for ids, *_ in group)
        ids = torch.tensor([ids + [1] * (width - len(ids)) for ids, *_ in group])
        bias = (ids == 1)[:, None, None, :].float() * -1e9
        layers = []
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = network.embeddings(ids)
            for number, layer in enumerate(network.encoder.layer, 1):
                x = layer(x, bias)
                if number in LAYERS:
                    layers.append(x.float())
        for row, (own, doc_id, inside) in enumerate(group):
            for begin, end, (first, stop) in inside:
                parts = []
                for hidden in layers:
                    h = hidden[row, :len(own)]
                    sides = [h[max(0, first - NEIGHBOURS):first], h[stop:stop + NEIGHBOURS]]
                    parts += [h[first:stop].mean(0), h[0], h.mean(0), *(side.mean(0) if len(side) else torch.zeros_like(h[0]) for side in sides)]
                made.setdefault((doc_id, begin, end), torch.cat(parts).half())
    return made


def columns(hidden: int, layers: tuple[int, ...], parts: tuple[int, ...]) -> Tensor:
    """Which features a variant of the head sees."""
    return torch.cat([torch.arange(hidden) + hidden * (5 * LAYERS.index(layer) + part) for layer in layers for part in parts])


def fit(x: Tensor, allowed: Tensor, seed: int, hidden: int = 128, epochs: int = 30) -> nn.Module:
    """The head: x [mentions, features], allowed [mentions, classes] 0 or 1; loss -log of the summed probability of what is allowed."""
    torch.manual_seed(seed)
    mean, spread = x.mean(0), x.std(0).clamp_min(1e-3)
    dense, out = nn.Linear(x.shape[1], hidden), nn.Linear(hidden, len(CLASSES))
    head = nn.Sequential(nn.Dropout(0.3), dense, nn.GELU(), nn.Dropout(0.3), out)
    share = (allowed / allowed.sum(1, keepdim=True)).sum(0) / len(allowed)
    weight = ((allowed / allowed.sum(1, keepdim=True)) * share.rsqrt()).sum(1)
    weight = weight / weight.mean()
    step = torch.optim.AdamW(head.parameters(), lr=1e-3, weight_decay=0.05)
    x = (x - mean) / spread
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(64):
            chance = torch.softmax(head(x[rows]), -1)
            loss = -(weight[rows] * torch.log((chance * allowed[rows]).sum(1).clamp_min(1e-8))).mean()
            step.zero_grad()
            loss.backward()
            step.step()
    with torch.no_grad():  # the scaling goes into the first layer
        dense.weight /= spread
        dense.bias -= dense.weight @ mean
    return head.eval()


def by_rules(binary: Path, items: list[Item], out: Path) -> dict[str, list[tuple[int, int, str]]]:
    """doc_id -> ADE spans of `befund extract` with the assertion that its rules gave."""
    import pyarrow.dataset

    found = defaultdict(list)
    for source in sorted({item.source for item in items}):
        text = "".join(json.dumps({"doc_id": item.doc_id, "text": item.text}, ensure_ascii=False) + "\n" for item in items if item.source == source)
        folder = out / "rules" / hashlib.sha256(text.encode() + binary.read_bytes()).hexdigest()[:12]
        documents = folder / f"{source}.jsonl"
        if not (folder / "done").exists():
            folder.mkdir(parents=True, exist_ok=True)
            documents.write_text(text, encoding="utf-8")
            subprocess.run([binary, "extract", documents, "--out", folder / "dataset", "--tasks", "ade", "--threads", "1", "--device", "cpu", "--quiet"],
                           check=True)
            (folder / "done").touch()
        for row in pyarrow.dataset.dataset(folder / "dataset/mentions", format="parquet").to_table().to_pylist():
            if row["task"] == "ade" and row["label"] == "ADE":
                found[row["doc_id"]].append((row["begin"], row["end"], row["assertion"]))
    return found


def table(pairs: list[tuple[tuple[str, ...], str]], merged: bool) -> dict[str, list[float]]:
    """class -> precision, recall, F1 in percent, count in gold; `all` holds accuracy and macro F1."""
    def name(value: str) -> str:
        return MERGED.get(value, value) if merged else value

    pairs = [(name(truth[0]), name(answer)) for truth, answer in pairs]
    rows: dict[str, list[float]] = {}
    for label in dict.fromkeys(name(value) for value in CLASSES):
        right = sum(truth == answer == label for truth, answer in pairs)
        said, true = sum(answer == label for _, answer in pairs), sum(truth == label for truth, _ in pairs)
        if true:
            rows[label] = [100 * right / max(1, said), 100 * right / true, 200 * right / (said + true), true]
    macro = sum(row[2] for row in rows.values()) / max(1, len(rows))
    rows["all"] = [100 * sum(truth == answer for truth, answer in pairs) / max(1, len(pairs)), 0.0, macro, len(pairs)]
    return rows


def average(tables: list[dict[str, list[float]]]) -> dict[str, list[float]]:
    """Mean of several seeds' tables."""
    return {label: [sum(t[label][i] for t in tables) / len(tables) for i in range(4)] for label in tables[0]}


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--checkpoint", type=Path, required=True)
    parser.add_argument("--encoder", type=Path, default=Path("../shared/encoders/me5-small-deen-32k"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--gold", type=Path, nargs="*", default=[])
    parser.add_argument("--texts", type=Path, help="folder of the texts of gold lines without a text")
    parser.add_argument("--befund", type=Path, help="the engine, whose rules are measured on the mentions that it finds")
    parser.add_argument("--affirmed", type=int, default=700, help="PHEE training sentences without negation or doubt")
    parser.add_argument("--frames", type=int, default=8, help="sentences a frame")
    parser.add_argument("--seeds", type=int, default=3)
    args = parser.parse_args()
    torch.set_num_threads(1)
    args.out.mkdir(parents=True, exist_ok=True)
    train, test = collect(args)
    print(json.dumps({name: Counter("/".join(names) or "left out" for item in items for *_, names in item.events)
                      for name, items in (("train", train), ("test", test))}), flush=True)
    cache = args.out / f"features-{args.checkpoint.stem}.pt"
    features = torch.load(cache, weights_only=True) if cache.exists() else {}
    missing = [item for item in train + test if any((item.doc_id, begin, end) not in features for begin, end, _ in item.events)]
    if missing:
        network = Network(json.loads((args.encoder / "config.json").read_text()))
        network.load_state_dict(torch.load(args.checkpoint, map_location="cpu", weights_only=True)["model"])
        features |= encode(network, Tokenizer.from_file(str(args.encoder / "tokenizer.json")), missing)
        torch.save(features, cache)
    found = by_rules(args.befund, test, args.out) if args.befund else {}

    learnt = [(features[item.doc_id, begin, end], names) for item in train for begin, end, names in item.events
              if names and (item.doc_id, begin, end) in features]
    allowed = torch.tensor([[float(name in names) for name in CLASSES] for _, names in learnt])
    asked: dict[str, list[tuple[tuple[str, int, int], tuple[str, ...], str | None]]] = defaultdict(list)
    for item in test:
        for begin, end, names in item.events:
            if names and (item.doc_id, begin, end) in features:
                overlap = [(min(end, stop) - max(begin, start), value) for start, stop, value in found.get(item.doc_id, []) if start < end and begin < stop]
                asked[item.source].append(((item.doc_id, begin, end), names, max(overlap)[1] if overlap else None))
    hidden = learnt[0][0].numel() // (5 * len(LAYERS))
    variants = {"head, last layer": columns(hidden, (12,), (0, 1, 2)), "head, layers 6 9 12 and neighbours": columns(hidden, LAYERS, (0, 1, 2, 3, 4))}
    result: dict[str, dict] = {}
    answers: dict[str, list[dict]] = {}
    for variant, chosen in variants.items():
        x = torch.stack([row for row, _ in learnt]).float()[:, chosen]
        answers[variant] = []
        for seed in range(SEED, SEED + args.seeds):
            head = fit(x, allowed, seed)
            with torch.no_grad():
                answers[variant].append({key: CLASSES[int(head(features[key].float()[chosen]).argmax())] for rows in asked.values() for key, *_ in rows})
    for source, rows in sorted(asked.items()):
        for merged in (True, False):
            if not merged and source.startswith(("phee", "tac")):
                continue
            same = [row for row in rows if row[2] is not None]
            tables = {"affirmed for all": table([(names, "affirmed") for _, names, _ in same], merged)} if same else {}
            if same:
                tables["rules"] = table([(names, value) for _, names, value in same], merged)
            for variant, seeds in answers.items():
                if same:
                    tables[variant] = average([table([(names, said[key]) for key, names, _ in same], merged) for said in seeds])
                tables[variant + ", all mentions"] = average([table([(names, said[key]) for key, names, _ in rows], merged) for said in seeds])
            if same:
                tables["rules, the head (all layers) where they say affirmed"] = average(
                    [table([(names, said[key] if value == "affirmed" else value) for key, names, value in same], merged) for said in seeds])
            result[f"{source}, {'three' if merged else 'four'} classes"] = tables
    (args.out / f"assertion-{args.checkpoint.stem}.json").write_text(json.dumps(result, indent=1) + "\n")
    (args.out / "asked.jsonl").write_text("".join(json.dumps(
        {"source": source, "doc_id": key[0], "begin": key[1], "end": key[2], "truth": names, "rules": value,
         "head": [said[key] for said in answers[variant]]}) + "\n" for source, rows in asked.items() for key, names, value in rows))
    for title, tables in result.items():
        print(f"\n{title}")
        for method, rows in tables.items():
            print(f"  {method:58}" + "  ".join(f"{label} {row[0]:.0f}/{row[1]:.0f}/{row[2]:.1f} ({row[3]:.0f})" for label, row in rows.items()))


if __name__ == "__main__":
    main()
