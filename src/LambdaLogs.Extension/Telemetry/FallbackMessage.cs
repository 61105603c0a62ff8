using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Chooses a message for an object that has none: for the embedded metric format its namespace and metric names; else the text of a member
/// that describes what happened; else the first text; else the names of the members. Pure.
/// </summary>
internal static class FallbackMessage
{
    /// <summary>Longest text, and approximate end of a list of names.</summary>
    public const int BytesMax = 256;

    /// <summary>Number of members that describe what happened, in order of preference.</summary>
    const int Ranks = 12;

    /// <summary>Writes the text.</summary>
    /// <param name="json">The object.</param>
    /// <param name="destination">At least twice <see cref="BytesMax"/> bytes.</param>
    /// <returns>The number of bytes written; zero if the object is empty.</returns>
    public static int Write(ReadOnlySpan<byte> json, Span<byte> destination)
    {
        ReadOnlySpan<byte> best = default;
        ReadOnlySpan<byte> first = default;
        var rank = Ranks;
        var members = new ObjectWalker(json);
        while (members.Next())
        {
            if (members.Name.SequenceEqual("_aws"u8) && WriteMetrics(members.Value, destination) is var length and > 0)
                return length;

            var text = TextOf(members.Value);
            if (text.IsEmpty)
                continue;

            first = first.IsEmpty && members.Value[0] == '"' ? text : first;
            var own = RankOf(members.Name);
            if (own >= rank)
                continue;

            rank = own;
            best = text;
        }

        best = best.IsEmpty ? first : best;
        best.CopyTo(destination);
        return best.IsEmpty ? WriteNames(json, destination) : best.Length;
    }

    /// <summary>A text that is short enough, or the message of an error object.</summary>
    static ReadOnlySpan<byte> TextOf(ReadOnlySpan<byte> value)
    {
        var text = value[0] == '{' ? ObjectWalker.FindText(value, "message"u8) : ObjectWalker.Text(value);
        return text.Length <= BytesMax ? text : default;
    }

    static int RankOf(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 when name.SequenceEqual("err"u8) => 6,
        4 when name.SequenceEqual("name"u8) => 8,
        4 when name.SequenceEqual("type"u8) => 9,
        5 when name.SequenceEqual("title"u8) => 1,
        5 when name.SequenceEqual("error"u8) => 5,
        6 when name.SequenceEqual("reason"u8) => 4,
        6 when name.SequenceEqual("action"u8) => 10,
        7 when name.SequenceEqual("summary"u8) => 2,
        9 when name.SequenceEqual("exception"u8) => 7,
        9 when name.SequenceEqual("operation"u8) => 11,
        11 when name.SequenceEqual("description"u8) => 3,
        11 when name.SequenceEqual("detail-type"u8) => 0,
        _ => Ranks,
    };

    /// <summary><c>Shop: Latency, Errors</c></summary>
    /// The embedded metric format: its directive has the namespace and the names.
    static int WriteMetrics(ReadOnlySpan<byte> metadata, Span<byte> destination)
    {
        var directive = FirstOf(ObjectWalker.Find(metadata, "CloudWatchMetrics"u8));
        var space = ObjectWalker.FindText(directive, "Namespace"u8);
        if (space.Length is 0 or > BytesMax)
            return 0;

        space.CopyTo(destination);
        var written = space.Length;
        var metrics = ObjectWalker.Find(directive, "Metrics"u8);
        var scanner = new JsonScanner(metrics);
        var ended = metrics.IsEmpty || !scanner.Skip((byte)'[') || scanner.Current == ']';
        for (var separator = ": "u8; !ended; separator = ", "u8)
        {
            var start = scanner.Position;
            scanner.SkipValue();
            var name = ObjectWalker.FindText(metrics[start..scanner.Position], "Name"u8);
            if (written + name.Length + 2 > BytesMax)
                break;

            written = Add(separator, name, destination, written);
            ended = !scanner.SkipToNext((byte)']', out var last) || last;
        }

        return written;
    }

    static int WriteNames(ReadOnlySpan<byte> json, Span<byte> destination)
    {
        var written = 0;
        var members = new ObjectWalker(json);
        while (members.Next())
        {
            if (members.Value[0] != 'n' && written + members.Name.Length + 2 <= BytesMax)
                written = Add(written == 0 ? default : ", "u8, members.Name, destination, written);
        }

        return written;
    }

    static int Add(ReadOnlySpan<byte> separator, ReadOnlySpan<byte> text, Span<byte> destination, int written)
    {
        separator.CopyTo(destination[written..]);
        text.CopyTo(destination[(written + separator.Length)..]);
        return written + separator.Length + text.Length;
    }

    static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> array)
    {
        var scanner = new JsonScanner(array);
        if (array.IsEmpty || array[0] != '[' || !scanner.Skip((byte)'[') || scanner.Current != '{')
            return default;

        var start = scanner.Position;
        return scanner.SkipValue() ? array[start..scanner.Position] : default;
    }
}
