using System.Net.Http.Headers;
using System.Text;

namespace LambdaLogs.EndToEnd.Peers;

/// <summary>A ClickHouse server with an empty database; its user <c>default</c> has the password <c>s3cr3t</c>.</summary>
sealed class ClickHouse : IAsyncDisposable
{
    readonly PeerProcess _process;
    readonly HttpClient _client;

    ClickHouse(PeerProcess process, int port)
    {
        _process = process;
        _client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}/") };
        _client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String("default:s3cr3t"u8));
        Endpoint = _client.BaseAddress;
    }

    /// <summary>Its HTTP interface.</summary>
    public Uri Endpoint { get; }

    public static async Task<ClickHouse> StartAsync()
    {
        var program = PeerProcess.Find("/usr/bin/clickhouse-server", "/usr/sbin/clickhouse-server");
        var folder = new PeerFolder("clickhouse");
        var port = PeerProcess.FreePort();
        folder.Write("users.xml", Users);
        var file = folder.Write("config.xml", Configuration(port).Replace("FOLDER", folder.Root, StringComparison.Ordinal));
        return new ClickHouse(await PeerProcess.StartAsync(program, [$"--config-file={file}"], folder, port), port);
    }

    /// <summary>Runs a statement.</summary>
    /// <returns>What it gave, a line a row, its columns split by tabs.</returns>
    public async Task<IReadOnlyList<string>> RunAsync(string statement)
    {
        using var response = await _client.PostAsync("", new ByteArrayContent(Encoding.UTF8.GetBytes(statement)), Scene.Cancel);
        var text = await response.Content.ReadAsStringAsync(Scene.Cancel);
        Assert.True(response.IsSuccessStatusCode, text);
        return text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _process.DisposeAsync();
    }

    const string Users = """
        <yandex>
            <profiles><default /></profiles>
            <quotas><default /></quotas>
            <users>
                <default>
                    <password>s3cr3t</password>
                    <networks><ip>127.0.0.1</ip></networks>
                    <profile>default</profile>
                    <quota>default</quota>
                </default>
            </users>
        </yandex>
        """;

    static string Configuration(int port) => $"""
        <yandex>
            <logger><level>warning</level><log>FOLDER/log</log><errorlog>FOLDER/errors</errorlog></logger>
            <listen_host>127.0.0.1</listen_host>
            <http_port>{port}</http_port>
            <path>FOLDER/data/</path>
            <tmp_path>FOLDER/tmp/</tmp_path>
            <user_files_path>FOLDER/files/</user_files_path>
            <users_config>FOLDER/users.xml</users_config>
            <default_profile>default</default_profile>
            <default_database>default</default_database>
            <mark_cache_size>1048576</mark_cache_size>
        </yandex>
        """;
}
