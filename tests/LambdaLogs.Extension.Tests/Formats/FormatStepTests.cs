using System.Text;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Formats;

/// <summary>Every format takes steps by the byte, whatever a record holds, whether it is written whole, cut or shortened: counted, not measured by a clock.</summary>
public sealed class FormatStepTests
{
    static readonly string[] Messages = ["a", "\\\\", "\\\"", "\\u0000", "é", "\\ud83d\\ude00", "…[truncated, 1 bytes]", "{\\\"a\\\":1}", " x", "名"];

    static readonly string[] Members =
    [
        "\"a\":1", "\"a\":{}", "\"\":\"\"", "\"a\":[[[[]]]]", "\"a\":{\"b\":{\"c\":{\"d\":1}}}", "\"é 名\":1e400", "\"a.b\":{\"a\":1}", "\"\\u0061\":\"\\\\\"", "\"_id\":99999999999999999999", "\"a\":\"\\ud83d\"",
    ];

    [Theory]
    [MemberData(nameof(SampleFormats.Kinds), MemberType = typeof(SampleFormats))]
    internal void Messages_are_written_in_steps_by_the_byte(FormatKind kind)
    {
        foreach (var piece in Messages)
            LinearSteps.Holds($"{kind} of {piece}", 64, size => Writing(kind, LinearSteps.Repeated(piece, size), ""));
    }

    [Theory]
    [MemberData(nameof(SampleFormats.Kinds), MemberType = typeof(SampleFormats))]
    internal void Attributes_are_written_in_steps_by_the_byte(FormatKind kind)
    {
        foreach (var member in Members)
            LinearSteps.Holds($"{kind} of {member}", 160, size => Writing(kind, "m", $"{{{LinearSteps.Repeated(member + ",", size)}\"z\":0}}"));
        LinearSteps.Holds($"{kind} of names of their own", 160, size => Writing(kind, "m", $"{{{string.Join(',', Enumerable.Range(0, size / 10).Select(index => $"\"k{index}\":1"))}}}"));
    }

    /// <summary>The record whole, then cut to half of that, then what was cut shortened again.</summary>
    static Action Writing(FormatKind kind, string message, string attributes)
    {
        var format = SampleFormats.New(kind);
        var (text, fields) = (Encoding.UTF8.GetBytes(message), Encoding.UTF8.GetBytes(attributes));
        var buffer = new byte[(12 * (text.Length + fields.Length)) + (1 << 20)];
        var shorter = new byte[buffer.Length];
        return () =>
        {
            var record = format.Prepare(new LogRecord
            {
                Time = "2026-03-14T09:26:53.101Z"u8,
                Message = text,
                LogType = "function"u8,
                RequestId = "request"u8,
                Attributes = fields,
            });
            var whole = format.Write(in record, buffer);
            var limit = Math.Max(whole / 2, format.RecordBytesMin);
            var cut = format.WriteTruncated(in record, buffer, limit);
            if (cut / 2 >= format.RecordBytesMin)
                format.Shorten(buffer.AsSpan(0, cut), shorter, cut / 2);
        };
    }
}
