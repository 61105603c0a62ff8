namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// An invocation that this process has received, with all its attempts: Lambda retries a failed asynchronous invocation with the same id,
/// possibly in the same environment. Keeps the events of one attempt apart from those of the next. Guarded by its owner.
/// </summary>
/// <param name="requestId">Its id.</param>
internal sealed class FollowedInvocation(string requestId)
{
    int _begun;
    int _ends;
    int _reports;
    RuntimeDone? _done;
    InvocationReport? _report;

    /// <summary>Its id.</summary>
    public string RequestId => requestId;

    /// <summary>The end of the latest attempt. Null: not seen yet.</summary>
    public RuntimeDone? Done => _ends >= _begun ? _done : null;

    /// <summary>The report on the latest attempt. Null: not seen yet.</summary>
    public InvocationReport? Report => _reports >= _begun ? _report : null;

    /// <summary>An attempt has started.</summary>
    public void Begin() => _begun++;

    /// <summary>An attempt has ended. The platform may send the event twice, or not at all.</summary>
    public void Ended(RuntimeDone done)
    {
        if (done.Time == _done?.Time)
            return;

        _ends = Math.Max(_ends + 1, done.Attempt);
        _done = done;
    }

    /// <summary>An attempt of some invocation has ended: counts if it is this one.</summary>
    public void EndedIfSame(RuntimeDone done)
    {
        if (done.RequestId == requestId)
            Ended(done);
    }

    /// <summary>The report on an attempt of some invocation has arrived: counts if it is this one.</summary>
    public void ReportedIfSame(InvocationReport report)
    {
        if (report.RequestId == requestId)
            Reported(report);
    }

    /// <summary>The report on an attempt has arrived.</summary>
    public void Reported(InvocationReport report)
    {
        if (report.Time == _report?.Time)
            return;

        _reports = Math.Max(_reports + 1, report.Attempt);
        _report = report;
    }
}
