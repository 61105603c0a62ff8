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
        foreach (var record in SampleRecord.All)
        {
            var view = record.View();
            for (var round = 0; round < 100; round++)
                format.Write(in view, buffer);

            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var round = 0; round < 1000; round++)
                Assert.True(format.Write(in view, buffer) <= format.MaxSize(in view));
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
        }
    }
}
