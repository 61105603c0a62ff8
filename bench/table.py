"""The results as rows of text, for the terminal and for the documentation."""

from .programs import OURS


def headings(results):
    return ["", *results.programs, f"ratio to {results.reference}", "must", "aim", ""]


def sections(results, budgets):
    """Each section's title and rows; a row's cells are those of `headings`."""
    found = {}
    for measurement in results.measurements:
        found.setdefault(measurement.section, []).append(_row(results, budgets, measurement))
    return found.items()


def _row(results, budgets, measurement):
    verdict = budgets.verdict(results, measurement)
    unit = {"ratio": "", "value": f" {measurement.unit}"}[verdict.of] if verdict else ""
    return [
        f"{measurement.title}, {measurement.unit}",
        *(_cell(measurement, program) for program in results.programs),
        _ratio(results, measurement),
        *((f"{verdict.must:g}{unit}", f"{verdict.aim:g}{unit}", verdict.text) if verdict else ("", "", "")),
    ]


def _cell(measurement, program):
    values = measurement.samples.get(program)
    if not values:
        return measurement.left_out.get(program, "")
    digits = measurement.digits
    median = f"{measurement.median(program):.{digits}f}"
    if min(values) == max(values):
        return median
    return f"{median} ({min(values):.{digits}f}–{max(values):.{digits}f})"


def _ratio(results, measurement):
    ratio = measurement.ratio(OURS, results.reference)
    if ratio is None:
        return ""
    median, low, high = ratio
    return f"{median:.2f}" if low == high else f"{median:.2f} ({low:.2f}–{high:.2f})"


def for_terminal(results, budgets):
    rows = [("", headings(results))]
    for title, cells in sections(results, budgets):
        rows += [(title, None), *(("", row) for row in cells)]
    widths = [max(len(cells[i]) for _, cells in rows if cells) for i in range(len(headings(results)))]
    out = []
    for title, cells in rows:
        if cells is None:
            out += ["", title]
        else:
            # The first column is text, the others are figures.
            line = f"  {cells[0]:<{widths[0]}}" + "".join(f"  {cell:>{width}}" for cell, width in zip(cells[1:], widths[1:]))
            out.append(line.rstrip())
    out.append("")
    out += results.notes
    out += [f"WARNING: {warning}" for warning in results.warnings]
    return "\n".join(out)


def for_markdown(results, budgets):
    out = []
    for title, rows in sections(results, budgets):
        used = [i for i, heading in enumerate(headings(results)) if i == 0 or any(row[i] for row in rows)]
        out += ["", f"### {title[0].upper()}{title[1:]}", ""]
        out.append("| " + " | ".join(headings(results)[i] for i in used) + " |")
        out.append("|---|" + "---:|" * (len(used) - 1))
        out += ["| " + " | ".join(row[i] for i in used) + " |" for row in rows]
    return "\n".join(out).strip()
