using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LambdaLogs.EndToEnd.Peers;

/// <summary>
/// A server of the machine's, started on a loopback port with a folder of its own, which goes with it. Tests that need one that is not
/// installed are skipped with a reason: <c>scripts/prerequisites peers</c> installs them where that is possible.
/// </summary>
sealed class PeerProcess : IAsyncDisposable
{
    readonly Process _process;
    readonly PeerFolder _folder;

    PeerProcess(Process process, PeerFolder folder)
    {
        _process = process;
        _folder = folder;
    }

    /// <summary>Finds a program, or skips the test.</summary>
    public static string Find(params string[] paths)
    {
        var found = Array.Find(paths, File.Exists);
        Assert.SkipWhen(found is null, $"{Path.GetFileName(paths[0])} is not installed, and scripts/prerequisites peers could not install it");
        return found!;
    }

    /// <summary>A port that nobody listens on now.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    /// <summary>Starts a program and waits until it takes connections.</summary>
    /// <param name="program">Its path.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="folder">Where it may write; removed at the end.</param>
    /// <param name="ports">Where it listens.</param>
    public static async Task<PeerProcess> StartAsync(string program, string[] arguments, PeerFolder folder, params int[] ports)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        var peer = new PeerProcess(Process.Start(start)!, folder);
        var said = Task.WhenAll(peer._process.StandardOutput.ReadToEndAsync(Scene.Cancel), peer._process.StandardError.ReadToEndAsync(Scene.Cancel));
        try
        {
            foreach (var port in ports)
                await peer.WaitForPortAsync(port, said).WaitAsync(Scene.Patience, Scene.Cancel);

            return peer;
        }
        catch
        {
            await peer.DisposeAsync();
            throw;
        }
    }

    // No server tells its parent when it is ready: it is asked until it is.
    async Task WaitForPortAsync(int port, Task<string[]> said)
    {
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, port, Scene.Cancel);
                return;
            }
            catch (SocketException)
            {
                if (_process.HasExited)
                    throw new InvalidOperationException($"{_process.StartInfo.FileName} has ended: {string.Join('\n', await said)}");

                await Task.Delay(20, Scene.Cancel);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);

        await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(Scene.Patience, CancellationToken.None);
        _process.Dispose();
        _folder.Dispose();
    }
}
