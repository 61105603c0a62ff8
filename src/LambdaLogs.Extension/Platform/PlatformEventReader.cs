using System.Text.Json;

namespace LambdaLogs.Extension.Platform;

/// <summary>Parses the response to <c>/next</c>: keys in any order, unknown keys ignored, missing ones empty.</summary>
internal static class PlatformEventReader
{
    /// <returns>The event; of kind <see cref="PlatformEventKind.Other"/> if the body is not an event.</returns>
    public static PlatformEvent Read(ReadOnlySpan<byte> body)
    {
        var kind = PlatformEventKind.Other;
        var deadline = 0L;
        var requestId = "";
        var reason = "";
        try
        {
            var json = new Utf8JsonReader(body);
            while (json.Read())
            {
                if (json.TokenType != JsonTokenType.PropertyName || json.CurrentDepth != 1)
                    continue;

                if (json.ValueTextEquals("eventType"u8))
                    kind = ReadKind(ref json);
                else if (json.ValueTextEquals("deadlineMs"u8))
                    deadline = json.Read() && json.TokenType == JsonTokenType.Number && json.TryGetInt64(out var ms) ? ms : 0;
                else if (json.ValueTextEquals("requestId"u8))
                    requestId = ReadText(ref json);
                else if (json.ValueTextEquals("shutdownReason"u8))
                    reason = ReadText(ref json);
                else
                    json.Skip();
            }
        }
        catch (JsonException)
        {
            // Use what was read before the error.
        }

        return new PlatformEvent(kind, deadline, requestId, reason);
    }

    static PlatformEventKind ReadKind(ref Utf8JsonReader json) => ReadText(ref json) switch
    {
        var text when text.Equals("INVOKE", StringComparison.OrdinalIgnoreCase) => PlatformEventKind.Invoke,
        var text when text.Equals("SHUTDOWN", StringComparison.OrdinalIgnoreCase) => PlatformEventKind.Shutdown,
        _ => PlatformEventKind.Other,
    };

    static string ReadText(ref Utf8JsonReader json)
    {
        if (!json.Read() || json.TokenType != JsonTokenType.String)
            return "";

        try
        {
            return json.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, or bytes that are not UTF-8: valid for the JSON reader but not text.
            return "";
        }
    }
}
