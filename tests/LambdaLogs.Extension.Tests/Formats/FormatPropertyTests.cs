using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Formats.Readers;

namespace LambdaLogs.Extension.Tests.Formats;

/// <summary>What holds for every format and any record.</summary>
public sealed partial class FormatPropertyTests
{
    static readonly FsCheck.Gen<SampleRecord> Records = Gen.Select(
        Gen.Zip(Gen.Zip(ReadingProperty.Texts, Gen.Choose(1, 60)), Gen.Zip(ReadingProperty.Objects(3), Gen.Choose(0, 15))),
        input => new SampleRecord
        {
            Message = string.Concat(Enumerable.Repeat(ReadingProperty.Quote(input.Item1.Item1)[1..^1], input.Item1.Item2)),
            RequestId = input.Item2.Item2 % 2 == 0 ? "459921b5" : "",
            TraceId = input.Item2.Item2 % 3 == 0 ? "1-69b5a1c3-1e2c502e358361800241fd45" : "",
            SpanId = "35465b3a9e2f7c6a",
            ColdStart = input.Item2.Item2 % 4 == 0 ? null : input.Item2.Item2 % 4 == 1,
            Snapshot = input.Item2.Item2 == 3,
            Attributes = input.Item2.Item2 < 5 ? "" : input.Item2.Item1,
        });

    [Theory]
    [MemberData(nameof(SampleFormats.Kinds), MemberType = typeof(SampleFormats))]
    internal void A_record_arrives_as_it_was_in_no_more_room_than_was_asked_for(FormatKind kind)
    {
        var format = SampleFormats.New(kind);
        ReadingProperty.Holds(Records, record =>
        {
            // Encode throws where the record takes more room.
            var one = SampleFormats.Encode(format, record);
            var entries = BodyReader.Read(kind, SampleFormats.Body(format, one, one));
            Assert.Equal(2, entries.Count);
            var clean = Clean(format, record);
            Assert.All(entries, entry => IsWhole(kind, clean, entry));
            return true;
        });
    }

    [Theory]
    [MemberData(nameof(SampleFormats.Kinds), MemberType = typeof(SampleFormats))]
    internal void A_record_that_is_cut_keeps_within_its_limit_and_tells_so(FormatKind kind)
    {
        var format = SampleFormats.New(kind);
        ReadingProperty.Holds(Gen.Zip(Records, Gen.Choose(0, 2000)), input =>
        {
            var record = Clean(format, input.Item1);
            var limit = format.RecordBytesMin + input.Item2;
            var view = record.View();
            var buffer = new byte[limit];
            var once = buffer[..format.WriteTruncated(in view, buffer, limit)];
            IsPart(kind, record, Single(kind, format, once));

            var shorter = new byte[format.RecordBytesMin];
            var twice = shorter[..format.Shorten(once, shorter, shorter.Length)];
            IsPart(kind, record, Single(kind, format, twice));
            return true;
        });
    }

    [Theory]
    [MemberData(nameof(SampleFormats.Kinds), MemberType = typeof(SampleFormats))]
    internal void A_long_record_is_cut_to_nearly_its_limit(FormatKind kind)
    {
        var format = SampleFormats.New(kind);
        var record = new SampleRecord { Message = new string('x', 100_000), Attributes = """{"small":1}""" };
        var whole = SampleFormats.Encode(format, record);
        var buffer = new byte[50_000];
        var shorter = buffer[..format.Shorten(whole, buffer, buffer.Length)];
        var view = record.View();
        var truncated = new byte[50_000];
        Assert.InRange(shorter.Length, 49_900, 50_000);
        Assert.InRange(format.WriteTruncated(in view, truncated, truncated.Length), 49_000, 50_000);
        Assert.EndsWith(" bytes]", Single(kind, format, shorter).Message);
        if (kind != FormatKind.Gelf)
            Assert.Equal("""{"small":1}""", Single(kind, format, shorter).Attributes);
    }

    // What the attributes become is for other tests.
    static SampleRecord Clean(LogFormat format, SampleRecord record) =>
        record with { Attributes = Encoding.UTF8.GetString(format.Prepare(record.View()).Attributes) };

    static ReadEntry Single(FormatKind kind, LogFormat format, byte[] record) =>
        Assert.Single(BodyReader.Read(kind, SampleFormats.Body(format, record)));

    static void IsWhole(FormatKind kind, SampleRecord record, ReadEntry entry)
    {
        Assert.Equal(Message(kind, record), entry.Message);
        Assert.Equal(DateTimeOffset.Parse(record.Time, null).ToUnixTimeMilliseconds(), entry.Milliseconds);
        Assert.Equal(record.RequestId.Length == 0 ? null : record.RequestId, entry.RequestId);
        if (kind != FormatKind.Gelf)
            Assert.Equal(Attributes(kind, record), entry.Attributes);
    }

    static void IsPart(FormatKind kind, SampleRecord record, ReadEntry entry)
    {
        var kept = Mark().Replace(entry.Message, "");
        Assert.StartsWith(kept, Message(kind, record), StringComparison.Ordinal);
        Assert.True(kept.Length < entry.Message.Length || entry.Message == Message(kind, record));
        if (kind != FormatKind.Gelf && entry.Attributes != Attributes(kind, record))
            Assert.Equal("""{"truncated":true}""", entry.Attributes);
    }

    static string Message(FormatKind kind, SampleRecord record)
    {
        var message = JsonDocument.Parse($"\"{record.Message}\"").RootElement.GetString()!;
        return kind == FormatKind.Gelf && message.All(letter => letter <= ' ' || char.IsWhiteSpace(letter)) ? "-" : message;
    }

    // OpenTelemetry knows no difference between no attributes and none in them.
    static string? Attributes(FormatKind kind, SampleRecord record)
    {
        var isNone = record.Attributes.Length == 0 || (record.Attributes == "{}" && kind is FormatKind.Otlp or FormatKind.OtlpProtobuf);
        return isNone ? null : CanonicalJson.Of(BodyReader.Json(Encoding.UTF8.GetBytes(record.Attributes)));
    }

    [GeneratedRegex(@"…\[truncated, \d+ bytes\]$")]
    private static partial Regex Mark();
}
