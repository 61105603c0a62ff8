using System.Text.Json;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>Reads single strings from a JSON object. Pure.</summary>
internal static class JsonField
{
    /// <summary>Finds a field of the object, or of an object in it.</summary>
    /// <param name="json">Any text.</param>
    /// <param name="name">The field's name.</param>
    /// <param name="parent">The name of the field that contains the object. Null: the top-level object.</param>
    /// <returns>
    /// The kind of its value, <see cref="JsonTokenType.None"/> if it is missing or the text is not JSON; and the value if it is a string.
    /// </returns>
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
            // Not JSON, or a string with half a surrogate pair.
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

    // Moves from the start of an object to the value of one of its fields.
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
