using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>Things of which a test needs one, it does not matter which.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Time = ManualClock.Start;

    /// <summary>A handler that writes a line and succeeds.</summary>
    public static FunctionSource Function { get; } = FunctionSource.InProcess(invocation =>
    {
        invocation.Log($"hello {invocation.Number}");
        return Task.FromResult("""{"ok":true}""");
    });

    /// <summary>None of Lambda's limits of time is near: a busy machine must not turn a test into one of timeouts.</summary>
    public static SandboxOptions Options(FunctionSource? function = null) => new()
    {
        Function = function ?? Function,
        Timeout = Limit.Wait,
        InitLimit = Limit.Wait,
        ShutdownBudget = Limit.Wait,
    };

    public static LogLine Line(string text, EventStream source = EventStream.Function) =>
        new(Time, source, System.Text.Encoding.UTF8.GetBytes(text));

    public static Moment Moment(double milliseconds) =>
        new(Time.AddMilliseconds(milliseconds), TimeSpan.FromMilliseconds(milliseconds));

    public static SubscriptionRequest Subscription(EventStream types = EventStream.Platform | EventStream.Function) => new()
    {
        Schema = SchemaVersion.V20221213,
        Types = types,
        Port = 4243,
        MaxItems = 1000,
        MaxBytes = 262_144,
        Timeout = TimeSpan.FromMilliseconds(25),
    };

    /// <summary>The texts of one kind, in order.</summary>
    public static IEnumerable<string> Texts(this EmulatedLambda lambda, TranscriptKind kind, string? source = null) =>
        lambda.Transcript.Events.Where(e => e.Kind == kind && (source is null || e.Source == source)).Select(e => e.Text);

    /// <summary>Waits for an event of the transcript, and until all that was said with it is with the subscribers.</summary>
    public static async Task SaidAsync(this EmulatedLambda lambda, Func<TranscriptEvent, bool> matches, CancellationToken cancel)
    {
        await lambda.WaitForAsync(matches, Limit.Wait, cancel: cancel);

        // The phase is read between two steps of the sandbox: the one that said the event is over then.
        _ = lambda.Phase;
    }

    /// <summary>The phases, in order.</summary>
    public static IEnumerable<string> Phases(this EmulatedLambda lambda) => lambda.Texts(TranscriptKind.Phase);
}
