namespace LambdaLogs.Extension.Formats;

/// <summary>
/// The base of formats whose records are JSON objects that contain the message as a string, followed by the attributes. Truncates records
/// that were written; derived classes do the rest.
/// </summary>
/// <inheritdoc cref="LogFormat(FormatTraits, byte[], byte, int)"/>
internal abstract class JsonFormat(FormatTraits traits, byte[] head, byte separator, int constantBytes)
    : LogFormat(traits, head, separator, constantBytes)
{
    /// <summary>
    /// The text before the message, including its opening quote. A string cannot contain an unescaped quote, so the first occurrence is
    /// the right one, provided that no raw JSON precedes it.
    /// </summary>
    protected abstract ReadOnlySpan<byte> MessageName { get; }

    /// <summary>The replacement of attributes for which there is no room.</summary>
    protected virtual ReadOnlySpan<byte> TruncatedMark => MessageTruncation.AttributesMark;

    /// <summary>Locates the attributes in the text after the message.</summary>
    /// <param name="rest">From the message's closing quote to the end of the record.</param>
    /// <returns>An empty range if there are none, at the position where they would be.</returns>
    protected abstract Range AttributesIn(ReadOnlySpan<byte> rest);

    /// <inheritdoc/>
    public override int Shorten(ReadOnlySpan<byte> encoded, Span<byte> destination, int bytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesMax, RecordBytesMin);
        var messageStart = RequireFound(encoded.IndexOf(MessageName)) + MessageName.Length;
        var message = encoded[messageStart..];
        message = message[..JsonValue.StringLength(message)];
        var rest = encoded[(messageStart + message.Length)..];
        var (from, length) = AttributesIn(rest).GetOffsetAndLength(rest.Length);
        var isTooMuch = encoded.Length - message.Length + MessageTruncation.MarkMax > bytesMax && length > TruncatedMark.Length;
        var attributes = isTooMuch ? TruncatedMark : rest.Slice(from, length);
        var constant = encoded.Length - message.Length - length;

        var writer = new SpanWriter(destination);
        writer.Add(encoded[..messageStart]);
        MessageTruncation.Write(message, bytesMax - constant - attributes.Length, ref writer);
        writer.Add(rest[..from]);
        writer.Add(attributes);
        writer.Add(rest[(from + length)..]);
        return writer.Written;
    }

    /// <summary>Returns the range from the first occurrence of a name to the record's last brackets.</summary>
    protected static Range After(ReadOnlySpan<byte> name, ReadOnlySpan<byte> rest, int brackets)
    {
        var at = rest.IndexOf(name);
        return at < 0 ? rest.Length..rest.Length : (at + name.Length)..(rest.Length - brackets);
    }
}
