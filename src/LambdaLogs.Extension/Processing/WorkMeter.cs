namespace LambdaLogs.Extension.Processing;

/// <summary>
/// Counts the steps that rules take for a record and for a telemetry body, and says when they may take no more. One thread at a time.
/// </summary>
/// <param name="limits">The bounds.</param>
/// <param name="time">The monotonic clock.</param>
internal sealed class WorkMeter(WorkLimits limits, TimeProvider time)
{
    /// <summary>The clock is read once in so many steps: every few hundred microseconds.</summary>
    const long StepsPerLook = 128 * 1024;

    long _before;
    long _steps;
    long _stop;
    long _stopOfRecord = limits.RecordSteps;
    long _lookAt = StepsPerLook;
    long? _since;
    bool _isBodySpent;

    /// <summary>A meter without bounds.</summary>
    public WorkMeter()
        : this(WorkLimits.None, TimeProvider.System)
    {
    }

    /// <summary>Steps taken for the present record.</summary>
    public long Steps => _steps;

    /// <summary>Whether no more steps may be taken for the present record.</summary>
    public bool IsSpent { get; private set; }

    /// <summary>The next record is the first of a body.</summary>
    public void BeginBody()
    {
        _before = 0;
        _steps = 0;
        _since = null;
        _isBodySpent = false;
        _lookAt = StepsPerLook;
    }

    /// <summary>A rule begins to work on a record.</summary>
    /// <param name="bytes">The record's size.</param>
    public void BeginRecord(int bytes)
    {
        _since ??= time.GetTimestamp();
        _before += _steps;
        _steps = 0;
        _stopOfRecord = limits.RecordSteps + (bytes * limits.StepsPerByte);
        IsSpent = _isBodySpent;
        Look();
    }

    /// <summary>Steps were taken.</summary>
    public void Count(int steps)
    {
        _steps += steps;
        if (_steps >= _stop)
            Look();
    }

    void Look()
    {
        var all = _before + _steps;
        if (all >= _lookAt)
        {
            _lookAt = all + StepsPerLook;
            _isBodySpent |= _since is { } since && time.GetElapsedTime(since) >= limits.BodyTime;
        }

        _isBodySpent |= all >= limits.BodySteps;
        IsSpent |= _isBodySpent || _steps >= _stopOfRecord;
        _stop = IsSpent ? long.MaxValue : Math.Min(_stopOfRecord, Math.Min(limits.BodySteps, _lookAt) - _before);
    }
}
