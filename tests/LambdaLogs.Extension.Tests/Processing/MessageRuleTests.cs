using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Records;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing;

public sealed class MessageRuleTests
{
    [Fact]
    public void What_matches_no_included_pattern_is_left_out()
    {
        var rig = new RuleRig(new RuleOptions { Include = ["^order", "pay(ment)?"] });
        foreach (var text in (string[])["order 1", "an order", "the payment", "hello"])
            rig.Line(text);
        Assert.Equal(["order 1", "the payment"], rig.Messages);
        Assert.Equal(2, rig.RemovedBy(Rule.Include));
    }

    [Fact]
    public void What_matches_an_excluded_pattern_is_left_out_even_if_it_is_included()
    {
        var rig = new RuleRig(new RuleOptions { Include = ["order"], Exclude = ["health", "(?i)PING"] });
        foreach (var text in (string[])["order 1", "order health", "ping order", "hello"])
            rig.Line(text);
        Assert.Equal(["order 1"], rig.Messages);
        Assert.Equal((1, 2), (rig.RemovedBy(Rule.Include), rig.RemovedBy(Rule.Exclude)));
    }

    [Fact]
    public void Lines_of_a_tenant_are_included_or_left_out_by_its_id()
    {
        var included = new RuleRig(new RuleOptions { Include = ["^order"], IncludeTenants = ["^blue$"] });
        var excluded = new RuleRig(new RuleOptions { Exclude = ["health"], ExcludeTenants = ["^test-"] });
        foreach (var (text, tenant) in (ReadOnlySpan<(string, string)>)[("order 1", "green"), ("hello", "blue"), ("hello blue", "bluebell"), ("health", "blue"), ("hello test-", ""), ("hi", "test-1")])
        {
            included.Line(text, tenant: tenant);
            excluded.Line(text, tenant: tenant);
        }

        Assert.Equal(["order 1", "hello", "health"], included.Messages);
        Assert.Equal(["order 1", "hello", "hello blue", "hello test-"], excluded.Messages);
    }

    [Fact]
    public void Patterns_see_the_text_and_not_its_escapes()
    {
        var rig = new RuleRig(new RuleOptions { Exclude = ["^say \"hi\"\nto\tall$"] });
        rig.Line("say \"hi\"\nto\tall");
        rig.Line("say hi");
        Assert.Equal(["say hi"], rig.Messages);
    }

    [Fact]
    public void Events_have_no_message_of_the_functions()
    {
        var rig = new RuleRig(new RuleOptions { Include = ["nothing"] });
        rig.Event(EventKind.Report);
        Assert.Equal(["Report"], rig.Messages);
    }
}
