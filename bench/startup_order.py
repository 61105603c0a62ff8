"""Finds the native sections that a cold start uses, and writes the linker script that places them next to each other.

Usage: python3 -m bench.startup_order EXECUTABLE LINK_MAP >src/LambdaLogs.Extension/startup.ld

The kernel maps a page at the first touch of it, and its neighbours with it: what a start touches costs time and memory by where it lies. The executable is
run from its spawn to its first /next under valgrind's lackey, which writes down every address that is executed, read or written; LINK_MAP
(build with -p:LinkMap=FILE) says which section of which library each belongs to. Managed code and data stay where the compiler has put them, in one section.
What a first delivery over HTTPS runs beside that lies after it, so that a handshake does not touch pages all over the libraries.
Run it again when the .NET packages or the C library change much: names that no longer exist are passed over by the linker, and cost only their gain.
"""

import argparse
import bisect
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

from .authority import Authority
from .lambda_api import LambdaApi
from .method_order import addresses
from .startup import ENDPOINT

OWN = "aws-lambda-logs-http-destination.o"
SECTION = re.compile(r"^ (\S+)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S.*)$")
SECTION_NAME = re.compile(r"^ (\S+)$")
SECTION_REST = re.compile(r"^\s+0x([0-9a-f]+)\s+0x([0-9a-f]+) (\S.*)$")
MEMBER = re.compile(r"([^/]*\.a)\(([^()]+)\)$")

# Larger sections are tables of which a few bytes are used: they would spread the others over more pages.
DATA_SECTION_BYTES_MAX = 4096

# The C library has variants of some functions for kinds of processors and selects one at the start. All variants are listed, not only the one of this machine.
PROCESSORS = ["evex", "avx2", "avx512", "sse2", "sse42", "avx-unaligned", "evex-unaligned", "avx512-unaligned", "sse2-unaligned"]


def sections(link_map):
    """Every input section that is in the executable: address, size, name, archive member."""
    found = []
    name = None
    with open(link_map, errors="replace") as lines:
        for line in lines:
            if line.startswith("Linker script and memory map"):
                break
        for line in lines:
            if match := SECTION.match(line):
                found.append((int(match[2], 16), int(match[3], 16), match[1], match[4].strip()))
            elif match := SECTION_NAME.match(line):
                name = match[1]
                continue
            elif (match := SECTION_REST.match(line)) and name:
                found.append((int(match[1], 16), int(match[2], 16), name, match[3].strip()))
            name = None
    return sorted(section for section in found if section[0] and section[1])


def trace(executable, log):
    """Plays Lambda until the first /next. The executable is copied: valgrind cannot read the debug information beside it."""
    copy = os.path.join(os.path.dirname(log), "executable")
    shutil.copy(executable, copy)
    arguments = ["valgrind", "--tool=lackey", "--trace-mem=yes", f"--log-file={log}", copy]
    with LambdaApi() as api:
        environment = api.environment(ENDPOINT, 128, {})
        pid = os.posix_spawn(shutil.which("valgrind") or sys.exit("valgrind is not installed"), arguments, environment)
        try:
            api.until("/event/next", timeout=120)
        finally:
            os.kill(pid, signal.SIGTERM)
            os.waitpid(pid, 0)
    with open(log) as lines:
        for line in lines:
            kind, _, place = line.strip().partition(" ")
            if kind in ("I", "L", "S", "M") and "," in place:
                yield int(place.strip().split(",")[0], 16)


def of_start(executable):
    """The addresses that a start touches."""
    with tempfile.TemporaryDirectory() as directory:
        return set(trace(executable, os.path.join(directory, "trace")))


def of_handshake(executable):
    """The addresses that a start, a delivery over HTTPS and an end run. Those of data are left out: the trace would be of gigabytes."""
    with tempfile.TemporaryDirectory() as directory:
        return addresses(executable, 1, Authority(directory))


def touched(found, run):
    """The sections that are touched, in the order of their addresses."""
    starts = [section[0] for section in found]
    result = set()
    for address in run:
        index = bisect.bisect(starts, address) - 1
        if index >= 0 and address < starts[index] + found[index][1]:
            result.add(found[index])
    return sorted(result)


def siblings(member, members):
    """A member of the C library and its twins for other processors."""
    for kind in sorted(PROCESSORS, key=len, reverse=True):
        if f"-{kind}" in member:
            return [twin for other in PROCESSORS if (twin := member.replace(f"-{kind}", f"-{other}")) in members]
    return [member]


def patterns(hot, kind, members):
    """The linker's patterns for the sections of one kind (.text, .rodata, .bss), each once, in order."""
    result = {}
    for _, size, name, origin in hot:
        match = MEMBER.search(origin)
        if not match or not (name == kind or name.startswith(kind + ".")) or (kind != ".text" and size > DATA_SECTION_BYTES_MAX):
            continue
        archive, member = match.groups()
        if archive == "libc.a":
            result.update((f"*{archive}:{twin}({kind} {kind}.*)", None) for twin in siblings(member, members))
        elif kind == ".text" or archive.startswith("libRuntime"):
            result[f"*{archive}:{member}({name})"] = None
    return list(result)


def output(name, before, lines):
    # The runtime makes pages of its read-only data writable for a moment, and read-only again: code on such a page could not run from then on.
    align = "ALIGN(CONSTANT (MAXPAGESIZE)) " if name.startswith(".rodata") else ""
    body = "".join(f"    {line}\n" for line in lines)
    return f"SECTIONS\n{{\n  {name} : {align}{{\n{body}  }}\n}}\nINSERT BEFORE {before};\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("executable")
    parser.add_argument("link_map")
    arguments = parser.parse_args()
    found = sections(arguments.link_map)
    hot = touched(found, of_start(arguments.executable))
    started = set(hot)
    further = [section for section in touched(found, of_handshake(arguments.executable)) if section not in started]
    archive = subprocess.run(["gcc", "-print-file-name=libc.a"], capture_output=True, text=True, check=True).stdout.strip()
    members = set(subprocess.run(["ar", "t", archive], capture_output=True, text=True, check=True).stdout.split())
    print("/* What a cold start touches, side by side. Written by bench/startup_order.py, which says why. */")
    print(output(".text.start", ".text", [f"*{OWN}(.text)"] + patterns(hot + further, ".text", members)))
    print(output(".rodata.start", ".rodata", patterns(hot, ".rodata", members)))
    print(output(".bss.start", ".bss", patterns(hot, ".bss", members)), end="")


if __name__ == "__main__":
    main()
