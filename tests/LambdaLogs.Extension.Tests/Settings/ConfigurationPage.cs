using System.Text;
using LambdaLogs.Extension.Settings;

namespace LambdaLogs.Extension.Tests.Settings;

/// <summary>Writes <c>docs/configuration.md</c> from the declared variables.</summary>
internal static class ConfigurationPage
{
    const string Head = """
        # Configuration

        <!-- Generated from the variables declared in src/LambdaLogs.Extension/Settings: run the tests with UPDATE_GOLDENS=1. -->

        The extension is configured by variables of the function's environment. One is needed: `HTTP_ENDPOINT`. `HTTP_*` says how to reach
        the endpoint, `LOGS_*` which logs go and how they flow.

        - Values are trimmed; an empty variable counts as not set, and quotes around a value are left out. Names of choices and booleans are read in any case, and `-` and `_` in
          a choice may be left out. A boolean is `true`, `1`, `yes` or `on`, else `false`, `0`, `no` or `off`.
        - A duration is a number in the unit of the variable's name, or has one of its own: `750ms`, `5s`, `1m`. A size is a number of
          bytes, or `512KB`, `1MB`, where K is 1024.
        - A wrong value never stops the function. All problems are reported together when the extension starts, one line each, with the
          variable, its value, what is allowed and what is used instead. Secrets are shown by their length only. Where the endpoint or its
          credentials are wrong nothing is sent; any other wrong value is replaced by its default.

        ## The ten most used variables


        """;

    const string Tail = """
        ## Delivery and retries

        - One batch is one `POST` (or `PUT`) with the content type of its format, `application/json` by default, and with an `X-Batch-Id`
          that stays the same when the batch is sent again: an endpoint that has seen it may ignore the second one.
        - `2xx` is a delivery. After a status of `HTTP_RETRY_STATUS_CODES`, a failed connection or a timeout the batch is retried: after a random
          wait, or after the `Retry-After` of the endpoint, as long as the flush may last. After `413` the batch is sent in smaller parts.
          Every other response is final, a redirect included: it is not followed, so that no credentials go elsewhere.
        - After three failures in a row the circuit breaker opens: one attempt is made after about 1 s, 2 s and so on up to a minute, until one
          succeeds. Meanwhile no invocation waits for the endpoint, except one in which such an attempt is made.
        - Connections are kept and reused. After the environment was frozen a connection is checked, and replaced where it is dead.
        - Headers, compression, connections, client certificates and proxies in detail: [transport.md](transport.md).

        ## Trusted certificates

        For an `https` endpoint the first of these that exists decides, alone:

        1. `HTTP_TLS_CA`, if it is set: a path, or PEM text (line ends may be written as `\n`). With a path that does not exist no
           certificate is trusted.
        2. The file that `SSL_CERT_FILE` names, if it exists.
        3. The system's bundle: `/etc/pki/tls/certs/ca-bundle.crt`, `/etc/ssl/certs/ca-certificates.crt`, `/etc/ssl/cert.pem` or
           `/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem`.
        4. The bundle built into the extension.

        A certificate must lead to one of these, be valid now, be for servers and be for the endpoint's host. An
        endpoint with a self-signed certificate gives that certificate as `HTTP_TLS_CA`; `HTTP_TLS_VERIFY=false` turns all of it off, with
        a warning at every start. The endpoint must send its intermediate certificates along. TLS 1.2 and 1.3 are spoken.

        """;

    static readonly (Variable Variable, string Meaning)[] MostUsed =
    [
        (HttpVariables.Endpoint, "Where the logs go: an `http://` or `https://` URL. The only one that is needed."),
        (HttpVariables.AuthType, "`none`, `basic`, `bearer`, `apikey` or `sigv4`; see [credentials.md](credentials.md)."),
        (HttpVariables.AuthCredentials, "The password, token or key, or the ARN of a secret or parameter that holds it."),
        (TransportVariables.Headers, "Further headers of every request: `X-Team=payments,X-Env=prod`."),
        (FormatVariables.Format, "The format that [your destination](destinations/README.md) reads, such as `otlp`, `loki` or `splunk_hec`."),
        (FormatVariables.Fields, "Constant fields of every record: `env=prod,team=pay`."),
        (ProcessingVariables.MinLevel, "The lowest level that is forwarded, also for single loggers: `INFO,Microsoft=WARN`."),
        (ProcessingVariables.Redact, "Kinds of secrets that are redacted: `email`, `credit_card`, `jwt` and others, or `all`."),
        (LogsVariables.FlushModes, "`end` holds each invocation until its lines are delivered, `next` never does, `auto` while invocations are rare."),
        (HttpVariables.TestMode, "Shows each batch in the extension's own log and sends nothing."),
    ];

    /// <summary>The whole page.</summary>
    public static string Write()
    {
        var page = new StringBuilder(Head);
        page.Append("| variable | default | meaning |\n|---|---|---|\n");
        foreach (var (variable, meaning) in MostUsed)
            page.Append($"| `{variable.Name}` | {Default(variable)} | {meaning} |\n");

        page.Append('\n');
        foreach (var chapter in VariableList.All.GroupBy(variable => variable.Group))
        {
            page.Append($"## {VariableList.TitleOf(chapter.Key)}\n\n| variable | default | allowed | meaning |\n|---|---|---|---|\n");
            foreach (var variable in chapter)
                page.Append($"| `{variable.Name}` | {Default(variable)} | {Cell(variable.AllowedText)} | {Cell(variable.Summary)} |\n");

            page.Append('\n');
        }

        return page.Append(Tail).ToString();
    }

    static string Default(Variable variable) => variable switch
    {
        { DefaultText: "" } => "",
        { DefaultWords: { } words } when words.Contains(',') => Cell(words),
        _ => $"`{variable.DefaultText}`",
    };

    static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
