"""What was measured, and the figures that are made of it."""

import statistics
from dataclasses import asdict, dataclass, field

from .programs import FLOOR, OURS, BenchError


@dataclass
class Measurement:
    """One figure of all programs. Samples of one index were taken in the same turn, so that they can be compared pair by pair."""

    id: str
    section: str
    title: str
    unit: str
    digits: int = 2
    samples: dict = field(default_factory=dict)
    left_out: dict = field(default_factory=dict)

    def add(self, program, value):
        self.samples.setdefault(program, []).append(value)

    def leave_out(self, program, reason):
        self.left_out[program] = reason

    def median(self, program):
        return statistics.median(self.samples[program])

    def ratio(self, program, reference):
        """Median, minimum and maximum of the ratios of every pair; None where there is none."""
        pairs = [(mine, other) for mine, other in zip(self.samples.get(program, []), self.samples.get(reference, [])) if other > 0]
        if not pairs:
            return None
        ratios = [mine / other for mine, other in pairs]
        return statistics.median(ratios), min(ratios), max(ratios)


@dataclass
class Results:
    taken: str
    quick: bool
    machine: dict
    programs: list
    measurements: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    def new(self, *arguments, **more):
        measurement = Measurement(*arguments, **more)
        self.measurements.append(measurement)
        return measurement

    def find(self, identifier):
        return next((measurement for measurement in self.measurements if measurement.id == identifier), None)

    def attempt(self, program, measurements, run):
        """What `run` returns. A peer that fails is left out of these measurements from then on, with a note: the result is None."""
        if program.name in measurements[0].left_out:
            return None
        try:
            return run()
        except BenchError as error:
            if program.name in (OURS, FLOOR):
                raise BenchError(f"{program.name}: {error}") from error
            for measurement in measurements:
                measurement.samples.pop(program.name, None)
                measurement.leave_out(program.name, "failed")
            self.note(f"{program.name} was left out of \"{measurements[0].title}\": {error}.")
            return None

    def note(self, text):
        if text not in self.notes:
            self.notes.append(text)

    @property
    def reference(self):
        """What ratios are taken to: the first peer, else nothing but the floor is there to compare with."""
        return self.programs[2] if len(self.programs) > 2 else self.programs[1]

    def to_json(self):
        data = asdict(self)
        data["reference"] = self.reference
        for measurement, plain in zip(self.measurements, data["measurements"]):
            plain["figures"] = {name: {"median": measurement.median(name), "min": min(values), "max": max(values)}
                                for name, values in measurement.samples.items()}
            ratio = measurement.ratio(self.programs[0], self.reference)
            plain["ratio"] = None if ratio is None else dict(zip(("median", "min", "max"), ratio))
        return data

    @staticmethod
    def from_json(data):
        names = ("id", "section", "title", "unit", "digits", "samples", "left_out")
        measurements = [Measurement(**{name: plain[name] for name in names}) for plain in data["measurements"]]
        return Results(data["taken"], data["quick"], data["machine"], data["programs"], measurements, data["notes"], data["warnings"])


def interleaved(programs, turns, warm_up=False):
    """(program, counts) for every run: A B C, then B C A, then C A B, so that none always follows the same one.

    With `warm_up` a first turn does not count: it fills the page cache.
    """
    first = -1 if warm_up else 0
    for turn in range(first, turns):
        shift = turn % len(programs) if programs else 0
        for program in programs[shift:] + programs[:shift]:
            yield program, turn >= 0
