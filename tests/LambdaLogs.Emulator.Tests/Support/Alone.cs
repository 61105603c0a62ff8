namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>Tests that take both processors for minutes, or have a browser: they run after all others, one at a time.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
