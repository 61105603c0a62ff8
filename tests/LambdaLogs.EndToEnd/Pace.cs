namespace LambdaLogs.EndToEnd;

/// <summary>
/// How long things may take: on the layer's own machine what is said, under emulation a multiple. Translated code is slow at its first run, and the first TLS connection
/// runs much of it. No other place knows of emulation, and no assertion is weaker for it.
/// </summary>
static class Pace
{
    const int EmulatedFactor = 8;

    /// <summary>How long anything is waited for.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(20) * (Layer.IsEmulated ? 3 : 1);

    /// <summary>The function's, where a test sets none.</summary>
    public static TimeSpan FunctionTimeout { get; } = TimeSpan.FromSeconds(Layer.IsEmulated ? 10 : 3);

    /// <summary>Lambda's two seconds.</summary>
    public static TimeSpan ShutdownBudget { get; } = TimeSpan.FromSeconds(Layer.IsEmulated ? 10 : 2);

    /// <summary>An upper bound of milliseconds.</summary>
    public static double Within(double milliseconds) => milliseconds * (Layer.IsEmulated ? EmulatedFactor : 1);

    /// <summary>The settings that limit what a scene may take, where a test sets none: the first attempt would end before its connection is there.</summary>
    public static IReadOnlyDictionary<string, string> Settings { get; } =
        Layer.IsEmulated ? new Dictionary<string, string> { ["LOGS_FLUSH_TIMEOUT_MS"] = "6000" } : [];

    /// <summary>Skips what counts memory: under emulation it is the emulator's as well.</summary>
    public static void SkipMemoryUnderEmulation() =>
        Assert.SkipWhen(Layer.IsEmulated, "memory is the interpreter's as well under emulation; it is counted on a machine of the layer's architecture");
}
