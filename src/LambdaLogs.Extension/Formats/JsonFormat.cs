namespace LambdaLogs.Extension.Formats;

/// <summary>
/// A format whose records are JSON objects in which the message is a string and what else a line had, its attributes, comes behind it.
/// Knows how such a record is cut once it is written; the rest is the format's.
/// </summary>
/// <inheritdoc cref="LogFormat(FormatTraits, byte[], byte, int)"/>
internal abstract class JsonFormat(FormatTraits traits, byte[] head, byte separator, int constantBytes)
    : LogFormat(traits, head, separator, constantBytes)
{
    /// <summary>
    /// What stands before the message, its opening quote included. No quote stands bare in a string, so the first place that looks like
    /// this name is it: nothing that is raw JSON may come before it.
    /// </summary>
    protected abstract ReadOnlySpan<byte> MessageName { get; }

    /// <summary>What the attributes become where there is no room for them.</summary>
    protected virtual ReadOnlySpan<byte> TruncatedMark => MessageCut.AttributesMark;

    /// <summary>Finds the attributes in what follows the message.</summary>
    /// <param name="rest">From the message's closing quote to the record's end.</param>
    /// <returns>An empty range at the place where they would be, or where it does not matter, where there are none.</returns>
    protected abstract Range AttributesIn(ReadOnlySpan<byte> rest);

    /// <inheritdoc/>
    public override int Shorten(ReadOnlySpan<byte> encoded, Span<byte> destination, int bytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesMax, RecordBytesMin);
        var messageStart = Found(encoded.IndexOf(MessageName)) + MessageName.Length;
        var message = encoded[messageStart..];
        message = message[..JsonValue.StringLength(message)];
        var rest = encoded[(messageStart + message.Length)..];
        var (from, length) = AttributesIn(rest).GetOffsetAndLength(rest.Length);
        var isTooMuch = encoded.Length - message.Length + MessageCut.MarkMax > bytesMax && length > TruncatedMark.Length;
        var attributes = isTooMuch ? TruncatedMark : rest.Slice(from, length);
        var constant = encoded.Length - message.Length - length;

        var writer = new SpanWriter(destination);
        writer.Add(encoded[..messageStart]);
        MessageCut.Write(message, bytesMax - constant - attributes.Length, ref writer);
        writer.Add(rest[..from]);
        writer.Add(attributes);
        writer.Add(rest[(from + length)..]);
        return writer.Written;
    }

    /// <summary>The range between the first place of a name and the record's last brackets.</summary>
    protected static Range After(ReadOnlySpan<byte> name, ReadOnlySpan<byte> rest, int brackets)
    {
        var at = rest.IndexOf(name);
        return at < 0 ? rest.Length..rest.Length : (at + name.Length)..(rest.Length - brackets);
    }
}
