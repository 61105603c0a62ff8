using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Derives the library from the other members of an object whose level is a number below ten: 3 means error for syslog and GELF but
/// warning for .NET. Used for these rare lines only. Pure.
/// </summary>
internal static class LevelHints
{
    /// <summary>Reads such a level.</summary>
    /// <param name="json">The object.</param>
    /// <param name="number">The value of the level.</param>
    /// <param name="level">The level; INFO if no member identifies the library.</param>
    public static bool TryRead(ReadOnlySpan<byte> json, ReadOnlySpan<byte> number, out LogLevel level)
    {
        level = LogLevel.Info;
        var members = new ObjectWalker(json);
        var host = false;
        var version = false;
        LevelScale? scale = null;
        while (members.Next())
        {
            var name = members.Name;
            host |= name.SequenceEqual("host"u8);
            version |= name.SequenceEqual("version"u8) && members.Value.StartsWith("\"1."u8);
            if (name.SequenceEqual("type"u8) && LevelNames.TryParse(ObjectWalker.Text(members.Value), out level))
                return true;

            scale ??= IsSyslog(name) ? LevelScale.Syslog : IsDotNet(name) ? LevelScale.Ascending : null;
        }

        scale ??= host && version ? LevelScale.Syslog : null;
        return scale is { } known && LevelNumbers.TryParse(number.Trim((byte)'"'), known, out level);
    }

    static bool IsSyslog(ReadOnlySpan<byte> name) => name.SequenceEqual("short_message"u8) || name.SequenceEqual("full_message"u8)
        || name.SequenceEqual("facility"u8) || name.SequenceEqual("facility_label"u8) || name.SequenceEqual("appname"u8)
        || name.SequenceEqual("procid"u8) || name.SequenceEqual("SYSLOG_IDENTIFIER"u8) || name.SequenceEqual("syslog"u8)
        || name.SequenceEqual("syslogfacility"u8) || name.SequenceEqual("_facility"u8);

    static bool IsDotNet(ReadOnlySpan<byte> name) => name.SequenceEqual("MessageTemplate"u8) || name.SequenceEqual("@mt"u8)
        || name.SequenceEqual("RenderedMessage"u8) || name.SequenceEqual("EventId"u8) || name.SequenceEqual("Category"u8)
        || name.SequenceEqual("SourceContext"u8) || name.SequenceEqual("messageTemplate"u8);
}
