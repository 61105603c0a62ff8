using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Telemetry;

/// <summary>What holds for every body, with the framework's JSON reader as the judge.</summary>
public sealed class ReaderPropertyTests
{
    static readonly string[] Events =
    [
        ReadingDesk.Start(ReadingDesk.RequestId),
        ReadingDesk.Line("first \"line\" 🚀\n"),
        ReadingDesk.Event("function", """{"level":"WARN","message":"object Grüße","list":[1,{"a":null}],"cut":"\ud83d"}"""),
        ReadingDesk.Line("""{"message":"text object","x":[true,-1.5e3]}"""),
        ReadingDesk.Done(ReadingDesk.RequestId),
        ReadingDesk.Event("platform.report", """{"requestId":"r","metrics":{"durationMs":1.5,"billedDurationMs":2},"status":"error"}"""),
        ReadingDesk.Line("2026-03-14T09:26:53.411Z\tundefined\tERROR\tlast line\n"),
    ];

    [Fact]
    public void Any_text_arrives_as_it_was()
    {
        ReadingProperty.Holds(ReadingProperty.Texts, text =>
        {
            // In brackets, so that it is no object, and neither begins with a level nor ends with a line break.
            var desk = new ReadingDesk().ReadEvents(ReadingDesk.Event("function", ReadingProperty.Quote($"({text})")));
            return desk.Last.Message == $"({text})" && MessageOf(desk.Last.Encoded) == $"({text})";
        });
    }

    [Fact]
    public void Any_object_arrives_whole()
    {
        ReadingProperty.Holds(ReadingProperty.Objects(depth: 3), json => IsWhole(new ReadingDesk().ReadObject(json), json), count: 2000);
    }

    [Fact]
    public void Any_object_in_a_text_arrives_whole()
    {
        ReadingProperty.Holds(ReadingProperty.Objects(depth: 2), json =>
        {
            var desk = new ReadingDesk().ReadEvents(ReadingDesk.Event("function", ReadingProperty.Quote(json + "\n")));
            return desk.Last.Kind == EventKind.Line && IsWhole(desk.Last, json);
        });
    }

    [Fact]
    public void A_changed_byte_costs_at_most_the_event_it_is_in()
    {
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Events)}]");
        var whole = Read(body);
        for (var at = 0; at < body.Length; at++)
        {
            foreach (var value in "\"\\{}[],:\n\0u0 "u8)
                Assert.True(OthersArrive(body, at, value, whole), $"Byte {at} as {value}.");
        }

        var changes = Gen.Zip(Gen.Choose(0, body.Length - 1), Gen.Choose(0, 255));
        ReadingProperty.Holds(changes, change => OthersArrive(body, change.Item1, (byte)change.Item2, whole), count: 2000);
    }

    [Fact]
    public void A_body_that_ends_anywhere_brings_all_that_came_before()
    {
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Events)}]");
        var whole = Read(body);
        for (var length = 0; length <= body.Length; length++)
        {
            var records = Read(body[..length]);
            var complete = CompleteEvents(length);
            Assert.Equal(whole[..complete].Select(record => record.Message), records[..complete].Select(record => record.Message));
            if (length > 1 && complete < Events.Length && length > EndOf(complete) + 1)
                Assert.True(records.Length > complete, $"What stands behind byte {EndOf(complete)} of {length} is lost.");
        }
    }

    [Fact]
    public void Random_bytes_do_no_harm()
    {
        const string Parts = "[ ] { } , 1 \n \xFF \"time\": \"type\": \"record\": \"function\" \"platform.report\" \"\\ud8";
        var parts = Gen.Elements(Parts.Split(' '));
        ReadingProperty.Holds(Gen.Select(Gen.ArrayOf(parts, 30), string.Concat), body =>
        {
            var desk = new ReadingDesk().Read(Encoding.Latin1.GetBytes(body)).ReadEvents(ReadingDesk.Line("(behind)"));
            desk.Reader.FlushHeld();
            return desk.Messages.Contains("(behind)") && desk.Signals.PostsHandled == 2;
        }, count: 2000);
    }

    [Fact]
    public void Any_place_to_part_a_body_in_two_POSTs_loses_no_line()
    {
        var body = Encoding.UTF8.GetBytes($"[{string.Join(',', Events)}]");
        for (var cut = 0; cut <= body.Length; cut++)
        {
            var desk = new ReadingDesk().Read(body[..cut]).Read(body[cut..]);
            desk.Reader.FlushHeld();
            Assert.True(desk.Records.Count >= Events.Length, $"Parted at {cut}, only {desk.Records.Count} records came.");
        }
    }

    static bool OthersArrive(byte[] body, int at, byte value, ReadingRecord[] whole)
    {
        var changed = body.ToArray();
        changed[at] = value;
        var messages = Read(changed).Select(record => record.Message).ToList();

        // A changed comma or bracket between two events is in none of them.
        var hurt = Enumerable.Range(0, Events.Length).FirstOrDefault(index => at >= StartOf(index) && at < EndOf(index), -1);
        return whole.Where((_, index) => index != hurt).All(record => messages.Contains(record.Message));
    }

    static int StartOf(int index) => 1 + Events[..index].Sum(json => Encoding.UTF8.GetByteCount(json) + 1);

    static int EndOf(int index) => index >= Events.Length ? int.MaxValue : StartOf(index) + Encoding.UTF8.GetByteCount(Events[index]);

    static int CompleteEvents(int length) => Enumerable.Range(0, Events.Length).Count(index => EndOf(index) <= length);

    static ReadingRecord[] Read(byte[] body)
    {
        var desk = new ReadingDesk().Read(body.ToArray());
        desk.Reader.FlushHeld();
        return [.. desk.Records];
    }

    static string? MessageOf(string encoded) => JsonDocument.Parse(encoded).RootElement.GetProperty("message").GetString();

    /// <summary>
    /// Whether every member of an object is in its record: as its message, level, time or id, or raw among the attributes.
    /// </summary>
    static bool IsWhole(ReadingRecord record, string json)
    {
        var members = JsonDocument.Parse(json).RootElement.EnumerateObject().Select(Pair).ToList();
        var kept = record.RawAttributes is null ? [] : record.Attributes.EnumerateObject().Select(Pair).ToList();
        var isInner = members.Exists(member => member.Name is "message" or "msg" or "errorMessage" && member.Value.StartsWith('{'));
        foreach (var member in kept)
        {
            // Members of the object that is the message stand among the others.
            if (!isInner && !members.Remove(member))
                return false;
        }

        // Which of its names count twice is another test's.
        if (isInner)
            return members.TrueForAll(member => member.Name != "x" || kept.Contains(member));

        // Of several members with one name only one is taken.
        var isOnce = members.DistinctBy(member => member.Name).Count() == members.Count;
        return isOnce && members.All(member => IsTaken(record, member.Name, member.Value));
    }

    static (string Name, string Value) Pair(JsonProperty member) => (member.Name, member.Value.GetRawText());

    static bool IsTaken(ReadingRecord record, string name, string value)
    {
        var element = JsonDocument.Parse(value).RootElement;
        var text = element.ValueKind == JsonValueKind.String ? element.GetString()! : value;
        return name switch
        {
            "message" or "msg" or "errorMessage" => record.Message == text,
            // An object may hold the level: which of its members does is the table's business.
            "level" or "log_level" or "severity" or "levelname" or "lvl" when element.ValueKind == JsonValueKind.Object => true,
            // Brackets and colons around a level are a logger's decoration.
            "level" or "log_level" or "severity" or "levelname" or "lvl" => text.Trim().Trim(' ', '[', ']', '<', '>', ':') switch
            {
                "ERROR" => record.Level == LogLevel.Error,
                "Warning" or "40" => record.Level == LogLevel.Warn,
                "a" => record.Level == LogLevel.Fatal,
                "n" => record.Level == LogLevel.Info,
                _ => text.Trim() is "UNDEFINED" or "undefined" && record.Level == LogLevel.Info,
            },
            "timestamp" or "time" or "@timestamp" => record.Time == text,
            "requestId" or "AWSRequestId" or "aws_request_id" or "function_request_id" or "awsRequestId" => record.RequestId == text,
            "traceId" or "xray_trace_id" => record.TraceId is not null && text.EndsWith(record.TraceId, StringComparison.Ordinal),
            _ => false,
        };
    }
}
