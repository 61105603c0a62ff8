"""One extension from its start through any number of invocations of ten lines each."""

import json
import time
import uuid

from .endpoint import MARK
from .lambda_api import REQUEST_ID, LambdaApi, invoke_event, shutdown_event
from .process import Extension

LINES = 10
TIME = "2026-03-14T09:26:53.470Z"
# So long after /next other threads still do what belongs to the invocation.
SETTLE_SECONDS = 0.01


def body_of_an_invocation():
    """What Lambda posts of a short invocation, in one body: its start, its lines, its end."""
    events = [{"time": TIME, "type": "platform.start", "record": {"requestId": REQUEST_ID, "version": "$LATEST"}}]
    for number in range(LINES):
        line = f"{TIME}\t{REQUEST_ID}\tINFO\t{MARK.decode()} {number}: order accepted, customer 4711, 3 items, payment by card, shipped from eu-west-1 in 12 ms\n"
        events.append({"time": TIME, "type": "function", "record": line})
    events.append({"time": TIME, "type": "platform.runtimeDone", "record": {"requestId": REQUEST_ID, "status": "success"}})
    return json.dumps(events, separators=(",", ":")).encode()


class Session:
    """To be used in `with`: the extension has asked for its first event then, and is killed at the end."""

    def __init__(self, program, setup, endpoint, more=None, memory_mb=512, group=None, command=None):
        self._api = LambdaApi()
        environment = self._api.environment(endpoint.url, memory_mb, {"LOGS_FLUSH_MODE": "end", **(more or {}), **setup.environment})
        self.extension = Extension(program, environment, group, command)
        self._endpoint = endpoint
        self._body = body_of_an_invocation()
        self._telemetry = None

    def __enter__(self):
        self._following = self._api.until("/event/next", timeout=60)
        self._telemetry = self._api.telemetry()
        return self

    def __exit__(self, *_):
        if self._telemetry is not None:
            self._telemetry.close()
        self.extension.end()
        self._api.__exit__()

    def invoke(self):
        """One invocation, up to the extension's next request for an event. Returns when its telemetry was posted, by `time.perf_counter`."""
        # An id of its own, as long as the one in the texts: the end of an earlier invocation must not count for this one.
        request_id = str(uuid.uuid4()).encode()
        self._following.respond(invoke_event().replace(REQUEST_ID.encode(), request_id))
        posted = time.perf_counter()
        self._telemetry.post(self._body.replace(REQUEST_ID.encode(), request_id))
        self._following = self._api.until("/event/next", timeout=60)
        return posted

    def shut_down(self):
        """Sends SHUTDOWN and waits until the process has ended by itself."""
        self._following.respond(shutdown_event())
        self.extension.wait()

    def settle(self):
        time.sleep(SETTLE_SECONDS)
