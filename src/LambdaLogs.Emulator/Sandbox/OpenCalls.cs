namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The callers' requests that are not finished. Thread-safe.</summary>
internal sealed class OpenCalls
{
    readonly Lock _lock = new();
    readonly Dictionary<string, InvokeCall> _calls = [];
    InvokeCall? _latest;

    /// <summary>The request that the runtime received last, even if it is finished: lines written in the background belong to it.</summary>
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

    /// <summary>Cancels all requests because there will be no response.</summary>
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
