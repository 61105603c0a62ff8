using System.Text;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>Writes <c>.env.example</c> from the declared variables: each one, commented, with its default.</summary>
internal static class EnvExample
{
    const int Columns = 110;

    // What stands there where the default says nothing about the form of a value.
    static readonly Dictionary<string, string> Examples = new()
    {
        ["HTTP_ENDPOINT"] = "https://logs.example.com/ingest",
        ["HTTP_AUTH_USERNAME"] = "user",
        ["HTTP_AUTH_CREDENTIALS"] = "secret",
        ["HTTP_HEADERS"] = "X-Team=payments,X-Function={function_name}",
        ["HTTP_COMPRESSION"] = "gzip",
        ["HTTP_AUTH_SIGV4_SERVICE"] = "es",
        ["HTTP_AUTH_SIGV4_REGION"] = "eu-central-1",
        ["LOGS_SERVICE_NAME"] = "shop",
        ["LOGS_FIELDS"] = "env=prod,team=pay",
        ["LOGS_ELASTICSEARCH_INDEX"] = "logs-shop-default",
        ["LOGS_SPLUNK_INDEX"] = "main",
        ["LOGS_SPLUNK_SOURCETYPE"] = "_json",
        ["LOGS_LOKI_TENANT"] = "tenant1",
        ["HTTP_TLS_CA"] = "/opt/ca.pem",
        ["HTTP_TLS_CERT"] = "/opt/client.pem",
        ["HTTP_TLS_KEY"] = "/opt/client.key",
        ["HTTPS_PROXY"] = "http://proxy.example.com:3128",
        ["HTTP_PROXY"] = "http://proxy.example.com:3128",
        ["ALL_PROXY"] = "http://user:password@proxy.example.com:3128",
        ["NO_PROXY"] = ".internal,10.0.0.0/8",
        ["LOGS_BUFFER_MAX_BYTES"] = "2MB",
    };

    /// <summary>The whole file.</summary>
    public static string Write()
    {
        var file = new StringBuilder();
        file.Append("# Variables of the function's environment. Only HTTP_ENDPOINT is needed; the others show their defaults\n");
        file.Append("# or an example.\n");
        file.Append("# The whole reference: docs/configuration.md. This file is generated from the same list.\n");
        foreach (var chapter in VariableList.All.GroupBy(variable => variable.Group))
        {
            file.Append($"\n# --- {VariableList.TitleOf(chapter.Key)} ---\n");
            foreach (var variable in chapter)
                Append(file, variable);
        }

        return file.ToString();
    }

    static void Append(StringBuilder file, Variable variable)
    {
        file.Append('\n');
        Comment(file, variable.Summary.Replace("`", "", StringComparison.Ordinal));
        Comment(file, $"Allowed: {variable.AllowedText}.{(variable.DefaultText is { Length: > 0 } text ? $" Default: {text}." : "")}");
        var needed = variable == HttpVariables.Endpoint;
        file.Append($"{(needed ? "" : "# ")}{variable.Name}={Examples.GetValueOrDefault(variable.Name, variable.DefaultText)}\n");
    }

    static void Comment(StringBuilder file, string text)
    {
        var line = new StringBuilder("#");
        foreach (var word in text.Split(' '))
        {
            if (line.Length + 1 + word.Length > Columns)
            {
                file.Append(line).Append('\n');
                line.Clear().Append('#');
            }

            line.Append(' ').Append(word);
        }

        file.Append(line).Append('\n');
    }
}
