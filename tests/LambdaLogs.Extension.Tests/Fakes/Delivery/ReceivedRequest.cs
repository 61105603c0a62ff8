using System.Text;

namespace LambdaLogs.Extension.Tests.Fakes.Delivery;

/// <summary>A request as it came over the wire.</summary>
/// <param name="Line">For example <c>POST /logs HTTP/1.1</c>.</param>
/// <param name="Headers">Names and values as they were written, in their order.</param>
/// <param name="Body">The body's bytes.</param>
/// <param name="Connection">Which connection of the server it came over, from 1.</param>
internal sealed record ReceivedRequest(string Line, IReadOnlyList<(string Name, string Value)> Headers, byte[] Body, int Connection)
{
    /// <summary>The body as text.</summary>
    public string Text => Encoding.UTF8.GetString(Body);

    /// <summary>The one value of a header, or null.</summary>
    public string? Header(string name) =>
        Headers.SingleOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
