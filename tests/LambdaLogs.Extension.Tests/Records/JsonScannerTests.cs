using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Records;

public sealed class JsonScannerTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-0.0")]
    [InlineData("12345678901234567890")]
    [InlineData("1e+308")]
    [InlineData("1.5E-5")]
    [InlineData("true")]
    [InlineData("null")]
    [InlineData("\"\"")]
    [InlineData("\"a\\\"b\\\\\\u0041\\/\"")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("[ 1 , [ ] , { } ]")]
    [InlineData("{\"\":{\"a\" : [1,\n2]},\t\"b\":false}")]
    public void A_value_is_stepped_over_whole(string json) => Assert.Equal((ScanFault.None, Encoding.UTF8.GetByteCount(json)), Scan(json));

    [Theory]
    [InlineData("01", 1)]
    [InlineData("1 2", 1)]
    [InlineData("{}}", 2)]
    public void A_step_ends_where_the_value_ends(string json, int end) => Assert.Equal((ScanFault.None, end), Scan(json));

    [Theory]
    [InlineData("{1:2}")]
    [InlineData("{\"a\" 1}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("[1,]")]
    [InlineData("[1 2]")]
    [InlineData("[1}")]
    [InlineData("{\"a\":1]")]
    [InlineData("tru!")]
    [InlineData("+1")]
    [InlineData("-x")]
    [InlineData("1.x")]
    [InlineData("1ex")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12g4\"")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"0123456789abcdef0123456789abc\u0001ef\"")]
    [InlineData("NaN")]
    [InlineData("'a'")]
    [InlineData("\0")]
    public void What_is_no_JSON_is_invalid(string json) => Assert.Equal(ScanFault.Invalid, Scan(json).Fault);

    [Theory]
    [InlineData("{\"a\":[1,\"b\\u12", 0)]
    [InlineData("{\"message\":\"Grüße 🚀\\n\",\"b\":[true,null,-1.5e3,{}]}", 1)]
    public void Every_beginning_of_a_value_is_incomplete(string json, int whole)
    {
        for (var length = 0; length <= json.Length - whole; length++)
            Assert.Equal(ScanFault.Incomplete, Scan(json[..length]).Fault);
    }

    [Fact]
    public void Nesting_is_bounded()
    {
        static string Times(int count, string text) => string.Concat(Enumerable.Repeat(text, count));
        static string Nested(int depth) => $"{Times(depth / 2, "[{\"a\":")}1{Times(depth / 2, "}]")}";
        Assert.Equal(ScanFault.None, Scan(Nested(JsonScanner.DepthMax)).Fault);
        Assert.Equal(ScanFault.TooDeep, Scan(Nested(JsonScanner.DepthMax + 2)).Fault);
    }

    [Theory]
    [InlineData("\"\\ud83d\\ude80\"", false)]
    [InlineData("\"\\ud83d end\"", true)]
    [InlineData("\"\\udc00\"", true)]
    [InlineData("\"\\ud83d\\ud83d\\ude80\"", true)]
    [InlineData("\"\\\\ud83d\"", false)]
    [InlineData("\"\\ud83d\\n\"", true)]
    public void Half_a_surrogate_pair_is_noticed(string json, bool expected)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(json));
        Assert.True(scanner.SkipValue());
        Assert.Equal(expected, scanner.SawLoneSurrogate);
    }

    [Fact]
    public void It_accepts_what_the_framework_accepts()
    {
        // Few letters, so that most texts are nearly JSON.
        var letters = Gen.Elements("{}[],:\"\\ \n01-.eutrfalsn\u0001é".ToCharArray());
        var texts = Gen.Select(Gen.ArrayOf(letters), array => new string(array));
        ReadingProperty.Holds(texts, text => IsWhole(text) == IsJson(text), count: 20_000);
        ReadingProperty.Holds(ReadingProperty.Json(depth: 3), json => IsWhole(json) && IsJson(json));
    }

    [Theory]
    [InlineData("\\\"")]
    [InlineData("\\\\")]
    [InlineData("\\\\\\\"")]
    [InlineData("\\\\\"")]
    [InlineData("\\n\\t\\r\\/\\b\\f")]
    [InlineData("\\u0041\\u00e9")]
    [InlineData("\\x")]
    [InlineData("\"")]
    [InlineData("\u0001")]
    [InlineData("\u001f")]
    [InlineData(" !#\u007f")]
    public void A_string_is_read_alike_wherever_its_escapes_lie(string inside)
    {
        for (var before = 0; before <= 40; before++)
        {
            for (var after = 0; after <= 40; after++)
            {
                var json = $"\"{new string('a', before)}{inside}{new string('b', after)}\"";
                Assert.Equal((json, IsJson(json)), (json, IsWhole(json)));
            }
        }
    }

    static bool IsWhole(string text)
    {
        var trimmed = text.TrimStart(' ', '\n');
        var (fault, end) = Scan(trimmed);
        return fault == ScanFault.None && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(trimmed).AsSpan(end)).Trim(' ', '\n').Length == 0;
    }

    static bool IsJson(string text)
    {
        try
        {
            JsonDocument.Parse(text).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    static (ScanFault Fault, int Position) Scan(string json)
    {
        var scanner = new JsonScanner(Encoding.UTF8.GetBytes(json));
        scanner.SkipValue();
        return (scanner.Fault, scanner.Position);
    }
}
