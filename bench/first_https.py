"""What the first delivery over HTTPS costs beyond one over plain HTTP, in processor time."""

import os
import select
import subprocess
import tempfile

from .lambda_api import REQUEST_ID, LambdaApi, invoke_event, platform_event
from .process import Extension
from .programs import BenchError, emulator
from .results import interleaved

LINE = f"2026-03-14T09:26:53.470Z\\t{REQUEST_ID}\\tINFO\\tthe only line\\n"
BODY = f'[{{"time":"2026-03-14T09:26:53.470Z","type":"function","record":"{LINE}"}}]'.encode()


class Destination:
    """The emulator's endpoint, with or without TLS. To be used in `with`."""

    def __init__(self, *arguments):
        self._process = subprocess.Popen([*emulator(), "destination", "--quiet", *arguments], stdout=subprocess.PIPE, bufsize=0)
        word, _, url = self.said().strip().rpartition(" ")
        # By name: not every TLS library accepts an address.
        self.url = url.replace("127.0.0.1", "localhost")
        if word != "listening on":
            raise BenchError("`lambda-emulator destination` did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.communicate()

    def said(self):
        """The next line of its output, such as `3. POST /logs … -> 200`; empty where none comes."""
        ready, _, _ = select.select([self._process.stdout], [], [], 20)
        return self._process.stdout.readline().decode() if ready else ""


def deliver_once(program, setup, destination, more):
    """Processor time from the first invocation to the end of its delivery."""
    with LambdaApi() as api:
        environment = api.environment(destination.url + "logs", 512, {"LOGS_FLUSH_MODE": "end", **more, **setup.environment})
        with Extension(program, environment) as extension:
            following = api.until("/event/next")
            before = extension.processor_ms()
            following.answer(invoke_event())
            with api.telemetry() as telemetry:
                telemetry.post(platform_event("start"))
                telemetry.post(BODY)
                telemetry.post(platform_event("runtimeDone", status="success"))
                api.until("/event/next")
                spent = extension.processor_ms() - before
            if "-> 200" not in destination.said():
                raise BenchError(f"{program.name} did not deliver")
            return spent


def measure(results, setup):
    section = "first delivery"
    plain = results.new("first.http", section, "processor time of the first delivery, HTTP", "ms", digits=1)
    more = results.new("first.https", section, "more of it with HTTPS", "ms", digits=1)
    with tempfile.TemporaryDirectory() as folder:
        authority = os.path.join(folder, "ca.pem")
        with Destination() as http, Destination("--tls-ca", authority) as https:
            for program, counts in interleaved(setup.forwarders, setup.extent.tls_turns, warm_up=True):
                pair = results.attempt(program, [plain, more], lambda: (
                    deliver_once(program, setup, http, {}), deliver_once(program, setup, https, {"HTTP_TLS_CA": authority})))
                if counts and pair:
                    plain.add(program.name, pair[0])
                    more.add(program.name, pair[1] - pair[0])
