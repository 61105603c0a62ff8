using System.Text;
using System.Text.Json;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing;

public sealed class MessageLimitTests
{
    [Fact]
    public void A_long_message_is_cut_and_says_how_long_it_was()
    {
        var rig = new RuleRig(new RuleOptions { MessageBytesMax = 64 });
        rig.Line(new string('x', 64));
        rig.Line(new string('x', 65));
        Assert.Equal([new string('x', 64), new string('x', 64 - 28) + "…[truncated from 65 bytes]"], rig.Messages);
        Assert.Equal(1, rig.ChangedBy(Rule.Cut));
    }

    [Fact]
    public void It_is_cut_on_the_border_of_a_character_and_stays_json()
    {
        for (var limit = 64; limit < 120; limit++)
        {
            var rig = new RuleRig(new RuleOptions { MessageBytesMax = limit });
            rig.Line(string.Concat(Enumerable.Repeat("é\"\\\n🚀\u0001", 40)));
            var message = Assert.Single(rig.Messages);
            Assert.True(Encoding.UTF8.GetByteCount(message) <= limit);
            var text = JsonDocument.Parse($"\"{message}\"").RootElement.GetString()!;
            Assert.DoesNotContain('\uFFFD', text);
            Assert.EndsWith(" bytes]", text);
        }
    }
}
