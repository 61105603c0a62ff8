using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// The function's variables, and below them the settings of a file that <c>LOGS_CONFIG</c> names: one file of a layer or image for many
/// functions. A file sets settings of the extension only.
/// </summary>
internal sealed class ConfiguredEnvironment
{
    readonly Func<string, string?> _own;
    readonly Dictionary<string, string> _shared = [];
    readonly List<SettingProblem> _problems = [];

    /// <summary>Reads the file, where one is named.</summary>
    /// <param name="own">The function's variables.</param>
    /// <param name="readFile">A file's text. Empty: it cannot be read.</param>
    public ConfiguredEnvironment(Func<string, string?> own, Func<string, string> readFile)
    {
        _own = own;
        if (own(LogsVariables.Config.Name)?.Trim() is { Length: > 0 } text)
            ReadFile(ListText.WithoutQuotes(text), readFile);
    }

    /// <summary>What is wrong with the file, at most one line each. Nothing of it keeps logs from being sent.</summary>
    public IReadOnlyList<SettingProblem> Problems => _problems;

    /// <summary>The names that the file sets.</summary>
    public IReadOnlyCollection<string> SharedNames => _shared.Keys;

    /// <summary>A variable's value, the function's own before that of the file. Null: neither has it.</summary>
    public string? Read(string name) => _own(name) is { } own && !string.IsNullOrWhiteSpace(own) ? own : _shared.GetValueOrDefault(name);

    /// <summary>Whether the value comes from the file.</summary>
    public bool IsShared(string name) => _shared.ContainsKey(name) && string.IsNullOrWhiteSpace(_own(name));

    void ReadFile(string path, Func<string, string> readFile)
    {
        var variable = LogsVariables.Config;
        var shown = $"\"{PlainText.OneLine(path, longest: 60)}\"";
        var text = path.StartsWith('/') ? readFile(path) : "";
        if (text.Length == 0)
        {
            const string Allowed = "the path of a file with settings in .env form, such as /opt/logs-http.env";
            const string Used = "it cannot be read: the function's own variables alone are used";
            _problems.Add(new SettingProblem(variable.Name, shown, Allowed, Used));
            return;
        }

        var wrong = EnvFile.Read(text, _shared);
        if (wrong > 0)
        {
            var used = $"line {wrong} is left out, as are others like it";
            _problems.Add(new SettingProblem(variable.Name, shown, "NAME=value in every line", used));
        }

        foreach (var name in new List<string>(_shared.Keys))
        {
            if (!IsOurs(name))
                _shared.Remove(name);
        }
    }

    // A file must not change what AWS and the runtime set.
    static bool IsOurs(string name) => name != LogsVariables.Config.Name
        && (name.StartsWith("LOGS_", StringComparison.Ordinal) || name.StartsWith("HTTP", StringComparison.Ordinal)
            || name is "ALL_PROXY" or "NO_PROXY" or "all_proxy" or "no_proxy" or "https_proxy" or "http_proxy");
}
