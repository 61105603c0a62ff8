namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>What a variable holds that takes a path or PEM text.</summary>
internal static class PemFile
{
    const int LongestShown = 120;

    /// <summary>Whether it is the text itself.</summary>
    /// <param name="value">A path or PEM text.</param>
    public static bool IsText(string value) => value.Contains("-----BEGIN ", StringComparison.Ordinal);

    /// <summary>For people: a path as it is. Anything else may be a key.</summary>
    /// <param name="value">A path or PEM text.</param>
    public static string Shown(string value) =>
        value[0] == '/' && !IsText(value) && value.Length <= LongestShown ? $"\"{PlainText.OneLine(value)}\"" : "PEM text or no path";

    /// <summary>The text. Line ends may be written as <c>\n</c> in a variable.</summary>
    /// <param name="value">A path or PEM text.</param>
    /// <returns>Null: the file cannot be read.</returns>
    public static string? Read(string value)
    {
        if (IsText(value))
            return value.Replace("\\n", "\n", StringComparison.Ordinal);

        try
        {
            return File.ReadAllText(value);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
