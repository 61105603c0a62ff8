// The Serverless Framework service has the types of its schema, and asks for no more than it needs.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import ts from 'typescript';
import { parse } from 'yaml';
import { read, root } from './repository.mjs';

const folder = 'deploy/serverless';
const tags = [{ tag: '!Ref', resolve: (value) => ({ Ref: value }) }];
const service = parse(read(folder, 'serverless.yml'), { customTags: tags });

test('it has the types of the schema', () => {
  // Variables are text until they are resolved; what they stand for is put in their place.
  const resolved = JSON.parse(JSON.stringify(service), (_, value) => (typeof value === 'string' ? value.replace(/^\$\{[^}]*, '([^']*)'\}$/, '$1') : value));
  resolved.provider.iam.role.statements = service.custom.token.statements;
  resolved.functions.hello.environment = service.custom.token.environment;
  const name = path.join(import.meta.dirname, 'service.ts');
  const source = `import type { AWS } from '@serverless/typescript';\nexport const service: AWS = ${JSON.stringify(resolved, null, 1)};\n`;
  const options = { noEmit: true, strict: true, skipLibCheck: true, module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (file) => file === name || fileExists(file);
  host.getSourceFile = (file, ...rest) => (file === name ? ts.createSourceFile(file, source, ts.ScriptTarget.ES2022) : getSourceFile(file, ...rest));
  const problems = ts.getPreEmitDiagnostics(ts.createProgram([name], options, host));
  assert.deepEqual(problems.map((problem) => ts.flattenDiagnosticMessageText(problem.messageText, '\n')), []);
});

test('every variable refers to something', () => {
  for (const [, reference] of read(folder, 'serverless.yml').matchAll(/\$\{self:(custom\.)?/g)) assert.ok(reference === undefined || service.custom);
  assert.deepEqual(Object.keys(service.custom), ['open', 'token']);
  const layer = Object.keys(service.layers)[0];
  assert.equal(service.functions.hello.layers[0].Ref, `${layer[0].toUpperCase()}${layer.slice(1)}LambdaLayer`);
  const [file, handler] = service.functions.hello.handler.split('.');
  assert.match(read(folder, `${file}.py`), new RegExp(`^def ${handler}\\(`, 'm'));
});

test('the layer is the zip of its architecture', () => {
  const layer = service.layers.logsHttpDestination;
  assert.deepEqual(layer.compatibleArchitectures, [service.provider.architecture]);
  const zip = path.join(folder, layer.package.artifact);
  assert.equal(zip, `artifacts/aws-lambda-logs-http-destination-${service.provider.architecture}.zip`);
});

test('it permits nothing, or to read one secret', () => {
  assert.deepEqual(service.custom.open.statements, []);
  assert.deepEqual(service.custom.token.statements, [
    { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: "${param:secret, ''}" },
  ]);
  assert.ok(fs.existsSync(path.join(root, folder, 'handler.py')));
});
