using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>Parses the value of a level field: a name, a number, a coloured name, or an object. Pure.</summary>
internal static class LevelValue
{
    /// <summary>Parses a level.</summary>
    /// <param name="value">Any JSON value, raw.</param>
    /// <param name="scale">The field's numbering.</param>
    /// <param name="level">The level; INFO if it is not understood.</param>
    /// <returns>False if it is not understood.</returns>
    public static bool TryRead(ReadOnlySpan<byte> value, LevelScale scale, out LogLevel level)
    {
        if (value[0] == '"')
            return TryReadText(value[1..^1], scale, out level);

        level = LogLevel.Info;
        return value[0] == '{' ? TryReadObject(value, out level) : TryReadNumber(value, scale, out level);
    }

    static bool TryReadText(ReadOnlySpan<byte> text, LevelScale scale, out LogLevel level)
    {
        if (LevelNames.TryParse(text, out level))
            return true;

        text = AnsiColours.Without(text).Trim(" []<>:"u8);
        if (text.StartsWith("SEVERITY_NUMBER_"u8))
            text = text["SEVERITY_NUMBER_"u8.Length..];
        return LevelNames.TryParse(text, out level) || TryReadNumber(text, scale, out level);
    }

    static bool TryReadNumber(ReadOnlySpan<byte> number, LevelScale scale, out LogLevel level) =>
        LevelNumbers.TryParse(number, scale, out level)
        || (scale is LevelScale.Ascending or LevelScale.Google && LevelNumbers.TryParse(number, LevelScale.BySize, out level));

    /// <summary><c>{"name":"ERROR","no":40}</c> of loguru, <c>{"level":40000,"levelStr":"ERROR"}</c> of log4js and logback.</summary>
    static bool TryReadObject(ReadOnlySpan<byte> value, out LogLevel level)
    {
        level = LogLevel.Info;
        var members = new ObjectWalker(value);
        while (members.Next())
        {
            var isName = members.Name.SequenceEqual("name"u8) || members.Name.SequenceEqual("label"u8)
                || members.Name.SequenceEqual("value"u8) || members.Name.SequenceEqual("text"u8);
            if (isName || FieldRoles.IsLevel(members.Name))
            {
                var text = ObjectWalker.Text(members.Value);
                if (!text.IsEmpty && TryReadText(text, LevelScale.BySize, out level))
                    return true;
            }
        }

        return false;
    }
}
