using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace LambdaLogs.Emulator.Wire;

/// <summary>Serializes events as <c>{"time":…,"type":…,"record":…}</c> for one subscriber. Not thread-safe.</summary>
/// <param name="schema">The subscriber's schema version.</param>
/// <param name="format">The function's log format.</param>
internal sealed class EnvelopeWriter(SchemaVersion schema, LogFormat format)
{
    /// <summary>The largest record that is not split: 256 KiB. Observed, not documented.</summary>
    public const int WholeRecordBytesMax = 256 * 1024;

    // Lambda does not escape non-ASCII characters.
    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    readonly Utf8JsonWriter _json = new(Stream.Null, Compact);

    /// <summary>Writes one envelope.</summary>
    /// <returns>The remainder of a record over 256 KiB. Null if the whole event was written.</returns>
    public TelemetryEvent? Write(TelemetryEvent item, IBufferWriter<byte> output)
    {
        switch (item)
        {
            case PlatformEvent platform:
                WritePlatform(platform, output);
                return null;
            case LogLine line:
                return WritePiece(Prepare(line), output);
            case LogPiece piece:
                return WritePiece(piece, output);
            default:
                throw new ArgumentException($"Unknown event {item.GetType().Name}.", nameof(item));
        }
    }

    void WritePlatform(PlatformEvent item, IBufferWriter<byte> output)
    {
        WriteHead(item, output);
        _json.Reset(output);
        if (item.RecordText is { } text)
        {
            _json.WriteStringValue(text);
        }
        else
        {
            _json.WriteStartObject();
            item.WriteRecord(_json, schema);
            _json.WriteEndObject();
        }

        _json.Flush();
        output.Write("}"u8);
    }

    LogPiece Prepare(LogLine line)
    {
        var text = line.Text;
        if (!Utf8.IsValid(text.Span))
            text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text.Span));
        var isObject = format is LogFormat.Json && schema is SchemaVersion.V20221213 or SchemaVersion.V20250129 && IsJsonObject(text.Span);
        return new LogPiece(line, isObject ? text.Trim(" \t\r\n"u8) : text, isObject);
    }

    /// <summary>
    /// A piece of a JSON object is written raw into its envelope. If the object is split, the body is not valid JSON, as on Lambda.
    /// </summary>
    LogPiece? WritePiece(LogPiece item, IBufferWriter<byte> output)
    {
        var length = PieceLength(item.Text.Span, item.IsObject);
        var piece = item.Text.Span[..length];
        WriteHead(item, output);
        if (item.IsObject)
        {
            output.Write(piece);
        }
        else
        {
            _json.Reset(output);
            _json.WriteStringValue(piece);
            _json.Flush();
        }

        output.Write("}"u8);
        return length == item.Text.Length ? null : item with { Text = item.Text[length..] };
    }

    static void WriteHead(TelemetryEvent item, IBufferWriter<byte> output)
    {
        output.Write("{\"time\":\""u8);
        Encoding.ASCII.GetBytes(ContractTime.Format(item.Time), output);
        output.Write("\",\"type\":\""u8);
        Encoding.ASCII.GetBytes(item.Type, output);
        output.Write("\",\"record\":"u8);
    }

    static int PieceLength(ReadOnlySpan<byte> text, bool isObject)
    {
        if (text.Length <= WholeRecordBytesMax)
            return text.Length;

        var length = WholeRecordBytesMax;

        // A string must stay valid UTF-8, so it is split at the start of a character.
        while (!isObject && (text[length] & 0xC0) == 0x80)
            length--;
        return length;
    }

    static bool IsJsonObject(ReadOnlySpan<byte> text)
    {
        if (text.TrimStart(" \t\r\n"u8) is not [(byte)'{', ..])
            return false;

        try
        {
            var reader = new Utf8JsonReader(text);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>The remainder of a line that has to be written.</summary>
    /// <param name="IsObject">True if the line is a JSON object that is written raw into the record.</param>
    sealed record LogPiece(LogLine Line, ReadOnlyMemory<byte> Text, bool IsObject) : TelemetryEvent(Line.Time)
    {
        public override EventStream Stream => Line.Stream;

        public override string Type => Line.Type;
    }
}
