namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// An invocation that began here, with all its attempts: Lambda makes a failed asynchronous one again under the same id, perhaps in the
/// same environment. What the platform says of one attempt is not taken for the next one's. Guarded by its owner.
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

    /// <summary>The end of the attempt that began last. Null: it has not been told.</summary>
    public RuntimeDone? Done => _ends >= _begun ? _done : null;

    /// <summary>The report on the attempt that began last. Null: it has not been told.</summary>
    public InvocationReport? Report => _reports >= _begun ? _report : null;

    /// <summary>An attempt has begun.</summary>
    public void Begin() => _begun++;

    /// <summary>An attempt has ended. The platform may say so twice, and never for one that went before.</summary>
    public void Ended(RuntimeDone done)
    {
        if (done.Time == _done?.Time)
            return;

        _ends = Math.Max(_ends + 1, done.Attempt);
        _done = done;
    }

    /// <summary>The report on an attempt has come.</summary>
    public void Reported(InvocationReport report)
    {
        if (report.Time == _report?.Time)
            return;

        _reports = Math.Max(_reports + 1, report.Attempt);
        _report = report;
    }
}
