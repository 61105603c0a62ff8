using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Gives every event a valid time: its own, else the last valid one of the same body, else the time of arrival. The reader's thread.
/// </summary>
/// <param name="time">Tells the time of arrival.</param>
internal sealed class EventClock(TimeProvider time)
{
    readonly byte[] _last = new byte[LogRecord.NameBytesMax];
    int _length;

    /// <summary>Forgets the body before.</summary>
    public void Reset() => _length = 0;

    /// <summary>The event's time, or what stands for it.</summary>
    /// <param name="own">The event's own time; may be empty or anything.</param>
    /// <returns>A valid time; good until the next call.</returns>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> own)
    {
        if (Rfc3339.IsValid(own))
        {
            own.CopyTo(_last);
            _length = own.Length;
        }
        else if (_length == 0)
        {
            _length = Rfc3339.Write(time.GetUtcNow(), _last);
        }

        return _last.AsSpan(0, _length);
    }
}
