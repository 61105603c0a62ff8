using System.Globalization;

namespace LambdaLogs.Extension.Diagnostics;

/// <summary>An exception that nobody expected, in words: its own text is a key of the framework's resources in what ships. Pure.</summary>
internal static class FaultText
{
    /// <summary>What happened, as it follows a colon.</summary>
    /// <param name="fault">The exception.</param>
    public static string Of(Exception fault)
    {
        var code = fault.HResult.ToString("X8", CultureInfo.InvariantCulture);
        return fault switch
        {
            OutOfMemoryException => "out of memory",
            FileNotFoundException or DirectoryNotFoundException => "there is no such file",
            UnauthorizedAccessException => "no permission",
            IOException => $"input or output failed, code {code}",
            _ => $"a fault of the extension itself, code {code}",
        };
    }
}
