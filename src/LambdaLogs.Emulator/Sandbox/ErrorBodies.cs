using System.Text.Json;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>Error bodies of runtimes: <c>{"errorMessage":…,"errorType":…,"stackTrace":[…]}</c>.</summary>
internal static class ErrorBodies
{
    /// <summary>The member <c>errorMessage</c>, or an empty string. Never throws.</summary>
    public static string Message(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.TryGetProperty("errorMessage", out var message) ? message.ToString() : "";
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return "";
        }
    }
}
