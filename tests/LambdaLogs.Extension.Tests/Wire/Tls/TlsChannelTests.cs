using System.Diagnostics;
using System.Text.RegularExpressions;
using LambdaLogs.Extension.Tests.Fakes;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension.Tests.Wire.Tls;

/// <summary>Handshakes with a real server, <c>openssl s_server</c>, that does what none of .NET's would do.</summary>
public sealed partial class TlsChannelTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("tls-").FullName;
    readonly List<Process> _servers = [];

    public void Dispose()
    {
        foreach (var server in _servers)
        {
            server.Kill();
            server.Dispose();
        }

        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("rsa:2048", "sha256", "DNS:localhost", CertificateFaults.None)]
    [InlineData("rsa:1024", "sha256", "DNS:localhost", CertificateFaults.Weak)]
    [InlineData("rsa:2048", "sha1", "DNS:localhost", CertificateFaults.Weak)]
    [InlineData("rsa:2048", "sha256", "", CertificateFaults.OtherHost)]
    [InlineData("rsa:2048", "sha256", "DNS:*.localhost", CertificateFaults.OtherHost)]
    [InlineData("rsa:2048", "sha256", "DNS:local*", CertificateFaults.OtherHost)]
    [InlineData("rsa:2048", "sha256", "IP:127.0.0.1", CertificateFaults.OtherHost)]
    internal async Task A_certificate_is_judged(string key, string digest, string names, CertificateFaults expected)
    {
        var pem = Make("leaf", key, digest, names);
        var port = await StartAsync("leaf");

        var (isOpen, server, _) = Handshake(port, pem);

        Assert.Equal((expected == CertificateFaults.None, expected), (isOpen, server!.Faults));
    }

    [Fact]
    public async Task A_signature_with_SHA_1_below_an_authority_is_refused()
    {
        var pem = Make("root", "rsa:2048", "sha256", "");
        Run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/CN=localhost");
        await File.WriteAllTextAsync(Path.Combine(_folder, "ext"), "subjectAltName=DNS:localhost\n", TestContext.Current.CancellationToken);
        Run("x509", "-req", "-sha1", "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "7", "-extfile", "ext", "-out", "leaf.pem");
        var port = await StartAsync("leaf");

        var (isOpen, server, _) = Handshake(port, pem);

        Assert.False(isOpen);
        Assert.True(server!.Faults.HasFlag(CertificateFaults.Weak));
    }

    [Theory]
    [InlineData("permitted;DNS:example.com", false)]
    [InlineData("permitted;DNS:localhost", true)]
    [InlineData("excluded;DNS:localhost", false)]
    public async Task The_names_that_an_authority_may_issue_are_kept(string constraint, bool isAccepted)
    {
        Run(
            "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=Root", "-addext", "nameConstraints=critical," + constraint,
            "-keyout", "root.key", "-out", "root.pem");
        Run("req", "-newkey", "rsa:2048", "-nodes", "-keyout", "leaf.key", "-out", "leaf.csr", "-subj", "/O=Test");
        await File.WriteAllTextAsync(Path.Combine(_folder, "ext"), "subjectAltName=DNS:localhost\n", TestContext.Current.CancellationToken);
        Run("x509", "-req", "-in", "leaf.csr", "-CA", "root.pem", "-CAkey", "root.key", "-set_serial", "7", "-extfile", "ext", "-out", "leaf.pem");
        var port = await StartAsync("leaf");
        var root = await File.ReadAllTextAsync(Path.Combine(_folder, "root.pem"), TestContext.Current.CancellationToken);

        var (isOpen, server, _) = Handshake(port, root);

        Assert.Equal((isAccepted, isAccepted ? CertificateFaults.None : CertificateFaults.Other), (isOpen, server!.Faults));
    }

    [Fact]
    public async Task A_server_that_knows_nothing_newer_than_TLS_1_1_is_reported()
    {
        var pem = Make("leaf", "rsa:2048", "sha256", "DNS:localhost");
        var port = await StartAsync("leaf", "-tls1_1");

        var (isOpen, _, failure) = Handshake(port, pem);

        Assert.False(isOpen);
        Assert.Equal(WireFault.Tls, failure.Fault);
        Assert.NotNull(failure.Text);
    }

    [Theory]
    [InlineData("-tls1_2")]
    [InlineData("-tls1_3")]
    public async Task A_session_is_taken_up_again_without_another_look_at_the_certificates(string version)
    {
        var pem = Make("leaf", "rsa:2048", "sha256", "DNS:localhost");
        var port = await StartAsync("leaf", version);
        using var context = new TlsContext(Settings(pem));

        using (var first = Open(context, port, out _)!)
        {
            Assert.False(first.IsResumed);
            // In TLS 1.3 the session comes behind the handshake.
            if (version == "-tls1_3")
                Assert.Equal(WaitEnd.Ready, WaitLimit.In(TimeProvider.System, TimeSpan.FromMinutes(1)).Wait(first.Descriptor, LibC.PollIn));
            first.Receive(new byte[100]);
        }

        using var second = Open(context, port, out _)!;
        Assert.True(second.IsResumed);
        Assert.Null(second.Server);
    }

    [Theory]
    [InlineData("-tls1_2", true)]
    [InlineData("-tls1_2", false)]
    [InlineData("-tls1_3", true)]
    [InlineData("-tls1_3", false)]
    public async Task The_end_of_the_handshake_waits_for_the_request_and_for_nothing_else(string version, bool sends)
    {
        var pem = Make("leaf", "rsa:2048", "sha256", "DNS:localhost");
        var port = await StartAsync("leaf", version);
        using var context = new TlsContext(Settings(pem));
        using var channel = Open(context, port, out _)!;

        Assert.True(IsHeldBack(channel.Descriptor));
        _ = sends ? channel.Send("GET / HTTP/1.0\r\n\r\n"u8, default) : channel.Receive(new byte[100]);
        Assert.False(IsHeldBack(channel.Descriptor));
    }

    static unsafe bool IsHeldBack(int descriptor)
    {
        var value = -1;
        var length = (uint)sizeof(int);
        Assert.Equal(0, SocketCalls.getsockopt(descriptor, LibC.LevelTcp, SocketCalls.OptionCork, &value, &length));
        return value == 1;
    }

    static TlsSettings Settings(string pem) => new()
    {
        Host = "localhost",
        Anchors = _ => [System.Security.Cryptography.X509Certificates.X509Certificate2.CreateFromPem(pem).RawData],
    };

    static (bool IsOpen, ServerCertificates? Server, WireFailure Failure) Handshake(int port, string pem)
    {
        using var context = new TlsContext(Settings(pem));
        var limit = WaitLimit.In(TimeProvider.System, TimeSpan.FromMinutes(1));
        var socket = new ConnectRace([SocketAddress.Ipv4(0x7F000001, (ushort)port)], limit).Run(out _);
        using var channel = context.Open(socket!);
        var isOpen = channel.TryHandshake(limit, out var failure);
        return (isOpen, channel.Server, failure);
    }

    static TlsChannel? Open(TlsContext context, int port, out WireFailure failure)
    {
        var limit = WaitLimit.In(TimeProvider.System, TimeSpan.FromMinutes(1));
        var socket = new ConnectRace([SocketAddress.Ipv4(0x7F000001, (ushort)port)], limit).Run(out _);
        var channel = context.Open(socket!);
        Assert.True(channel.TryHandshake(limit, out failure), failure.Text);
        return channel;
    }

    string Make(string name, string key, string digest, string names)
    {
        string[] extension = names.Length == 0 ? [] : ["-addext", "subjectAltName=" + names];
        Run(["req", "-x509", "-newkey", key, "-nodes", "-" + digest, "-days", "2", "-subj", "/CN=localhost", "-keyout", name + ".key", "-out", name + ".pem", .. extension]);
        return File.ReadAllText(Path.Combine(_folder, name + ".pem"));
    }

    void Run(params string[] arguments)
    {
        using var process = Start(arguments);
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }

    async Task<int> StartAsync(string name, params string[] more)
    {
        var server = Start(
            ["s_server", "-accept", "127.0.0.1:0", "-cert", name + ".pem", "-key", name + ".key", "-cipher", "ALL:@SECLEVEL=0", "-www", .. more]);
        _servers.Add(server);
        while (await server.StandardOutput.ReadLineAsync().Within("the server to start") is { } line)
        {
            if (Accept().Match(line) is { Success: true } match)
                return int.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
        }

        throw new IOException("openssl s_server has ended");
    }

    Process Start(IEnumerable<string> arguments) => Process.Start(new ProcessStartInfo("openssl", arguments)
    {
        WorkingDirectory = _folder,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    [GeneratedRegex(@"ACCEPT .*:(\d+)")]
    private static partial Regex Accept();
}
