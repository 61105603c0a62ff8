using System.Text;
using LambdaLogs.Extension.Delivery.Trust;

namespace LambdaLogs.Extension.Tests.Delivery.Trust;

public sealed class AnchorSourceTests : IDisposable
{
    const string Pem = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    readonly string _file = Path.Combine(Path.GetTempPath(), $"ca-{Guid.NewGuid():N}.pem");

    public AnchorSourceTests() => File.WriteAllText(_file, "the file");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void A_users_text_comes_first()
    {
        var source = AnchorSource.Choose(Pem, _file);

        Assert.Equal("HTTP_TLS_CA", source.Name);
        Assert.Equal(Pem, Encoding.UTF8.GetString(source.Read()));
    }

    [Fact]
    public void A_users_file_comes_first()
    {
        var source = AnchorSource.Choose(_file, "/nowhere");

        Assert.Equal($"HTTP_TLS_CA ({_file})", source.Name);
        Assert.Equal("the file", Encoding.UTF8.GetString(source.Read()));
    }

    [Fact]
    public void A_users_file_that_is_missing_is_not_replaced_by_another()
    {
        var source = AnchorSource.Choose("/nowhere/ca.pem", _file);

        Assert.Equal("HTTP_TLS_CA (/nowhere/ca.pem)", source.Name);
        Assert.True(source.Read().IsEmpty);
    }

    [Fact]
    public void A_directory_is_no_bundle() => Assert.True(AnchorSource.Choose(Path.GetTempPath(), null).Read().IsEmpty);

    [Fact]
    public void The_systems_file_comes_next()
    {
        var source = AnchorSource.Choose(null, _file);

        Assert.Equal($"SSL_CERT_FILE ({_file})", source.Name);
        Assert.Equal("the file", Encoding.UTF8.GetString(source.Read()));
    }

    [Fact]
    public void Services_beside_the_endpoint_are_trusted_by_the_system_and_by_the_user()
    {
        var both = AnchorSource.WithSystem(Pem, _file);

        Assert.Equal($"HTTP_TLS_CA or SSL_CERT_FILE ({_file})", both.Name);
        Assert.Equal(Pem + "\nthe file", Encoding.UTF8.GetString(both.Read()));
        Assert.Equal("the file", Encoding.UTF8.GetString(AnchorSource.WithSystem(null, _file).Read()));
    }

    [Fact]
    public void A_systems_file_that_is_missing_leaves_the_usual_places() =>
        Assert.Equal(AnchorSource.Choose(null, null).Name, AnchorSource.Choose(null, "/nowhere/ca.pem").Name);
}
