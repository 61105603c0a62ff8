using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using FsCheck.Fluent;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Formats;

public sealed partial class TruncationTests
{
    const int Limit = 1024;

    readonly LambdaFormat _format = new(new FormatOptions(), ReadingSink.Identity);

    [Fact]
    public void A_record_that_fits_is_written_whole() => Assert.Equal("short", MessageOf(Truncate("short", "")));

    [Fact]
    public void A_long_message_ends_with_a_mark_that_tells_what_is_missing()
    {
        var message = new string('x', 5000);
        var cut = MessageOf(Truncate(message, ""));
        var kept = cut[..cut.IndexOf('…')];
        Assert.Equal($"{kept}…[truncated, {5000 - kept.Length} bytes]", cut);
        Assert.InRange(kept.Length, Limit / 2, Limit);
    }

    [Fact]
    public void Large_attributes_go_before_the_message()
    {
        var record = Truncate("the message stays", $$"""{"big":"{{new string('x', 5000)}}"}""");
        Assert.Equal("the message stays", MessageOf(record));
        Assert.Equal("""{"truncated":true}""", record.GetProperty("attributes").GetRawText());
    }

    [Fact]
    public void Small_attributes_stay()
    {
        var record = Truncate(new string('x', 5000), """{"small":1}""");
        Assert.Equal("""{"small":1}""", record.GetProperty("attributes").GetRawText());
        Assert.EndsWith(" bytes]", MessageOf(record), StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_may_be_cut_again_and_tells_of_both_cuts()
    {
        var message = new string('x', 5000);
        var once = Encode(message, "", 2048);
        var buffer = new byte[Limit];
        var twice = Parse(buffer.AsMemory(0, _format.Shorten(once, buffer, Limit)));
        var cut = MessageOf(twice);
        var kept = cut[..cut.IndexOf('…')];
        Assert.Equal($"{kept}…[truncated, {5000 - kept.Length} bytes]", cut);
    }

    [Fact]
    public void Attributes_go_when_a_record_is_cut_again()
    {
        var once = Encode("the message stays", $$"""{"big":"{{new string('x', 1500)}}"}""", 4096);
        var buffer = new byte[Limit];
        var twice = Parse(buffer.AsMemory(0, _format.Shorten(once, buffer, Limit)));
        Assert.Equal("the message stays", MessageOf(twice));
        Assert.Equal("""{"truncated":true}""", twice.GetProperty("attributes").GetRawText());
        Assert.Equal("459921b5", twice.GetProperty("request_id").GetString());
    }

    [Theory]
    [InlineData("""abc""", 2, 2)]
    [InlineData("""aéb""", 2, 1)]
    [InlineData("""a🚀""", 4, 1)]
    [InlineData("""a\nb""", 2, 1)]
    [InlineData("""a\nb""", 3, 3)]
    [InlineData("""a\\n""", 2, 1)]
    [InlineData("""a\\n""", 3, 3)]
    [InlineData("""a\\\\n""", 4, 3)]
    [InlineData("""a\u0041b""", 6, 1)]
    [InlineData("""a\u0041b""", 7, 7)]
    [InlineData("""\\u0041b""", 5, 5)]
    [InlineData("""a\ud83d\ude80b""", 13, 13)]
    [InlineData("""a\ud83d\ude80b""", 12, 1)]
    [InlineData("""a\ud83d\ude80b""", 7, 1)]
    [InlineData("""a\ud83d\ude80b""", 5, 1)]
    [InlineData("""abc""", 0, 0)]
    [InlineData("""abc""", 3, 3)]
    public void A_cut_is_never_within_a_character(string message, int at, int expected) =>
        Assert.Equal(expected, JsonStringBoundary.AtOrBefore(Encoding.UTF8.GetBytes(message), at));

    [Fact]
    public void A_cut_record_is_always_valid_and_within_its_limit()
    {
        var messages = Gen.Zip(Gen.Select(Gen.ArrayOf(ReadingProperty.Texts), string.Concat), Gen.Choose(1, 300));
        var inputs = Gen.Zip(messages, Gen.Zip(Gen.Choose(Limit, 3000), Gen.Choose(0, 3000)));
        ReadingProperty.Holds(inputs, input =>
        {
            var ((text, times), (limit, attributes)) = input;
            var raw = string.Concat(Enumerable.Repeat(ReadingProperty.Quote(text)[1..^1], times));
            var once = Encode(raw, attributes == 0 ? "" : $$"""{"a":"{{new string('x', attributes)}}"}""", limit);
            var buffer = new byte[Limit];
            var twice = _format.Shorten(once, buffer, Limit);
            return IsPart(raw, once, limit) && IsPart(raw, buffer.AsMemory(0, twice).ToArray(), Limit);
        });
    }

    static bool IsPart(string raw, byte[] record, int limit)
    {
        var whole = Parse(Encoding.UTF8.GetBytes($"\"{raw}\"")).GetString()!;
        var message = MessageOf(Parse(record));
        var kept = Mark().Replace(message, "");
        var isCut = kept.Length < message.Length && whole.StartsWith(kept, StringComparison.Ordinal);
        return record.Length <= limit && (message == whole || isCut);
    }

    JsonElement Truncate(string message, string attributes) => Parse(Encode(message, attributes, Limit));

    byte[] Encode(string message, string attributes, int limit)
    {
        var buffer = new byte[limit];
        var length = _format.WriteTruncated(
            new LogRecord
            {
                Time = "2026-03-14T09:26:53.101Z"u8,
                Message = Encoding.UTF8.GetBytes(message),
                LogType = "function"u8,
                RequestId = "459921b5"u8,
                Attributes = Encoding.UTF8.GetBytes(attributes),
            },
            buffer,
            limit);
        return buffer[..length];
    }

    static JsonElement Parse(ReadOnlyMemory<byte> json)
    {
        _ = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json.Span);
        return JsonDocument.Parse(json).RootElement;
    }

    static string MessageOf(JsonElement record) => record.GetProperty("message").GetString()!;

    [GeneratedRegex(@"…\[truncated, \d+ bytes\]$")]
    private static partial Regex Mark();
}
