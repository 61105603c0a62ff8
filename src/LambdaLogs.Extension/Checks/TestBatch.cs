using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Checks;

/// <summary>Builds a batch with one record that is marked as a test.</summary>
internal static class TestBatch
{
    /// <summary>The record's type, by which the endpoint can find or filter it.</summary>
    public const string LogType = "extension.check";

    /// <summary>Writes the batch as the pipeline does.</summary>
    /// <param name="format">The wire format.</param>
    /// <param name="options">The limits of batches.</param>
    /// <param name="time">The wall clock and the monotonic clock.</param>
    /// <returns>The body.</returns>
    public static ReadOnlyMemory<byte> Write(LogFormat format, PipelineOptions options, TimeProvider time)
    {
        var queue = new BatchQueue(options, new Ledger());
        var writer = new BatchWriter(TenantFormats.OfAll(format), queue, time);
        lock (queue.Gate)
        {
            writer.Write(new OwnRecord
            {
                LogType = LogType,
                Level = LogLevel.Info,
                Message = "A test record of aws-lambda-logs-http-destination --check",
                Attributes = """{"test":true}""",
            });
            var batch = queue.Take(withOpen: true)!;
            writer.Seal(batch);
            return batch.Body.ToArray();
        }
    }
}
