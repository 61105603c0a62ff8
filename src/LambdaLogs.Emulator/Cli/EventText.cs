using System.Text;
using System.Text.Json;

namespace LambdaLogs.Emulator.Cli;

/// <summary>An event of the command line: JSON, or the name of a file that holds it.</summary>
internal static class EventText
{
    /// <summary>Reads it.</summary>
    /// <param name="given">Null for <c>{}</c>.</param>
    /// <param name="problem">What is wrong with it. Null where nothing is.</param>
    public static ReadOnlyMemory<byte> Read(string? given, out string? problem)
    {
        problem = null;
        if (given is null)
            return "{}"u8.ToArray();

        // A file comes first only where the text cannot be JSON: a file may be named 1, but nobody means it.
        var text = Encoding.UTF8.GetBytes(given);
        if (Mistake(text) is not { } mistake)
            return text;

        if (File.Exists(given))
        {
            var content = File.ReadAllBytes(given);
            problem = Mistake(content) is { } inFile ? $"--event {given}: the file is not JSON: {inFile}" : null;
            return content;
        }

        problem = given.TrimStart() is ['{' or '[' or '"', ..]
            ? $"--event: not JSON: {mistake}"
            : $"--event {given}: no such file, and not JSON";
        return default;
    }

    static string? Mistake(ReadOnlyMemory<byte> json)
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
