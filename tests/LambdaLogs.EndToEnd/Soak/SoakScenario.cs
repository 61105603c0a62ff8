using System.Text;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>One life of a sandbox, made from a number: the same number makes the same life.</summary>
sealed record SoakScenario(int Seed, SoakTheme Theme, Dictionary<string, string> Settings, IReadOnlyList<SoakStep> Steps)
{
    /// <summary>Largest line that is written in it, in characters.</summary>
    public int LineCharsMax { get; init; } = 2000;

    /// <summary>The length of each line, in characters. Null: any up to <see cref="LineCharsMax"/>.</summary>
    public int? LineChars { get; init; }

    /// <summary>Longest time that an invocation is held after its handler.</summary>
    public int FlushTimeoutMs { get; init; } = 1000;

    public int BufferBytes { get; init; } = 4 << 20;

    /// <summary>Largest body of a request.</summary>
    public int BodyBytes { get; init; } = 1 << 20;

    public int MemoryMb { get; init; } = 512;

    /// <summary>
    /// Whether every line has to arrive: the endpoint is healthy at the end, refused nothing for good and the buffer holds all that was written.
    /// </summary>
    public bool LosesNothing { get; init; }

    /// <summary>Whether the lines of an invocation have arrived when it is over.</summary>
    public bool IsPrompt { get; init; }

    /// <summary>The share of lines that has to arrive, however slow the endpoint is.</summary>
    public double DeliveredMin { get; init; }

    /// <summary>How often the endpoint may get one batch.</summary>
    public int CopiesMax { get; init; } = int.MaxValue;

    /// <summary>Whether something has to be in the spill file at the end.</summary>
    public bool Spills { get; init; }

    /// <summary>A line that is never taken. Null: none.</summary>
    public string? Poison { get; init; }

    /// <summary>How a failed POST of telemetry is repeated.</summary>
    public int FeedRetries { get; init; } = 2;

    /// <summary>Time without an invocation before the end, frozen.</summary>
    public int EndPauseMs { get; init; }

    /// <summary>Whether no descriptor is left at the end.</summary>
    public bool EndsStarved { get; init; }

    /// <summary>Whether no thread can be made after the first invocation.</summary>
    public bool IsThreadless { get; init; }

    /// <summary>Whether the connections that are open before the end are dead.</summary>
    public bool EndsSwallowed { get; init; }

    /// <summary>Whether another process of the sandbox is at the listener.</summary>
    public bool IsPressed => Theme is SoakTheme.Pressure;

    /// <summary>Whether another process reports the ends of invocations, with made-up ones behind them, in the place of Lambda.</summary>
    public bool HasMadeUpEnds => Theme is SoakTheme.MadeUpEnds;

    /// <summary>Whether the endpoint stands for a proxy that refuses.</summary>
    public bool IsProxy => Theme is SoakTheme.Proxy;

    /// <summary>Whether the endpoint's kernel keeps little of what it has not read, as over a long way.</summary>
    public bool IsFar => Theme is SoakTheme.CutOff or SoakTheme.Slow or SoakTheme.BrokenConnection;

    /// <summary>Whether nobody reads what the extension writes.</summary>
    public bool IsUnread => Theme is SoakTheme.Unread;

    /// <param name="seed">The number.</param>
    /// <param name="only">The theme's name. Null: the one that is due.</param>
    public static SoakScenario From(int seed, string? only = null)
    {
        // Those that lead to one fault count on the pace of a machine of the layer's architecture.
        var inTurn = Layer.IsEmulated ? (int)SoakTheme.EarlyRefusal : (int)SoakTheme.HangingRequest;
        var theme = string.IsNullOrEmpty(only) ? (SoakTheme)(seed % inTurn) : Enum.Parse<SoakTheme>(only, ignoreCase: true);
        var random = new Random(seed);
        return theme < SoakTheme.EarlyRefusal ? RandomLives.Make(seed, theme, random) : PointedLives.Make(seed, theme, random);
    }

    public override string ToString()
    {
        var text = new StringBuilder($"SEED={Seed} THEME={Theme} {string.Join(' ', Settings.Select(s => $"{s.Key}={s.Value}"))}");
        text.Append($"{(EndsStarved ? ", no descriptor left at the end" : "")}{(IsThreadless ? ", no thread left" : "")}");
        text.Append($"{(EndsSwallowed ? ", connections swallowed at the end" : "")}{(EndPauseMs > 0 ? $", frozen for {EndPauseMs} ms before it" : "")}\n");
        foreach (var step in Steps)
            text.Append($"  {step}\n");
        return text.ToString();
    }
}

/// <summary>One invocation.</summary>
/// <param name="Lines">How many lines it writes.</param>
/// <param name="Behaviour">What the endpoint does meanwhile.</param>
sealed record SoakStep(int Lines, Behaviour Behaviour)
{
    /// <summary>The connections that are open before it are dead.</summary>
    public bool SwallowsOld { get; init; }

    /// <summary>Time before it, frozen.</summary>
    public int PauseMs { get; init; }

    /// <summary>The sandbox is shut down as soon as the caller has its response.</summary>
    public bool EndsEarly { get; init; }

    /// <summary>How it ends. The step after a failed one is the next attempt, which Lambda makes by itself.</summary>
    public StepEnd End { get; init; }

    /// <summary>Pause of the handler before its last line.</summary>
    public int HandlerPauseMs { get; init; }

    /// <summary>Pause of the handler after its last line.</summary>
    public int EndPauseMs { get; init; }

    public override string ToString() => string.Concat(
        PauseMs > 0 ? $"pause {PauseMs} ms, " : "",
        $"{Lines} lines, endpoint {Behaviour}",
        SwallowsOld ? ", older connections swallowed" : "",
        EndsEarly ? ", shut down at once" : "",
        End is StepEnd.Returns ? "" : $", the handler {End}");
}

/// <summary>How a handler ends.</summary>
enum StepEnd
{
    Returns,
    Fails,
    Crashes,
}
