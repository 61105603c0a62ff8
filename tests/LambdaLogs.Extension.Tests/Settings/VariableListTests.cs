using System.Reflection;
using System.Text.RegularExpressions;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

public sealed class VariableListTests
{
    [Fact]
    public void Every_declared_variable_is_on_the_list_once_and_grouped_by_chapters()
    {
        // Each class keeps the order of the page; the page takes them chapter by chapter.
        var declared = new[]
            {
                typeof(HttpVariables), typeof(TransportVariables), typeof(AwsVariables), typeof(FormatVariables), typeof(LogsVariables),
                typeof(ProcessingVariables),
            }
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public))
            .Select(field => (Variable)field.GetValue(null)!)
            .OrderBy(variable => variable.Group)
            .Select(variable => variable.Name);

        Assert.Equal(declared, VariableList.All.Select(variable => variable.Name));
        Assert.Equal(VariableList.All.Count, VariableList.All.Select(variable => variable.Name).Distinct().Count());
        Assert.Equal(VariableList.All.Select(variable => variable.Group).Order(), VariableList.All.Select(variable => variable.Group));
    }

    [Fact]
    public void Every_variable_that_is_read_is_declared()
    {
        var read = new HashSet<string>();
        var values = new Dictionary<string, string>
        {
            ["HTTP_ENDPOINT"] = "http://x",
            ["HTTP_AUTH_CREDENTIALS"] = "x",
            ["HTTPS_PROXY"] = "x",
        };
        string[] known = ["SSL_CERT_FILE", "REQUEST_METHOD", "https_proxy", "http_proxy", "all_proxy", "no_proxy"];
        foreach (var type in HttpVariables.AuthType.Choices)
        {
            values["HTTP_AUTH_TYPE"] = type;
            SettingsReader.Read(Noting, functionMemoryBytes: 0, out _);
        }

        values["HTTP_AUTH_CREDENTIALS"] = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:logs-AbCdEf";
        values["HTTP_AUTH_TYPE"] = "bearer";
        SettingsReader.Read(Noting, functionMemoryBytes: 0, out _);

        // What names the file of settings is read before them. Other people's variables, with other people's meaning.
        read.RemoveWhere(name => known.Contains(name) || name.StartsWith("AWS_", StringComparison.Ordinal));
        read.Add("LOGS_CONFIG");
        Assert.Equal(VariableList.All.Select(variable => variable.Name).Order(), read.Order());

        string? Noting(string name)
        {
            read.Add(name);
            return values.GetValueOrDefault(name);
        }
    }

    [Fact]
    public void The_names_of_a_choice_are_those_of_its_enum()
    {
        Assert.Equal(Enum.GetNames<AuthenticationKind>().Select(name => name.ToLowerInvariant()), HttpVariables.AuthType.Choices);
        Same<Compression>(TransportVariables.BodyCompression);
        Same<FlushMode>(LogsVariables.FlushModes);
        Same<WhenFull>(LogsVariables.BufferWhenFull);
        Same<ExtensionLogLevel>(LogsVariables.ExtensionLogLevel);

        static void Same<T>(Variable variable)
            where T : struct, Enum
        {
            var names = Enum.GetNames<T>().Select(name => Regex.Replace(name, "(?<=.)([A-Z])", "_$1").ToLowerInvariant());
            Assert.Equal(names, variable.Choices);
        }
    }

    [Fact]
    public void The_original_seven_come_first() => Assert.Equal(
        [
            "HTTP_ENDPOINT", "HTTP_AUTH_TYPE", "HTTP_AUTH_USERNAME", "HTTP_AUTH_CREDENTIALS", "HTTP_AUTH_HEADER_NAME",
            "HTTP_TIMEOUT_SECONDS", "HTTP_TEST_MODE",
        ],
        VariableList.All.Take(7).Select(variable => variable.Name));

    [Fact]
    public void Defaults_are_within_their_bounds()
    {
        foreach (var variable in VariableList.All.Where(variable => variable.Kind is not (VariableKind.Text or VariableKind.Choice)))
            Assert.InRange(variable.Default, variable.Min, variable.Max);
    }

    [Fact]
    public void Help_names_every_variable_in_at_most_120_columns()
    {
        var help = HelpText.Write("");

        Assert.All(VariableList.All, variable => Assert.Contains($"\n  {variable.Name}\n", help, StringComparison.Ordinal));
        Assert.All(help.Split('\n'), line => Assert.True(line.Length <= 120, line));
        Assert.DoesNotContain('`', help);
    }
}
