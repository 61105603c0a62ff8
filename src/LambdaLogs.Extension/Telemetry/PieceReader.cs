using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Telemetry;

/// <summary>
/// Handles text that is not a valid event: finds its end, joins the pieces of a split record, and passes on the rest as text. Guarded by
/// the lock of <see cref="TelemetryReader"/>.
/// </summary>
/// <param name="events">Receives joined events and invalid pieces.</param>
/// <param name="held">Holds pieces until the rest arrives.</param>
internal sealed class PieceReader(EventReader events, SplitRecordBuffer held)
{
    /// <summary>Reads up to the next event.</summary>
    /// <param name="text">The rest of the body, starting with text that is not a valid event.</param>
    /// <returns>The number of bytes read.</returns>
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
    /// Checks a valid event before it is processed. An event of the same stream ends the wait for the rest of a held record, and may even
    /// be that rest: cut before a value, it reads as an event with one bracket too many. Platform events may arrive between two pieces.
    /// </summary>
    /// <param name="text">The rest of the body, starting with the event.</param>
    /// <param name="envelope">Its parts.</param>
    /// <returns>The number of bytes that belonged to the held record; zero if the event is a separate one.</returns>
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

    /// <summary>Passes on the held piece as text. There must be one.</summary>
    public void Flush()
    {
        try
        {
            events.ReadPiece(UnreadableReason.Incomplete, held.Text, held.Envelope);
        }
        finally
        {
            // An exception in a later stage must not make it arrive twice.
            held.Clear();
        }
    }

    /// <summary>Appends a piece to the held record.</summary>
    /// <returns>False if it does not belong to it; nothing is held afterwards.</returns>
    bool TryJoin(ReadOnlySpan<byte> piece, in Envelope envelope)
    {
        if (!held.IsHolding || !envelope.HasRecord || !held.Type.SequenceEqual(piece[envelope.Type]))
            return false;

        var record = piece[envelope.PieceStart..];
        if (held.TryExtend(record))
        {
            if (TryComplete())
                return true;

            // A piece from the middle: its last bracket belongs to its envelope.
            held.RemoveLast(EndsWithBracket(record) ? 1 : 0);
            held.RecordScan();
            if (Envelope.Read(held.Text, out _) == ScanFault.Incomplete)
                return true;

            held.UndoExtend();
        }

        Flush();
        return false;
    }

    /// <summary>Processes the held record if it is complete.</summary>
    bool TryComplete()
    {
        var text = held.Text;
        held.RecordScan();
        if (Envelope.Read(text, out var whole) != ScanFault.None || whole.Length < text.Length)
            return false;

        try
        {
            events.Read(text, whole, isUtf8: false);
        }
        finally
        {
            held.Clear();
        }

        return true;
    }

    /// <summary>Holds a piece that ends within an object record.</summary>
    /// <returns>False if it does not.</returns>
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

    /// <summary>Removes the separator before the next event, or the end of the body.</summary>
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
