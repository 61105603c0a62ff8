using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Settings;

/// <summary>The variables that say how requests look and which way they take, as they are declared.</summary>
internal static class TransportVariables
{
    /// <summary>See <see cref="RequestOptions.Method"/>.</summary>
    public static readonly Variable Method = new()
    {
        Name = "HTTP_METHOD",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Request,
        Choices = ["POST", "PUT"],
        Meaning = "The method of the requests.",
    };

    /// <summary>See <see cref="RequestOptions.Headers"/>.</summary>
    public static readonly Variable Headers = new()
    {
        Name = "HTTP_HEADERS",
        Kind = VariableKind.Text,
        Group = VariableGroup.Request,
        IsSecret = true,
        AllowedWords = "Name=value pairs separated by commas, or one a line, or a JSON object of texts; values are visible ASCII",
        Meaning = "Headers added to every request. A value with commas stands in double quotes, or each pair on a line of its own. "
            + "`{function_name}`, `{function_version}`, `{region}` and `{account_id}` are filled in; a header for which that is not known "
            + "is left out. Values count as secrets: they are never shown.",
    };

    /// <summary>See <see cref="RequestOptions.Compression"/>.</summary>
    public static readonly Variable BodyCompression = new()
    {
        Name = "HTTP_COMPRESSION",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Request,
        Choices = ["none", "gzip"],
        DefaultWords = "none for lambda, else as the format is usually sent",
        Meaning = "How bodies are compressed. Every limit of a size counts what it was before.",
    };

    /// <summary>See <see cref="RequestOptions.Version"/>. The order is that of <see cref="WireVersion"/>.</summary>
    public static readonly Variable Version = new()
    {
        Name = "HTTP_VERSION",
        Kind = VariableKind.Choice,
        Group = VariableGroup.Request,
        Choices = ["1.1", "auto", "2"],
        Meaning = "`1.1` is the cheapest for the one connection there is. `auto`: HTTP/2 where an https endpoint offers it. "
            + "`2`: HTTP/2 and nothing else, also without TLS.",
    };
}
