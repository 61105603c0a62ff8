using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>How records are written. Built once by <c>Settings</c>; never changes.</summary>
internal sealed record FormatOptions
{
    /// <summary>Which format. Default <see cref="FormatKind.Lambda"/>.</summary>
    public FormatKind Kind { get; init; }

    /// <summary>The service's name, where a format has a place for it. Empty, the default: the function's name.</summary>
    public string ServiceName { get; init; } = "";

    /// <summary>The service's name, or what stands for it.</summary>
    public string ServiceNameFor(FunctionIdentity identity) => ServiceName.Length > 0 ? ServiceName : identity.Name;

    /// <summary>
    /// Constant fields of every record, in their order. Names are letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, unique, and none that
    /// records have themselves; values are any text. Together at most 1 KB. Default: none.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>What fields of the default payload's records are called, in the formats that write such. Default: as they are.</summary>
    public FieldNames Names { get; init; } = new();

    /// <summary>
    /// Elasticsearch's data stream or index. Null: the one that the endpoint's path names, so that no action names one.
    /// </summary>
    public string? ElasticsearchIndex { get; init; }

    /// <summary>
    /// Whether Elasticsearch's documents get ids of ours, so that what is sent again is not stored again. Default true.
    /// </summary>
    public bool ElasticsearchIds { get; init; } = true;

    /// <summary>Splunk's index. Null, the default: the one of the token.</summary>
    public string? SplunkIndex { get; init; }

    /// <summary>Splunk's source type. Null, the default: the one of the token.</summary>
    public string? SplunkSourceType { get; init; }

    /// <summary>Loki's tenant, for the header <c>X-Scope-OrgID</c>. Null, the default: no header.</summary>
    public string? LokiTenant { get; init; }
}
