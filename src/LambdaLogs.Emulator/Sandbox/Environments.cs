using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// The environments of one function: the first, and others that come up as invocations arrive while all are busy, up to the function's
/// concurrency, or once all have ended. For any thread.
/// </summary>
/// <param name="first">Lives and ends by itself.</param>
/// <param name="create">Makes another, not begun; its argument is its number, from 2 on.</param>
internal sealed class Environments(SandboxCore first, Func<int, Task<EmulatedLambda>> create) : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly List<Place> _places = [new Place(Task.FromResult(first))];
    readonly List<(int Number, EmulatedLambda Lambda)> _others = [];

    /// <summary>All but the first, with their numbers, the ended ones included.</summary>
    public IReadOnlyList<(int Number, EmulatedLambda Lambda)> Others
    {
        get
        {
            lock (_lock)
                return [.. _others];
        }
    }

    /// <summary>Finds an environment for an invocation and begins it there.</summary>
    /// <returns>False where the concurrency is reached and all are busy: the invocation is to be throttled.</returns>
    public async Task<bool> TryInvokeAsync(InvokeCall call)
    {
        if (Take() is not { } place)
            return false;

        // The environment is free again when everyone is done with the invocation, or when the sandbox ends under it.
        _ = call.Finished.Task.ContinueWith(_ => Free(place), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        (await place.Core).Invoke(call);
        return true;
    }

    /// <summary>Ends all but the first.</summary>
    public Task ShutdownAsync(CancellationToken cancel) => Task.WhenAll(Others.Select(o => o.Lambda.ShutdownAsync(cancel)));

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, other) in Others)
            await other.DisposeAsync();
    }

    /// <summary>One that is alive and free, or a new one. Where invocations queue, a busy one will do.</summary>
    Place? Take()
    {
        lock (_lock)
        {
            var alive = _places.Where(p => !p.HasEnded).ToList();
            var place = alive.Find(p => !p.IsBusy || first.Options.Concurrency is null);
            if (place is null && alive.Count < (first.Options.Concurrency ?? 1))
            {
                var number = _places.Count + 1;
                _places.Add(place = new Place(CreateAsync(number)));
            }

            if (place is not null)
                place.IsBusy = true;
            return place;
        }
    }

    void Free(Place place)
    {
        lock (_lock)
            place.IsBusy = false;
    }

    async Task<SandboxCore> CreateAsync(int number)
    {
        // Never on the caller's thread: it holds the lock.
        await Task.Yield();
        var other = await create(number);
        lock (_lock)
            _others.Add((number, other));
        other.Transcript.Watch(item => first.Transcript.Add(Named(item, number)));
        await other.BeginAsync(CancellationToken.None);
        return other.Core;
    }

    /// <summary>The same event, with the environment's number behind its source: <c>runtime#2</c>.</summary>
    static TranscriptEvent Named(TranscriptEvent item, int number) => item with
    {
        Environment = number,
        Source = item.Source is null ? null : NameIn(number, item.Source),
    };

    /// <summary>The name of a process in the transcript of all environments.</summary>
    public static string NameIn(int number, string name) => $"{name}#{number}";

    sealed class Place(Task<SandboxCore> core)
    {
        public Task<SandboxCore> Core => core;

        public bool IsBusy { get; set; }

        /// <summary>True where it takes no invocations any more.</summary>
        public bool HasEnded => core is { IsCompletedSuccessfully: true, Result.State.Phase: Phase.Shutdown or Phase.Ended };
    }
}
