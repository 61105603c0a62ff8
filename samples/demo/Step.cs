namespace LambdaLogs.Demo;

/// <summary>One invocation of the demo.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Payload">The event; samples/README.md says what it can ask for.</param>
sealed record Step(string Name, string Payload)
{
    /// <summary>How long the sandbox stays frozen before it.</summary>
    public TimeSpan Freeze { get; init; }
}
