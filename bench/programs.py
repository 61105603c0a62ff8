"""What is measured: this extension, the C floor that is compiled here, and the extensions that PEERS names."""

import os
import shutil
import subprocess
from dataclasses import dataclass, field

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
NAME = "aws-lambda-logs-http-destination"
OURS = "this extension"
FLOOR = "C floor"
WORK = os.path.join(ROOT, "artifacts", "bench")


class BenchError(Exception):
    """Something that the user can mend; the message says how."""


@dataclass(frozen=True)
class Program:
    name: str
    path: str
    # Environment variables that only this extension gets.
    environment: dict = field(default_factory=dict, compare=False)

    @property
    def forwards(self):
        """The floor of the start waits; it takes no telemetry."""
        return self.name != FLOOR


def architecture():
    return {"aarch64": "arm64"}.get(os.uname().machine, os.uname().machine)


def ours(path=None):
    path = path or os.path.join(ROOT, "artifacts", architecture(), NAME)
    if not os.access(path, os.X_OK):
        raise BenchError(f"{path} is missing: `make bench` builds it, or `make build_lambda_x86`")
    return Program(OURS, path)


def zip_of_ours():
    return os.path.join(ROOT, "artifacts", f"{NAME}-{architecture()}.zip")


def peers(text):
    """`name=executable name=executable ...`; an executable is a path or a command of PATH."""
    found = []
    for part in text.split():
        name, equals, command = part.partition("=")
        if not name or not equals or not command:
            raise BenchError(f'PEERS: expected name=executable, got "{part}"')
        path = shutil.which(command)
        if path is None:
            raise BenchError(f"PEERS: {name}: there is no executable {command}")
        if name in (OURS, FLOOR) or name in [peer.name for peer in found]:
            raise BenchError(f'PEERS: the name "{name}" is taken')
        found.append(Program(name, os.path.abspath(path)))
    return found


def compile_native(name):
    """The static executable of native/NAME.c; rebuilt when the source is newer."""
    source = os.path.join(ROOT, "bench", "native", name + ".c")
    target = os.path.join(WORK, name)
    if os.path.exists(target) and os.path.getmtime(target) >= os.path.getmtime(source):
        return target
    compiler = shutil.which("gcc") or shutil.which("cc")
    if compiler is None:
        raise BenchError("a C compiler is missing: apt-get install gcc libc6-dev")
    os.makedirs(WORK, exist_ok=True)
    # Built beside the target and then renamed: a run in progress keeps the old file.
    built = subprocess.run([compiler, "-O2", "-static", "-Wall", "-o", f"{target}.{os.getpid()}", source], capture_output=True, text=True)
    if built.returncode != 0:
        raise BenchError(f"{source} does not compile:\n{built.stderr}")
    os.replace(f"{target}.{os.getpid()}", target)
    return target


def floor():
    return Program(FLOOR, compile_native("floor"))


def load_floor(body_bytes):
    """The floor of the load: receives telemetry, and sends so many bytes for each body of it."""
    return Program(FLOOR, compile_native("load_floor"), {"FLOOR_BODY_BYTES": str(body_bytes)})


def emulator():
    """The command of lambda-emulator: the newest that was built."""
    folder = os.path.join(ROOT, "artifacts", "bin", "LambdaLogs.Emulator")
    built = [os.path.join(folder, kind, "lambda-emulator.dll") for kind in ("release", "debug")]
    built = sorted((path for path in built if os.path.exists(path)), key=os.path.getmtime)
    if not built:
        raise BenchError("lambda-emulator is missing: `make bench` builds it, or `make build_local`")
    return ["dotnet", "exec", built[-1]]
