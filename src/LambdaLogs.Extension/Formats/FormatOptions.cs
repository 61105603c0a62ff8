using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>The output format and its options. Built once by <c>Settings</c>; immutable.</summary>
internal sealed record FormatOptions
{
    /// <summary>The format. Default <see cref="FormatKind.Lambda"/>.</summary>
    public FormatKind Kind { get; init; }

    /// <summary>The service name, for formats that have one. Empty, the default: the function's name.</summary>
    public string ServiceName { get; init; } = "";

    /// <summary>Returns the service name or its default.</summary>
    public string ServiceNameFor(FunctionIdentity identity) => ServiceName.Length > 0 ? ServiceName : identity.Name;

    /// <summary>
    /// Constant fields of every record, in order. Names are letters, digits, <c>_</c>, <c>.</c> and <c>-</c>, unique, and not names of
    /// record fields; values are any text. At most 1 KB in total. Default: none.
    /// </summary>
    public IReadOnlyList<KeyValuePair<string, string>> Fields { get; init; } = [];

    /// <summary>The output names of record fields, in formats with the default payload's records. Default: unchanged.</summary>
    public FieldNames Names { get; init; } = new();

    /// <summary>Elasticsearch's data stream or index. Null: the endpoint's path contains it, so that actions do not name one.</summary>
    public string? ElasticsearchIndex { get; init; }

    /// <summary>Whether Elasticsearch documents get ids, so that repeated records are not stored twice. Default true.</summary>
    public bool ElasticsearchIds { get; init; } = true;

    /// <summary>Splunk's index. Null, the default: that of the token.</summary>
    public string? SplunkIndex { get; init; }

    /// <summary>Splunk's source type. Null, the default: that of the token.</summary>
    public string? SplunkSourceType { get; init; }

    /// <summary>Loki's tenant for the header <c>X-Scope-OrgID</c>. Null, the default: no header.</summary>
    public string? LokiTenant { get; init; }
}
