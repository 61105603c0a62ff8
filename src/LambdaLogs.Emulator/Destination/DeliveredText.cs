using System.Text;
using System.Text.Json;

namespace LambdaLogs.Emulator.Destination;

/// <summary>
/// All text that a destination accepted, in order, whatever the format: the strings of JSON bodies (including several values in one body),
/// the strings of OTLP protobuf, and the lines of everything else.
/// </summary>
internal sealed class DeliveredText
{
    readonly List<string> _texts = [];

    /// <param name="requests">The received requests. Only those that were complete and got a response below 300 count.</param>
    public DeliveredText(IEnumerable<ReceivedRequest> requests)
    {
        foreach (var request in requests)
        {
            if (request is { IsComplete: true, Response: { Status: < 300, Kind: ResponseKind.Whole or ResponseKind.ByteByByte } })
                Add(request);
        }
    }

    /// <summary>The given lines that were not delivered. A line given twice must have been delivered twice.</summary>
    public IReadOnlyList<string> Missing(IReadOnlyList<string> lines)
    {
        var whole = _texts.GroupBy(text => text).ToDictionary(group => group.Key, group => group.Count());
        var missing = new List<string>();
        foreach (var line in lines)
        {
            if (!TryTake(whole, line) && !(Message(line) is { } message && TryTake(whole, message)))
                missing.Add(line);
        }

        // A format may add a prefix to a line. Substrings are searched only if no text equals the line.
        return missing.Count == 0 ? missing : ExceptSubstrings(missing);
    }

    /// <summary>The first part that does not come after the parts before it. Null if all are in order.</summary>
    public string? FirstOutOfOrder(IReadOnlyList<string> parts)
    {
        var at = 0;
        foreach (var part in parts)
        {
            while (at < _texts.Count && !_texts[at].Contains(part, StringComparison.Ordinal))
                at++;
            if (at++ == _texts.Count)
                return part;
        }

        return null;
    }

    static bool TryTake(Dictionary<string, int> counts, string text)
    {
        if (counts.GetValueOrDefault(text) == 0)
            return false;

        counts[text]--;
        return true;
    }

    List<string> ExceptSubstrings(List<string> lines)
    {
        var missing = new List<string>();
        foreach (var group in lines.GroupBy(line => line))
        {
            var wanted = Message(group.Key) ?? group.Key;
            var found = _texts.Count(text => text.Length > wanted.Length && text.Contains(wanted, StringComparison.Ordinal));
            missing.AddRange(group.Skip(found));
        }

        return missing;
    }

    /// <summary>The message of a line that is a JSON object, because formats can move its fields.</summary>
    static string? Message(string line)
    {
        if (line is not ['{', ..])
            return null;

        try
        {
            using var json = JsonDocument.Parse(line);
            foreach (var name in (ReadOnlySpan<string>)["message", "msg"])
            {
                if (json.RootElement.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String)
                    return value.GetString();
            }
        }
        catch (JsonException)
        {
            // The line starts like a JSON object but is not one.
        }

        return null;
    }

    void Add(ReceivedRequest request)
    {
        byte[] content;
        try
        {
            content = Encoding.UTF8.GetBytes(request.Readable());
        }
        catch (InvalidDataException)
        {
            return;
        }

        var before = _texts.Count;
        try
        {
            var reader = new Utf8JsonReader(content, new JsonReaderOptions { AllowMultipleValues = true });
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String)
                    _texts.Add(reader.GetString()!);
            }
        }
        catch (JsonException)
        {
            _texts.RemoveRange(before, _texts.Count - before);
            _texts.AddRange(Encoding.UTF8.GetString(content).Split('\n', StringSplitOptions.RemoveEmptyEntries));
        }
    }
}
