using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Records;

namespace LambdaLogs.Extension.Tests.Processing;

public sealed class RecordFilterTests
{
    [Theory]
    [InlineData(EventKind.Line, true)]
    [InlineData(EventKind.Report, true)]
    [InlineData(EventKind.InitReport, true)]
    [InlineData(EventKind.RestoreReport, true)]
    [InlineData(EventKind.LogsDropped, true)]
    [InlineData(EventKind.Fault, true)]
    [InlineData(EventKind.OtherPlatform, true)]
    [InlineData(EventKind.Other, true)]
    [InlineData(EventKind.InitStart, false)]
    [InlineData(EventKind.InitRuntimeDone, false)]
    [InlineData(EventKind.RestoreStart, false)]
    [InlineData(EventKind.RestoreRuntimeDone, false)]
    [InlineData(EventKind.Start, false)]
    [InlineData(EventKind.End, false)]
    [InlineData(EventKind.ExtensionState, false)]
    [InlineData(EventKind.Subscription, false)]
    [InlineData(EventKind.RuntimeDone, false)]
    internal void By_default_only_what_tells_something_new_is_forwarded(EventKind kind, bool expected) =>
        Assert.Equal(expected, Keeps(new FilterOptions(), kind, PlatformStatus.Success));

    [Theory]
    [InlineData(PlatformStatus.None)]
    [InlineData(PlatformStatus.Error)]
    [InlineData(PlatformStatus.Failure)]
    [InlineData(PlatformStatus.Timeout)]
    [InlineData(PlatformStatus.Other)]
    internal void By_default_the_end_of_an_invocation_is_forwarded_unless_it_is_a_success(PlatformStatus status) =>
        Assert.True(Keeps(new FilterOptions(), EventKind.RuntimeDone, status));

    [Fact]
    public void All_forwards_everything()
    {
        var all = new FilterOptions { PlatformEvents = PlatformEventSet.All };
        Assert.All(Enum.GetValues<EventKind>(), kind => Assert.True(Keeps(all, kind, PlatformStatus.Success)));
    }

    [Fact]
    public void None_forwards_no_platform_event_but_every_line_and_every_unknown_category()
    {
        var none = new FilterOptions { PlatformEvents = PlatformEventSet.None };
        Assert.Equal([EventKind.Line, EventKind.Other], Enum.GetValues<EventKind>().Where(kind => Keeps(none, kind, PlatformStatus.Error)));
    }

    [Fact]
    public void A_list_forwards_what_is_in_it()
    {
        var list = new FilterOptions { PlatformEvents = PlatformEventSet.Start | PlatformEventSet.RuntimeDone };
        Assert.True(Keeps(list, EventKind.Start, PlatformStatus.None));
        Assert.True(Keeps(list, EventKind.RuntimeDone, PlatformStatus.Success));
        Assert.False(Keeps(list, EventKind.Report, PlatformStatus.Error));
        Assert.False(Keeps(list, EventKind.OtherPlatform, PlatformStatus.None));
    }

    static bool Keeps(FilterOptions options, EventKind kind, PlatformStatus status) =>
        new RecordFilter(options).Keep(new LogRecord { Time = "t"u8, Message = "m"u8, LogType = "x"u8, Kind = kind, Status = status });
}
