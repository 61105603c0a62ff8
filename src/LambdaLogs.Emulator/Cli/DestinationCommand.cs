using System.CommandLine;
using System.Net.Sockets;
using LambdaLogs.Emulator.Destination;

namespace LambdaLogs.Emulator.Cli;

/// <summary><c>lambda-emulator destination</c>: shows and counts what arrives, until interrupted.</summary>
internal sealed class DestinationCommand(TextWriter output, TextWriter error)
{
    const int ShownCharactersMax = 4000;

    readonly Option<int> _port = new("--port") { Description = "Port on the loopback address. 0: any.", DefaultValueFactory = _ => 0 };

    readonly Option<int> _status = new("--status") { Description = "The status to answer with.", DefaultValueFactory = _ => 200 };

    readonly Option<int> _times = new("--times")
    {
        Description = "How many requests get that answer; the rest get 200. 0: all.",
        HelpName = "N",
        DefaultValueFactory = _ => 0,
    };

    readonly Option<TimeSpan> _delay = new("--delay")
    {
        Description = "Wait before each answer, such as 100ms.",
        CustomParser = Durations.Parse,
        DefaultValueFactory = _ => TimeSpan.Zero,
    };

    readonly Option<bool> _reset = new("--reset") { Description = "Reset the connection instead of answering." };

    readonly Option<bool> _hang = new("--hang") { Description = "Never answer." };

    readonly Option<string?> _tlsCa = new("--tls-ca")
    {
        Description = "HTTPS, with a certificate made for the occasion; its authority is written to that file.",
        HelpName = "FILE",
    };

    readonly Option<bool> _quiet = new("--quiet") { Description = "Count bodies, do not show them." };

    public Command Build()
    {
        var command = new Command("destination", "An HTTP endpoint that shows and counts what arrives.")
        {
            _port, _status, _times, _delay, _reset, _hang, _tlsCa, _quiet,
        };
        command.SetAction(RunAsync);
        return command;
    }

    async Task<int> RunAsync(ParseResult parsed, CancellationToken cancel)
    {
        var problem = Problem(parsed);
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

    string? Problem(ParseResult parsed)
    {
        if (parsed.GetValue(_status) is < 100 or > 599)
            return $"--status {parsed.GetValue(_status)}: expected 100 to 599";
        if (parsed.GetValue(_port) is < 0 or > 65_535)
            return $"--port {parsed.GetValue(_port)}: expected 0 to 65535";
        return parsed.GetValue(_times) < 0 ? $"--times {parsed.GetValue(_times)}: expected 0 or more" : null;
    }

    async Task ServeAsync(ScriptedDestination destination, ParseResult parsed, CancellationToken cancel)
    {
        if (parsed.GetValue(_tlsCa) is { } file)
            await File.WriteAllTextAsync(file, destination.AuthorityPem, cancel);
        Play(destination, parsed);
        var isQuiet = parsed.GetValue(_quiet);
        destination.OnRequest = request => Show(request, isQuiet);
        await output.WriteLineAsync($"listening on {destination.Endpoint}");
        await output.FlushAsync(cancel);
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancel);
        }
        catch (OperationCanceledException)
        {
            // Interrupted: time for the count.
        }

        var requests = destination.Requests;
        await output.WriteLineAsync(
            $"{requests.Count} requests, {requests.Sum(r => (long)r.Body.Length)} bytes, {destination.ConnectionsAccepted} connections");
    }

    void Play(ScriptedDestination destination, ParseResult parsed)
    {
        var kind = parsed.GetValue(_reset) ? AnswerKind.Reset : parsed.GetValue(_hang) ? AnswerKind.Hang : AnswerKind.Whole;
        var delay = parsed.GetValue(_delay);
        var answer = Answer.WithStatus(parsed.GetValue(_status)).After(delay) with { Kind = kind };
        var times = parsed.GetValue(_times);
        destination.Default = times == 0 ? answer : Answer.Ok.After(delay);
        destination.Next(answer, times);
    }

    void Show(ReceivedRequest request, bool isQuiet)
    {
        var what = request.Answer.Kind is AnswerKind.Whole ? $"{request.Answer.Status}" : $"{request.Answer.Kind}";
        var broken = request.IsComplete ? "" : ", broke off";
        var head = $"{request.Method} {request.Target} {request.Header("Content-Type")}";
        output.WriteLine($"{request.Index + 1}. {head} {request.Body.Length} bytes{broken} -> {what}");
        if (!isQuiet && request.Body.Length > 0)
            output.WriteLine(Shown(request));
        output.Flush();
    }

    static string Shown(ReceivedRequest request)
    {
        try
        {
            var text = request.Text;
            return text.Length <= ShownCharactersMax ? text : $"{text[..ShownCharactersMax]} … ({text.Length} characters)";
        }
        catch (InvalidDataException)
        {
            return "(gzip that is none)";
        }
    }
}
