using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

/// <summary>Validates a subscription and reports all errors at once, as Lambda does.</summary>
/// <param name="root">The body. If a member has the wrong JSON type, <see cref="Read"/> throws InvalidOperationException.</param>
/// <param name="isLogs">True for a subscription of the Logs API.</param>
internal sealed class SubscriptionReader(JsonElement root, bool isLogs = false)
{
    readonly List<string> _problems = [];

    /// <summary>The error response to an invalid subscription.</summary>
    public static ApiError Invalid(string message, bool isLogs = false) =>
        new(400, isLogs ? "Logs.ValidationError" : "ValidationError", message);

    /// <returns>Exactly one of the two is not null.</returns>
    public (SubscriptionRequest? Request, ApiError? Error) Read()
    {
        var schema = Schema();
        var types = Types();
        var (isTcp, port, path) = Destination();
        var buffering = root.TryGetProperty("buffering", out var b) ? b : default;
        var request = new SubscriptionRequest
        {
            Schema = schema,
            Types = types,
            IsTcp = isTcp,
            Port = port,
            Path = path,
            IsPut = isLogs && Method() == "PUT",
            MaxItems = Number(buffering, "maxItems", 10_000, 1_000, 10_000),
            MaxBytes = Number(buffering, "maxBytes", 262_144, 262_144, 1_048_576),
            Timeout = TimeSpan.FromMilliseconds(Number(buffering, "timeoutMs", 1_000, 25, 30_000)),
        };
        return _problems.Count == 0 ? (request, null) : (null, Invalid(string.Join("; ", _problems), isLogs));
    }

    SchemaVersion Schema()
    {
        var name = root.TryGetProperty("schemaVersion", out var value) ? value.GetString() : null;
        if (string.IsNullOrEmpty(name))
            return isLogs ? SchemaVersion.Logs20200815 : Problem<SchemaVersion>("schemaVersion is required");

        return SchemaVersionNames.Find(name, isLogs) ?? Problem<SchemaVersion>($"schemaVersion {name} is not supported");
    }

    /// <summary>
    /// The HTTP method of the Logs API's deliveries; the default is <c>POST</c>. An encoding other than JSON is an error.
    /// </summary>
    string Method()
    {
        if (!root.TryGetProperty("destination", out var destination))
            return "POST";
        if (destination.TryGetProperty("encoding", out var encoding) && encoding.GetString() != "JSON")
            Problem<int>($"encoding {encoding.GetString()} is not supported");

        var method = destination.TryGetProperty("method", out var value) ? value.GetString() : null;
        if (method is not (null or "POST" or "PUT"))
            Problem<int>($"method {method} is not supported");
        return method ?? "POST";
    }

    EventStream Types()
    {
        if (!root.TryGetProperty("types", out var types) || types.GetArrayLength() == 0)
            return Problem<EventStream>("types should not be empty");

        var streams = EventStream.None;
        foreach (var type in types.EnumerateArray())
        {
            streams |= type.GetString() switch
            {
                "platform" => EventStream.Platform,
                "function" => EventStream.Function,
                "extension" => EventStream.Extension,
                var other => Problem<EventStream>($"type {other} is not supported"),
            };
        }

        return streams;
    }

    (bool IsTcp, int Port, string Path) Destination()
    {
        if (!root.TryGetProperty("destination", out var destination))
            return Problem<(bool, int, string)>("destination is required");

        var protocol = destination.TryGetProperty("protocol", out var p) ? p.GetString() : null;
        var isTcp = string.Equals(protocol, "TCP", StringComparison.OrdinalIgnoreCase);
        if (!isTcp && !string.Equals(protocol, "HTTP", StringComparison.OrdinalIgnoreCase))
            return Problem<(bool, int, string)>($"protocol {protocol ?? "null"} is not supported");
        if (isTcp && destination.TryGetProperty("port", out _))
            return (true, Number(destination, "port", 0, 1, 65535), "/");

        return Address(destination, isTcp);
    }

    (bool IsTcp, int Port, string Path) Address(JsonElement destination, bool isTcp)
    {
        // The documentation names the member "URI"; extensions also send "uri".
        var text = destination.TryGetProperty("URI", out var upper) ? upper.GetString()
            : destination.TryGetProperty("uri", out var lower) ? lower.GetString() : null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri))
            return Problem<(bool, int, string)>("URI is not valid");
        if (uri.Host is not ("sandbox.localdomain" or "sandbox"))
            Problem<int>($"URI host {uri.Host} is not supported; use sandbox.localdomain");
        if (uri.Scheme is not ("http" or "tcp"))
            Problem<int>($"URI scheme {uri.Scheme} is not supported");
        if (uri.Port <= 0 || !text!.Contains($":{uri.Port}", StringComparison.Ordinal))
            Problem<int>("URI port is not provided");
        return (isTcp, uri.Port, uri.PathAndQuery);
    }

    int Number(JsonElement parent, string name, int fallback, int min, int max)
    {
        if (parent.ValueKind is not JsonValueKind.Object || !parent.TryGetProperty(name, out var value))
            return fallback;
        if (value.ValueKind is JsonValueKind.Number && value.TryGetInt32(out var number) && number >= min && number <= max)
            return number;

        return Problem<int>($"{name} must be between {min} and {max}");
    }

    T Problem<T>(string text) where T : struct
    {
        _problems.Add(text);
        return default;
    }
}
