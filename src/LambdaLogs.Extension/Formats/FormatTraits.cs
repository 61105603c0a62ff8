namespace LambdaLogs.Extension.Formats;

/// <summary>
/// What holds for a format whatever its options. Settings ask for it in every cold start: nothing of the format itself is loaded then.
/// </summary>
internal sealed record FormatTraits
{
    const int Megabyte = 1024 * 1024;
    const int Million = 1_000_000;

    /// <summary>The body's media type. Default <c>application/json</c>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether bodies are text, so that they can be shown.</summary>
    public bool IsText { get; init; } = true;

    /// <summary>Whether bodies are compressed where nothing else is asked for: where every such destination understands it.</summary>
    public bool CompressedByDefault { get; init; }

    /// <summary>The one path that such destinations have, perhaps with a query. Null: each has its own.</summary>
    public string? StandardPath { get; init; }

    /// <summary>The header that carries an API key where none is named. Null: <c>X-API-Key</c>.</summary>
    public string? ApiKeyHeader { get; init; }

    /// <summary>What stands before the key in <see cref="ApiKeyHeader"/>, its space included. Default: nothing.</summary>
    public string ApiKeyPrefix { get; init; } = "";

    /// <summary>The statuses after which a body is sent again, as text. Null: the usual ones.</summary>
    public string? RetryStatuses { get; init; }

    /// <summary>A status of the 2xx that refuses all the same. 0: there is none.</summary>
    public int RefusingStatus { get; init; }

    /// <summary>Whether such destinations store what was right in a body that they refuse with 400.</summary>
    public bool KeepsTheRest { get; init; }

    /// <summary>Largest body that such destinations take, uncompressed.</summary>
    public int BodyBytesMax { get; init; } = 16 * Megabyte;

    /// <summary>Largest body where nothing else is asked for.</summary>
    public int BodyBytesDefault { get; init; } = Megabyte;

    /// <summary>Largest single record that such destinations take.</summary>
    public int RecordBytesMax { get; init; } = int.MaxValue;

    /// <summary>Longest text of a record that such destinations take, unescaped.</summary>
    public int LineBytesMax { get; init; } = int.MaxValue;

    /// <summary>Most records in one body.</summary>
    public int RecordsMax { get; init; } = 1_000_000;

    /// <summary>Most records in one body where nothing else is asked for.</summary>
    public int RecordsDefault { get; init; } = 10_000;

    /// <summary>The traits of a format.</summary>
    public static FormatTraits Of(FormatKind kind) => kind switch
    {
        FormatKind.Lambda or FormatKind.JsonArray => new(),
        FormatKind.Ndjson => new() { ContentType = "application/x-ndjson" },
        FormatKind.Otlp => Otlp,
        FormatKind.OtlpProtobuf => Otlp with { ContentType = "application/x-protobuf", IsText = false },
        FormatKind.Loki => new()
        {
            CompressedByDefault = true,
            StandardPath = "/loki/api/v1/push",
            KeepsTheRest = true,
            LineBytesMax = 256 * 1024,

            // What Loki responds to a tenant whose ingestion is blocked, unless it is told to respond otherwise.
            RefusingStatus = 260,
        },
        FormatKind.SplunkHec => new()
        {
            CompressedByDefault = true,
            StandardPath = "/services/collector/event",
            ApiKeyHeader = "Authorization",
            ApiKeyPrefix = "Splunk ",
            BodyBytesMax = Million,
            BodyBytesDefault = Million,
        },
        FormatKind.Elasticsearch => new()
        {
            ContentType = "application/x-ndjson",
            CompressedByDefault = true,
            StandardPath = "/_bulk",
            ApiKeyHeader = "Authorization",
            ApiKeyPrefix = "ApiKey ",
            BodyBytesMax = 10 * Megabyte,
        },
        FormatKind.Datadog => new()
        {
            CompressedByDefault = true,
            StandardPath = "/api/v2/logs",
            ApiKeyHeader = "DD-API-KEY",
            BodyBytesMax = 5 * Million,
            RecordBytesMax = Million,
            RecordsMax = 1000,
            RecordsDefault = 1000,
        },
        FormatKind.NewRelic => new()
        {
            CompressedByDefault = true,
            StandardPath = "/log/v1",
            ApiKeyHeader = "Api-Key",
            BodyBytesMax = Million,
            BodyBytesDefault = Million,
        },

        // Without "bulk receiving" Graylog reads the first message of a body and forgets the others: so one is the default. It takes no
        // body above 64 KB unless it is told to.
        FormatKind.Gelf => new() { StandardPath = "/gelf", BodyBytesDefault = 64 * 1024, RecordsDefault = 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // The specification names these four and forbids to send anything again after another status.
    static FormatTraits Otlp => new() { CompressedByDefault = true, StandardPath = "/v1/logs", RetryStatuses = "429 502 503 504" };
}
