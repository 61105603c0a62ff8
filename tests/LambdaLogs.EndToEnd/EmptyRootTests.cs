using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>
/// The binary in a root directory with nothing but /dev/urandom, /dev/null, /tmp and /etc/hosts: no libc, no certificates, no /proc. That is a container
/// image from scratch. Its names are its own, so that what becomes of hosts and name servers can be tried.
/// </summary>
public sealed class EmptyRootTests : IDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("empty-root-").FullName;

    // A busy machine may take a second for a connection, and longer for the endpoint's first handshake.
    static Dictionary<string, string> Patient => new() { ["LOGS_FLUSH_TIMEOUT_MS"] = "20000" };

    [Fact]
    public async Task It_delivers_over_plain_http() => await DeliversAsync(new DestinationOptions());

    [Fact]
    public async Task It_delivers_over_tls() => await DeliversAsync(new DestinationOptions { IsTls = true });

    [Theory]
    [InlineData("fe80::1 logs.test\n127.0.0.1 logs.test\n")]
    [InlineData("2001:db8::1 logs.test\n127.0.0.1 logs.test\n")]
    [InlineData("::1 logs.test\n127.0.0.1 logs.test\n")]
    public async Task A_host_whose_IPv6_address_leads_nowhere_is_reached_by_IPv4(string hosts)
    {
        SkipUnlessRoot();
        var starter = Prepare();
        await File.AppendAllTextAsync(Path.Combine(_directory, "root/etc/hosts"), hosts, Scene.Cancel);
        await using var scene = await Scene.StartAsync(
            environment: Patient,
            change: o => o with { Layers = [], Extensions = [starter], Timeout = TimeSpan.FromMinutes(1) },
            configure: (environment, destination) => environment["HTTP_ENDPOINT"] = $"http://logs.test:{destination.Port}/logs");
        await scene.InvokeAsync();

        Assert.True(Delivered.Lines(scene.Destination) is ["hello"], scene.Story());
        await scene.EndAsync();
    }

    [Fact]
    public async Task A_name_server_that_is_silent_holds_the_function_no_longer_than_the_budget()
    {
        const int BudgetMs = 300;
        SkipUnlessRoot();
        // An address of its own, so that two runs side by side do not meet.
        var address = new IPAddress([127, 91, (byte)(Environment.ProcessId >> 8), (byte)(Environment.ProcessId | 1)]);
        using var silent = new UdpClient(new IPEndPoint(address, 53));
        var starter = Prepare();
        await File.WriteAllTextAsync(Path.Combine(_directory, "root/etc/resolv.conf"), $"nameserver {address}\n", Scene.Cancel);
        await using var scene = await Scene.StartAsync(
            Functions.Count(3),
            new() { ["HTTP_ENDPOINT"] = "http://logs.test/logs", ["LOGS_FLUSH_TIMEOUT_MS"] = $"{BudgetMs}" },
            o => o with { Layers = [], Extensions = [starter] });
        var added = new List<double>();
        for (var invocation = 0; invocation < 3; invocation++)
            added.Add((await scene.InvokeAsync()).AddedByExtensions!.Value.TotalMilliseconds);
        var summary = await scene.EndAsync();

        Assert.All(added, ms => Assert.InRange(ms, 0, BudgetMs + 25 + Pace.Within(700)));
        Assert.True(silent.Available > 0, "the name server was not asked");
        Assert.True(summary.Dropped >= 9, summary.ToString());
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    async Task DeliversAsync(DestinationOptions options)
    {
        SkipUnlessRoot();
        var starter = Prepare();
        await using var scene = await Scene.StartAsync(
            environment: Patient,
            change: o => o with { Layers = [], Extensions = [starter], Timeout = TimeSpan.FromMinutes(1) },
            configure: (environment, destination) =>
            {
                environment["HTTP_ENDPOINT"] = $"{(options.IsTls ? "https" : "http")}://localhost:{destination.Port}/logs";
                if (destination.AuthorityPem is { } authority)
                    environment["HTTP_TLS_CA"] = authority;
            },
            endpoint: options);
        await scene.InvokeAsync();

        Assert.True(Delivered.Lines(scene.Destination) is ["hello"], scene.Story());
        await scene.EndAsync();
    }

    static void SkipUnlessRoot() => Assert.SkipUnless(Environment.UserName == "root", "chroot and mknod need root");

    /// <summary>Builds the root and a script of the extension's name that starts it in there.</summary>
    string Prepare()
    {
        var root = Path.Combine(_directory, "root");
        foreach (var folder in new[] { "dev", "tmp", "etc" })
            Directory.CreateDirectory(Path.Combine(root, folder));
        File.WriteAllText(Path.Combine(root, "etc/hosts"), "127.0.0.1 localhost sandbox.localdomain sandbox\n");
        Run("mknod", Path.Combine(root, "dev/urandom"), "c", "1", "9");
        Run("mknod", Path.Combine(root, "dev/null"), "c", "1", "3");
        using (var layer = ZipFile.OpenRead(Layer.Zip))
            layer.GetEntry(Layer.ExtensionEntry)!.ExtractToFile(Path.Combine(root, Layer.ExtensionName));
        Run("chmod", "0755", Path.Combine(root, Layer.ExtensionName));

        var command = $"/{Layer.ExtensionName}";
        if (Layer.Interpreter is { } interpreter)
        {
            // It is static as well.
            File.Copy(interpreter, Path.Combine(root, "interpreter"));
            command = $"/interpreter {command}";
        }

        var starter = Path.Combine(_directory, Layer.ExtensionName);
        File.WriteAllText(starter, $"#!/bin/sh\nexec {ChrootPath()} {root} {command}\n");
        Run("chmod", "0755", starter);
        return starter;
    }

    static string ChrootPath() => File.Exists("/usr/sbin/chroot") ? "/usr/sbin/chroot" : "/usr/bin/chroot";

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}
