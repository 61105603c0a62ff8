"""Measures extensions side by side, interleaved, in one run; prints a table and writes a JSON file.

Called by `make bench`, or as `python3 -m bench` from the repository's root after a build. Compared are this extension, a C program that does no more than
register and ask for events, and the extensions that PEERS or the arguments name, each as name=executable. An extension gets Lambda's variables and
HTTP_ENDPOINT; PEER_ENV names more, for all, as K=V K=V, where {endpoint} stands for the endpoint's URL.
"""

import argparse
import json
import os
import sys
from datetime import datetime, timezone

from . import counts, first, held, load, machine, page, programs, share, size, startup, steady, table
from .budgets import Budgets
from .programs import BenchError
from .results import Results
from .settings import QUICK, Extent, Setup

PARTS = {"start": startup, "share": share, "first": first, "steady": steady, "load": load, "held": held, "counts": counts,
         "size": size}


def arguments_of(argv, environment):
    parser = argparse.ArgumentParser(prog="python3 -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("peers", nargs="*", metavar="name=executable", help="beside those of PEERS")
    parser.add_argument("--quick", action="store_true", default=environment.get("QUICK", "") not in ("", "0"),
                        help="a short run: shows that everything works, allows no conclusion (QUICK=1)")
    parser.add_argument("--only", default=environment.get("ONLY", ""), metavar="PART,PART", help=f"parts of {', '.join(PARTS)} (ONLY=…)")
    parser.add_argument("--ours", default=environment.get("OURS") or None, metavar="EXECUTABLE", help="another build of this extension (OURS=…)")
    parser.add_argument("--json", default=environment.get("JSON") or os.path.join(programs.WORK, "results.json"), metavar="FILE",
                        help="where the results go; artifacts/bench/results.json unless told (JSON=…)")
    parser.add_argument("--docs", action="store_true", default=environment.get("DOCS", "") not in ("", "0"),
                        help="rewrite the figures of docs/performance.md and the chart (DOCS=1)")
    parser.add_argument("--from", dest="source", default=environment.get("FROM") or None, metavar="FILE", help="show former results instead of measuring (FROM=…)")
    parsed = parser.parse_args(argv)
    parsed.peers = programs.peers(" ".join([environment.get("PEERS", ""), *parsed.peers]))
    parsed.parts = [part for part in parsed.only.replace(",", " ").split()] or list(PARTS)
    unknown = [part for part in parsed.parts if part not in PARTS]
    if unknown:
        raise BenchError(f"ONLY: there is no part {', '.join(unknown)}; there are {', '.join(PARTS)}")
    return parsed


def peer_environment(text):
    pairs = [part.partition("=") for part in text.split()]
    if any(not equals or not name for name, equals, _ in pairs):
        raise BenchError(f'PEER_ENV: expected K=V K=V, got "{text}"')
    return {name: value for name, _, value in pairs}


def measure(arguments, environment):
    compared = [programs.ours(arguments.ours), programs.floor(), *arguments.peers]
    setup = Setup(compared, QUICK if arguments.quick else Extent(), peer_environment(environment.get("PEER_ENV", "")))
    taken = datetime.now(timezone.utc).isoformat(timespec="seconds")
    results = Results(taken, arguments.quick, machine.describe(), [program.name for program in compared])
    if arguments.quick:
        results.note("A quick run: it shows that everything works; nothing can be concluded from its figures.")
    noise = machine.NoiseMonitor()
    for name in arguments.parts:
        print(f"measuring: {name}", file=sys.stderr)
        PARTS[name].measure(results, setup)
    results.warnings += noise.warnings(results)
    return results


def main(argv, environment):
    arguments = arguments_of(argv, environment)
    if arguments.source:
        with open(arguments.source) as file:
            results = Results.from_json(json.load(file))
    else:
        results = measure(arguments, environment)
        os.makedirs(os.path.dirname(os.path.abspath(arguments.json)), exist_ok=True)
        with open(arguments.json, "w") as file:
            json.dump(results.to_json(), file, indent=1, ensure_ascii=False)
    budgets = Budgets()
    print(table.for_terminal(results, budgets))
    if arguments.docs:
        page.rewrite(results, budgets)


if __name__ == "__main__":
    try:
        main(sys.argv[1:], os.environ)
    except (BenchError, OSError) as error:
        print(f"bench: {error}", file=sys.stderr)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
