using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Records;

public sealed class JsonTextTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("a\"b\\c/d", "a\\\"b\\\\c/d")]
    [InlineData("\n\r\t\b\f", "\\n\\r\\t\\b\\f")]
    [InlineData("\0\u0001\u001b", "\\u0000\\u0001\\u001b")]
    [InlineData("Grüße 世界 🚀 \u2028 \u007f", "Grüße 世界 🚀 \u2028 \u007f")]
    public void A_text_is_escaped_where_it_must_be_and_nowhere_else(string text, string expected) =>
        Assert.Equal(expected, Escape(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void Bytes_that_are_no_text_become_replacement_characters() =>
        Assert.Equal("a\uFFFD\uFFFDb\uFFFD(\uFFFD", Escape([(byte)'a', 0xFF, 0xFE, (byte)'b', 0xC3, (byte)'(', 0xF0, 0x9F, 0x9A]));

    [Fact]
    public void What_was_escaped_reads_as_it_was()
    {
        ReadingProperty.Holds(ArbMap.Default.GeneratorFor<string>(), text =>
        {
            var clean = Encoding.UTF8.GetBytes(text ?? "");
            var escaped = Escape(clean);
            return JsonDocument.Parse($"\"{escaped}\"").RootElement.GetString() == Encoding.UTF8.GetString(clean)
                && Unescape(escaped) == Encoding.UTF8.GetString(clean);
        });
    }

    [Theory]
    [InlineData("""a\"b\\c\/d""", "a\"b\\c/d")]
    [InlineData("""\u0041\u00e9\u4e16\ud83d\ude80""", "Aé世🚀")]
    [InlineData("""\ud83d end""", "\uFFFD end")]
    [InlineData("""\udc00\ud83d""", "\uFFFD\uFFFD")]
    [InlineData("""\ud83d\ud83d\ude80""", "\uFFFD🚀")]
    [InlineData("""0123456789abcdef\n0123456789abcdef0123456789abcdef\t""", "0123456789abcdef\n0123456789abcdef0123456789abcdef\t")]
    public void Escapes_are_undone(string raw, string expected) => Assert.Equal(expected, Unescape(raw));

    [Theory]
    [InlineData("""line\n""", "line")]
    [InlineData("""line\r\n""", "line")]
    [InlineData("""line\n\n""", """line\n""")]
    [InlineData("""line\r""", """line\r""")]
    [InlineData("""line\\n""", """line\\n""")]
    [InlineData("""line\\\n""", """line\\""")]
    [InlineData("""line\\r\n""", """line\\r""")]
    [InlineData("""line\u000a""", "line")]
    [InlineData("""line\u000D\u000A""", "line")]
    [InlineData("""line\\u000a""", """line\\u000a""")]
    [InlineData("""\n""", "")]
    [InlineData("n", "n")]
    [InlineData("", "")]
    public void One_final_line_break_is_taken_off(string raw, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(JsonText.TrimFinalNewline(Encoding.UTF8.GetBytes(raw))));

    [Theory]
    [InlineData("00e9", 0xE9)]
    [InlineData("FFFD", 0xFFFD)]
    [InlineData("d83D!", 0xD83D)]
    [InlineData("00g0", -1)]
    [InlineData("00:0", -1)]
    [InlineData("00\u00100", -1)]
    [InlineData("123", -1)]
    public void Four_digits_are_a_number(string digits, int expected) =>
        Assert.Equal(expected, JsonText.HexNumber(Encoding.UTF8.GetBytes(digits)));

    static string Escape(byte[] text)
    {
        var buffer = new byte[JsonText.EscapedMax(text)];
        return Encoding.UTF8.GetString(buffer, 0, JsonText.Escape(text, buffer));
    }

    static string Unescape(string raw)
    {
        var bytes = Encoding.UTF8.GetBytes(raw);
        var buffer = new byte[bytes.Length];
        return Encoding.UTF8.GetString(buffer, 0, JsonText.Unescape(bytes, buffer));
    }
}
