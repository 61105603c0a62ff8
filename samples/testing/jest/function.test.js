// A function under the emulator, from Jest.
const { spawnSync } = require('node:child_process');
const path = require('node:path');

const samples = path.resolve(__dirname, '../..');
const emulator = process.env.LAMBDA_EMULATOR ?? 'lambda-emulator';

/** Runs the emulator; gives its exit code and the summary. */
function run(...args) {
  const done = spawnSync(emulator, ['run', '--json', ...args], { encoding: 'utf8', timeout: 60_000, maxBuffer: 1 << 26 });
  if (!done.stdout) throw new Error(done.stderr || String(done.error));
  return { code: done.status, summary: JSON.parse(done.stdout.trimEnd().split('\n').at(-1)) };
}

test('the function responds', () => {
  const { code, summary } = run('--function', path.join(samples, 'functions/node'), '--timeout', '20s', '--invoke', '2', '--fail-on-error');
  expect(code).toBe(0);
  expect(summary.invocations.map(i => i.status)).toEqual(['success', 'success']);
}, 60_000);

test('every line reaches the destination', () => {
  const { code, summary } = run('--scenario', path.join(samples, 'scenarios/forwarded.json'));
  expect(summary.expectations.filter(e => e.failure)).toEqual([]);
  expect(code).toBe(0);
}, 60_000);
