using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>
/// A start that waits for settings in AWS, on a thread of its own. Meanwhile Lambda's events are followed; each waits for the start only
/// for a bounded time.
/// </summary>
/// <typeparam name="T">What has been started.</typeparam>
internal sealed class LateStart<T>
    where T : class
{
    // Reading the settings usually takes less than this.
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    readonly Func<T?> _start;
    readonly ExtensionLog _log;
    readonly Thread _thread;

    /// <summary>Starts at once.</summary>
    /// <param name="start">Starts the forwarding. Returns null if the extension has nothing to forward; it has logged why.</param>
    /// <param name="log">Own log lines.</param>
    public LateStart(Func<T?> start, ExtensionLog log)
    {
        _start = start;
        _log = log;
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>What has been started. Null: not yet, or nothing. Valid after <see cref="WaitForStart"/>.</summary>
    public T? Result { get; private set; }

    /// <summary>Follows Lambda's events until the start is over, or Lambda shuts the environment down.</summary>
    /// <param name="api">Lambda.</param>
    /// <param name="time">The wall clock.</param>
    /// <returns>The last event, which the caller handles.</returns>
    public PlatformEvent WaitForStart(ExtensionsApi api, TimeProvider time)
    {
        while (true)
        {
            var nextEvent = api.Next();
            if (_thread.Join(WaitFor(time.GetUtcNow(), nextEvent.Deadline)) || nextEvent.Kind is PlatformEventKind.Shutdown)
                return nextEvent;
        }
    }

    /// <summary>How long an event may wait: a quarter of its time at most.</summary>
    /// <param name="now">The wall clock.</param>
    /// <param name="deadline">The event's.</param>
    public static TimeSpan WaitFor(DateTimeOffset now, DateTimeOffset deadline) =>
        deadline <= now ? TimeSpan.Zero : Budget.Shorter((deadline - now) / 4, LongestWait);

    void Run()
    {
        try
        {
            Result = _start();
        }
        catch (Exception error)
        {
            // A thread that ends with an exception would take the process with it.
            _log.Error($"start-up failed: {ExceptionText.Of(error)}; no logs are forwarded; the function is not affected");
        }
    }
}
