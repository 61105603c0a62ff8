using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Processing.Levels;

/// <summary>Finds the name of the logger that wrote a record. Pure.</summary>
internal static class LoggerName
{
    /// <summary>Finds it by the field names that loggers of several languages use.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    /// <returns>The raw name; empty if there is none.</returns>
    public static ReadOnlySpan<byte> Of(ReadOnlySpan<byte> attributes)
    {
        ReadOnlySpan<byte> found = default;
        var best = int.MaxValue;
        var members = new ObjectWalker(attributes);
        while (members.Next())
        {
            var rank = Rank(members.Name);
            if (rank >= best || ObjectWalker.Text(members.Value) is not { Length: > 0 } text)
                continue;

            best = rank;
            found = text;
        }

        return found;
    }

    /// <summary>
    /// Whether a logger is the named one or a child of it, ignoring case: <c>a.b</c> is a child of <c>a</c>, <c>ab</c> is not.
    /// </summary>
    public static bool IsWithin(ReadOnlySpan<byte> logger, ReadOnlySpan<byte> name)
    {
        if (logger.Length < name.Length || !System.Text.Ascii.EqualsIgnoreCase(logger[..name.Length], name))
            return false;

        return logger.Length == name.Length || logger[name.Length] is (byte)'.' or (byte)':' or (byte)'/' or (byte)'$' or (byte)'[';
    }

    static int Rank(ReadOnlySpan<byte> name) => name.Length switch
    {
        6 when name.SequenceEqual("logger"u8) => 1,
        10 when name.SequenceEqual("loggerName"u8) => 2,
        11 when name.SequenceEqual("logger_name"u8) => 3,
        10 when name.SequenceEqual("LoggerName"u8) => 4,
        13 when name.SequenceEqual("SourceContext"u8) => 5,
        8 when name.SequenceEqual("Category"u8) => 6,
        8 when name.SequenceEqual("category"u8) => 7,
        6 when name.SequenceEqual("target"u8) => 8,
        4 when name.SequenceEqual("name"u8) => 9,
        _ => int.MaxValue,
    };
}
