// The timeline: for each environment a lane, and below it one for each of its processes. Wheel and keys zoom, dragging and arrows move.
import { $, count, ms } from './format.js';

const Svg = 'http://www.w3.org/2000/svg';
const LaneHeight = 22;
const AxisHeight = 18;
const Gap = 6;

export class Timeline {
  constructor(store, choose) {
    this.store = store;
    this.choose = choose;
    this.host = $('tracks');
    this.top = document.createElementNS(Svg, 'svg');
    this.svg = document.createElementNS(Svg, 'svg');
    this.top.classList.add('axis');
    for (const svg of [this.top, this.svg]) svg.setAttribute('aria-hidden', 'true');
    this.host.append(this.top, this.svg);
    $('zoom-in').onclick = () => this.zoom(0.5);
    $('zoom-out').onclick = () => this.zoom(2);
    $('zoom-all').onclick = () => this.all();
    this.host.addEventListener('wheel', event => {
      // The wheel zooms with Ctrl, or if all lanes are visible; else it scrolls the lanes.
      if (!event.ctrlKey && !event.shiftKey && this.host.scrollHeight > this.host.clientHeight) return;
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

  /** Where the lanes begin, beside their names. */
  get left() {
    return this.host.clientWidth < 600 ? 96 : 150;
  }

  /** The visible span. Null in view: all that there is, as it grows. */
  span() {
    const { first = 0, last = 1 } = this.store;
    const pad = Math.max(5, (last - first) * 0.02);
    return this.view ?? { from: first - pad, to: last + pad };
  }

  time(x) {
    const { from, to } = this.span();
    return from + (x - this.left) / Math.max(1, this.host.clientWidth - this.left) * (to - from);
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
    this.chosen = invocation.key;
    this.draw();
  }

  key(event) {
    const actions = {
      '+': () => this.zoom(0.5), '=': () => this.zoom(0.5), '-': () => this.zoom(2), 0: () => this.all(),
      ArrowLeft: () => this.move(-0.2), ArrowRight: () => this.move(0.2),
      ArrowUp: () => this.host.scrollBy(0, -LaneHeight), ArrowDown: () => this.host.scrollBy(0, LaneHeight),
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
    const scale = (to - from) / Math.max(1, this.host.clientWidth - this.left);
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
    const x = t => this.left + (t - from) / (to - from) * (width - this.left);
    const ticks = this.ticks(from, to, x);
    const lanes = [];
    const names = [];
    let y = 0;
    const environments = [...this.store.environments.values()].sort((a, b) => a.number - b.number);
    for (const environment of environments) {
      names.push({ y, text: environments.length > 1 ? `${this.left < 150 ? 'env.' : 'environment'} ${environment.number}` : 'environment', isGroup: true });
      this.lane(lanes, y, environment.segments, x, width);
      y += LaneHeight;
      for (const process of environment.processes.filter(p => p.runs.length)) {
        names.push({ y, text: process.name });
        this.processLane(lanes, y, process, x, width);
        y += LaneHeight;
      }
      y += Gap;
    }
    const grid = ticks.map(tick => element('line', { x1: tick.x, x2: tick.x, y1: 0, y2: y }));
    const cover = element('rect', { x: 0, y: 0, width: this.left - 8, height: y, fill: 'var(--raised)' });
    const labels = names.map(({ y: at, text, isGroup }) => element(
      'text', { x: isGroup ? 12 : 22, y: at + 15, class: isGroup ? 'name environment' : 'name' }, clipped(text, this.left / 7.5)));
    show(this.top, width, AxisHeight, ticks.map(tick => element('text', { x: tick.x + 3, y: 12 }, tick.label)));
    show(this.svg, width, y, [...grid, ...lanes, cover, ...labels]);
    $('span').textContent = `${ms(to - from)} shown`;
  }

  ticks(from, to, x) {
    const step = niceStep((to - from) / Math.max(1, (this.host.clientWidth - this.left) / 110));
    const ticks = [];
    for (let t = Math.ceil((from - this.store.first) / step) * step + this.store.first; t < to; t += step) {
      if (x(t) < this.left) continue;
      const after = t - this.store.first;
      const label = step >= 1000 ? `${(after / 1000).toFixed(0)} s` : step >= 1 ? `${after.toFixed(0)} ms` : `${after.toFixed(2)} ms`;
      ticks.push({ x: x(t), label });
    }
    return ticks;
  }

  lane(parts, y, segments, x, width) {
    // A freeze is drawn below other segments of the same time.
    const ordered = [...segments].sort((a, b) => (a.kind === 'frozen' ? 0 : 1) - (b.kind === 'frozen' ? 0 : 1));
    for (const segment of ordered) {
      const box = visible(x(segment.from), x(segment.to ?? this.store.last), this.left, width);
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
      const box = visible(x(run.from), x(run.to ?? this.store.last), this.left, width);
      if (box) parts.push(element('rect', { x: box.x, width: box.width, y: y + 9, height: 4, rx: 2, class: 'alive' }));
    }
    const busy = process.busySince === undefined ? process.busy : [...process.busy, { from: process.busySince }];
    for (const span of busy) {
      const box = visible(x(span.from), x(span.to ?? this.store.last), this.left, width);
      if (!box) continue;
      const rect = element('rect', {
        x: box.x, width: box.width, y: y + 5, height: LaneHeight - 10, rx: 3, class: process.name === 'runtime' ? 'busy runtime' : 'busy',
      });
      rect.append(element('title', {}, `busy for ${ms((span.to ?? this.store.last) - span.from)}`));
      parts.push(rect);
    }
    for (const delivery of process.deliveries.slice(-2000)) {
      const at = x(delivery.t);
      if (at < this.left || at > width) continue;
      const dot = element('circle', { cx: at, cy: y + 11, r: 3, class: delivery.failed ? 'delivery failed' : 'delivery' });
      dot.append(element('title', {}, `telemetry: ${count(delivery.code, 'event')}`));
      parts.push(dot);
    }
  }
}

function show(svg, width, height, parts) {
  svg.setAttribute('height', height);
  svg.setAttribute('viewBox', `0 0 ${width} ${height}`);
  svg.replaceChildren(...parts);
}

const clipped = (text, most) => text.length > most ? `${text.slice(0, most - 1)}…` : text;

function element(name, attributes, text) {
  const made = document.createElementNS(Svg, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/** What can be seen of a span, at least a pixel and a half. */
function visible(from, to, left, width) {
  if (to < left || from > width) return null;
  const x = Math.max(from, left);
  return { x, width: Math.max(Math.min(to, width) - x, 1.5) };
}

function niceStep(raw) {
  const power = 10 ** Math.floor(Math.log10(raw));
  return [1, 2, 5, 10].map(n => n * power).find(step => step >= raw) ?? raw;
}
