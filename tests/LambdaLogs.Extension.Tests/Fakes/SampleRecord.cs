using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>A record in plain values, of which as many views are made as are needed. Texts are the insides of JSON strings.</summary>
public sealed record SampleRecord
{
    public string Time { get; init; } = "2026-03-14T09:26:53.101Z";

    internal LogLevel Level { get; init; } = LogLevel.Info;

    public string Message { get; init; } = "";

    public string LogType { get; init; } = "function";

    public string RequestId { get; init; } = "";

    public string TraceId { get; init; } = "";

    public string SpanId { get; init; } = "";

    public bool? ColdStart { get; init; }

    public bool Snapshot { get; init; }

    /// <summary>A JSON object, or nothing.</summary>
    public string Attributes { get; init; } = "";

    /// <summary>Records that show all there is.</summary>
    internal static IReadOnlyList<SampleRecord> All { get; } =
    [
        new()
        {
            Message = """order \"4711\"\nshipped 📦""",
            RequestId = "459921b5-681c-4a96-beb0-81e0aa586026",
            TraceId = "1-69b5a1c3-1E2C502E358361800241fd45",
            SpanId = "35465b3a9e2f7c6a",
            ColdStart = true,
        },
        new()
        {
            Time = "2026-03-14T10:26:53.123456789+01:00",
            Level = LogLevel.Error,
            Message = "payment failed",
            RequestId = "459921b5-681c-4a96-beb0-81e0aa586026",
            ColdStart = false,
            Attributes = """
                {"order":{"id":4711,"total":12.5,"paid":false,"tags":["a",1,null,{"deep":true}]},"id":"x","note":"a \"quoted\" é","none":null}
                """.Trim(),
        },
        new() { Time = "2026-03-14t09:26:54.5z", Level = LogLevel.Fatal, LogType = "platform.initReport", Snapshot = true },
    ];

    /// <summary>The record as a view.</summary>
    internal LogRecord View() => new()
    {
        Time = Bytes(Time),
        Level = Level,
        Message = Bytes(Message),
        LogType = Bytes(LogType),
        RequestId = Bytes(RequestId),
        TraceId = Bytes(TraceId),
        SpanId = Bytes(SpanId),
        ColdStart = ColdStart,
        Snapshot = Snapshot,
        Attributes = Bytes(Attributes),
    };

    static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);
}
