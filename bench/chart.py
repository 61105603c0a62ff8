"""A chart of the figures that are looked at first, as SVG, for light and dark pages."""

from html import escape

PANELS = ("start.register", "share.register", "start.cpu", "start.resident", "first.http", "first.https", "steady.cpu.http", "steady.resident.http",
          "load.cpu.200x200000.none", "load.peak.200x200000.none", "held.end.0", "size.zip")
COLUMNS = 2
PANEL_WIDTH = 420
BAR = 16
ROW = 24
NAMES = 104
FIGURES = 62
STYLE = """
    text { font: 12px system-ui, sans-serif; fill: #24292f }
    .title { font-weight: 600 }
    .unit, .whisker-text { fill: #57606a }
    .program0 { fill: #0969da } .program1 { fill: #8c959f } .other { fill: #bf8700 }
    .whisker { stroke: #24292f; stroke-width: 1 }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3 } .unit { fill: #9198a1 }
      .program0 { fill: #4493f8 } .program1 { fill: #6e7681 } .other { fill: #d29922 }
      .whisker { stroke: #e6edf3 }
    }"""


def draw(results):
    shown = [measurement for measurement in map(results.find, PANELS) if measurement and measurement.samples]
    height = 44 + ROW * len(results.programs)
    rows = (len(shown) + COLUMNS - 1) // COLUMNS
    width, whole = COLUMNS * PANEL_WIDTH, rows * height
    panels = [_panel(results, measurement, i % COLUMNS * PANEL_WIDTH, i // COLUMNS * height) for i, measurement in enumerate(shown)]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {whole}" width="{width}" height="{whole}" role="img">',
        "  <title>Medians of the benchmark, with minimum and maximum; shorter is better</title>",
        f"  <style>{STYLE}\n  </style>",
        *panels,
        "</svg>",
        "",
    ])


def _panel(results, measurement, x, y):
    longest = max(max(values) for values in measurement.samples.values()) or 1
    scale = (PANEL_WIDTH - NAMES - FIGURES - 24) / longest
    out = [f'  <g transform="translate({x} {y})">',
           f'    <text x="12" y="24"><tspan class="title">{escape(measurement.title)}</tspan><tspan class="unit">, {measurement.unit}</tspan></text>']
    programs = [name for name in results.programs if name in measurement.samples]
    for i, name in enumerate(programs):
        out += _bar(measurement, name, f"program{results.programs.index(name)}" if results.programs.index(name) < 2 else "other", 36 + ROW * i, scale)
    return "\n".join([*out, "  </g>"])


def _bar(measurement, name, style, top, scale):
    median, low, high = measurement.median(name), min(measurement.samples[name]), max(measurement.samples[name])
    middle = top + BAR / 2
    right = NAMES + max(median, high) * scale
    out = [f'    <text x="{NAMES - 6}" y="{middle + 4}" text-anchor="end">{escape(name)}</text>',
           f'    <rect class="{style}" x="{NAMES}" y="{top}" width="{max(median * scale, 1):.1f}" height="{BAR}" rx="2"/>']
    if high > low:
        out.append(f'    <line class="whisker" x1="{NAMES + low * scale:.1f}" x2="{right:.1f}" y1="{middle}" y2="{middle}"/>')
    out.append(f'    <text x="{right + 6:.1f}" y="{middle + 4}">{median:.{measurement.digits}f}</text>')
    return out
