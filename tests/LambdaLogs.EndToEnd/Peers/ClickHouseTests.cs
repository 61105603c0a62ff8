namespace LambdaLogs.EndToEnd.Peers;

/// <summary>The shipped layer writes into a real database over HTTP, and what was written is read back.</summary>
public sealed class ClickHouseTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("gzip")]
    public async Task Every_line_becomes_a_row_as_it_was_written(string compression)
    {
        await using var database = await ClickHouse.StartAsync();
        await database.RunAsync("CREATE TABLE logs (timestamp String, level String, message String, function_name String, log_type String) ENGINE = Memory");
        await using var scene = await Scene.StartAsync(
            invocation =>
            {
                for (var line = 1; line <= 200; line++)
                    invocation.Log(Functions.Line(invocation.Number, line));

                invocation.Log("a \"quote\", a \\ and\tan ü");
                return Task.FromResult("{}");
            },
            Variables(database, compression));
        await scene.InvokeAsync();
        await scene.InvokeAsync();
        var summary = await scene.EndAsync();

        var rows = await database.RunAsync("SELECT message FROM logs WHERE log_type = 'function' ORDER BY message FORMAT TSVRaw");
        string[] others = ["a \"quote\", a \\ and\tan ü", "a \"quote\", a \\ and\tan ü"];
        Assert.Equal([.. Functions.Lines(2, 200).Concat(others).Order(StringComparer.Ordinal)], rows);
        Assert.Equal([summary.Delivered.ToString()], await database.RunAsync("SELECT count() FROM logs"));
        Assert.Equal(0, summary.Dropped);
    }

    [Fact]
    public async Task A_missing_table_is_reported_in_the_database_s_words()
    {
        await using var database = await ClickHouse.StartAsync();
        var variables = Variables(database, "none");
        await using var scene = await Scene.StartAsync(environment: variables);
        await scene.InvokeAsync();
        await scene.EndAsync();

        scene.HasLogged("Table default.logs doesn't exist");
    }

    // As docs/transport.md shows it.
    static Dictionary<string, string> Variables(ClickHouse database, string compression) => new()
    {
        ["HTTP_ENDPOINT"] = database.Endpoint + "?query=INSERT%20INTO%20logs%20FORMAT%20JSONEachRow&input_format_skip_unknown_fields=1",
        ["HTTP_AUTH_TYPE"] = "basic",
        ["HTTP_AUTH_USERNAME"] = "default",
        ["HTTP_AUTH_CREDENTIALS"] = "s3cr3t",
        ["HTTP_COMPRESSION"] = compression,
        ["LOGS_FORMAT"] = "ndjson",
    };
}
