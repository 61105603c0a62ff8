"""What the first invocation costs: ten lines, delivered before /next, over HTTP and over HTTPS with a verified chain."""

import tempfile
import time

from .authority import Authority
from .endpoint import Endpoint
from .results import interleaved
from .session import LINES, Session
from .share import PERIOD_US, ProcessorShare

SECTION = "first invocation of ten lines, delivered before /next"
# The smallest function's memory, which the processor share belongs to.
SMALL_MB = 128


def first_once(program, setup, authority):
    """Processor time and page faults of the first invocation, of all threads."""
    with Endpoint(authority=authority) as endpoint, Session(program, setup, endpoint, _trust(authority)) as session:
        session.settle()
        before, faults = session.extension.processor_ms(), session.extension.page_faults()
        session.invoke()
        endpoint.wait(LINES)
        session.settle()
        return {"cpu": session.extension.processor_ms() - before, "faults": session.extension.page_faults() - faults}


def delivered_once(program, setup, authority, group):
    """Milliseconds from the telemetry being posted until all lines were at the endpoint."""
    with Endpoint(authority=authority) as endpoint, Session(program, setup, endpoint, _trust(authority), SMALL_MB, group) as session:
        # Waits until the quota of a full period is available.
        time.sleep(3 * PERIOD_US / 1e6)
        posted = session.invoke()
        endpoint.wait(LINES)
        return (endpoint.last_at - posted) * 1000


def measure(results, setup):
    with tempfile.TemporaryDirectory() as folder:
        authority = Authority(folder)
        for name, title, used in (("http", "HTTP", None), ("https", "HTTPS, chain verified", authority)):
            cpu = results.new(f"first.{name}", SECTION, f"processor time, {title}", "ms")
            faults = results.new(f"first.faults.{name}", SECTION, f"pages touched, {title}", "page faults", digits=0)
            for program, counts in interleaved(setup.forwarders, setup.extent.first_turns, warm_up=True):
                figures = results.attempt(program, [cpu, faults], lambda: first_once(program, setup, used))
                if counts and figures:
                    cpu.add(program.name, figures["cpu"])
                    faults.add(program.name, figures["faults"])
        for name, title, used in (("http", "HTTP", None), ("https", "HTTPS, chain verified", authority)):
            _measure_share(results, setup, name, title, used)


def _measure_share(results, setup, name, title, authority):
    wall = results.new(f"first.share.{name}", SECTION, f"time until delivered with 7.2 % of a core, {title}", "ms", digits=0)
    try:
        with ProcessorShare() as group:
            for program, counts in interleaved(setup.forwarders, setup.extent.first_turns, warm_up=True):
                figure = results.attempt(program, [wall], lambda: delivered_once(program, setup, authority, group))
                if counts and figure is not None:
                    wall.add(program.name, figure)
    except OSError as error:
        for program in setup.forwarders:
            wall.leave_out(program.name, "no processor quota")
        results.note(f"Delivery at a 128 MB function's share was left out: {error}. It takes root and a control group with the cpu controller.")


def _trust(authority):
    return {"HTTP_TLS_CA": authority.root} if authority else {}
