using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Settings;

/// <summary>Declares the variables of the output format.</summary>
internal static class FormatVariables
{
    /// <summary>See <see cref="FormatOptions.Kind"/>. The order is that of <see cref="FormatKind"/>.</summary>
    public static readonly Variable Format = new()
    {
        Name = "LOGS_FORMAT",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Format,
        Choices =
        [
            "lambda", "json_array", "ndjson", "otlp", "otlp_protobuf", "loki", "splunk_hec", "elasticsearch", "datadog", "newrelic", "gelf",
        ],
        Summary = "How records are written: as their destination reads them. The format brings the content type, the path where "
            + "`HTTP_ENDPOINT` has none, the header of `apikey`, compression, limits, and what a partial failure means.",
    };

    /// <summary>See <see cref="FormatOptions.ServiceName"/>.</summary>
    public static readonly Variable ServiceName = new()
    {
        Name = "LOGS_SERVICE_NAME",
        Kind = VariableKind.Text,
        Group = VariableGroup.Format,
        DefaultWords = "the function's name",
        AllowedWords = "a name of at most 128 characters",
        Summary = "The service, in formats that have a place for it. `lambda`, `json_array` and `ndjson` have none.",
    };

    /// <summary>See <see cref="FormatOptions.Fields"/>.</summary>
    public static readonly Variable Fields = new()
    {
        Name = "LOGS_FIELDS",
        Kind = VariableKind.Text,
        Group = VariableGroup.Format,
        AllowedWords = "name=value pairs, separated by commas or line breaks, such as env=prod,team=pay; at most 20 pairs and 1 KB; names "
            + "of letters, digits, _ . and -, each once, and none that records have themselves",
        Summary = "Constant fields of every record. Values may have `{account_id}`, `{function_name}`, `{function_version}`, `{region}`, "
            + "`{environment_id}` (of the execution environment), `{memory}` and `{tenant_id}` in them. They become keys of the "
            + "record, tags in Datadog, resource attributes in OTLP, labels in Elasticsearch, structured metadata in Loki.",
    };

    /// <summary>See <see cref="FormatOptions.ElasticsearchIndex"/>.</summary>
    public static readonly Variable ElasticsearchIndex = new()
    {
        Name = "LOGS_ELASTICSEARCH_INDEX",
        Kind = VariableKind.Text,
        Group = VariableGroup.Format,
        DefaultWords = "the path's, else logs-aws.lambda-default",
        AllowedWords = "the name of a data stream or index: small letters, digits and . _ -, at most 255 characters",
        Summary = "The data stream or index of `elasticsearch`. A path of `HTTP_ENDPOINT` may name it as well: `/my-index/_bulk`.",
    };

    /// <summary>See <see cref="FormatOptions.ElasticsearchIds"/>.</summary>
    public static readonly Variable ElasticsearchIds = new()
    {
        Name = "LOGS_ELASTICSEARCH_IDS",
        Kind = VariableKind.Flag,
        Group = VariableGroup.Format,
        Default = 1,
        Summary = "Whether documents get ids, so that what has to be sent again is not stored twice. Turn it off where ids are refused, as "
            + "in time series collections of OpenSearch Serverless.",
    };

    /// <summary>See <see cref="FormatOptions.SplunkIndex"/>.</summary>
    public static readonly Variable SplunkIndex = new()
    {
        Name = "LOGS_SPLUNK_INDEX",
        Kind = VariableKind.Text,
        Group = VariableGroup.Format,
        DefaultWords = "the token's",
        AllowedWords = "an index that the token may write to",
        Summary = "The index of `splunk_hec`.",
    };

    /// <summary>See <see cref="FormatOptions.SplunkSourceType"/>.</summary>
    public static readonly Variable SplunkSourceType = new()
    {
        Name = "LOGS_SPLUNK_SOURCETYPE",
        Kind = VariableKind.Text,
        Group = VariableGroup.Format,
        DefaultWords = "the token's",
        AllowedWords = "a source type such as _json",
        Summary = "The source type of `splunk_hec`.",
    };

    /// <summary>See <see cref="FormatOptions.LokiTenant"/>.</summary>
    public static readonly Variable LokiTenant = new()
    {
        Name = "LOGS_LOKI_TENANT",
        Kind = VariableKind.Text,
        Group = VariableGroup.Format,
        AllowedWords = "a tenant's id of visible ASCII characters",
        Summary = "The tenant of `loki`, sent as `X-Scope-OrgID`; `{tenant_id}` is that of Lambda's tenant isolation. "
            + "Grafana Cloud needs none.",
    };
}
