"""Claims about the parts that need no corpus: python -m unittest scripts.train.test_train"""

from __future__ import annotations

import random
import unittest

import numpy as np
import torch

from .align import Window, decode, join, teach
from .augment import swapped
from .batches import collate, relation_mask
from .corpus import in_tenth
from .export import dequantise, quantise
from .merge import event_lists, merged, reconciled
from .model import Network, pair_features, replica
from .readers.spans import Sheet, dosage_parts
from .readers.tnm_silver import mark
from .schema import RELATIONS, STATUSES, TASKS, bio_labels
from .train import HIDDEN, UNKNOWN, hidden

TINY = {"hidden_size": 8, "num_attention_heads": 2, "intermediate_size": 16, "num_hidden_layers": 1, "vocab_size": 20,
        "max_position_embeddings": 16, "type_vocab_size": 2, "layer_norm_eps": 1e-12}


def one_hot(task: str, names: list[str]) -> np.ndarray:
    """Certain probabilities of the named classes."""
    return np.eye(len(bio_labels(task)))[[bio_labels(task).index(name) for name in names]]


def silver(text: str) -> list[tuple[str, str]] | None:
    """Label and text of the silver mentions."""
    sheet = mark(text)
    return sheet and [(m["label"], m["text"]) for m in sheet.finish()[0]]


class Decoding(unittest.TestCase):
    """What the engine must do alike."""

    def test_inside_without_a_begin_starts_a_mention(self) -> None:
        found = decode("tnm", "T2N0", [(0, 1), (1, 2), (2, 3), (3, 4)], one_hot("tnm", ["I-T", "I-T", "I-N", "I-N"]))
        self.assertEqual([m["text"] for m in found], ["T2", "N0"])

    def test_a_lone_blank_does_not_break_a_mention(self) -> None:
        found = decode("medication", "je nach", [(0, 2), (3, 3), (3, 7)], one_hot("medication", ["B-Frequency", "O", "I-Frequency"]))
        self.assertEqual([m["text"] for m in found], ["je nach"])

    def test_a_period_stays_only_where_abbreviations_end(self) -> None:
        spans = [(0, 3), (3, 4)]
        self.assertEqual(decode("medication", "p.o.", spans, one_hot("medication", ["B-Route", "I-Route"]))[0]["text"], "p.o.")
        self.assertEqual(decode("ade", "AKI.", spans, one_hot("ade", ["B-ADE", "I-ADE"]))[0]["text"], "AKI")

    def test_a_word_is_decided_as_a_whole(self) -> None:
        scores = one_hot("ade", ["B-ADE", "O", "I-ADE", "O"])
        found = decode("ade", "Rezidiv 5", [(0, 2), (2, 4), (4, 7), (8, 9)], scores)
        self.assertEqual([m["text"] for m in found], ["Rezidiv"])


def annotated(text: str, source: str, marks: list[tuple[str, str, str]], pairs: list[tuple[str, int, int]]) -> dict:
    """A line with the mentions (task, label, surface) and relations."""
    mentions = [{"task": task, "label": label, "begin": text.index(surface), "end": text.index(surface) + len(surface), "text": surface}
                for task, label, surface in marks]
    return {"text": text, "source": source, "mentions": mentions, "supervise": ["ade"],
            "relations": [{"type": kind, "head": head, "tail": tail} for kind, head, tail in pairs]}


class Reconciling(unittest.TestCase):
    """One truth for a sentence that two corpora annotate."""

    TEXT = "Fever and rash after high-dose gold salts for arthritis."

    def phee(self) -> dict:
        return annotated(self.TEXT, "phee", [("ade", "ADE", "Fever and rash"), ("ade", "Drug", "gold salts"), ("medication", "Drug", "gold salts"),
                                             ("ade", "Indication", "arthritis")], [("causes", 1, 0), ("treats", 1, 3)])

    def ade(self) -> dict:
        return annotated(self.TEXT, "ade_v2", [("ade", "ADE", "Fever"), ("ade", "ADE", "rash"), ("ade", "Drug", "gold")],
                         [("causes", 2, 0), ("causes", 2, 1)])

    def test_events_and_borders_are_ade_v2s_and_the_rest_is_phees(self) -> None:
        made = merged(self.phee(), self.ade())
        self.assertEqual([(m["task"], m["label"], m["text"]) for m in made["mentions"]],
                         [("ade", "ADE", "Fever"), ("ade", "ADE", "rash"), ("ade", "Drug", "gold"), ("medication", "Drug", "gold"),
                          ("ade", "Indication", "arthritis")])
        self.assertEqual([(r["type"], r["head"], r["tail"]) for r in made["relations"]], [("causes", 2, 0), ("causes", 2, 1), ("treats", 2, 4)])

    def test_a_shared_sentence_is_one_line_and_a_list_of_events_teaches_no_event(self) -> None:
        self.assertEqual([line["source"] for line in reconciled([self.phee(), self.ade()])], ["phee"])
        self.assertTrue(event_lists(self.phee()))
        alone = reconciled([self.phee()])[0]
        self.assertEqual([(m["task"], m["text"]) for m in alone["mentions"]], [("medication", "gold salts")])
        self.assertEqual(alone["relations"], [])

    def test_a_swapped_name_moves_every_span_behind_it(self) -> None:
        made = swapped(self.ade(), ["ciclosporin"], random.Random(1))
        self.assertEqual(made["text"], "Fever and rash after high-dose ciclosporin salts for arthritis.")
        self.assertTrue(all(made["text"][m["begin"]:m["end"]] == m["text"] for m in made["mentions"]))
        self.assertIsNone(swapped(annotated("No drug here.", "phee", [], []), ["x"], random.Random(1)))


class Training(unittest.TestCase):
    """Windows, batches, gradients."""

    def window(self) -> Window:
        line = {"language": "de", "text": "ab", "mentions": [], "relations": [], "supervise": ["ade", "relations"]}
        return Window(line, [0, 5, 6, 2], [(0, 0), (0, 1), (1, 2), (0, 0)], {"ade": [0, 1, 3, 0]}, [((1, 2), (2, 3), 1, 1)],
                      [("ade", (1, 2))], [("ade", (2, 3), 1)])

    def test_joined_windows_teach_no_relation_across_lines(self) -> None:
        made = join([self.window(), self.window()])
        self.assertEqual(made.ids, [0, 5, 6, 5, 6, 2])
        self.assertEqual(made.tags["ade"], [0, 1, 3, 1, 3, 0])
        self.assertEqual(sorted(made.pairs), [((1, 2), (2, 3), 1, 1), ((1, 2), (4, 5), 1, 0), ((3, 4), (2, 3), 1, 0), ((3, 4), (4, 5), 1, 1)])

    def test_special_tokens_and_padding_are_not_taught(self) -> None:
        tags = collate([self.window(), join([self.window(), self.window()])]).tags
        self.assertEqual(tags["ade"][0].tolist(), [-1, 1, 3, -1, -1, -1])
        self.assertTrue((tags["tnm"] == -1).all())

    def test_a_few_pieces_are_hidden_and_no_special_one(self) -> None:
        ids = torch.arange(20_000).view(4, -1) % 2_000
        seen = hidden(ids, 7_777, torch.Generator().manual_seed(1))
        self.assertTrue(bool((seen[ids <= UNKNOWN] == ids[ids <= UNKNOWN]).all()))
        share = float((seen == 7_777).float().mean())
        self.assertTrue(HIDDEN / 2 < share < 2 * HIDDEN, share)

    def test_only_none_and_the_tails_own_relation_are_open(self) -> None:
        open_at = relation_mask(torch.tensor([RELATIONS.index("dose_of")]))[0]
        self.assertEqual([name for name, is_open in zip(RELATIONS, open_at) if is_open], ["none", "dose_of"])

    def test_nothing_between_two_spans_is_zeros(self) -> None:
        x = pair_features(torch.ones(1, 4, 8), [0], [(0, 1)], [(1, 2)])
        self.assertEqual(x[0, 16:].abs().sum().item(), 0.0)

    def test_a_replica_shares_memory_but_not_gradients(self) -> None:
        network = Network(TINY)
        other = replica(network, 1)
        other.heads["ade"].bias.sum().backward()
        self.assertIsNone(network.heads["ade"].bias.grad)
        with torch.no_grad():
            network.heads["ade"].bias.add_(1.0)
        self.assertEqual(other.heads["ade"].bias[0].item(), 1.0)

    def test_a_batch_equals_its_singles(self) -> None:
        network = Network(TINY).eval()
        ids, mask = torch.tensor([[0, 5, 2, 1], [0, 5, 6, 2]]), torch.tensor([[1.0, 1, 1, 0], [1, 1, 1, 1]])
        self.assertTrue(torch.allclose(network(ids, mask)[0, :3], network(ids[:1, :3], mask[:1, :3])[0], atol=1e-5))

    def test_the_status_of_a_drug_is_taught_where_it_begins_also_in_a_joined_window(self) -> None:
        line = annotated("stop ramipril now", "written_en", [("medication", "Drug", "ramipril")], [])
        line["mentions"][0]["status"] = "stopped"
        window = Window(line | {"supervise": ["medication", "status"]}, [0, 5, 6, 7, 2], [(0, 0), (0, 4), (5, 13), (14, 17), (0, 0)])
        teach(window)
        self.assertEqual(window.statuses, [(2, STATUSES.index("stopped"))])
        both = join([window, window])
        self.assertEqual([token for token, _ in both.statuses], [2, 5])
        batch = collate([both])
        self.assertEqual((batch.status_rows, batch.status_tokens, batch.status_gold.tolist()), ([0, 0], [2, 5], [STATUSES.index("stopped")] * 2))

    def test_int8_rows_are_within_half_a_step(self) -> None:
        state = Network(TINY).state_dict()
        back = dequantise(quantise(state))
        self.assertEqual(set(back), set(state))
        for name, value in state.items():
            self.assertLessEqual((back[name] - value).abs().max().item(), value.abs().max().item() / 253)


class Reading(unittest.TestCase):
    """Rules of the readers."""

    def test_glued_and_misread_stages_are_marked_by_part(self) -> None:
        self.assertEqual(silver("PATHOLOGIC STAGE: pT2bNOMX"), [("T", "pT2b"), ("N", "NO"), ("M", "MX")])

    def test_lines_in_doubt_are_skipped(self) -> None:
        self.assertIsNone(silver("T2 hyperintense signal, N 1"[:15]))
        self.assertIsNone(silver("AJCC stage pT2, pNn/a"))

    def test_the_longer_mention_stays_and_keeps_the_relation(self) -> None:
        sheet = Sheet("lithium causes severe renal failure")
        drug = sheet.add("ade", "Drug", 0, 7)
        sheet.link("causes", drug, sheet.add("ade", "ADE", 28, 35))
        sheet.add("ade", "ADE", 22, 35)
        mentions, relations = sheet.finish()
        self.assertEqual([m["text"] for m in mentions], ["lithium", "renal failure"])
        self.assertEqual(relations, [{"type": "causes", "head": 0, "tail": 1}])

    def test_amounts_by_weight_are_doses(self) -> None:
        self.assertEqual(dosage_parts("2 mg/kg", 0, 7), [("Dose", 0, 7)])
        self.assertEqual([part[0] for part in dosage_parts("60 mg daily", 0, 11)], ["Strength", "Frequency"])
        self.assertEqual(dosage_parts("high-dose", 0, 9), [])

    def test_the_split_is_fixed(self) -> None:
        part = sum(in_tenth(f"pmid:{number}") for number in range(5000)) / 5000
        self.assertTrue(0.08 < part < 0.13, part)
        self.assertEqual(len(TASKS["tnm"]), 13)


if __name__ == "__main__":
    unittest.main()
