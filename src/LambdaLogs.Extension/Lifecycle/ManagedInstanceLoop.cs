using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>
/// The main loop on Lambda Managed Instances. There are no INVOKE events and no freeze, so batches are sent by time and size alone until
/// SHUTDOWN. Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-execution-environment.html"/>.
/// </summary>
internal static class ManagedInstanceLoop
{
    /// <summary>Runs until SHUTDOWN.</summary>
    /// <param name="api">Lambda.</param>
    /// <param name="shutdown">What happens at the end.</param>
    /// <param name="first">An event that has come already, and waits. Null: none.</param>
    /// <returns>The exit code: 0.</returns>
    public static int Run(ExtensionsApi api, Shutdown shutdown, PlatformEvent? first = null)
    {
        while (true)
        {
            var nextEvent = first ?? api.Next();
            first = null;
            if (nextEvent.Kind != PlatformEventKind.Shutdown)
                continue;

            shutdown.Run(nextEvent, last: null);
            return 0;
        }
    }
}
