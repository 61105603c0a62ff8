namespace LambdaLogs.Extension.Formats;

/// <summary>Which names of members a destination takes.</summary>
internal enum KeyRule
{
    /// <summary>Any.</summary>
    Any,

    /// <summary>OpenTelemetry's, and what Loki and VictoriaLogs take of them. See <see cref="OtlpKey"/>.</summary>
    Otlp,

    /// <summary>Elasticsearch's, in which a dot is a path. See <see cref="ElasticsearchKey"/>.</summary>
    Elasticsearch,
}
