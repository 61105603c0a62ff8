import * as fs from 'node:fs';
import * as path from 'node:path';
import { Annotations, Duration, IAspect, Stack, Token } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as secretsmanager from 'aws-cdk-lib/aws-secretsmanager';
import { Construct, IConstruct } from 'constructs';

const NAME = 'aws-lambda-logs-http-destination';
const ASPECT = 'LogsHttpDestinationOfAll';

/** How a request to the endpoint proves who sends it. */
export type AuthType = 'none' | 'basic' | 'bearer' | 'apikey' | 'api_key' | 'sigv4';

export interface LogsHttpDestinationProps {
  /** Where the logs go: an http:// or https:// URL. */
  readonly endpoint: string;

  /** Default: none. */
  readonly authType?: AuthType;

  /** The password, token or key, in Secrets Manager: the extension reads it there, it never stands in the function's configuration. */
  readonly credentials?: secretsmanager.ISecret;

  /** The field of a secret that is a JSON object. Default: the whole secret. */
  readonly credentialsField?: string;

  /** Any other variables of the extension, for example LOGS_FORMAT. See docs/configuration.md. */
  readonly variables?: Record<string, string>;

  /** Layer versions that are published already (`make deploy_cli_x86 deploy_cli_arm`). Default: made from the zips. */
  readonly layers?: { readonly x86_64?: lambda.ILayerVersion; readonly arm64?: lambda.ILayerVersion };

  /** The folder of the zips that `make build_lambda_x86` and `make build_lambda_arm` write. Default: artifacts/ of this repository. */
  readonly zips?: string;
}

/** Sends all logs of functions to an HTTP endpoint: `new LogsHttpDestination(stack, 'Logs', { endpoint }).addTo(fn)`. */
export class LogsHttpDestination extends Construct {
  private readonly made = new Map<string, lambda.ILayerVersion>();

  constructor(scope: Construct, id: string, private readonly props: LogsHttpDestinationProps) {
    super(scope, id);
    if (!Token.isUnresolved(props.endpoint) && !/^https?:\/\/[^/]/.test(props.endpoint)) {
      throw new Error(`endpoint is "${props.endpoint}"; it has to be an http:// or https:// URL`);
    }
    const needsCredentials = props.authType !== undefined && !['none', 'sigv4'].includes(props.authType);
    if (needsCredentials !== (props.credentials !== undefined)) {
      throw new Error(needsCredentials ? `authType ${props.authType} needs credentials` : 'credentials need an authType: basic, bearer or apikey');
    }
  }

  /** Adds the layer, the variables, and the permission to read the secret where there is one. Nothing else. */
  addTo(...functions: lambda.Function[]): this {
    for (const fn of functions) {
      if (fn instanceof lambda.DockerImageFunction) {
        throw new Error(`${fn.node.path} is a container image, which takes no layers: copy the extension into the image, see deploy/container/README.md`);
      }
      fn.addLayers(this.layerFor(fn.architecture));
      for (const [name, value] of Object.entries(this.variables())) {
        fn.addEnvironment(name, value);
      }
      this.permitReading(fn);
    }
    return this;
  }

  /** An alarm when logs of the function are lost, out of the metrics that the extension writes for it. Give it actions. */
  public addLossAlarm(fn: lambda.Function): cloudwatch.Alarm {
    fn.addEnvironment('LOGS_METRICS', 'emf');
    const metric = new cloudwatch.Metric({
      namespace: 'LogsHttpDestination',
      metricName: 'Dropped',
      dimensionsMap: { function_name: fn.functionName },
      statistic: 'Sum',
      period: Duration.minutes(5),
    });
    return metric.createAlarm(fn, 'LogsLost', {
      alarmDescription: 'The extension has dropped records; docs/troubleshooting.md says what its lines in the log mean',
      threshold: 0,
      evaluationPeriods: 1,
      comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_THRESHOLD,
      treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    });
  }

  private variables(): Record<string, string> {
    const { endpoint, authType, credentials, credentialsField, variables } = this.props;
    return {
      HTTP_ENDPOINT: endpoint,
      ...(authType ? { HTTP_AUTH_TYPE: authType } : {}),
      ...(credentials ? { HTTP_AUTH_CREDENTIALS: credentials.secretArn + (credentialsField ? `#${credentialsField}` : '') } : {}),
      ...variables,
    };
  }

  /** Not `grantRead`, which would permit to describe the secret as well. */
  private permitReading(fn: lambda.Function): void {
    const secret = this.props.credentials;
    if (!secret) return;
    // An ARN without its random ending names the secret, but policies match the whole one.
    const resource = secret.secretFullArn ?? `${secret.secretArn}-??????`;
    fn.addToRolePolicy(new iam.PolicyStatement({ actions: ['secretsmanager:GetSecretValue'], resources: [resource] }));
    secret.encryptionKey?.grantDecrypt(fn);
  }

  private layerFor(architecture: lambda.Architecture): lambda.ILayerVersion {
    const name = architecture.name === 'arm64' ? 'arm64' : 'x86_64';
    const layer = this.made.get(name) ?? this.props.layers?.[name] ?? this.makeLayer(name, architecture);
    this.made.set(name, layer);
    return layer;
  }

  private makeLayer(name: 'x86_64' | 'arm64', architecture: lambda.Architecture): lambda.ILayerVersion {
    const zip = path.join(this.props.zips ?? findArtifacts(), `${NAME}-${name}.zip`);
    if (!fs.existsSync(zip)) {
      throw new Error(`${zip} is missing. Run: make build_lambda_${name === 'arm64' ? 'arm' : 'x86'}`);
    }
    return new lambda.LayerVersion(this, name, {
      code: lambda.Code.fromAsset(zip),
      compatibleArchitectures: [architecture],
      description: `Sends a function's logs to an HTTP endpoint, ${name}`,
      license: 'MIT',
    });
  }
}

/**
 * Adds the destination to every function of a scope: `Aspects.of(app).add(new LogsHttpDestinationAspect({ endpoint }))`. Each stack gets layers of its own, as a layer
 * that is made in one stack and used in another would tie them together. Functions that are container images get a warning, which says what to do instead.
 */
export class LogsHttpDestinationAspect implements IAspect {
  private readonly added = new Set<IConstruct>();

  constructor(
    private readonly props: LogsHttpDestinationProps,
    /** Which functions. Default: all, but for those that CDK adds for itself. */
    private readonly includes: (fn: lambda.Function) => boolean = (fn) => !(fn instanceof lambda.SingletonFunction) && !/CustomResource|LogRetention|BucketNotifications/.test(fn.node.path),
  ) {}

  visit(node: IConstruct): void {
    if (!(node instanceof lambda.Function) || this.added.has(node) || !this.includes(node)) return;
    this.added.add(node);
    if (node instanceof lambda.DockerImageFunction) {
      Annotations.of(node).addWarningV2('logs-http-destination:image', 'takes no layers: copy the extension into the image, see deploy/container/README.md');
      return;
    }
    const stack = Stack.of(node);
    const existing = stack.node.tryFindChild(ASPECT) as LogsHttpDestination | undefined;
    (existing ?? new LogsHttpDestination(stack, ASPECT, this.props)).addTo(node);
  }
}

/** artifacts/ of the repository that this file lies in, as source or compiled. */
function findArtifacts(): string {
  for (let folder = __dirname; ; folder = path.dirname(folder)) {
    if (fs.existsSync(path.join(folder, 'LambdaLogs.slnx'))) return path.join(folder, 'artifacts');
    if (folder === path.dirname(folder)) throw new Error('say with zips where the zips of the layer are');
  }
}
