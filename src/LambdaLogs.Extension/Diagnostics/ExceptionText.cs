using System.Globalization;

namespace LambdaLogs.Extension.Diagnostics;

/// <summary>Describes an unexpected exception. The native build contains resource keys instead of exception messages. Pure.</summary>
internal static class ExceptionText
{
    /// <summary>Describes what happened, as text that follows a colon.</summary>
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
            _ => $"an internal error, code {code}",
        };
    }
}
