using LambdaLogs.Extension.Delivery;

namespace LambdaLogs.Extension.Tests.Delivery;

public sealed class ProductNameTests
{
    [Fact]
    public void It_has_the_version_of_the_assembly() =>
        Assert.EndsWith("/" + typeof(ProductName).Assembly.GetName().Version!.ToString(3), ProductName.UserAgent, StringComparison.Ordinal);
}
