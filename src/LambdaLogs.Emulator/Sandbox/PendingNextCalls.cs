using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The waiting calls for an event. Used under the machine's lock only.</summary>
internal sealed class PendingNextCalls
{
    readonly Dictionary<string, TaskCompletionSource<ExtensionEvent>> _extensions = [];
    readonly Queue<TaskCompletionSource<RuntimeInvocation>> _runtime = new();
    TaskCompletionSource? _restore;

    public Task<ExtensionEvent> AddExtension(string name)
    {
        var waiter = new TaskCompletionSource<ExtensionEvent>(TaskCreationOptions.RunContinuationsAsynchronously);
        _extensions[name] = waiter;
        return waiter.Task;
    }

    public Task<RuntimeInvocation> AddRuntime()
    {
        var waiter = new TaskCompletionSource<RuntimeInvocation>(TaskCreationOptions.RunContinuationsAsynchronously);
        _runtime.Enqueue(waiter);
        return waiter.Task;
    }

    /// <summary>Adds the runtime's call that waits for the restore of its snapshot.</summary>
    public Task AddRestore() => (_restore = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void CompleteRestore() => _restore?.TrySetResult();

    public void Complete(string name, ExtensionEvent item)
    {
        if (_extensions.Remove(name, out var waiter))
            waiter.TrySetResult(item);
    }

    public void Complete(RuntimeInvocation invocation)
    {
        // Skips cancelled calls; the reducer counts only the others.
        while (_runtime.TryDequeue(out var waiter))
        {
            if (waiter.TrySetResult(invocation))
                return;
        }
    }

    /// <summary>Removes the call of a caller that disconnected.</summary>
    /// <returns>False if it was already responded to.</returns>
    public bool RemoveExtension(string name, Task<ExtensionEvent> call) =>
        _extensions.TryGetValue(name, out var waiter) && waiter.Task == call && _extensions.Remove(name);

    /// <inheritdoc cref="RemoveExtension"/>
    public bool RemoveRuntime(Task<RuntimeInvocation> call) => _runtime.FirstOrDefault(w => w.Task == call)?.TrySetCanceled() ?? false;

    /// <summary>Removes all calls because the processes have ended.</summary>
    public void Clear()
    {
        foreach (var waiter in _extensions.Values)
            waiter.TrySetCanceled();
        foreach (var waiter in _runtime)
            waiter.TrySetCanceled();
        _restore?.TrySetCanceled();
        _extensions.Clear();
        _runtime.Clear();
    }
}
