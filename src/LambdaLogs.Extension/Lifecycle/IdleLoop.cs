using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>
/// The life of an extension that has nothing to do: bad configuration, or a platform without telemetry. It responds to every event, because
/// an extension that exits, even with code 0, is a crash to Lambda and fails the function.
/// </summary>
internal static class IdleLoop
{
    /// <summary>Runs until SHUTDOWN.</summary>
    /// <returns>The exit code: 0.</returns>
    public static int Run(ExtensionsApi api)
    {
        while (api.Next().Kind != PlatformEventKind.Shutdown)
        {
        }

        return 0;
    }
}
