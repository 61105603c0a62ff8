namespace LambdaLogs.Extension.Delivery.Trust;

/// <summary>Reads a setting that is either a path or PEM text.</summary>
internal static class PemFile
{
    const int LongestShown = 120;

    /// <summary>Whether the value is PEM text.</summary>
    /// <param name="value">A path or PEM text.</param>
    public static bool IsText(string value) => value.Contains("-----BEGIN ", StringComparison.Ordinal);

    /// <summary>The value for messages: a path as it is. Anything else may be a key.</summary>
    /// <param name="value">A path or PEM text.</param>
    public static string Shown(string value) =>
        value[0] == '/' && !IsText(value) && value.Length <= LongestShown
            ? $"\"{PlainText.OneLine(value)}\""
            : "PEM text, or a value that is not a path";

    /// <summary>Returns the PEM text. In a variable, line breaks may be written as <c>\n</c>.</summary>
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
