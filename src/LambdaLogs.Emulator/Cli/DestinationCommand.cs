using System.CommandLine;
using System.Net.Sockets;
using LambdaLogs.Emulator.Destination;
using LambdaLogs.Emulator.Scenarios;
using LambdaLogs.Emulator.Transcripts;

namespace LambdaLogs.Emulator.Cli;

/// <summary><c>lambda-emulator destination</c>: an HTTP endpoint that shows and counts requests until it is interrupted.</summary>
internal sealed class DestinationCommand(TextWriter output, TextWriter error)
{
    const int ShownCharactersMax = 4000;

    readonly Option<int> _port = OptionFactory.Number("--port", "The port on the loopback address. 0: any free port.", 0, "PORT");

    readonly Option<int> _status = OptionFactory.Number("--status", "The status to respond with.", 200, "STATUS");

    readonly Option<int> _times = OptionFactory.Number("--times", "How many requests get this response; later ones get 200. 0: all.", 0);

    readonly Option<Duration> _delay = OptionFactory.Time("--delay", "The delay before each response, such as 100ms.");

    readonly Option<bool> _reset = OptionFactory.Flag("--reset", "Reset the connection instead of responding.");

    readonly Option<bool> _hang = OptionFactory.Flag("--hang", "Never respond.");

    readonly Option<string?> _tlsCa = OptionFactory.Text(
        "--tls-ca", "Use HTTPS with a generated certificate, and write its certificate authority to this file.", "FILE");

    readonly Option<bool> _countOnly = OptionFactory.Flag("--quiet", "Count the requests without showing their bodies.");

    public Command Build()
    {
        var command = new Command("destination", "Runs an HTTP endpoint that shows and counts requests.")
        {
            _port, _status, _times, _delay, _reset, _hang, _tlsCa, _countOnly,
        };
        command.SetAction(RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var problem = Validate(parsed);
        if (problem is not null)
        {
            await error.WriteLineAsync($"lambda-emulator: {problem}");
            return ExitCode.BadArguments;
        }

        try
        {
            var options = new DestinationOptions { Port = parsed.GetValue(_port), IsTls = parsed.GetValue(_tlsCa) is not null };
            await using var destination = ScriptedDestination.Start(options);
            await ServeAsync(destination, parsed, cancel);
            return ExitCode.Ok;
        }
        catch (SocketException e)
        {
            await error.WriteLineAsync($"lambda-emulator: --port {parsed.GetValue(_port)}: {e.Message}");
            return ExitCode.BadArguments;
        }
    }

    string? Validate(ParseResult parsed)
    {
        if (parsed.GetValue(_status) is < 100 or > 599)
            return $"--status {parsed.GetValue(_status)}: expected 100 to 599";
        if (parsed.GetValue(_port) is < 0 or > 65_535)
            return $"--port {parsed.GetValue(_port)}: expected 0 to 65535";
        if (parsed.GetValue(_reset) && parsed.GetValue(_hang))
            return "--reset and --hang exclude each other";
        return parsed.GetValue(_times) < 0 ? $"--times {parsed.GetValue(_times)}: expected 0 or more" : null;
    }

    async Task ServeAsync(ScriptedDestination destination, ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(_tlsCa) is { } file)
            await File.WriteAllTextAsync(file, destination.AuthorityPem, cancel);
        Configure(destination, parsed);
        var isSettled = parsed.GetValue(_countOnly);
        destination.OnRequest = request => Show(request, isSettled);
        await output.WriteLineAsync($"listening on {destination.Endpoint}");
        await output.FlushAsync(cancel);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }
        catch (OperationCanceledException)
        {
            // The command was interrupted: it prints the totals.
        }

        var requests = destination.Requests;
        await output.WriteLineAsync(
            $"{requests.Count} requests, {requests.Sum(r => (long)r.Body.Length)} bytes, {destination.ConnectionsAccepted} connections");
    }

    void Configure(ScriptedDestination destination, ParseResult parsed)
    {
        var kind = parsed.GetValue(_reset) ? ResponseKind.Reset : parsed.GetValue(_hang) ? ResponseKind.Hang : ResponseKind.Whole;
        var delay = parsed.GetValue(_delay).Time;
        var response = Response.WithStatus(parsed.GetValue(_status)).After(delay) with { Kind = kind };
        var times = parsed.GetValue(_times);
        destination.Default = times == 0 ? response : Response.Ok.After(delay);
        destination.Next(response, times);
    }

    void Show(ReceivedRequest request, bool isCountOnly)
    {
        var what = request.Response.Kind switch
        {
            ResponseKind.Reset => "connection reset",
            ResponseKind.Hang => "no response",
            _ => $"{request.Response.Status}",
        };
        var broken = request.IsComplete ? "" : ", broke off";
        var coding = request.Header("Content-Encoding") is { } encoding ? $" {encoding}," : "";
        var head = VisibleText.Line($"{request.Method} {request.Target} {request.Header("Content-Type")}{coding}");
        output.WriteLine($"{request.Index + 1}. {head} {request.Body.Length} bytes{broken} -> {what}");
        if (!isCountOnly && request.Body.Length > 0)
            output.WriteLine(Preview(request));
        output.Flush();
    }

    static string Preview(ReceivedRequest request)
    {
        try
        {
            var text = VisibleText.Lines(request.Readable());
            return text.Length <= ShownCharactersMax ? text : $"{text[..ShownCharactersMax]} … ({text.Length} characters)";
        }
        catch (InvalidDataException e)
        {
            return $"({e.Message})";
        }
    }
}
