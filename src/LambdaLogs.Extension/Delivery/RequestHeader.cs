namespace LambdaLogs.Extension.Delivery;

/// <summary>A header that the user adds to every request. Its value may be a secret: the text form leaves it out.</summary>
/// <param name="Name">A header name that neither HTTP nor the extension sets.</param>
/// <param name="Value">Visible ASCII, with placeholders of <see cref="HeaderPlaceholders"/>.</param>
internal sealed record RequestHeader(string Name, string Value)
{
    /// <summary>The name only.</summary>
    public override string ToString() => Name;
}
