"""The budgets of budgets.json, and whether they were met."""

import json
import os
from dataclasses import dataclass

from .programs import OURS


@dataclass(frozen=True)
class Verdict:
    of: str
    must: float
    aim: float
    found: float

    @property
    def text(self):
        return "aim met" if self.found <= self.aim else "met" if self.found <= self.must else "MISSED"


class Budgets:
    def __init__(self, path=None):
        with open(path or os.path.join(os.path.dirname(os.path.abspath(__file__)), "budgets.json")) as file:
            data = json.load(file)
        self.reference = data["reference"]
        self._rows = {row["measurement"]: row for row in data["budgets"]}

    def verdict(self, results, measurement):
        """None where there is no budget, or no peer to compare with: ratios are to the reference, which is one of the peers."""
        row = self._rows.get(measurement.id)
        if row is None or OURS not in measurement.samples:
            return None
        if row["of"] == "value":
            return Verdict("value", row["must"], row["aim"], measurement.median(OURS))
        ratio = measurement.ratio(OURS, self.reference)
        return None if ratio is None else Verdict("ratio", row["must"], row["aim"], ratio[0])
