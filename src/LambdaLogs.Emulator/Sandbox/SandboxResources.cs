using System.Net;
using System.Net.Sockets;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Runtimes;
using LambdaLogs.Emulator.Sandbox.Isolation;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The paths of the sandbox's files: Lambda's paths if the sandbox has its own mounts, otherwise the host's.</summary>
internal sealed class SandboxResources : IDisposable
{
    readonly string? _task;

    /// <param name="options">The sandbox's options.</param>
    /// <param name="files">The merged layers. This object owns them.</param>
    public SandboxResources(SandboxOptions options, ExtensionFiles files)
    {
        Files = files;
        if (options.Function is FunctionSource.FromManaged)
            RuntimeClients.Extract(files.RuntimeDirectory);
        if (options.LimitCpu)
            (CpuGroup, CpuLimitProblem) = ControlGroup.Create(options.MemoryMb);
        _task = FunctionCommand.TaskDirectory(options.Function);
        if (!options.Isolate)
            return;

        (Namespaces, IsolationProblem) = SandboxNamespaces.Create(Plan(options, files), options.Network is NetworkMode.None);
        if (Namespaces is not null)
            files.LinkExtra();
    }

    public ExtensionFiles Files { get; }

    /// <summary>The sandbox's namespaces. Null if it shares everything with the host.</summary>
    public SandboxNamespaces? Namespaces { get; }

    /// <summary>Why the sandbox is not isolated although the options ask for it. Null otherwise.</summary>
    public string? IsolationProblem { get; }

    /// <summary>The cgroup that limits the CPU. Null if it is not limited.</summary>
    public ControlGroup? CpuGroup { get; }

    /// <summary>Why the CPU is not limited although the options ask for it. Null otherwise.</summary>
    public string? CpuLimitProblem { get; }

    /// <summary>The value of <c>LAMBDA_TASK_ROOT</c>, the working directory of the function.</summary>
    public string TaskRoot => Namespaces is null ? _task ?? Files.WorkDirectory : "/var/task";

    /// <summary>The directory of the managed runtimes' clients.</summary>
    public string RuntimeRoot => Namespaces is null ? Files.RuntimeDirectory : "/var/runtime";

    /// <summary>The working directory of extensions.</summary>
    public string ExtensionDirectory => Namespaces is null ? Files.WorkDirectory : "/";

    /// <summary>The path of an extension inside the sandbox.</summary>
    /// <param name="file">The extension's path on the host.</param>
    public string ExtensionPath(string file) => Namespaces is null ? file : $"/opt/extensions/{Path.GetFileName(file)}";

    /// <summary>A TCP socket in the sandbox's network.</summary>
    public Socket NewSocket() => Namespaces is { HasNetwork: true } own ? own.NewSocket() : FeedSetup.NewSocket();

    /// <summary>A bound socket for a server in the sandbox's own network. Null if it has none.</summary>
    public Socket? NewListener()
    {
        if (Namespaces is not { HasNetwork: true } own)
            return null;

        var socket = own.NewSocket();
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    public void Dispose()
    {
        Namespaces?.Dispose();
        CpuGroup?.Dispose();
        Files.Dispose();
    }

    MountPlan Plan(SandboxOptions options, ExtensionFiles files)
    {
        var hosts = Path.Combine(files.Root, "hosts");
        File.WriteAllText(hosts, MountPlan.HostsFile(File.Exists("/etc/hosts") ? File.ReadAllText("/etc/hosts") : ""));
        return new MountPlan
        {
            Staging = Directory.CreateDirectory(Path.Combine(files.Root, "root")).FullName,
            Opt = Directory.CreateDirectory(Path.Combine(files.Root, "opt")).FullName,
            Task = _task is "/" ? null : _task,
            Runtime = Directory.Exists(files.RuntimeDirectory) ? files.RuntimeDirectory : null,
            Hosts = hosts,
            TmpMb = options.EphemeralStorageMb,
            Visible =
            [
                .. options.Extensions.Concat(FunctionCommand.Paths(options.Function, options.HostPath ?? ""))
                    .Concat(options.Environment.Values.Where(v => v.StartsWith('/') && Path.Exists(v)))
                    .Select(MountPlan.PathToKeepVisible).OfType<string>().Distinct().Order(StringComparer.Ordinal),
            ],
        };
    }
}
