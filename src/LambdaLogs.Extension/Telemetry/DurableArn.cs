using System.Text;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// The ARN of a durable execution:
/// <c>arn:aws:lambda:eu-west-1:123456789012:function:checkout:7/durable-execution/order-7/0c5f2b1e-…</c>. Pure.
/// </summary>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/api/API_Execution.html"/>
internal static class DurableArn
{
    /// <summary>Longest name and id with the slash between them: 64 characters each, with reserve.</summary>
    public const int NameBytesMax = 256;

    static ReadOnlySpan<byte> Marker => "/durable-execution/"u8;

    /// <summary>Whether a text is the ARN of a durable execution, and not for example of a Step Functions execution.</summary>
    public static bool IsOne(ReadOnlySpan<byte> text) => text.StartsWith("arn:"u8) && !NameOf(text).IsEmpty;

    /// <summary>Returns name and id from the ARN, with the slash between them.</summary>
    /// <returns>Empty if the text is not such an ARN.</returns>
    public static ReadOnlySpan<byte> NameOf(ReadOnlySpan<byte> arn)
    {
        var marker = arn.IndexOf(Marker);
        if (marker < 0)
            return default;

        var name = arn[(marker + Marker.Length)..];
        return name.Length is > 2 and <= NameBytesMax && !name.Contains((byte)'\\') && name[1..^1].Contains((byte)'/') ? name : default;
    }

    /// <summary>Finds an ARN in the text of an object that was printed by <c>util.inspect</c> of Node instead of serialized.</summary>
    /// <param name="text">The escaped text.</param>
    /// <returns>Empty if there is none.</returns>
    public static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> text)
    {
        var marker = text.IndexOf(Marker);
        if (marker < 0)
            return default;

        var start = text[..marker].LastIndexOf("arn:"u8);
        var length = marker < 0 || start < 0 ? -1 : text[start..].IndexOfAny("'\\\" ,"u8);
        return length < 0 || !IsOne(text.Slice(start, length)) ? default : text.Slice(start, length);
    }

    /// <summary>
    /// Finds an ARN behind its name in a line of text, as patterns of log libraries write it: <c>{durableExecutionArn=arn:…}</c>. One
    /// without the name may be of another execution, which the function has started.
    /// </summary>
    /// <param name="text">The text, escaped.</param>
    /// <returns>Empty where there is none.</returns>
    public static ReadOnlySpan<byte> FindNamed(ReadOnlySpan<byte> text)
    {
        var marker = IndexOfMarker(text);
        var start = marker < 0 ? -1 : text[..marker].LastIndexOf("arn:"u8);
        if (start < 0)
            return default;

        var length = text[start..].IndexOfAny("'\\\" ,;}])"u8);
        var arn = length < 0 ? text[start..] : text.Slice(start, length);
        return IsOne(arn) && EndsWithName(WithoutQuote(text[..start])) ? arn : default;
    }

    /// <summary>Finds the marker in any line. Most lines have few slashes, and a search for one byte is the cheapest.</summary>
    static int IndexOfMarker(ReadOnlySpan<byte> text)
    {
        const int TriesMax = 8;
        var from = 0;
        for (var tries = 0; tries < TriesMax; tries++)
        {
            var slash = text[from..].IndexOf((byte)'/');
            if (slash < 0)
                return -1;

            from += slash;
            if (text[from..].StartsWith(Marker))
                return from;

            from++;
        }

        return text[from..].IndexOf(Marker) is >= 0 and var rest ? from + rest : -1;
    }

    /// <summary>Whether a text ends with the name of an execution's ARN and a sign behind it.</summary>
    static bool EndsWithName(ReadOnlySpan<byte> text)
    {
        const int Longest = 13;
        if (text.IsEmpty || text[^1] is not ((byte)'=' or (byte)':'))
            return false;

        var name = WithoutQuote(text[..^1]);
        name = name[^Math.Min(name.Length, Longest)..];
        Span<byte> small = stackalloc byte[Longest];
        _ = Ascii.ToLower(name, small, out var written);
        small = small[..written];
        return small.EndsWith("executionarn"u8) || small.EndsWith("execution_arn"u8) || small.EndsWith("execution.arn"u8);
    }

    /// <summary>A text without a quote at its end, which may be escaped.</summary>
    static ReadOnlySpan<byte> WithoutQuote(ReadOnlySpan<byte> text)
    {
        text = text.TrimEnd((byte)' ');
        return text.EndsWith("\\u0022"u8) || text.EndsWith("\\u0027"u8) ? text[..^6].TrimEnd((byte)' ') : text.TrimEnd("'\\\" "u8);
    }

    /// <summary>Finds the value of a member in such a text: <c>level: 'ERROR'</c>, <c>attempt: 2</c>.</summary>
    /// <param name="text">The escaped text.</param>
    /// <param name="name">The member's name, including colon and space.</param>
    /// <returns>The value without quotes. Empty if there is none.</returns>
    public static ReadOnlySpan<byte> FindMember(ReadOnlySpan<byte> text, ReadOnlySpan<byte> name)
    {
        var found = text.IndexOf(name);
        if (found < 0)
            return default;

        var value = text[(found + name.Length)..].TrimStart((byte)'\'');
        value = value.StartsWith("\\u0027"u8) ? value[6..] : value;
        var end = value.IndexOfAny("',\\ }"u8);
        return end < 0 ? default : value[..end];
    }
}
