namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Writes a JSON value as a typed value of OpenTelemetry in Protocol Buffers: messages <c>AnyValue</c> and <c>KeyValue</c>. Pure.
/// </summary>
/// Source: <see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/common/v1/common.proto"/>
internal static class OtlpProtobufValue
{
    /// <summary>Largest overhead of a value and its key: three tags with lengths, and ten bytes for a number.</summary>
    const int Syntax = 32;

    const byte StringTag = 0x0A;
    const byte BoolTag = 0x10;
    const byte IntTag = 0x18;
    const byte DoubleTag = 0x21;
    const byte ArrayTag = 0x2A;
    const byte KeyValueListTag = 0x32;

    // Fields 1 and 2 of KeyValue and of the lists, with lengths.
    const byte KeyTag = 0x0A;
    const byte ValueTag = 0x12;
    const byte ValuesTag = 0x0A;

    /// <summary>Upper bound of what <see cref="WriteMembers"/> writes.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    public static int MembersMax(ReadOnlySpan<byte> attributes) =>
        attributes.IsEmpty ? 0 : attributes.Length + (JsonValue.CountMax(attributes) * Syntax);

    /// <summary>Writes the members of an object, each as a KeyValue.</summary>
    /// <param name="tag">The tag of each.</param>
    /// <param name="value">A JSON object, or empty.</param>
    /// <param name="depth">Nesting depth of the object.</param>
    /// <param name="writer">Receives the output.</param>
    public static void WriteMembers(byte tag, scoped ReadOnlySpan<byte> value, int depth, ref ProtobufWriter writer)
    {
        var inside = JsonValue.Inside(value);
        while (JsonValue.TryNext(ref inside, hasNames: true, out var name, out var member))
        {
            var start = writer.Begin(tag);
            writer.Text(KeyTag, name);
            WriteValue(ValueTag, member, depth + 1, ref writer);
            writer.End(start);
        }
    }

    /// <summary>Writes a KeyValue with a string.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="name">Its name.</param>
    /// <param name="text">The inside of a JSON string.</param>
    /// <param name="writer">Receives the output.</param>
    public static void WriteText(byte tag, scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> text, ref ProtobufWriter writer)
    {
        var start = writer.Begin(tag);
        writer.Bytes(KeyTag, name);
        var value = writer.Begin(ValueTag);
        writer.Text(StringTag, text);
        writer.End(value);
        writer.End(start);
    }

    /// <summary>Writes the context of an invocation, each member as a KeyValue with a name for Lambda.</summary>
    /// <param name="tag">The tag of each.</param>
    /// <param name="context">See <see cref="Records.LogRecord.Context"/>.</param>
    /// <param name="writer">Receives the output.</param>
    public static void WriteContext(byte tag, scoped ReadOnlySpan<byte> context, ref ProtobufWriter writer)
    {
        while (JsonValue.TryNext(ref context, hasNames: true, out var name, out var member))
        {
            var start = writer.Begin(tag);
            var key = writer.Begin(KeyTag);
            writer.Raw("aws.lambda."u8);
            writer.Raw(name);
            writer.End(key);
            WriteValue(ValueTag, member, depth: 1, ref writer);
            writer.End(start);
        }
    }

    /// <summary>Writes a KeyValue with a boolean.</summary>
    /// <param name="tag">Its tag.</param>
    /// <param name="name">Its name, at most 100 bytes.</param>
    /// <param name="flag">Its value.</param>
    /// <param name="writer">Receives the output.</param>
    public static void WriteFlag(byte tag, scoped ReadOnlySpan<byte> name, bool flag, ref ProtobufWriter writer)
    {
        writer.Byte(tag);
        writer.Number((ulong)name.Length + 6);
        writer.Bytes(KeyTag, name);
        writer.Bytes(ValueTag, [BoolTag, flag ? (byte)1 : (byte)0]);
    }

    static void WriteValue(byte tag, scoped ReadOnlySpan<byte> value, int depth, ref ProtobufWriter writer)
    {
        var start = writer.Begin(tag);
        switch (value[0])
        {
            case (byte)'"':
                writer.Text(StringTag, value[1..^1]);
                break;
            case (byte)'t' or (byte)'f':
                writer.Byte(BoolTag);
                writer.Byte(value[0] == 't' ? (byte)1 : (byte)0);
                break;
            case (byte)'n':
                // OpenTelemetry represents null by a value without a type.
                break;
            case (byte)'{' or (byte)'[' when depth > OtlpJsonValue.DepthMax:
                writer.Bytes(StringTag, value);
                break;
            case (byte)'{':
                var members = writer.Begin(KeyValueListTag);
                WriteMembers(ValuesTag, value, depth, ref writer);
                writer.End(members);
                break;
            case (byte)'[':
                var elements = writer.Begin(ArrayTag);
                WriteElements(value, depth, ref writer);
                writer.End(elements);
                break;
            default:
                WriteNumber(value, ref writer);
                break;
        }

        writer.End(start);
    }

    static void WriteElements(scoped ReadOnlySpan<byte> value, int depth, ref ProtobufWriter writer)
    {
        var inside = JsonValue.Inside(value);
        while (JsonValue.TryNext(ref inside, hasNames: false, out _, out var element))
            WriteValue(ValuesTag, element, depth + 1, ref writer);
    }

    static void WriteNumber(scoped ReadOnlySpan<byte> number, ref ProtobufWriter writer)
    {
        switch (JsonValue.ReadNumber(number, out var whole, out var real))
        {
            case NumberKind.Whole:
                writer.Byte(IntTag);
                writer.Number((ulong)whole);
                break;
            case NumberKind.Real:
                writer.Fixed64(DoubleTag, BitConverter.DoubleToUInt64Bits(real));
                break;
            default:
                writer.Bytes(StringTag, number);
                break;
        }
    }
}
