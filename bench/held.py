"""What an extension adds to an invocation after the handler's end, measured by the emulator around a real function."""

import json
import os
import statistics
import subprocess
import tempfile

from .endpoint import Endpoint
from .programs import OURS, ROOT, BenchError, emulator
from .results import interleaved

FUNCTION = os.path.join(ROOT, "samples", "functions", "python")
# The first invocations are the cold start's, and those from which mode `auto` learns what the traffic is like.
LEARNING = 4


def invoke(setup, invocations, arguments):
    """Milliseconds added to each invocation after the first ones. They follow each other without pauses."""
    with tempfile.NamedTemporaryFile("w", suffix=".json") as event:
        event.write('{"lines": 3}')
        event.flush()
        command = [*emulator(), "run", "--json", "--memory", "512", "--function", FUNCTION, "--event", event.name,
                   "--invoke", str(LEARNING + invocations), *arguments]
        run = subprocess.run(command, capture_output=True, text=True, timeout=120)
    if run.returncode != 0:
        raise BenchError(f"{' '.join(command)} failed:\n{run.stdout[-2000:]}{run.stderr}")
    summary = json.loads(run.stdout.strip().splitlines()[-1])
    return [invocation["added_ms"] for invocation in summary["invocations"][LEARNING:]]


def with_extension(setup, program, mode, delay_ms):
    with Endpoint(delay_ms) as endpoint:
        variables = {"HTTP_ENDPOINT": endpoint.url, "LOGS_FLUSH_MODE": mode,
                     **{name: value.replace("{endpoint}", endpoint.url) for name, value in setup.environment.items()}}
        settings = [argument for name, value in variables.items() for argument in ("--env", f"{name}={value}")]
        return invoke(setup, setup.extent.held_invocations, ["--extension", program.path, *settings])


def measure(results, setup):
    section = "added to an invocation after the handler"
    baseline = statistics.median(invoke(setup, setup.extent.held_invocations, []))
    results.note(f"Without any extension the emulator reports {baseline:.2f} ms after the handler; that is subtracted.")
    for mode in setup.extent.modes:
        for delay in setup.extent.delays_ms:
            title = f"added in mode {mode}{', steady traffic' if mode == 'auto' else ''}, endpoint responds after {delay} ms"
            measurement = results.new(f"held.{mode}.{delay}", section, title, "ms", digits=1)
            # Other extensions have no flush modes. They are measured once, in the row of mode `end`.
            programs = [program for program in setup.forwarders if program.name == OURS or mode == "end"]
            for program in setup.forwarders:
                if program not in programs:
                    measurement.leave_out(program.name, "has no modes: see mode end")
            for program, _ in interleaved(programs, setup.extent.held_turns):
                samples = results.attempt(program, [measurement], lambda: with_extension(setup, program, mode, delay))
                for added in samples or []:
                    measurement.add(program.name, max(0.0, added - baseline))
