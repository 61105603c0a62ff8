using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace LambdaLogs.Emulator.Wire;

/// <summary>Renders events as <c>{"time":…,"type":…,"record":…}</c> for one subscriber. Not thread-safe.</summary>
/// <param name="schema">The subscriber's schema version.</param>
/// <param name="format">The function's log format.</param>
internal sealed class EnvelopeWriter(SchemaVersion schema, LogFormat format)
{
    /// <summary>The largest record that stays whole: 256 KiB. Observed, not documented.</summary>
    public const int WholeRecordBytesMax = 256 * 1024;

    // Lambda sends UTF-8 as it is and escapes only what JSON demands.
    static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    readonly Utf8JsonWriter _json = new(Stream.Null, Compact);

    /// <summary>Appends the event's envelopes: one, or several with commas between for a record over 256 KiB.</summary>
    /// <returns>How many envelopes were written.</returns>
    public int Write(TelemetryEvent item, IBufferWriter<byte> output) => item switch
    {
        PlatformEvent platform => WritePlatform(platform, output),
        LogLine line => WriteLine(line, output),
        _ => throw new ArgumentException($"Unknown event {item.GetType().Name}.", nameof(item)),
    };

    int WritePlatform(PlatformEvent item, IBufferWriter<byte> output)
    {
        WriteHead(item, output);
        _json.Reset(output);
        _json.WriteStartObject();
        item.WriteRecord(_json, schema);
        _json.WriteEndObject();
        _json.Flush();
        output.Write("}"u8);
        return 1;
    }

    int WriteLine(LogLine line, IBufferWriter<byte> output)
    {
        var text = line.Text.Span;
        if (!Utf8.IsValid(text))
            text = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(text));
        var isObject = format is LogFormat.Json && schema is not SchemaVersion.V20220701 && IsJsonObject(text);
        if (isObject)
            text = text.Trim(" \t\r\n"u8);

        var pieces = 0;
        do
        {
            var piece = text[..PieceLength(text, isObject)];
            text = text[piece.Length..];
            if (pieces++ > 0)
                output.Write(","u8);
            WritePiece(line, piece, isObject, output);
        }
        while (text.Length > 0);
        return pieces;
    }

    /// <summary>
    /// A piece of an object goes raw into its envelope. Where the object is cut, the body is no valid JSON: real Lambda does the same.
    /// </summary>
    void WritePiece(LogLine line, ReadOnlySpan<byte> piece, bool isObject, IBufferWriter<byte> output)
    {
        WriteHead(line, output);
        if (isObject)
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

        // A string must stay valid UTF-8, so its cut moves back to the start of a character.
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
}
