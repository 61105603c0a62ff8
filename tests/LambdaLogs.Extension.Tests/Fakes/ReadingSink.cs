using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>
/// Collects records as plain values. Decodes every text with a foreign JSON reader and every byte strictly, so that a record which is not
/// valid JSON and UTF-8 fails the test that brought it about.
/// </summary>
internal sealed class ReadingSink : IRecordSink
{
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    readonly LambdaFormat _format = new(new FormatOptions(), Identity);

    /// <summary>The function of all tests.</summary>
    public static FunctionIdentity Identity { get; } = new()
    {
        Name = "checkout",
        Version = "$LATEST",
        MemorySize = "256",
        Region = "eu-west-1",
        Architecture = "x86_64",
    };

    /// <summary>What came, in its order.</summary>
    public List<ReadingRecord> Records { get; } = [];

    /// <summary>The messages of what came.</summary>
    public IEnumerable<string> Messages => Records.Select(record => record.Message);

    public void Add(in LogRecord record)
    {
        var attributes = record.Attributes.IsEmpty ? null : Strict.GetString(record.Attributes);
        if (attributes is not null)
            Assert.DoesNotContain(attributes, letter => letter < ' ');

        Records.Add(new ReadingRecord
        {
            Time = Text(record.Time)!,
            Level = record.Level,
            Message = Text(record.Message) ?? "",
            LogType = Text(record.LogType)!,
            RequestId = Text(record.RequestId),
            TraceId = Text(record.TraceId),
            SpanId = Text(record.SpanId),
            LevelOrigin = record.LevelOrigin,
            Context = Strict.GetString(record.Context),
            ColdStart = record.ColdStart,
            Snapshot = record.Snapshot,
            Kind = record.Kind,
            Status = record.Status,
            RawAttributes = attributes,
            Encoded = Encode(in record),
        });
    }

    string Encode(in LogRecord record)
    {
        var buffer = new byte[_format.MaxSize(in record)];
        var encoded = Strict.GetString(buffer.AsSpan(0, _format.Write(in record, buffer)));
        JsonDocument.Parse(encoded, new JsonDocumentOptions { MaxDepth = 256 }).Dispose();
        return encoded;
    }

    static string? Text(ReadOnlySpan<byte> raw) =>
        raw.IsEmpty ? null : JsonDocument.Parse($"\"{Strict.GetString(raw)}\"").RootElement.GetString();
}
