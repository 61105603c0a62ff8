namespace LambdaLogs.EndToEnd.Peers;

/// <summary>
/// nginx in front of a scripted destination, as a gateway that ends TLS and HTTP/2 and checks who sends. It tells what it saw in headers:
/// <c>X-Seen-Protocol</c>, <c>X-Seen-Tls</c>, <c>X-Seen-Suite</c>, <c>X-Seen-Session</c>, <c>X-Seen-Client</c>.
/// </summary>
sealed class Nginx : IAsyncDisposable
{
    readonly PeerProcess _process;

    Nginx(PeerProcess process, int port, PeerCertificates certificates)
    {
        _process = process;
        Port = port;
        Certificates = certificates;
    }

    public int Port { get; }

    public PeerCertificates Certificates { get; }

    /// <summary>Starts it.</summary>
    /// <param name="backend">The port it passes requests on to.</param>
    /// <param name="listen">What follows the port in <c>listen</c>: <c>ssl</c>, <c>http2</c>.</param>
    /// <param name="directives">Further lines of the server's block; <c>FOLDER</c> stands for its folder, which holds <c>users</c>.</param>
    public static async Task<Nginx> StartAsync(int backend, string listen, string directives = "")
    {
        var program = PeerProcess.Find("/usr/sbin/nginx");
        var folder = new PeerFolder("nginx");
        var certificates = new PeerCertificates();
        var port = PeerProcess.FreePort();
        folder.Write("server.pem", certificates.Server);
        folder.Write("server.key", certificates.ServerKey);
        folder.Write("authority.pem", certificates.Authority);
        folder.Write("users", "me:{PLAIN}s3cr3t\n");
        var file = folder.Write("nginx.conf", Configuration(port, backend, listen, directives).Replace("FOLDER", folder.Root, StringComparison.Ordinal));
        var process = await PeerProcess.StartAsync(program, ["-p", folder.Root, "-c", file, "-e", folder.At("error.log")], folder, port);
        return new Nginx(process, port, certificates);
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    static string Configuration(int port, int backend, string listen, string directives) => $$"""
        daemon off;
        worker_processes 1;
        pid FOLDER/nginx.pid;
        error_log FOLDER/error.log;
        events { worker_connections 64; }
        http {
            access_log off;
            client_body_temp_path FOLDER/body;
            proxy_temp_path FOLDER/proxy;
            fastcgi_temp_path FOLDER/fastcgi;
            uwsgi_temp_path FOLDER/uwsgi;
            scgi_temp_path FOLDER/scgi;
            server {
                listen 127.0.0.1:{{port}} {{listen}};
                ssl_certificate FOLDER/server.pem;
                ssl_certificate_key FOLDER/server.key;
                {{directives}}
                location / {
                    proxy_pass http://127.0.0.1:{{backend}};
                    proxy_http_version 1.1;
                    proxy_set_header X-Seen-Protocol $server_protocol;
                    proxy_set_header X-Seen-Tls $ssl_protocol;
                    proxy_set_header X-Seen-Suite $ssl_cipher;
                    proxy_set_header X-Seen-Session $ssl_session_reused;
                    proxy_set_header X-Seen-Client $ssl_client_s_dn;
                }
            }
        }
        """;
}
