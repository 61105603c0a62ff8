namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Passes information about platform events from the listener's thread to the loop. The reader publishes once per POST, after all of its
/// records were processed, so that the lines that arrived with a signal are already in the pipeline. Thread-safe.
/// </summary>
internal sealed class PlatformSignals
{
    /// <summary>
    /// Number of invocations, and of their ends, that are remembered: events may arrive early, late or twice, and invocations are retried.
    /// </summary>
    public const int Remembered = RecentEvents<RuntimeDone>.Capacity;

    // Monitor instead of Lock, because waiters are pulsed.
    readonly object _gate = new();
    readonly RecentEvents<RuntimeDone> _runtimeDones = new();
    readonly RecentEvents<InvocationReport> _reports = new();
    readonly RecentEvents<FollowedInvocation> _followed = new();
    readonly TimeProvider _time;
    readonly Action<RuntimeDone> _tellDone;
    readonly Action<InvocationReport> _tellReport;
    long _postsHandled;
    long _droppedRecords;
    long _droppedBytes;
    long _restoreStarts;
    InitStart? _initStart;
    string? _expected;

    /// <param name="time">Measures waits (monotonic).</param>
    public PlatformSignals(TimeProvider time)
    {
        _time = time;
        _tellDone = done => Followed(done.RequestId)?.Ended(done);
        _tellReport = report => Followed(report.RequestId)?.Reported(report);
    }

    /// <summary>Number of POSTs that were processed completely.</summary>
    public long PostsHandled => Read(in _postsHandled);

    /// <summary>Number of <c>platform.runtimeDone</c> events.</summary>
    public long RuntimeDoneCount
    {
        get
        {
            lock (_gate)
                return _runtimeDones.Count;
        }
    }

    /// <summary>Number of <c>platform.report</c> events.</summary>
    public long Reports
    {
        get
        {
            lock (_gate)
                return _reports.Count;
        }
    }

    /// <summary>Total number of records that Lambda reported as dropped.</summary>
    public long DroppedRecords => Read(in _droppedRecords);

    /// <summary>Total bytes that Lambda reported as dropped.</summary>
    public long DroppedBytes => Read(in _droppedBytes);

    /// <summary>Number of <c>platform.restoreStart</c> events: the environment was restored from a snapshot.</summary>
    public long RestoreStarts => Read(in _restoreStarts);

    /// <summary>The last <c>platform.initStart</c>. Null: none.</summary>
    public InitStart? InitStart
    {
        get
        {
            lock (_gate)
                return _initStart;
        }
    }

    /// <summary>
    /// Call when an invocation, or another attempt of it, has begun: its end is remembered even if many others are reported, perhaps by
    /// other processes of the environment.
    /// </summary>
    public void Expect(string requestId)
    {
        lock (_gate)
        {
            if (Followed(requestId) is not { } followed)
            {
                _followed.Add(followed = new FollowedInvocation(requestId));
                _runtimeDones.ForEach(_tellDone);
                _reports.ForEach(_tellReport);
            }

            followed.Begin();
            _expected = requestId;
        }
    }

    /// <summary>Whether this is the invocation that began last.</summary>
    public bool IsExpected(string requestId)
    {
        lock (_gate)
            return requestId == _expected;
    }

    /// <summary>Returns the end of an invocation, or of its latest attempt.</summary>
    /// <returns>Null if it has not arrived, or was forgotten.</returns>
    public RuntimeDone? FindRuntimeDone(string requestId)
    {
        lock (_gate)
            return Followed(requestId) is { } followed ? followed.Done : _runtimeDones.Find(done => done.RequestId == requestId);
    }

    /// <summary>Returns the report of an invocation, or of its latest attempt.</summary>
    /// <returns>Null if it has not arrived, or was forgotten.</returns>
    public InvocationReport? FindReport(string requestId)
    {
        lock (_gate)
            return Followed(requestId) is { } followed ? followed.Report : _reports.Find(report => report.RequestId == requestId);
    }

    /// <summary>
    /// Waits until a condition holds that depends on POSTs. It is checked now and after every POST. Any thread except the listener's.
    /// </summary>
    /// <param name="condition">Called under the lock: must be short and must not block.</param>
    /// <param name="limit">The longest wait. Zero or less: check once. <see cref="Timeout.InfiniteTimeSpan"/> counts as zero.</param>
    /// <returns>Whether the condition holds.</returns>
    public bool WaitFor(Func<PlatformSignals, bool> condition, TimeSpan limit)
    {
        var start = _time.GetTimestamp();
        lock (_gate)
        {
            var left = limit;
            while (!condition(this))
            {
                if (left <= TimeSpan.Zero || !Monitor.Wait(_gate, left))
                    return condition(this);

                // A limit that restarted with each POST would never end under steady logging.
                left = limit - _time.GetElapsedTime(start);
            }

            return true;
        }
    }

    /// <summary>Publishes the signals of one POST and wakes all waiters. Called on the listener's thread.</summary>
    public void Publish(PostSignals post)
    {
        lock (_gate)
        {
            post.RuntimeDones.ForEach(_tellDone);
            post.ExpectedDones.ForEach(_tellDone);
            post.Reports.ForEach(_tellReport);
            _runtimeDones.AddAll(post.RuntimeDones);
            _runtimeDones.AddAll(post.ExpectedDones);
            _reports.AddAll(post.Reports);
            _droppedRecords = PostSignals.Sum(_droppedRecords, post.DroppedRecords);
            _droppedBytes = PostSignals.Sum(_droppedBytes, post.DroppedBytes);
            _restoreStarts += post.RestoreStarts;
            _initStart = post.InitStart ?? _initStart;
            _postsHandled++;
            Monitor.PulseAll(_gate);
        }
    }

    FollowedInvocation? Followed(string requestId) => _followed.Find(followed => followed.RequestId == requestId);

    long Read(in long value)
    {
        lock (_gate)
            return value;
    }
}
