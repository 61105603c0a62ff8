using System.Diagnostics;
using System.Text.Json.Nodes;

namespace LambdaLogs.Deployment.Tests.Layers;

/// <summary>The layer and its variables on many functions: <c>scripts/attach</c>.</summary>
public sealed class AttachTests : IDisposable
{
    const string Other = "arn:aws:lambda:eu-west-1:999999999999:layer:insights:3";
    const string X64 = $"arn:aws:lambda:eu-west-1:123456789012:layer:{Repository.ExtensionName}-x86_64:7";
    const string Arm64 = $"arn:aws:lambda:eu-west-1:123456789012:layer:{Repository.ExtensionName}-arm64:7";
    const string Older = $"arn:aws:lambda:eu-west-1:123456789012:layer:{Repository.ExtensionName}-x86_64:5";

    readonly string _folder = Directory.CreateTempSubdirectory("attach-").FullName;

    string Log => Path.Combine(_folder, "log.jsonl");

    [Fact]
    public async Task Three_hundred_functions_are_equipped_page_by_page_and_undone_exactly()
    {
        await using var lambda = new FakeFunctions { ThrottleEvery = 37 };
        for (var number = 0; number < 300; number++)
            AddKind(lambda, number);
        var before = lambda.Snapshot();

        var attached = await lambda.RunAsync(["attach"], ("ALL", "yes"), ("ENV", "HTTP_ENDPOINT=https://logs.example.com/ LOGS_FORMAT=otlp"), ("LOG", Log));

        // Of each ten: one image, one with five layers, one whose variables cannot be read; and the last of the rest is equipped already.
        Assert.True(attached.Code == 0, attached.All);
        Assert.Contains("\n180 changed, 30 unchanged, 90 skipped, 0 failed\n", attached.Output);
        Assert.Equal(6, lambda.Requests.Count(request => request.Target.StartsWith("/2015-03-31/functions/?", StringComparison.Ordinal) && request.Response.Status == 200));
        Assert.Equal([Other, X64], lambda.LayersOf("function-010"));
        Assert.Equal([Other, Arm64], lambda.LayersOf("function-011"));
        Assert.Equal([X64, Other], lambda.LayersOf("function-012"));
        Assert.Equal(new() { ["OWN"] = "kept", ["HTTP_ENDPOINT"] = "https://logs.example.com/", ["LOGS_FORMAT"] = "otlp" }, lambda.VariablesOf("function-010"));
        Assert.Contains("\n  skipped  30 functions: is a container image: copy the extension into it (deploy/container)\n             function-006, function-016,", attached.Output);
        Assert.Contains("\n  skipped  30 functions: has 5 layers already, and Lambda takes no more\n", attached.Output);
        Assert.Contains("\n  skipped  30 functions: its variables cannot be read: Access denied\n", attached.Output);
        Assert.All(Skipped(lambda), name => Assert.Contains(name, attached.Output));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Log));

        var again = await lambda.RunAsync(["attach"], ("ALL", "yes"), ("ENV", "HTTP_ENDPOINT=https://logs.example.com/ LOGS_FORMAT=otlp"), ("LOG", Log));
        Assert.Contains("\n0 changed, 210 unchanged, 90 skipped, 0 failed\n", again.Output);

        var undone = await lambda.RunAsync(["undo", Log], ("LOG", Log + ".undo"));
        Assert.True(undone.Code == 0, undone.All);
        Assert.Contains("\n180 changed, 0 unchanged, 0 skipped, 0 failed\n", undone.Output);
        Assert.Equal(before, lambda.Snapshot());
    }

    [Fact]
    public async Task The_command_of_the_readme_equips_a_fleet()
    {
        await using var lambda = new FakeFunctions();
        for (var number = 0; number < 60; number++)
            lambda.Add($"function-{number:000}", architecture: number % 2 == 0 ? "x86_64" : "arm64");
        var line = Assert.Single(Repository.Read("README.md").Split('\n'), line => line.TrimStart().StartsWith("make attach ", StringComparison.Ordinal)).Trim();

        var shown = await lambda.RunLineAsync(line + " DRY_RUN=1", ("LOG", Log));
        Assert.True(shown.Code == 0, shown.All);
        Assert.Empty(lambda.LayersOf("function-000"));

        var attached = await lambda.RunLineAsync(line, ("LOG", Log));
        Assert.True(attached.Code == 0, attached.All);
        Assert.Contains("\n60 changed, 0 unchanged, 0 skipped, 0 failed\n", attached.Output);
        Assert.Equal([X64], lambda.LayersOf("function-000"));
        Assert.Equal([Arm64], lambda.LayersOf("function-001"));
        Assert.Equal(new() { ["HTTP_ENDPOINT"] = "https://logs.example.com/ingest" }, lambda.VariablesOf("function-001"));
    }

    [Fact]
    public async Task A_dry_run_shows_the_difference_and_changes_nothing()
    {
        await using var lambda = new FakeFunctions();
        lambda.Add("checkout", layers: [Older], variables: new() { ["LOGS_FORMAT"] = "ndjson" });
        lambda.Add("orders");
        var before = lambda.Snapshot();

        var result = await lambda.RunAsync(
            ["attach", "--dry-run"], ("MATCH", "^check"), ("ENV", "LOGS_FORMAT=otlp 'HTTP_AUTH_CREDENTIALS=s3cr3t of two words'"), ("LOG", Log));

        Assert.True(result.Code == 0, result.All);
        Assert.StartsWith($"checkout (dry run)\n  - layer {Older}\n  + layer {X64}\n  ~ LOGS_FORMAT=otlp\n  + HTTP_AUTH_CREDENTIALS=***\n", result.Output);
        Assert.Contains("\n1 to change, 0 unchanged, 0 skipped, 0 failed (dry run: nothing was changed)\n", result.Output);
        Assert.DoesNotContain("s3cr3t", result.All);
        Assert.Equal(before, lambda.Snapshot());
        Assert.False(File.Exists(Log));
        Assert.DoesNotContain(lambda.Requests, request => request.Method == "PUT");
    }

    [Fact]
    public async Task Functions_are_chosen_by_name_or_by_tag_and_one_that_is_not_there_fails_alone()
    {
        await using var lambda = new FakeFunctions();
        foreach (var name in new[] { "a-1", "a-2", "b-1" })
            lambda.Add(name);

        var byTag = await lambda.RunAsync(["attach"], ("TAG", "team=payments"), ("LOG", Log));
        var byName = await lambda.RunAsync(["attach"], ("FUNCTIONS", "a-2 none"), ("LOG", Log));

        Assert.Contains("\n2 changed, 0 unchanged", byTag.Output);
        Assert.Equal([X64], lambda.LayersOf("b-1"));
        Assert.Equal(1, byName.Code);
        Assert.Contains("\n1 changed, 0 unchanged, 0 skipped, 1 failed\n  failed   none: ResourceNotFoundException: Function not found: none\n", byName.Output);
    }

    [Fact]
    public async Task A_run_that_chose_no_function_says_so()
    {
        await using var lambda = new FakeFunctions();
        lambda.Add("a-1");
        Assert.Contains("No function was chosen", (await lambda.RunAsync(["attach"], ("MATCH", "^A-"), ("LOG", Log))).Output);
    }

    [Fact]
    public async Task A_function_that_somebody_else_changes_meanwhile_is_read_again()
    {
        await using var lambda = new FakeFunctions();
        lambda.Add("checkout", variables: new() { ["OWN"] = "kept" });
        lambda.Raced.Add("checkout");

        var result = await lambda.RunAsync(["attach"], ("FUNCTIONS", "checkout"), ("ENV", "LOGS_FORMAT=otlp"), ("LOG", Log));

        Assert.True(result.Code == 0, result.All);
        Assert.Equal(new() { ["OWN"] = "kept", ["LOGS_FORMAT"] = "otlp" }, lambda.VariablesOf("checkout"));
        Assert.Equal(["GET", "GET", "PUT", "GET", "PUT"], lambda.Requests.Select(request => request.Method));
    }

    [Fact]
    public async Task Detach_takes_the_layer_and_the_named_variables_away_and_nothing_else()
    {
        await using var lambda = new FakeFunctions();
        lambda.Add("checkout", layers: [Other, Older], variables: new() { ["OWN"] = "kept", ["HTTP_ENDPOINT"] = "https://logs.example.com/", ["HTTP_PROXY"] = "http://proxy" });

        var result = await lambda.RunAsync(["detach"], ("FUNCTIONS", "checkout"), ("ENV", "HTTP_ENDPOINT"), ("LOG", Log));

        Assert.True(result.Code == 0, result.All);
        Assert.Equal([Other], lambda.LayersOf("checkout"));
        Assert.Equal(new() { ["OWN"] = "kept", ["HTTP_PROXY"] = "http://proxy" }, lambda.VariablesOf("checkout"));
    }

    [Fact]
    public async Task What_was_changed_since_is_not_undone()
    {
        await using var lambda = new FakeFunctions();
        lambda.Add("checkout");
        await lambda.RunAsync(["attach"], ("FUNCTIONS", "checkout"), ("ENV", "LOGS_FORMAT=otlp"), ("LOG", Log));
        await lambda.RunAsync(["attach"], ("FUNCTIONS", "checkout"), ("ENV", "LOGS_FORMAT=ndjson"), ("LOG", Log + ".2"));

        var result = await lambda.RunAsync(["undo", Log], ("LOG", Log + ".3"));

        Assert.Contains("1 skipped, 0 failed\n  skipped  checkout: was changed since", result.Output);
        Assert.Equal("ndjson", lambda.VariablesOf("checkout")["LOGS_FORMAT"]);
    }

    [Fact]
    public async Task A_log_of_several_runs_is_undone_to_what_was_before_the_first()
    {
        await using var lambda = new FakeFunctions();
        lambda.Add("checkout", variables: new() { ["OWN"] = "kept" });
        lambda.Add("orders");
        var before = lambda.Snapshot();
        await lambda.RunAsync(["attach"], ("ALL", "yes"), ("ENV", "LOGS_FORMAT=otlp"), ("LOG", Log));
        await lambda.RunAsync(["attach"], ("FUNCTIONS", "checkout"), ("ENV", "LOGS_FORMAT=ndjson"), ("LOG", Log));

        var result = await lambda.RunAsync(["undo", Log], ("LOG", Log + ".undo"));

        Assert.Contains("\n2 changed, 0 unchanged, 0 skipped, 0 failed\n", result.Output);
        Assert.Equal(before, lambda.Snapshot());
    }

    [Fact]
    public async Task A_value_keeps_its_backslashes_dollars_and_quotes_also_through_make()
    {
        await using var lambda = new FakeFunctions();
        lambda.Add("a");
        lambda.Add("ab");

        var result = await lambda.RunLineAsync(
            @"make attach MATCH='^a$' ENV=""HTTP_AUTH_CREDENTIALS=pa\$word\$\$1's LOGS_INCLUDE='^\d+ \w' 'LOGS_FIELDS=team=a b' LOGS_HEADERS={\""x\"":1}""", ("LOG", Log));

        Assert.True(result.Code == 0, result.All);
        Assert.Empty(lambda.LayersOf("ab"));
        Assert.Equal(
            new() { ["HTTP_AUTH_CREDENTIALS"] = "pa$word$$1's", ["LOGS_INCLUDE"] = @"^\d+ \w", ["LOGS_FIELDS"] = "team=a b", ["LOGS_HEADERS"] = """{"x":1}""" }, lambda.VariablesOf("a"));
    }

    [Fact]
    public async Task A_file_of_variables_has_env_form()
    {
        await using var lambda = new FakeFunctions();
        lambda.Add("a");
        var file = Path.Combine(_folder, "settings.env");
        await File.WriteAllTextAsync(file, """
            # for all
            export HTTP_ENDPOINT=https://logs.example.com/   # ours
              LOGS_FIELDS="env=prod,team=\"pay\""
            LOGS_INCLUDE='^\d+ #1'
            LOGS_EXCLUDE="\d"

            LOGS_FORMAT = otlp
            HTTP_AUTH_CREDENTIALS=a#b
            """, TestContext.Current.CancellationToken);

        var result = await lambda.RunAsync(["attach"], ("ALL", "yes"), ("ENV_FILE", file), ("LOG", Log));

        Assert.True(result.Code == 0, result.All);
        Assert.Equal(
            new()
            {
                ["HTTP_ENDPOINT"] = "https://logs.example.com/",
                ["LOGS_FIELDS"] = "env=prod,team=\"pay\"",
                ["LOGS_INCLUDE"] = @"^\d+ #1",
                ["LOGS_EXCLUDE"] = @"\d",
                ["LOGS_FORMAT"] = "otlp",
                ["HTTP_AUTH_CREDENTIALS"] = "a#b",
            },
            lambda.VariablesOf("a"));
    }

    [Theory]
    [InlineData("HTTP_ENDPIONT=https://logs.example.com/", "ENV: HTTP_ENDPIONT is not a setting; did you mean HTTP_ENDPOINT?\n")]
    [InlineData("LOGS_REDACTS=all STAGE=x", "ENV: LOGS_REDACTS is not a setting; did you mean LOGS_REDACT?\n")]
    [InlineData("LOGS_FORMAT=otlp HTTP_PROXY=http://proxy", "")]
    public async Task A_variable_that_is_no_setting_is_reported_before_three_hundred_functions_report_it(string variables, string message)
    {
        await using var lambda = new FakeFunctions();
        lambda.Add("a");

        var result = await lambda.RunAsync(["attach", "--dry-run"], ("ALL", "yes"), ("ENV", variables), ("LOG", Log));

        Assert.Equal(message, result.Errors);
        Assert.Equal(0, result.Code);
    }

    [Fact]
    public async Task Where_no_layer_is_published_for_an_architecture_the_table_says_what_publishes_one()
    {
        await using var lambda = new FakeFunctions { Layers = ["x86_64"] };
        lambda.Add("a", "arm64");
        lambda.Add("b");

        var result = await lambda.RunAsync(["attach"], ("ALL", "yes"), ("LOG", Log));

        Assert.Contains("\n  skipped  a: there is no layer for arm64; make deploy_cli_arm publishes one\n", result.Output);
        Assert.Equal([X64], lambda.LayersOf("b"));
    }

    [Fact]
    public async Task A_layer_of_another_account_is_given_by_its_ARNs_and_matched_by_architecture()
    {
        const string Shared = "arn:aws:lambda:eu-west-1:555555555555:layer:logs";
        await using var lambda = new FakeFunctions();
        lambda.Add("x", layers: [$"{Shared}-x86_64:1"]);
        lambda.Add("a", "arm64");

        var both = await lambda.RunAsync(["attach"], ("ALL", "yes"), ("LAYER_ARN", $"{Shared}-x86_64:2"), ("LOG", Log));

        Assert.Equal([$"{Shared}-x86_64:2"], lambda.LayersOf("x"));
        Assert.Contains("skipped  a: LAYER_ARN has no layer for arm64", both.Output);
    }

    [Theory]
    [InlineData(null, 0, "\n1 changed, 0 unchanged, 0 skipped, 0 failed\n")]
    [InlineData("eu-west-1", 0, "\n1 changed, 0 unchanged, 0 skipped, 0 failed\n")]
    [InlineData("us-east-1", 1, " is of eu-west-1, and REGION is us-east-1: a run is undone in its own region\n")]
    public async Task A_run_is_undone_in_its_own_region_without_naming_it(string? region, int code, string expected)
    {
        await using var lambda = new FakeFunctions();
        lambda.Add("checkout");
        await lambda.RunAsync(["attach"], ("ALL", "yes"), ("LOG", Log));

        var result = await lambda.RunLineAsync($"{(region is null ? "unset REGION;" : $"export REGION={region};")} scripts/attach undo {Log}", ("LOG", Log + ".undo"));

        Assert.Equal(code, result.Code);
        Assert.Contains(expected, result.All);
    }

    [Fact]
    public async Task An_interrupted_run_ends_after_its_function_and_can_be_undone()
    {
        var pid = Path.Combine(_folder, "pid");
        await using var lambda = new FakeFunctions { OnUpdate = () => Process.Start("kill", ["-INT", File.ReadAllText(pid).Trim()]).WaitForExit() };
        foreach (var name in new[] { "a", "b", "c" })
            lambda.Add(name);
        var before = lambda.Snapshot();

        var result = await lambda.RunLineAsync($"echo $$ >{pid}; exec scripts/attach attach", ("ALL", "yes"), ("LOG", Log));

        Assert.Equal(130, result.Code);
        Assert.Contains($"\n1 changed, 0 unchanged, 0 skipped, 0 failed\nTo undo: scripts/attach undo {Log}\n", result.Output);
        Assert.Equal("Interrupted: the functions after these were not looked at.\n", result.Errors);
        Assert.Equal([X64], lambda.LayersOf("a"));
        Assert.Empty(lambda.LayersOf("b"));

        lambda.OnUpdate = () => { };
        await lambda.RunAsync(["undo", Log], ("LOG", Log + ".undo"));
        Assert.Equal(before, lambda.Snapshot());
    }

    [Theory]
    [InlineData("README.md", "README.md is no log of scripts/attach\n")]
    [InlineData("nothing", "nothing: No such file or directory\n")]
    public async Task What_is_no_log_is_not_undone(string file, string message)
    {
        await using var lambda = new FakeFunctions();
        var result = await lambda.RunAsync(["undo", file]);

        Assert.Equal((1, message), (result.Code, result.Errors));
    }

    [Theory]
    [InlineData("attach", "", "", "Say which functions, in one way: ")]
    [InlineData("attach", "MATCH", "(", "MATCH=(: ")]
    [InlineData("attach", "ALL", "no", "ALL is \"no\": ALL=yes is every function")]
    [InlineData("attach", "ALL", "production", "ALL is \"production\"; it has to be yes or no")]
    [InlineData("attach", "DRY_RUN", "maybe", "DRY_RUN is \"maybe\"; it has to be yes or no")]
    [InlineData("attach", "TAG", "team", "TAG is \"team\"; it has to be a key and its value")]
    [InlineData("attach", "LAYER_ARN", "arn:nope", "LAYER_ARN is \"arn:nope\"; it has to be the ARN of a layer's version")]
    [InlineData("attach", "REGION", "europe", "REGION is \"europe\": say which")]
    [InlineData("attach", "ENV_FILE", "scripts/attach", "scripts/attach, line 2: ")]
    [InlineData("attach", "ENV", "LOGS_INCLUDE=a b", "ENV: b is no NAME=value")]
    [InlineData("fasten", "ALL", "yes", "Usage: scripts/attach attach|detach")]
    public async Task What_is_missing_or_wrong_is_said_and_nothing_is_asked(string command, string name, string value, string message)
    {
        await using var lambda = new FakeFunctions();
        var result = await lambda.RunAsync([command], name.Length > 0 ? [(name, value)] : []);

        Assert.Equal(1, result.Code);
        Assert.StartsWith(message, result.Errors);
        Assert.Empty(lambda.Requests);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    static IEnumerable<string> Skipped(FakeFunctions lambda) => lambda.Snapshot().Select(function => function.Split(' ')[0]).Where(name => name[^1] is '6' or '7' or '8');

    static void AddKind(FakeFunctions lambda, int number)
    {
        var name = $"function-{number:000}";
        var variables = new Dictionary<string, string> { ["OWN"] = "kept" };
        switch (number % 10)
        {
            case 1 or 3:
                lambda.Add(name, "arm64", [Other], variables);
                break;
            case 2 or 4:
                lambda.Add(name, layers: [Older, Other], variables: variables);
                break;
            case 6:
                lambda.Add(name, change: function => function["PackageType"] = "Image");
                break;
            case 7:
                lambda.Add(name, layers: [.. Enumerable.Range(1, 5).Select(layer => $"arn:aws:lambda:eu-west-1:999999999999:layer:other-{layer}:1")]);
                break;
            case 8:
                lambda.Add(name, change: function => function["Environment"] = new JsonObject { ["Error"] = new JsonObject { ["ErrorCode"] = "AccessDeniedException", ["Message"] = "Access denied" } });
                break;
            case 9:
                lambda.Add(name, layers: [X64], variables: new() { ["HTTP_ENDPOINT"] = "https://logs.example.com/", ["LOGS_FORMAT"] = "otlp" });
                break;
            default:
                lambda.Add(name, layers: [Other], variables: variables);
                break;
        }
    }
}
