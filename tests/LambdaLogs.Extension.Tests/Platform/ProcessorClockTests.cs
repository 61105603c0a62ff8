using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Tests.Platform;

public sealed class ProcessorClockTests
{
    [Fact]
    public void It_goes_on_with_the_work_that_is_done()
    {
        var clock = new ProcessorClock();
        var start = clock.GetTimestamp();
        var spins = 0;
        while (clock.GetElapsedTime(start) < TimeSpan.FromMilliseconds(1))
            spins++;

        Assert.True(spins > 0);
        Assert.True(clock.GetTimestamp() > start);
    }
}
