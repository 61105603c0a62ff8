using System.Text;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Things where it does not matter which.</summary>
internal static class Some
{
    /// <summary>A line of the function.</summary>
    /// <param name="message">Plain ASCII without quotes.</param>
    public static LogRecord Line(string message) => new()
    {
        Time = "2026-03-14T09:26:53.101Z"u8,
        Level = LogLevel.Info,
        Message = Encoding.UTF8.GetBytes(message),
        LogType = "function"u8,
        RequestId = "request-1"u8,
    };

    /// <summary>An event that the default settings do not forward.</summary>
    public static LogRecord FilteredEvent() => new()
    {
        Time = "2026-03-14T09:26:53.101Z"u8,
        Message = "START"u8,
        LogType = "platform.start"u8,
        Kind = EventKind.Start,
    };

    /// <summary>The default format for a function.</summary>
    public static LambdaFormat Format() => new(new FormatOptions(), new FunctionIdentity { Name = "orders", Version = "7", MemorySize = "128", Region = "eu-west-1", Architecture = "arm64" });
}
