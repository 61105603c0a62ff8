using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>
/// The main loop on Lambda Managed Instances. There are no INVOKE events and no freeze, so batches are sent by time and size alone until
/// SHUTDOWN. Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/lambda-managed-instances-execution-environment.html"/>.
/// </summary>
internal static class ManagedInstanceLoop
{
    /// <summary>Runs until SHUTDOWN.</summary>
    /// <returns>The exit code: 0.</returns>
    public static int Run(ExtensionsApi api, Shutdown shutdown)
    {
        while (true)
        {
            var happened = api.Next();
            if (happened.Kind != PlatformEventKind.Shutdown)
                continue;

            shutdown.Run(happened, last: null);
            return 0;
        }
    }
}
