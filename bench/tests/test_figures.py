"""What is made of samples: ratios, verdicts, the table, the page and the chart."""

import json
import os
import tempfile
import unittest
import xml.etree.ElementTree

from bench import machine, page, programs, table
from bench.budgets import Budgets
from bench.programs import FLOOR, OURS, BenchError
from bench.results import Results, interleaved


def some_budgets():
    """Budgets of the test's own: what a release has to hold changes, how it is judged does not."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump({"reference": "rust", "budgets": [
            {"measurement": "start.register", "of": "ratio", "must": 1.15, "aim": 1},
            {"measurement": "size.zip", "of": "value", "must": 6, "aim": 4.5},
        ]}, file)
        file.flush()
        return Budgets(file.name)


def some_results():
    results = Results("2026-01-02T03:04:05+00:00", False, machine.describe(), [OURS, FLOOR, "rust"])
    register = results.new("start.register", "start", "spawn to registration", "ms")
    for mine, floor, peer in ((6.0, 3.0, 5.0), (8.0, 3.0, 8.0), (7.0, 3.0, 10.0)):
        register.add(OURS, mine)
        register.add(FLOOR, floor)
        register.add("rust", peer)
    zipped = results.new("size.zip", "size", "layer zip", "MB")
    zipped.add(OURS, 5.9)
    zipped.leave_out("rust", "failed")
    return results


class Figures(unittest.TestCase):
    def test_a_ratio_is_the_median_of_the_pairs(self):
        self.assertEqual((1.0, 0.7, 1.2), some_results().find("start.register").ratio(OURS, "rust"))

    def test_there_is_no_ratio_to_a_program_that_was_left_out(self):
        self.assertIsNone(some_results().find("size.zip").ratio(OURS, "rust"))

    def test_budgets_are_met_or_missed(self):
        results, budgets = some_results(), some_budgets()
        self.assertEqual("aim met", budgets.verdict(results, results.find("start.register")).text)
        self.assertEqual("met", budgets.verdict(results, results.find("size.zip")).text)
        results.find("size.zip").samples[OURS] = [6.1]
        self.assertEqual("MISSED", budgets.verdict(results, results.find("size.zip")).text)

    def test_a_ratio_has_no_verdict_without_the_reference(self):
        results = some_results()
        del results.find("start.register").samples["rust"]
        self.assertIsNone(some_budgets().verdict(results, results.find("start.register")))

    def test_the_table_shows_medians_ranges_ratios_and_what_was_left_out(self):
        text = table.for_terminal(some_results(), some_budgets())
        self.assertRegex(text, r"spawn to registration, ms +7.00 \(6.00–8.00\) +3.00 +8.00 \(5.00–10.00\) +1.00 \(0.70–1.20\) +1.15 +1 +aim met")
        self.assertRegex(text, r"layer zip, MB +5.90 +failed +6 MB +4.5 MB +met")

    def test_results_survive_their_file(self):
        results = some_results()
        self.assertEqual(results, Results.from_json(results.to_json()))

    def test_the_page_is_rewritten_between_its_marks_only(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "performance.md")
            with open(path, "w") as file:
                file.write(f"before\n{page.BEGIN}\nold\n{page.END}\nafter\n")
            page.rewrite(some_results(), some_budgets(), folder)
            with open(path) as file:
                text = file.read()
            self.assertTrue(text.startswith(f"before\n{page.BEGIN}\n") and text.endswith(f"{page.END}\nafter\n"), text)
            self.assertNotIn("old", text)
            self.assertIn("| spawn to registration, ms | 7.00 (6.00–8.00) | 3.00 |", text)
            xml.etree.ElementTree.parse(os.path.join(folder, "performance.svg"))

    def test_a_page_without_marks_is_left_alone(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "performance.md"), "w") as file:
                file.write("nothing\n")
            with self.assertRaisesRegex(BenchError, "marks"):
                page.rewrite(some_results(), some_budgets(), folder)

    def test_every_program_takes_every_place_in_turn(self):
        order = [program for program, counts in interleaved(["a", "b", "c"], 3, warm_up=True) if counts]
        self.assertEqual(["a", "b", "c", "b", "c", "a", "c", "a", "b"], order)

    def test_a_peer_that_fails_is_left_out_and_ours_is_not(self):
        results = some_results()
        register = results.find("start.register")

        def fail():
            raise BenchError("no response")

        self.assertIsNone(results.attempt(programs.Program("rust", "/bin/true"), [register], fail))
        self.assertNotIn("rust", register.samples)
        self.assertIn("no response", results.notes[0])
        with self.assertRaises(BenchError):
            results.attempt(programs.Program(OURS, "/bin/true"), [register], fail)


class Peers(unittest.TestCase):
    def test_a_command_is_found_on_the_path(self):
        self.assertEqual(["shell"], [peer.name for peer in programs.peers(" shell=sh ")])

    def test_what_is_wrong_is_said(self):
        for text, message in (("sh", "expected name=executable"), ("a=/no/such/file", "no executable"), ("a=sh a=sh", "taken")):
            with self.subTest(text), self.assertRaisesRegex(BenchError, message):
                programs.peers(text)
