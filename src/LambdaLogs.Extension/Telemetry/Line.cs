namespace LambdaLogs.Extension.Telemetry;

/// <summary>Where a line is from: what its event's envelope says.</summary>
/// <param name="type"><see cref="Type"/></param>
/// <param name="time"><see cref="Time"/></param>
internal readonly ref struct Line(ReadOnlySpan<byte> type, ReadOnlySpan<byte> time)
{
    /// <summary><c>function</c> or <c>extension</c>; for what could not be read <c>extension.unreadable</c>.</summary>
    public ReadOnlySpan<byte> Type { get; } = type;

    /// <summary>The platform's time, valid.</summary>
    public ReadOnlySpan<byte> Time { get; } = time;
}
