using System.Text.Json;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Reads single texts out of a JSON object. Pure.</summary>
internal static class JsonField
{
    /// <summary>Finds a field of the object itself, or of an object in it.</summary>
    /// <param name="json">Any text.</param>
    /// <param name="name">The field.</param>
    /// <param name="parent">The field that holds the object with the field. Null: the text is that object.</param>
    /// <returns>The kind of its value, <see cref="JsonTokenType.None"/> where there is none or it is not JSON; and its text.</returns>
    public static (JsonTokenType Kind, string Text) Find(ReadOnlySpan<byte> json, string name, string? parent = null)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || (parent is not null && !Enter(ref reader, parent)) || !Enter(ref reader, name))
                return (JsonTokenType.None, "");

            return (reader.TokenType, reader.TokenType is JsonTokenType.String ? reader.GetString() ?? "" : "");
        }
        catch (Exception failure) when (failure is JsonException or InvalidOperationException)
        {
            // Not JSON, or a text that is no text: half of a surrogate pair.
            return (JsonTokenType.None, "");
        }
    }

    /// <summary>Whether a text is a JSON object.</summary>
    /// <param name="json">Any text.</param>
    public static bool IsObject(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            return reader.Read() && reader.TokenType is JsonTokenType.StartObject && reader.TrySkip();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // From the beginning of an object to the value of one of its fields.
    static bool Enter(ref Utf8JsonReader reader, string name)
    {
        if (reader.TokenType is not JsonTokenType.StartObject)
            return false;

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var isIt = reader.ValueTextEquals(name);
            if (!reader.Read())
                return false;

            if (isIt)
                return true;

            reader.Skip();
        }

        return false;
    }
}
