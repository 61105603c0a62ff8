using System.Text.Unicode;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Searches a body for <c>platform.start</c> before it is read: lines and platform events are merged in order of arrival, and a line may
/// precede the start of its own invocation.
/// </summary>
internal static class StartFinder
{
    /// <summary>Number of starts that are examined. A body has one or two; the limit is for hostile ones.</summary>
    const int StartsMax = 64;

    /// <summary>Largest distance between the start of an event and the name of its type.</summary>
    const int HeadMax = 256;

    /// <summary>Whether a text begins with a <c>platform.start</c> in the form that Lambda writes.</summary>
    public static bool IsStart(ReadOnlySpan<byte> text)
    {
        var time = "{\"time\":\""u8;
        var type = "\",\"type\":\"platform.start\","u8;
        return text.Length > time.Length + Rfc3339.Size && text.StartsWith(time) && text[(time.Length + Rfc3339.Size)..].StartsWith(type);
    }

    /// <summary>Records the starts in a body. What does not look like one is handled when the body is read.</summary>
    public static void Find(ReadOnlySpan<byte> body, PlatformReader platform)
    {
        var name = "platform.start\""u8;
        for (var count = 0; count < StartsMax; count++)
        {
            var found = body.IndexOf(name);
            if (found < 0)
                return;

            var head = body[Math.Max(0, found - HeadMax)..found].LastIndexOf("{\"t"u8);
            if (head >= 0)
                Note(body[(Math.Max(0, found - HeadMax) + head)..], platform);
            body = body[(found + name.Length)..];
        }
    }

    static void Note(ReadOnlySpan<byte> text, PlatformReader platform)
    {
        // An event that needs a repair is handled when the body is read, because recorded values are copied into records unchanged.
        var isStart = Envelope.Read(text, out var envelope) == ScanFault.None
            && !envelope.HasLoneSurrogate
            && Utf8.IsValid(text[..envelope.Length])
            && EventTypes.KindOf(text[envelope.Type]) == EventKind.Start
            && Rfc3339.IsValid(text[envelope.Time]);
        if (isStart)
            platform.RecordStart(text[envelope.Record], text[envelope.Time]);
    }
}
