using System.Text;
using LambdaLogs.Extension.Telemetry;

namespace LambdaLogs.Extension.Tests.Telemetry;

public sealed class DurableArnTests
{
    const string Arn = "arn:aws:lambda:eu-west-1:123456789012:function:checkout:7/durable-execution/order-7/0c5f2b1e-9a0d-4a58-8b0a-5c8f1f1d2e3f";

    [Fact]
    public void It_is_found_after_its_name_whatever_number_of_slashes_precedes_it()
    {
        for (var slashes = 0; slashes <= 20; slashes++)
            Assert.Equal(Arn, Find($"{string.Concat(Enumerable.Repeat("a/", slashes))} durableExecutionArn={Arn} done"));
    }

    [Fact]
    public void It_is_not_found_without_its_name_or_its_value()
    {
        for (var slashes = 0; slashes <= 20; slashes++)
        {
            var path = string.Concat(Enumerable.Repeat("/durable", slashes));
            Assert.Equal("", Find($"{path} started {Arn}"));
            Assert.Equal("", Find($"{path} durableExecutionArn=arn:aws:lambda:eu-west-1:123456789012:function:checkout:7/durable-execution/"));
            Assert.Equal("", Find(path));
        }
    }

    static string Find(string text) => Encoding.UTF8.GetString(DurableArn.FindNamed(Encoding.UTF8.GetBytes(text)));
}
