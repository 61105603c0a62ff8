using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;

namespace LambdaLogs.Extension.Settings;

/// <summary>
/// The function's variables, and below them the settings that <c>LOGS_CONFIG</c> names, for many functions in one place: a file of a layer
/// or image, which is read at once, or a text in AWS, which is taken later. They set variables of the extension only.
/// </summary>
internal sealed class ConfiguredEnvironment
{
    const string Allowed = "the path of a file with settings in .env form, such as /opt/logs-http.env, or " + SettingsReference.Form;
    const string OwnAlone = "the function's own variables alone are used";
    const int LongestShown = 200;
    const int NamesShown = 3;

    readonly Func<string, string?> _own;
    readonly Dictionary<string, string> _shared = [];
    readonly List<SettingProblem> _problems = [];

    /// <summary>Reads the file, if one is configured.</summary>
    /// <param name="own">Reads the function's variables.</param>
    /// <param name="readFile">Returns a file's text. Empty: it cannot be read.</param>
    public ConfiguredEnvironment(Func<string, string?> own, Func<string, string> readFile)
    {
        _own = own;
        if (own(LogsVariables.Config.Name)?.Trim() is not { Length: > 0 } text)
            return;

        text = ListSplitter.WithoutQuotes(text);
        if (SecretReference.LooksLikeArn(text))
            Refer(text);
        else
            ReadFile(text, readFile);
    }

    /// <summary>The settings that are in AWS. Null: there are none.</summary>
    public SettingsReference? Reference { get; private set; }

    /// <summary>Problems of the file, at most one for each kind. None of them prevents sending.</summary>
    public IReadOnlyList<SettingProblem> Problems => _problems;

    /// <summary>The names that are set for many functions.</summary>
    public IReadOnlyCollection<string> SharedNames => _shared.Keys;

    /// <summary>A variable's value; the function's own takes precedence. Null: not set.</summary>
    public string? Read(string name) => _own(name) is { } own && !string.IsNullOrWhiteSpace(own) ? own : _shared.GetValueOrDefault(name);

    /// <summary>Whether the value comes from the file.</summary>
    public bool IsShared(string name) => _shared.ContainsKey(name) && string.IsNullOrWhiteSpace(_own(name));

    /// <summary>Takes what <see cref="Reference"/> names.</summary>
    /// <param name="fetched">The text, or why there is none.</param>
    public void Take(FetchResult<string> fetched)
    {
        if (fetched.Value is { } text)
            Take(text, Shown(Reference!.Arn));
        else
            Problem(Shown(Reference!.Arn), "settings that can be read", $"{fetched.Failure}; {OwnAlone}");
    }

    void Refer(string arn)
    {
        Reference = SettingsReference.Parse(arn, _own("AWS_REGION") ?? _own("AWS_DEFAULT_REGION") ?? "");
        if (Reference is null)
            Problem(Shown(arn), Allowed, OwnAlone);
    }

    void ReadFile(string path, Func<string, string> readFile)
    {
        var text = path.StartsWith('/') ? readFile(path) : "";
        if (text.Length == 0)
            Problem(Shown(path), Allowed, $"it cannot be read: {OwnAlone}");
        else if (text.Contains('\uFFFD'))
            Problem(Shown(path), "text in UTF-8", OwnAlone);
        else
            Take(text, Shown(path));
    }

    void Take(string text, string shown)
    {
        var wrong = EnvFile.Read(text, _shared);
        if (wrong > 0)
            Problem(shown, "NAME=value in every line", $"line {wrong} is left out, as are others like it");

        var others = new List<string>();
        foreach (var name in new List<string>(_shared.Keys))
        {
            if (IsOurs(name))
                continue;

            _shared.Remove(name);
            others.Add(PlainText.OneLine(name, longest: 40));
        }

        if (others.Count == 0)
            return;

        var more = others.Count > NamesShown ? $" and {others.Count - NamesShown} more are" : others.Count > 1 ? " are" : " is";
        var named = string.Join(", ", others.GetRange(0, Math.Min(others.Count, NamesShown)));
        Problem(shown, "settings of the extension alone", $"{named}{more} left out");
    }

    void Problem(string shown, string allowed, string used) =>
        _problems.Add(new SettingProblem(LogsVariables.Config.Name, shown, allowed, used));

    static string Shown(string text) => $"\"{PlainText.OneLine(text, LongestShown)}\"";

    // A file must not change variables of AWS or the runtime.
    static bool IsOurs(string name) => name != LogsVariables.Config.Name
        && (name.StartsWith("LOGS_", StringComparison.Ordinal) || name.StartsWith("HTTP", StringComparison.Ordinal)
            || name is "ALL_PROXY" or "NO_PROXY" or "all_proxy" or "no_proxy" or "https_proxy" or "http_proxy");
}
