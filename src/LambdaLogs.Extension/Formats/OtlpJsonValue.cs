using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// A JSON value as OpenTelemetry's typed values in JSON: objects are lists of keys and values, whole numbers are texts. Pure.
/// </summary>
internal static class OtlpJsonValue
{
    /// <summary>
    /// Nested objects and arrays that become lists; what is deeper is the text of its JSON. Each is four levels of JSON, ten stand above
    /// them, and there are readers of 64 levels.
    /// </summary>
    public const int DepthMax = 12;

    /// <summary>
    /// What one value and its key take besides their texts, at most: <c>{"key":"","value":{"kvlistValue":{"values":[]}}},</c>
    /// </summary>
    const int Syntax = 56;

    /// <summary>How much <see cref="WriteMembers"/> writes at most.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    public static int MembersMax(ReadOnlySpan<byte> attributes) => attributes.IsEmpty
        ? 0
        : attributes.Length + (JsonValue.CountMax(attributes) * Syntax) + DeepTextMax(attributes);

    /// <summary>What the escapes of texts for what is too deep take at most.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    public static int DeepTextMax(ReadOnlySpan<byte> attributes) =>
        attributes.Count((byte)'{') + attributes.Count((byte)'[') <= DepthMax ? 0 : JsonText.EscapedMax(attributes) - attributes.Length;

    /// <summary>Writes the members of an object as keys and values.</summary>
    /// <param name="value">A JSON object, or empty.</param>
    /// <param name="isFirst">Whether nothing stands before them, so that the first has no comma.</param>
    /// <param name="depth">How deep the object lies.</param>
    /// <param name="writer">Where to write.</param>
    public static void WriteMembers(scoped ReadOnlySpan<byte> value, bool isFirst, int depth, ref SpanWriter writer)
    {
        var inside = JsonValue.Inside(value);
        while (JsonValue.TryNext(ref inside, hasNames: true, out var name, out var member))
        {
            writer.Add(isFirst ? "{\"key\":\""u8 : ",{\"key\":\""u8);
            writer.Add(name);
            writer.Add("\",\"value\":"u8);
            WriteValue(member, depth + 1, ref writer);
            writer.Add("}"u8);
            isFirst = false;
        }
    }

    /// <summary>Writes a value.</summary>
    /// <param name="value">A JSON value.</param>
    /// <param name="depth">How deep it lies.</param>
    /// <param name="writer">Where to write.</param>
    public static void WriteValue(scoped ReadOnlySpan<byte> value, int depth, ref SpanWriter writer)
    {
        switch (value[0])
        {
            case (byte)'"':
                writer.Add("{\"stringValue\":"u8);
                writer.Add(value);
                break;
            case (byte)'t' or (byte)'f':
                writer.Add("{\"boolValue\":"u8);
                writer.Add(value);
                break;
            case (byte)'n':
                // A value without a type is OpenTelemetry's null.
                writer.Add("{"u8);
                break;
            case (byte)'{' or (byte)'[' when depth > DepthMax:
                writer.Add("{\"stringValue\":\""u8);
                writer.Skip(JsonText.Escape(value, writer.Rest));
                writer.Add("\""u8);
                break;
            case (byte)'{':
                writer.Add("{\"kvlistValue\":{\"values\":["u8);
                WriteMembers(value, isFirst: true, depth, ref writer);
                writer.Add("]}"u8);
                break;
            case (byte)'[':
                writer.Add("{\"arrayValue\":{\"values\":["u8);
                WriteElements(value, depth, ref writer);
                writer.Add("]}"u8);
                break;
            default:
                WriteNumber(value, ref writer);
                break;
        }

        writer.Add("}"u8);
    }

    static void WriteElements(scoped ReadOnlySpan<byte> value, int depth, ref SpanWriter writer)
    {
        var isFirst = true;
        var inside = JsonValue.Inside(value);
        while (JsonValue.TryNext(ref inside, hasNames: false, out _, out var element))
        {
            if (!isFirst)
                writer.Add(","u8);
            WriteValue(element, depth + 1, ref writer);
            isFirst = false;
        }
    }

    static void WriteNumber(scoped ReadOnlySpan<byte> number, ref SpanWriter writer)
    {
        var kind = JsonValue.ReadNumber(number, out _, out _);
        writer.Add(kind switch
        {
            NumberKind.Whole => "{\"intValue\":\""u8,
            NumberKind.Real => "{\"doubleValue\":"u8,
            _ => "{\"stringValue\":\""u8,
        });
        writer.Add(number);
        if (kind != NumberKind.Real)
            writer.Add("\""u8);
        else if (!number.ContainsAny((byte)'.', (byte)'e', (byte)'E'))
            writer.Add("e0"u8);   // There are readers that take it for a whole number of 64 bits otherwise.
    }
}
