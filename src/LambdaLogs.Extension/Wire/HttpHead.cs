using System.Buffers.Text;
using System.Text;

namespace LambdaLogs.Extension.Wire;

/// <summary>
/// The head of one HTTP/1.1 message: start line and headers, a view of its bytes including the empty line. Source:
/// <see href="https://www.rfc-editor.org/rfc/rfc9112"/>, sections 2 to 6.
/// </summary>
internal readonly ref struct HttpHead(ReadOnlySpan<byte> text)
{
    readonly ReadOnlySpan<byte> _text = text;

    /// <summary>The first line, without its line break.</summary>
    public ReadOnlySpan<byte> StartLine => _text[..LineEnd(_text)];

    /// <summary>The status of a response (<c>HTTP/1.1 200 OK</c>). 0 if the start line is not valid.</summary>
    public int Status
    {
        get
        {
            var line = StartLine;
            var isResponse = line.Length >= 12 && line.StartsWith("HTTP/1."u8) && line[8] == ' ' && (line.Length == 12 || line[12] == ' ');
            if (!isResponse || !Utf8Parser.TryParse(line.Slice(9, 3), out int status, out var used) || used != 3)
                return 0;

            // The parser also accepts a sign, which is not valid in a status.
            return status >= 100 ? status : 0;
        }
    }

    /// <summary>The method of a request (<c>POST /path HTTP/1.1</c>). Empty if the start line is not valid.</summary>
    public ReadOnlySpan<byte> Method
    {
        get
        {
            var line = StartLine;
            var space = line.IndexOf((byte)' ');
            var hasTarget = space > 0 && line[(space + 1)..].IndexOf((byte)' ') > 0;
            return hasTarget && line[..^1].EndsWith(" HTTP/1."u8) ? line[..space] : default;
        }
    }

    /// <summary>Finds a header by its name, ignoring case.</summary>
    /// <returns>The first value, trimmed; empty if there is none.</returns>
    public ReadOnlySpan<byte> Header(ReadOnlySpan<byte> name) => TryHeader(name, out var value) ? value : default;

    /// <summary>Determines the framing of the body.</summary>
    /// <returns>False if the headers are contradictory or invalid: the connection cannot be used any more.</returns>
    public bool TryFraming(bool isResponse, out BodyFraming framing)
    {
        framing = default;
        // Regardless of its headers, which then describe the body of another response; RFC 9112, section 6.3.
        if (isResponse && HasNoBody(Status))
            return true;

        var hasLength = TryHeader("Content-Length"u8, out var length);
        if (TryHeader("Transfer-Encoding"u8, out var coding))
        {
            framing = new BodyFraming(BodyKind.Chunked, 0);
            // A message with both headers can be an attempt at request smuggling; RFC 9112, section 6.1.
            return !hasLength && Ascii.EqualsIgnoreCase(coding, "chunked"u8);
        }

        if (!hasLength)
        {
            framing = new BodyFraming(isResponse ? BodyKind.UntilClose : BodyKind.Length, 0);
            return true;
        }

        var isNumber = Utf8Parser.TryParse(length, out long bytes, out var used) && used == length.Length;
        var valid = isNumber && length[0] is >= (byte)'0' and <= (byte)'9';
        framing = new BodyFraming(BodyKind.Length, bytes);
        // Two different lengths are contradictory.
        return valid && !HasOther("Content-Length"u8, length);
    }

    /// <summary>Whether the peer keeps the connection open after this message.</summary>
    public bool KeepsAlive
    {
        get
        {
            var connection = Header("Connection"u8);
            var line = StartLine;
            var isOld = line.EndsWith("HTTP/1.0"u8) || line.StartsWith("HTTP/1.0"u8);
            return isOld ? HasOption(connection, "keep-alive"u8) : !HasOption(connection, "close"u8);
        }
    }

    /// <summary>Whether a header's list, such as <c>close, TE</c>, contains an option; RFC 9110, section 7.6.1.</summary>
    static bool HasOption(ReadOnlySpan<byte> list, ReadOnlySpan<byte> option)
    {
        foreach (var range in list.Split((byte)','))
        {
            if (Ascii.EqualsIgnoreCase(list[range].Trim(" \t"u8), option))
                return true;
        }

        return false;
    }

    /// <summary>Where the first line ends. Looks for one byte, which is several times cheaper than to look for two.</summary>
    static int LineEnd(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\r');
        return end < 0 || text[(end + 1)..].StartsWith("\n"u8) ? end : text.IndexOf("\r\n"u8);
    }

    static bool HasNoBody(int status) => status is (>= 100 and < 200) or 204 or 304;

    bool TryHeader(ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value)
    {
        var rest = _text[(LineEnd(_text) + 2)..];
        return TryNext(name, ref rest, out value);
    }

    bool HasOther(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected)
    {
        var rest = _text[(LineEnd(_text) + 2)..];
        while (TryNext(name, ref rest, out var value))
        {
            if (!value.SequenceEqual(expected))
                return true;
        }

        return false;
    }

    /// <summary>Finds the next header with a name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="rest">The remaining lines; afterwards those after the header.</param>
    /// <param name="value">Its value, trimmed.</param>
    static bool TryNext(ReadOnlySpan<byte> name, scoped ref ReadOnlySpan<byte> rest, out ReadOnlySpan<byte> value)
    {
        while (LineEnd(rest) is > 0 and var end)
        {
            var line = rest[..end];
            rest = rest[(end + 2)..];
            if (line.Length <= name.Length || line[name.Length] != ':' || !Ascii.EqualsIgnoreCase(line[..name.Length], name))
                continue;

            value = line[(name.Length + 1)..].Trim(" \t"u8);
            return true;
        }

        value = default;
        return false;
    }
}
