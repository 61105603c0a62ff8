using System.Text;
using Google.Protobuf;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Formats.Proto;
using LambdaLogs.Extension.Tests.Settings;

namespace LambdaLogs.Extension.Tests.Formats;

/// <summary>One body of each format as a file, to be read and compared. <c>UPDATE_GOLDENS=1</c> writes them anew.</summary>
public sealed class FormatGoldenTests
{
    [Theory]
    [MemberData(nameof(SampleFormats.Kinds), MemberType = typeof(SampleFormats))]
    internal void A_body_is_as_it_was(FormatKind kind)
    {
        var format = SampleFormats.New(kind);
        var body = SampleFormats.Body(format, SampleRecord.All.Select(record => SampleFormats.Encode(format, record)));
        RepositoryFile.Is($"tests/LambdaLogs.Extension.Tests/Formats/Goldens/{kind}.txt", kind == FormatKind.OtlpProtobuf ? Shown(body) : Encoding.UTF8.GetString(body));
    }

    static string Shown(byte[] body) =>
        new JsonFormatter(JsonFormatter.Settings.Default.WithIndentation()).Format(ExportRequest.Parser.ParseFrom(body)) + "\n";
}
