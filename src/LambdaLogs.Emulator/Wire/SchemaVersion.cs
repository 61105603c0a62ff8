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
    static readonly (SchemaVersion Schema, string Name)[] All =
    [
        (SchemaVersion.Logs20200815, "2020-08-15"),
        (SchemaVersion.Logs20210318, "2021-03-18"),
        (SchemaVersion.V20220701, "2022-07-01"),
        (SchemaVersion.V20221213, "2022-12-13"),
        (SchemaVersion.V20250129, "2025-01-29"),
    ];

    /// <summary>Such as <c>2022-12-13</c>.</summary>
    public static string WireName(this SchemaVersion schema) => All.First(known => known.Schema == schema).Name;

    /// <summary>Finds a version by its name.</summary>
    /// <param name="name">The name in a subscription.</param>
    /// <param name="isLogs">Whether it is one of the Logs API.</param>
    /// <returns>Null: the API has no such version.</returns>
    public static SchemaVersion? Find(string name, bool isLogs)
    {
        foreach (var (schema, known) in All)
        {
            if (known == name && schema <= SchemaVersion.Logs20210318 == isLogs)
                return schema;
        }

        return null;
    }
}
