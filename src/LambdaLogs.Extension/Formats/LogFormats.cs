using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Builds formats.</summary>
internal static class LogFormats
{
    /// <summary>The format that the options ask for.</summary>
    /// <param name="options">How records are written.</param>
    /// <param name="identity">Which function they are from.</param>
    /// <param name="time">The wall clock, for formats that tell when a record was seen.</param>
    public static LogFormat Create(FormatOptions options, FunctionIdentity identity, TimeProvider time)
    {
        _ = time;
        return options.Kind switch
        {
            FormatKind.Lambda => new LambdaFormat(identity),
            _ => throw new ArgumentOutOfRangeException(nameof(options)),
        };
    }
}
