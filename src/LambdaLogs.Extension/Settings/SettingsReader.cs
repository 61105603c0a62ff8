namespace LambdaLogs.Extension.Settings;

/// <summary>Reads the configuration from the environment.</summary>
internal static class SettingsReader
{
    /// <summary>Reads every variable and tells every problem at once. Never throws for what the variables hold.</summary>
    /// <param name="read">The environment: a variable's value, or null where it is not set.</param>
    /// <param name="problems">What is wrong, in the order of the reference page. Empty: nothing.</param>
    /// <returns>Settings that are always usable; see <see cref="ExtensionSettings.CanSend"/>.</returns>
    public static ExtensionSettings Read(Func<string, string?> read, out IReadOnlyList<SettingProblem> problems)
    {
        problems = [];
        return new ExtensionSettings { TestMode = read("HTTP_TEST_MODE") is not null };
    }
}
