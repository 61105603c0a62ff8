using LambdaLogs.Extension.Checks;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Delivery.Aws;
using LambdaLogs.Extension.Diagnostics;
using LambdaLogs.Extension.Formats;
using LambdaLogs.Extension.Lifecycle;
using LambdaLogs.Extension.Memory;
using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Platform;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Settings;
using LambdaLogs.Extension.Telemetry;
using LambdaLogs.Extension.Wire;
using LambdaLogs.Extension.Wire.Tls;

namespace LambdaLogs.Extension;

/// <summary>Builds all objects by hand, top to bottom, and runs the extension. Read it to see how the modules are connected.</summary>
/// <param name="read">Reads an environment variable.</param>
/// <param name="log">The extension's own log.</param>
/// <param name="names">The names of all environment variables. Null: unknown variables are not reported.</param>
internal sealed class Composition(Func<string, string?> read, ExtensionLog log, Func<IEnumerable<string>>? names = null)
{
    // Every process of an environment uses the same port: after a reset Lambda may still deliver to the previous one.
    const ushort ListenerPort = 24380;

    const string NoLogsForwarded = "no logs are forwarded; the function is not affected";

    readonly LambdaEnvironment _lambda = new(read);
    readonly TimeProvider _time = TimeProvider.System;
    SettingsLoader? _loader;
    string _accountId = "";
    FunctionIdentity? _function;

    /// <summary>Runs until SHUTDOWN.</summary>
    /// <param name="name">The file name of the executable, under which the extension registers.</param>
    /// <returns>The exit code.</returns>
    public int Run(string name)
    {
        // Registration comes first: Lambda starts the runtime only after every extension has registered.
        using var api = ExtensionsApi.At(_lambda.RuntimeApi);
        api.Register(name, invoke: !_lambda.IsManagedInstance);
        _accountId = api.AccountId;
        try
        {
            return RunForwarding(api);
        }
        catch (Exception error) when (error is not PlatformException)
        {
            // An unexpected error. Exiting would count as a crash and fail the function.
            log.Error($"start-up failed: {ExceptionText.Of(error)}; {NoLogsForwarded}");
            return IdleLoop.Run(api);
        }
    }

    int RunForwarding(ExtensionsApi api)
    {
        if (Loader.Open(_time) is { } remote && !remote.TryUseCache())
            return RunWithRemoteSettings(api, remote);

        var settings = Loader.ParseAndLog();
        if (!settings.CanSend)
            return RunIdle(api, settings.Strict);

        using var listener = new Listener();
        if (!Subscribe(api, listener, settings.Types))
            return IdleLoop.Run(api);

        // The first /next ends our part of the init phase. Work between it and its response does not delay the cold start.
        api.RequestNext();
        return RunLoop(api, StartPipeline(listener, settings));
    }

    /// <summary>Requests the settings from AWS while Lambda's first event is waited for. Records wait for them.</summary>
    int RunWithRemoteSettings(ExtensionsApi api, RemoteSettings remote)
    {
        // Lambda accepts no subscription after the first /next: types that the settings exclude are filtered later.
        var types = read("LOGS_TYPES") is { Length: > 0 } ? TypesReader.Types(new EnvironmentReader(read)) : TelemetryTypes.All;
        using var listener = new Listener();
        if (!Subscribe(api, listener, types))
            return IdleLoop.Run(api);

        api.RequestNext();
        var start = new LateStart<StartedPipeline>(() => StartWithRemoteSettings(remote, listener), log);
        var first = start.WaitForStart(api, _time);
        if (start.Result is { } started)
            return RunLoop(api, started, first);

        return first.Kind is PlatformEventKind.Shutdown ? 0 : IdleLoop.Run(api);
    }

    StartedPipeline? StartWithRemoteSettings(RemoteSettings remote, Listener listener)
    {
        remote.Read();
        var settings = Loader.ParseAndLog();
        if (settings.CanSend)
            return StartPipeline(listener, settings);

        Loader.LogThatNothingIsSent();
        return null;
    }

    SettingsLoader Loader => _loader ??= new(read, _lambda, log, names);

    /// <summary>Checks the configuration and the endpoint by hand, without Lambda.</summary>
    /// <param name="title">Name and version, as the first line of the report.</param>
    /// <param name="report">Receives the findings.</param>
    /// <param name="showsAll">Whether settings with their default values are shown as well.</param>
    /// <returns>The exit code.</returns>
    public int Check(string title, ICheckReport report, bool showsAll = false)
    {
        var settings = LoadForPerson(out var problems);
        return Check(title, report, settings, problems, showsAll);
    }

    int Check(string title, ICheckReport report, ExtensionSettings settings, List<SettingProblem> problems, bool showsAll = false)
    {
        var format = CreateFormat(settings);
        var authenticator = BuildAuthenticator(settings);
        return new CheckRun
        {
            Title = title,
            Read = Loader.Read,
            Settings = settings,
            IsShared = Loader.IsShared,
            Problems = problems,
            Unknown = Loader.UnknownVariableLines(),
            ShowsAll = showsAll,
            Format = format,
            Destination = settings.CanSend ? BuildDestination(settings, format, authenticator) : null,
            Authenticator = authenticator,
            Report = report,
            Time = _time,
        }.Run();
    }

    /// <summary>Shows what the rules do with the given lines, without Lambda and without an endpoint.</summary>
    /// <param name="lines">Lines as a function would write them.</param>
    /// <param name="report">Receives the findings.</param>
    /// <returns>The exit code.</returns>
    public int Sample(IEnumerable<string> lines, PlainTextWriter report)
    {
        var settings = LoadForPerson(out var problems, needsEndpoint: false);
        foreach (var problem in problems)
            report.Line($"problem: {problem}");
        foreach (var line in Loader.UnknownVariableLines())
            report.Line($"warning: {line}");
        new SampleRun(settings, _time, KernelRandom.Id, report).Run(lines);
        return CheckRun.Success;
    }

    /// <summary>Loads all settings for a person who waits for them.</summary>
    ExtensionSettings LoadForPerson(out List<SettingProblem> problems, bool needsEndpoint = true)
    {
        Loader.Open(_time)?.ReadOnce();
        return Loader.Parse(out problems, needsEndpoint);
    }

    LogFormat CreateFormat(ExtensionSettings settings, string tenant = "")
    {
        var options = settings.Format with { Fields = FieldPlaceholders.Fill(settings.Format.Fields, Function, tenant) };
        return LogFormats.Create(options, Function, _time, KernelRandom.Unit);
    }

    TenantFormats Formats(ExtensionSettings settings, LogFormat format) => settings.NamesTenant
        ? new TenantFormats(
            format,
            FieldPlaceholders.NameTenant(settings.Format.Fields) ? tenant => CreateFormat(settings, tenant) : _ => format,
            settings.DropsTenant)
        : TenantFormats.OfAll(format);

    int RunIdle(ExtensionsApi api, bool strict)
    {
        if (!strict)
        {
            Loader.LogThatNothingIsSent();
            return IdleLoop.Run(api);
        }

        Loader.LogUnknownVariables();
        api.FailInit("Extension.ConfigurationInvalid");
        return 1;
    }

    /// <summary>Checks the endpoint from inside the function. Runs on its own thread, so that no invocation waits for it.</summary>
    void Check()
    {
        try
        {
            Check(CommandLine.Title, new LogReport(log), Loader.Parse(out var problems), problems);
        }
        catch (Exception error)
        {
            // An unhandled exception on a thread would end the process.
            log.Error($"check: failed unexpectedly: {ExceptionText.Of(error)}");
        }
    }

    LoopContext BuildLoopContext(ExtensionSettings settings, PlatformSignals signals)
    {
        var format = CreateFormat(settings);
        var destination = new DeferredDestination(() => BuildDestination(settings, format, BuildAuthenticator(settings)));
        var breaker = new CircuitBreaker(_time, KernelRandom.Unit);
        var arena = new Arena(new QueueMemory(settings.Pipeline).Bytes);
        var queue = new BatchQueue(settings.Pipeline, new Ledger(), arena);
        var formats = Formats(settings, format);
        var writer = new BatchWriter(formats, queue, _time);
        var context = new PumpContext
        {
            Retry = settings.Retry,
            Linger = settings.Pipeline.BatchLinger,
            Breaker = breaker,
            Time = _time,
            Wait = new KernelWait(_time),
            Random = KernelRandom.Unit,
            NewId = KernelRandom.Id,
            DestinationName = () => settings.Destination?.ToString() ?? "this log",
            Log = log,
        };
        var responses = new ResponseHandler(queue, writer, context);
        var pump = new SenderPump(queue, destination, responses, context);
        var spillFile = new SpillFile(_lambda.FunctionName, settings.Pipeline.SpillMaxBytes);
        var spill = new Spill(settings.Pipeline, spillFile, queue, responses, formats, _time);
        var pipeline = new LogPipeline(BuildRules(settings, writer, queue.Ledger), writer, queue, pump, spill, log);
        var unreadable = new UnreadableTelemetryWarning(log);
        var lines = new LineOptions { ParseJson = settings.ParseJson, OwnLines = log.OwnLines };
        var reader = new TelemetryReader(pipeline, signals, _time, _lambda.IsManagedInstance, unreadable.Report, lines);
        return new LoopContext
        {
            Time = _time,
            Pipeline = pipeline,
            Receiver = new TelemetryReceiver(reader, pipeline, log),
            Log = log,
        };
    }

    Rules BuildRules(ExtensionSettings settings, BatchWriter writer, Ledger ledger)
    {
        var filter = new RecordFilter(settings.Filter);
        if (settings.Rules is not { } options)
            return new Rules(filter);

        // Records whose sampling is not decided yet wait outside of the buffer, with a bound of their own.
        options = options with
        {
            PendingBytesMax = (int)Math.Min(settings.Pipeline.BufferMaxBytes / 4, int.MaxValue),
            Work = WorkLimits.For(settings.Flush.Timeout),
        };
        // Processor time, not wall time: a freeze, or a busy function, must not use up the time that rules may take.
        var services = new RuleServices(new RuleCounts(ledger), _time, KernelRandom.Id, Sha256.Hmac) { WorkTime = new ProcessorClock() };
        return new Rules(filter, options, services, writer);
    }

    ICredentialsProvider? BuildAuthenticator(ExtensionSettings settings) =>
        settings.Destination is { Aws: { } aws } options ? AwsAuthenticatorFactory.Create(aws, options, _time, log) : null;

    IDestination BuildDestination(ExtensionSettings settings, LogFormat format, ICredentialsProvider? authenticator)
    {
        if (settings.TestMode)
            return new TestModeDestination(log.Always, format.Traits, settings.Destination?.Endpoint);

        var options = WithIdentity(settings.Destination!);
        var destination = new HttpDestination(options, format, settings.Retry, _time, authenticator);
        destination.Prepare(log);
        return authenticator is null ? destination : new RenewingDestination(destination, authenticator, _time);
    }

    DestinationOptions WithIdentity(DestinationOptions options) => options with
    {
        Request = options.Request with
        {
            PlaceholderValues = new HeaderPlaceholderValues
            {
                FunctionName = _lambda.FunctionName,
                FunctionVersion = _lambda.FunctionVersion,
                Region = _lambda.Region,
                AccountId = _accountId,
            },
        },
    };

    FunctionIdentity Function => _function ??= new()
    {
        Name = _lambda.FunctionName,
        Version = _lambda.FunctionVersion,
        MemorySize = _lambda.MemorySize,
        Region = _lambda.Region,
        AccountId = _accountId,
        EnvironmentId = _lambda.EnvironmentId is { Length: > 0 } id ? id : KernelRandom.Id(),
        Architecture = LambdaEnvironment.Architecture,
    };

    bool Subscribe(ExtensionsApi api, Listener listener, TelemetryTypes types)
    {
        var host = ListenerHost.Find(_lambda.RuntimeApi!, SystemFile.Read("/etc/hosts"));
        var port = listener.Bind(SocketAddress.Ipv4(host, ListenerPort), SocketAddress.Ipv4(host, 0));
        if (port == 0)
        {
            log.Error("the telemetry listener could not bind a port; " + NoLogsForwarded);
            return false;
        }

        var result = TelemetrySubscription.Subscribe(api.Subscribe, port, _lambda.IsManagedInstance, types);
        if (result.NotSupported)
            log.Warn($"this platform has no Telemetry API (status {result.Status}); {NoLogsForwarded}");
        else if (!result.Subscribed)
            log.Error($"Lambda refused the telemetry subscription (status {result.Status}: {result.Excerpt}); {NoLogsForwarded}");
        return result.Subscribed;
    }

    /// <summary>Builds and starts the pipeline.</summary>
    StartedPipeline StartPipeline(Listener listener, ExtensionSettings settings)
    {
        Loader.LogUnknownVariables();
        var signals = new PlatformSignals(_time);
        var flow = BuildLoopContext(settings, signals);
        flow.Pipeline.Start();
        flow.Pipeline.Restore();
        listener.Start(flow.Receiver);
        if (settings.Destination?.AddedPath is { } path)
            log.Info($"HTTP_ENDPOINT has no path; logs are sent to {path}, the standard path of LOGS_FORMAT");
        if (settings.TestMode)
            log.Info("test mode: payloads are logged here, nothing is sent");
        if (settings.Check)
            new Thread(Check) { IsBackground = true }.Start();
        if (settings.Metrics)
            flow.Metrics = new MetricsReport(flow, _lambda.FunctionName, StandardOutput.Write);
        return new StartedPipeline(settings, signals, flow);
    }

    int RunLoop(ExtensionsApi api, StartedPipeline started, PlatformEvent? first = null)
    {
        var shutdown = new Shutdown(started.Signals, started.Flow);
        return _lambda.IsManagedInstance
            ? ManagedInstanceLoop.Run(api, shutdown, first)
            : new InvocationLoop(api, started.Signals, started.Flow, started.Settings.Flush, shutdown).Run(first);
    }

    /// <summary>The started pipeline with its settings.</summary>
    /// <param name="Settings">The settings in force.</param>
    /// <param name="Signals">What the platform's events have said.</param>
    /// <param name="Flow">The pipeline and what leads into it.</param>
    sealed record StartedPipeline(ExtensionSettings Settings, PlatformSignals Signals, LoopContext Flow);
}
