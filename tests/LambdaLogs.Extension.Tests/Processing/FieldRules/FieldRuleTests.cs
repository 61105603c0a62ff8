using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.FieldRules;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.FieldRules;

public sealed class FieldRuleTests
{
    [Theory]
    [InlineData("""{"a":1,"b":2,"c":3}""", """{"a":1,"c":3}""")]
    [InlineData("""{"b":2}""", "")]
    [InlineData("""{"user":{"email":"x","id":7,"email2":1},"x":{"b":1}}""", """{"user":{"id":7,"email2":1},"x":{"b":1}}""")]
    [InlineData("""{"user":{"email":"x"}}""", """{"user":{}}""")]
    [InlineData("""{"user":[{"email":"x"}]}""", """{"user":[{"email":"x"}]}""")]
    [InlineData("""{ "a" : 1 , "b" : 2 }""", """{"a":1}""")]
    public void Named_members_are_left_out(string attributes, string expected) =>
        Assert.Equal(expected, Shaped(new FieldRuleOptions { Dropped = ["b", "user.email"] }, attributes));

    [Fact]
    public void Members_of_the_attributes_themselves_get_another_name() => Assert.Equal(
        """{"uid":1,"x":{"user_id":2}}""",
        Shaped(new FieldRuleOptions { Renamed = [new("user_id", "uid")] }, """{"user_id":1,"x":{"user_id":2}}"""));

    [Fact]
    public void Names_of_any_letters_are_known()
    {
        var options = new FieldRuleOptions { Dropped = ["größe"], Renamed = [new("a\"b", "c\\d")] };
        Assert.Equal("""{"c\\d":2}""", Shaped(options, """{"größe":1,"a\"b":2}"""));
    }

    [Fact]
    public void As_many_as_64_can_be_left_out()
    {
        var names = Enumerable.Range(0, 64).Select(number => $"n{number}").ToList();
        var attributes = "{" + string.Join(',', names.Select(name => $"\"{name}\":1")) + ",\"last\":2}";
        Assert.Equal("""{"last":2}""", Shaped(new FieldRuleOptions { Dropped = names }, attributes));
    }

    static string Shaped(FieldRuleOptions options, string attributes)
    {
        var rig = new RuleRig(new RuleOptions { Fields = options });
        rig.Line("x", attributes: attributes);
        return Assert.Single(rig.Kept).Attributes;
    }
}
