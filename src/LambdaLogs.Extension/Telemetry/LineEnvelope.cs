namespace LambdaLogs.Extension.Telemetry;

/// <summary>The envelope of a line.</summary>
/// <param name="type"><see cref="Type"/></param>
/// <param name="time"><see cref="Time"/></param>
internal readonly ref struct LineEnvelope(ReadOnlySpan<byte> type, ReadOnlySpan<byte> time)
{
    /// <summary><c>function</c> or <c>extension</c>; <c>extension.unreadable</c> for an invalid piece.</summary>
    public ReadOnlySpan<byte> Type { get; } = type;

    /// <summary>The platform's time; valid.</summary>
    public ReadOnlySpan<byte> Time { get; } = time;
}
