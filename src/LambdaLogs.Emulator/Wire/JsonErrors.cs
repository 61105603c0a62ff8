using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

/// <summary>The error texts for request bodies that are not the JSON that an API expects.</summary>
internal static class JsonErrors
{
    /// <summary>The text for an exception of <see cref="JsonDocument"/> or <see cref="JsonElement"/>.</summary>
    /// <param name="body">The body. Empty also if it was too large.</param>
    /// <param name="error">What reading it threw.</param>
    public static string Text(ReadOnlyMemory<byte> body, Exception error) => error switch
    {
        _ when body.IsEmpty => "the body is missing or too large",
        JsonException e =>
            FormattableString.Invariant($"the body is not valid JSON: line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}"),
        _ => "a member of the body has the wrong JSON type",
    };
}
