using System.Text;
using System.Text.Json;

namespace LambdaLogs.Emulator.Destination;

/// <summary>
/// Every text that a destination took, in order, whatever the format around it: the strings of JSON bodies, also of several values in one
/// body, the strings of OTLP in protobuf, and the lines of everything else.
/// </summary>
internal sealed class DeliveredText
{
    readonly List<string> _texts = [];

    /// <param name="requests">As they arrived. Only what was accepted counts: whole, with a response below 300.</param>
    public DeliveredText(IEnumerable<ReceivedRequest> requests)
    {
        foreach (var request in requests)
        {
            if (request is { IsComplete: true, Response: { Status: < 300, Kind: ResponseKind.Whole or ResponseKind.ByteByByte } })
                Add(request);
        }
    }

    /// <summary>Those of the lines that are nowhere. A line that was written twice has to be there twice.</summary>
    public IReadOnlyList<string> Missing(IReadOnlyList<string> lines)
    {
        var whole = _texts.GroupBy(text => text).ToDictionary(group => group.Key, group => group.Count());
        var missing = new List<string>();
        foreach (var line in lines)
        {
            if (!TryTake(whole, line) && !(Message(line) is { } message && TryTake(whole, message)))
                missing.Add(line);
        }

        // Around a line there may be more: a prefix that a format adds. That is looked for only where nothing equals it.
        return missing.Count == 0 ? missing : NotWithin(missing);
    }

    /// <summary>The first of the parts that does not come after those before it. Null where all do.</summary>
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

    List<string> NotWithin(List<string> lines)
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

    /// <summary>The message of a line that is a JSON object: formats may take it apart.</summary>
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
            // A line that only begins like one.
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
