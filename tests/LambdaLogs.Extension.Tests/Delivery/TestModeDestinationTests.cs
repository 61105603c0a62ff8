using System.Text;
using LambdaLogs.Extension.Delivery;
using LambdaLogs.Extension.Formats;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class TestModeDestinationTests
{
    readonly List<string> _lines = [];

    [Fact]
    public void The_payload_is_shown_and_counts_as_delivered()
    {
        var result = Send(new Uri("https://logs.example.com/v1/SECRET"), "{\"logs\":[\"grün\"]}\n");

        Assert.Equal(["test mode: would send 19 bytes to https://logs.example.com/v1/…", "{\"logs\":[\"grün\"]}"], _lines);
        Assert.Equal(new SendResult(Verdict.Delivered, 0, FailureKind.None, null), result);
    }

    [Fact]
    public void Lines_of_a_payload_become_one_line()
    {
        Send(null, "{\"a\":1}\r\n{\"b\":2}\n");

        Assert.Equal(["test mode: would send 17 bytes to no endpoint", "{\"a\":1}  {\"b\":2}"], _lines);
    }

    SendResult Send(Uri? endpoint, string body)
    {
        var destination = new TestModeDestination(_lines.Add, new FormatTraits(), endpoint);
        destination.InvalidateConnections();
        return destination.Send(Encoding.UTF8.GetBytes(body), new BatchLabel("batch-1"), default);
    }
}
