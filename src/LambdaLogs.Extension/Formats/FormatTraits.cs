namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Properties of a format that do not depend on its options. The settings need them in every cold start, without loading the format
/// itself.
/// </summary>
internal sealed record FormatTraits
{
    const int Megabyte = 1024 * 1024;
    const int Million = 1_000_000;

    /// <summary>The body's media type. Default <c>application/json</c>.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>Whether bodies are text and can be logged.</summary>
    public bool IsText { get; init; } = true;

    /// <summary>Whether bodies are compressed by default, because every destination of the format supports it.</summary>
    public bool CompressedByDefault { get; init; }

    /// <summary>The fixed path of such destinations, perhaps with a query. Null: it varies.</summary>
    public string? StandardPath { get; init; }

    /// <summary>The default header of an API key. Null: <c>X-API-Key</c>.</summary>
    public string? ApiKeyHeader { get; init; }

    /// <summary>Text before the key in <see cref="ApiKeyHeader"/>, including a space. Default: empty.</summary>
    public string ApiKeyPrefix { get; init; } = "";

    /// <summary>The statuses that are retried, as text. Null: the usual ones.</summary>
    public string? RetryStatuses { get; init; }

    /// <summary>A 2xx status that nevertheless means a rejection. 0: none.</summary>
    public int RefusingStatus { get; init; }

    /// <summary>Whether such destinations store the valid records of a body that they reject with 400.</summary>
    public bool StoresValidRecords { get; init; }

    /// <summary>Largest uncompressed body that such destinations accept.</summary>
    public int BodyBytesMax { get; init; } = 16 * Megabyte;

    /// <summary>Default size of the largest body.</summary>
    public int BodyBytesDefault { get; init; } = Megabyte;

    /// <summary>Largest single record that such destinations accept.</summary>
    public int RecordBytesMax { get; init; } = int.MaxValue;

    /// <summary>Longest unescaped text of a record that such destinations accept.</summary>
    public int LineBytesMax { get; init; } = int.MaxValue;

    /// <summary>Most records in one body.</summary>
    public int RecordsMax { get; init; } = 1_000_000;

    /// <summary>Default number of records in one body.</summary>
    public int RecordsDefault { get; init; } = 10_000;

    /// <summary>Returns the traits of a format.</summary>
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
            StoresValidRecords = true,
            LineBytesMax = 256 * 1024,

            // Loki's default response to a tenant whose ingestion is blocked.
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

        // Without bulk receiving, Graylog reads only the first message of a body, so one is the default. It accepts at most 64 KB unless
        // configured otherwise.
        FormatKind.Gelf => new() { StandardPath = "/gelf", BodyBytesDefault = 64 * 1024, RecordsDefault = 1 },
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    // The specification names these four and forbids retries after other statuses.
    static FormatTraits Otlp => new() { CompressedByDefault = true, StandardPath = "/v1/logs", RetryStatuses = "429 502 503 504" };
}
