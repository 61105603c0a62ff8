namespace LambdaLogs.Emulator.Wire;

/// <summary>The function's log format, the value of <c>AWS_LAMBDA_LOG_FORMAT</c>.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-logformat.html"/></remarks>
public enum LogFormat
{
    /// <summary>Every line is a string in telemetry.</summary>
    Text,

    /// <summary>A line that is a JSON object is an object in telemetry; other lines are strings.</summary>
    Json,
}
