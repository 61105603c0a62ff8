using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Tests.Platform;

public sealed class ProcessorClockTests
{
    [Fact]
    public void It_goes_on_with_the_work_that_is_done()
    {
        var clock = new ProcessorClock();
        var start = clock.GetTimestamp();
        // The other threads of the process move it as well, perhaps before this one looks for the first time.
        while (clock.GetElapsedTime(start) < TimeSpan.FromMilliseconds(1))
            Thread.SpinWait(1000);

        Assert.True(clock.GetTimestamp() > start);
    }
}
