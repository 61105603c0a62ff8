namespace LambdaLogs.Emulator.Wire;

/// <summary>A line that the function or an extension wrote.</summary>
/// <param name="Time">When the line was read.</param>
/// <param name="Source">Who wrote it: <see cref="EventStream.Function"/> or <see cref="EventStream.Extension"/>.</param>
/// <param name="Text">The bytes as written, with the line feed where there was one. May be invalid UTF-8.</param>
internal sealed record LogLine(DateTimeOffset Time, EventStream Source, ReadOnlyMemory<byte> Text) : TelemetryEvent(Time)
{
    public override EventStream Stream => Source;

    public override string Type => Source is EventStream.Function ? "function" : "extension";
}
