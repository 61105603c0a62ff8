namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The callers' requests that are not over yet. For any thread.</summary>
internal sealed class OpenCalls
{
    readonly Lock _lock = new();
    readonly Dictionary<string, InvokeCall> _calls = [];
    InvokeCall? _latest;

    /// <summary>The one that the runtime got last, also when it is over: what is written in the background belongs to it.</summary>
    public InvokeCall? Latest
    {
        get => Volatile.Read(ref _latest);
        set => Volatile.Write(ref _latest, value);
    }

    public void Add(InvokeCall call)
    {
        lock (_lock)
            _calls.Add(call.RequestId, call);
    }

    public InvokeCall? Find(string requestId)
    {
        lock (_lock)
            return _calls.GetValueOrDefault(requestId);
    }

    /// <summary>Nobody will respond any more.</summary>
    public void CancelAll()
    {
        lock (_lock)
        {
            foreach (var call in _calls.Values)
            {
                call.Responded.TrySetCanceled();
                call.Finished.TrySetCanceled();
            }

            _calls.Clear();
        }
    }

    public void Remove(string requestId)
    {
        lock (_lock)
            _calls.Remove(requestId);
    }
}
