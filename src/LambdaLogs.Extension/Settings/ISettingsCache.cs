namespace LambdaLogs.Extension.Settings;

/// <summary>Keeps settings out of AWS for the next process of the sandbox, which starts with them at once.</summary>
internal interface IKeptSettings
{
    /// <summary>Keeps a text in place of what was kept before. Where that is not possible nothing is kept.</summary>
    /// <param name="arn">Where it is from.</param>
    /// <param name="text">The settings. May hold secrets.</param>
    /// <param name="now">The wall clock.</param>
    void Keep(string arn, string text, DateTimeOffset now);

    /// <summary>What was kept.</summary>
    /// <param name="arn">Where it has to be from.</param>
    /// <param name="now">The wall clock.</param>
    /// <returns>Null: nothing of the kind, or it is too old.</returns>
    string? Read(string arn, DateTimeOffset now);
}
