using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace LambdaLogs.Emulator.Destination;

/// <summary>Converts OTLP logs from protobuf to the equivalent OTLP JSON.</summary>
/// <remarks>
/// Source: <see href="https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/logs/v1/logs.proto"/> and
/// <see href="https://protobuf.dev/programming-guides/encoding/"/>. Unknown fields are skipped.
/// </remarks>
internal static class OtlpLogs
{
    static readonly Message AnyValue = new("AnyValue");

    static readonly Message KeyValue = new("KeyValue")
    {
        Fields = { [1] = new("key", Kind.Text), [2] = new("value", Kind.Message, AnyValue) },
    };

    static readonly Message LogRecord = new("LogRecord")
    {
        Fields =
        {
            [1] = new("timeUnixNano", Kind.Fixed64), [11] = new("observedTimeUnixNano", Kind.Fixed64),
            [2] = new("severityNumber", Kind.Number), [3] = new("severityText", Kind.Text),
            [5] = new("body", Kind.Message, AnyValue), [6] = new("attributes", Kind.Message, KeyValue, IsList: true),
            [7] = new("droppedAttributesCount", Kind.Number), [8] = new("flags", Kind.Fixed32),
            [9] = new("traceId", Kind.Hex), [10] = new("spanId", Kind.Hex), [12] = new("eventName", Kind.Text),
        },
    };

    static readonly Message Request = MakeRequest();

    /// <summary>The JSON of an <c>ExportLogsServiceRequest</c>. Throws InvalidDataException for invalid data.</summary>
    public static JsonObject Read(ReadOnlyMemory<byte> body) => Read(body.Span, Request, depth: 0);

    static Message MakeRequest()
    {
        var array = new Message("ArrayValue") { Fields = { [1] = new("values", Kind.Message, AnyValue, IsList: true) } };
        var list = new Message("KeyValueList") { Fields = { [1] = new("values", Kind.Message, KeyValue, IsList: true) } };
        AnyValue.Fields[1] = new("stringValue", Kind.Text);
        AnyValue.Fields[2] = new("boolValue", Kind.Truth);
        AnyValue.Fields[3] = new("intValue", Kind.Long);
        AnyValue.Fields[4] = new("doubleValue", Kind.Double);
        AnyValue.Fields[5] = new("arrayValue", Kind.Message, array);
        AnyValue.Fields[6] = new("kvlistValue", Kind.Message, list);
        AnyValue.Fields[7] = new("bytesValue", Kind.Base64);
        var attributes = new Field("attributes", Kind.Message, KeyValue, IsList: true);
        var scope = new Message("InstrumentationScope")
        {
            Fields = { [1] = new("name", Kind.Text), [2] = new("version", Kind.Text), [3] = attributes },
        };
        var scopeLogs = new Message("ScopeLogs")
        {
            Fields =
            {
                [1] = new("scope", Kind.Message, scope), [2] = new("logRecords", Kind.Message, LogRecord, IsList: true),
                [3] = new("schemaUrl", Kind.Text),
            },
        };
        var resourceLogs = new Message("ResourceLogs")
        {
            Fields =
            {
                [1] = new("resource", Kind.Message, new("Resource") { Fields = { [1] = attributes } }),
                [2] = new("scopeLogs", Kind.Message, scopeLogs, IsList: true), [3] = new("schemaUrl", Kind.Text),
            },
        };
        return new("ExportLogsServiceRequest") { Fields = { [1] = new("resourceLogs", Kind.Message, resourceLogs, IsList: true) } };
    }

    static JsonObject Read(ReadOnlySpan<byte> rest, Message message, int depth)
    {
        if (depth > 64)
            throw new InvalidDataException("the protobuf is nested too deeply");

        var json = new JsonObject();
        while (!rest.IsEmpty)
        {
            var tag = Varint(ref rest);
            var (number, wire) = ((int)(tag >> 3), (int)(tag & 7));
            var raw = wire == 0 ? Varint(ref rest) : 0;
            var bytes = wire switch
            {
                0 => default,
                1 => ReadBytes(ref rest, 8),
                2 => ReadBytes(ref rest, Varint(ref rest)),
                5 => ReadBytes(ref rest, 4),
                _ => throw new InvalidDataException($"the body is not protobuf of {message.Name}"),
            };
            if (!message.Fields.TryGetValue(number, out var field))
                continue;

            var value = Value(field, raw, bytes, depth);
            if (!field.IsList)
                json[field.Name] = value;
            else if (json[field.Name] is JsonArray list)
                list.Add(value);
            else
                json[field.Name] = new JsonArray(value);
        }

        return json;
    }

    static JsonNode Value(Field field, ulong raw, ReadOnlySpan<byte> bytes, int depth) => field.Kind switch
    {
        Kind.Message => Read(bytes, field.Message!, depth + 1),
        Kind.Text => Encoding.UTF8.GetString(bytes),
        Kind.Hex => Convert.ToHexStringLower(bytes),
        Kind.Base64 => Convert.ToBase64String(bytes),
        Kind.Truth => raw != 0,
        Kind.Number => raw,
        Kind.Long => ((long)raw).ToString(CultureInfo.InvariantCulture),
        Kind.Fixed64 when bytes.Length == 8 => BinaryPrimitives.ReadUInt64LittleEndian(bytes).ToString(CultureInfo.InvariantCulture),
        Kind.Fixed32 when bytes.Length == 4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        Kind.Double when bytes.Length == 8 => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        _ => throw new InvalidDataException($"the protobuf's field {field.Name} has an unexpected wire type"),
    };

    static ulong Varint(ref ReadOnlySpan<byte> rest)
    {
        var value = 0UL;
        for (var i = 0; i < Math.Min(rest.Length, 10); i++)
        {
            value |= (ulong)(rest[i] & 0x7F) << (7 * i);
            if (rest[i] >= 0x80)
                continue;

            rest = rest[(i + 1)..];
            return value;
        }

        throw new InvalidDataException("the protobuf data is truncated");
    }

    static ReadOnlySpan<byte> ReadBytes(ref ReadOnlySpan<byte> rest, ulong length)
    {
        if (length > (ulong)rest.Length)
            throw new InvalidDataException("the protobuf data is truncated");

        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }

    enum Kind
    {
        Message,
        Text,
        Hex,
        Base64,
        Truth,
        Number,
        Long,
        Fixed64,
        Fixed32,
        Double,
    }

    sealed record Message(string Name)
    {
        public Dictionary<int, Field> Fields { get; } = [];
    }

    sealed record Field(string Name, Kind Kind, Message? Message = null, bool IsList = false);
}
