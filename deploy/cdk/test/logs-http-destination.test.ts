import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { test } from 'node:test';
import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import * as ecr from 'aws-cdk-lib/aws-ecr';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { LogsHttpDestination, LogsHttpDestinationAspect, LogsHttpDestinationProps } from '../lib/logs-http-destination';

const endpoint = 'https://logs.example.com/ingest';
const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:logs/token-AbCdEf';

const zips = fs.mkdtempSync(path.join(os.tmpdir(), 'zips-'));
for (const name of ['x86_64', 'arm64']) {
  fs.writeFileSync(path.join(zips, `aws-lambda-logs-http-destination-${name}.zip`), `zip of ${name}`);
}
process.on('exit', () => fs.rmSync(zips, { recursive: true }));

function aFunction(stack: Stack, id: string, architecture = lambda.Architecture.X86_64): lambda.Function {
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_22_X,
    architecture,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    environment: { OWN: 'stays' },
  });
}

function synthesize(props: (stack: Stack) => Partial<LogsHttpDestinationProps>, ...architectures: lambda.Architecture[]): Template {
  const stack = new Stack(new App(), 'Test');
  const functions = (architectures.length ? architectures : [lambda.Architecture.X86_64]).map((a, i) => aFunction(stack, `F${i}`, a));
  new LogsHttpDestination(stack, 'Logs', { endpoint, zips, ...props(stack) }).addTo(...functions);
  return Template.fromStack(stack);
}

test('a function gets the layer and the endpoint, keeps its own variables, and no permission is added', () => {
  const template = synthesize(() => ({}));
  template.resourceCountIs('AWS::Lambda::LayerVersion', 1);
  template.hasResourceProperties('AWS::Lambda::LayerVersion', { CompatibleArchitectures: ['x86_64'] });
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { HTTP_ENDPOINT: endpoint, OWN: 'stays' } },
    Layers: [Match.anyValue()],
  });
  template.resourceCountIs('AWS::IAM::Policy', 0);
});

test('an alarm watches what is dropped of one function, whose extension writes metrics then', () => {
  const stack = new Stack(new App(), 'Test');
  const fn = aFunction(stack, 'F');
  new LogsHttpDestination(stack, 'Logs', { endpoint, zips }).addTo(fn).addLossAlarm(fn);
  const template = Template.fromStack(stack);
  const [id] = Object.keys(template.findResources('AWS::Lambda::Function'));
  template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { LOGS_METRICS: 'emf' } } });
  template.hasResourceProperties('AWS::CloudWatch::Alarm', {
    Namespace: 'LogsHttpDestination',
    MetricName: 'Dropped',
    Dimensions: [{ Name: 'function_name', Value: { Ref: id } }],
    Statistic: 'Sum',
    Period: 300,
    Threshold: 0,
    ComparisonOperator: 'GreaterThanThreshold',
    TreatMissingData: 'notBreaching',
  });
});

test('each architecture gets a layer of its own, shared by its functions', () => {
  const { X86_64, ARM_64 } = lambda.Architecture;
  const template = synthesize(() => ({}), X86_64, ARM_64, ARM_64);
  template.resourceCountIs('AWS::Lambda::LayerVersion', 2);
  const layers = Object.values(template.findResources('AWS::Lambda::Function')).map((fn) => fn.Properties.Layers[0].Ref);
  assert.equal(new Set(layers).size, 2);
  assert.equal(layers[1], layers[2]);
});

test('a secret is read by its ARN, by one function, with one action', () => {
  const template = synthesize((stack) => ({
    authType: 'bearer',
    credentials: secretsmanager.Secret.fromSecretCompleteArn(stack, 'Token', arn),
    credentialsField: 'token',
  }));
  template.hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { HTTP_AUTH_TYPE: 'bearer', HTTP_AUTH_CREDENTIALS: `${arn}#token` } },
  });
  const policies = Object.values(template.findResources('AWS::IAM::Policy'));
  assert.equal(policies.length, 1);
  assert.deepEqual(policies[0].Properties.PolicyDocument.Statement, [
    { Action: 'secretsmanager:GetSecretValue', Effect: 'Allow', Resource: arn },
  ]);
});

test('a secret under a key of its own may be decrypted as well', () => {
  const template = synthesize((stack) => ({
    authType: 'api_key',
    credentials: new secretsmanager.Secret(stack, 'Key', { encryptionKey: new kms.Key(stack, 'Kms') }),
  }));
  template.hasResourceProperties('AWS::IAM::Policy', {
    PolicyDocument: {
      Statement: Match.arrayWith([Match.objectLike({ Action: 'secretsmanager:GetSecretValue' }), Match.objectLike({ Action: 'kms:Decrypt' })]),
    },
  });
});

test('a published layer is used as it is', () => {
  const published = 'arn:aws:lambda:eu-west-1:123456789012:layer:logs-x86_64:7';
  const template = synthesize((stack) => ({ layers: { x86_64: lambda.LayerVersion.fromLayerVersionArn(stack, 'Published', published) } }));
  template.resourceCountIs('AWS::Lambda::LayerVersion', 0);
  template.hasResourceProperties('AWS::Lambda::Function', { Layers: [published] });
});

test('other variables are passed on', () => {
  synthesize(() => ({ variables: { LOGS_FLUSH_MODE: 'end' } })).hasResourceProperties('AWS::Lambda::Function', {
    Environment: { Variables: { LOGS_FLUSH_MODE: 'end' } },
  });
});

test('what cannot work is refused with what to do', () => {
  assert.throws(() => synthesize(() => ({ endpoint: 'logs.example.com' })), /endpoint is "logs.example.com"; it has to be an http/);
  assert.throws(() => synthesize(() => ({ authType: 'bearer' })), /authType bearer needs credentials/);
  assert.throws(
    () => synthesize((stack) => ({ credentials: new secretsmanager.Secret(stack, 'Key') })), /credentials need an authType/);
  assert.throws(() => synthesize(() => ({ zips: os.tmpdir() + '/none' })), /x86_64.zip is missing. Run: make build_lambda_x86/);
  const stack = new Stack(new App(), 'Test');
  const image = new lambda.DockerImageFunction(stack, 'Image', {
    code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stack, 'Repository', 'images')),
  });
  assert.throws(() => new LogsHttpDestination(stack, 'Logs', { endpoint, zips }).addTo(image), /copy the extension into the image/);
});

test('an aspect equips every function of an app, with one layer for each stack and architecture, and warns of images', () => {
  const app = new App();
  const stacks = ['One', 'Two'].map((name) => new Stack(app, name));
  for (const stack of stacks) {
    aFunction(stack, 'A');
    aFunction(stack, 'B');
    aFunction(stack, 'Skipped');
  }
  new lambda.DockerImageFunction(stacks[1], 'Image', {
    code: lambda.DockerImageCode.fromEcr(ecr.Repository.fromRepositoryName(stacks[1], 'Repository', 'images')),
  });
  Aspects.of(app).add(new LogsHttpDestinationAspect({ endpoint, zips }, (fn) => fn.node.id !== 'Skipped'));

  for (const stack of stacks) {
    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Lambda::LayerVersion', 1);
    const functions = Object.values(template.findResources('AWS::Lambda::Function'));
    assert.equal(functions.filter((fn) => fn.Properties.Environment?.Variables?.HTTP_ENDPOINT === endpoint && fn.Properties.Layers?.length === 1).length, 2);
  }
  Annotations.fromStack(stacks[1]).hasWarning('/Two/Image', Match.stringLikeRegexp('copy the extension into the image'));
});
