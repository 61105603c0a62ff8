using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// The environments of one function: the first, and others that come up as invocations arrive while all are busy, up to the function's
/// concurrency. For any thread.
/// </summary>
/// <param name="first">Lives and ends by itself.</param>
/// <param name="create">Makes another, not begun; its argument is its number, from 2 on.</param>
internal sealed class Environments(SandboxCore first, Func<int, Task<EmulatedLambda>> create) : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly List<Place> _places = [new Place(Task.FromResult(first))];
    readonly List<EmulatedLambda> _others = [];

    /// <summary>Finds an environment for an invocation and begins it there.</summary>
    /// <returns>False where the concurrency is reached and all are busy: the invocation is to be throttled.</returns>
    public async Task<bool> TryInvokeAsync(InvokeCall call)
    {
        if (first.Options.Concurrency is not { } most)
        {
            first.Invoke(call);
            return true;
        }

        if (Take(most) is not { } place)
            return false;

        // The environment is free again when everyone is done with the invocation, or when the sandbox ends under it.
        _ = call.Finished.Task.ContinueWith(_ => Free(place), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        (await place.Core).Invoke(call);
        return true;
    }

    /// <summary>Ends all but the first.</summary>
    public Task ShutdownAsync(CancellationToken cancel) => Task.WhenAll(Others().Select(o => o.ShutdownAsync(cancel)));

    public async ValueTask DisposeAsync()
    {
        foreach (var other in Others())
            await other.DisposeAsync();
    }

    Place? Take(int most)
    {
        lock (_lock)
        {
            var place = _places.Find(p => !p.IsBusy);
            if (place is null && _places.Count < most)
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
            _others.Add(other);
        other.Transcript.Watch(item => first.Transcript.Add(Named(item, number)));
        await other.BeginAsync(CancellationToken.None);
        return other.Core;
    }

    /// <summary>The same event, with the environment's number behind its source: <c>runtime#2</c>.</summary>
    static TranscriptEvent Named(TranscriptEvent item, int number) => item with
    {
        Environment = number,
        Source = item.Source is null ? null : $"{item.Source}#{number}",
    };

    IReadOnlyList<EmulatedLambda> Others()
    {
        lock (_lock)
            return [.. _others];
    }

    sealed class Place(Task<SandboxCore> core)
    {
        public Task<SandboxCore> Core => core;

        public bool IsBusy { get; set; }
    }
}
