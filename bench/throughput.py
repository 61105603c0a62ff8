#!/usr/bin/env python3
"""Processor time per record, receive to delivered, and peak memory, of extensions side by side.

Usage: bench/throughput.py [--records N] [--runs N] NAME=EXECUTABLE ...

Plays Lambda and the endpoint on loopback: registers the extension, gives it one invocation, posts telemetry of 200-byte text records in bodies of 1000, ends with
platform.runtimeDone, and waits until every record has been delivered and /next was called. Processor time is that of all the extension's threads, from the
scheduler, in nanoseconds. Prints medians, and each one's ratio to the first executable. Standard library only.
"""

import argparse
import http.client
import json
import multiprocessing
import os
import re
import socket
import statistics
import sys
import threading
import time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from startup import ANSWERS, processor_ms, read_request

REQUEST_ID = "459921b5-681c-4a96-beb0-81e0aa586026"


def body_of(first, count):
    lines = []
    for number in range(first, first + count):
        text = f"2026-03-14T09:26:53.470Z\\t{REQUEST_ID}\\tINFO\\tline {number:09d} " + "x" * 100 + "\\n"
        lines.append(f'{{"time":"2026-03-14T09:26:53.470Z","type":"function","record":"{text}"}}')
    return ("[" + ",".join(lines) + "]").encode()


class Endpoint:
    """Counts records in what is posted to it. A process of its own: it must not wait for the one that plays Lambda."""

    def __init__(self):
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        self.records = multiprocessing.Value("q", 0)
        self.changed = multiprocessing.Condition()
        self.process = multiprocessing.Process(target=self.run, daemon=True)
        self.process.start()

    def run(self):
        while True:
            connection, _ = self.server.accept()
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        buffer = bytearray(4 << 20)
        view = memoryview(buffer)
        filled = 0
        while True:
            end = buffer.find(b"\r\n\r\n", 0, filled)
            if end >= 0:
                total = end + 4 + int(re.search(rb"content-length: *(\d+)", buffer[:end], re.I)[1])
                if filled >= total:
                    self.count(buffer.count(b'"lambda_function"', end, total))
                    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                    view[: filled - total] = view[total:filled]
                    filled -= total
                    continue
            count = connection.recv_into(view[filled:])
            if not count:
                return
            filled += count

    def count(self, records):
        with self.changed:
            self.records.value += records
            self.changed.notify_all()

    def wait(self, records):
        with self.changed:
            if not self.changed.wait_for(lambda: self.records.value >= records, timeout=60):
                raise SystemExit(f"only {self.records.value} of {records} records were delivered: the extension's buffer was too small for this machine")

    def close(self):
        self.process.kill()
        self.process.join()
        self.server.close()


def run_once(executable, bodies, records):
    platform = socket.create_server(("127.0.0.1", 0))
    endpoint = Endpoint()
    environment = {
        "AWS_LAMBDA_RUNTIME_API": f"127.0.0.1:{platform.getsockname()[1]}",
        "AWS_LAMBDA_FUNCTION_NAME": "bench",
        "AWS_LAMBDA_FUNCTION_VERSION": "$LATEST",
        "AWS_LAMBDA_FUNCTION_MEMORY_SIZE": "1024",
        "AWS_REGION": "eu-west-1",
        "HTTP_ENDPOINT": f"http://127.0.0.1:{endpoint.port}/logs",
    }
    null = os.open(os.devnull, os.O_RDWR)
    pid = os.posix_spawn(executable, [executable], environment, file_actions=[(os.POSIX_SPAWN_DUP2, null, fd) for fd in (0, 1, 2)])
    os.close(null)
    try:
        connection, _ = platform.accept()
        path, rest = read_request(connection, b"")
        connection.sendall(ANSWERS["register"])
        request = b""
        while b"sandbox.localdomain" not in request:
            request += connection.recv(65536)
        port = int(re.search(rb"sandbox.localdomain:(\d+)", request)[1])
        connection.sendall(ANSWERS["telemetry"])
        read_request(connection, b"")
        event = json.dumps({"eventType": "INVOKE", "deadlineMs": int(time.time() * 1000) + 120000, "requestId": REQUEST_ID,
                            "invokedFunctionArn": "arn", "tracing": {"type": "X-Amzn-Trace-Id", "value": "Root=1-1-1"}}).encode()
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(event) + event)
        telemetry = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        started_cpu = processor_ms(pid)
        started = time.perf_counter()

        def post(body):
            telemetry.request("POST", "/", body, {"Content-Type": "application/json"})
            telemetry.getresponse().read()

        post(f'[{{"time":"2026-03-14T09:26:53.458Z","type":"platform.start","record":{{"requestId":"{REQUEST_ID}"}}}}]'.encode())
        for body in bodies:
            post(body)
        post(f'[{{"time":"2026-03-14T09:26:54Z","type":"platform.runtimeDone","record":{{"requestId":"{REQUEST_ID}","status":"success"}}}}]'.encode())
        endpoint.wait(records)
        read_request(connection, b"")
        wall = (time.perf_counter() - started) * 1000
        cpu = processor_ms(pid) - started_cpu
        with open(f"/proc/{pid}/status") as file:
            peak = next(int(line.split()[1]) / 1024 for line in file if line.startswith("VmHWM"))
        return {"cpu us/record": cpu * 1000 / records, "wall ms": wall, "peak MB": peak}
    finally:
        os.kill(pid, 9)
        os.waitpid(pid, 0)
        endpoint.close()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--records", type=int, default=200_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("programs", nargs="+", metavar="NAME=EXECUTABLE")
    arguments = parser.parse_args()
    programs = [program.split("=", 1) for program in arguments.programs]
    bodies = [body_of(first, min(1000, arguments.records - first)) for first in range(0, arguments.records, 1000)]
    results = {name: [] for name, _ in programs}
    for _ in range(arguments.runs):
        for name, path in programs:
            results[name].append(run_once(path, bodies, arguments.records))

    figures = ["cpu us/record", "wall ms", "peak MB"]
    medians = {name: {figure: statistics.median(run[figure] for run in runs) for figure in figures} for name, runs in results.items()}
    first = medians[programs[0][0]]
    print(f"{arguments.records} records of 200 bytes, {arguments.runs} runs each, in turn; medians, and the ratio to {programs[0][0]}")
    print(f"{'':24}" + "".join(f"{figure:>20}" for figure in figures))
    for name, _ in programs:
        print(f"{name:24}" + "".join(f"{medians[name][figure]:>13.3f} ({medians[name][figure] / first[figure]:.2f})" for figure in figures))


if __name__ == "__main__":
    main()
