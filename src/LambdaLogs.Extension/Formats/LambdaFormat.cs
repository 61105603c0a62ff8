using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Writes the default payload: <c>{"logs":[…],"source":"aws-lambda-extension","timestamp":"…"}</c>, each record with its ten fields in a
/// fixed order and, behind them and where known, <c>request_id</c>, <c>trace_id</c>, <c>cold_start</c>, <c>snapshot</c> and
/// <c>attributes</c>.
/// </summary>
internal sealed class LambdaFormat(FunctionIdentity identity)
    : LogFormat(FormatTraits.Of(FormatKind.Lambda), "{\"logs\":["u8.ToArray(), (byte)',')
{
    /// <summary>How many bytes <see cref="Seal"/> writes.</summary>
    public const int TailSize = 47 + Rfc3339.Size + 2;

    /// <summary>All that is constant text around a record's fields, rounded up.</summary>
    const int FieldNamesMax = 160;

    /// <summary>Names and quotes of the identity's fields, rounded up.</summary>
    const int ConstantsMax = 256;

    /// <summary>Longest escape of one letter.</summary>
    const int LetterMax = 6;

    // From the message's closing quote to the log type's opening quote: the same for every record of the process.
    readonly byte[] _identity = Prepare(identity);

    static ReadOnlySpan<byte> MessageName => "\",\"message\":\""u8;

    static ReadOnlySpan<byte> AttributesName => ",\"attributes\":"u8;

    /// <inheritdoc/>
    public override int MaxSize(in LogRecord record) => FieldNamesMax + _identity.Length + record.Time.Length + record.Message.Length
        + record.LogType.Length + record.RequestId.Length + record.TraceId.Length + record.Attributes.Length;

    /// <inheritdoc/>
    public override int Write(in LogRecord record, Span<byte> destination)
    {
        var writer = new SpanWriter(destination);
        WriteUntilMessage(in record, ref writer);
        writer.Add(record.Message);
        WriteFromMessage(in record, record.Attributes, ref writer);
        return writer.Written;
    }

    /// <inheritdoc/>
    public override int WriteTruncated(in LogRecord record, Span<byte> destination, int bytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesMax, RecordBytesMin);
        var rest = MaxSize(in record) - record.Message.Length;
        var attributes = MessageCut.Attributes(record.Attributes, rest, bytesMax);
        rest += attributes.Length - record.Attributes.Length;

        var writer = new SpanWriter(destination);
        WriteUntilMessage(in record, ref writer);
        MessageCut.Write(record.Message, bytesMax - rest, ref writer);
        WriteFromMessage(in record, attributes, ref writer);
        return writer.Written;
    }

    /// <inheritdoc/>
    public override int Shorten(ReadOnlySpan<byte> encoded, Span<byte> destination, int bytesMax)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytesMax, RecordBytesMin);

        // No quote stands bare in a string, so the first place that looks like a field's name is one.
        var messageStart = encoded.IndexOf(MessageName) + MessageName.Length;
        var messageEnd = encoded.IndexOf(_identity);
        var tail = encoded[messageEnd..];
        var attributesStart = tail.IndexOf(AttributesName);
        var attributes = attributesStart < 0 ? default : tail[(attributesStart + AttributesName.Length)..^1];
        tail = attributesStart < 0 ? tail[..^1] : tail[..(attributesStart + AttributesName.Length)];
        var kept = MessageCut.Attributes(attributes, messageStart + tail.Length + attributes.Length + 1, bytesMax);

        var writer = new SpanWriter(destination);
        writer.Add(encoded[..messageStart]);
        MessageCut.Write(encoded[messageStart..messageEnd], bytesMax - messageStart - tail.Length - kept.Length - 1, ref writer);
        writer.Add(tail);
        writer.Add(kept);
        writer.Add("}"u8);
        return writer.Written;
    }

    /// <inheritdoc/>
    public override int Seal(DateTimeOffset now, Span<byte> body, int length)
    {
        Span<byte> time = stackalloc byte[Rfc3339.Size];
        Rfc3339.Write(now, time);
        var writer = new SpanWriter(body[length..]);
        writer.Add("],\"source\":\"aws-lambda-extension\",\"timestamp\":\""u8);
        writer.Add(time);
        writer.Add("\"}"u8);
        return writer.Written;
    }

    static void WriteUntilMessage(in LogRecord record, ref SpanWriter writer)
    {
        writer.Add("{\"timestamp\":\""u8);
        writer.Add(record.Time);
        writer.Add("\",\"level\":\""u8);
        writer.Add(record.Level.Name());
        writer.Add(MessageName);
    }

    void WriteFromMessage(in LogRecord record, ReadOnlySpan<byte> attributes, ref SpanWriter writer)
    {
        writer.Add(_identity);
        writer.Add(record.LogType);
        if (!record.RequestId.IsEmpty)
        {
            writer.Add("\",\"request_id\":\""u8);
            writer.Add(record.RequestId);
        }

        if (!record.TraceId.IsEmpty)
        {
            writer.Add("\",\"trace_id\":\""u8);
            writer.Add(record.TraceId);
        }

        writer.Add("\""u8);
        if (record.ColdStart is { } cold)
            writer.Add(cold ? ",\"cold_start\":true"u8 : ",\"cold_start\":false"u8);
        if (record.Snapshot)
            writer.Add(",\"snapshot\":true"u8);
        if (!attributes.IsEmpty)
        {
            writer.Add(AttributesName);
            writer.Add(attributes);
        }

        writer.Add("}"u8);
    }

    static byte[] Prepare(FunctionIdentity identity)
    {
        // Six bytes for a control character; any other takes three at most.
        var letters = identity.Name.Length + identity.Version.Length + identity.MemorySize.Length + identity.Region.Length
            + identity.Architecture.Length;
        var buffer = new byte[ConstantsMax + letters * LetterMax];
        var writer = new SpanWriter(buffer);
        writer.Add("\",\"source\":\"lambda_function\",\"function_name\":\""u8);
        AddText(identity.Name, ref writer);
        writer.Add("\",\"function_version\":\""u8);
        AddText(identity.Version, ref writer);
        writer.Add("\",\"function_memory_size\":\""u8);
        AddText(identity.MemorySize, ref writer);
        writer.Add("\",\"aws_region\":\""u8);
        AddText(identity.Region, ref writer);
        writer.Add("\",\"architecture\":\""u8);
        AddText(identity.Architecture, ref writer);
        writer.Add("\",\"log_type\":\""u8);
        return buffer[..writer.Written];
    }

    static void AddText(string text, ref SpanWriter writer) => writer.Skip(JsonText.Escape(Encoding.UTF8.GetBytes(text), writer.Rest));
}
