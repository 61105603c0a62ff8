namespace LambdaLogs.EndToEnd.Soak;

/// <summary>Lives of which everything is random but the theme.</summary>
static class RandomLives
{
    static readonly string[] Formats =
        ["lambda", "lambda", "json_array", "ndjson", "otlp", "otlp_protobuf", "loki", "splunk_hec", "elasticsearch", "datadog", "newrelic", "gelf"];

    static readonly string[] Modes = ["end", "end", "auto", "next"];

    // What the endpoint takes of bodies that are too large.
    const int SmallBody = 16 << 10;

    public static SoakScenario Make(int seed, SoakTheme theme, Random random)
    {
        var budget = random.Next(3) switch { 0 => 200, 1 => 500, _ => 1000 };
        var buffer = theme is SoakTheme.Flood ? 256 << 10 : theme is SoakTheme.Spill ? 16 << 20 : 4 << 20;
        var settings = Settings(random, theme, budget, buffer);
        var steps = MakeSteps(random, theme, out var poison);
        // In the last invocations the endpoint takes everything: what was held up has time to arrive, in every mode but those that end in the middle.
        var recovers = theme is not SoakTheme.Spill && (theme is SoakTheme.Poison or SoakTheme.TooLarge || random.Next(3) > 0);
        if (recovers)
            steps.AddRange(Recovery(theme, steps[0].Behaviour));
        // Not while a poison record is searched for, since what is left at the end can then be spilled nowhere.
        var endsStarved = random.Next(8) == 0 && theme is not SoakTheme.Poison;
        return new SoakScenario(seed, theme, settings, steps)
        {
            EndsStarved = endsStarved,
            EndsSwallowed = theme is SoakTheme.Swallow && random.Next(2) == 0,
            LineCharsMax = theme is SoakTheme.Flood ? 40 : 2000,
            FlushTimeoutMs = budget,
            BufferBytes = buffer,
            Poison = poison,
            FeedRetries = theme is SoakTheme.Pressure ? 0 : 2,
            LosesNothing = (recovers || theme is SoakTheme.Swallow) && !endsStarved && theme is not (SoakTheme.Flood or SoakTheme.Poison)
                && (theme is SoakTheme.Proxy || !steps.Any(s => s.Behaviour.Refuses)),
        };
    }

    static Dictionary<string, string> Settings(Random random, SoakTheme theme, int budget, int buffer)
    {
        var settings = new Dictionary<string, string>
        {
            ["LOGS_FORMAT"] = Pick(random, Formats),
            ["LOGS_FLUSH_MODE"] = Pick(random, Modes),
            ["LOGS_FLUSH_TIMEOUT_MS"] = $"{budget}",
            ["LOGS_BUFFER_MAX_BYTES"] = $"{buffer}",
        };
        // In the other modes Lambda would still have most of so many lines at the end.
        if (theme is SoakTheme.Flood or SoakTheme.Spill)
            settings["LOGS_FLUSH_MODE"] = "end";
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
        if (theme is SoakTheme.Spill)
            settings["LOGS_SPILL_MAX_BYTES"] = "16MB";
        if (theme is SoakTheme.Poison)
            settings["HTTP_RETRY_MAX_BACKOFF_MS"] = "100";
        if (random.Next(4) == 0)
            settings["LOGS_BUFFER_WHEN_FULL"] = "drop_newest";
        if (random.Next(2) == 0)
            settings["HTTP_COMPRESSION"] = Pick(random, ["none", "gzip"]);
        return settings;
    }

    static List<SoakStep> MakeSteps(Random random, SoakTheme theme, out string? poison)
    {
        poison = theme is SoakTheme.Poison ? "soak-1-2~" : null;
        var steps = new List<SoakStep>();
        var count = random.Next(2, 7);
        var steady = Of(random, theme, poison);
        for (var number = 0; number < count; number++)
        {
            var behaviour = theme is SoakTheme.Random or SoakTheme.Proxy ? Of(random, theme, poison) : steady;
            steps.Add(new SoakStep(Lines(random, theme, number), behaviour)
            {
                SwallowsOld = theme is SoakTheme.Swallow && random.Next(2) == 0,
                PauseMs = random.Next(3) == 0 ? random.Next(5, 300) : 0,
                EndsEarly = number == count - 1 && random.Next(3) == 0,
            });
        }

        return steps;
    }

    static int Lines(Random random, SoakTheme theme, int number) => theme switch
    {
        SoakTheme.Flood => random.Next(10_000, 25_000),
        SoakTheme.Spill => random.Next(5_000, 8_000),
        SoakTheme.Poison when number == 0 => Pick(random, [10, 100, 300]),
        _ => Pick(random, [1, 3, 10, 100, 300]),
    };

    static IEnumerable<SoakStep> Recovery(SoakTheme theme, Behaviour first)
    {
        // A circuit that has opened is retried after a while only.
        var behaviour = theme is SoakTheme.TooLarge or SoakTheme.Poison ? first : Behaviour.Healthy;
        for (var number = 0; number < (theme is SoakTheme.Poison ? 8 : 3); number++)
            yield return new SoakStep(2, behaviour) { PauseMs = 700 };
    }

    static Behaviour Of(Random random, SoakTheme theme, string? poison) => theme switch
    {
        SoakTheme.Slow => new Behaviour { BytesPerSecond = Pick(random, [50_000, 200_000, 1_000_000]) },
        SoakTheme.Poison => new Behaviour { Poison = poison, PoisonStatus = Pick(random, [0, 400, 503]) },
        SoakTheme.TooLarge => new Behaviour { Kind = Pick(random, [Kind.TooLarge, Kind.EarlyTooLarge]), BytesMax = SmallBody },
        SoakTheme.Flood => new Behaviour { Kind = Pick(random, [Kind.Status, Kind.Hang, Kind.ResetInBody]) },
        SoakTheme.Swallow or SoakTheme.Pressure => Behaviour.Healthy,
        SoakTheme.Spill => new Behaviour { Kind = Pick(random, [Kind.Status, Kind.Hang]) },
        // A proxy's 403 to a request that goes over it in plain text is not the endpoint's.
        SoakTheme.Proxy => random.Next(4) switch
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

    public static T Pick<T>(Random random, IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];
}
