namespace LambdaLogs.Extension.Formats;

/// <summary>Which fields of the default payload's records are renamed, and which of its constant fields are left out.</summary>
internal sealed record FieldNames
{
    /// <summary>Fields with the same value in every record. A format can leave them out.</summary>
    public static IReadOnlyList<string> Constants { get; } =
        ["source", "function_name", "function_version", "function_memory_size", "aws_region", "architecture"];

    /// <summary>Other fields of records.</summary>
    public static IReadOnlyList<string> Others { get; } =
        ["timestamp", "level", "message", "log_type", "request_id", "tenant_id", "durable_execution", "operation", "attempt",
            "trace_id", "span_id", "cold_start", "snapshot", "attributes"];

    /// <summary>Constant fields that are left out. Default: none.</summary>
    public IReadOnlyList<string> Dropped { get; init; } = [];

    /// <summary>Renamed fields. Default: none.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Renamed { get; init; } = [];

    /// <summary>Returns the output name of a field.</summary>
    public string OutputNameOf(string field)
    {
        foreach (var (from, to) in Renamed)
        {
            if (from == field)
                return to;
        }

        return field;
    }

    /// <summary>Whether a constant field is left out.</summary>
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
