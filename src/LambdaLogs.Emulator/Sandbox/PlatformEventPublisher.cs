using System.Text;
using LambdaLogs.Emulator.Faults;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Transcripts;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Publishes platform events: adds process metrics and applies the configured faults.</summary>
/// <remarks>Called under the machine's lock, except for delayed events.</remarks>
internal sealed class PlatformEventPublisher(SandboxCore core, TelemetryHub hub, OpenCalls calls) : IDisposable
{
    readonly List<ITimer> _delayed = [];

    public void PublishWithFaults(PlatformEvent item)
    {
        switch (item)
        {
            case PlatformEvent.Report report:
                PublishReport(report);
                break;
            case PlatformEvent.RuntimeDone done:
                PublishRuntimeDone(done);
                break;
            case PlatformEvent.Start start:
                Publish(start, start.RequestId);
                PublishEarlyRuntimeDone(start);
                break;
            default:
                Publish(item, (item as PlatformEvent.ManagedReport)?.RequestId);
                break;
        }
    }

    public void Dispose()
    {
        foreach (var timer in _delayed)
            timer.Dispose();
    }

    void Publish(PlatformEvent item, string? requestId)
    {
        core.Transcript.Add(new TranscriptEvent(default, TranscriptKind.Platform, null, item.Type)
        {
            RequestId = requestId,
            Request = core.Options.RecordBodies ? Serialize(item) : null,
        });
        hub.Publish(item);
    }

    static byte[] Serialize(PlatformEvent item)
    {
        var body = new System.Buffers.ArrayBufferWriter<byte>();
        new EnvelopeWriter(SchemaVersion.V20221213, LogFormat.Text).Write(item, body);
        return body.WrittenMemory.ToArray();
    }

    void PublishReport(PlatformEvent.Report report)
    {
        var used = (int)Math.Min(report.Metrics.MemorySizeMb, core.Processes.SamplePeaks() >> 20);
        var filled = report with { Metrics = report.Metrics with { MaxMemoryUsedMb = used } };
        if (calls.Find(report.RequestId) is { } call)
            call.Report = filled;
        Publish(filled, report.RequestId);
    }

    void PublishRuntimeDone(PlatformEvent.RuntimeDone done)
    {
        var number = core.State.InvocationsStarted;
        var fault = core.Options.Faults.RuntimeDone(number);
        switch (fault.Kind)
        {
            case RuntimeDoneFaultKind.Lose or RuntimeDoneFaultKind.Advance:
                break;
            case RuntimeDoneFaultKind.Repeat:
                Publish(done, done.RequestId);
                Publish(done, done.RequestId);
                break;
            case RuntimeDoneFaultKind.Delay:
                _delayed.Add(core.Options.Time.CreateTimer(
                    _ => Publish(done, done.RequestId), null, fault.Delay, Timeout.InfiniteTimeSpan));
                break;
            default:
                Publish(done, done.RequestId);
                break;
        }

        foreach (var line in core.Options.Faults.LateLines(number))
            core.Lines.Add(Encoding.UTF8.GetBytes(line + "\n"), done.RequestId);
    }

    void PublishEarlyRuntimeDone(PlatformEvent.Start start)
    {
        if (core.Options.Faults.RuntimeDone(core.State.InvocationsStarted).Kind is not RuntimeDoneFaultKind.Advance)
            return;

        var done = new PlatformEvent.RuntimeDone(start.Time, start.RequestId, Outcome.Success)
        {
            Duration = TimeSpan.Zero,
            TraceId = start.TraceId,
        };
        Publish(done, start.RequestId);
    }
}
