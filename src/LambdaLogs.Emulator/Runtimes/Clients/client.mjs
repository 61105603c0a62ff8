// The Runtime API for a Node.js handler. Where AWS's own client (aws-lambda-ric) can be resolved, that runs instead.
//
// It behaves as the managed runtime does for what can be seen from outside: the context, callbacks, response streams, the error objects,
// and the lines in either log format. Only Node's own modules are used.

import fs from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { format } from 'node:util';

const env = process.env;
const root = env.LAMBDA_TASK_ROOT;
const isJson = (env.AWS_LAMBDA_LOG_FORMAT ?? '').toUpperCase() === 'JSON';
const ranks = { TRACE: 1, DEBUG: 2, INFO: 3, WARN: 4, ERROR: 5, FATAL: 6 };
const lowest = isJson ? (ranks[(env.AWS_LAMBDA_LOG_LEVEL ?? '').toUpperCase()] ?? 1) : 1;
const streaming = Symbol('streams its response');
let current = null;

// --- Lines

const logFd = env._LAMBDA_TELEMETRY_LOG_FD === undefined ? null : Number(env._LAMBDA_TELEMETRY_LOG_FD);

// Framed where the platform gives a descriptor for it, so that a record with several lines stays one; synchronous, so that nothing is
// left in a buffer when the process ends.
function write(text) {
  if (logFd === null) {
    writeAll(1, Buffer.from(text.replaceAll('\n', '\r') + '\n'));
    return;
  }
  const body = Buffer.from(text + '\n');
  const head = Buffer.alloc(16);
  head.writeUInt32BE(isJson ? 0xa55a0002 : 0xa55a0003, 0);
  head.writeUInt32BE(body.length, 4);
  head.writeBigInt64BE(BigInt(Date.now()) * 1000n, 8);
  writeAll(logFd, Buffer.concat([head, body]));
}

function writeAll(fd, bytes) {
  for (let done = 0; done < bytes.length;) {
    try {
      done += fs.writeSync(fd, bytes, done);
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error;
    }
  }
}

const describe = (error) => ({
  errorType: error?.name ?? 'UnknownReason',
  errorMessage: error?.message ?? String(error),
  stackTrace: (error?.stack ?? '').split('\n').slice(1),
});

function jsonValue(_, value) {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Error) return { ...value, ...describe(value) };
  return value;
}

function log(level, args) {
  if (ranks[level] < lowest) return;
  const timestamp = new Date().toISOString();
  const requestId = current?.awsRequestId;
  if (!isJson) {
    write(`${timestamp}\t${requestId}\t${level}\t${format(...args)}`);
    return;
  }
  const item = { timestamp, level, requestId };
  if (args.length === 1) {
    item.message = args[0];
  } else {
    item.message = format(...args);
    const error = args.find((a) => a instanceof Error);
    if (error) Object.assign(item, describe(error));
  }
  try {
    write(JSON.stringify(item, jsonValue));
  } catch {
    // A value that refers to itself.
    write(JSON.stringify({ ...item, message: format(...args) }, jsonValue));
  }
}

function patchConsole() {
  const levels = { trace: 'TRACE', debug: 'DEBUG', info: 'INFO', log: 'INFO', warn: 'WARN', error: 'ERROR', fatal: 'FATAL' };
  for (const [name, level] of Object.entries(levels)) console[name] = (...args) => log(level, args);
}

function logError(what, error) {
  const body = { errorType: error?.name ?? 'Error', errorMessage: error?.message ?? String(error), ...error };
  body.stack = (error?.stack ?? '').split('\n');
  if (isJson) {
    const { stack, ...rest } = body;
    const item = { timestamp: new Date().toISOString(), level: 'ERROR', requestId: current?.awsRequestId };
    write(JSON.stringify({ ...item, message: { ...rest, stackTrace: stack } }, jsonValue));
  } else {
    write(`${new Date().toISOString()}\t${current?.awsRequestId}\tERROR\t${what} \t${JSON.stringify(body, jsonValue)}`);
  }
}

// --- The Runtime API

const [host, port] = env.AWS_LAMBDA_RUNTIME_API.split(':');
const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });

function request(method, route, headers = {}) {
  // No timeout: the environment may be frozen for hours inside a call.
  return http.request({ host, port, agent, method, path: `/2018-06-01/runtime/${route}`, headers });
}

function finish(call, body) {
  return new Promise((resolve, reject) => {
    call.on('response', (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ headers: response.headers, body: Buffer.concat(parts).toString() }));
    });
    call.on('error', reject);
    if (body !== null) call.end(body);
  });
}

function postError(route, error) {
  const text = JSON.stringify({
    errorType: error?.name ?? typeof error,
    errorMessage: error?.message ?? String(error),
    trace: (error?.stack ?? '').split('\n'),
  });
  const type = error?.name ?? 'Error';
  return finish(request('POST', route, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    'Lambda-Runtime-Function-Error-Type': type.includes('.') ? type : `Function.${type}`,
  }), text);
}

// --- The handler

class RuntimeFault extends Error {
  constructor(name, message) {
    super(message);
    this.name = name;
  }
}

async function loadModule(name) {
  for (const extension of ['', '.js', '.mjs', '.cjs']) {
    const file = path.resolve(root, name + extension);
    if (!fs.existsSync(file) || fs.statSync(file).isDirectory()) continue;
    try {
      return await import(pathToFileURL(file));
    } catch (error) {
      throw error instanceof SyntaxError ? Object.assign(error, { name: 'Runtime.UserCodeSyntaxError' }) : error;
    }
  }
  throw new RuntimeFault('Runtime.ImportModuleError', `Error: Cannot find module '${name}'`);
}

async function load(handler) {
  const file = path.basename(handler);
  const dot = file.indexOf('.');
  if (dot <= 0) throw new RuntimeFault('Runtime.MalformedHandlerName', 'Bad handler');
  const module = await loadModule(path.join(path.dirname(handler), file.slice(0, dot)));
  const names = file.slice(dot + 1).split('.');
  const find = (from) => names.reduce((at, name) => at?.[name], from);
  const found = find(module) ?? find(module.default);
  if (typeof found !== 'function') throw new RuntimeFault('Runtime.HandlerNotFound', `${handler} is undefined or not exported`);
  return found;
}

function contextOf(headers) {
  const deadline = Number(headers['lambda-runtime-deadline-ms']);
  const parse = (name) => (headers[name] ? JSON.parse(headers[name]) : undefined);
  return {
    callbackWaitsForEmptyEventLoop: true,
    functionName: env.AWS_LAMBDA_FUNCTION_NAME,
    functionVersion: env.AWS_LAMBDA_FUNCTION_VERSION,
    memoryLimitInMB: env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: env.AWS_LAMBDA_LOG_GROUP_NAME,
    logStreamName: env.AWS_LAMBDA_LOG_STREAM_NAME,
    clientContext: parse('lambda-runtime-client-context'),
    identity: parse('lambda-runtime-cognito-identity'),
    invokedFunctionArn: headers['lambda-runtime-invoked-function-arn'],
    awsRequestId: headers['lambda-runtime-aws-request-id'],
    tenantId: headers['lambda-runtime-aws-tenant-id'],
    getRemainingTimeInMillis: () => deadline - Date.now(),
  };
}

// A handler with a third parameter may respond through a callback, all others by their return value.
function call(handler, event, context) {
  return new Promise((resolve, reject) => {
    const callback = (error, result) => (error ? reject(error) : resolve(result));
    const returned = handler(event, context, callback);
    if (typeof returned?.then === 'function') returned.then(resolve, reject);
    else if (handler.length < 3) resolve(returned);
  });
}

async function respond(handler, event, context) {
  const route = `invocation/${context.awsRequestId}`;
  const result = await call(handler, event, context);
  const text = JSON.stringify(result === undefined ? null : result);
  await finish(request('POST', `${route}/response`, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  }), text);
}

async function stream(handler, event, context) {
  const response = request('POST', `invocation/${context.awsRequestId}/response`, {
    'Content-Type': 'application/octet-stream',
    'Lambda-Runtime-Function-Response-Mode': 'streaming',
    'Transfer-Encoding': 'chunked',
    Trailer: 'Lambda-Runtime-Function-Error-Type, Lambda-Runtime-Function-Error-Body',
  });
  response.setContentType = (type) => response.setHeader('Content-Type', type);
  const finished = finish(response, null);
  try {
    await handler(event, response, context);
  } catch (error) {
    logError('Invoke Error', error);
    response.addTrailers({
      'Lambda-Runtime-Function-Error-Type': `Function.${error?.name ?? 'Error'}`,
      'Lambda-Runtime-Function-Error-Body': Buffer.from(JSON.stringify(describe(error))).toString('base64'),
    });
  }
  if (!response.writableEnded) response.end();
  await finished;
}

async function serve(handler) {
  for (;;) {
    const { headers, body } = await finish(request('GET', 'invocation/next'), undefined);
    current = contextOf(headers);
    if (headers['lambda-runtime-trace-id']) env._X_AMZN_TRACE_ID = headers['lambda-runtime-trace-id'];
    try {
      await (handler[streaming] ? stream : respond)(handler, JSON.parse(body), current);
    } catch (error) {
      logError('Invoke Error', error);
      await postError(`invocation/${current.awsRequestId}/error`, error);
    }
  }
}

globalThis.awslambda = {
  streamifyResponse(handler) {
    handler[streaming] = true;
    return handler;
  },
  HttpResponseStream: {
    // The metadata comes first, then eight zero bytes, then the body.
    from(response, metadata) {
      response.setContentType('application/vnd.awslambda.http-integration-response');
      response.write(JSON.stringify(metadata));
      response.write(Buffer.alloc(8));
      return response;
    },
  },
};

async function official() {
  try {
    return await import(pathToFileURL(createRequire(path.join(root, 'package.json')).resolve('aws-lambda-ric')));
  } catch {
    return null;
  }
}

async function main() {
  const client = await official();
  if (client) {
    await client.run(root, env._HANDLER);
    return;
  }

  delete env._LAMBDA_TELEMETRY_LOG_FD;
  patchConsole();
  process.on('uncaughtException', async (error) => {
    logError('Uncaught Exception', error);
    await postError(current ? `invocation/${current.awsRequestId}/error` : 'init/error', error);
    process.exit(129);
  });
  process.on('unhandledRejection', (reason) => {
    throw Object.assign(new Error(String(reason?.message ?? reason)), { name: 'Runtime.UnhandledPromiseRejection', stack: reason?.stack });
  });
  let handler;
  try {
    handler = await load(env._HANDLER);
  } catch (error) {
    logError('Uncaught Exception', error);
    await postError('init/error', error);
    process.exit(1);
  }
  await serve(handler);
}

await main();
