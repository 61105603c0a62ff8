"""Instructions, counted by valgrind: the same on every machine of an architecture, and on a busy one. No time is taken here."""

import os
import re
import shutil
import tempfile

from .endpoint import Endpoint
from .programs import BenchError
from .results import interleaved
from .session import LINES, Session

SECTION = "instructions, by valgrind"


def life(program, setup, invocations):
    """Instructions of one process from its start to the end after SHUTDOWN, with so many invocations between."""
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log")
        command = [shutil.which("valgrind"), "--tool=callgrind", f"--callgrind-out-file={folder}/out", f"--log-file={log}"]
        with Endpoint() as endpoint, Session(program, setup, endpoint, command=command) as session:
            for _ in range(invocations):
                session.invoke()
            endpoint.wait(invocations * LINES)
            session.shut_down()
        with open(log) as file:
            found = re.search(r"Collected\s*:\s*(\d+)", file.read())
    if found is None:
        raise BenchError("valgrind reports no count: the process did not end by itself after SHUTDOWN")
    return int(found[1]) / 1e6


def measure(results, setup):
    whole = results.new("counts.life", SECTION, "start and end, without an invocation", "million")
    first = results.new("counts.first", SECTION, "more with one invocation of ten lines, HTTP", "million", digits=3)
    further = results.new("counts.further", SECTION, "each further invocation", "million", digits=3)
    measurements = [whole, first, further]
    if shutil.which("valgrind") is None:
        for program in setup.forwarders:
            for measurement in measurements:
                measurement.leave_out(program.name, "no valgrind")
        results.note("Instructions were left out: valgrind is not installed.")
        return
    for program, _ in interleaved(setup.forwarders, setup.extent.count_turns):
        figures = results.attempt(program, measurements, lambda: [life(program, setup, invocations) for invocations in (0, 1, 21)])
        if figures:
            none, one, many = figures
            for measurement, value in zip(measurements, (none, one - none, (many - one) / 20)):
                measurement.add(program.name, value)
