namespace LambdaLogs.Emulator.Wire;

/// <summary>A line written by the function or an extension.</summary>
/// <param name="Time">When the line was read.</param>
/// <param name="Source">The writer: <see cref="EventStream.Function"/> or <see cref="EventStream.Extension"/>.</param>
/// <param name="Text">The bytes as written, with the line feed if there was one. Can be invalid UTF-8.</param>
internal sealed record LogLine(DateTimeOffset Time, EventStream Source, ReadOnlyMemory<byte> Text) : TelemetryEvent(Time)
{
    public override EventStream Stream => Source;

    public override string Type => Source is EventStream.Function ? "function" : "extension";
}
