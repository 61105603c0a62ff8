using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Settings;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension;

/// <summary>
/// Loads the settings from the function's variables, from the file that <c>LOGS_CONFIG</c> names, and from AWS; logs what is wrong with
/// them.
/// </summary>
/// <param name="read">Reads an environment variable.</param>
/// <param name="lambda">Function name and memory.</param>
/// <param name="log">The extension's own log.</param>
/// <param name="names">The names of all environment variables. Null: unknown variables are not reported.</param>
internal sealed class SettingsLoader(
    Func<string, string?> read, LambdaEnvironment lambda, ExtensionLog log, Func<IEnumerable<string>>? names)
{
    ConfiguredEnvironment _environment = new(_ => null, _ => "");

    /// <summary>The text of a variable: the function's own, else a shared one.</summary>
    public string? Read(string name) => _environment.Read(name);

    /// <summary>Whether a variable's value comes from <c>LOGS_CONFIG</c>.</summary>
    public bool IsShared(string name) => _environment.IsShared(name);

    /// <summary>Reads the variables and the file.</summary>
    /// <param name="time">Both clocks.</param>
    /// <returns>The settings in AWS that have to be requested. Null: none.</returns>
    public RemoteSettings? Open(TimeProvider time)
    {
        _environment = new ConfiguredEnvironment(read, SystemFile.Read);
        return RemoteSettings.Of(_environment, read, new SettingsFile(lambda.FunctionName), time, log);
    }

    /// <summary>Parses all settings.</summary>
    /// <param name="problems">What is wrong with them.</param>
    /// <param name="needsEndpoint">Whether a missing endpoint is a problem.</param>
    public ExtensionSettings Parse(out List<SettingProblem> problems, bool needsEndpoint = true)
    {
        var settings = SettingsReader.Read(_environment.Read, lambda.MemoryBytes, out problems, needsEndpoint);
        problems.AddRange(_environment.Problems);
        return settings;
    }

    /// <summary>Parses all settings; logs problems, and warnings if logs can be sent.</summary>
    public ExtensionSettings ParseAndLog()
    {
        var settings = Parse(out var problems);
        log.Level = settings.ExtensionLogLevel;
        foreach (var problem in problems)
            log.Error(problem.ToString());
        if (!settings.CanSend)
            return settings;

        foreach (var warning in SettingWarnings.Of(settings))
            log.Warn(warning);
        return settings;
    }

    /// <summary>One line for each variable that looks like a setting of the extension but is not one.</summary>
    public List<string> UnknownVariableLines() => UnknownVariables.Of([.. names?.Invoke() ?? [], .. _environment.SharedNames]);

    /// <summary>Logs <see cref="UnknownVariableLines"/>.</summary>
    public void LogUnknownVariables()
    {
        foreach (var line in UnknownVariableLines())
            log.Warn(line);
    }

    /// <summary>Logs that no logs are forwarded with these settings.</summary>
    public void LogThatNothingIsSent()
    {
        LogUnknownVariables();
        log.Error("no logs are forwarded until the configuration is corrected; the function is not affected");
    }
}
