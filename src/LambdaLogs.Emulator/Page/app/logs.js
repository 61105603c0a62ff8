// The lines as they come. A filter looks only at lines it has not seen, unless it changes.
import { $, clock, make } from './format.js';
import { List } from './list.js';
import { nameOf } from './store.js';

export class Logs {
  constructor(store, show) {
    this.store = store;
    this.list = new List($('lines'), { name: 'Log lines', row: item => this.row(item), choose: show, empty: 'No line yet, or none that fits.' });
    this.reset();
    for (const id of ['stream', 'level', 'invocation', 'platform']) $(id).onchange = () => this.refilter();
    $('search').oninput = () => this.refilter();
    $('lines').addEventListener('wheel', event => {
      if (event.deltaY < 0) $('follow').checked = false;
    }, { passive: true });
    store.addEventListener('hello', () => this.reset());
  }

  reset() {
    this.next = 0;
    this.fitting = [];
    this.knownStreams = 0;
    this.knownInvocations = 0;
    this.readFilter();
  }

  readFilter() {
    const search = $('search').value;
    const expression = /^\/(.+)\/([i]*)$/.exec(search);
    this.pattern = null;
    try {
      if (expression) this.pattern = new RegExp(expression[1], `${expression[2]}g`);
      else if (search) this.pattern = new RegExp(search.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'gi');
      $('search').setAttribute('aria-invalid', 'false');
    } catch {
      $('search').setAttribute('aria-invalid', 'true');
    }
    this.filter = { stream: $('stream').value, level: $('level').value, invocation: $('invocation').value, platform: $('platform').checked };
  }

  refilter() {
    this.readFilter();
    this.next = 0;
    this.fitting = [];
    this.draw(true);
  }

  fits(item) {
    const { stream, level, invocation, platform } = this.filter;
    if (item.kind === 'platform' ? !platform : stream && item.source !== stream) return false;
    if (level && item.level !== level) return false;
    if (invocation && item.invocation !== invocation) return false;
    if (!this.pattern) return true;
    this.pattern.lastIndex = 0;
    return this.pattern.test(item.text);
  }

  draw(reset = false) {
    const { lines } = this.store;
    for (; this.next < lines.length; this.next++) {
      if (this.fits(lines[this.next])) this.fitting.push(lines[this.next]);
    }
    this.options();
    this.list.show(this.fitting, { reset, follow: $('follow').checked });
    const all = this.filter.platform ? lines.length : this.store.lineCount;
    $('shown').textContent = `${this.fitting.length.toLocaleString('en')} of ${all.toLocaleString('en')}`;
  }

  options() {
    const streams = [...this.store.processes.keys()];
    if (streams.length !== this.knownStreams) {
      this.knownStreams = streams.length;
      const chosen = $('stream').value;
      $('stream').replaceChildren(make('option', { value: '' }, 'all streams'), ...streams.map(name => make('option', { value: name }, name)));
      $('stream').value = chosen;
    }
    if (this.store.invocations.size !== this.knownInvocations) {
      for (const { number, key } of [...this.store.invocations.values()].slice(this.knownInvocations))
        $('invocation').append(make('option', { value: key }, `invocation ${number}`));
      this.knownInvocations = this.store.invocations.size;
    }
  }

  row(item) {
    const who = item.source ?? 'lambda';
    const kind = item.source === null ? 'lambda' : nameOf(item) === 'runtime' ? '' : 'extension';
    const inShutdown = item.kind === 'line' && (item.phase === 'Shutdown' || item.phase === 'Ended');
    return [
      make('span', { class: 'time' }, clock(item.t)), make('span', { class: `who ${kind}` }, who), make('span', { class: `level ${item.level}` }, item.level),
      inShutdown ? make('span', { class: 'tag' }, 'in shutdown') : null, make('span', { class: 'what' }, ...this.marked(visible(item.text))),
    ];
  }

  marked(text) {
    if (!this.pattern) return [text];
    const parts = [];
    let at = 0;
    for (const match of text.matchAll(this.pattern)) {
      if (match[0] === '') break;
      parts.push(text.slice(at, match.index), make('mark', {}, match[0]));
      at = match.index + match[0].length;
    }
    return [...parts, text.slice(at)];
  }
}

/** Control characters as they are written in source. */
const visible = text => text.replace(/[\u0000-\u0008\u000A-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/g,
  c => `\\x${c.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
