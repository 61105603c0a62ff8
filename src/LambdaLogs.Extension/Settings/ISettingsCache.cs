namespace LambdaLogs.Extension.Settings;

/// <summary>A copy of the settings from AWS for the next process of the environment, which need not request them again.</summary>
internal interface ISettingsCache
{
    /// <summary>Replaces the copy. Does nothing where it cannot be written.</summary>
    /// <param name="arn">Where the settings are from.</param>
    /// <param name="text">The settings. May contain secrets.</param>
    /// <param name="now">The wall clock.</param>
    void Write(string arn, string text, DateTimeOffset now);

    /// <summary>Reads the copy.</summary>
    /// <param name="arn">Where the settings have to be from.</param>
    /// <param name="now">The wall clock.</param>
    /// <returns>Null: there is no copy from there, or it is too old.</returns>
    string? Read(string arn, DateTimeOffset now);
}
