using System.Text;
using System.Text.RegularExpressions;
using LambdaLogs.Extension.Checks;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Checks;

/// <summary>Runs <c>--check</c> in an environment and keeps what it says.</summary>
internal sealed partial class CheckScene
{
    CheckScene(int exitCode, string output) => (ExitCode, Output) = (exitCode, output);

    public int ExitCode { get; }

    /// <summary>Everything, with every time as <c>N ms</c>.</summary>
    public string Output { get; }

    /// <summary>Runs it.</summary>
    /// <param name="variables">The environment.</param>
    public static Task<CheckScene> RunAsync(params (string Name, string? Value)[] variables) => RunAsync(showsAll: false, variables);

    /// <summary>Runs it.</summary>
    /// <param name="showsAll">With <c>--all</c>.</param>
    /// <param name="variables">The environment.</param>
    public static async Task<CheckScene> RunAsync(bool showsAll, params (string Name, string? Value)[] variables)
    {
        var values = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        var text = new StringBuilder();
        void Write(ReadOnlySpan<byte> bytes) => text.Append(Encoding.UTF8.GetString(bytes));
        var composition = new Composition(values.GetValueOrDefault, new ExtensionLog(Write));
        var exitCode = await Task.Run(() => composition.Check("title", new TextReport(new PlainTextWriter(Write)), showsAll)).Within("the check to end");
        return new CheckScene(exitCode, Times().Replace(text.ToString(), match => "N ms".PadLeft(match.Length)));
    }

    /// <summary>What is said of a step. Null: it did not come so far.</summary>
    public string? Step(string name) => Output.Split('\n').FirstOrDefault(line => line.StartsWith($"  {name}  ", StringComparison.Ordinal));

    /// <summary>What is said of the certificate. Null: nothing.</summary>
    public string? Certificate => Output.Split('\n').FirstOrDefault(line => line.StartsWith("      ", StringComparison.Ordinal)
        && line.Contains("certificate for ", StringComparison.Ordinal) && !line.Contains("-> ", StringComparison.Ordinal))?.Trim();

    /// <summary>What to change.</summary>
    public string? Advice => Output.Split('\n').FirstOrDefault(line => line.Contains("    -> ", StringComparison.Ordinal))?.TrimStart(' ', '-', '>');

    /// <summary>The last line.</summary>
    public string Verdict => Output.TrimEnd().Split('\n')[^1];

    /// <summary>The row of a variable, cell by cell.</summary>
    public string[] Row(string variable) => [.. Output.Split('\n').Single(line => line.StartsWith($"  {variable} ", StringComparison.Ordinal))
        .Split("  ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    [GeneratedRegex(@"\d+ ms")]
    private static partial Regex Times();
}
