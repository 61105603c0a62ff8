using System.Text;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>
/// The extension behind its composition, between a scripted Lambda and a scripted destination: telemetry is fed by hand, both clocks are moved by hand.
/// Unless a test says otherwise the destination takes everything at once.
/// </summary>
internal sealed class LifecycleRig : IDisposable
{
    readonly ExtensionsApi _api;
    readonly LoopContext _flow;
    readonly Shutdown _shutdown;

    /// <param name="time">The clock, where the one moved by hand will not do.</param>
    /// <param name="options">How records are gathered.</param>
    public LifecycleRig(TimeProvider? time = null, PipelineOptions? options = null)
    {
        Sending = new PipelineRig(options, time: time);
        time ??= Clock;
        Signals = new PlatformSignals(time);
        var reader = new TelemetryReader(Sending.Pipeline, Signals, time, concurrentInvocations: false);
        Receiver = new TelemetryReceiver(reader, Sending.Pipeline, Sending.Lines.Log);
        _flow = new LoopContext
        {
            Time = time,
            Pipeline = Sending.Pipeline,
            Receiver = Receiver,
            Log = Sending.Lines.Log,
        };
        _shutdown = new Shutdown(Signals, _flow);
        _api = Platform.Connect();
        Destination.OnAttempt = attempt => attempt.Deliver();
    }

    public PipelineRig Sending { get; }

    public ScriptedPlatform Platform { get; } = new();

    public PlatformSignals Signals { get; }

    public TelemetryReceiver Receiver { get; }

    public ManualClock Clock => Sending.Clock;

    public ScriptedDestination Destination => Sending.Destination;

    public LoopContext Flow => _flow;

    public TimeSpan LongestHold => _flow.LongestHold;

    /// <summary>Time passes in milliseconds.</summary>
    public void Advance(int ms) => Sending.Advance(ms);

    /// <summary>A time from now.</summary>
    public DateTimeOffset In(int ms) => Sending.Now + TimeSpan.FromMilliseconds(ms);

    /// <summary>Runs the loop of an on-demand function.</summary>
    public Task<int> Run(FlushOptions options) => OwnThread(() => new InvocationLoop(_api, Signals, _flow, options, _shutdown).Run());

    /// <summary>Runs the loop of a managed instance.</summary>
    public Task<int> RunManaged() => OwnThread(() => ManagedInstanceLoop.Run(_api, _shutdown));

    /// <summary>Runs the loop that does nothing.</summary>
    public Task<int> RunIdle() => OwnThread(() => IdleLoop.Run(_api));

    /// <summary>Runs the end alone.</summary>
    public Task ShutDown(PlatformEvent shutdown, Invocation? last) => OwnThread(() =>
    {
        _shutdown.Run(shutdown, last);
        return 0;
    });

    /// <summary>A POST of the platform comes in whole.</summary>
    public void Receive(params ReadOnlySpan<string> events) => Receiver.Handle(Encoding.UTF8.GetBytes("[" + string.Join(',', events!) + "]"));

    /// <summary>A line of the function.</summary>
    public static string Line(string text) => $$"""{"time":"2026-03-14T09:26:53.101Z","type":"function","record":"{{text}}\n"}""";

    /// <summary>The end of a handler.</summary>
    public static string RuntimeDone(string requestId, string status = "success", string time = "2026-03-14T09:26:53.101Z") =>
        $$$"""{"time":"{{{time}}}","type":"platform.runtimeDone","record":{"requestId":"{{{requestId}}}","status":"{{{status}}}"}}""";

    /// <summary>The books of an invocation are closed.</summary>
    public static string Report(string requestId) =>
        $$$"""{"time":"2026-03-14T09:26:53.101Z","type":"platform.report","record":{"requestId":"{{{requestId}}}","status":"success"}}""";

    /// <summary>The messages of all lines of the function that the destination has taken.</summary>
    public string[] Lines() =>
        [.. Destination.Rest().SelectMany(attempt => attempt.Records("function")).Select(record => record.GetProperty("message").GetString()!)];

    public void Dispose()
    {
        Platform.Dispose();
        _api.Dispose();
        Sending.Dispose();
    }

    static Task<int> OwnThread(Func<int> run) => Task.Factory.StartNew(run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
