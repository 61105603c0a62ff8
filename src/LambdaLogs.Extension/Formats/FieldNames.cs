namespace LambdaLogs.Extension.Formats;

/// <summary>Which fields of the default payload's records get another name, and which of their constants are left out.</summary>
internal sealed record FieldNames
{
    /// <summary>Fields that are the same for every record: the ones that a format can leave out.</summary>
    public static IReadOnlyList<string> Constants { get; } =
        ["source", "function_name", "function_version", "function_memory_size", "aws_region", "architecture"];

    /// <summary>Fields that every record has, or may have, besides the constants.</summary>
    public static IReadOnlyList<string> Others { get; } =
        ["timestamp", "level", "message", "log_type", "request_id", "tenant_id", "durable_execution", "operation", "attempt",
            "trace_id", "span_id", "cold_start", "snapshot", "attributes"];

    /// <summary>Constants that are left out. Default: none.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    /// <summary>Fields with another name. Default: none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Renamed { get; init; } = [];

    /// <summary>The name that is written for a field.</summary>
    public string Of(string field)
    {
        foreach (var (from, to) in Renamed)
        {
            if (from == field)
                return to;
        }

        return field;
    }

    /// <summary>Whether a constant is left out.</summary>
    public bool Drops(string field)
    {
        foreach (var dropped in Dropped)
        {
            if (dropped == field)
                return true;
        }

        return false;
    }
}
