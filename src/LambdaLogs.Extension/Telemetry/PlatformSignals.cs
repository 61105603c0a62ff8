namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// The mailbox between the listener's thread and the loop: what the lifecycle wants to know of the platform's events. The reader
/// publishes once for each POST, after every record of it was handed on, so that who sees a signal may also rely on the lines that came
/// with it. Thread-safe.
/// </summary>
/// <param name="time">Measures how long a wait has left (monotonic).</param>
internal sealed class PlatformSignals(TimeProvider time)
{
    /// <summary>How many ends of invocations are remembered: one is waited for, the others came early, late or twice.</summary>
    public const int Remembered = LastEvents<RuntimeDone>.Kept;

    // Monitor and not Lock: waiters are woken by a pulse.
    readonly object _gate = new();
    readonly LastEvents<RuntimeDone> _runtimeDones = new();
    readonly LastEvents<InvocationReport> _reports = new();
    long _postsHandled;
    long _droppedRecords;
    long _droppedBytes;
    long _restoreStarts;
    InitStart? _initStart;
    string? _expected;
    RuntimeDone? _expectedDone;

    /// <summary>How many POSTs were handled whole.</summary>
    public long PostsHandled => Read(in _postsHandled);

    /// <summary>How many <c>platform.runtimeDone</c> were seen.</summary>
    public long RuntimeDones
    {
        get
        {
            lock (_gate)
                return _runtimeDones.Count;
        }
    }

    /// <summary>How many <c>platform.report</c> were seen.</summary>
    public long Reports
    {
        get
        {
            lock (_gate)
                return _reports.Count;
        }
    }

    /// <summary>How many records Lambda said it dropped, in all.</summary>
    public long DroppedRecords => Read(in _droppedRecords);

    /// <summary>How many bytes Lambda said it dropped, in all.</summary>
    public long DroppedBytes => Read(in _droppedBytes);

    /// <summary>How many times <c>platform.restoreStart</c> was seen: this environment was restored from a snapshot.</summary>
    public long RestoreStarts => Read(in _restoreStarts);

    /// <summary>The last <c>platform.initStart</c>. Null: none was seen.</summary>
    public InitStart? InitStart
    {
        get
        {
            lock (_gate)
                return _initStart;
        }
    }

    /// <summary>
    /// An invocation has begun: its end is remembered whatever else is said, by other processes of the sandbox perhaps.
    /// </summary>
    public void Expect(string requestId)
    {
        lock (_gate)
        {
            _expectedDone = _runtimeDones.Find(done => done.RequestId == requestId);
            _expected = requestId;
        }
    }

    /// <summary>Whether this is the invocation that began last.</summary>
    public bool IsExpected(string requestId)
    {
        lock (_gate)
            return requestId == _expected;
    }

    /// <summary>The end of an invocation.</summary>
    /// <returns>Null where it was not seen, or so long ago that it is forgotten.</returns>
    public RuntimeDone? FindRuntimeDone(string requestId)
    {
        lock (_gate)
            return _expectedDone?.RequestId == requestId
                ? _expectedDone
                : _runtimeDones.Find(done => done.RequestId == requestId);
    }

    /// <summary>The report on an invocation.</summary>
    /// <returns>Null where it was not seen, or so long ago that it is forgotten.</returns>
    public InvocationReport? FindReport(string requestId)
    {
        lock (_gate)
            return _reports.Find(report => report.RequestId == requestId);
    }

    /// <summary>
    /// Waits until something is true that POSTs can make true. It is looked at now and after every POST. Any thread but the listener's.
    /// </summary>
    /// <param name="condition">Called under the lock: short, and without waiting.</param>
    /// <param name="limit">Longest wait. Zero or less: only looks. <see cref="Timeout.InfiniteTimeSpan"/> is taken as zero.</param>
    /// <returns>Whether it is true.</returns>
    public bool WaitFor(Func<PlatformSignals, bool> condition, TimeSpan limit)
    {
        var start = time.GetTimestamp();
        lock (_gate)
        {
            var left = limit;
            while (!condition(this))
            {
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                    return condition(this);

                // A wait that began anew with each POST would never end under steady logging.
                left = limit - time.GetElapsedTime(start);
            }

            return true;
        }
    }

    /// <summary>Tells what one POST brought and wakes all who wait. The listener's thread.</summary>
    public void Publish(PostSignals post)
    {
        lock (_gate)
        {
            _runtimeDones.AddAll(post.RuntimeDones);
            _reports.AddAll(post.Reports);
            // The invocation may have begun while the body was read: then its end is among the last.
            if (_expectedDone?.RequestId != _expected)
            {
                var found = post.Expected?.RequestId == _expected ? post.Expected : null;
                _expectedDone = found ?? _runtimeDones.Find(done => done.RequestId == _expected);
            }

            _droppedRecords = PostSignals.Sum(_droppedRecords, post.DroppedRecords);
            _droppedBytes = PostSignals.Sum(_droppedBytes, post.DroppedBytes);
            _restoreStarts += post.RestoreStarts;
            _initStart = post.InitStart ?? _initStart;
            _postsHandled++;
            Monitor.PulseAll(_gate);
        }
    }

    long Read(in long value)
    {
        lock (_gate)
            return value;
    }
}
