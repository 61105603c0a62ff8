using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>Builds formats.</summary>
internal static class LogFormats
{
    /// <summary>The format that the options ask for.</summary>
    /// <param name="options">How records are written.</param>
    /// <param name="identity">Which function they are from.</param>
    /// <param name="time">The wall clock, for formats that tell when a record was seen.</param>
    /// <param name="random">A random number in [0, 1), for ids of documents. Asked at the first record.</param>
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
