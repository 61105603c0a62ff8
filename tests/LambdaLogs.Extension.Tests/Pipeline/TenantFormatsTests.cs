using LambdaLogs.Extension.Pipeline;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Pipeline;

public sealed class TenantFormatsTests
{
    readonly List<string> _made = [];
    readonly TenantFormats _formats;

    public TenantFormatsTests() => _formats = new TenantFormats(Some.Format(), tenant =>
    {
        _made.Add(tenant);
        return Some.Format();
    });

    [Fact]
    public void The_first_invocation_ends_the_waiting()
    {
        Assert.True(_formats.IsAwaited);
        Assert.False(Learn("blue", EventKind.Line));
        Assert.False(Learn("", EventKind.InitReport));
        Assert.True(Learn("blue", EventKind.Start));
        Assert.False(_formats.IsAwaited);
        Assert.Equal("blue", _formats.NameOf(TenantFormats.Environment));
    }

    [Fact]
    public void An_invocation_without_a_tenant_ends_the_waiting_as_well()
    {
        Assert.True(Learn("", EventKind.Start));
        Assert.Equal("", _formats.NameOf(TenantFormats.Environment));
    }

    [Fact]
    public void Each_tenant_has_one_format()
    {
        var blue = Of("blue");
        var green = Of("green");
        Assert.Equal((blue, green), (Of("blue"), Of("green")));
        Assert.Equal(["blue", "green"], _made);
        Assert.Equal(("blue", "green"), (_formats.NameOf(blue), _formats.NameOf(green)));
        Assert.NotSame(_formats[blue], _formats[green]);
    }

    [Fact]
    public void A_record_of_an_invocation_without_a_tenant_is_for_nobody()
    {
        Of("blue");
        var nobody = _formats.Of(new LogRecord { Time = default, Message = default, LogType = default, RequestId = "r1"u8 });
        Assert.Equal("", _formats.NameOf(nobody));
        Assert.True(_formats.Of(new LogRecord { Time = default, Message = default, LogType = default }) < 0);
    }

    [Fact]
    public void Beyond_the_bound_of_tenants_nothing_is_sent_in_the_name_of_another_one()
    {
        for (var number = 0; number < 100; number++)
            Assert.Contains(_formats.NameOf(Of($"t{number}")), (string[])["", $"t{number}"]);

        Assert.Equal(16, _made.Count);
        Assert.Equal("", _formats.NameOf(Of("t99")));
        Assert.Equal("t3", _formats.NameOf(Of("t3")));
    }

    [Fact]
    public void A_tenant_that_a_rule_drops_from_records_is_that_of_the_invocation_that_started_last()
    {
        var formats = new TenantFormats(Some.Format(), _ => Some.Format(), isDropped: true);
        Assert.True(formats.Of(Record("", EventKind.Line)) < 0);
        foreach (var tenant in (string[])["blue", "green", ""])
        {
            formats.ObserveInvocation(Record(tenant, EventKind.Start));
            Assert.Equal(tenant, formats.NameOf(formats.Of(Record("", EventKind.Line))));
            Assert.True(formats.ObservesInvocations);
        }
    }

    [Fact]
    public void Where_nothing_names_the_tenant_nothing_waits()
    {
        var plain = TenantFormats.OfAll(Some.Format());
        Assert.Equal((false, false), (plain.IsAwaited, plain.Differ));
    }

    bool Learn(string tenant, EventKind kind) => _formats.ObserveInvocation(Record(tenant, kind));

    int Of(string tenant) => _formats.Of(Record(tenant, EventKind.Line));

    static LogRecord Record(string tenant, EventKind kind) => new()
    {
        Time = default,
        Message = default,
        LogType = default,
        Kind = kind,
        Context = tenant.Length == 0 ? default : System.Text.Encoding.UTF8.GetBytes($"\"tenant_id\":\"{tenant}\",\"durable_execution\":\"x\""),
    };
}
