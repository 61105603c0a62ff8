// All that happened, as it is streamed, and what follows from it: invocations, segments of time, processes.

const Words = /\b(FATAL|CRITICAL|ERROR|ERR|SEVERE|WARN(?:ING)?|INFO|DEBUG|TRACE)\b/;

/** The level of a line: its JSON's member, else the first word that is one. */
export function levelOf(text) {
  let word = '';
  if (text.startsWith('{')) {
    try {
      const json = JSON.parse(text);
      word = String(json.level ?? json.severity ?? json.log_level ?? json.levelname ?? '').toUpperCase();
    } catch {
      // A line that only begins like JSON.
    }
  }
  word ||= Words.exec(text.slice(0, 200))?.[1] ?? '';
  if (/^(FATAL|CRITICAL|ERR|ERROR|SEVERE)/.test(word)) return 'ERROR';
  if (/^WARN/.test(word)) return 'WARN';
  if (/^(DEBUG|TRACE|VERBOSE)/.test(word)) return 'DEBUG';
  return word ? 'INFO' : '';
}

export class Store extends EventTarget {
  constructor() {
    super();
    this.clear();
  }

  clear() {
    this.lines = [];
    this.lineCount = 0;
    this.deliveries = [];
    this.calls = [];
    this.received = [];
    this.invocations = new Map();
    this.segments = [];
    this.processes = new Map();
    this.phase = '';
    this.isFrozen = false;
    this.first = this.last = undefined;
    this.seen = -1;
    this.seenReceived = -1;
    this.open = {};
  }

  /** Follows the stream; a connection that comes back sends everything again, of which only the new counts. */
  connect() {
    const source = new EventSource('/api/events');
    source.addEventListener('hello', message => {
      const hello = JSON.parse(message.data);
      if (this.hello && this.hello.run !== hello.run) this.clear();
      this.hello = hello;
      this.dispatchEvent(new Event('hello'));
    });
    source.onopen = () => this.dispatchEvent(new CustomEvent('connection', { detail: true }));
    source.onerror = () => this.dispatchEvent(new CustomEvent('connection', { detail: false }));
    source.onmessage = message => {
      for (const item of JSON.parse(message.data)) this.add(item);
      this.dispatchEvent(new Event('change'));
    };
  }

  add(item) {
    if (item.kind === 'received') {
      if (item.index <= this.seenReceived) return;
      this.seenReceived = item.index;
      this.received.push(item);
    } else {
      if (item.index <= this.seen) return;
      this.seen = item.index;
      this.interpret(item);
    }
    this.first ??= item.t;
    this.last = Math.max(this.last ?? item.t, item.t);
  }

  interpret(item) {
    switch (item.kind) {
      case 'line': case 'platform': this.addLine(item); break;
      case 'telemetry': this.deliveries.push(item); this.process(item.source).deliveries.push(item); break;
      case 'api_call': this.calls.push(item); break;
      case 'phase': this.enter(item); break;
      case 'invocation_sent': this.start(item); break;
      case 'next_asked': this.asked(item); break;
      case 'event_sent': this.process(item.source).busySince = item.t; break;
      case 'responded': this.of(item, invocation => { invocation.hasFailed = !/^\d+ bytes$/.test(item.text); }); break;
      case 'invocation_finished': this.finish(item); break;
      case 'frozen': this.isFrozen = true; this.begin('frozen', item); break;
      case 'thawed': this.isFrozen = false; this.end('frozen', item); break;
      case 'process_started': this.process(item.source).runs.push({ from: item.t }); break;
      case 'process_exited': this.exited(item); break;
    }
  }

  addLine(item) {
    item.level = item.kind === 'line' ? levelOf(item.text) : '';
    this.lines.push(item);
    if (item.kind === 'line') this.lineCount++;
    if (item.kind === 'line') this.of(item, invocation => { invocation.lines++; });
    const record = item.detail?.record;
    if (item.text === 'platform.report' && record) this.of(item, invocation => { invocation.report = record.metrics; });
  }

  enter(item) {
    this.phase = item.text;
    for (const name of ['init', 'reset', 'shutdown']) this.end(name, item);
    if (item.text === 'Init') this.begin('init', item);
    if (item.text === 'Reset') this.begin('reset', item);
    if (item.text === 'Shutdown') this.begin('shutdown', item);
    if (item.text === 'Ended') this.end('frozen', item);
  }

  start(item) {
    const number = this.invocations.size + 1;
    const invocation = { id: item.request_id, number, from: item.t, lines: 0, added: new Map() };
    this.invocations.set(item.request_id, invocation);
    this.process('runtime').busySince = item.t;
    invocation.segment = { kind: 'handler', from: item.t, id: item.request_id };
    this.segments.push(invocation.segment);
  }

  asked(item) {
    const process = this.process(item.source);
    if (process.busySince !== undefined) process.busy.push({ from: process.busySince, to: item.t });
    process.busySince = undefined;
    this.of(item, invocation => {
      if (item.source === 'runtime') this.handlerEnds(invocation, item.t);
      else invocation.added.set(item.source, item.t);
    });
  }

  handlerEnds(invocation, t) {
    if (invocation.handlerTo !== undefined) return;
    invocation.handlerTo = t;
    invocation.segment.to = t;
    invocation.after = { kind: 'extension', from: t, id: invocation.id };
    this.segments.push(invocation.after);
  }

  finish(item) {
    this.of(item, invocation => {
      invocation.to = item.t;
      invocation.status = invocation.hasFailed && item.text === 'success' ? 'error' : item.text;
      invocation.segment.to ??= item.t;
      if (invocation.after) invocation.after.to = item.t;
    });
  }

  exited(item) {
    const process = this.process(item.source);
    const run = process.runs.at(-1);
    if (run) run.to = item.t;
    if (process.busySince !== undefined) process.busy.push({ from: process.busySince, to: item.t });
    process.busySince = undefined;
  }

  begin(kind, item) {
    if (this.open[kind]) return;
    this.open[kind] = { kind, from: item.t };
    this.segments.push(this.open[kind]);
  }

  end(kind, item) {
    if (!this.open[kind]) return;
    this.open[kind].to = item.t;
    delete this.open[kind];
  }

  process(name) {
    if (!this.processes.has(name)) this.processes.set(name, { name, runs: [], busy: [], deliveries: [] });
    return this.processes.get(name);
  }

  of(item, action) {
    const invocation = item.request_id ? this.invocations.get(item.request_id) : undefined;
    if (invocation) action(invocation);
  }
}
