namespace LambdaLogs.Extension.Formats;

/// <summary>The output formats, in the order of the choices of <c>LOGS_FORMAT</c>.</summary>
internal enum FormatKind
{
    /// <summary><c>lambda</c>: an object with an array of records. The default.</summary>
    Lambda,

    /// <summary><c>json_array</c>: the same records as an array.</summary>
    JsonArray,

    /// <summary><c>ndjson</c>: the same records, one per line.</summary>
    Ndjson,

    /// <summary><c>otlp</c>: OpenTelemetry logs over HTTP, as JSON.</summary>
    Otlp,

    /// <summary><c>otlp_protobuf</c>: OpenTelemetry logs over HTTP, as Protocol Buffers.</summary>
    OtlpProtobuf,

    /// <summary><c>loki</c>: Grafana Loki's push API.</summary>
    Loki,

    /// <summary><c>splunk_hec</c>: Splunk's HTTP Event Collector.</summary>
    SplunkHec,

    /// <summary><c>elasticsearch</c>: the bulk API of Elasticsearch and OpenSearch.</summary>
    Elasticsearch,

    /// <summary><c>datadog</c>: Datadog's logs intake, version 2.</summary>
    Datadog,

    /// <summary><c>newrelic</c>: New Relic's Log API.</summary>
    NewRelic,

    /// <summary><c>gelf</c>: Graylog Extended Log Format over HTTP.</summary>
    Gelf,
}
