using System.Text.Json;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>A record as plain values, every text unescaped.</summary>
internal sealed record ReadingRecord
{
    public required string Time { get; init; }
    public required LogLevel Level { get; init; }
    public required string Message { get; init; }
    public required string LogType { get; init; }
    public required string? RequestId { get; init; }
    public required string? TraceId { get; init; }
    public string? SpanId { get; init; }
    public LevelOrigin LevelOrigin { get; init; }

    /// <summary>See <see cref="LogRecord.Context"/>; as it came.</summary>
    public string Context { get; init; } = "";

    public required bool? ColdStart { get; init; }
    public required bool Snapshot { get; init; }
    public required EventKind Kind { get; init; }
    public required PlatformStatus Status { get; init; }

    /// <summary>The attributes as they came. Null: none.</summary>
    public required string? RawAttributes { get; init; }

    /// <summary>The record as the default format writes it.</summary>
    public required string Encoded { get; init; }

    /// <summary>The attributes. Undefined: none.</summary>
    public JsonElement Attributes => RawAttributes is null ? default : JsonDocument.Parse(RawAttributes).RootElement;

    /// <summary>The names of the attributes, in their order.</summary>
    public string AttributeNames =>
        RawAttributes is null ? "" : string.Join(' ', Attributes.EnumerateObject().Select(member => member.Name));
}
