using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Writes records as a destination expects them: a head, records with a separating byte between them, and a tail. Immutable except for
/// scratch memory: writing methods must be called by one thread at a time.
/// </summary>
/// <param name="traits">Properties that do not depend on the options.</param>
/// <param name="head">The start of the body.</param>
/// <param name="separator">The byte between two records.</param>
/// <param name="constantBytes">Bytes of each record that come from the options.</param>
internal abstract class LogFormat(FormatTraits traits, byte[] head, byte separator, int constantBytes = 0)
{
    /// <summary>Upper bound of a record without its texts, including the identity of the function.</summary>
    const int BareRecord = 1024;

    readonly Scratch _cut = new();
    AttributeCleaner? _attributes;

    /// <summary>Longest response that is read if it only contains a count or one reason.</summary>
    protected const int ShortResponse = 64 * 1024;

    /// <summary>Bytes after the records that <see cref="Seal"/> may write.</summary>
    public const int TailBytesMax = 128;

    /// <summary>Properties that do not depend on the options: limits, media type, defaults.</summary>
    public FormatTraits Traits => traits;

    /// <summary>The start of the body.</summary>
    public ReadOnlySpan<byte> Head => head;

    /// <summary>The byte between two records.</summary>
    public byte Separator => separator;

    /// <summary>Smallest limit that <see cref="WriteTruncated"/> and <see cref="Shorten"/> can keep.</summary>
    public int RecordBytesMin => BareRecord + constantBytes;

    /// <summary>An additional header of every request. Null: none.</summary>
    public virtual KeyValuePair<string, string>? Header => null;

    /// <summary>How many bytes of a response are read to learn about single records. 0, the default: it does not describe them.</summary>
    /// <param name="status">The status of the response.</param>
    /// <param name="isJson">Whether its content type is JSON.</param>
    public virtual int ResponseBytesMax(int status, bool isJson) => 0;

    /// <summary>Parses what a response says about single records. Never throws because of its content.</summary>
    /// <param name="status">A status for which <see cref="ResponseBytesMax"/> is not 0.</param>
    /// <param name="body">The whole body.</param>
    /// <returns>Null: the status applies to all records.</returns>
    public virtual PartialResponse? ReadResponse(int status, ReadOnlySpan<byte> body) => null;

    /// <summary>
    /// The error message of a failed response whose body is not text. Null, the default: the body itself is the message. Never throws
    /// because of its content.
    /// </summary>
    /// <param name="body">The body, or its beginning.</param>
    public virtual string? ReadRefusal(ReadOnlySpan<byte> body) => null;

    /// <summary>The requirements on a line's attributes.</summary>
    protected virtual AttributeRules AttributeRules { get; } = new();

    /// <summary>Whether a record can be written unchanged, as nearly all text lines can.</summary>
    public bool IsPlain(in LogRecord record) => record.Attributes.IsEmpty && record.Message.Length <= traits.LineBytesMax;

    /// <summary>
    /// Returns a record that the destination accepts: names, numbers and texts of its attributes are changed if the destination would
    /// reject or lose them. Call it first for each record that is not <see cref="IsPlain"/>.
    /// </summary>
    /// <returns>Valid until the next call.</returns>
    public virtual LogRecord Prepare(scoped in LogRecord record) => record.Attributes.IsEmpty
        ? record
        : record with { Attributes = (_attributes ??= new AttributeCleaner(AttributeRules)).Clean(record.Attributes) };

    /// <summary>Returns an upper bound of the encoded size, usually a close one.</summary>
    public abstract int MaxSize(in LogRecord record);

    /// <summary>Writes one record, without a separator.</summary>
    /// <param name="record">The record.</param>
    /// <param name="destination">At least <see cref="MaxSize"/> bytes.</param>
    /// <returns>The number of bytes written.</returns>
    public abstract int Write(in LogRecord record, Span<byte> destination);

    /// <summary>
    /// Writes a record that would be too large: the message is truncated at a character boundary and ends with <c>…[truncated, N
    /// bytes]</c>, where N is the number of missing bytes of the escaped message. Attributes for which there is no room are replaced by
    /// <c>{"truncated":true}</c> or the format's equivalent. A record that fits is written unchanged.
    /// </summary>
    /// <param name="record">The record.</param>
    /// <param name="destination">At least <paramref name="bytesMax"/> bytes.</param>
    /// <param name="bytesMax">Most bytes to write; at least <see cref="RecordBytesMin"/>.</param>
    /// <returns>The number of bytes written: at most <paramref name="bytesMax"/>.</returns>
    /// <exception cref="InvalidDataException">Its names alone are too long, which the reader prevents.</exception>
    public int WriteTruncated(in LogRecord record, Span<byte> destination, int bytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesMax, RecordBytesMin);
        if (MaxSize(in record) <= bytesMax)
            return Write(in record, destination);

        var cut = _cut.Take(bytesMax);
        var bare = record with { Message = default };
        bare = bare with { Attributes = MessageTruncation.Attributes(record.Attributes, MaxSize(in bare), bytesMax) };
        var room = bytesMax - MaxSize(in bare);
        while (true)
        {
            var writer = new SpanWriter(cut);
            MessageTruncation.Write(record.Message, room, ref writer);
            var shorter = bare with { Message = cut[..writer.Written] };
            var excess = MaxSize(in shorter) - bytesMax;
            if (excess <= 0)
                return Write(in shorter, destination);

            if (room < MessageTruncation.MarkMax)
                throw new InvalidDataException("The record leaves no room for a message.");

            // Some formats write characters longer than they are in the record: each byte less saves at least one.
            room -= excess;
        }
    }

    /// <summary>Truncates an encoded record as <see cref="WriteTruncated"/> does; N is relative to the original message.</summary>
    /// <param name="encoded">A record as <see cref="Write"/> or <see cref="WriteTruncated"/> wrote it.</param>
    /// <param name="destination">At least <paramref name="bytesMax"/> bytes.</param>
    /// <param name="bytesMax">Most bytes to write; at least <see cref="RecordBytesMin"/>.</param>
    /// <returns>The number of bytes written: at most <paramref name="bytesMax"/>.</returns>
    /// <exception cref="InvalidDataException">It is not a record of this format.</exception>
    public abstract int Shorten(ReadOnlySpan<byte> encoded, Span<byte> destination, int bytesMax);

    /// <summary>Checks the result of a search.</summary>
    /// <param name="place">Negative: not found.</param>
    /// <exception cref="InvalidDataException">Nothing was found: the bytes are not a record of this format.</exception>
    protected static int RequireFound(int place) => place >= 0 ? place : throw new InvalidDataException("Not a record of this format.");

    /// <summary>Completes the body. Earlier bytes may be filled in, for example lengths in the head, but do not move.</summary>
    /// <param name="now">The time of sealing.</param>
    /// <param name="body">The written bytes, starting with the head, and at least <see cref="TailBytesMax"/> bytes after them.</param>
    /// <param name="length">The number of bytes written so far.</param>
    /// <returns>The number of bytes appended.</returns>
    public abstract int Seal(DateTimeOffset now, Span<byte> body, int length);
}
