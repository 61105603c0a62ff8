namespace LambdaLogs.Extension.Records;

/// <summary>A record that the extension itself creates. It is rare, so it uses strings.</summary>
internal sealed record OwnRecord
{
    /// <summary>Its type, for example <c>extension.dropped</c>.</summary>
    public required string LogType { get; init; }

    /// <summary>The severity.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>The message.</summary>
    public required string Message { get; init; }

    /// <summary>The invocation. Empty: none.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>The attributes as a JSON object. Empty: none.</summary>
    public string Attributes { get; init; } = "";
}
