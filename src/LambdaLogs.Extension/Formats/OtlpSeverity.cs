using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>OpenTelemetry's severity numbers: the first of each range.</summary>
/// Source: <see href="https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber"/>
internal static class OtlpSeverity
{
    /// <summary>Returns the severity number of a level, 1 to 21.</summary>
    public static int Of(LogLevel level) => 1 + (4 * (int)level);
}
