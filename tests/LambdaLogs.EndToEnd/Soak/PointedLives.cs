namespace LambdaLogs.EndToEnd.Soak;

/// <summary>Lives that lead to one fault each, with random formats, sizes and numbers of lines around it.</summary>
static class PointedLives
{
    const int Megabyte = 1 << 20;

    // Whose bodies may have any size, and are not compressed by themselves.
    static readonly string[] PlainFormats = ["lambda", "json_array", "ndjson"];

    static readonly Behaviour Down = new() { Kind = Kind.Status, Status = 503 };

    public static SoakScenario Make(int seed, SoakTheme theme, Random random)
    {
        var settings = new Dictionary<string, string>
        {
            ["LOGS_FORMAT"] = RandomLives.Pick(random, PlainFormats),
            ["LOGS_FLUSH_MODE"] = "end",
            ["LOGS_FLUSH_TIMEOUT_MS"] = "1000",
            ["HTTP_COMPRESSION"] = "none",
        };
        var life = new SoakScenario(seed, theme, settings, []);
        return theme switch
        {
            SoakTheme.EarlyRefusal => EarlyRefusal(life, random),
            SoakTheme.SmallBatches => SmallBatches(life, random),
            SoakTheme.Burst => Burst(life, random),
            SoakTheme.LastFlush => LastFlush(life, random),
            SoakTheme.CutOff => CutOff(life, random),
            SoakTheme.Again => Again(life, random),
            SoakTheme.CraftedSpill => CraftedSpill(life, random),
            SoakTheme.Unread => Unread(life, random),
            SoakTheme.Starved => Starved(life, random),
            SoakTheme.KeptMegabytes => KeptMegabytes(life, random),
            SoakTheme.MadeUpEnds => MadeUpEnds(life, random),
            SoakTheme.BrokenConnection => life with { Steps = Slow(new Behaviour { BytesPerSecond = 60_000, LifeSeconds = 2.5 }, 16, lines: 400), DeliveredMin = 0.2 },
            _ => HangingRequest(life, random),
        };
    }

    /// <summary>While the endpoint is down, a body of megabytes comes together; then it is refused before it was read.</summary>
    static SoakScenario EarlyRefusal(SoakScenario life, Random random)
    {
        life.Settings["LOGS_FLUSH_TIMEOUT_MS"] = "2000";
        life.Settings["LOGS_BATCH_MAX_BYTES"] = "16MB";
        life.Settings["LOGS_BUFFER_MAX_BYTES"] = "64MB";
        life.Settings["LOGS_BATCH_MAX_RECORDS"] = "1000000";
        var early = new Behaviour { Kind = Kind.EarlyUnread, BytesMax = Megabyte };
        return life with
        {
            Steps = [new(random.Next(4500, 6000), Down), new(20, Down), .. Calm(3, 2, early)],
            LineCharsMax = 12_000,
            FlushTimeoutMs = 2000,
            BufferBytes = 64 * Megabyte,
            BodyBytes = 16 * Megabyte,
            MemoryMb = 1024,
            LosesNothing = true,
        };
    }

    static SoakScenario SmallBatches(SoakScenario life, Random random)
    {
        life.Settings["LOGS_BUFFER_MAX_BYTES"] = "1MB";
        life.Settings["LOGS_BATCH_MAX_RECORDS"] = $"{random.Next(1, 4)}";
        life.Settings["LOGS_BUFFER_WHEN_FULL"] = RandomLives.Pick(random, ["drop_newest", "drop_oldest"]);
        var lines = random.Next(300, 500);
        return life with { Steps = [new(lines, Down), new(lines, Down), .. Calm(3, 2)], LineCharsMax = 40, BufferBytes = Megabyte, LosesNothing = true };
    }

    /// <summary>Several times the buffer, to an endpoint that gets on.</summary>
    static SoakScenario Burst(SoakScenario life, Random random)
    {
        life.Settings["LOGS_FLUSH_TIMEOUT_MS"] = "4000";
        life.Settings["LOGS_BUFFER_MAX_BYTES"] = "4MB";
        life.Settings["LOGS_BATCH_MAX_BYTES"] = "256KB";
        var steady = new Behaviour { BytesPerSecond = 8 * Megabyte };
        return life with
        {
            Steps = [new(5, steady), new(random.Next(7_000, 9_000), steady), .. Calm(2, 2)],
            LineCharsMax = 8_000,
            // Lambda's bodies are taken later, too.
            FlushTimeoutMs = 10_000,
            BodyBytes = 256 << 10,
            LosesNothing = true,
        };
    }

    /// <summary>Lines wait for SHUTDOWN, whose flush would find a dead connection.</summary>
    static SoakScenario LastFlush(SoakScenario life, Random random)
    {
        life.Settings["LOGS_FLUSH_MODE"] = "next";
        life.Settings["LOGS_BATCH_LINGER_MS"] = "60000";
        life.Settings["LOGS_BATCH_MAX_RECORDS"] = "10";
        var first = new SoakStep(random.Next(21, 29), Behaviour.Healthy) { EndPauseMs = 300 };
        return life with { Steps = [first, new(3, Behaviour.Healthy)], EndsSwallowed = true, LosesNothing = true };
    }

    static SoakScenario KeptMegabytes(SoakScenario life, Random random)
    {
        life.Settings["LOGS_BUFFER_MAX_BYTES"] = life.Settings["LOGS_SPILL_MAX_BYTES"] = "16MB";
        var silent = new Behaviour { Kind = Kind.Hang };
        return life with { Steps = [new(random.Next(5_000, 8_000), silent), new(5_000, silent)], BufferBytes = 16 * Megabyte, Spills = true };
    }

    static SoakScenario MadeUpEnds(SoakScenario life, Random random)
    {
        var step = new SoakStep(random.Next(3, 20), Behaviour.Healthy) { EndPauseMs = 200 };
        return life with { Steps = [step, step, step], LosesNothing = true };
    }

    static SoakScenario HangingRequest(SoakScenario life, Random random)
    {
        life.Settings["LOGS_FLUSH_MODE"] = "next";
        // After a freeze the second attempt of the last flush alone would come too late for it.
        var isFrozen = life.Theme is SoakTheme.FrozenRequest;
        var slow = isFrozen ? new Behaviour { Delay = TimeSpan.FromMilliseconds(1000) } : Behaviour.Healthy;
        var first = new SoakStep(random.Next(21, 29), Behaviour.Healthy) { EndPauseMs = 300 };
        var last = new SoakStep(8, slow) { SwallowsOld = true, EndPauseMs = 1000 };
        return life with { Steps = [first, last], EndPauseMs = isFrozen ? 5_300 : 0, LosesNothing = true };
    }

    /// <summary>A flush is too short for a body, a record, or a response.</summary>
    static SoakScenario CutOff(SoakScenario life, Random random)
    {
        var way = random.Next(3);
        var slow = new Behaviour { BytesPerSecond = random.Next(50_000, 70_000) };
        return way switch
        {
            // Connections live: it goes on.
            0 => life with { Steps = Slow(slow, 14, lines: 400), DeliveredMin = 0.2 },
            // A record that fits no flush.
            1 => life with { Steps = Slow(slow, 12, lines: 1), LineChars = 120_000, DeliveredMin = 1 },
            // A response that comes after the flush.
            _ => life with { Steps = Slow(new Behaviour { Delay = TimeSpan.FromSeconds(3) }, 12, lines: 100), DeliveredMin = 1, CopiesMax = 2 },
        };
    }

    /// <summary>The first invocation writes, and those after it have nothing to say.</summary>
    static List<SoakStep> Slow(Behaviour behaviour, int steps, int lines) =>
        [new(lines, behaviour), .. Enumerable.Range(0, steps - 1).Select(_ => new SoakStep(0, behaviour) { PauseMs = 700 })];

    static SoakScenario Again(SoakScenario life, Random random)
    {
        life.Settings["LOGS_FLUSH_TIMEOUT_MS"] = "10000";
        var lines = random.Next(2, 50);
        return life with
        {
            Steps =
            [
                new(lines, Behaviour.Healthy),
                new(lines, Behaviour.Healthy) { End = StepEnd.Fails },
                new(lines, Behaviour.Healthy) { HandlerPauseMs = 1000 },
                new(lines, Behaviour.Healthy),
            ],
            FlushTimeoutMs = 10_000,
            IsPrompt = true,
            LosesNothing = true,
        };
    }

    /// <summary>After a crash the next process finds a file with a right checksum that somebody else has written.</summary>
    static SoakScenario CraftedSpill(SoakScenario life, Random random)
    {
        // A body without an envelope, for which the file is easily made.
        life.Settings["LOGS_FORMAT"] = "ndjson";
        life.Settings["LOGS_SPILL_MAX_BYTES"] = "1MB";
        var lines = random.Next(1, 50);
        return life with
        {
            Steps = [new(lines, Behaviour.Healthy), new(lines, Behaviour.Healthy) { End = StepEnd.Crashes }, .. Calm(2, lines)],
            LosesNothing = true,
        };
    }

    static SoakScenario Unread(SoakScenario life, Random random)
    {
        life.Settings["HTTP_TEST_MODE"] = "true";
        return life with { Steps = Calm(4, random.Next(500, 1500)) };
    }

    static SoakScenario Starved(SoakScenario life, Random random)
    {
        var isThreadless = random.Next(2) == 0;
        var steps = Enumerable.Range(0, 4).Select(_ => new SoakStep(5, RandomLives.Pick(random, [Behaviour.Healthy, Down])));
        return life with { Steps = [new(random.Next(1, 50), Behaviour.Healthy), .. steps], IsThreadless = isThreadless, EndsStarved = !isThreadless };
    }

    static List<SoakStep> Calm(int steps, int lines, Behaviour? behaviour = null) =>
        [.. Enumerable.Range(0, steps).Select(_ => new SoakStep(lines, behaviour ?? Behaviour.Healthy) { PauseMs = 700 })];
}
