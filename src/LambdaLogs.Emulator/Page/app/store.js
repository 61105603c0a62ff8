// All that happened, as it is streamed, and what follows from it: invocations, segments of time, processes.

/** How long until a stream that the browser gave up is asked for again. */
const RETRY_MS = 1000;

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
    this.latest = new Map();
    this.environments = new Map();
    this.processes = new Map();
    this.first = this.last = undefined;
    this.seen = -1;
    this.seenReceived = -1;
  }

  /** What the environments are doing, in words. */
  get state() {
    const living = this.living;
    if (living.length <= 1) return (living[0] ?? [...this.environments.values()].at(-1))?.state ?? '';
    const counts = new Map();
    for (const { state } of living) counts.set(state, (counts.get(state) ?? 0) + 1);
    return [...counts].map(([state, count]) => `${count} × ${state}`).join(' · ');
  }

  /** The environments that have not ended. */
  get living() {
    return [...this.environments.values()].filter(environment => environment.phase !== 'Ended');
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
    source.onerror = () => {
      this.dispatchEvent(new CustomEvent('connection', { detail: false }));
      // A browser tries again by itself, but not after a response that is no stream, such as another server's on that port.
      if (source.readyState === EventSource.CLOSED) setTimeout(() => this.connect(), RETRY_MS);
    };
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
    const environment = this.environment(item);
    switch (item.kind) {
      case 'line': case 'platform': this.addLine(item); break;
      case 'telemetry': this.deliveries.push(item); this.process(item).deliveries.push(item); break;
      case 'api_call': this.calls.push(item); break;
      case 'phase': environment.enter(item); break;
      case 'invocation_sent': this.start(item); break;
      case 'next_asked': this.asked(item); break;
      case 'event_sent': this.process(item).busySince = item.t; break;
      case 'responded': this.of(item, invocation => { invocation.hasFailed = !/^\d+ bytes$/.test(item.text); }); break;
      case 'invocation_finished': this.finish(item); break;
      case 'frozen': environment.isFrozen = true; environment.begin('frozen', item); break;
      case 'thawed': environment.isFrozen = false; environment.end('frozen', item); break;
      case 'process_started': this.process(item).runs.push({ from: item.t }); break;
      case 'process_exited': this.exited(item); break;
    }
  }

  addLine(item) {
    item.level = item.kind === 'line' ? levelOf(item.text) : '';
    this.lines.push(item);
    if (item.kind === 'line') this.lineCount++;
    const record = item.detail?.record;
    if (item.text === 'platform.start') {
      // The event comes before the runtime gets the invocation.
      item.invocation = this.next(item).key;
      return;
    }
    this.of(item, invocation => {
      item.invocation = invocation.key;
      if (item.kind === 'line') invocation.lines++;
      if (item.text === 'platform.report' && record) invocation.report = record.metrics;
    });
  }

  /** An invocation that failed and is made again has the same request id, and is another one here. */
  start(item) {
    const { attempt, key } = this.next(item);
    const environment = this.environment(item);
    const invocation = {
      key, attempt, id: item.request_id, number: this.invocations.size + 1, environment: environment.number, from: item.t, lines: 0, added: new Map(),
    };
    this.invocations.set(key, invocation);
    this.latest.set(item.request_id, invocation);
    this.process(item).busySince = item.t;
    invocation.segment = { kind: 'handler', from: item.t, id: key };
    environment.segments.push(invocation.segment);
  }

  /** The invocation that begins with a request id. */
  next(item) {
    const attempt = (this.latest.get(item.request_id)?.attempt ?? 0) + 1;
    return { attempt, key: attempt === 1 ? item.request_id : `${item.request_id} ${attempt}` };
  }

  asked(item) {
    this.idle(this.process(item), item.t);
    this.of(item, invocation => {
      if (nameOf(item) === 'runtime') this.handlerEnds(invocation, item);
      else invocation.added.set(nameOf(item), item.t);
    });
  }

  handlerEnds(invocation, item) {
    if (invocation.handlerTo !== undefined) return;
    invocation.handlerTo = item.t;
    invocation.segment.to = item.t;
    invocation.after = { kind: 'extension', from: item.t, id: invocation.key };
    this.environment(item).segments.push(invocation.after);
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
    const process = this.process(item);
    const run = process.runs.at(-1);
    if (run) run.to = item.t;
    this.idle(process, item.t);
  }

  idle(process, t) {
    if (process.busySince !== undefined) process.busy.push({ from: process.busySince, to: t });
    process.busySince = undefined;
  }

  environment(item) {
    const number = item.environment ?? 1;
    if (!this.environments.has(number)) this.environments.set(number, new Environment(number));
    return this.environments.get(number);
  }

  /** The process that an event concerns. Its source is its name, with the environment's number behind it from the second on. */
  process(item) {
    if (!this.processes.has(item.source)) {
      const process = { source: item.source, name: nameOf(item), runs: [], busy: [], deliveries: [] };
      this.processes.set(item.source, process);
      this.environment(item).processes.push(process);
    }
    return this.processes.get(item.source);
  }

  of(item, action) {
    const invocation = item.request_id ? this.latest.get(item.request_id) : undefined;
    if (invocation) action(invocation);
  }
}

/** The name without the environment's number. */
export const nameOf = item => item.environment === undefined ? item.source : item.source.replace(/#\d+$/, '');

/** One execution environment: where it is in its life, and where it was. */
class Environment {
  constructor(number) {
    this.number = number;
    this.phase = '';
    this.isFrozen = false;
    this.segments = [];
    this.processes = [];
    this.open = {};
  }

  get state() {
    return this.isFrozen ? `${this.phase}, frozen` : this.phase;
  }

  enter(item) {
    this.phase = item.text;
    for (const name of ['init', 'reset', 'shutdown']) this.end(name, item);
    if (item.text === 'Init') this.begin('init', item);
    if (item.text === 'Reset') this.begin('reset', item);
    if (item.text === 'Shutdown') this.begin('shutdown', item);
    if (item.text !== 'Ended') return;
    this.end('frozen', item);
    this.isFrozen = false;
    this.endedAt = item.t;
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
}
