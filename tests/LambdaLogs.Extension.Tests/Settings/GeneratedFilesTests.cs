using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

public sealed class GeneratedFilesTests
{
    [Fact]
    public void The_reference_page_is_up_to_date() => RepositoryFile.Is("docs/configuration.md", ConfigurationPage.Write());

    [Fact]
    public void The_example_is_up_to_date() => RepositoryFile.Is(".env.example", EnvExample.Write());

    [Fact]
    public void The_example_is_read_without_problems()
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

        var settings = SettingsReader.Read(values.GetValueOrDefault, 0, out var problems);

        Assert.Empty(problems);
        Assert.True(settings.CanSend);
    }

    static bool IsOfName(char character) => char.IsAsciiLetterUpper(character) || char.IsAsciiDigit(character) || character == '_';
}
