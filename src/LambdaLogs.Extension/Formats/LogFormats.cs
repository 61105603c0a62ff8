using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Creates formats.</summary>
internal static class LogFormats
{
    /// <summary>Creates the configured format.</summary>
    /// <param name="options">The output format and its options.</param>
    /// <param name="identity">Identifies the function.</param>
    /// <param name="time">The wall clock, for formats that contain the time of observation.</param>
    /// <param name="random">Returns a random number in [0, 1), for document ids. Called for the first record.</param>
    public static LogFormat Create(FormatOptions options, FunctionIdentity identity, TimeProvider time, Func<double> random)
    {
        return options.Kind switch
        {
            FormatKind.Lambda => new LambdaFormat(options, identity),
            FormatKind.JsonArray => new JsonArrayFormat(options, identity),
            FormatKind.Ndjson => new NdjsonFormat(options, identity),
            FormatKind.Otlp => new OtlpFormat(options, identity, time),
            FormatKind.OtlpProtobuf => new OtlpProtobufFormat(options, identity, time),
            FormatKind.Loki => new LokiFormat(options, identity),
            FormatKind.SplunkHec => new SplunkHecFormat(options, identity),
            FormatKind.Elasticsearch => new ElasticsearchFormat(options, identity, random),
            FormatKind.Datadog => new DatadogFormat(options, identity),
            FormatKind.NewRelic => new NewRelicFormat(options, identity),
            FormatKind.Gelf => new GelfFormat(options, identity),
            _ => throw new ArgumentOutOfRangeException(nameof(options)),
        };
    }
}
