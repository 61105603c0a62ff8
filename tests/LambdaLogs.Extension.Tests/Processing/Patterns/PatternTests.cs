using System.Text;
using LambdaLogs.Extension.Processing;
using LambdaLogs.Extension.Processing.Patterns;
using LambdaLogs.Extension.Tests.Fakes;

namespace LambdaLogs.Extension.Tests.Processing.Patterns;

public sealed class PatternTests
{
    [Theory]
    [InlineData("(a", 1, "a ( has no )")]
    [InlineData("ab)", 3, "there is a ) without its (")]
    [InlineData("x[a", 2, "a [ has no ]")]
    [InlineData("*a", 1, "there is nothing to repeat before *")]
    [InlineData("a**", 1, "a repetition is repeated: put it in ( )")]
    [InlineData("^*", 1, "there is nothing to repeat")]
    [InlineData("a{3,2}", 1, "a repetition's bounds run backwards")]
    [InlineData("a{1001}", 1, "more than 1000 repetitions are not supported")]
    [InlineData("a++", 1, "quantifiers that do not give back, such as a++, are not supported")]
    [InlineData("a(?=b)", 2, "looking ahead and behind is not supported: it cannot be matched in linear time")]
    [InlineData("(?<!b)a", 1, "looking ahead and behind is not supported: it cannot be matched in linear time")]
    [InlineData("(?>b)a", 1, "groups that do not give back, (?>, are not supported")]
    [InlineData(@"(a)\1", 4, "a reference to a group is not supported: it cannot be matched in linear time")]
    [InlineData(@"\p{L}", 1, @"classes of Unicode, \p{…}, are not supported: write the characters")]
    [InlineData(@"a\", 2, @"a \ has nothing behind it")]
    [InlineData(@"\y", 1, @"there is no \y")]
    [InlineData("[z-a]", 1, "a range in [ ] runs backwards or to a class")]
    [InlineData("[[:alpha:]]", 1, "names of classes such as [:alpha:] are not supported: write the characters")]
    [InlineData(@"\x4", 1, "a character's number has too few or too many digits")]
    [InlineData(@"\x{110000}", 1, "there is no character of this number")]
    [InlineData("(?y)a", 1, "there is no group (?y")]
    [InlineData("(a{1000}){1000}", 1, "the pattern is too large")]
    public void A_fault_is_named_with_its_place(string text, int position, string reason) =>
        Assert.Equal(new PatternError(position, reason), Pattern.Validate(text));

    [Fact]
    public void Groups_are_nested_up_to_a_depth() =>
        Assert.Equal("groups are nested deeper than 100 at character 101", Pattern.Validate(new string('(', 5000))!.ToString());

    [Fact]
    public void Several_patterns_match_where_any_does()
    {
        var pattern = Pattern.Compile(["^a", "b$", "[0-9]{3}"], new WorkMeter())!;
        Assert.True(pattern.IsMatch("ax"u8));
        Assert.True(pattern.IsMatch("xb"u8));
        Assert.True(pattern.IsMatch("x 123 x"u8));
        Assert.False(pattern.IsMatch("ba 12"u8));
    }

    [Theory]
    [InlineData(@"\d", "٣")]
    [InlineData(@"\w", "é")]
    [InlineData(@"\s", "\u00a0")]
    public void Classes_know_ascii_only(string pattern, string text) => Assert.False(Pattern.Compile([pattern], new WorkMeter())!.IsMatch(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void The_end_is_the_end_of_the_text_and_not_the_place_before_its_last_line_feed()
    {
        Assert.False(Pattern.Compile(["a$"], new WorkMeter())!.IsMatch("a\n"u8));
        Assert.True(Pattern.Compile(["(?m)a$"], new WorkMeter())!.IsMatch("a\n"u8));
    }

    [Fact]
    public void A_table_that_is_full_starts_again_and_still_is_right()
    {
        // The 12th letter from the end decides: every one of 4096 histories is a state of its own.
        var pattern = Pattern.Compile(["a[ab]{11}$"], new WorkMeter())!;
        var random = new Random(1);
        for (var round = 0; round < 200; round++)
        {
            var text = new string([.. Enumerable.Range(0, 300).Select(_ => random.Next(2) == 0 ? 'a' : 'b')]);
            Assert.Equal(text[^12] == 'a', pattern.IsMatch(Encoding.UTF8.GetBytes(text)));
        }
    }

    [Theory]
    [InlineData("(a*)*b")]
    [InlineData("(a|a)*b")]
    [InlineData("(a|aa)+$b")]
    [InlineData("(.*)(.*)(.*)(.*)b$x")]
    [InlineData("(?:a?){100}a{100}b")]
    public void What_stalls_other_engines_takes_linear_time(string text)
    {
        var took = ThreadTime.Of(() =>
            Assert.False(Pattern.Compile([text], new WorkMeter())!.IsMatch(Encoding.UTF8.GetBytes(new string('a', 256 * 1024)))));
        Assert.True(took < TimeSpan.FromSeconds(5), $"{took}");
    }

    [Theory]
    [InlineData("x*y|x")]
    [InlineData(".*?end|.")]
    public void Finding_stops_where_it_takes_more_steps_than_a_record_may(string expression)
    {
        var text = Encoding.UTF8.GetBytes(new string('x', 256 * 1024));
        var limits = new WorkLimits();
        var work = new WorkMeter(limits, TimeProvider.System);
        work.BeginRecord(text.Length);
        Pattern.Compile([expression], work)!.FindAll(text, new RangeList());
        Assert.True(work.IsSpent);
        Assert.InRange(work.Steps, 1, limits.RecordSteps + (text.Length * (limits.StepsPerByte + 1)));
    }

    [Fact]
    public void Where_no_match_can_begin_a_byte_costs_one_step()
    {
        var text = Encoding.UTF8.GetBytes(new string('x', 64 * 1024) + "order-1 " + new string('x', 64 * 1024));
        var work = new WorkMeter();
        work.BeginRecord(text.Length);
        var spans = new RangeList();
        Pattern.Compile([@"order-\d+|(?i)secret"], work)!.FindAll(text, spans);
        Assert.Equal((64 * 1024, (64 * 1024) + 7), spans[0]);
        Assert.InRange(work.Steps, text.Length, (2.2 * text.Length) + 1000);
    }
}
