namespace LambdaLogs.Extension.Tests.Fakes;

/// <summary>Bounded waits: a test that waits in vain fails with what it waited for.</summary>
internal static class Patience
{
    // Only so that a test that waits in vain ends: a busy machine may take long for anything.
    static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    /// <summary>Waits for a task.</summary>
    public static async Task Within(this Task task, string what)
    {
        if (await Task.WhenAny(task, Task.Delay(Limit, TestContext.Current.CancellationToken)) != task)
            throw new TimeoutException($"Waited in vain for {what}.");

        await task;
    }

    /// <summary>Waits for a task and gives its result.</summary>
    public static async Task<T> Within<T>(this Task<T> task, string what)
    {
        await Within((Task)task, what);
        return await task;
    }
}
