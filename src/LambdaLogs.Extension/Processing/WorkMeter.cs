namespace LambdaLogs.Extension.Processing;

/// <summary>
/// Counts the steps of rules for a record and for a telemetry body, and says when the limit is reached. One thread at a time.
/// </summary>
/// <param name="limits">The limits.</param>
/// <param name="time">The monotonic clock.</param>
internal sealed class WorkMeter(WorkLimits limits, TimeProvider time)
{
    /// <summary>The clock is read once in this number of steps, which take a few hundred microseconds.</summary>
    const long StepsPerClockRead = 128 * 1024;

    long _before;
    long _steps;
    long _stop;
    long _stopOfRecord = limits.RecordSteps;
    long _lookAt = StepsPerClockRead;
    long? _since;
    bool _isBodySpent;

    /// <summary>Creates a meter without limits.</summary>
    public WorkMeter()
        : this(WorkLimits.None, TimeProvider.System)
    {
    }

    /// <summary>Steps for the current record.</summary>
    public long Steps => _steps;

    /// <summary>Whether the limit for the current record is reached.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>Call before the first record of a body.</summary>
    public void BeginBody()
    {
        _before = 0;
        _steps = 0;
        _since = null;
        _isBodySpent = false;
        _lookAt = StepsPerClockRead;
    }

    /// <summary>Call before a rule works on a record.</summary>
    /// <param name="bytes">The record's size.</param>
    public void BeginRecord(int bytes)
    {
        _since ??= time.GetTimestamp();
        _before += _steps;
        _steps = 0;
        _stopOfRecord = limits.RecordSteps + (bytes * limits.StepsPerByte);
        IsSpent = _isBodySpent;
        CheckLimits();
    }

    /// <summary>Counts steps.</summary>
    public void Count(int steps)
    {
        _steps += steps;
        if (_steps >= _stop)
            CheckLimits();
    }

    void CheckLimits()
    {
        var all = _before + _steps;
        if (all >= _lookAt)
        {
            _lookAt = all + StepsPerClockRead;
            _isBodySpent |= _since is { } since && time.GetElapsedTime(since) >= limits.BodyTime;
        }

        _isBodySpent |= all >= limits.BodySteps;
        IsSpent |= _isBodySpent || _steps >= _stopOfRecord;
        _stop = IsSpent ? long.MaxValue : Math.Min(_stopOfRecord, Math.Min(limits.BodySteps, _lookAt) - _before);
    }
}
