"""A function under the emulator, from pytest."""
import json
import os
import pathlib
import subprocess

SAMPLES = pathlib.Path(__file__).resolve().parents[2]
EMULATOR = os.environ.get("LAMBDA_EMULATOR", "lambda-emulator")


def run(*arguments):
    """Runs the emulator; gives its exit code and the summary."""
    done = subprocess.run([EMULATOR, "run", "--json", *map(str, arguments)], capture_output=True, text=True, timeout=60)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout.splitlines()[-1])


def test_the_function_responds():
    code, summary = run("--function", SAMPLES / "functions/python", "--timeout", "20s", "--invoke", 2, "--event", '{"lines": 1}', "--fail-on-error")
    assert code == 0
    assert [i["status"] for i in summary["invocations"]] == ["success", "success"]
    assert all(i["lines"] >= 1 for i in summary["invocations"])


def test_an_error_of_the_handler_is_seen():
    code, summary = run("--function", SAMPLES / "functions/python", "--timeout", "20s", "--invoke", 1, "--event", '{"fail": true}', "--fail-on-error")
    assert code == 1
    assert "errorMessage" in summary["invocations"][0]["response"]


def test_every_line_reaches_the_destination():
    code, summary = run("--scenario", SAMPLES / "scenarios/forwarded.json")
    assert code == 0, [e for e in summary["expectations"] if e["failure"]]
