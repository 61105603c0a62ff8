// Each ready destination listens where its function sends to, on loopback, and has the files that it mounts.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { files, read, root } from './repository.mjs';

const folder = 'samples/destinations';
const destinations = files(/^samples\/destinations\/[^/]+\/function\.env$/).map((file) => path.dirname(file));

function variables(destination) {
  const lines = read(destination, 'function.env').split('\n').filter((line) => line && !line.startsWith('#'));
  return new Map(lines.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]));
}

test('those that were promised are there, and the page names them', () => {
  const names = ['clickhouse', 'cloudwatch', 'elasticsearch', 'fluent-bit', 'loki', 'otel-collector', 'splunk-hec', 'vector'];
  assert.deepEqual(destinations, names.map((name) => `${folder}/${name}`));
  for (const destination of destinations) {
    const row = read(folder, 'README.md').split('\n').find((line) => line.startsWith(`| [${path.basename(destination)}]`));
    assert.ok(row?.includes(`\`${variables(destination).get('LOGS_FORMAT')}\``), destination);
  }
});

for (const destination of destinations) {
  test(`${destination}: its values can be pasted into a shell and a console`, () => {
    for (const [name, value] of variables(destination)) assert.match(value, /^[^\s'"$`\\]+$/, name);
  });

  if (!fs.existsSync(path.join(root, destination, 'compose.yaml'))) continue;
  const services = Object.values(parse(read(destination, 'compose.yaml')).services);

  test(`${destination}: it listens where the function sends to, on loopback`, () => {
    const ports = services.flatMap((service) => service.ports ?? []);
    for (const port of ports) assert.match(port, /^127\.0\.0\.1:(\d+):\1$/);
    const endpoint = new URL(variables(destination).get('HTTP_ENDPOINT'));
    assert.equal(endpoint.hostname, '127.0.0.1');
    assert.ok(ports.some((port) => port.split(':')[1] === endpoint.port), endpoint.port);
  });

  test(`${destination}: images have a version, mounted files exist and parse`, () => {
    for (const { image, volumes } of services) {
      assert.match(image, /:[0-9][A-Za-z0-9.-]*$/);
      for (const volume of volumes ?? []) {
        const source = path.join(destination, volume.split(':')[0]);
        assert.ok(fs.existsSync(path.join(root, source)), source);
        if (source.endsWith('.yaml')) assert.ok(parse(read(source)));
      }
    }
  });

  test(`${destination}: what it asks of the sender is what the function gives`, () => {
    const password = variables(destination).get('HTTP_AUTH_CREDENTIALS');
    if (password) assert.ok(services.some((service) => Object.values(service.environment ?? {}).includes(password)));
  });
}
