using System.Globalization;
using System.Text;

namespace LambdaLogs.Extension.Delivery.Aws;

/// <summary>
/// The canonical form of path and query for Signature Version 4. Pure. Source:
/// <see href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html"/>.
/// </summary>
internal static class CanonicalUrl
{
    /// <summary>
    /// The path without <c>.</c>, <c>..</c> and empty segments, with all but unreserved octets escaped. What was escaped on the wire is
    /// escaped a second time, as every service except S3 requires.
    /// </summary>
    /// <param name="path">The path as it is sent. Empty counts as <c>/</c>.</param>
    public static string Path(string path)
    {
        var segments = new List<string>();
        foreach (var segment in path.Split('/'))
        {
            if (segment == ".." && segments.Count > 0)
                segments.RemoveAt(segments.Count - 1);
            else if (segment is not ("" or "." or ".."))
                segments.Add(segment);
        }

        var text = new StringBuilder();
        foreach (var segment in segments)
            Escape(text.Append('/'), Encoding.UTF8.GetBytes(segment));

        if (path.EndsWith('/') || segments.Count == 0)
            text.Append('/');

        return text.ToString();
    }

    /// <summary>The key of an object of S3 as it is sent and signed: every octet that is not unreserved is escaped once.</summary>
    /// <param name="key">The key.</param>
    public static string Key(string key)
    {
        var text = new StringBuilder();
        foreach (var segment in key.Split('/'))
            Escape(text, Encoding.UTF8.GetBytes(segment), '/');

        return text.ToString(0, text.Length - 1);
    }

    /// <summary>
    /// The parameters sorted by name and value as octets, each escaped once. A parameter without a value gets an empty one.
    /// </summary>
    /// <param name="query">The query as it is sent, without its question mark.</param>
    public static string Query(string query)
    {
        var parameters = new List<(string Name, string Value)>();
        foreach (var parameter in query.Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = parameter.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? parameter : parameter[..equals];
            parameters.Add((EscapeOnce(name), equals < 0 ? "" : EscapeOnce(parameter[(equals + 1)..])));
        }

        parameters.Sort(static (a, b) =>
            string.CompareOrdinal(a.Name, b.Name) is var byName and not 0 ? byName : string.CompareOrdinal(a.Value, b.Value));
        var text = new StringBuilder();
        foreach (var (name, value) in parameters)
            text.Append(text.Length > 0 ? "&" : "").Append(name).Append('=').Append(value);

        return text.ToString();
    }

    // Characters that the sender has escaped are not escaped again.
    static string EscapeOnce(string text)
    {
        var octets = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var at = 0; at < octets.Length; at++)
        {
            var isEscape = octets[at] == '%' && at + 2 < octets.Length
                && char.IsAsciiHexDigit((char)octets[at + 1]) && char.IsAsciiHexDigit((char)octets[at + 2]);
            octets[length++] = isEscape ? byte.Parse(octets.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier) : octets[at];
            at += isEscape ? 2 : 0;
        }

        var escaped = new StringBuilder();
        Escape(escaped, octets.AsSpan(0, length));
        return escaped.ToString();
    }

    static void Escape(StringBuilder text, ReadOnlySpan<byte> octets, char end)
    {
        Escape(text, octets);
        text.Append(end);
    }

    static void Escape(StringBuilder text, ReadOnlySpan<byte> octets)
    {
        foreach (var octet in octets)
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || octet is (byte)'-' or (byte)'_' or (byte)'.' or (byte)'~')
                text.Append((char)octet);
            else
                text.Append('%').Append("0123456789ABCDEF"[octet >> 4]).Append("0123456789ABCDEF"[octet & 15]);
        }
    }
}
