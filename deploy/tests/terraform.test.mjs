// The Terraform module parses, every reference in it leads somewhere, and it permits no more than it needs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse } from '@cdktf/hcl2json';
import { files, read } from './repository.mjs';

async function load(folder) {
  const merged = {};
  for (const file of files(new RegExp(`^${folder}/[^/]+\\.tf$`))) {
    for (const [kind, blocks] of Object.entries(await parse(file, read(file)))) {
      for (const [name, block] of Object.entries(blocks)) {
        merged[kind] ??= {};
        if (['resource', 'data'].includes(kind)) merged[kind][name] = { ...merged[kind][name], ...block };
        else if (kind === 'locals') Object.assign(merged[kind], block);
        else merged[kind][name] = block;
      }
    }
  }
  return merged;
}

const module = await load('deploy/terraform');
const example = await load('deploy/terraform/example');

function text(folder) {
  return files(new RegExp(`^${folder}/[^/]+\\.tf$`)).map((file) => read(file).replace(/^\s*#.*$/gm, '')).join('\n');
}

for (const [folder, config] of [['deploy/terraform', module], ['deploy/terraform/example', example]]) {
  test(`${folder}: every reference leads somewhere, and every variable is used`, () => {
    const source = text(folder);
    const names = (pattern) => [...source.matchAll(pattern)].map((match) => match.slice(1));
    for (const [name] of names(/\bvar\.(\w+)/g)) assert.ok(config.variable[name], `var.${name}`);
    for (const [name] of names(/\blocal\.(\w+)/g)) assert.ok(name in config.locals, `local.${name}`);
    for (const [type, name] of names(/\bdata\.(\w+)\.(\w+)/g)) assert.ok(config.data[type]?.[name], `data.${type}.${name}`);
    for (const [type, name] of names(/(?<!data\.)\b(aws_\w+)\.(\w+)/g)) assert.ok(config.resource[type]?.[name], `${type}.${name}`);
    for (const [name, output] of names(/\bmodule\.(\w+)\.(\w+)/g)) {
      assert.ok(config.module[name], `module.${name}`);
      assert.ok(module.output[output], `module.${name}.${output}`);
    }
    for (const name of Object.keys(config.variable)) assert.match(source, new RegExp(`\\bvar\\.${name}\\b`), `${name} is used`);
    for (const [name, [variable]] of Object.entries(config.variable)) assert.ok(variable.description && variable.type, `${name} is described`);
  });
}

test('the example gives the module what it needs, and only what it knows', () => {
  const [call] = example.module.logs;
  assert.equal(call.source, '../');
  for (const name of Object.keys(call)) assert.ok(name === 'source' || module.variable[name], name);
  for (const [name, [variable]] of Object.entries(module.variable)) assert.ok('default' in variable || name in call, `${name} is given`);
});

test('the alarm of the example watches the metric that the extension writes, and the function writes it then', () => {
  const [alarm] = example.resource.aws_cloudwatch_metric_alarm.logs_lost;
  const written = read('src/LambdaLogs.Extension/Diagnostics/MetricsLine.cs');
  assert.match(written, new RegExp(`"Namespace\\\\":\\\\"${alarm.namespace}\\\\"`));
  assert.match(written, new RegExp(`Add\\("${alarm.metric_name}"`));
  assert.match(written, /function_name/);
  assert.deepEqual(Object.keys(alarm.dimensions), ['function_name']);
  assert.match(example.module.logs[0].variables, /LOGS_METRICS = "emf"/);
});

test('the layer fits its architecture, and its zip is the one that make writes', () => {
  const [layer] = module.resource.aws_lambda_layer_version.this;
  assert.deepEqual(layer.compatible_architectures, ['${var.architecture}']);
  assert.match(text('deploy/terraform'), /artifacts\/aws-lambda-logs-http-destination-\$\{var\.architecture\}\.zip/);
});

test('it permits to read one secret, where there is one, and to decrypt with its key', () => {
  const [policy] = module.data.aws_iam_policy_document.this;
  assert.deepEqual(policy.statement, [{ actions: ['secretsmanager:GetSecretValue'], resources: ['${var.secret.arn}'] }]);
  assert.equal(policy.count, '${var.secret == null ? 0 : 1}');
  const [{ content }] = policy.dynamic.statement;
  assert.deepEqual(content, [{ actions: ['kms:Decrypt'], resources: ['${statement.value}'] }]);
});

test('nothing is counted by a value that is known only after an apply', () => {
  for (const [count] of text('deploy/terraform').matchAll(/count\s*=.*/g)) assert.doesNotMatch(count, /secret\.arn|kms_key_arn/);
});

test('auth_type and secret go together, and it is said when Terraform plans', () => {
  const [checks] = module.resource.terraform_data.checks;
  const [{ condition }] = checks.lifecycle[0].precondition;
  assert.match(condition, /local\.needs_secret == \(var\.secret != null\)/);
});
