using System.Globalization;
using LambdaLogs.Emulator.Wire;

namespace LambdaLogs.Emulator.Sandbox;

/// <summary>The environment variables of the processes. Extensions do not see what Lambda hides from them.</summary>
/// <remarks>
/// Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html"/> and
/// <see href="https://docs.aws.amazon.com/lambda/latest/dg/runtimes-extensions-api.html"/>. The host's variables are not passed on, except
/// that the host's PATH is appended to Lambda's, because functions use the host's interpreters.
/// </remarks>
/// <param name="options">The sandbox's options.</param>
/// <param name="function">The function's identity.</param>
/// <param name="runtimeApi">Host and port of the Runtime API.</param>
/// <param name="hostPath">The host's PATH.</param>
internal sealed class SandboxEnvironment(SandboxOptions options, FunctionIdentity function, string runtimeApi, string hostPath)
{
    /// <summary>Host and port of the Runtime API.</summary>
    public string RuntimeApi => runtimeApi;

    /// <summary>The environment of an extension.</summary>
    public Dictionary<string, string> ForExtension()
    {
        var all = Shared();
        foreach (var (name, value) in options.Environment)
        {
            if (!name.StartsWith('_'))
                all[name] = value;
        }

        return all;
    }

    /// <summary>The environment of the runtime.</summary>
    /// <param name="taskRoot">The function's directory.</param>
    public Dictionary<string, string> ForRuntime(string taskRoot)
    {
        var all = Shared();
        all["_HANDLER"] = function.Handler;
        all["LAMBDA_TASK_ROOT"] = taskRoot;
        all["LAMBDA_RUNTIME_DIR"] = "/var/runtime";
        all["AWS_LAMBDA_LOG_GROUP_NAME"] = $"/aws/lambda/{function.Name}";
        all["AWS_LAMBDA_LOG_STREAM_NAME"] = function.InstanceId;
        all["AWS_XRAY_CONTEXT_MISSING"] = "LOG_ERROR";
        all["AWS_XRAY_DAEMON_ADDRESS"] = "169.254.79.129:2000";
        all["_AWS_XRAY_DAEMON_ADDRESS"] = "169.254.79.129";
        all["_AWS_XRAY_DAEMON_PORT"] = "2000";
        if (function.Initialization is InitializationType.ManagedInstances)
            all["AWS_LAMBDA_MAX_CONCURRENCY"] = options.MaxConcurrency.ToString(CultureInfo.InvariantCulture);
        foreach (var (name, value) in options.Environment)
            all[name] = value;
        return all;
    }

    Dictionary<string, string> Shared()
    {
        var all = new Dictionary<string, string>
        {
            ["AWS_REGION"] = function.Region,
            ["AWS_DEFAULT_REGION"] = function.Region,
            ["AWS_LAMBDA_FUNCTION_NAME"] = function.Name,
            ["AWS_LAMBDA_FUNCTION_VERSION"] = function.Version,
            ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"] = function.MemoryMb.ToString(CultureInfo.InvariantCulture),
            ["AWS_LAMBDA_RUNTIME_API"] = runtimeApi,
            ["AWS_LAMBDA_INITIALIZATION_TYPE"] = function.Initialization.WireName(),
            ["AWS_LAMBDA_LOG_FORMAT"] = options.LogFormat is LogFormat.Json ? "JSON" : "Text",
            ["TZ"] = ":UTC",
            ["LANG"] = "en_US.UTF-8",
            ["PATH"] = $"/usr/local/bin:/usr/bin/:/bin:/opt/bin:{hostPath}",
            ["LD_LIBRARY_PATH"] =
                "/var/lang/lib:/lib64:/usr/lib64:/var/runtime:/var/runtime/lib:/var/task:/var/task/lib:/opt/lib",
        };
        if (options.LogFormat is LogFormat.Json)
            all["AWS_LAMBDA_LOG_LEVEL"] = "INFO";
        AddCredentials(all);
        return all;
    }

    void AddCredentials(Dictionary<string, string> all)
    {
        if (function.Initialization is InitializationType.SnapStart)
        {
            // Credentials in environment variables would become part of the snapshot.
            all["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = $"http://{runtimeApi}/2021-04-23/credentials";
            all["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = DummyCredentials.Token;
            return;
        }

        all["AWS_ACCESS_KEY_ID"] = DummyCredentials.AccessKeyId;
        all["AWS_SECRET_ACCESS_KEY"] = DummyCredentials.SecretAccessKey;
        all["AWS_SESSION_TOKEN"] = DummyCredentials.Token;
    }
}
