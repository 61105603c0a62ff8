namespace LambdaLogs.Extension.Delivery;

/// <summary>How requests look. Built once by <c>Settings</c>; never changes. Its text form holds no secret.</summary>
internal sealed record RequestOptions
{
    /// <summary>The method. Default POST.</summary>
    public SendMethod Method { get; init; }

    /// <summary>Headers that the user adds, in their order, no name twice. Their values may be secrets. Default: none.</summary>
    public IReadOnlyList<RequestHeader> Headers { get; init; } = [];

    /// <summary>What placeholders in the values of <see cref="Headers"/> stand for. Default: nothing is known.</summary>
    public HeaderFacts Facts { get; init; } = new();

    /// <summary>How bodies are compressed. Null, the default: as the format wants it.</summary>
    public Compression? Compression { get; init; }

    /// <summary>Whether another version of HTTP was asked for than 1.1, which is the only one that is spoken. Default no.</summary>
    public bool WantsOtherVersion { get; init; }

    /// <summary>A text without the values of <see cref="Headers"/>: each, and each word of it, becomes <c>***</c>.</summary>
    /// <param name="text">Any text, for example the response of an endpoint that repeats what it got.</param>
    public string Hide(string text)
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

        return SecretMask.Hide(text, secrets);
    }

    /// <summary>The method and nothing else.</summary>
    public override string ToString() => Method.ToString();
}
