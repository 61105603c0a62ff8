using System.Net;
using System.Text;
using System.Text.Json;
using LambdaLogs.Emulator.Tests.Support;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Tests.Page;

public sealed class PageServerTests
{
    static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task What_happened_and_what_happens_is_streamed_with_its_bodies_apart()
    {
        await using var page = await WatchedSandbox.StartAsync();
        using var stream = new StreamReader(await page.Http.GetStreamAsync("/api/events", Cancel));
        await page.Lambda.InvokeToEndAsync("{}", Cancel);
        var events = await ReadUntilAsync(stream, e => e.GetProperty("kind").GetString() == "invocation_finished");

        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(e => e.GetProperty("index").GetInt32()));
        Assert.Contains(events, e => e.GetProperty("kind").GetString() == "line" && e.GetProperty("text").GetString() == "hello 1");
        var report = events.Single(e => e.GetProperty("text").GetString() == "platform.report");
        Assert.Equal(128, report.GetProperty("detail").GetProperty("record").GetProperty("metrics").GetProperty("memorySizeMB").GetInt32());
        var body = await page.Http.GetStringAsync($"/api/events/{report.GetProperty("index").GetInt32()}/request", Cancel);
        Assert.Contains("\"type\":\"platform.report\"", body, StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task An_invocation_brings_the_response_and_the_error()
    {
        await using var page = await WatchedSandbox.StartAsync();
        var response = await page.PostAsync("/api/invoke", """{"a":1}""");
        Assert.Equal("""{"ok":true}""", await response.Content.ReadAsStringAsync(Cancel));
        Assert.True(response.Headers.Contains("x-amzn-RequestId"));
        Assert.Equal(HttpStatusCode.BadRequest, (await page.PostAsync("/api/invoke", "{")).StatusCode);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Steps_are_those_of_scenarios()
    {
        await using var page = await WatchedSandbox.StartAsync();
        Assert.Equal(HttpStatusCode.OK, (await page.PostAsync("/api/step", """{"endpoint":{"status":503}}""")).StatusCode);
        Assert.Equal(503, page.Destination.Default.Status);
        Assert.Equal(HttpStatusCode.OK, (await page.PostAsync("/api/step", """{"fault":{"runtime_done":"lost"}}""")).StatusCode);
        var wrong = await page.PostAsync("/api/step", """{"fault":{"runtime_done":"gone"}}""");
        Assert.Contains("expected one of", await wrong.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await page.PostAsync("/api/step", """{"no":1}""")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await page.PostAsync("/api/step", """{"shutdown":true}""")).StatusCode);

        // As on Lambda, the next invocation brings up a new environment.
        Assert.Equal(HttpStatusCode.OK, (await page.PostAsync("/api/invoke", "{}")).StatusCode);
        Assert.Contains(page.Lambda.Transcript.Events, e => e is { Environment: 2, Kind: TranscriptKind.InvocationSent });
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task What_the_destination_got_can_be_read()
    {
        await using var page = await WatchedSandbox.StartAsync();
        using var http = new HttpClient();
        await http.PostAsync(page.Destination.Endpoint, new ByteArrayContent("plain text"u8.ToArray()), Cancel);
        Assert.EndsWith("\n\nplain text", await page.Http.GetStringAsync("/api/received/0", Cancel), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Http.GetAsync("/api/received/1", Cancel)).StatusCode);
    }

    [Theory(Timeout = Limit.Milliseconds)]
    [InlineData("/", "text/html")]
    [InlineData("/app.js", "text/javascript")]
    [InlineData("/style.css", "text/css")]
    [InlineData("/icon.svg", "image/svg+xml")]
    public async Task The_files_come_with_the_program_and_load_nothing_from_elsewhere(string path, string type)
    {
        await using var page = await WatchedSandbox.StartAsync();
        var response = await page.Http.GetAsync(path, Cancel);
        Assert.Equal(type, response.Content.Headers.ContentType!.MediaType);
        Assert.Contains("default-src 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await page.Http.GetAsync("/../Program.cs", Cancel)).StatusCode);
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task Other_sites_have_no_hand_in_it()
    {
        await using var page = await WatchedSandbox.StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await page.StatusAsync(HttpMethod.Get, "/", ("Host", "rebound.example.com")));
        Assert.Equal(HttpStatusCode.Forbidden, await page.StatusAsync(HttpMethod.Post, "/api/freeze", ("Origin", "http://evil.example.com")));
        using var form = new StringContent("{}", Encoding.UTF8, "text/plain");
        Assert.Equal(HttpStatusCode.Forbidden, (await page.Http.PostAsync("/api/invoke", form, Cancel)).StatusCode);
    }

    static async Task<List<JsonElement>> ReadUntilAsync(StreamReader stream, Func<JsonElement, bool> isLast)
    {
        var all = new List<JsonElement>();
        while (await stream.ReadLineAsync(Cancel) is { } line)
        {
            if (!line.StartsWith("data: [", StringComparison.Ordinal))
                continue;

            using var json = JsonDocument.Parse(line["data: ".Length..]);
            all.AddRange(json.RootElement.EnumerateArray().Select(e => e.Clone()));
            if (all.Exists(e => isLast(e)))
                return all;
        }

        throw new InvalidOperationException("The stream ended.");
    }
}
