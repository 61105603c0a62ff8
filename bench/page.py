"""Rewrites the figures of docs/performance.md, between its two marks, and the chart beside it."""

import os

from . import chart, table
from .programs import ROOT, BenchError

BEGIN = "<!-- bench: begin. `make bench DOCS=1` rewrites what follows. -->"
END = "<!-- bench: end -->"


def rewrite(results, budgets, folder=os.path.join(ROOT, "docs")):
    replace_between(BEGIN, END, figures(results, budgets), folder)
    with open(os.path.join(folder, "performance.svg"), "w") as file:
        file.write(chart.draw(results))


def replace_between(begin, end, text, folder=os.path.join(ROOT, "docs")):
    path = os.path.join(folder, "performance.md")
    with open(path) as file:
        page = file.read()
    if page.count(begin) != 1 or page.count(end) != 1:
        raise BenchError(f"{path}: the marks of the figures are missing")
    before, rest = page.split(begin)
    with open(path, "w") as file:
        file.write(f"{before}{begin}\n\n{text}\n\n{end}{rest.split(end)[1]}")


def figures(results, budgets):
    machine = results.machine
    parts = [
        f"Taken {results.taken[:10]} on {machine['cores']} cores of {machine['processor']} ({machine['architecture']}), "
        f"{machine['memory_gib']:g} GiB of memory, Linux {machine['kernel']}. "
        "Medians, with minimum and maximum in brackets; ratios are the medians of the ratios pair by pair.",
        table.for_markdown(results, budgets),
        *(f"{note}" for note in results.notes),
        *(f"Warning: {warning}." for warning in results.warnings),
    ]
    return "\n\n".join(parts)
