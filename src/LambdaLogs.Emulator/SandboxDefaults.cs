using System.Globalization;
using System.Security.Cryptography;
using LambdaLogs.Emulator.Phases;
using LambdaLogs.Emulator.Runtimes;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator;

/// <summary>Defaults that depend on other options.</summary>
internal static class SandboxDefaults
{
    const string CustomRuntime = "provided.al2023";

    static readonly TimeSpan OnDemandInitLimit = TimeSpan.FromSeconds(10);
    static readonly TimeSpan AheadInitLimit = TimeSpan.FromSeconds(130);
    static readonly TimeSpan RuntimeShare = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan ManagedRuntimeShare = TimeSpan.FromMilliseconds(600);
    static readonly TimeSpan SnapshotAge = TimeSpan.FromDays(13);

    /// <summary>Replaces null options by their defaults, and options that Lambda does not let users choose.</summary>
    public static SandboxOptions Complete(SandboxOptions options)
    {
        var isManaged = options.Initialization is InitializationType.ManagedInstances;
        return options with
        {
            LogFormat = isManaged ? LogFormat.Json : options.LogFormat,
            Freeze = options.Freeze && !isManaged,
            HostPath = options.HostPath ?? Environment.GetEnvironmentVariable("PATH") ?? "",
            InitAge = options.InitAge ?? (options.Initialization is InitializationType.SnapStart ? SnapshotAge : TimeSpan.Zero),
        };
    }

    public static SandboxRules Rules(SandboxOptions options) => new()
    {
        Function = Identity(options),
        FunctionTimeout = options.Timeout,
        InitLimit = options.InitLimit ?? InitLimit(options),
        ShutdownBudget = options.ShutdownBudget,
        RuntimeShutdownShare = options.Initialization is InitializationType.ManagedInstances ? ManagedRuntimeShare : RuntimeShare,
        RestoreDuration = options.RestoreDuration,
    };

    static FunctionIdentity Identity(SandboxOptions options) => new()
    {
        Name = options.FunctionName,
        Version = options.FunctionVersion,
        Handler = options.Handler,
        Region = options.Region,
        AccountId = options.AccountId,
        MemoryMb = options.MemoryMb,
        Initialization = options.Initialization,
        InstanceId = LogStream(options),
        RuntimeVersion = RuntimeVersion(options.Function),
    };

    static string? RuntimeVersion(FunctionSource function) => function switch
    {
        FunctionSource.FromManaged managed => new ManagedRuntime(managed.Runtime, managed.Handler).Version,
        FunctionSource.FromDirectory => new ManagedRuntime(CustomRuntime, "").Version,
        _ => null,
    };

    /// <summary>A log stream name: <c>2026/03/14/[$LATEST]</c> and 32 hexadecimal digits.</summary>
    static string LogStream(SandboxOptions options)
    {
        var day = options.Time.GetUtcNow().ToString("yyyy'/'MM'/'dd", CultureInfo.InvariantCulture);
        return $"{day}/[{options.FunctionVersion}]{RandomNumberGenerator.GetHexString(32, lowercase: true)}";
    }

    static TimeSpan InitLimit(SandboxOptions options)
    {
        if (options.Initialization is InitializationType.OnDemand)
            return OnDemandInitLimit;

        return options.Timeout > AheadInitLimit ? options.Timeout : AheadInitLimit;
    }
}
