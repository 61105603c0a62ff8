using System.Text;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>What a rule handed on, as text.</summary>
internal sealed record KeptRecord(string Message, LogLevel Level, string LogType, string RequestId, string Attributes)
{
    public static KeptRecord Of(in LogRecord record) => new(
        Encoding.UTF8.GetString(record.Message),
        record.Level,
        Encoding.UTF8.GetString(record.LogType),
        Encoding.UTF8.GetString(record.RequestId),
        Encoding.UTF8.GetString(record.Attributes));
}
