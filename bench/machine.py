"""Describes the machine, and says whether other load makes the results unusable."""

import os
import statistics

from .programs import FLOOR

LOAD_MAX = 0.5
SPREAD_MAX = 0.20
STOLEN_MAX = 0.01


def describe():
    with open("/proc/cpuinfo") as file:
        model = next((line.split(":", 1)[1].strip() for line in file if line.startswith(("model name", "CPU part"))), "unknown")
    with open("/proc/meminfo") as file:
        memory = int(file.readline().split()[1]) / 1024 / 1024
    system = os.uname()
    return {"architecture": system.machine, "cores": os.cpu_count(), "processor": model, "memory_gib": round(memory, 1),
            "kernel": ".".join(system.release.split("-")[0].split(".")[:2])}


class NoiseMonitor:
    """Measures other load on the machine from its construction on."""

    def __init__(self):
        self.load = os.getloadavg()[0]
        self._before = _processor_times()

    def warnings(self, results):
        found = []
        if self.load > LOAD_MAX:
            found.append(f"the machine was busy at the start: load average {self.load:.1f}")
        total, stolen = (now - before for now, before in zip(_processor_times(), self._before))
        if total and stolen / total > STOLEN_MAX:
            found.append(f"the host took {stolen / total:.0%} of the processor time away")
        start = results.find("start.register")
        samples = start.samples.get(FLOOR, []) if start else []
        if len(samples) >= 3:
            lower, middle, upper = statistics.quantiles(samples, n=4)
            if (upper - lower) / middle > SPREAD_MAX:
                found.append(f"the C floor's own start varied by {(upper - lower) / middle:.0%} between its quartiles")
        if found:
            found.append("too much noise for a conclusion: repeat it on an idle machine")
        return found


def _processor_times():
    """All ticks, and those that the host gave to others."""
    with open("/proc/stat") as file:
        ticks = [int(text) for text in file.readline().split()[1:9]]
    return sum(ticks), ticks[7]
