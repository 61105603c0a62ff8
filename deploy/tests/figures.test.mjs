// What the README says of cost is what the page of figures measured.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { read } from './repository.mjs';

const rows = (file) => read(file).split('\n').filter((line) => line.startsWith('| ')).map((line) => line.split('|').slice(1, -1).map((cell) => cell.trim()));
const measured = new Map(rows('docs/performance.md').map(([name, figure]) => [name, parseFloat(figure)]));

// The README's row, its unit, and the rows of the page in the order of its numbers.
const figures = [
  ['start of the process to registration', ['ms', 'spawn to registration, ms']],
  ['processor time up to the first `/next`', ['ms', 'processor time to the first /next, ms']],
  ['resident memory before the first invocation', ['MiB', 'resident memory before the first invocation, MiB']],
  ['processor time per record of 200 bytes, received to delivered', ['µs', 'processor time per record: 200 000 records of 200 bytes, µs']],
  ['added after the handler, traffic without pauses, mode `auto`', ['ms', 'added in mode auto, steady traffic, endpoint responds after 0 ms, ms']],
  ['added after the handler, endpoint responding at once, mode `end`', ['ms', 'added in mode end, endpoint responds after 0 ms, ms']],
  ['layer', ['MB', 'layer zip, MB'], ['MB', 'executable, MB']],
];

for (const [name, ...expected] of figures) {
  test(`README: ${name}`, () => {
    const row = rows('README.md').find(([first]) => first === name);
    assert.ok(row, 'the README has the row');
    for (const [unit, source] of expected) {
      assert.ok(measured.has(source), `docs/performance.md has "${source}"`);
      assert.ok(row[1].includes(`${measured.get(source).toFixed(1)} ${unit}`), `README says "${row[1]}", docs/performance.md ${measured.get(source)} ${unit}`);
    }
  });
}
