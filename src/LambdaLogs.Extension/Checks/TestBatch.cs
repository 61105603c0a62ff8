using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Checks;

/// <summary>A batch of one record that says of itself that it is a test.</summary>
internal static class TestBatch
{
    /// <summary>The type by which the record can be found, or filtered out, at the endpoint.</summary>
    public const string LogType = "extension.check";

    /// <summary>Writes it as the pipeline writes batches.</summary>
    /// <param name="format">The wire format.</param>
    /// <param name="options">The bounds of batches.</param>
    /// <param name="time">Both clocks.</param>
    /// <returns>The body.</returns>
    public static ReadOnlyMemory<byte> Write(LogFormat format, PipelineOptions options, TimeProvider time)
    {
        var queue = new BatchQueue(options, new Ledger());
        var writer = new BatchWriter(format, queue, time);
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
