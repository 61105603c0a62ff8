using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Tests.Formats.Readers;

namespace LambdaLogs.Extension.Tests.Contract.Fuzz;

/// <summary>Writes every record in one wire format, and reads the whole body as its destination would.</summary>
internal sealed class FormatSink(FormatKind kind) : IRecordSink
{
    readonly LogFormat _format = SampleFormats.New(kind);
    readonly List<byte[]> _encoded = [];

    public void Add(in LogRecord record)
    {
        var buffer = new byte[_format.MaxSize(in record)];
        _encoded.Add(buffer[.._format.Write(in record, buffer)]);
    }

    /// <summary>Fails where the body is not what the destination takes, or a record is not in it.</summary>
    public void Check()
    {
        if (_encoded.Count > 0)
            Assert.Equal(_encoded.Count, BodyReader.Read(kind, SampleFormats.Body(_format, _encoded)).Count);
    }
}
