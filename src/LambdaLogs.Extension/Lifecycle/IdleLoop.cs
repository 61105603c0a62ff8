using LambdaLogs.Extension.Platform;

namespace LambdaLogs.Extension.Lifecycle;

/// <summary>
/// The loop of an extension that forwards nothing, because of an invalid configuration or a platform without telemetry. It responds to
/// every event: Lambda treats an extension that exits, even with code 0, as crashed and fails the function.
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
