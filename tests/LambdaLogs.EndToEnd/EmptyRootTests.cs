using System.Diagnostics;
using System.IO.Compression;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.EndToEnd;

/// <summary>
/// The binary in a root directory with nothing but /dev/urandom, /dev/null, /tmp and /etc/hosts: no libc, no certificates, no /proc. That is a container
/// image from scratch.
/// </summary>
public sealed class EmptyRootTests : IDisposable
{
    readonly string _directory = Directory.CreateTempSubdirectory("empty-root-").FullName;

    [Fact]
    public async Task It_delivers_over_plain_http() => await DeliversAsync(new DestinationOptions());

    [Fact]
    public async Task It_delivers_over_tls() => await DeliversAsync(new DestinationOptions { IsTls = true });

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    async Task DeliversAsync(DestinationOptions options)
    {
        Assert.SkipUnless(Environment.UserName == "root", "chroot and mknod need root");
        var starter = Prepare();
        await using var scene = await Scene.StartAsync(
            change: o => o with { Layers = [], Extensions = [starter] },
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
