using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Deals with what is no valid event: finds where it ends, joins the pieces of a split record again, passes the rest on as text. The
/// reader's thread.
/// </summary>
/// <param name="events">Takes what was joined, and what could not be.</param>
/// <param name="held">Holds pieces until their rest comes.</param>
internal sealed class PieceReader(EventReader events, SplitRecordBuffer held)
{
    /// <summary>Reads up to the next event.</summary>
    /// <param name="text">Begins with something that is no valid event; goes to the body's end.</param>
    /// <returns>How many bytes are read.</returns>
    public int Read(ReadOnlySpan<byte> text)
    {
        var next = Envelope.FindNext(text, 1);
        var piece = TrimSeparator(text[..next]);
        var fault = Envelope.Read(piece, out var envelope);
        if (!TryJoin(piece, envelope) && !TryHold(piece, envelope))
            events.ReadPiece(ReasonOf(fault), WithoutBracket(piece), envelope);
        return next;
    }

    /// <summary>
    /// Looks at a valid event before it is read. One of the same stream ends the wait for the rest of what is held, and may even be it:
    /// cut in front of a value, the rest reads as an event of its own, with a bracket too many behind it. Platform events may come
    /// between two pieces.
    /// </summary>
    /// <param name="text">Begins with the event; goes to the body's end.</param>
    /// <param name="envelope">Its parts.</param>
    /// <returns>How many bytes were the rest of what was held; zero where the event is one.</returns>
    public int BeforeEvent(ReadOnlySpan<byte> text, in Envelope envelope)
    {
        if (!held.IsHolding || !held.Type.SequenceEqual(text[envelope.Type]))
            return 0;

        var next = Envelope.FindNext(text, 1);
        var piece = TrimSeparator(text[..next]);
        var isRest = envelope.HasRecord && envelope.PieceStart < piece.Length && held.TryExtend(piece[envelope.PieceStart..]);
        if (isRest && TryComplete())
            return next;

        if (isRest)
            held.UndoExtend();
        Flush();
        return 0;
    }

    /// <summary>Passes on what is held, as text. Something must be held.</summary>
    public void Flush()
    {
        var text = held.Text;
        var envelope = held.Envelope;
        held.Clear();
        events.ReadPiece(UnreadableReason.Incomplete, text, envelope);
    }

    /// <summary>Adds a further piece to what is held.</summary>
    /// <returns>False where it does not belong to it; nothing is held then.</returns>
    bool TryJoin(ReadOnlySpan<byte> piece, in Envelope envelope)
    {
        if (!held.IsHolding || !envelope.HasRecord || !held.Type.SequenceEqual(piece[envelope.Type]))
            return false;

        var record = piece[envelope.PieceStart..];
        if (held.TryExtend(record))
        {
            if (TryComplete())
                return true;

            // A piece from the middle: the bracket behind it is its envelope's.
            held.Cut(EndsWithBracket(record) ? 1 : 0);
            held.NoteScan();
            if (Envelope.Read(held.Text, out _) == ScanFault.Incomplete)
                return true;

            held.UndoExtend();
        }

        Flush();
        return false;
    }

    /// <summary>Hands on what is held, if it is a whole event by now.</summary>
    bool TryComplete()
    {
        var text = held.Text;
        held.NoteScan();
        if (Envelope.Read(text, out var whole) != ScanFault.None || whole.Length < text.Length)
            return false;

        held.Clear();
        events.Read(text, whole, isUtf8: false);
        return true;
    }

    /// <summary>Holds a piece that ends within an object record.</summary>
    /// <returns>False where it is none.</returns>
    bool TryHold(ReadOnlySpan<byte> piece, in Envelope envelope)
    {
        if (!envelope.HasRecord || !EventTypes.IsLine(piece[envelope.Type]) || piece.Length > SplitRecordBuffer.BytesMax)
            return false;

        var head = WithoutBracket(piece);
        var record = head[envelope.Record.Start..];
        if (record.IsEmpty || record[0] != '{' || Envelope.Read(head, out var parts) != ScanFault.Incomplete)
            return false;

        if (held.IsHolding)
            Flush();
        held.Hold(head, parts);
        return true;
    }

    static UnreadableReason ReasonOf(ScanFault fault) => fault switch
    {
        ScanFault.Incomplete => UnreadableReason.Incomplete,
        ScanFault.TooDeep => UnreadableReason.TooDeep,
        _ => UnreadableReason.Syntax,
    };

    /// <summary>Without what parts the piece from the next event, or ends the body.</summary>
    static ReadOnlySpan<byte> TrimSeparator(ReadOnlySpan<byte> piece)
    {
        var trimmed = piece.TrimEnd(" \n\r\t"u8);
        if (trimmed.IsEmpty || trimmed[^1] is not ((byte)',' or (byte)']'))
            return trimmed;

        var inner = trimmed[..^1].TrimEnd(" \n\r\t"u8);
        return EndsWithBracket(inner) ? inner : trimmed;
    }

    static ReadOnlySpan<byte> WithoutBracket(ReadOnlySpan<byte> piece) => EndsWithBracket(piece) ? piece[..^1] : piece;

    static bool EndsWithBracket(ReadOnlySpan<byte> text) => !text.IsEmpty && text[^1] == '}';
}
