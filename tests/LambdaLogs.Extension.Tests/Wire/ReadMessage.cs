using System.Text;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

/// <summary>What a reader found, and a way to make it read bytes in pieces of any size.</summary>
/// <param name="State">How the message ended.</param>
/// <param name="StartLine">Its first line; empty where it is malformed.</param>
/// <param name="Body">Its body; empty where it was too large or is malformed.</param>
internal sealed record ReadMessage(ReadState State, string StartLine, string Body)
{
    /// <summary>Reads messages until all bytes are taken or one is malformed.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="bytes">What a peer sends.</param>
    /// <param name="cuts">Places where a piece ends; the rest comes as one.</param>
    /// <param name="closes">Whether the peer closes the connection behind it.</param>
    public static List<ReadMessage> All(HttpMessageReader reader, ReadOnlySpan<byte> bytes, IEnumerable<int> cuts, bool closes = false)
    {
        var found = new List<ReadMessage>();
        var from = 0;
        foreach (var cut in cuts.Append(bytes.Length))
        {
            var to = Math.Clamp(cut, from, bytes.Length);
            if (!Feed(reader, bytes[from..to], found))
                return found;

            from = to;
        }

        if (closes)
            Add(found, reader, reader.Close());
        return found;
    }

    static bool Feed(HttpMessageReader reader, ReadOnlySpan<byte> piece, List<ReadMessage> found)
    {
        while (!piece.IsEmpty)
        {
            var free = reader.FreeSpace();
            var count = Math.Min(free.Length, piece.Length);
            piece[..count].CopyTo(free);
            piece = piece[count..];
            var state = reader.Read(count);
            while (state is ReadState.Complete or ReadState.BodyTooLarge)
            {
                Add(found, reader, state);
                reader.Next();
                state = reader.Read(0);
            }

            if (state != ReadState.Malformed)
                continue;

            Add(found, reader, state);
            return false;
        }

        return true;
    }

    static void Add(List<ReadMessage> found, HttpMessageReader reader, ReadState state) => found.Add(new ReadMessage(
        state,
        state == ReadState.Malformed ? "" : Encoding.Latin1.GetString(reader.Head.StartLine),
        state == ReadState.Complete ? Encoding.Latin1.GetString(reader.Body) : ""));
}
