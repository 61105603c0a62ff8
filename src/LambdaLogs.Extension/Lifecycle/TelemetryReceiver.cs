using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Leads each received body through the reader into the pipeline, as one step. The listener's thread.</summary>
/// <param name="reader">Reads bodies.</param>
/// <param name="pipeline">Takes records.</param>
/// <param name="log">Own log lines.</param>
internal sealed class TelemetryReceiver(TelemetryReader reader, LogPipeline pipeline, ExtensionLog log) : IBodyHandler
{
    bool _failureReported;
    bool _tooLargeReported;

    /// <inheritdoc/>
    public void Handle(Span<byte> body)
    {
        using (pipeline.Enter())
        {
            try
            {
                reader.Read(body);
            }
            catch (Exception error)
            {
                // The listener's loop must go on: the next body may be fine.
                Report(error);
            }

            // What was read before a fault is sent all the same.
            pipeline.EndBody();
        }

        pipeline.WaitForRoom();
    }

    /// <inheritdoc/>
    public void HandleTooLarge() =>
        Report(ref _tooLargeReported, $"a telemetry body of more than {IBodyHandler.BodyBytesMax} bytes was passed over");

    /// <summary>Passes on what the reader holds of a split record, now that no more will come of it. Any thread.</summary>
    public void FlushHeld(TimeSpan olderThan)
    {
        using (pipeline.Enter())
        {
            try
            {
                reader.FlushHeld(olderThan);
            }
            catch (Exception error)
            {
                // The flush that follows must go on: it is for all that was read before.
                Report(error);
            }

            pipeline.EndBody();
        }
    }

    // Said once: a line for each body would be a flood.
    void Report(Exception error) =>
        Report(ref _failureReported, $"a telemetry body could not be handled: {FaultText.Of(error)}");

    void Report(ref bool reported, string message)
    {
        if (!reported)
            log.Error(message);
        reported = true;
    }
}
