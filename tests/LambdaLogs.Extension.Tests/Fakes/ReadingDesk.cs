using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>A reader with all that it needs, and short ways to feed it.</summary>
internal sealed class ReadingDesk
{
    public const string RequestId = "459921b5-681c-4a96-beb0-81e0aa586026";
    public const string OtherRequestId = "882e9658-570e-4b2f-aaa8-5dfb88f7eccb";
    public const string Time = "2026-03-14T09:26:53.101Z";

    readonly ReadingSink _sink = new();

    /// <param name="concurrentInvocations">Whether invocations run side by side.</param>
    /// <param name="trustsIds">Whether ids of lines count where no start was told, as most tests need none.</param>
    public ReadingDesk(bool concurrentInvocations = false, bool trustsIds = true)
    {
        Signals = new PlatformSignals(Clock);
        var lines = new LineOptions { OwnLines = Own, AcceptsUnknownIds = trustsIds };
        Reader = new TelemetryReader(_sink, Signals, Clock, concurrentInvocations, (reason, bytes) => Unreadable.Add((reason, bytes)), lines);
    }

    public ReadingClock Clock { get; } = new();

    /// <summary>The lines that this process wrote.</summary>
    public OwnLines Own { get; } = new();

    public PlatformSignals Signals { get; }

    public TelemetryReader Reader { get; }

    public List<(UnreadableReason Reason, int Bytes)> Unreadable { get; } = [];

    public List<ReadingRecord> Records => _sink.Records;

    public IEnumerable<string> Messages => _sink.Messages;

    /// <summary>The last record that came.</summary>
    public ReadingRecord Last => Records[^1];

    /// <summary>Reads one body.</summary>
    public ReadingDesk Read(string body) => Read(Encoding.UTF8.GetBytes(body));

    /// <summary>Reads one body; the bytes may be changed.</summary>
    public ReadingDesk Read(byte[] body)
    {
        Reader.Read(body);
        Reader.SignalWaiters();
        return this;
    }

    /// <summary>Reads events, one POST.</summary>
    public ReadingDesk ReadEvents(params string[] events) => Read($"[{string.Join(',', events)}]");

    /// <summary>Reads one line of text, by itself.</summary>
    public ReadingRecord ReadLine(string text)
    {
        ReadEvents(Line(text));
        return Last;
    }

    /// <summary>Reads one object record, by itself.</summary>
    /// <param name="json">Raw, as a function wrote it.</param>
    public ReadingRecord ReadObject(string json)
    {
        ReadEvents(Event("function", json));
        return Last;
    }

    /// <summary>The event of a text line.</summary>
    public static string Line(string text, string time = Time, string type = "function") =>
        Event(type, JsonSerializer.Serialize(text), time);

    /// <summary>The event of a <c>platform.start</c>.</summary>
    public static string Start(string requestId, string time = Time) =>
        Event("platform.start", $$"""{"requestId":"{{requestId}}","version":"$LATEST"}""", time);

    /// <summary>A reader for which an invocation has started.</summary>
    public static ReadingDesk Started(string requestId = RequestId) => new ReadingDesk().ReadEvents(Start(requestId));

    /// <summary>The event of a <c>platform.runtimeDone</c>.</summary>
    public static string Done(string requestId, string time = Time, string status = "success") =>
        Event("platform.runtimeDone", $$"""{"requestId":"{{requestId}}","status":"{{status}}","metrics":{"durationMs":12.5} }""", time);

    /// <summary>Any event.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="record">Its record, raw.</param>
    /// <param name="time">Its time.</param>
    public static string Event(string type, string record, string time = Time) =>
        $$"""{"time":"{{time}}","type":"{{type}}","record":{{record}}}""";
}
