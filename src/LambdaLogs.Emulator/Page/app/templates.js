// Events as AWS's services send them, shortened to what handlers read. Source: the services' pages in the AWS Lambda developer guide.
const now = () => new Date().toISOString();
const httpContext = (id, method, path) => ({
  accountId: '123456789012', apiId: 'abcdef1234', domainName: 'abcdef1234.execute-api.us-east-1.amazonaws.com', domainPrefix: 'abcdef1234',
  http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'curl/8' }, requestId: id, routeKey: `${method} ${path}`,
  stage: '$default', time: '12/Mar/2026:19:03:58 +0000', timeEpoch: 1773342238000,
});

export const templates = {
  'empty': () => ({}),
  'sample function: 5 lines': () => ({ lines: 5, json: true }),
  'sample function: stack trace and error': () => ({ lines: 2, trace: true, fail: true }),
  'sample function: 10 000 lines': () => ({ lines: 10000 }),
  'API Gateway, HTTP API (2.0)': () => ({
    version: '2.0', routeKey: 'GET /pets', rawPath: '/pets', rawQueryString: 'kind=cat', headers: { accept: '*/*', host: 'example.com' },
    queryStringParameters: { kind: 'cat' }, requestContext: httpContext('JKJaXmPLvHcESHA=', 'GET', '/pets'), isBase64Encoded: false,
  }),
  'API Gateway, REST API (1.0)': () => ({
    resource: '/{proxy+}', path: '/pets', httpMethod: 'POST', headers: { 'Content-Type': 'application/json' },
    multiValueHeaders: { 'Content-Type': ['application/json'] }, queryStringParameters: { kind: 'cat' },
    multiValueQueryStringParameters: { kind: ['cat'] }, pathParameters: { proxy: 'pets' }, stageVariables: null,
    requestContext: {
      accountId: '123456789012', apiId: 'abcdef1234', httpMethod: 'POST', path: '/prod/pets', stage: 'prod', requestId: 'c6af9ac6-7b61-11e6',
      identity: { sourceIp: '192.0.2.1', userAgent: 'curl/8' }, requestTimeEpoch: 1773342238000, resourcePath: '/{proxy+}',
    },
    body: '{"name":"Tom"}', isBase64Encoded: false,
  }),
  'SQS': () => ({
    Records: [{
      messageId: '059f36b4-87a3-44ab-83d2-661975830a7d', receiptHandle: 'AQEBwJnKyrHigUMZj6rYigCgxlaS3SLy0a', body: '{"order":17}',
      attributes: { ApproximateReceiveCount: '1', SentTimestamp: String(Date.now()), SenderId: 'AIDAIENQZJOLO23YVJ4VO', ApproximateFirstReceiveTimestamp: String(Date.now()) },
      messageAttributes: {}, md5OfBody: 'e4e68fb7bd0e697a0ae8f1bb342846b3', eventSource: 'aws:sqs',
      eventSourceARN: 'arn:aws:sqs:us-east-1:123456789012:my-queue', awsRegion: 'us-east-1',
    }],
  }),
  'SNS': () => ({
    Records: [{
      EventVersion: '1.0', EventSource: 'aws:sns', EventSubscriptionArn: 'arn:aws:sns:us-east-1:123456789012:my-topic:21be56ed-a058-49f5-8c98-aedd2564c486',
      Sns: {
        Type: 'Notification', MessageId: '95df01b4-ee98-5cb9-9903-4c221d41eb5e', TopicArn: 'arn:aws:sns:us-east-1:123456789012:my-topic',
        Subject: 'A subject', Message: 'Hello from SNS', Timestamp: now(), MessageAttributes: { kind: { Type: 'String', Value: 'test' } },
      },
    }],
  }),
  'S3 object created': () => ({
    Records: [{
      eventVersion: '2.1', eventSource: 'aws:s3', awsRegion: 'us-east-1', eventTime: now(), eventName: 'ObjectCreated:Put',
      requestParameters: { sourceIPAddress: '192.0.2.1' },
      s3: {
        s3SchemaVersion: '1.0', configurationId: 'upload', bucket: { name: 'my-bucket', arn: 'arn:aws:s3:::my-bucket', ownerIdentity: { principalId: 'A3NL1KOZZKExample' } },
        object: { key: 'pictures/cat+1.jpg', size: 1024, eTag: 'd41d8cd98f00b204e9800998ecf8427e', sequencer: '0055AED6DCD90281E5' },
      },
    }],
  }),
  'EventBridge': () => ({
    version: '0', id: '53dc4d37-cffa-4f76-80c9-8b7d4a4d2eaa', 'detail-type': 'Order placed', source: 'com.example.orders', account: '123456789012',
    time: now(), region: 'us-east-1', resources: [], detail: { order: 17, total: 42.5 },
  }),
  'EventBridge schedule': () => ({
    version: '0', id: 'cdc73f9d-aea9-11e3-9d5a-835b769c0d9c', 'detail-type': 'Scheduled Event', source: 'aws.events', account: '123456789012',
    time: now(), region: 'us-east-1', resources: ['arn:aws:events:us-east-1:123456789012:rule/every-minute'], detail: {},
  }),
  'Kinesis': () => ({
    Records: [{
      kinesis: {
        kinesisSchemaVersion: '1.0', partitionKey: '1', sequenceNumber: '49590338271490256608559692538361571095921575989136588898',
        data: btoa('Hello, this is a test.'), approximateArrivalTimestamp: Date.now() / 1000,
      },
      eventSource: 'aws:kinesis', eventVersion: '1.0', eventName: 'aws:kinesis:record', awsRegion: 'us-east-1',
      eventID: 'shardId-000000000006:49590338271490256608559692538361571095921575989136588898',
      invokeIdentityArn: 'arn:aws:iam::123456789012:role/lambda-role', eventSourceARN: 'arn:aws:kinesis:us-east-1:123456789012:stream/my-stream',
    }],
  }),
  'Application Load Balancer': () => ({
    requestContext: { elb: { targetGroupArn: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:targetgroup/lambda/49e9d65c45c6791a' } },
    httpMethod: 'GET', path: '/pets', queryStringParameters: { kind: 'cat' },
    headers: { accept: 'text/html', host: 'lambda-alb.us-east-1.elb.amazonaws.com', 'x-forwarded-for': '192.0.2.1', 'x-forwarded-port': '443', 'x-forwarded-proto': 'https' },
    body: '', isBase64Encoded: false,
  }),
  'Function URL': () => ({
    version: '2.0', routeKey: '$default', rawPath: '/pets', rawQueryString: '', headers: { 'content-type': 'application/json', host: 'abcdef1234.lambda-url.us-east-1.on.aws' },
    requestContext: { ...httpContext('e1506fd5-9e7b-434f-bd42-4f8fa224b599', 'POST', '/pets'), domainName: 'abcdef1234.lambda-url.us-east-1.on.aws', routeKey: '$default' },
    body: '{"name":"Tom"}', isBase64Encoded: false,
  }),
};
