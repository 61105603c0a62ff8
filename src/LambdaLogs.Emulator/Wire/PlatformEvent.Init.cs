using System.Text.Json;

namespace LambdaLogs.Emulator.Wire;

internal abstract partial record PlatformEvent
{
    /// <summary><c>platform.initStart</c>.</summary>
    /// <param name="Phase"><c>init</c>, or <c>invoke</c> for an Init inside an invocation.</param>
    public sealed record InitStart(DateTimeOffset Time, FunctionIdentity Function, string Phase) : PlatformEvent(Time)
    {
        public override string Type => "platform.initStart";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("initializationType"u8, Function.Initialization.WireName());
            json.WriteString("phase"u8, Phase);
            WriteRuntimeVersion(json, Function);
            if (schema != SchemaVersion.V20220701)
                WriteInstance(json, Function);
        }
    }

    /// <summary><c>platform.initRuntimeDone</c>: the runtime asked for its first event or failed.</summary>
    public sealed record InitRuntimeDone(DateTimeOffset Time, InitializationType Initialization, string Phase, Outcome Outcome)
        : PlatformEvent(Time)
    {
        public override string Type => "platform.initRuntimeDone";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("initializationType"u8, Initialization.WireName());
            if (schema != SchemaVersion.V20220701)
                json.WriteString("phase"u8, Phase);
            WriteStatus(json, Outcome);
        }
    }

    /// <summary><c>platform.initReport</c>: the end of Init.</summary>
    public sealed record InitReport(
        DateTimeOffset Time, InitializationType Initialization, string Phase, Outcome Outcome, TimeSpan Duration) : PlatformEvent(Time)
    {
        public override string Type => "platform.initReport";

        public override void WriteRecord(Utf8JsonWriter json, SchemaVersion schema)
        {
            json.WriteString("initializationType"u8, Initialization.WireName());
            json.WriteStartObject("metrics"u8);
            json.WriteNumber("durationMs"u8, ContractTime.Milliseconds(Duration));
            json.WriteEndObject();
            json.WriteString("phase"u8, Phase);
            if (schema != SchemaVersion.V20220701)
                WriteStatus(json, Outcome);
        }
    }

    static void WriteRuntimeVersion(Utf8JsonWriter json, FunctionIdentity function)
    {
        if (function.RuntimeVersion is null)
            return;

        json.WriteString("runtimeVersion"u8, function.RuntimeVersion);
        json.WriteString("runtimeVersionArn"u8, function.RuntimeVersionArn);
    }

    static void WriteInstance(Utf8JsonWriter json, FunctionIdentity function)
    {
        json.WriteString("functionName"u8, function.Name);
        json.WriteString("functionVersion"u8, function.Version);
        json.WriteString("instanceId"u8, function.InstanceId);

        // The sample in the documentation uses MB; real events contain bytes.
        json.WriteNumber("instanceMaxMemory"u8, function.MemoryMb * 1024L * 1024L);
    }
}
