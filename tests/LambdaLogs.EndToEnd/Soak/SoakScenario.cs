using System.Text;

namespace LambdaLogs.EndToEnd.Soak;

/// <summary>One life of a sandbox, made from a number: the same number makes the same life.</summary>
sealed record SoakScenario(int Seed, Dictionary<string, string> Settings, IReadOnlyList<SoakStep> Steps)
{
    static readonly string[] Formats =
        ["lambda", "lambda", "json_array", "ndjson", "otlp", "otlp_protobuf", "loki", "splunk_hec", "elasticsearch", "datadog", "newrelic", "gelf"];

    static readonly string[] Modes = ["end", "end", "auto", "next"];

    /// <summary>Largest line that is written in it, in characters.</summary>
    public int LineCharsMax { get; init; }

    public int FlushTimeoutMs { get; init; }

    public int BufferBytes { get; init; }

    /// <summary>
    /// Whether every line has to arrive: the endpoint is healthy at the end, refused nothing for good and the buffer holds all that was written.
    /// </summary>
    public bool LosesNothing { get; init; }

    /// <summary>A line that is never taken. Null: none.</summary>
    public string? Poison { get; init; }

    /// <summary>Whether another process of the sandbox is at the listener.</summary>
    public bool IsPressed { get; init; }

    /// <summary>Whether the endpoint stands for a proxy that refuses.</summary>
    public bool IsProxy { get; init; }

    /// <summary>Whether no descriptor is left at the end.</summary>
    public bool EndsStarved { get; init; }

    /// <summary>Whether the connections that are open before the end are dead.</summary>
    public bool EndsSwallowed { get; init; }

    /// <param name="seed">The number.</param>
    /// <param name="only">The theme's name. Null: any.</param>
    public static SoakScenario From(int seed, string? only = null)
    {
        var random = new Random(seed);
        var theme = (Theme)random.Next(Enum.GetValues<Theme>().Length);
        if (!string.IsNullOrEmpty(only))
            theme = Enum.Parse<Theme>(only, ignoreCase: true);
        var budget = random.Next(3) switch { 0 => 200, 1 => 500, _ => 1000 };
        var buffer = theme is Theme.Flood ? 256 << 10 : theme is Theme.Spill ? 16 << 20 : 4 << 20;
        var settings = new Dictionary<string, string>
        {
            ["LOGS_FORMAT"] = Pick(random, Formats),
            ["LOGS_FLUSH_MODE"] = Pick(random, Modes),
            ["LOGS_FLUSH_TIMEOUT_MS"] = $"{budget}",
            ["LOGS_BUFFER_MAX_BYTES"] = $"{buffer}",
        };
        if (random.Next(2) == 0)
            settings["LOGS_BATCH_MAX_RECORDS"] = $"{Pick(random, [1, 7, 100, 5000])}";
        if (random.Next(2) == 0)
            settings["LOGS_BATCH_MAX_BYTES"] = $"{Pick(random, [8 << 10, 64 << 10, 1 << 20])}";
        if (random.Next(4) == 0)
            settings["LOGS_REDACT"] = "all";
        if (random.Next(4) == 0)
            settings["LOGS_MULTILINE"] = "auto";
        if (random.Next(3) == 0)
            settings["LOGS_SPILL_MAX_BYTES"] = "1MB";
        if (theme is Theme.Spill)
            settings["LOGS_SPILL_MAX_BYTES"] = "16MB";
        if (random.Next(4) == 0)
            settings["LOGS_BUFFER_WHEN_FULL"] = "drop_newest";
        if (random.Next(2) == 0)
            settings["HTTP_COMPRESSION"] = Pick(random, ["none", "gzip"]);

        var steps = MakeSteps(random, theme, out var poison);
        // In the last two invocations the endpoint takes everything: what was held up has time to arrive, in every mode but those that end in the middle.
        var recovers = random.Next(3) > 0 && theme is not Theme.Spill;
        if (recovers)
            steps.AddRange(Recovery(theme));
        // Only where Lambda has its connection to the listener by then, as in mode end: without a descriptor none is accepted. And not while a poison record is
        // searched for, since what is left at the end can then be spilled nowhere.
        var endsStarved = random.Next(8) == 0 && settings["LOGS_FLUSH_MODE"] == "end" && theme is not Theme.Poison;
        return new SoakScenario(seed, settings, steps)
        {
            IsPressed = theme is Theme.Pressure,
            IsProxy = theme is Theme.Proxy,
            EndsStarved = endsStarved,
            EndsSwallowed = theme is Theme.Swallow && random.Next(2) == 0,
            LineCharsMax = theme is Theme.Flood ? 40 : 2000,
            FlushTimeoutMs = budget,
            BufferBytes = buffer,
            Poison = poison,
            LosesNothing = (recovers || theme is Theme.Swallow) && !endsStarved && theme is not (Theme.Flood or Theme.Poison)
                && (theme is Theme.Proxy || !steps.Any(s => s.Behaviour.Refuses)),
        };
    }

    public override string ToString()
    {
        var text = new StringBuilder($"SEED={Seed} {string.Join(' ', Settings.Select(s => $"{s.Key}={s.Value}"))}");
        text.Append($"{(IsPressed ? ", others at the listener" : "")}{(IsProxy ? ", over a proxy" : "")}{(EndsStarved ? ", no descriptor left at the end" : "")}");
        text.Append(EndsSwallowed ? ", connections swallowed at the end\n" : "\n");
        foreach (var step in Steps)
            text.Append($"  {step}\n");
        return text.ToString();
    }

    static List<SoakStep> MakeSteps(Random random, Theme theme, out string? poison)
    {
        poison = theme is Theme.Poison ? "soak-1-2~" : null;
        var steps = new List<SoakStep>();
        var count = random.Next(2, 7);
        var steady = Of(random, theme, poison);
        for (var number = 0; number < count; number++)
        {
            var lines = theme is Theme.Flood ? random.Next(500, 5000) : theme is Theme.Spill ? random.Next(5000, 8000) : Pick(random, [1, 3, 10, 100, 300]);
            var behaviour = theme is Theme.Random or Theme.Proxy ? Of(random, theme, poison) : steady;
            steps.Add(new SoakStep(lines, behaviour)
            {
                SwallowsOld = theme is Theme.Swallow && random.Next(2) == 0,
                PauseMs = random.Next(3) == 0 ? random.Next(5, 300) : 0,
                EndsEarly = number == count - 1 && random.Next(3) == 0,
            });
        }

        return steps;
    }

    static IEnumerable<SoakStep> Recovery(Theme theme)
    {
        // A circuit that has opened is retried after a while only.
        var behaviour = theme is Theme.TooLarge ? new Behaviour { Kind = Kind.TooLarge, BytesMax = 16 << 10 } : Behaviour.Healthy;
        for (var number = 0; number < 3; number++)
            yield return new SoakStep(2, behaviour) { PauseMs = 700 };
    }

    static Behaviour Of(Random random, Theme theme, string? poison) => theme switch
    {
        Theme.Slow => new Behaviour { BytesPerSecond = Pick(random, [50_000, 200_000, 1_000_000]) },
        Theme.Poison => new Behaviour { Poison = poison, PoisonStatus = Pick(random, [0, 400, 503]) },
        Theme.TooLarge => new Behaviour { Kind = Pick(random, [Kind.TooLarge, Kind.EarlyTooLarge]), BytesMax = 16 << 10 },
        Theme.Flood => new Behaviour { Kind = Pick(random, [Kind.Status, Kind.Hang, Kind.ResetInBody]) },
        Theme.Swallow or Theme.Pressure => Behaviour.Healthy,
        Theme.Spill => new Behaviour { Kind = Pick(random, [Kind.Status, Kind.Hang]) },
        // A proxy's 403 to a request that goes over it in plain text is not the endpoint's.
        Theme.Proxy => random.Next(4) switch
        {
            0 => new Behaviour { Kind = Kind.Status, Status = 403 },
            1 => new Behaviour { Kind = Kind.Status, Status = 407 },
            2 => new Behaviour { Kind = Kind.ResetAfterBody },
            _ => Behaviour.Healthy,
        },
        _ => random.Next(12) switch
        {
            0 => new Behaviour { Kind = Kind.Status, Status = Pick(random, [500, 503, 429, 408, 502]) },
            1 => new Behaviour { Kind = Kind.Hang },
            2 => new Behaviour { Kind = Kind.ResetInBody },
            3 => new Behaviour { Kind = Kind.ResetAfterBody },
            4 => new Behaviour { Kind = Kind.CloseAfterBody },
            5 => new Behaviour { Kind = Kind.CloseEach },
            6 => new Behaviour { Kind = Kind.ByteByByte },
            7 => new Behaviour { Delay = TimeSpan.FromMilliseconds(Pick(random, [5, 50, 150])) },
            8 => new Behaviour { Kind = Kind.Status, Status = Pick(random, [400, 401, 403, 404]) },
            _ => Behaviour.Healthy,
        },
    };

    static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

    enum Theme
    {
        /// <summary>Every invocation another fault.</summary>
        Random,

        /// <summary>The endpoint reads more slowly than a flush has time.</summary>
        Slow,

        /// <summary>One record is never taken, whatever it comes with.</summary>
        Poison,

        /// <summary>Bodies above a size are refused, after or before they were read.</summary>
        TooLarge,

        /// <summary>Tiny lines before a dead endpoint.</summary>
        Flood,

        /// <summary>Connections die silently while the sandbox is frozen.</summary>
        Swallow,

        /// <summary>Other processes of the sandbox are at the listener.</summary>
        Pressure,

        /// <summary>A proxy stands before the endpoint, and refuses at times.</summary>
        Proxy,

        /// <summary>Megabytes are left at the end, and are to be kept for the next process.</summary>
        Spill,
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

    public override string ToString() =>
        $"{(PauseMs > 0 ? $"pause {PauseMs} ms, " : "")}{Lines} lines, endpoint {Behaviour}{(SwallowsOld ? ", older connections swallowed" : "")}{(EndsEarly ? ", shut down at once" : "")}";
}
