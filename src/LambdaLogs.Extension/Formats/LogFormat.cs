using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Writes records as one kind of destination reads them: a head, records with one separating byte between them, a tail. Immutable after
/// construction but for scratch memory of its own: all that writes is to be called by one thread at a time.
/// </summary>
/// <param name="traits">What holds for the format, whatever its options.</param>
/// <param name="head">What the body begins with.</param>
/// <param name="separator">What stands between two records.</param>
/// <param name="constantBytes">Bytes of each record that come from the options.</param>
internal abstract class LogFormat(FormatTraits traits, byte[] head, byte separator, int constantBytes = 0)
{
    /// <summary>What a record without texts may take at most, the identity of the function included.</summary>
    const int BareRecord = 1024;

    readonly Scratch _cut = new();
    AttributeCleaner? _attributes;

    /// <summary>Longest response that is read where it only counts or gives one reason.</summary>
    protected const int ShortResponse = 64 * 1024;

    /// <summary>Room behind the records that <see cref="Seal"/> may take.</summary>
    public const int TailBytesMax = 128;

    /// <summary>What holds for the format, whatever its options: limits, media type, defaults.</summary>
    public FormatTraits Traits => traits;

    /// <summary>What the body begins with.</summary>
    public ReadOnlySpan<byte> Head => head;

    /// <summary>What stands between two records.</summary>
    public byte Separator => separator;

    /// <summary>Smallest limit that <see cref="WriteTruncated"/> and <see cref="Shorten"/> can keep.</summary>
    public int RecordBytesMin => BareRecord + constantBytes;

    /// <summary>A header that every request needs besides the media type. Null: none.</summary>
    public virtual KeyValuePair<string, string>? Header => null;

    /// <summary>How long a response is read for what it says of single records. 0, as for most: it says nothing of them.</summary>
    /// <param name="status">The response's status.</param>
    /// <param name="isJson">Whether it calls itself JSON.</param>
    public virtual int ResponseBytesMax(int status, bool isJson) => 0;

    /// <summary>What a response says of single records. Never throws for what is in it.</summary>
    /// <param name="status">A status for which <see cref="ResponseBytesMax"/> is not 0.</param>
    /// <param name="body">The whole body.</param>
    /// <returns>Null: the status holds for all of them.</returns>
    public virtual PartialResponse? ReadResponse(int status, ReadOnlySpan<byte> body) => null;

    /// <summary>
    /// What a failed response says, in words, where its body is no text. Null, as for most: the body itself. Never throws for what is in
    /// it.
    /// </summary>
    /// <param name="body">The body, or its beginning.</param>
    public virtual string? ReadRefusal(ReadOnlySpan<byte> body) => null;

    /// <summary>What a line's attributes have to be like.</summary>
    protected virtual AttributeRules AttributeRules { get; } = new();

    /// <summary>Whether a record may be written as it is: as nearly all plain lines.</summary>
    public bool IsPlain(in LogRecord record) => record.Attributes.IsEmpty && record.Message.Length <= traits.LineBytesMax;

    /// <summary>
    /// A record as its destination takes it: with other names, numbers or texts in its attributes where they would make it refuse the
    /// record or lose a part of it. To be asked for each record that is not <see cref="IsPlain"/>, before all else.
    /// </summary>
    /// <returns>Valid until the next call.</returns>
    public virtual LogRecord Prepare(scoped in LogRecord record) => record.Attributes.IsEmpty
        ? record
        : record with { Attributes = (_attributes ??= new AttributeCleaner(AttributeRules)).Clean(record.Attributes) };

    /// <summary>Room that <see cref="Write"/> asks for: never less than the record takes, and mostly little more.</summary>
    public abstract int MaxSize(in LogRecord record);

    /// <summary>Writes one record, without a separator.</summary>
    /// <param name="record">The record.</param>
    /// <param name="destination">At least <see cref="MaxSize"/> bytes.</param>
    /// <returns>How many bytes were written.</returns>
    public abstract int Write(in LogRecord record, Span<byte> destination);

    /// <summary>
    /// Writes a record that would be too large: the message is cut on a character's border and ends with <c>…[truncated, N bytes]</c>,
    /// where N is how many bytes of the escaped message are missing. Attributes that leave no room for that are replaced by
    /// <c>{"truncated":true}</c>, or what says that in the format. A record that fits is written whole.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="destination">At least <paramref name="bytesMax"/> bytes.</param>
    /// <param name="bytesMax">Most bytes to write; at least <see cref="RecordBytesMin"/>.</param>
    /// <returns>How many bytes were written: at most <paramref name="bytesMax"/>.</returns>
    /// <exception cref="InvalidDataException">Its names alone are too long, which no reader lets through.</exception>
    public int WriteTruncated(in LogRecord record, Span<byte> destination, int bytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesMax, RecordBytesMin);
        if (MaxSize(in record) <= bytesMax)
            return Write(in record, destination);

        var cut = _cut.Take(bytesMax);
        var bare = record with { Message = default };
        bare = bare with { Attributes = MessageCut.Attributes(record.Attributes, MaxSize(in bare), bytesMax) };
        var room = bytesMax - MaxSize(in bare);
        while (true)
        {
            var writer = new SpanWriter(cut);
            MessageCut.Write(record.Message, room, ref writer);
            var shorter = bare with { Message = cut[..writer.Written] };
            var excess = MaxSize(in shorter) - bytesMax;
            if (excess <= 0)
                return Write(in shorter, destination);

            if (room < MessageCut.MarkMax)
                throw new InvalidDataException("The record leaves no room for a message.");

            // Where the format writes some letters longer than they came: each byte less saves one at least.
            room -= excess;
        }
    }

    /// <summary>Cuts a record that was written before, as <see cref="WriteTruncated"/> does; N counts from the whole message.</summary>
    /// <param name="encoded">A record as <see cref="Write"/> or <see cref="WriteTruncated"/> wrote it.</param>
    /// <param name="destination">At least <paramref name="bytesMax"/> bytes.</param>
    /// <param name="bytesMax">Most bytes to write; at least <see cref="RecordBytesMin"/>.</param>
    /// <returns>How many bytes were written: at most <paramref name="bytesMax"/>.</returns>
    /// <exception cref="InvalidDataException">It is no such record.</exception>
    public abstract int Shorten(ReadOnlySpan<byte> encoded, Span<byte> destination, int bytesMax);

    /// <summary>A place that a search has found.</summary>
    /// <param name="place">Negative: not found.</param>
    /// <exception cref="InvalidDataException">It was not found: the record is none of this format.</exception>
    protected static int Found(int place) => place >= 0 ? place : throw new InvalidDataException("Not a record of this format.");

    /// <summary>Ends the body. What was written may be completed, as where the head tells lengths; it stays as long as it is.</summary>
    /// <param name="now">When the body is closed.</param>
    /// <param name="body">All that was written, from the head on, and at least <see cref="TailBytesMax"/> bytes behind it.</param>
    /// <param name="length">How many bytes were written.</param>
    /// <returns>How many bytes were added behind <paramref name="length"/>.</returns>
    public abstract int Seal(DateTimeOffset now, Span<byte> body, int length);
}
