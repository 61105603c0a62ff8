using Microsoft.Playwright;

namespace LambdaLogs.Emulator.Tests.Support;

/// <summary>The Chromium that is installed, driven by Playwright. Where there is none, its tests say how to install it.</summary>
public sealed class Chromium : IAsyncLifetime
{
    static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
        "--disable-sync",
    ];

    readonly List<string> _errors = [];
    IPlaywright? _playwright;
    IBrowser? _browser;

    /// <summary>What pages said was wrong since the last was opened.</summary>
    public IReadOnlyList<string> Errors => _errors;

    public async ValueTask InitializeAsync()
    {
        var path = Tool.Find("chromium") ?? Tool.Find("chromium-browser") ?? Tool.Find("google-chrome");
        if (path is null)
            return;

        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Headless = true, Args = Arguments, Timeout = 300_000 });
    }

    /// <summary>A page of its own, with nothing kept from others, which are closed.</summary>
    public async Task<IPage> OpenAsync(Uri address, ColorScheme scheme = ColorScheme.Light)
    {
        Assert.SkipWhen(_browser is null, "The page is tested in Chromium, which is not installed; on Debian: sudo apt-get install chromium");
        foreach (var old in _browser!.Contexts.ToList())
            await old.CloseAsync();
        var context = await _browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = 1440, Height = 900 } });
        context.SetDefaultTimeout(60_000);
        Assertions.SetDefaultExpectTimeout(60_000);
        _errors.Clear();
        var page = await context.NewPageAsync();
        page.PageError += (_, error) => _errors.Add(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Add(message.Text);
        };
        await page.GotoAsync(address.ToString());
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
    }
}
