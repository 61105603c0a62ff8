using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

public sealed class GeneratedFilesTests
{
    [Fact]
    public void The_reference_page_is_up_to_date() => RepositoryFile.Is("docs/configuration.md", ConfigurationPage.Write());

    [Fact]
    public void The_example_is_up_to_date() => RepositoryFile.Is(".env.example", EnvExample.Write());

    [Theory]
    [InlineData("lambda")]
    [InlineData("elasticsearch")]
    [InlineData("splunk_hec")]
    [InlineData("loki")]
    public void The_example_is_read_without_problems(string format)
    {
        // Every line that sets something, commented out or not. Credentials go with a kind of authentication that takes them.
        var values = EnvExample.Write().Split('\n')
            .Select(line => line.TrimStart('#', ' ').Split('=', 2))
            .Where(pair => pair.Length == 2 && pair[0].All(IsOfName))
            .ToDictionary(pair => pair[0], pair => pair[1]);
        Assert.Equal(VariableList.All.Select(variable => variable.Name), values.Keys);
        values["HTTP_AUTH_TYPE"] = "basic";
        foreach (var file in new[] { "HTTP_TLS_CA", "HTTP_TLS_CERT", "HTTP_TLS_KEY" })
            values[file] = typeof(GeneratedFilesTests).Assembly.Location;
        values["LOGS_FORMAT"] = format;
        foreach (var name in values.Keys.Where(name => IsOfAnother(format, name)))
            values.Remove(name);

        var settings = SettingsReader.Read(values.GetValueOrDefault, 0, out var problems);

        Assert.Empty(problems);
        Assert.True(settings.CanSend);
    }

    // What belongs to a format is a problem beside another one, and 1MB is more than Splunk's million bytes.
    static bool IsOfAnother(string format, string name) =>
        (format != "elasticsearch" && name == "LOGS_ELASTICSEARCH_INDEX")
        || (format != "splunk_hec" && name.StartsWith("LOGS_SPLUNK_", StringComparison.Ordinal))
        || (format == "splunk_hec" && name == "LOGS_BATCH_MAX_BYTES")
        || (format != "loki" && name == "LOGS_LOKI_TENANT");

    static bool IsOfName(char character) => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_';
}
