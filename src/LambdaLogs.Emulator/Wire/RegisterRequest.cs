using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

/// <summary>The body of <c>POST /extension/register</c>.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html#extensions-registration-api-a"/>
/// </remarks>
/// <param name="Events">The events as received, not validated. Empty if the member is missing.</param>
internal sealed record RegisterRequest(IReadOnlyList<string> Events)
{
    /// <summary>Parses the body.</summary>
    /// <returns>Exactly one of the two is not null. Never throws.</returns>
    public static (RegisterRequest? Request, ApiError? Error) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            var root = json.RootElement;
            if (root.TryGetProperty("configurationKeys", out var keys) && keys.GetArrayLength() > 0)
                return (null, Invalid("configurationKeys are deprecated; use environment variables instead"));
            if (!root.TryGetProperty("events", out var events) || events.ValueKind is JsonValueKind.Null)
                return (new RegisterRequest([]), null);

            return (new RegisterRequest([.. events.EnumerateArray().Select(e => e.GetString() ?? "")]), null);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return (null, Invalid(JsonErrors.Text(body, e)));
        }
    }

    static ApiError Invalid(string message) => ApiError.Forbidden("InvalidRequestFormat", message);
}
