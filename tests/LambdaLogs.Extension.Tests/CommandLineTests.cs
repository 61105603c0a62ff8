using System.Text;

namespace LambdaLogs.Extension.Tests;

/// <summary>What the program does for a person who starts it by hand.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public void Version_names_version_framework_and_architecture()
    {
        var (exitCode, text) = Run("--version");

        Assert.Equal(0, exitCode);
        Assert.Matches(@"^aws-lambda-logs-http-destination \d+\.\d+\.\d+\S*, \.NET \S+, OpenSSL 3\.\d+\.\d+, (x86_64|arm64)\n$", text);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-h")]
    public void Help_names_the_arguments_and_every_variable(string argument)
    {
        var (exitCode, text) = Run(argument);

        Assert.Equal(0, exitCode);
        Assert.Contains("\n  --check    shows the settings", text, StringComparison.Ordinal);
        Assert.Contains("\n  HTTP_ENDPOINT\n", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 120, line));
    }

    [Theory]
    [InlineData("unknown argument \"--chek\"; known arguments: --check, --help, --version\n", "--chek")]
    [InlineData("--check does not accept: now please; known arguments: --check, --help, --version\n", "--check", "now", "please")]
    [InlineData("--version does not accept: -v; known arguments: --check, --help, --version\n", "--version", "-v")]
    public void Arguments_that_are_not_known_are_wrong_usage(string logged, params string[] arguments) =>
        Assert.Equal((2, logged), Run(arguments));

    [Theory]
    [InlineData("--check", "--sample")]
    [InlineData("--sample")]
    public void A_sample_without_a_file_is_wrong_usage(params string[] arguments) =>
        Assert.Equal((2, "--sample is without a file (- for standard input); known arguments: --check, --help, --version\n"), Run(arguments));

    [Fact]
    public void A_sample_needs_no_other_argument()
    {
        var file = Path.GetTempFileName();
        File.WriteAllText(file, "hello\n");

        var alone = Run("--sample", file);

        Assert.Equal(0, alone.ExitCode);
        Assert.Contains("hello", alone.Text);
        Assert.Equal(Run("--check", "--sample", file).Text.Split('\n').Length, alone.Text.Split('\n').Length);
        File.Delete(file);
    }

    [Theory]
    [InlineData("--check", "--json", "--all")]
    [InlineData("--json", "--all")]
    [InlineData("--all", "--check", "--json")]
    public void The_check_may_write_JSON(params string[] arguments)
    {
        var (exitCode, text) = Run(arguments);

        Assert.Equal(1, exitCode);
        var check = System.Text.Json.JsonDocument.Parse(text).RootElement;
        Assert.False(check.GetProperty("ok").GetBoolean());
        Assert.StartsWith("HTTP_ENDPOINT: not set; ", check.GetProperty("problems")[0].GetString());
        Assert.Equal("HTTP_ENDPOINT", check.GetProperty("settings")[0].GetProperty("name").GetString());
        Assert.Equal(0, check.GetProperty("steps").GetArrayLength());
    }

    [Fact]
    public void The_check_gives_its_exit_code()
    {
        var (exitCode, text) = Run("--check");

        Assert.Equal(1, exitCode);
        Assert.StartsWith("aws-lambda-logs-http-destination ", text);
    }

    static (int ExitCode, string Text) Run(params string[] arguments)
    {
        var text = new StringBuilder();
        var exitCode = CommandLine.Run(arguments, _ => null, bytes => text.Append(Encoding.UTF8.GetString(bytes)));
        return (exitCode, text.ToString());
    }
}
