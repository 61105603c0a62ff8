using System.Runtime.InteropServices;

namespace LambdaLogs.Emulator.Sandbox.Isolation;

/// <summary>
/// Builds a sandbox's root directory: the host's root with replaced directories. Runs on a thread with its own mount namespace, so the
/// host is not affected.
/// </summary>
internal sealed class RootBuilder(MountPlan plan)
{
    const UnixFileMode Everyone = (UnixFileMode)0x1ED;

    /// <summary>Builds the directory and makes it the root.</summary>
    /// <returns>Null, or what could not be done.</returns>
    public string? Build()
    {
        try
        {
            Check(Kernel.Mount("none", "/", null, Kernel.PrivateRecursive, null), "mount --make-rprivate /");
            Check(Kernel.Mount("tmpfs", plan.Staging, "tmpfs", 0, "mode=0755"), "mount a tmpfs");
            Mirror("/", ["opt", "tmp", "var", "lost+found"]);
            Mirror("/var", ["task", .. plan.Runtime is null ? Array.Empty<string>() : ["runtime"]]);
            MountReplacedDirectories();
            Make(Inside(".old"));
            if (!Kernel.PivotRoot(plan.Staging))
                throw Failed("pivot_root");

            return null;
        }
        catch (IOException e)
        {
            return e.Message;
        }
    }

    void MountReplacedDirectories()
    {
        Bind(plan.Opt, Make(Inside("opt")));
        Make(Inside("tmp"));
        Check(Kernel.Mount("tmpfs", Inside("tmp"), "tmpfs", 0, $"size={plan.TmpMb}m,mode=1777"), "mount a tmpfs on /tmp");
        var task = Make(Inside("var/task"));
        if (plan.Task is not null)
            Bind(plan.Task, task);
        if (plan.Runtime is not null)
            Bind(plan.Runtime, Make(Inside("var/runtime")));
        if (File.Exists("/etc/hosts"))
            Bind(plan.Hosts, Inside("etc/hosts"));
        foreach (var path in plan.Visible)
            Show(path);
        Kernel.MakeReadOnly(Inside("opt"));
        Kernel.MakeReadOnly(task);
    }

    /// <summary>Binds each entry of a host directory to the same path.</summary>
    void Mirror(string directory, IReadOnlyList<string> without)
    {
        foreach (var entry in new DirectoryInfo(directory).EnumerateFileSystemInfos())
        {
            if (without.Contains(entry.Name) || Path.GetFullPath(plan.Staging) == entry.FullName)
                continue;

            var target = Inside(entry.FullName[1..]);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (entry.LinkTarget is { } link)
                File.CreateSymbolicLink(target, link);
            else
                TryBind(entry.FullName, entry is DirectoryInfo ? Make(target) : Touch(target));
        }
    }

    void Show(string path)
    {
        var target = Inside(path[1..]);
        if (Directory.Exists(path))
            Bind(path, Make(target));
        else if (File.Exists(path))
            Bind(path, Touch(target));
    }

    string Inside(string path) => Path.Combine(plan.Staging, path);

    static string Make(string directory)
    {
        Directory.CreateDirectory(directory, Everyone);
        return directory;
    }

    static string Touch(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        if (!File.Exists(file))
            File.WriteAllBytes(file, []);
        return file;
    }

    static void Bind(string source, string target) => Check(TryBind(source, target), $"mount --bind {source}");

    /// <summary>Entries that cannot be bound, such as another user's file system, are left out.</summary>
    static int TryBind(string source, string target) => Kernel.Mount(source, target, null, Kernel.BindRecursive, null);

    static void Check(int result, string what)
    {
        if (result != 0)
            throw Failed(what);
    }

    static IOException Failed(string what) => new($"{what}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
}
