using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Formats;

/// <summary>
/// Writes a JSON value as a typed value of OpenTelemetry in JSON: objects are lists of keys and values, integers are strings. Pure.
/// </summary>
internal static class OtlpJsonValue
{
    /// <summary>
    /// Nesting depth up to which objects and arrays are converted; deeper ones become a string of JSON. Each level takes four levels of
    /// JSON, ten are above them, and some readers accept only 64 levels.
    /// </summary>
    public const int DepthMax = 12;

    /// <summary>Largest overhead of a value and its key: <c>{"key":"","value":{"kvlistValue":{"values":[]}}},</c></summary>
    const int Syntax = 56;

    /// <summary>Upper bound of what <see cref="WriteMembers"/> writes.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    public static int MembersMax(ReadOnlySpan<byte> attributes) => attributes.IsEmpty
        ? 0
        : attributes.Length + (JsonValue.CountMax(attributes) * Syntax) + DeepTextMax(attributes);

    /// <summary>Upper bound of the escapes in strings of JSON for values that are too deep.</summary>
    /// <param name="attributes">A JSON object, or empty.</param>
    public static int DeepTextMax(ReadOnlySpan<byte> attributes) =>
        attributes.Count((byte)'{') + attributes.Count((byte)'[') <= DepthMax ? 0 : JsonText.EscapedMax(attributes) - attributes.Length;

    /// <summary>Writes the members of an object as keys and values.</summary>
    /// <param name="value">A JSON object, or empty.</param>
    /// <param name="isFirst">Whether nothing precedes them, so that the first has no comma.</param>
    /// <param name="depth">Nesting depth of the object.</param>
    /// <param name="writer">Receives the output.</param>
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
    /// <param name="depth">Its nesting depth.</param>
    /// <param name="writer">Receives the output.</param>
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
                // OpenTelemetry represents null by a value without a type.
                writer.Add("{"u8);
                break;
            case (byte)'{' or (byte)'[' when depth > DepthMax:
                writer.Add("{\"stringValue\":\""u8);
                writer.Advance(JsonText.Escape(value, writer.Remaining));
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
            writer.Add("e0"u8);   // Some readers would otherwise parse it as a 64-bit integer.
    }
}
