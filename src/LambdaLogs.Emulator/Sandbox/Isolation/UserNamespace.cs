using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LambdaLogs.Emulator.Sandbox.Isolation;

/// <summary>
/// Gives an ordinary user the capabilities that isolation needs: the emulator restarts itself as root of a user namespace. Outside the
/// namespace it is still the same user.
/// </summary>
internal static class UserNamespace
{
    const string Marker = "LAMBDA_EMULATOR_IN_USER_NAMESPACE";

    static readonly string[] Options = ["--user", "--map-root-user"];

    /// <summary>What to change so that sandboxes can be isolated.</summary>
    public static string Advice { get; private set; } = Kernel.EffectiveUser() == 0
        ? "isolation as root needs CAP_SYS_ADMIN: docker run --cap-add SYS_ADMIN --security-opt apparmor=unconfined"
        : "isolation needs root, or user namespaces with the command lambda-emulator";

    /// <summary>Restarts the process if that helps; otherwise returns.</summary>
    /// <param name="args">The program's arguments.</param>
    public static void RestartIfNeeded(IReadOnlyList<string> args)
    {
        var isDone = Kernel.EffectiveUser() == 0 || Environment.GetEnvironmentVariable(Marker) is not null;
        if (isDone || Environment.ProcessPath is not { } self)
            return;

        if (Find("unshare") is not { } unshare)
        {
            Advice = "install util-linux, which contains unshare";
            return;
        }

        if (!IsAllowed(unshare))
        {
            Advice = "allow user namespaces: sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0 user.max_user_namespaces=10000";
            return;
        }

        string[] program = Path.GetFileName(self) == "dotnet" ? [self, Environment.GetCommandLineArgs()[0]] : [self];
        Environment.SetEnvironmentVariable(Marker, "1");
        Restart(unshare, [unshare, .. Options, "--", .. program, .. args]);
    }

    static bool IsAllowed(string unshare)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(unshare, [.. Options, "true"]) { RedirectStandardError = true })!;
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }

    static string? Find(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "/usr/bin:/bin").Split(':')
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    /// <summary>Returns only if the restart failed.</summary>
    static unsafe void Restart(string path, IReadOnlyList<string> arguments)
    {
        var environment = Environment.GetEnvironmentVariables();
        var variables = environment.Keys.Cast<string>().Select(name => $"{name}={environment[name]}").ToList();
        _ = Kernel.Execute(path, Strings(arguments), Strings(variables));
    }

    static unsafe byte** Strings(IReadOnlyList<string> values)
    {
        var array = (byte**)NativeMemory.AllocZeroed((nuint)values.Count + 1, (nuint)sizeof(byte*));
        for (var i = 0; i < values.Count; i++)
            array[i] = (byte*)Marshal.StringToCoTaskMemUTF8(values[i]);
        return array;
    }
}
