// The timeline: a lane for the environment, one for each process. Wheel and keys zoom, dragging and arrows move.
import { $, ms } from './format.js';

const Svg = 'http://www.w3.org/2000/svg';
const LaneHeight = 22;
const AxisHeight = 18;
const Left = 150;

export class Timeline {
  constructor(store, choose) {
    this.store = store;
    this.choose = choose;
    this.host = $('tracks');
    this.svg = document.createElementNS(Svg, 'svg');
    this.svg.setAttribute('aria-hidden', 'true');
    this.host.append(this.svg);
    $('zoom-in').onclick = () => this.zoom(0.5);
    $('zoom-out').onclick = () => this.zoom(2);
    $('zoom-all').onclick = () => this.all();
    this.host.addEventListener('wheel', event => {
      event.preventDefault();
      const at = this.time(event.offsetX);
      if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) this.move((event.deltaX || event.deltaY) / 600);
      else this.zoom(event.deltaY > 0 ? 1.25 : 0.8, at);
    }, { passive: false });
    this.host.addEventListener('keydown', event => this.key(event));
    this.host.addEventListener('pointerdown', event => this.drag(event));
    this.host.addEventListener('dblclick', () => this.all());
    new ResizeObserver(() => this.draw()).observe(this.host);
  }

  /** The visible span. Null in view: all that there is, as it grows. */
  span() {
    const { first = 0, last = 1 } = this.store;
    const pad = Math.max(5, (last - first) * 0.02);
    return this.view ?? { from: first - pad, to: last + pad };
  }

  time(x) {
    const { from, to } = this.span();
    return from + (x - Left) / Math.max(1, this.host.clientWidth - Left) * (to - from);
  }

  all() {
    this.view = null;
    this.draw();
  }

  zoom(factor, at) {
    const { from, to } = this.span();
    const middle = at ?? (from + to) / 2;
    const width = Math.min(Math.max((to - from) * factor, 0.05), 1e9);
    const share = (middle - from) / (to - from);
    this.view = { from: middle - width * share, to: middle + width * (1 - share) };
    this.draw();
  }

  move(share) {
    const { from, to } = this.span();
    const by = (to - from) * share;
    this.view = { from: from + by, to: to + by };
    this.draw();
  }

  /** Shows an invocation with a little around it. */
  reveal(invocation) {
    const to = invocation.to ?? this.store.last;
    const pad = Math.max(1, (to - invocation.from) * 0.3);
    this.view = { from: invocation.from - pad, to: to + pad };
    this.chosen = invocation.id;
    this.draw();
  }

  key(event) {
    const actions = {
      '+': () => this.zoom(0.5), '=': () => this.zoom(0.5), '-': () => this.zoom(2), 0: () => this.all(),
      ArrowLeft: () => this.move(-0.2), ArrowRight: () => this.move(0.2),
    };
    if (!actions[event.key] || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    actions[event.key]();
  }

  drag(event) {
    const id = event.target.dataset?.id;
    const { from, to } = this.span();
    const start = event.clientX;
    let moved = false;
    const scale = (to - from) / Math.max(1, this.host.clientWidth - Left);
    const move = at => {
      if (Math.abs(at.clientX - start) < 4 && !moved) return;
      moved = true;
      this.host.classList.add('dragging');
      const by = (start - at.clientX) * scale;
      this.view = { from: from + by, to: to + by };
      this.draw();
    };
    const up = () => {
      removeEventListener('pointermove', move);
      removeEventListener('pointerup', up);
      this.host.classList.remove('dragging');
      if (!moved && id) this.choose(id);
    };
    addEventListener('pointermove', move);
    addEventListener('pointerup', up);
  }

  draw() {
    const width = this.host.clientWidth;
    if (!width || this.store.first === undefined) return;
    const { from, to } = this.span();
    const processes = [...this.store.processes.values()].filter(p => p.runs.length);
    const height = AxisHeight + LaneHeight * (1 + processes.length) + 6;
    const x = t => Left + (t - from) / (to - from) * (width - Left);
    const parts = [];
    this.axis(parts, from, to, x, height);
    this.lane(parts, AxisHeight, this.store.segments, x, width);
    processes.forEach((process, index) => this.processLane(parts, AxisHeight + LaneHeight * (index + 1), process, x, width));
    parts.push(element('rect', { x: 0, y: AxisHeight - 2, width: Left - 8, height, fill: 'var(--raised)' }));
    ['environment', ...processes.map(p => p.name)].forEach((name, index) => parts.push(element(
      'text', { x: 12, y: AxisHeight + LaneHeight * index + 15, class: 'name' }, name.length > 20 ? `${name.slice(0, 19)}…` : name)));
    this.svg.setAttribute('height', height);
    this.svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
    this.svg.replaceChildren(...parts);
    $('span').textContent = `${ms(to - from)} shown`;
  }

  axis(parts, from, to, x, height) {
    const step = niceStep((to - from) / 8);
    for (let t = Math.ceil((from - this.store.first) / step) * step + this.store.first; t < to; t += step) {
      if (x(t) < Left) continue;
      parts.push(element('line', { x1: x(t), x2: x(t), y1: AxisHeight - 4, y2: height }));
      const after = t - this.store.first;
      const label = step >= 1000 ? `${(after / 1000).toFixed(0)} s` : step >= 1 ? `${after.toFixed(0)} ms` : `${after.toFixed(2)} ms`;
      parts.push(element('text', { x: x(t) + 3, y: 11 }, label));
    }
  }

  lane(parts, y, segments, x, width) {
    // A frozen span lies under what else is said of the same time.
    const ordered = [...segments].sort((a, b) => (a.kind === 'frozen' ? 0 : 1) - (b.kind === 'frozen' ? 0 : 1));
    for (const segment of ordered) {
      const box = visible(x(segment.from), x(segment.to ?? this.store.last), width);
      if (!box) continue;
      const rect = element('rect', { x: box.x, width: box.width, y: y + 3, height: LaneHeight - 6, rx: 3, class: segment.kind });
      if (segment.id) rect.dataset.id = segment.id;
      if (segment.id && segment.id === this.chosen) rect.classList.add('chosen');
      rect.append(element('title', {}, `${segment.kind}: ${ms((segment.to ?? this.store.last) - segment.from)}`));
      parts.push(rect);
    }
  }

  processLane(parts, y, process, x, width) {
    for (const run of process.runs) {
      const box = visible(x(run.from), x(run.to ?? this.store.last), width);
      if (box) parts.push(element('rect', { x: box.x, width: box.width, y: y + 9, height: 4, rx: 2, class: 'alive' }));
    }
    const busy = process.busySince === undefined ? process.busy : [...process.busy, { from: process.busySince }];
    for (const span of busy) {
      const box = visible(x(span.from), x(span.to ?? this.store.last), width);
      if (!box) continue;
      const rect = element('rect', {
        x: box.x, width: box.width, y: y + 5, height: LaneHeight - 10, rx: 3, class: process.name === 'runtime' ? 'busy runtime' : 'busy',
      });
      rect.append(element('title', {}, `busy for ${ms((span.to ?? this.store.last) - span.from)}`));
      parts.push(rect);
    }
    for (const delivery of process.deliveries.slice(-2000)) {
      const at = x(delivery.t);
      if (at < Left || at > width) continue;
      const dot = element('circle', { cx: at, cy: y + 11, r: 3, class: delivery.failed ? 'delivery failed' : 'delivery' });
      dot.append(element('title', {}, `telemetry: ${delivery.code} events`));
      parts.push(dot);
    }
  }
}

function element(name, attributes, text) {
  const made = document.createElementNS(Svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** What can be seen of a span, at least a pixel and a half. */
function visible(from, to, width) {
  if (to < Left || from > width) return null;
  const x = Math.max(from, Left);
  return { x, width: Math.max(Math.min(to, width) - x, 1.5) };
}

function niceStep(raw) {
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map(n => n * power).find(step => step >= raw) ?? raw;
}
