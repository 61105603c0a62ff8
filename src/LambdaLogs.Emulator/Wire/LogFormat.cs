namespace LambdaLogs.Emulator.Wire;

/// <summary>The function's logging configuration, as told in <c>AWS_LAMBDA_LOG_FORMAT</c>.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html"/></remarks>
public enum LogFormat
{
    /// <summary>Lines are strings.</summary>
    Text,

    /// <summary>A line that is a JSON object becomes an object in telemetry; other lines stay strings.</summary>
    Json,
}
