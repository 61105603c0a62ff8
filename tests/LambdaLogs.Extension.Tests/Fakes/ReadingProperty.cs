using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Checks properties over many made-up inputs, silently unless one fails.</summary>
public static class ReadingProperty
{
    /// <summary>Texts of all kinds: controls, quotes, escapes, letters of one to four bytes, never half a pair.</summary>
    public static Gen<string> Texts { get; } = Gen.Select(Gen.ArrayOf(Gen.Elements(Pieces())), string.Concat);

    /// <summary>Checks that a property holds.</summary>
    /// <param name="inputs">Where the inputs come from.</param>
    /// <param name="holds">Whether it holds; may also throw.</param>
    /// <param name="count">How many inputs.</param>
    public static void Holds<T>(Gen<T> inputs, Func<T, bool> holds, int count = 300) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(count).WithQuietOnSuccess(true), Prop.ForAll(inputs.ToArbitrary(), holds));

    /// <summary>JSON values nested up to a depth.</summary>
    public static Gen<string> Json(int depth)
    {
        var scalars = Gen.OneOf(Texts.Select(Quote), Gen.Elements("0", "-1.5e-7", "12345678901234567890", "true", "false", "null"), Gen.Elements(Fields()));
        if (depth == 0)
            return scalars;

        var inner = Json(depth - 1);
        var arrays = Gen.Select(Gen.ArrayOf(inner, 2), items => $"[{string.Join(',', items)}]");
        return Gen.OneOf(scalars, arrays, Members(inner));
    }

    /// <summary>JSON objects nested up to a depth.</summary>
    public static Gen<string> Objects(int depth) => Members(Json(depth));

    /// <summary>A text as a JSON string, now and then with escapes that need not be.</summary>
    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            if (letter is '"' or '\\')
                quoted.Append('\\').Append(letter);
            else if (letter < ' ' || (letter > 0x7F && text.Length % 3 == 0))
                quoted.Append($"\\u{(int)letter:x4}");
            else
                quoted.Append(letter);
        }

        return quoted.Append('"').ToString();
    }

    static Gen<string> Members(Gen<string> values)
    {
        var names = Gen.OneOf(Texts, Gen.Elements(Names())).Select(Quote);
        var member = Gen.Select(Gen.Zip(names, values), pair => $"{pair.Item1}:{pair.Item2}");
        return Gen.Select(Gen.ArrayOf(member, 4), members => $"{{{string.Join(',', members)}}}");
    }

    /// <summary>Values that mean something under one name or another.</summary>
    static string[] Fields() =>
    [
        "\"ERROR\"", "\"Warning\"", "\"UNDEFINED\"", "\"undefined\"", "40", "\"2026-03-14T10:00:00.5Z\"", "\"459921b5-681c-4a96-beb0-81e0aa586026\"",
        "\"Root=1-69b5a1c3-1e2c502e358361800241fd45\"", "\"1-69b5a1c3-1e2c502e358361800241fd45\"",
    ];

    static string[] Names() =>
    [
        "message", "msg", "errorMessage", "level", "log_level", "severity", "levelname", "lvl", "timestamp", "time", "@timestamp", "requestId",
        "AWSRequestId", "aws_request_id", "function_request_id", "awsRequestId", "traceId", "xray_trace_id", "x", "",
    ];

    static string[] Pieces() =>
    [
        "a", "Z", "0", "n", "u", "plain text", " ", "\n", "\t", "\r", "\0", "\u001b[31m", "\"", "\\", "/", "{", "}", "[", ",", ":",
        "é", "世", "\u2028", "🚀", "\uFFFD",
    ];
}
