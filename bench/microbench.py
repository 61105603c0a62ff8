"""Copies the tables that BenchmarkDotNet wrote into docs/performance.md: python3 -m bench.microbench REPORT.md ..."""

import sys

from .page import replace_between
from .programs import BenchError

BEGIN = "<!-- microbench: begin. `make microbench DOCS=1` rewrites what follows. -->"
END = "<!-- microbench: end -->"


def table_of(report):
    """The rows of the table, without what BenchmarkDotNet says of the machine, and without emphasis. Rules have a table of their own on the page."""
    rows = [line.strip() for line in report.splitlines() if line.startswith("|") and "RuleBenchmarks" not in line]
    return "\n".join(row.replace("**", "") for row in rows if row.replace("|", "").strip())


def main(paths):
    if not paths:
        raise BenchError("there are no reports: `make microbench` writes them")
    tables = []
    for path in paths:
        with open(path) as file:
            tables.append(table_of(file.read()))
    replace_between(BEGIN, END, "\n\n".join(tables))


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except (BenchError, OSError) as error:
        sys.exit(f"bench: {error}")
