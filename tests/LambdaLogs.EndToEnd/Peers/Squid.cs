namespace LambdaLogs.EndToEnd.Peers;

/// <summary>
/// squid as the only way to <c>logs.test</c>, a name that nobody else knows. It asks for the user <c>me</c> with the password
/// <c>s3cr3t</c> where that is wanted, and refuses <c>forbidden.test</c>.
/// </summary>
sealed class Squid : IAsyncDisposable
{
    readonly PeerProcess _process;
    readonly PeerFolder _folder;

    Squid(PeerProcess process, PeerFolder folder, int port)
    {
        _process = process;
        _folder = folder;
        Port = port;
    }

    public int Port { get; }

    /// <summary>What it did, a line a request: <c>200 CONNECT logs.test:443 me</c>.</summary>
    public IReadOnlyList<string> Requests
    {
        get
        {
            // Connections without a request are those of the fixture, which waits for the port.
            var lines = File.Exists(_folder.At("access.log")) ? File.ReadAllLines(_folder.At("access.log")) : [];
            return [.. lines.Where(line => !line.StartsWith("0 -", StringComparison.Ordinal))];
        }
    }

    /// <summary>Starts it.</summary>
    /// <param name="wantsCredentials">Whether it asks who is there.</param>
    public static async Task<Squid> StartAsync(bool wantsCredentials)
    {
        var program = PeerProcess.Find("/usr/sbin/squid");
        var folder = new PeerFolder("squid");
        var port = PeerProcess.FreePort();
        folder.Write("hosts", "127.0.0.1 logs.test forbidden.test\n127.255.255.254 closed.test\n");
        folder.Write("check", "#!/bin/sh\nwhile read -r user password; do [ \"$user $password\" = 'me s3cr3t' ] && echo OK || echo ERR; done\n", "755");
        var file = folder.Write("squid.conf", Configuration(port, wantsCredentials).Replace("FOLDER", folder.Root, StringComparison.Ordinal));
        return new Squid(await PeerProcess.StartAsync(program, ["-N", "-f", file], folder, port), folder, port);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    static string Configuration(int port, bool wantsCredentials) => $"""
        http_port 127.0.0.1:{port}
        visible_hostname proxy.test
        hosts_file FOLDER/hosts
        pid_filename FOLDER/squid.pid
        coredump_dir FOLDER
        cache_log FOLDER/cache.log
        logformat told %>Hs %rm %ru %un
        access_log stdio:FOLDER/access.log logformat=told
        buffered_logs off
        cache deny all
        cache_mem 0 MB
        pinger_enable off
        max_filedescriptors 1024
        shutdown_lifetime 0 seconds
        auth_param basic program FOLDER/check
        auth_param basic children 1 startup=1
        auth_param basic realm proxy
        acl known proxy_auth REQUIRED
        acl forbidden dstdomain forbidden.test
        http_access deny forbidden
        http_access allow {(wantsCredentials ? "known" : "all")}
        http_access deny all
        """;
}
