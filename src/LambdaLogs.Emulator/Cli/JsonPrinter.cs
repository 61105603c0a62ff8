using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Cli;

/// <summary>
/// Prints the run as JSON lines; the last one has kind <c>summary</c>. <c>lambda-emulator schema run</c> prints their schema.
/// </summary>
internal sealed class JsonPrinter(TextWriter output) : IRunPrinter
{
    public void Begin(RunAddresses addresses) => Write(
        new ListeningRecord
        {
            InvokeApi = addresses.InvokeApi,
            RuntimeApi = addresses.RuntimeApi,
            Destination = addresses.Destination,
            Page = addresses.Page,
        },
        RunJson.Default.ListeningRecord);

    public void Print(TranscriptEvent item) => Write(EventRecord.Of(item), RunJson.Default.EventRecord);

    public void End(RunVerdict verdict) => Write(SummaryRecord.Of(verdict), RunJson.Default.SummaryRecord);

    void Write<T>(T record, JsonTypeInfo<T> type) => output.WriteLine(JsonSerializer.Serialize(record, type));
}
