"""Processor time per record, received to delivered, and the peak of memory after them."""

import random

from .endpoint import MARK, Endpoint
from .lambda_api import REQUEST_ID, LambdaApi, invoke_event, platform_event
from .process import Extension
from .programs import FLOOR, OURS, load_floor
from .results import interleaved

BODY_RECORDS = 1000
# How far posting may be ahead of the endpoint, which is not what is measured: where it is slow, an extension's buffer would run over.
LEAD_BYTES = 10_000_000
# What a log line is made of. Compression would have too easy a time with one repeated letter.
WORDS = ("order customer cart payment accepted shipped cache miss timeout retry queue worker region bucket object stored deleted updated "
         "started finished in ms of for with id session token request response status latency").split()


def lines(size, count, seed=7):
    """Bodies of Node's text lines, `size` bytes each with their line feed."""
    random_words = random.Random(seed)
    head = f"2026-03-14T09:26:53.470Z\t{REQUEST_ID}\tINFO\t{MARK.decode()} "
    texts = []
    for number in range(997):
        text = f"{head}{number * 7919 % 1_000_003:07d} "
        while len(text) < size - 1:
            text += f"{random_words.choice(WORDS)} " if random_words.random() < 0.8 else f"{random_words.randrange(100_000)} "
        texts.append(text[:size - 1].replace("\t", "\\t") + "\\n")
    records = [f'{{"time":"2026-03-14T09:26:53.470Z","type":"function","record":"{text}"}}' for text in texts]
    return [("[" + ",".join(records[(first + i) % 997] for i in range(min(BODY_RECORDS, count - first))) + "]").encode()
            for first in range(0, count, BODY_RECORDS)]


def load_once(program, setup, load, compression):
    bodies, records, lead = load
    with LambdaApi() as api, Endpoint() as endpoint:
        # What is left when a flush ends waits for the next invocation, which does not come here: on a busy machine the usual second is short.
        settings = {"HTTP_COMPRESSION": compression, "LOGS_FLUSH_TIMEOUT_MS": "60000", **setup.environment}
        environment = api.environment(endpoint.url, 1024, {**settings, **program.environment})
        with Extension(program, environment) as extension:
            following = api.until("/event/next")
            following.respond(invoke_event())
            with api.telemetry() as telemetry:
                before = extension.processor_ms()
                telemetry.post(platform_event("start"))
                posted = 0
                for body in bodies:
                    endpoint.wait(posted - lead)
                    telemetry.post(body)
                    posted += BODY_RECORDS
                telemetry.post(platform_event("runtimeDone", status="success"))
                endpoint.wait(records)
                api.until("/event/next")
                return {
                    "bytes": endpoint.bytes,
                    "cpu": (extension.processor_ms() - before) * 1000 / records,
                    "peak": extension.peak_mib(),
                    "compressed": endpoint.compressed > 0,
                }


def measure(results, setup):
    for compression in setup.extent.compressions:
        for size, records in setup.extent.loads:
            name = f"{records:,} records of {size:,} bytes".replace(",", " ") + (", gzip" if compression == "gzip" else "")
            section = "load, received to delivered"
            cpu = results.new(f"load.cpu.{size}x{records}.{compression}", section, f"processor time per record: {name}", "µs", digits=3)
            peak = results.new(f"load.peak.{size}x{records}.{compression}", section, f"peak memory: {name}", "MiB", digits=1)
            _measure_load(results, setup, cpu, peak, (lines(size, records), records, LEAD_BYTES // size), compression)


def _measure_load(results, setup, cpu, peak, load, compression):
    programs = list(setup.forwarders)
    if compression == "none":
        # The floor sends as many bytes as the extension does. A run that is not measured says how many.
        sent = load_once(next(program for program in programs if program.name == OURS), setup, load, compression)["bytes"]
        programs.append(load_floor(sent * BODY_RECORDS // load[1]))
    else:
        cpu.leave_out(FLOOR, "sends no gzip")
        peak.leave_out(FLOOR, "sends no gzip")
    for program, _ in interleaved(programs, setup.extent.record_turns):
        figures = results.attempt(program, [cpu, peak], lambda: load_once(program, setup, load, compression))
        if figures is None:
            continue
        if figures["compressed"] == (compression == "gzip"):
            cpu.add(program.name, figures["cpu"])
            peak.add(program.name, figures["peak"])
        else:
            reason = "sends no gzip" if compression == "gzip" else "sends only gzip"
            cpu.leave_out(program.name, reason)
            peak.leave_out(program.name, reason)
