// Connects the parts of the page: streamed events go into the store, and the views are drawn at most once a frame.
import { $, bytes, clock, count, make, ms, post, pretty } from './format.js';
import { List } from './list.js';
import { Logs } from './logs.js';
import { nameOf, Store } from './store.js';
import { Timeline } from './timeline.js';
import { setUpFaults } from './faults.js';
import { setUpInvoke } from './invoke.js';

const store = new Store();
const timeline = new Timeline(store, id => chooseInvocation(id));
const logs = new Logs(store, item => detail(item));
const deliveries = new List($('deliveries'), { name: 'Telemetry deliveries', row: delivery, choose: item => detail(item), empty: 'No delivery yet.' });
const received = new List($('received'), { name: 'Requests at the destination', row: request, choose: item => detail(item), empty: 'Nothing arrived yet.' });
const calls = new List($('api'), { name: 'API calls', row: call, choose: item => detail(item), empty: 'No call has ended yet.' });
const tabs = [...document.querySelectorAll('[role=tab]')];
let waiting = false;
let drawn = new Map();

function schedule() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(draw);
}

function draw() {
  waiting = false;
  const { living, state } = store;
  if ($('phase').textContent !== (state || 'starting')) $('phase').textContent = state || 'starting';
  $('phase').className = `pill ${living.length === 1 ? (living[0].isFrozen ? 'frozen' : living[0].phase) : ''}`;
  const isOver = store.environments.size > 0 && living.every(environment => environment.phase === 'Shutdown');
  for (const id of ['freeze', 'thaw', 'shutdown']) $(id).disabled = isOver;
  timeline.draw();
  const active = tabs.find(tab => tab.ariaSelected === 'true').id.slice(4);
  if (active === 'logs') logs.draw();
  if (active === 'invocations') drawInvocations();
  if (active === 'telemetry') {
    deliveries.show(store.deliveries);
    received.show(store.received);
  }
  if (active === 'calls') calls.show(store.calls);
  const counts = { logs: store.lineCount, invocations: store.invocations.size, telemetry: store.deliveries.length, calls: store.calls.length };
  for (const [name, count] of Object.entries(counts)) $(`tab-${name}`).querySelector('b').textContent = count.toLocaleString('en');
}

function delivery(item) {
  return [
    make('span', { class: 'time' }, clock(item.t)), make('span', { class: 'who extension' }, item.source),
    make('span', { class: `what ${item.failed ? 'bad' : ''}` }, item.failed ? item.text : count(item.code, 'event')),
    make('span', { class: 'n' }, bytes(item.request_bytes)), make('span', { class: 'n' }, ms(item.took_ms)),
  ];
}

function request(item) {
  const fine = item.status < 300 && (item.response === 'Whole' || item.response === 'ByteByByte') && item.complete;
  return [
    make('span', { class: 'time' }, clock(item.t)),
    make('span', { class: `level ${fine ? '' : 'ERROR'}` }, item.response === 'Whole' || item.response === 'ByteByByte' ? String(item.status) : '✕'),
    make('span', { class: 'what' }, item.text), make('span', { class: 'n' }, bytes(item.bytes)), make('span', { class: 'n' }, item.encoding ?? ''),
  ];
}

function call(item) {
  return [
    make('span', { class: 'time' }, clock(item.t)), make('span', { class: `who ${nameOf(item) === 'runtime' ? '' : 'extension'}` }, item.source),
    make('span', { class: `level ${item.code >= 400 ? 'ERROR' : ''}` }, String(item.code)), make('span', { class: 'what' }, item.text),
    make('span', { class: 'n' }, bytes((item.request_bytes ?? 0) + (item.response_bytes ?? 0))), make('span', { class: 'n' }, ms(item.took_ms)),
  ];
}

function drawInvocations() {
  const body = document.querySelector('#invocations tbody');
  for (const invocation of store.invocations.values()) {
    const state = [invocation.status, invocation.lines, invocation.to, invocation.handlerTo, invocation.report, invocation.added.size, timeline.chosen === invocation.key, store.environments.size > 1].join();
    const old = drawn.get(invocation.key);
    if (old?.state === state) continue;
    const row = invocationRow(invocation);
    if (old) old.row.replaceWith(row);
    else body.prepend(row);
    drawn.set(invocation.key, { state, row });
  }
  $('invocations').classList.toggle('single', store.environments.size < 2);
  document.querySelector('#invocations .empty').hidden = store.invocations.size > 0;
}

function invocationRow(invocation) {
  const { report, status } = invocation;
  const duration = invocation.to === undefined ? undefined : invocation.to - invocation.from;
  const added = [...invocation.added].map(([name, at]) =>
    make('span', { class: 'part' }, `${name} `, make('b', {}, `+${ms(Math.max(0, at - (invocation.handlerTo ?? at)))}`)));
  return make(
    'tr', { class: timeline.chosen === invocation.key ? 'chosen' : '' },
    make('td', {}, String(invocation.number)),
    make('td', { class: 'several' }, String(invocation.environment)),
    make('td', { class: status === undefined ? 'quiet' : status === 'success' ? 'good' : 'bad' }, status ?? 'running'),
    make('td', { class: 'n' }, ms(duration)), make('td', { class: 'n' }, ms(invocation.handlerTo === undefined ? undefined : invocation.handlerTo - invocation.from)),
    make('td', {}, ...(added.length ? added : ['–'])), make('td', { class: 'n' }, report ? `${report.billedDurationMs} ms` : '–'),
    make('td', { class: 'n' }, report ? `${report.maxMemoryUsedMB} of ${report.memorySizeMB} MB` : '–'), make('td', { class: 'n' }, String(invocation.lines)),
    make('td', {}, make('button', { type: 'button', title: 'Show it in the timeline and its lines', onclick: () => chooseInvocation(invocation.key, true) }, invocation.id),
      invocation.attempt > 1 ? make('span', { class: 'tag' }, `attempt ${invocation.attempt}`) : null));
}

function chooseInvocation(key, zoom = false) {
  const invocation = store.invocations.get(key);
  if (!invocation) return;
  timeline.chosen = key;
  if (zoom) timeline.reveal(invocation);
  logs.options();
  $('invocation').value = key;
  logs.refilter();
  if (!zoom) select($('tab-logs'), false);
  schedule();
}

async function detail(item) {
  const box = $('detail');
  if (!box.contains(document.activeElement)) box.from = document.activeElement;
  box.hidden = false;
  if (matchMedia('(max-width: 900px)').matches) box.scrollIntoView({ block: 'nearest' });
  box.querySelector('h2').textContent = { line: 'Line', platform: 'Platform event', telemetry: 'Delivery', api_call: 'API call', received: 'Request' }[item.kind] ?? item.kind;
  const facts = {
    Time: new Date(item.t).toISOString(), Source: item.source, What: item.kind === 'line' ? undefined : item.text, Status: item.status ?? (item.kind === 'api_call' ? item.code : undefined),
    Events: item.kind === 'telemetry' ? item.code : undefined, Took: item.took_ms === undefined ? undefined : ms(item.took_ms), Phase: item.phase,
    Invocation: item.request_id, Size: item.bytes === undefined ? undefined : bytes(item.bytes), Compression: item.encoding, Type: item.content_type,
  };
  box.querySelector('dl').replaceChildren(...Object.entries(facts).filter(([, value]) => value !== undefined && value !== null && value !== '')
    .flatMap(([name, value]) => [make('dt', {}, name), make('dd', {}, String(value))]));
  const shown = Symbol('shown');
  box.shown = shown;
  const bodies = await bodiesOf(item);
  if (box.shown !== shown) return;
  $('bodies').replaceChildren(...bodies.flatMap(([name, text]) => [make('h3', {}, name), make('pre', { tabindex: '0' }, pretty(text))]));
}

async function bodiesOf(item) {
  const get = async path => {
    const response = await fetch(path);
    return response.ok ? response.text() : '(not kept)';
  };
  if (item.kind === 'line') return [['Text', item.text]];
  if (item.kind === 'received') {
    const text = await get(`/api/received/${item.index}`);
    const split = text.indexOf('\n\n');
    return [['Head', text.slice(0, split)], ['Body', text.slice(split + 2)]];
  }
  const bodies = [];
  if (item.request_bytes) bodies.push([item.kind === 'api_call' ? 'Request' : 'Body', await get(`/api/events/${item.index}/request`)]);
  if (item.response_bytes) bodies.push(['Response', await get(`/api/events/${item.index}/response`)]);
  return bodies;
}

function select(tab, focus = true) {
  for (const other of tabs) {
    const isIt = other === tab;
    other.setAttribute('aria-selected', String(isIt));
    other.tabIndex = isIt ? 0 : -1;
    $(other.getAttribute('aria-controls')).hidden = !isIt;
  }
  if (focus) tab.focus();
  schedule();
}

for (const tab of tabs) {
  tab.onclick = () => select(tab);
  tab.onkeydown = event => {
    const to = { ArrowRight: tabs.indexOf(tab) + 1, ArrowLeft: tabs.indexOf(tab) - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    select(tabs.at(to % tabs.length));
  };
}

$('freeze').onclick = () => post('/api/freeze', '{}');
$('thaw').onclick = () => post('/api/thaw', '{}');
$('shutdown').onclick = () => confirm('End the environment? Extensions get SHUTDOWN.') && post('/api/step', '{"shutdown":true}');
function closeDetail() {
  const box = $('detail');
  const hadFocus = box.contains(document.activeElement);
  box.hidden = true;
  if (hadFocus) box.from?.focus();
}

$('close').onclick = closeDetail;
addEventListener('keydown', event => {
  if (event.key === 'Escape') closeDetail();
  if (event.key === '/' && !/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) {
    event.preventDefault();
    select($('tab-logs'), false);
    $('search').focus();
  }
});
$('theme').onclick = () => {
  const root = document.documentElement;
  const isDark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  root.dataset.theme = isDark ? 'light' : 'dark';
  localStorage.setItem('lambda-emulator.theme', root.dataset.theme);
};
document.documentElement.dataset.theme = localStorage.getItem('lambda-emulator.theme') ?? '';

store.addEventListener('hello', () => {
  const { function: name, memory_mb: memory, invoke_api: invokeApi, destination } = store.hello;
  document.title = `${name} · lambda-emulator`;
  $('function').textContent = name;
  $('facts').textContent = `${memory} MB · invoke API ${invokeApi}`;
  $('cli').textContent = `aws lambda invoke --endpoint-url ${invokeApi} --function-name ${name} out.json`;
  $('destination').textContent = destination ?? 'none in this run';
  drawn = new Map();
  document.querySelector('#invocations tbody').replaceChildren();
  schedule();
});
store.addEventListener('connection', event => { $('connection').hidden = event.detail; });
store.addEventListener('change', schedule);
setUpInvoke();
setUpFaults(store);
store.connect();
