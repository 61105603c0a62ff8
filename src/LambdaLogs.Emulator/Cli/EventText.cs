using System.Text;
using System.Text.Json;

namespace LambdaLogs.Emulator.Cli;

/// <summary>Reads an event from the command line: JSON text or the name of a file that contains it.</summary>
internal static class EventText
{
    /// <summary>Reads the event.</summary>
    /// <param name="given">The option's value. Null means <c>{}</c>.</param>
    /// <param name="problem">The error message. Null if the event is valid.</param>
    public static ReadOnlyMemory<byte> Read(string? given, out string? problem)
    {
        problem = null;
        if (given is null)
            return "{}"u8.ToArray();

        // A file is tried first only if the text does not look like JSON: a file can be named <c>1</c>, but <c>1</c> is meant as JSON.
        var text = Encoding.UTF8.GetBytes(given);
        if (JsonError(text) is not { } mistake)
            return text;

        if (File.Exists(given))
        {
            var content = File.ReadAllBytes(given);
            problem = JsonError(content) is { } inFile ? $"--event {given}: the file is not valid JSON: {inFile}" : null;
            return content;
        }

        problem = given.TrimStart() is ['{' or '[' or '"', ..]
            ? $"--event: not valid JSON: {mistake}"
            : $"--event {given}: neither JSON nor a file";
        return default;
    }

    static string? JsonError(ReadOnlyMemory<byte> json)
    {
        try
        {
            using var _ = JsonDocument.Parse(json);
            return null;
        }
        catch (JsonException e)
        {
            return $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}";
        }
    }
}
