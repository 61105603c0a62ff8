using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>Passes each received body through the reader into the pipeline, as one step. Runs on the listener's thread.</summary>
/// <param name="reader">Parses bodies.</param>
/// <param name="pipeline">Receives the records.</param>
/// <param name="log">The extension's own log.</param>
internal sealed class TelemetryReceiver(TelemetryReader reader, LogPipeline pipeline, ExtensionLog log) : IBodyHandler
{
    bool _failureReported;
    bool _tooLargeReported;

    /// <inheritdoc/>
    public void Handle(Span<byte> body)
    {
        var flushFollows = false;
        using (pipeline.Enter())
        {
            try
            {
                flushFollows = reader.Read(body);
            }
            catch (Exception error)
            {
                // The listener's loop must continue: the next body may be valid.
                Report(error);
            }

            // Records that were read before the error are sent anyway.
            pipeline.PublishRecords(signalsSender: !flushFollows);
        }

        reader.SignalWaiters();
        pipeline.WaitForRoom();
    }

    /// <inheritdoc/>
    public void HandleTooLarge() =>
        Report(ref _tooLargeReported, $"a telemetry body of more than {IBodyHandler.BodyBytesMax} bytes was skipped; its records are lost");

    /// <summary>Passes on the held piece of a split record, because no more of it will arrive. Flush afterwards. Any thread.</summary>
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
                // The flush that follows must run: it is for everything that was read before.
                Report(error);
            }

            pipeline.PublishRecords(signalsSender: false);
        }
    }

    // Logged once: a line for each body would flood the log.
    void Report(Exception error) =>
        Report(ref _failureReported, $"a telemetry body could not be processed: {ExceptionText.Of(error)}");

    void Report(ref bool reported, string message)
    {
        if (!reported)
            log.Error(message);
        reported = true;
    }
}
