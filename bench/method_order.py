"""Which managed methods a start runs, and an invocation after it: writes the list by which the compiler lays them side by side.

Usage: python3 -m bench.method_order EXECUTABLE SYMBOLS >src/LambdaLogs.Extension/startup.order

Why, see bench/startup_order.py, which does the same for the native libraries. The executable is run under valgrind's callgrind; SYMBOLS is what was stripped
from it (artifacts/native-*/bin/**/native/*.dbg). Names that no longer exist are skipped by the compiler, so the list may be older than the source.
"""

import argparse
import bisect
import os
import re
import shutil
import subprocess
import tempfile

from .authority import Authority
from .endpoint import Endpoint
from .programs import Program
from .session import LINES, Session
from .settings import Extent, Setup


def methods(symbols):
    """Addresses and names of all managed methods, in order, and the end of the last one. They are in a section of their own."""
    headers = subprocess.run(["readelf", "-SW", symbols], capture_output=True, text=True, check=True).stdout
    start, size = (int(part, 16) for part in re.search(r"__managedcode\s+\S+\s+([0-9a-f]+)\s+[0-9a-f]+\s+([0-9a-f]+)", headers).groups())
    names = subprocess.run(["nm", "-n", "--defined-only", symbols], capture_output=True, text=True, check=True).stdout
    found = [(int(line.split(" ", 2)[0], 16), line.split(" ", 2)[2]) for line in names.splitlines()]
    return [(address, name) for address, name in found if start <= address < start + size], start + size


def addresses(executable, invocations, authority=None):
    """Every address of an instruction that runs until so many invocations are over, and the process has ended after SHUTDOWN."""
    result = set()
    with tempfile.TemporaryDirectory() as folder:
        # Valgrind cannot read the symbols beside it.
        copy = shutil.copy(executable, os.path.join(folder, "executable"))
        program = Program("", copy)
        setup = Setup([program], Extent())
        command = [shutil.which("valgrind"), "--tool=callgrind", "--dump-instr=yes", "--compress-pos=no", f"--callgrind-out-file={folder}/out", "--log-file=/dev/null"]
        more = {"LOGS_FLUSH_TIMEOUT_MS": "60000", **({"HTTP_TLS_CA": authority.root} if authority else {})}
        with Endpoint(authority=authority) as endpoint, Session(program, setup, endpoint, more, command=command) as session:
            for _ in range(invocations):
                session.invoke()
            endpoint.wait(invocations * LINES)
            session.shut_down()
        with open(os.path.join(folder, "out")) as lines:
            for line in lines:
                if line.startswith("0x"):
                    result.add(int(line.split(" ", 1)[0], 16))
    return result


def executed(found, end, run):
    """The methods that these addresses belong to, in order."""
    starts = [address for address, _ in found]
    indexes = {bisect.bisect(starts, address) - 1 for address in run if starts[0] <= address < end}
    return [found[index][1] for index in sorted(indexes)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("executable")
    parser.add_argument("symbols")
    arguments = parser.parse_args()
    found, end = methods(arguments.symbols)
    with tempfile.TemporaryDirectory() as folder:
        runs = [addresses(arguments.executable, 0), addresses(arguments.executable, 3), addresses(arguments.executable, 1, Authority(folder))]
    for name in dict.fromkeys(name for run in runs for name in executed(found, end, run)):
        print(name)


if __name__ == "__main__":
    main()
