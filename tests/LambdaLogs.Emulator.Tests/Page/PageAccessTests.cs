using LambdaLogs.Emulator.Tests.Support;
using Microsoft.Playwright;

namespace LambdaLogs.Emulator.Tests.Page;

/// <summary>The page for those who have no mouse, a screen reader, weak eyes or a small screen.</summary>
[Collection(nameof(Alone))]
public sealed class PageAccessTests(Chromium chromium) : IClassFixture<Chromium>
{
    const int Patience = 600_000;

    static readonly string[] Views = ["logs", "invocations", "telemetry", "calls", "faults"];

    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Patience)]
    public async Task The_tab_key_goes_through_the_page_in_the_order_of_reading()
    {
        await using var sandbox = await WatchedSandbox.StartAsync();
        await sandbox.Lambda.InvokeToEndAsync("{}", Cancel);
        var page = await chromium.OpenAsync(sandbox.Address);
        await Assertions.Expect(page.Locator("#lines .item")).ToHaveCountAsync(1);
        var stops = new List<string>();
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var stop = await page.EvaluateAsync<string>("() => document.activeElement.id || document.activeElement.className");
            if (stops.Contains(stop) || stop == "")
                break;

            stops.Add(stop);
        }

        Assert.Equal(
            "skip freeze thaw shutdown theme zoom-in zoom-out zoom-all tracks template payload tidy send tab-logs search stream level "
            + "invocation platform follow lines",
            string.Join(' ', stops));
    }

    [Fact(Timeout = Patience)]
    public async Task A_screen_reader_finds_regions_tabs_lists_and_what_happens()
    {
        await using var sandbox = await WatchedSandbox.StartAsync();
        await sandbox.Lambda.InvokeToEndAsync("{}", Cancel);
        var page = await chromium.OpenAsync(sandbox.Address);
        await Assertions.Expect(page.GetByRole(AriaRole.Status, new() { Name = "Phase" })).ToHaveTextAsync("Ready, frozen");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("emulated-function");
        await Assertions.Expect(page.GetByRole(AriaRole.Main)).ToHaveCountAsync(1);
        foreach (var region in (string[])["Timeline", "Invoke"])
            await Assertions.Expect(page.GetByLabel(region, new() { Exact = true }).First).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Group, new() { Name = "Environment" }).GetByRole(AriaRole.Button)).ToHaveCountAsync(3);
        await Assertions.Expect(page.GetByRole(AriaRole.Listbox, new() { Name = "Log lines" }).GetByRole(AriaRole.Option)).ToHaveCountAsync(1);

        foreach (var (name, view) in new[] { "Logs", "Invocations", "Telemetry", "API calls", "Faults" }.Zip(Views))
        {
            var tab = page.GetByRole(AriaRole.Tab, new() { Name = name });
            await tab.ClickAsync();
            await Assertions.Expect(tab).ToHaveAttributeAsync("aria-selected", "true");
            await Assertions.Expect(page.GetByRole(AriaRole.Tabpanel)).ToHaveAttributeAsync("id", view);
        }

        await page.GetByRole(AriaRole.Tab, new() { Name = "Invocations" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Added by extensions" })).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Invoke", Exact = true }).ClickAsync();
        await Assertions.Expect(page.Locator("#response[role=status]")).ToContainTextAsync("success");
        await page.Locator("#payload").FillAsync("{");
        await Assertions.Expect(page.GetByLabel("Payload")).ToHaveAttributeAsync("aria-invalid", "true");
        Assert.Empty(chromium.Errors);
    }

    [Fact(Timeout = Patience)]
    public async Task The_keyboard_opens_a_detail_and_comes_back_from_it()
    {
        await using var sandbox = await WatchedSandbox.StartAsync();
        await sandbox.Lambda.InvokeToEndAsync("{}", Cancel);
        var page = await chromium.OpenAsync(sandbox.Address);
        await page.Locator("#lines .item").First.WaitForAsync();
        await page.FocusAsync("#lines");
        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(page.Locator("#lines")).ToHaveAttributeAsync("aria-activedescendant", "lines-0");
        await page.FocusAsync("#close");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#detail")).ToBeHiddenAsync();
        await Assertions.Expect(page.Locator("#lines")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("/");
        await Assertions.Expect(page.Locator("#search")).ToBeFocusedAsync();
        await page.FocusAsync("#tab-logs");
        await page.Keyboard.PressAsync("End");
        await Assertions.Expect(page.Locator("#tab-faults")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(page.Locator("#tab-logs")).ToBeFocusedAsync();
    }

    [Theory(Timeout = Patience)]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Every_text_stands_out_from_its_background(ColorScheme scheme)
    {
        await using var sandbox = await WatchedSandbox.StartAsync((options, destination) => options with
        {
            Function = FunctionSource.InProcess(async i =>
            {
                foreach (var level in (string[])["ERROR", "WARN", "INFO", "DEBUG"])
                    i.Log($"{level} a line");
                using var http = new HttpClient();
                await http.PostAsync(destination, new StringContent("[]"), Cancel);
                return i.Number == 1 ? "{}" : throw new InvalidOperationException("it failed");
            }),
            Extensions = [Repository.BashExtension],
            MemoryMb = 256,
        });
        await sandbox.Lambda.InvokeToEndAsync("{}", Cancel);
        await sandbox.Lambda.InvokeToEndAsync("{}", Cancel);
        var page = await chromium.OpenAsync(sandbox.Address, scheme);
        await page.CheckAsync("#platform");
        await page.ClickAsync("#send");
        await Assertions.Expect(page.Locator("#response")).ToContainTextAsync("error");
        foreach (var view in Views)
        {
            await page.ClickAsync($"#tab-{view}");
            Assert.Empty(await page.EvaluateAsync<string[]>(Faint));
        }

        await page.ClickAsync("#tab-logs");
        var lines = page.Locator("#lines .item");
        for (var line = 0; line < await lines.CountAsync(); line++)
        {
            // Each is chosen once, and has another background then.
            await lines.Nth(line).ClickAsync();
            Assert.Empty(await page.EvaluateAsync<string[]>(Faint));
        }
    }

    [Theory(Timeout = Patience)]
    [InlineData(390)]
    [InlineData(768)]
    public async Task Nothing_reaches_beyond_a_small_screen(int width)
    {
        await using var sandbox = await WatchedSandbox.StartAsync();
        await sandbox.Lambda.InvokeToEndAsync("{}", Cancel);
        var page = await chromium.OpenAsync(sandbox.Address);
        await page.SetViewportSizeAsync(width, 844);
        foreach (var view in Views)
        {
            await page.ClickAsync($"#tab-{view}");
            Assert.Equal(width, await page.EvaluateAsync<int>("() => Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"));
            await Assertions.Expect(page.Locator($"#{view}")).ToBeVisibleAsync();
        }
    }

    /// <summary>The texts whose contrast is below 4.5, what WCAG asks for at AA. What cannot be operated is exempt, there as here.</summary>
    const string Faint = """
        () => {
          const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
          const rgba = color => {
            canvas.clearRect(0, 0, 1, 1);
            canvas.fillStyle = color;
            canvas.fillRect(0, 0, 1, 1);
            return [...canvas.getImageData(0, 0, 1, 1).data];
          };
          const over = (top, below) => top.slice(0, 3).map((c, i) => c * top[3] / 255 + below[i] * (1 - top[3] / 255));
          const background = element => {
            const layers = [];
            for (let e = element; e; e = e.parentElement) layers.push(rgba(getComputedStyle(e).backgroundColor));
            return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
          };
          const luminance = color => {
            const [r, g, b] = color.map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
            return 0.2126 * r + 0.7152 * g + 0.0722 * b;
          };
          const faint = new Set();
          const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            if (!walker.currentNode.textContent.trim() || !element.checkVisibility({ opacityProperty: true }) || element.closest(':disabled, svg, script')) continue;
            const below = background(element);
            const [a, b] = [luminance(over(rgba(getComputedStyle(element).color), below)), luminance(below)].sort((x, y) => y - x);
            const contrast = (a + 0.05) / (b + 0.05);
            if (contrast < 4.5) faint.add(`${element.tagName}.${element.className} "${walker.currentNode.textContent.trim().slice(0, 30)}": ${contrast.toFixed(2)}`);
          }
          return [...faint];
        }
        """;
}
