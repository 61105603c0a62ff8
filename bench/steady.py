"""What each further invocation costs, and what the process has become after many of them."""

import tempfile

from .authority import Authority
from .endpoint import Endpoint
from .programs import OURS, BenchError
from .results import interleaved
from .session import LINES, Session

SECTION = "in use: invocations of ten lines, one POST each"
# The first invocations fill pools and learn what traffic is like.
LEARNING = 20


def invoke_many(program, setup, authority, mode="end"):
    count = setup.extent.steady_invocations
    more = {"LOGS_FLUSH_MODE": mode, **({"HTTP_TLS_CA": authority.root} if authority else {})}
    with Endpoint(authority=authority) as endpoint, Session(program, setup, endpoint, more) as session:
        # Mode `auto` may send the last lines of an invocation in the next one.
        pending = 0 if mode == "end" else LINES
        for _ in range(LEARNING):
            session.invoke()
        endpoint.wait(LEARNING * LINES - pending)
        session.settle()
        before = session.extension.processor_ms()
        for _ in range(count):
            session.invoke()
        endpoint.wait((LEARNING + count) * LINES - pending)
        session.settle()
        extension = session.extension
        return {"cpu": (extension.processor_ms() - before) * 1000 / count, "resident": extension.resident_mib(), "threads": extension.threads()}


def reconnect_many(program, setup, authority):
    """Milliseconds of processor time of an invocation whose delivery opens a new connection, the first ones left out."""
    count = setup.extent.reconnects
    more = {"HTTP_TLS_CA": authority.root}
    with Endpoint(authority=authority, closes=True) as endpoint, Session(program, setup, endpoint, more) as session:
        for _ in range(3):
            session.invoke()
        endpoint.wait(3 * LINES)
        session.settle()
        before, (handshakes, resumed) = session.extension.processor_ms(), endpoint.handshakes
        for _ in range(count):
            session.invoke()
        endpoint.wait((3 + count) * LINES)
        session.settle()
        spent = session.extension.processor_ms() - before
        handshakes, resumed = endpoint.handshakes[0] - handshakes, endpoint.handshakes[1] - resumed
        if handshakes < count:
            raise BenchError(f"{handshakes} handshakes in {count} invocations: the connection was not opened anew each time")
        return {"cpu": spent / count, "resumed": resumed / handshakes}


def measure(results, setup):
    with tempfile.TemporaryDirectory() as folder:
        authority = Authority(folder)
        _measure_many(results, setup, authority)
        reconnect = results.new("steady.resumed", SECTION, "processor time with a reconnect and a resumed session, HTTPS", "ms")
        for program, _ in interleaved(setup.forwarders, setup.extent.steady_turns):
            figures = results.attempt(program, [reconnect], lambda: reconnect_many(program, setup, authority))
            if figures:
                reconnect.add(program.name, figures["cpu"])
                if figures["resumed"] < 0.9:
                    results.note(f"{program.name} resumed {figures['resumed']:.0%} of its TLS sessions in the row of reconnects.")


def _measure_many(results, setup, authority):
    for name, title, used, mode in (("http", "HTTP", None, "end"), ("https", "HTTPS", authority, "end"), ("auto", "HTTP, mode auto", None, "auto")):
        cpu = results.new(f"steady.cpu.{name}", SECTION, f"processor time of an invocation, {title}", "µs", digits=0)
        resident = results.new(f"steady.resident.{name}", SECTION,
                               f"resident memory after {setup.extent.steady_invocations + LEARNING} of them, {title}", "MiB")
        threads = results.new(f"steady.threads.{name}", SECTION, f"threads then, {title}", "threads", digits=0)
        programs = [program for program in setup.forwarders if program.name == OURS or mode == "end"]
        for program in setup.forwarders:
            if program not in programs:
                for measurement in (cpu, resident, threads):
                    measurement.leave_out(program.name, "has no modes")
        for program, _ in interleaved(programs, setup.extent.steady_turns):
            figures = results.attempt(program, [cpu, resident, threads], lambda: invoke_many(program, setup, used, mode))
            if figures:
                cpu.add(program.name, figures["cpu"])
                resident.add(program.name, figures["resident"])
                threads.add(program.name, figures["threads"])
