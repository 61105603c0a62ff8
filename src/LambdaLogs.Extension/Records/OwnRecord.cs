namespace LambdaLogs.Extension.Records;

/// <summary>A record of the extension's own making: rare, so in plain texts.</summary>
internal sealed record OwnRecord
{
    /// <summary>What kind it is, for example <c>extension.dropped</c>.</summary>
    public required string LogType { get; init; }

    /// <summary>How severe it is.</summary>
    public required LogLevel Level { get; init; }

    /// <summary>The sentence for people.</summary>
    public required string Message { get; init; }

    /// <summary>The invocation it is about. Empty: none.</summary>
    public string RequestId { get; init; } = "";

    /// <summary>The facts for machines: a whole JSON object. Empty: none.</summary>
    public string Attributes { get; init; } = "";
}
