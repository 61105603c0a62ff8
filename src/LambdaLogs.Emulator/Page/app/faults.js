// What can be made to go wrong: each form is a step of a scenario.
import { $, make, post, toast } from './format.js';

const step = async (value, done) => {
  if (await post('/api/step', JSON.stringify(value))) toast(done);
};

export function setUpFaults(store) {
  $('fault-telemetry').onsubmit = event => {
    event.preventDefault();
    const form = new FormData(event.target);
    const status = form.get('subscription_status');
    step({
      fault: {
        runtime_done: form.get('runtime_done'), delay: form.get('delay'),
        late_lines: form.get('late_lines').split('\n').filter(line => line !== ''),
        ...(status === '' ? {} : { subscription_status: Number(status) }),
      },
    }, 'Holds from the next invocation on.');
  };
  $('fault-endpoint').onsubmit = event => {
    event.preventDefault();
    const form = new FormData(event.target);
    const times = form.get('times');
    step({
      endpoint: {
        kind: form.get('kind'), status: Number(form.get('status')), delay: form.get('delay'), drop_connections: form.get('drop_connections') === 'on',
        ...(times === '' ? {} : { times: Number(times) }),
      },
    }, 'Holds from the next request on.');
  };
  $('heal').onclick = () => step({ endpoint: {} }, 'The destination takes everything again.');
  $('kill').onclick = () => $('kill-name').value && step({ kill: $('kill-name').value }, 'Killed.');
  $('drop').onclick = () => step({ logs_dropped: Number($('dropped').value) }, 'Said.');
  $('say').onclick = () => step({ line: $('stray').value }, 'Said.');
  $('deliver').onclick = () => step({ telemetry: $('raw').value }, 'Delivered.');
  $('flush').onclick = () => step({ flush: true }, 'Flushed.');
  $('fault-once').onsubmit = event => event.preventDefault();

  let known = '';
  store.addEventListener('change', () => {
    const names = [...store.processes.values()].filter(p => p.name !== 'runtime' && p.runs.length && p.runs.at(-1).to === undefined).map(p => p.source);
    if (names.join() === known) return;
    known = names.join();
    $('kill-name').replaceChildren(...names.map(name => make('option', {}, name)));
  });
  store.addEventListener('hello', () => {
    const has = Boolean(store.hello.destination);
    $('no-destination').hidden = has;
    for (const field of $('fault-endpoint').elements) field.disabled = !has;
  });
}
