// An example stack: a function whose logs go to an HTTP endpoint.
//   npx aws-cdk@2 deploy --context endpoint=https://logs.example.com/ingest
//   npx aws-cdk@2 deploy --context endpoint=https://logs.example.com/ingest --context secret=arn:aws:secretsmanager:...   (a bearer token)
//   … --context topic=arn:aws:sns:...   (an alarm when logs are lost)
import * as cdk from 'aws-cdk-lib';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import * as sns from 'aws-cdk-lib/aws-sns';
import { LogsHttpDestination } from '../lib/logs-http-destination';

const app = new cdk.App();
const endpoint = app.node.tryGetContext('endpoint');
if (typeof endpoint !== 'string') {
  throw new Error('Say where the logs go: --context endpoint=https://logs.example.com/ingest');
}

const stack = new cdk.Stack(app, 'LogsHttpDestinationExample');
const hello = new lambda.Function(stack, 'Hello', {
  runtime: lambda.Runtime.PYTHON_3_13,
  architecture: app.node.tryGetContext('architecture') === 'arm64' ? lambda.Architecture.ARM_64 : lambda.Architecture.X86_64,
  handler: 'index.handler',
  code: lambda.Code.fromInline('def handler(event, context):\n    print("hello from", context.function_name)\n'),
});

const secret = app.node.tryGetContext('secret');
const logs = new LogsHttpDestination(stack, 'Logs', {
  endpoint,
  ...(secret ? { authType: 'bearer' as const, credentials: secretsmanager.Secret.fromSecretCompleteArn(stack, 'Token', secret) } : {}),
}).addTo(hello);

const topic = app.node.tryGetContext('topic');
if (topic) {
  logs.addLossAlarm(hello).addAlarmAction(new actions.SnsAction(sns.Topic.fromTopicArn(stack, 'Topic', topic)));
}

new cdk.CfnOutput(stack, 'FunctionName', { value: hello.functionName });
