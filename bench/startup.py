"""From the start of the process to registration and to the first /next, and what was spent until then."""

import time

from .lambda_api import LambdaApi
from .process import Extension
from .results import interleaved

# No server listens on this port: nothing is sent before the first invocation.
ENDPOINT = "http://127.0.0.1:9/logs"


def start_once(program, setup, group=None):
    """One start; the process is killed once it asks for its first event."""
    with LambdaApi() as api, Extension(program, api.environment(ENDPOINT, 128, setup.environment), group) as extension:
        registered = api.until("/register")
        result = {"register": extension.since_start_ms(registered.at)}
        registered.respond_to_registration()
        result["next"] = extension.since_start_ms(api.until("/event/next").at)
        # What other threads still do at start belongs to the start. Under a quota there is no point in waiting for them.
        if group is None:
            time.sleep(0.01)
            result["cpu"] = extension.processor_ms()
            result["resident"] = extension.resident_mib()
            result["faults"] = extension.page_faults()
        # Before its connection is closed, because it would open another one.
        extension.kill()
        return result


def measure(results, setup):
    section = "start"
    measurements = {
        "register": results.new("start.register", section, "spawn to registration", "ms"),
        "next": results.new("start.next", section, "spawn to the first /next", "ms"),
        "cpu": results.new("start.cpu", section, "processor time to the first /next", "ms"),
        "resident": results.new("start.resident", section, "resident memory before the first invocation", "MiB"),
        "faults": results.new("start.faults", section, "pages touched until then", "page faults", digits=0),
    }
    for program, counts in interleaved(setup.programs, setup.extent.start_turns, warm_up=True):
        figures = results.attempt(program, list(measurements.values()), lambda: start_once(program, setup))
        if counts and figures:
            for name, measurement in measurements.items():
                measurement.add(program.name, figures[name])
