using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Gives every event a valid time: its own, or the last valid one of the same body, or the time of arrival. Guarded by the lock of <see
/// cref="TelemetryReader"/>.
/// </summary>
/// <param name="time">Provides the time of arrival.</param>
internal sealed class EventClock(TimeProvider time)
{
    readonly byte[] _last = new byte[LogRecord.NameBytesMax];
    int _length;

    /// <summary>Forgets the previous body.</summary>
    public void Reset() => _length = 0;

    /// <summary>Returns the event's time or its replacement.</summary>
    /// <param name="own">The event's own time; any text.</param>
    /// <returns>A valid time, until the next call.</returns>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> own)
    {
        if (Rfc3339.IsValid(own))
            return OfValid(own);

        if (_length == 0)
            _length = Rfc3339.Write(time.GetUtcNow(), _last);
        return _last.AsSpan(0, _length);
    }

    /// <summary>The event's own time, which was found to be valid.</summary>
    /// <returns>The same; good until the next call.</returns>
    public ReadOnlySpan<byte> OfValid(ReadOnlySpan<byte> own)
    {
        own.CopyTo(_last);
        _length = own.Length;
        return _last.AsSpan(0, _length);
    }
}
