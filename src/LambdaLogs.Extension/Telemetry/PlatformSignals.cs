using LambdaLogs.Extension.Wire;

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

    // No invocation is that long; a limit from an absurd deadline must not overflow.
    static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    readonly Lock _gate = new();
    readonly ThreadSignal _over = new();
    readonly List<Waiter> _waiters = new(1);
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
    bool _mustSignal;

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
                _runtimeDones.ForEach(followed, static (done, of) => of.EndedIfSame(done));
                _reports.ForEach(followed, static (report, of) => of.ReportedIfSame(report));
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
            return Followed(requestId) is { } followed ? followed.Done : FindDone(requestId);
    }

    /// <summary>Returns the report of an invocation, or of its latest attempt.</summary>
    /// <returns>Null if it has not arrived, or was forgotten.</returns>
    public InvocationReport? FindReport(string requestId)
    {
        lock (_gate)
        {
            return Followed(requestId) is { } followed
                ? followed.Report
                : _reports.Find(requestId, static (report, id) => report.RequestId == id);
        }
    }

    /// <summary>
    /// Waits until a condition holds that depends on POSTs. It is checked now and after every POST. Any thread except the listener's.
    /// </summary>
    /// <param name="condition">Called under the lock, by any thread: must be short and must not block.</param>
    /// <param name="limit">The longest wait. Zero or less: check once. <see cref="Timeout.InfiniteTimeSpan"/> counts as zero.</param>
    /// <param name="flushes">Whether the waiting thread flushes next, so that nobody else has to send what comes with that POST.</param>
    /// <returns>Whether the condition holds.</returns>
    public bool WaitFor(Func<PlatformSignals, bool> condition, TimeSpan limit, bool flushes = false)
    {
        var until = _time.TimestampIn(limit < LongestWait ? limit : LongestWait);
        Waiter waiter;
        lock (_gate)
        {
            if (condition(this))
                return true;
            if (limit <= TimeSpan.Zero)
                return false;

            _waiters.Add(waiter = new Waiter(condition, until, flushes));
        }

        try
        {
            while (!HasEnded(waiter, out var seen, out var left)
                && _over.Wait(seen, (int)Math.Min(Math.Ceiling(left.TotalMilliseconds), int.MaxValue)))
            {
            }
        }
        finally
        {
            lock (_gate)
                _waiters.Remove(waiter);
        }

        return waiter.IsMet;
    }

    /// <summary>
    /// Publishes the signals of one POST. Called on the listener's thread. Threads whose wait is over sleep until
    /// <see cref="SignalWaiters"/>.
    /// </summary>
    /// <returns>Whether the wait of a thread is over that flushes next.</returns>
    public bool Publish(PostSignals post)
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
            return CheckWaiters();
        }
    }

    /// <summary>Wakes the threads whose wait is over. Call after <see cref="Publish"/>, without the locks that they need next.</summary>
    public void SignalWaiters()
    {
        if (!_mustSignal)
            return;

        _mustSignal = false;
        _over.Signal();
    }

    /// <summary>A thread that waits for another POST sleeps on: with steady logging it would be woken for nothing all the time.</summary>
    bool CheckWaiters()
    {
        var flushes = false;
        foreach (var waiter in _waiters)
        {
            waiter.IsMet |= waiter.Condition(this);
            flushes |= waiter is { IsMet: true, Flushes: true };
            _mustSignal |= waiter.IsMet || _time.GetTimestamp() >= waiter.Until;
        }

        return flushes;
    }

    bool HasEnded(Waiter waiter, out int seen, out TimeSpan left)
    {
        lock (_gate)
        {
            seen = _over.Count;
            left = _time.GetElapsedTime(_time.GetTimestamp(), waiter.Until);
            return waiter.IsMet || left <= TimeSpan.Zero;
        }
    }

    RuntimeDone? FindDone(string requestId) => _runtimeDones.Find(requestId, static (done, id) => done.RequestId == id);

    FollowedInvocation? Followed(string requestId) => _followed.Find(requestId, static (followed, id) => followed.RequestId == id);

    long Read(in long value)
    {
        lock (_gate)
            return value;
    }

    sealed class Waiter(Func<PlatformSignals, bool> condition, long until, bool flushes)
    {
        public Func<PlatformSignals, bool> Condition => condition;

        public long Until => until;

        public bool Flushes => flushes;

        public bool IsMet { get; set; }
    }
}
