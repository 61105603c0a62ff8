using LambdaLogs.Emulator.Sandbox;
using LambdaLogs.Emulator.Tests.Support;

namespace LambdaLogs.Emulator.Tests.Sandbox;

public sealed class ControlGroupTests
{
    [Fact]
    public void Memory_buys_a_share_of_the_processor()
    {
        Assert.Equal(7_235, ControlGroup.Quota(128));
        Assert.Equal(100_000, ControlGroup.Quota(1_769));
        Assert.Equal(578_858, ControlGroup.Quota(10_240));
    }

    [Fact(Timeout = Limit.Milliseconds)]
    public async Task A_process_that_wants_more_than_its_share_is_throttled()
    {
        var (group, missing) = ControlGroup.Create(128);
        Assert.SkipWhen(group is null, missing ?? "");
        using var process = Tool.Start("/bin/sh", ["-c", "while :; do :; done"]);
        group.Add(process.Id);
        while (Throttled(group) == 0)
            await Task.Delay(20, TestContext.Current.CancellationToken);
        process.Kill();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        // The kernel may hold a group for a moment after its last process.
        for (group.Dispose(); Directory.Exists(group.Directory); group.Dispose())
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    /// <summary>In how many periods its processes had to wait for the next.</summary>
    static int Throttled(ControlGroup group) => File.ReadLines(Path.Combine(group.Directory, "cpu.stat"))
        .Where(line => line.StartsWith("nr_throttled ", StringComparison.Ordinal))
        .Select(line => int.Parse(line.AsSpan("nr_throttled ".Length), System.Globalization.CultureInfo.InvariantCulture)).Single();

    [Fact]
    public void A_group_is_there_until_it_is_disposed()
    {
        var (group, missing) = ControlGroup.Create(512);
        Assert.SkipWhen(group is null, missing ?? "");
        Assert.True(Directory.Exists(group.Directory));
        group.Dispose();
        Assert.False(Directory.Exists(group.Directory));
    }
}
