namespace LambdaLogs.Emulator.Wire;

/// <summary>A version of the telemetry schema, oldest first. The subscriber chooses it.</summary>
/// <remarks>Source: <see href="https://docs.aws.amazon.com/lambda/latest/dg/telemetry-schema-reference.html"/></remarks>
public enum SchemaVersion
{
    /// <summary>2020-08-15 of the Logs API: log lines are always strings.</summary>
    Logs20200815,

    /// <summary>2021-03-18 of the Logs API: adds <c>platform.runtimeDone</c>.</summary>
    Logs20210318,

    /// <summary>2022-07-01: log lines are always strings, init events have fewer fields.</summary>
    V20220701,

    /// <summary>2022-12-13: JSON log lines are objects.</summary>
    V20221213,

    /// <summary>2025-01-29: as 2022-12-13; the only one on Managed Instances.</summary>
    V20250129,
}

/// <summary>The names of the schema versions in subscriptions.</summary>
internal static class SchemaVersionNames
{
    /// <summary>Such as <c>2022-12-13</c>.</summary>
    public static string WireName(this SchemaVersion schema) => schema switch
    {
        SchemaVersion.Logs20200815 => "2020-08-15",
        SchemaVersion.Logs20210318 => "2021-03-18",
        SchemaVersion.V20220701 => "2022-07-01",
        SchemaVersion.V20221213 => "2022-12-13",
        _ => "2025-01-29",
    };
}
