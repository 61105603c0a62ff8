using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// The environments of one function. More are started when an invocation arrives while all are busy (up to the function's concurrency) or
/// have ended. Thread-safe.
/// </summary>
/// <param name="first">The first environment. Its owner starts and ends it.</param>
/// <param name="create">Creates another environment that has not begun. The argument is its number, from 2.</param>
internal sealed class Environments(SandboxCore first, Func<int, Task<EmulatedLambda>> create) : IAsyncDisposable
{
    readonly Lock _lock = new();
    readonly List<Place> _slots = [new Place(Task.FromResult(first))];
    readonly List<(int Number, EmulatedLambda Lambda)> _others = [];

    /// <summary>All environments except the first, with their numbers, including ended ones.</summary>
    public IReadOnlyList<(int Number, EmulatedLambda Lambda)> Others
    {
        get
        {
            lock (_lock)
                return [.. _others];
        }
    }

    /// <summary>Starts an invocation in a free environment.</summary>
    /// <returns>False if all environments are busy and the concurrency is reached: the invocation must be throttled.</returns>
    public async Task<bool> TryInvokeAsync(InvokeCall call)
    {
        if (Take() is not { } place)
            return false;

        // The environment is free again when the invocation is over or the sandbox has ended.
        _ = call.Finished.Task.ContinueWith(_ => Free(place), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        (await place.Core).Invoke(call);
        return true;
    }

    /// <summary>Shuts down all environments except the first.</summary>
    public Task ShutdownAsync(CancellationToken cancel) => Task.WhenAll(Others.Select(o => o.Lambda.ShutdownAsync(cancel)));

    public async ValueTask DisposeAsync()
    {
        foreach (var (_, other) in Others)
            await other.DisposeAsync();
    }

    /// <summary>Takes a free environment, or a new one. If invocations queue, a busy one is used.</summary>
    Place? Take()
    {
        lock (_lock)
        {
            var alive = _slots.Where(p => !p.HasEnded).ToList();
            var place = alive.Find(p => !p.IsBusy || first.Options.Concurrency is null);
            if (place is null && alive.Count < (first.Options.Concurrency ?? 1))
            {
                var number = _slots.Count + 1;
                _slots.Add(place = new Place(CreateAsync(number)));
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
        // Runs on another thread because the caller holds the lock.
        await Task.Yield();
        var other = await create(number);
        lock (_lock)
            _others.Add((number, other));
        other.Transcript.Watch(item => first.Transcript.Add(WithEnvironmentNumber(item, number)));
        await other.BeginAsync(CancellationToken.None);
        return other.Core;
    }

    /// <summary>The event with the environment's number added to its source: <c>runtime#2</c>.</summary>
    static TranscriptEvent WithEnvironmentNumber(TranscriptEvent item, int number) => item with
    {
        Environment = number,
        Source = item.Source is null ? null : NumberedName(number, item.Source),
    };

    /// <summary>A process's name in the combined transcript of all environments.</summary>
    public static string NumberedName(int number, string name) => $"{name}#{number}";

    sealed class Place(Task<SandboxCore> core)
    {
        public Task<SandboxCore> Core => core;

        public bool IsBusy { get; set; }

        /// <summary>True if the environment accepts no more invocations.</summary>
        public bool HasEnded => core is { IsCompletedSuccessfully: true, Result.State.Phase: Phase.Shutdown or Phase.Ended };
    }
}
