// The form: templates, the payload, the response, and what was sent before.
import { $, make, ms, post, pretty } from './format.js';
import { templates } from './templates.js';

const Key = 'lambda-emulator.history';
const HistoryMax = 20;

function read() {
  try {
    const kept = JSON.parse(localStorage.getItem(Key));
    return Array.isArray(kept) ? kept.filter(entry => typeof entry?.payload === 'string') : [];
  } catch {
    return [];
  }
}

export function setUpInvoke() {
  const payload = $('payload');
  let history = read();

  for (const name of Object.keys(templates)) $('template').append(make('option', {}, name));
  $('template').onchange = () => set(JSON.stringify(templates[$('template').value](), null, 2));

  function set(text) {
    payload.value = text;
    check();
  }

  function check() {
    let problem = '';
    try {
      JSON.parse(payload.value);
    } catch (error) {
      problem = error.message;
    }
    payload.classList.toggle('wrong', problem !== '');
    payload.setAttribute('aria-invalid', String(problem !== ''));
    $('payload-state').textContent = problem || `${new TextEncoder().encode(payload.value).length} bytes`;
    $('send').disabled = problem !== '';
  }

  function remember(entry) {
    history = [entry, ...history.filter(h => h.payload !== entry.payload)].slice(0, HistoryMax);
    try {
      localStorage.setItem(Key, JSON.stringify(history));
    } catch {
      // Without local storage the history lasts until the page is closed.
    }
    list();
  }

  function list() {
    $('history').replaceChildren(...history.map(entry => make('li', {}, make(
      'button', { type: 'button', title: 'Take this event again', onclick: () => set(entry.payload) },
      make('span', { class: entry.ok ? 'good' : 'bad' }, entry.ok ? '✓' : '✕'), make('code', {}, entry.payload.replace(/\s+/g, ' ')),
      make('span', { class: 'quiet' }, ms(entry.took))))));
  }

  async function send() {
    check();
    if ($('send').disabled) return;
    const text = payload.value;
    const began = performance.now();
    $('response').replaceChildren(make('span', { class: 'quiet' }, 'running …'));
    const response = await post('/api/invoke', text);
    const took = performance.now() - began;
    if (!response) {
      $('response').replaceChildren();
      return;
    }
    const error = response.headers.get('X-Amz-Function-Error');
    remember({ payload: text, ok: !error, took });
    $('response').replaceChildren(
      make('span', { class: error ? 'bad' : 'good' }, error ? `${error} error` : 'success'), make('span', { class: 'quiet' }, ` after ${ms(took)}`),
      make('pre', { tabindex: '0' }, pretty(await response.text())));
  }

  payload.oninput = check;
  payload.onkeydown = event => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      send();
    }
  };
  $('tidy').onclick = () => set(pretty(payload.value));
  $('invoke').onsubmit = event => {
    event.preventDefault();
    send();
  };
  list();
  check();
}
