namespace LambdaLogs.Emulator.Wire;

/// <summary>How an environment is initialized.</summary>
public enum InitializationType
{
    /// <summary>For a waiting invocation, or shortly before one is expected.</summary>
    OnDemand,

    /// <summary>Long before the first invocation.</summary>
    ProvisionedConcurrency,

    /// <summary>Restored from a snapshot that was taken after Init.</summary>
    SnapStart,

    /// <summary>Lambda Managed Instances: concurrent invocations, never frozen.</summary>
    ManagedInstances,
}

/// <summary>The names of the initialization types in Lambda's APIs.</summary>
public static class InitializationTypeNames
{
    /// <summary>The name in <c>AWS_LAMBDA_INITIALIZATION_TYPE</c> and <c>initializationType</c>.</summary>
    public static string WireName(this InitializationType type) => type switch
    {
        InitializationType.ProvisionedConcurrency => "provisioned-concurrency",
        InitializationType.SnapStart => "snap-start",
        InitializationType.ManagedInstances => "lambda-managed-instances",
        _ => "on-demand",
    };
}
