using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Phases;

/// <summary>Checks whether a call is allowed in the current state and returns Lambda's error if not. Pure functions.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html"/></remarks>
internal static class Admission
{
    /// <summary>The largest number of extensions of a function.</summary>
    public const int ExtensionsMax = 10;

    /// <returns>Null if the registration is allowed.</returns>
    public static ApiError? Register(SandboxState state, string name, IReadOnlyList<string> events)
    {
        if (name.Length == 0)
            return ApiError.Forbidden("Extension.InvalidExtensionName", "Empty extension name");

        var launched = state.Extension(name);
        foreach (var item in events)
        {
            if (!IsAllowed(state.Rules, item, isInternal: launched is null or { IsInternal: true }))
                return ApiError.Forbidden("Extension.InvalidEventType", $"{item}: ErrorInvalidEventType");
        }

        if (launched is { Status: not ExtensionStatus.Started })
            return Transition(launched, "Registered");
        if (launched is not null)
            return null;
        if (state.Phase is not Phase.Init || state.Runtime is RuntimeStatus.Ready)
            return ApiError.Forbidden("Extension.RegistrationClosed", "Extension registration closed already");

        return state.Extensions.Length >= ExtensionsMax
            ? ApiError.Forbidden("Extension.TooManyExtensions", $"Extension limit ({ExtensionsMax}) reached")
            : null;
    }

    /// <returns>The extension, or the error response if there is none with that identifier.</returns>
    public static (ExtensionState? Extension, ApiError? Error) Identify(SandboxState state, string? id)
    {
        if (string.IsNullOrEmpty(id))
        {
            return (null, ApiError.Forbidden(
                "Extension.MissingExtensionIdentifier", "Missing Lambda-Extension-Identifier header"));
        }

        if (!Guid.TryParse(id, out _))
            return (null, ApiError.Forbidden("Extension.InvalidExtensionIdentifier", "Invalid Lambda-Extension-Identifier"));

        return state.ExtensionById(id) is { } extension
            ? (extension, null)
            : (null, ApiError.Forbidden("Extension.UnknownExtensionIdentifier", $"Unknown extension {id}"));
    }

    /// <summary>A second call for the next event while one waits is rejected, as is any call after an error or exit.</summary>
    public static ApiError? Next(ExtensionState extension) =>
        extension.Status is ExtensionStatus.Registered or ExtensionStatus.Running ? null : Transition(extension, "Ready");

    /// <summary>Checks whether <c>init/error</c> or <c>exit/error</c> can be posted. Repeating it is allowed.</summary>
    public static ApiError? Error(ExtensionState extension, bool isInit)
    {
        var target = isInit ? ExtensionStatus.InitError : ExtensionStatus.ExitError;
        var isAllowed = extension.Status == target || extension.Status is ExtensionStatus.Registered
            || (!isInit && extension.Status is ExtensionStatus.Ready or ExtensionStatus.Running);
        return isAllowed ? null : Transition(extension, target.ToString());
    }

    /// <summary>Checks whether the runtime can post a response or an error for that request.</summary>
    public static ApiError? Respond(SandboxState state, string requestId)
    {
        if (state.Rules.IsManaged)
            return state.Active.ContainsKey(requestId) ? null : InvalidRequestId;
        if (state.Current?.RequestId != requestId || state.Phase is not Phase.Invoke)
            return InvalidRequestId;

        return state.Runtime is RuntimeStatus.Busy ? null : RuntimeTransition("RuntimeResponseSent", "InvocationResponse");
    }

    /// <summary>Checks whether the runtime can ask for an invocation.</summary>
    public static ApiError? RuntimeNext(SandboxState state)
    {
        if (state.Rules.IsManaged)
            return null;
        if (state.RuntimeCalls > 0)
            return RuntimeTransition("Ready", "Ready");

        return state.Runtime switch
        {
            RuntimeStatus.Busy => RuntimeTransition("Running", "Ready"),
            RuntimeStatus.AwaitingRestore => RuntimeTransition("RestoreReady", "Ready"),
            _ => null,
        };
    }

    /// <summary>Checks whether the runtime can wait for a restore: with SnapStart, instead of its first call for an invocation.</summary>
    public static ApiError? RuntimeRestoreNext(SandboxState state) =>
        state is { Phase: Phase.Init, Runtime: RuntimeStatus.Starting, Rules.Function.Initialization: InitializationType.SnapStart }
            ? null
            : RuntimeTransition(state.Runtime.ToString(), "RestoreReady");

    /// <summary>Checks whether the runtime can report a failed hook: only after a restore, before it asks for an invocation.</summary>
    public static ApiError? RuntimeRestoreError(SandboxState state) =>
        state.Phase is Phase.Restore ? null : RuntimeTransition(state.Runtime.ToString(), "RestoreError");

    /// <summary>Checks whether the runtime can report an init error: only before its first call for an invocation.</summary>
    public static ApiError? RuntimeInitError(SandboxState state) =>
        state is { Phase: Phase.Init, Runtime: RuntimeStatus.Starting } ? null : RuntimeTransition(state.Runtime.ToString(), "InitError");

    static ApiError InvalidRequestId { get; } = new(400, "InvalidRequestID", "Invalid request ID");

    static bool IsAllowed(SandboxRules rules, string item, bool isInternal) => item switch
    {
        "INVOKE" => !rules.IsManaged,
        "SHUTDOWN" => !isInternal,
        _ => false,
    };

    static ApiError Transition(ExtensionState extension, string target) => ApiError.Forbidden(
        "Extension.InvalidExtensionState",
        $"State transition from {extension.Status} to {target} failed for extension {extension.Name}."
        + " Error: State transition is not allowed");

    static ApiError RuntimeTransition(string from, string to) => ApiError.Forbidden(
        "InvalidStateTransition", $"State transition from {from} to {to} failed for runtime. Error: State transition is not allowed");
}
