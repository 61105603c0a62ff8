namespace LambdaLogs.Extension.Telemetry;

/// <summary>X-Ray's trace header: <c>Root=1-69b5a1c3-1e2c502e358361800241fd45;Parent=35465b3a9e2f7c6a;Sampled=1</c>. Pure.</summary>
/// Source: <see href="https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader"/>
internal static class TraceHeader
{
    /// <summary>Length of a W3C trace id.</summary>
    public const int W3CLength = 32;

    const int RootLength = 35;
    const int SpanLength = 16;

    /// <summary>Returns the root id, from a header or by itself.</summary>
    /// <returns>Empty if there is none in a valid form.</returns>
    public static ReadOnlySpan<byte> Root(ReadOnlySpan<byte> header)
    {
        var name = header.IndexOf("Root="u8);
        var root = name < 0 ? header : header[(name + 5)..];
        if (root.Length > RootLength && root[RootLength] == ';')
            root = root[..RootLength];
        return IsRoot(root) ? root : default;
    }

    /// <summary>Returns the parent span of a header, which is the span of the invocation.</summary>
    /// <returns>Empty if there is none in a valid form.</returns>
    public static ReadOnlySpan<byte> Parent(ReadOnlySpan<byte> header)
    {
        var name = header.IndexOf("Parent="u8);
        var parent = name < 0 ? default : header[(name + 7)..];
        var end = parent.IndexOf((byte)';');
        parent = end < 0 ? parent : parent[..end];
        return parent.Length == SpanLength && IsHex(parent) ? parent : default;
    }

    /// <summary>Whether it is a W3C trace id: 32 hexadecimal digits, not all zero.</summary>
    /// Source: <see href="https://www.w3.org/TR/trace-context/#trace-id"/>
    public static bool IsW3C(ReadOnlySpan<byte> text) =>
        text.Length == W3CLength && IsHex(text) && text.ContainsAnyExcept((byte)'0');

    /// <summary>Whether it is a span id: 16 hexadecimal digits, not all zero.</summary>
    public static bool IsSpan(ReadOnlySpan<byte> text) =>
        text.Length == SpanLength && IsHex(text) && text.ContainsAnyExcept((byte)'0');

    static bool IsHex(ReadOnlySpan<byte> text)
    {
        foreach (var letter in text)
        {
            if (!char.IsAsciiHexDigit((char)letter))
                return false;
        }

        return true;
    }

    static bool IsRoot(ReadOnlySpan<byte> text)
    {
        if (text.Length != RootLength || text[0] != '1' || text[1] != '-' || text[10] != '-')
            return false;

        foreach (var letter in text)
        {
            if (!char.IsAsciiHexDigit((char)letter) && letter != '-')
                return false;
        }

        return true;
    }
}
