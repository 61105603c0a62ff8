using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Tests.Support;
using Microsoft.Playwright;

namespace LambdaLogs.Emulator.Tests.Page;

/// <summary>The page in a real Chromium.</summary>
[Collection(nameof(Alone))]
public sealed class PageTests(Chromium chromium) : IClassFixture<Chromium>
{
    const int Patience = 600_000;
    const string Forwarder = "telemetry-forwarder";

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task A_live_run_is_seen_in_every_view()
    {
        await using var sandbox = await RealAsync();
        var page = await chromium.OpenAsync(sandbox.Address);
        await Assertions.Expect(page.Locator("#function")).ToHaveTextAsync("checkout");

        await page.SelectOptionAsync("#template", "sample function: 5 lines");
        await page.ClickAsync("#send");
        await Assertions.Expect(page.Locator("#response")).ToContainTextAsync("success after");
        await Assertions.Expect(page.Locator("#history li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#lines .item", new() { HasText = "line 5 of 5" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("#phase")).ToHaveTextAsync("Ready, frozen");
        await Assertions.Expect(page.Locator("#tracks rect.handler")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#tracks rect.init")).ToHaveCountAsync(1);

        await page.ClickAsync("#tab-invocations");
        var row = page.Locator("#invocations tbody tr");
        await Assertions.Expect(row).ToContainTextAsync("success");
        await Assertions.Expect(row).ToContainTextAsync("of 128 MB");
        await Assertions.Expect(row).ToContainTextAsync($"{Forwarder} +");

        await page.ClickAsync("#tab-telemetry");
        await page.Locator("#received .item").First.ClickAsync();
        await Assertions.Expect(page.Locator("#bodies")).ToContainTextAsync("POST /");
        await page.Locator("#deliveries .item").First.ClickAsync();
        await Assertions.Expect(page.Locator("#bodies")).ToContainTextAsync("platform.initStart");

        await page.ClickAsync("#tab-calls");
        await page.Locator("#api .item", new() { HasText = "/2020-01-01/extension/register" }).ClickAsync();
        await Assertions.Expect(page.Locator("#bodies")).ToContainTextAsync("functionName");
        Assert.Empty(chromium.Errors);
    }

    [Fact(Timeout = Patience)]
    public async Task A_lost_connection_is_shown_and_the_next_run_on_that_port_is_followed()
    {
        Uri address;
        IPage page;
        await using (var first = await WatchedSandbox.StartAsync((options, _) => options with { FunctionName = "first" }))
        {
            address = first.Address;
            page = await chromium.OpenAsync(address);
            await first.PostAsync("/api/invoke", "{}");
            await Assertions.Expect(page.Locator("#tracks rect.handler")).ToHaveCountAsync(1);
            await Assertions.Expect(page.Locator("#connection")).ToBeHiddenAsync();
        }

        await Assertions.Expect(page.Locator("#connection")).ToBeVisibleAsync();
        await using (var other = ScriptedDestination.Start(new DestinationOptions { Port = address.Port }))
        {
            other.Default = Response.WithStatus(404);
            await other.WaitForAsync(r => r.Target == "/api/events", TimeSpan.FromSeconds(60), cancel: Cancel);
        }

        await using var second = await WatchedSandbox.StartAsync((options, _) => options with { FunctionName = "second" }, address.Port);
        await Assertions.Expect(page.Locator("#function")).ToHaveTextAsync("second");
        await Assertions.Expect(page.Locator("#connection")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#tracks rect.handler")).ToHaveCountAsync(0);
        await second.PostAsync("/api/invoke", "{}");
        await Assertions.Expect(page.Locator("#tracks rect.handler")).ToHaveCountAsync(1);
    }

    [Fact(Timeout = Patience)]
    public async Task The_environment_can_be_frozen_hurt_and_ended()
    {
        await using var sandbox = await RealAsync();
        var page = await chromium.OpenAsync(sandbox.Address);
        await page.ClickAsync("#thaw");
        await Assertions.Expect(page.Locator("#phase")).ToHaveTextAsync("Ready");
        await page.ClickAsync("#freeze");
        await Assertions.Expect(page.Locator("#phase")).ToHaveTextAsync("Ready, frozen");

        await page.ClickAsync("#tab-faults");
        await page.SelectOptionAsync("#fault-telemetry [name=runtime_done]", "lost");
        await page.ClickAsync("#fault-telemetry .primary");
        await Assertions.Expect(page.Locator("#toast")).ToContainTextAsync("next invocation");
        await page.ClickAsync("#fault-endpoint .primary");
        await Assertions.Expect(page.Locator("#toast")).ToContainTextAsync("next request");
        Assert.Equal(503, sandbox.Destination.Default.Status);
        Assert.Equal(Faults.RuntimeDoneFault.Lost, sandbox.Lambda.Faults.RuntimeDone(1));

        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.ClickAsync("#shutdown");
        await Assertions.Expect(page.Locator("#phase")).ToHaveTextAsync("Ended");
        await Assertions.Expect(page.Locator("#freeze")).ToBeDisabledAsync();
        Assert.Empty(chromium.Errors);
    }

    [Fact(Timeout = Patience)]
    public async Task Lines_are_filtered_by_stream_level_and_invocation()
    {
        await using var sandbox = await WatchedSandbox.StartAsync((options, _) => options with
        {
            Function = FunctionSource.InProcess(i =>
            {
                i.Log($"INFO first of {i.Number}");
                i.Log($"ERROR second of {i.Number}");
                return Task.FromResult("{}");
            }),
            Extensions = [Repository.BashExtension],
        });
        await sandbox.Lambda.InvokeToEndAsync("{}", Cancel);
        await sandbox.Lambda.InvokeToEndAsync("{}", Cancel);
        var page = await chromium.OpenAsync(sandbox.Address);
        var texts = page.Locator("#lines .item .what");
        await page.SelectOptionAsync("#stream", "runtime");
        await Assertions.Expect(texts).ToHaveTextAsync(["INFO first of 1", "ERROR second of 1", "INFO first of 2", "ERROR second of 2"]);
        await page.SelectOptionAsync("#invocation", new SelectOptionValue { Label = "invocation 2" });
        await Assertions.Expect(texts).ToHaveTextAsync(["INFO first of 2", "ERROR second of 2"]);
        await page.SelectOptionAsync("#level", "ERROR");
        await Assertions.Expect(texts).ToHaveTextAsync(["ERROR second of 2"]);
        await page.SelectOptionAsync("#level", "");
        await page.CheckAsync("#platform");
        await Assertions.Expect(texts.Filter(new() { HasText = "platform.start" })).ToHaveCountAsync(1);
        await page.SelectOptionAsync("#stream", "telemetry-printer");
        await page.SelectOptionAsync("#invocation", "");
        await Assertions.Expect(texts.Filter(new() { HasText = "listens on port" })).ToHaveCountAsync(1);
        Assert.Empty(chromium.Errors);
    }

    [Fact(Timeout = Patience)]
    public async Task Every_event_template_can_be_sent_and_is_kept_for_another_time()
    {
        await using var sandbox = await WatchedSandbox.StartAsync((options, _) => options with
        {
            Function = FunctionSource.InProcess(i => Task.FromResult($"{i.Payload.Length}")),
        });
        var page = await chromium.OpenAsync(sandbox.Address);
        var templates = await page.Locator("#template option").AllTextContentsAsync();
        foreach (var kind in (string[])["API Gateway", "SQS", "SNS", "S3", "EventBridge", "Kinesis", "load balancer", "function URL"])
            Assert.Contains(templates, t => t.Contains(kind, StringComparison.OrdinalIgnoreCase));
        for (var i = 0; i < templates.Count; i++)
        {
            await page.SelectOptionAsync("#template", templates[i]);
            await Assertions.Expect(page.Locator("#payload-state")).ToContainTextAsync("bytes");
            await page.ClickAsync("#send");
            await Assertions.Expect(page.Locator("#history li")).ToHaveCountAsync(i + 1);
        }

        // The oldest is the last: it comes back with a click.
        var newest = await page.InputValueAsync("#payload");
        await page.Locator("#history button").Last.ClickAsync();
        Assert.NotEqual(newest, await page.InputValueAsync("#payload"));
        Assert.Empty(chromium.Errors);
    }

    [Fact(Timeout = Patience)]
    public async Task Each_environment_has_a_timeline_of_its_own_also_after_a_shutdown()
    {
        using var hold = new SemaphoreSlim(0);
        await using var sandbox = await WatchedSandbox.StartAsync((options, _) => options with
        {
            Concurrency = 2,
            Function = FunctionSource.InProcess(async i =>
            {
                await hold.WaitAsync(i.Cancel);
                i.Log($"done by {i.RequestId}");
                return "{}";
            }),
        });
        var page = await chromium.OpenAsync(sandbox.Address);
        var running = Task.WhenAll(sandbox.PostAsync("/api/invoke", "{}"), sandbox.PostAsync("/api/invoke", "{}"));
        await Assertions.Expect(page.Locator("#phase")).ToHaveTextAsync("2 × Invoke");
        await Assertions.Expect(page.Locator("#tracks text.environment")).ToHaveTextAsync(["environment 1", "environment 2"]);
        Assert.Equal(429, (int)(await sandbox.PostAsync("/api/invoke", "{}")).StatusCode);

        hold.Release(2);
        Assert.All(await running, response => Assert.Equal(200, (int)response.StatusCode));
        await Assertions.Expect(page.Locator("#phase")).ToHaveTextAsync("2 × Ready, frozen");
        await Assertions.Expect(page.Locator("#tracks rect.handler")).ToHaveCountAsync(2);
        await page.ClickAsync("#tab-invocations");
        await Assertions.Expect(page.Locator("#invocations td.several")).ToHaveCountAsync(2);
        Assert.Equal(["1", "2"], (await page.Locator("#invocations td.several").AllTextContentsAsync()).Order());

        page.Dialog += (_, dialog) => _ = dialog.AcceptAsync();
        await page.ClickAsync("#shutdown");
        await Assertions.Expect(page.Locator("#phase")).ToHaveTextAsync("Ended");
        await Assertions.Expect(page.Locator("#shutdown")).ToBeDisabledAsync();

        // As on Lambda, the next invocation brings up a new environment.
        hold.Release();
        await page.ClickAsync("#send");
        await Assertions.Expect(page.Locator("#response")).ToContainTextAsync("success after");
        await Assertions.Expect(page.Locator("#phase")).ToHaveTextAsync("Ready, frozen");
        await Assertions.Expect(page.Locator("#tracks text.environment")).ToHaveCountAsync(3);
        await Assertions.Expect(page.Locator("#shutdown")).ToBeEnabledAsync();
        Assert.Empty(chromium.Errors);
    }

    [Fact(Timeout = Patience)]
    public async Task Ten_thousand_lines_are_shown_by_a_few_rows_and_filtered_at_once()
    {
        await using var sandbox = await WatchedSandbox.StartAsync((options, _) => options with
        {
            Function = FunctionSource.InProcess(invocation =>
            {
                for (var i = 1; i <= 10_000; i++)
                    invocation.Log($"line {i} of 10000 {(i % 100 == 0 ? "ERROR" : "INFO")}");
                return Task.FromResult("{}");
            }),
        });
        await sandbox.Lambda.InvokeToEndAsync("{}", Cancel);
        var page = await chromium.OpenAsync(sandbox.Address);
        await Assertions.Expect(page.Locator("#shown")).ToHaveTextAsync("10,000 of 10,000");
        Assert.InRange(await page.Locator("#lines .item").CountAsync(), 5, 80);
        await Assertions.Expect(page.Locator("#lines .item", new() { HasText = "line 10000 of" })).ToBeVisibleAsync();

        // What makes a list stutter is how many elements there are and how many each step makes anew. Both are counted through the whole
        // list; the time of the median step is only told, since it says more of the machine.
        var steps = await page.EvaluateAsync<ListSteps>("""
            async () => {
              document.getElementById('follow').checked = false;
              const list = document.getElementById('lines'), times = [];
              let made = 0, mostMade = 0, mostElements = 0;
              const observer = new MutationObserver(all => { for (const one of all) made += one.addedNodes.length; });
              observer.observe(list, { childList: true, subtree: true });
              for (let i = 0; i < 60; i++) {
                made = 0;
                const began = performance.now();
                list.scrollTop = i * 4000;
                list.dispatchEvent(new Event('scroll'));
                list.getBoundingClientRect();
                times.push(performance.now() - began);
                await new Promise(requestAnimationFrame);
                mostMade = Math.max(mostMade, made);
                mostElements = Math.max(mostElements, list.querySelectorAll('*').length);
              }
              return { mostMade, mostElements, medianMs: times.sort((a, b) => a - b)[30] };
            }
            """);
        TestContext.Current.TestOutputHelper?.WriteLine($"the median redraw took {steps.MedianMs:0.0} ms");
        Assert.InRange(steps.MostMade, 5, 80);
        Assert.InRange(steps.MostElements, 25, 600);

        await page.SelectOptionAsync("#level", "ERROR");
        await Assertions.Expect(page.Locator("#shown")).ToHaveTextAsync("100 of 10,000");
        await page.FillAsync("#search", "/line 99\\d\\d/");
        await Assertions.Expect(page.Locator("#shown")).ToHaveTextAsync("1 of 10,000");
        await Assertions.Expect(page.Locator("#lines mark")).ToHaveTextAsync("line 9900");
    }

    [Fact(Timeout = Patience)]
    public async Task The_keyboard_reaches_everything()
    {
        await using var sandbox = await RealAsync();
        await sandbox.Lambda.InvokeToEndAsync("""{"lines":3}""", Cancel);
        var page = await chromium.OpenAsync(sandbox.Address);
        await page.Locator("#lines .item").First.WaitForAsync();
        await page.FocusAsync("#lines");
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.Locator("#lines .item[aria-selected=true]")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("#detail")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Locator("#detail")).ToBeHiddenAsync();
        await page.FocusAsync("#tab-logs");
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#invocations")).ToBeVisibleAsync();
        await page.FocusAsync("#tracks");
        var whole = await page.TextContentAsync("#span");
        await page.Keyboard.PressAsync("+");
        await Assertions.Expect(page.Locator("#span")).Not.ToHaveTextAsync(whole!);

        // Nothing that can be operated is without a name.
        var nameless = await page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('button, input, select, textarea')]
              .filter(e => !(e.textContent.trim() || e.ariaLabel || e.labels?.length || e.title)).map(e => e.outerHTML)
            """);
        Assert.Empty(nameless);
        Assert.Empty(chromium.Errors);
    }

    [Theory(Timeout = Patience)]
    [InlineData(ColorScheme.Light, "light")]
    [InlineData(ColorScheme.Dark, "dark")]
    [InlineData(ColorScheme.Light, "narrow")]
    public async Task The_screenshots_of_the_docs_are_of_a_live_run(ColorScheme scheme, string name)
    {
        await using var sandbox = await RealAsync();
        foreach (var payload in (string[])["""{"lines":4,"json":true}""", """{"lines":3,"sleepMs":60}""", """{"lines":2,"fail":true,"trace":true}"""])
            await sandbox.Lambda.InvokeToEndAsync(payload, Cancel);
        var page = await chromium.OpenAsync(sandbox.Address, scheme);
        if (name == "narrow")
            await page.SetViewportSizeAsync(420, 900);
        await Assertions.Expect(page.Locator("#lines .item", new() { HasText = "line 2 of 2" })).ToBeVisibleAsync();
        var folder = Environment.GetEnvironmentVariable("EMULATOR_SCREENSHOTS") is { Length: > 0 } given
            ? given : Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "screenshots")).FullName;
        foreach (var view in (string[])["logs", "invocations", "telemetry", "calls", "faults"])
        {
            await page.ClickAsync($"#tab-{view}");
            if (view == "telemetry")
                await page.Locator("#received .item").First.ClickAsync();
            if (view == "faults")
                await page.ClickAsync("#close");
            var file = Path.Combine(folder, $"page-{view}-{name}.png");
            await page.ScreenshotAsync(new() { Path = file, FullPage = name == "narrow" });
            Assert.True(new FileInfo(file).Length > 10_000);
        }
    }

    /// <summary>What scrolling through a list took.</summary>
    sealed class ListSteps
    {
        public int MostMade { get; set; }

        public int MostElements { get; set; }

        public double MedianMs { get; set; }
    }

    static Task<WatchedSandbox> RealAsync() => WatchedSandbox.StartAsync((options, destination) => options with
    {
        Function = FunctionSource.Directory(Repository.Function("python")),
        FunctionName = "checkout",
        Extensions = [Path.Combine(Repository.Root, "samples", "extensions", "python", Forwarder)],
        Environment = new Dictionary<string, string> { ["FORWARD_TO"] = $"{destination}lines" },
        Timeout = TimeSpan.FromSeconds(60),
    });
}
