namespace LambdaLogs.Extension.Delivery;

/// <summary>
/// Method, headers and compression of requests. Built once by <c>Settings</c>; immutable. Its text form contains no secret.
/// </summary>
internal sealed record RequestOptions
{
    /// <summary>The method. Default POST.</summary>
    public SendMethod Method { get; init; }

    /// <summary>The user's headers, in order, with unique names. Their values may be secrets. Default: none.</summary>
    public IReadOnlyList<RequestHeader> Headers { get; init; } = [];

    /// <summary>The values of placeholders in <see cref="Headers"/>. Default: not known.</summary>
    public HeaderPlaceholderValues PlaceholderValues { get; init; } = new();

    /// <summary>Whether a header differs from tenant to tenant.</summary>
    public bool NamesTenant
    {
        get
        {
            foreach (var header in Headers)
            {
                if (HeaderPlaceholders.NamesTenant(header.Value))
                    return true;
            }

            return false;
        }
    }

    /// <summary>How bodies are compressed. Null, the default: as the format prefers.</summary>
    public Compression? Compression { get; init; }

    /// <summary>Whether the user asked for a version of HTTP other than 1.1, which is the only one supported. Default false.</summary>
    public bool WantsOtherVersion { get; init; }

    /// <summary>Replaces the values of <see cref="Headers"/>, and each word of them, in a text with <c>***</c>.</summary>
    /// <param name="text">Any text, for example the response of an endpoint that echoes the request.</param>
    public string Redact(string text)
    {
        List<string> secrets = [];
        foreach (var header in Headers)
        {
            foreach (var word in (ReadOnlySpan<string>)[header.Value, .. header.Value.Split(' ')])
            {
                if (word.Length >= SecretMask.LengthMin)
                    secrets.Add(word);
            }
        }

        return SecretMask.Redact(text, secrets);
    }

    /// <summary>The method only.</summary>
    public override string ToString() => Method is SendMethod.Put ? "PUT" : "POST";
}
