namespace LambdaLogs.Extension.Records;

/// <summary>Names of levels, as written in payloads.</summary>
internal static class LogLevels
{
    /// <summary>The name in capitals, for example <c>WARN</c>.</summary>
    public static ReadOnlySpan<byte> Name(this LogLevel level) => level switch
    {
        LogLevel.Trace => "TRACE"u8,
        LogLevel.Debug => "DEBUG"u8,
        LogLevel.Info => "INFO"u8,
        LogLevel.Warn => "WARN"u8,
        LogLevel.Error => "ERROR"u8,
        _ => "FATAL"u8,
    };
}
