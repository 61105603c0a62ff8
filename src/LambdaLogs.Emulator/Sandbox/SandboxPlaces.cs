using System.Net;
using System.Net.Sockets;
using LambdaLogs.Emulator.Feed;
using LambdaLogs.Emulator.Runtimes;
using LambdaLogs.Emulator.Sandbox.Isolation;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>
/// Where the sandbox has its files: at Lambda's own paths where it could be given mounts of its own, else where they are on the host.
/// </summary>
internal sealed class SandboxPlaces : IDisposable
{
    readonly string? _task;

    /// <param name="options">What is emulated.</param>
    /// <param name="files">Owned from here on.</param>
    public SandboxPlaces(SandboxOptions options, ExtensionFiles files)
    {
        Files = files;
        if (options.Function is FunctionSource.FromManaged)
            RuntimeClients.Extract(files.RuntimeDirectory);
        if (options.LimitCpu)
            (Group, MissingShare) = ControlGroup.Create(options.MemoryMb);
        _task = FunctionCommand.TaskDirectory(options.Function);
        if (!options.Isolate)
            return;

        (Enclosure, Missing) = Enclosure.Create(Plan(options, files), options.Network is NetworkMode.None);
        if (Enclosure is not null)
            files.LinkExtra();
    }

    public ExtensionFiles Files { get; }

    /// <summary>Null where the sandbox shares everything with the host.</summary>
    public Enclosure? Enclosure { get; }

    /// <summary>Why it does, where it should not. Null otherwise.</summary>
    public string? Missing { get; }

    /// <summary>The processor's share. Null where it is not limited.</summary>
    public ControlGroup? Group { get; }

    /// <summary>Why it is not, where it should be. Null otherwise.</summary>
    public string? MissingShare { get; }

    /// <summary>The value of <c>LAMBDA_TASK_ROOT</c>, and where the function starts.</summary>
    public string TaskRoot => Enclosure is null ? _task ?? Files.WorkDirectory : "/var/task";

    /// <summary>Where the clients of managed runtimes are.</summary>
    public string RuntimeRoot => Enclosure is null ? Files.RuntimeDirectory : "/var/runtime";

    /// <summary>Where extensions start.</summary>
    public string ExtensionDirectory => Enclosure is null ? Files.WorkDirectory : "/";

    /// <summary>An extension's path as its process sees it.</summary>
    /// <param name="file">Its path on the host.</param>
    public string ExtensionPath(string file) => Enclosure is null ? file : $"/opt/extensions/{Path.GetFileName(file)}";

    /// <summary>A TCP socket in the sandbox's network.</summary>
    public Socket NewSocket() => Enclosure is { HasNetwork: true } own ? own.NewSocket() : FeedSetup.NewSocket();

    /// <summary>A socket for a server inside a network of the sandbox's own. Null where it has none.</summary>
    public Socket? NewListener()
    {
        if (Enclosure is not { HasNetwork: true } own)
            return null;

        var socket = own.NewSocket();
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        socket.Listen();
        return socket;
    }

    public void Dispose()
    {
        Enclosure?.Dispose();
        Group?.Dispose();
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
                    .Select(MountPlan.Hidden).OfType<string>().Distinct().Order(StringComparer.Ordinal),
            ],
        };
    }
}
