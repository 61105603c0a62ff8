namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// The field names that loggers use for level, message, time and ids. Names are compared without case and separators: <c>log.level</c>,
/// <c>log_level</c> and <c>LogLevel</c> are the same name, <c>@level</c> is another. Pure.
/// </summary>
internal static class FieldRoles
{
    /// <summary>Longest known name, including separators.</summary>
    const int LengthMax = 22;

    /// <summary>First letters of the known names with a given length, to reject most members quickly. Bit 0 is <c>a</c>.</summary>
    static uint FirstLetters(int length) => length switch
    {
        1 => 0x00081800,
        2 => 0x00080000,
        3 => 0x00001800,
        4 => 0x000C1802,
        5 => 0x000C1812,
        6 => 0x000E0838,
        7 => 0x000E1825,
        8 => 0x000C982D,
        9 => 0x000E8828,
        10 => 0x000E8828,
        11 => 0x00824800,
        12 => 0x00844811,
        13 => 0x00844811,
        14 => 0x00844811,
        15 => 0x00065800,
        16 => 0x00061820,
        17 => 0x00021820,
        18 => 0x00000020,
        19 => 0x00000028,
        20 => 0x00000008,
        21 => 0x00000008,
        _ => 0,
    };

    /// <summary>Returns the role of a member.</summary>
    /// <param name="name">The raw name.</param>
    /// <param name="rank">Precedence among members of the same role: the lowest counts; from 1.</param>
    /// <param name="scale">For levels: the meaning of numeric values.</param>
    public static FieldRole Of(ReadOnlySpan<byte> name, out int rank, out LevelScale scale)
    {
        rank = 0;
        scale = LevelScale.BySize;
        if (name.Length is 0 or > LengthMax || !MayBegin(name))
            return FieldRole.None;

        Span<byte> plain = stackalloc byte[LengthMax];
        var length = 0;
        foreach (var letter in name)
        {
            if (letter is not ((byte)'_' or (byte)'.' or (byte)'-' or (byte)'@' or (byte)' '))
                plain[length++] = (byte)(letter is >= (byte)'A' and <= (byte)'Z' ? letter | 0x20 : letter);
        }

        (var role, rank, scale) = length > 2 ? OfPlain(plain[..length]) : OfShort(name);
        return role;
    }

    /// <summary>Whether a name is that of a level, as in <c>logfmt</c>.</summary>
    public static bool IsLevel(ReadOnlySpan<byte> name) => Of(name, out _, out _) == FieldRole.Level;

    static bool MayBegin(ReadOnlySpan<byte> name)
    {
        var letter = (name[0] | 0x20) - 'a';
        return (uint)letter > 25 || (FirstLetters(name.Length) >> letter & 1) != 0;
    }

    /// <summary>Names of one or two letters: Serilog's compact format has them after an <c>@</c>, zap in capitals.</summary>
    /// Source: <see href="https://github.com/serilog/serilog-formatting-compact"/>
    static (FieldRole, int, LevelScale) OfShort(ReadOnlySpan<byte> name) => name switch
    {
        [(byte)'@', (byte)'m'] or [(byte)'M'] => (FieldRole.Text, 10, default),
        [(byte)'@', (byte)'m', (byte)'t'] => (FieldRole.Text, 12, default),
        [(byte)'@', (byte)'t', (byte)'r'] => (FieldRole.TraceId, 1, default),
        [(byte)'@', (byte)'s', (byte)'p'] => (FieldRole.SpanId, 1, default),
        [(byte)'@', (byte)'l'] or [(byte)'L'] => (FieldRole.Level, 7, default),
        [(byte)'@', (byte)'t'] or [(byte)'T'] or [(byte)'t', (byte)'s'] => (FieldRole.Time, 4, default),
        _ => default,
    };

    static (FieldRole, int, LevelScale) OfPlain(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("msg"u8) => (FieldRole.Message, 2, default),
        3 when name.SequenceEqual("lvl"u8) => (FieldRole.Level, 5, default),
        3 when name.SequenceEqual("log"u8) => (FieldRole.NestedObject, 1, default),
        4 when name.SequenceEqual("time"u8) => (FieldRole.Time, 2, default),
        4 when name.SequenceEqual("body"u8) => (FieldRole.Text, 13, default),
        4 when name.SequenceEqual("text"u8) => (FieldRole.Text, 15, default),
        4 when name.SequenceEqual("meta"u8) => (FieldRole.NestedObject, 1, default),
        4 when name.SequenceEqual("span"u8) => (FieldRole.SpanId, 2, default),
        5 when name.SequenceEqual("trace"u8) => (FieldRole.TraceId, 3, default),
        5 when name.SequenceEqual("level"u8) => (FieldRole.Level, 1, default),
        5 when name.SequenceEqual("event"u8) => (FieldRole.Text, 14, default),
        6 when name.SequenceEqual("spanid"u8) => (FieldRole.SpanId, 1, default),
        6 when name.SequenceEqual("lineno"u8) => (FieldRole.PythonHint, 1, default),
        6 when name.SequenceEqual("record"u8) => (FieldRole.NestedObject, 1, default),
        6 when name.SequenceEqual("status"u8) => (FieldRole.Status, 1, default),
        6 when name.SequenceEqual("ddtags"u8) => (FieldRole.DatadogHint, 1, default),
        6 when name.SequenceEqual("fields"u8) => (FieldRole.NestedObject, 1, default),
        7 when name.SequenceEqual("message"u8) => (FieldRole.Message, 1, default),
        7 when name.SequenceEqual("traceid"u8) => (FieldRole.TraceId, 1, default),
        7 when name.SequenceEqual("levelno"u8) => (FieldRole.Level, 12, LevelScale.Python),
        7 when name.SequenceEqual("attempt"u8) => (FieldRole.Attempt, 1, default),
        7 when name.SequenceEqual("context"u8) => (FieldRole.NestedObject, 1, default),
        8 => OfEight(name),
        9 => OfNine(name),
        _ => OfLong(name),
    };

    static (FieldRole, int, LevelScale) OfEight(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("severity"u8))
            return (FieldRole.Level, 3, LevelScale.Google);
        if (name.SequenceEqual("loglevel"u8))
            return (FieldRole.Level, 2, default);
        if (name.SequenceEqual("levelstr"u8))
            return (FieldRole.Level, 6, default);
        if (name.SequenceEqual("levelint"u8))
            return (FieldRole.Level, 13, default);
        if (name.SequenceEqual("ddsource"u8))
            return (FieldRole.DatadogHint, 1, default);
        if (name.SequenceEqual("priority"u8))
            return (FieldRole.Priority, 16, LevelScale.Syslog);
        if (name.SequenceEqual("tenantid"u8))
            return (FieldRole.Tenant, 1, default);
        if (name.SequenceEqual("datetime"u8))
            return (FieldRole.Time, 5, default);

        return name.SequenceEqual("funcname"u8) || name.SequenceEqual("pathname"u8) ? (FieldRole.PythonHint, 1, default) : default;
    }

    static (FieldRole, int, LevelScale) OfNine(ReadOnlySpan<byte> name)
    {
        if (name.SequenceEqual("timestamp"u8))
            return (FieldRole.Time, 1, default);
        if (name.SequenceEqual("requestid"u8))
            return (FieldRole.RequestId, 1, default);

        return name.SequenceEqual("levelname"u8) ? (FieldRole.Level, 4, default) : default;
    }

    static (FieldRole, int, LevelScale) OfLong(ReadOnlySpan<byte> name) => name.Length switch
    {
        10 when name.SequenceEqual("levelvalue"u8) => (FieldRole.Level, 13, default),
        10 when name.SequenceEqual("levelindex"u8) => (FieldRole.Level, 14, LevelScale.Ascending),
        10 when name.SequenceEqual("loglevelid"u8) => (FieldRole.Level, 14, LevelScale.Tslog),
        10 when name.SequenceEqual("logmessage"u8) => (FieldRole.Message, 5, default),
        11 when name.SequenceEqual("levelnumber"u8) => (FieldRole.Level, 12, LevelScale.Python),
        11 when name.SequenceEqual("operationid"u8) => (FieldRole.Operation, 2, default),
        11 when name.SequenceEqual("xraytraceid"u8) => (FieldRole.TraceId, 2, default),
        11 when name.SequenceEqual("logseverity"u8) => (FieldRole.Level, 3, LevelScale.Google),
        12 when name.SequenceEqual("awsrequestid"u8) => (FieldRole.RequestId, 2, default),
        12 when name.SequenceEqual("errormessage"u8) => (FieldRole.Message, 3, default),
        12 when name.SequenceEqual("shortmessage"u8) => (FieldRole.Message, 4, default),
        12 when name.SequenceEqual("severitytext"u8) => (FieldRole.Level, 3, default),
        12 when name.SequenceEqual("severityname"u8) => (FieldRole.Level, 4, default),
        12 when name.SequenceEqual("loglevelname"u8) => (FieldRole.Level, 4, default),
        12 when name.SequenceEqual("executionarn"u8) => (FieldRole.Execution, 1, default),
        13 when name.SequenceEqual("severitylevel"u8) => (FieldRole.Level, 15, LevelScale.Azure),
        13 when name.SequenceEqual("operationname"u8) => (FieldRole.Operation, 1, default),
        14 when name.SequenceEqual("severitynumber"u8) => (FieldRole.Level, 11, LevelScale.OpenTelemetry),
        14 when name.SequenceEqual("syslogseverity"u8) => (FieldRole.Level, 11, LevelScale.Syslog),
        15 when name.SequenceEqual("renderedmessage"u8) => (FieldRole.Text, 9, default),
        15 when name.SequenceEqual("messagetemplate"u8) => (FieldRole.Text, 11, default),
        15 when name.SequenceEqual("lambdarequestid"u8) => (FieldRole.RequestId, 5, default),
        16 when name.SequenceEqual("formattedmessage"u8) => (FieldRole.Text, 8, default),
        17 when name.SequenceEqual("functionrequestid"u8) => (FieldRole.RequestId, 4, default),
        19 when name.SequenceEqual("durableexecutionarn"u8) => (FieldRole.Execution, 1, default),
        _ => default,
    };
}
