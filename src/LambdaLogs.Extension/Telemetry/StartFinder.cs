using System.Text.Unicode;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Looks for <c>platform.start</c> in a body before it is read: the streams of lines and of platform events are merged as they arrive,
/// and a line may stand before the start of its own invocation.
/// </summary>
internal static class StartFinder
{
    /// <summary>How many are looked at. A body has one or two; a hostile one must not make us look for ever.</summary>
    const int StartsMax = 64;

    /// <summary>Farthest that an event begins before the name of its type.</summary>
    const int HeadMax = 256;

    /// <summary>Notes the starts in a body. What does not look like one is left to who reads the body.</summary>
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
        // One that has to be repaired first is left to who reads the body: what is noted goes into records as it is.
        var isStart = Envelope.Read(text, out var envelope) == ScanFault.None
            && !envelope.HasLoneSurrogate
            && Utf8.IsValid(text[..envelope.Length])
            && EventTypes.KindOf(text[envelope.Type]) == EventKind.Start
            && Rfc3339.IsValid(text[envelope.Time]);
        if (isStart)
            platform.NoteStart(text[envelope.Record], text[envelope.Time]);
    }
}
