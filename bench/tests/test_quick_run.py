"""A whole run, of the executable as it ships. What it measures is looked at by people; here it has to end with everything in its place."""

import json
import os
import subprocess
import sys
import tempfile
import unittest

from bench.programs import FLOOR, OURS, ROOT


def run(*arguments, **environment):
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "DOTNET_ROOT") if name in os.environ}
    return subprocess.run([sys.executable, "-m", "bench", *arguments], cwd=ROOT, capture_output=True, text=True, timeout=300, env={**kept, **environment})


class QuickRun(unittest.TestCase):
    def test_it_ends_with_the_table_and_a_file_of_all_figures(self):
        with tempfile.TemporaryDirectory() as folder:
            file = os.path.join(folder, "results.json")
            ended = run(QUICK="1", JSON=file)
            self.assertEqual(0, ended.returncode, ended.stderr)
            with open(file) as stream:
                results = json.load(stream)
            shown = run("--from", file)
        self.assertEqual(shown.stdout, ended.stdout)
        self.assertEqual([OURS, FLOOR], results["programs"])
        self.assertIn("spawn to registration, ms", ended.stdout)
        for measurement in results["measurements"]:
            with self.subTest(measurement["id"]):
                self.assertTrue(OURS in measurement["figures"] or OURS in measurement["left_out"])
                self.assertTrue(all(figures["min"] <= figures["median"] <= figures["max"] for figures in measurement["figures"].values()))
        found = {measurement["id"] for measurement in results["measurements"] if OURS in measurement["figures"]}
        self.assertLessEqual({"start.register", "start.cpu", "load.cpu.200x5000.none", "held.end.0", "first.http", "first.https", "steady.cpu.http",
                              "steady.resumed", "size.zip"}, found)

    def test_what_is_wrong_with_a_call_is_said_in_one_line(self):
        ended = run(ONLY="everything")
        self.assertEqual(
            (1, "bench: ONLY: there is no part everything; there are start, share, first, steady, load, held, counts, size\n"),
            (ended.returncode, ended.stderr))
