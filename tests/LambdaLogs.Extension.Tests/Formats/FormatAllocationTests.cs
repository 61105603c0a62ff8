using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Formats;

public sealed class FormatAllocationTests
{
    [Theory]
    [MemberData(nameof(SampleFormats.Kinds), MemberType = typeof(SampleFormats))]
    internal void Writing_a_record_allocates_nothing(FormatKind kind)
    {
        var format = SampleFormats.New(kind);
        var buffer = new byte[64 * 1024];
        SampleRecord[] records =
        [
            .. SampleRecord.All,
            new() { Message = "dirty", Attributes = """{"":1,"a":1e400,"a":{"b..c":[1,{"a":1,"\u0061":2}]},"名":12345678901234567890}""" },
        ];
        foreach (var record in records)
        {
            var view = record.View();
            for (var round = 0; round < 100; round++)
                format.Write(format.Prepare(in view), buffer);

            var allocated = Allocation.LeastOf(() =>
            {
                var again = record.View();
                for (var round = 0; round < 1000; round++)
                {
                    var prepared = format.Prepare(in again);
                    Assert.True(format.Write(in prepared, buffer) <= format.MaxSize(in prepared));
                }
            });
            Assert.InRange(allocated, 0, 1000);
        }
    }
}
