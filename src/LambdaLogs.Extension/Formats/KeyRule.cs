namespace LambdaLogs.Extension.Formats;

/// <summary>Which member names a destination accepts.</summary>
internal enum KeyRule
{
    /// <summary>All.</summary>
    Any,

    /// <summary>OpenTelemetry's rules, restricted to what Loki and VictoriaLogs accept. See <see cref="OtlpKey"/>.</summary>
    Otlp,

    /// <summary>Elasticsearch's rules, in which a dot separates the parts of a path. See <see cref="ElasticsearchKey"/>.</summary>
    Elasticsearch,
}
