namespace LambdaLogs.Emulator.Wire;

/// <summary>How an environment is brought up.</summary>
public enum InitializationType
{
    /// <summary>For a waiting invocation, or shortly before one is expected.</summary>
    OnDemand,

    /// <summary>Long before the first invocation.</summary>
    ProvisionedConcurrency,

    /// <summary>Restored from a snapshot that was taken after Init.</summary>
    SnapStart,

    /// <summary>Lambda Managed Instances: many invocations at once, never frozen.</summary>
    ManagedInstances,
}

/// <summary>The names on the wire.</summary>
public static class InitializationTypeNames
{
    /// <summary>As in <c>AWS_LAMBDA_INITIALIZATION_TYPE</c> and in <c>initializationType</c>.</summary>
    public static string WireName(this InitializationType type) => type switch
    {
        InitializationType.ProvisionedConcurrency => "provisioned-concurrency",
        InitializationType.SnapStart => "snap-start",
        InitializationType.ManagedInstances => "lambda-managed-instances",
        _ => "on-demand",
    };
}
