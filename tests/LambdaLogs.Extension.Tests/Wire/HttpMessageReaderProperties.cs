using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LambdaLogs.Extension.Wire;

namespace LambdaLogs.Extension.Tests.Wire;

public sealed class HttpMessageReaderProperties
{
    const int BodyBytesMax = 60;

    static readonly Gen<string> Bodies = Gen.Choose(0, 255).Select(code => (char)code).ArrayOf().Select(letters => new string(letters));

    static readonly Gen<int[]> Cuts = Gen.Choose(0, 1500).ArrayOf().Select(places => places.Order().ToArray());

    [Fact]
    public void Any_messages_cut_into_any_pieces_are_read_the_same()
    {
        var cases = from parts in OneMessage().ArrayOf() from cuts in Cuts select (Parts: parts, Cuts: cuts);

        Check(2000, cases, one =>
        {
            var bytes = Encoding.Latin1.GetBytes(string.Concat(one.Parts.Select(part => part.Text)));
            var found = ReadMessage.All(NewReader(), bytes, one.Cuts);

            return found.SequenceEqual(one.Parts.Select(part => part.Body.Length > BodyBytesMax
                ? new ReadMessage(ReadState.BodyTooLarge, "POST /x HTTP/1.1", "")
                : new ReadMessage(ReadState.Complete, "POST /x HTTP/1.1", part.Body)));
        });
    }

    [Fact]
    public void Bytes_changed_anywhere_never_make_the_reader_throw()
    {
        var cases =
            from parts in OneMessage().ArrayOf(3)
            from cuts in Cuts
            from changes in Gen.Choose(0, 2000).Zip(Gen.Choose(0, 255)).ArrayOf()
            select (Text: string.Concat(parts.Select(part => part.Text)), Cuts: cuts, Changes: changes);

        Check(5000, cases, one =>
        {
            var bytes = Encoding.Latin1.GetBytes(one.Text);
            foreach (var (at, value) in one.Changes)
                bytes[at % bytes.Length] = (byte)value;

            // It may be read in any way at all, but always in the same.
            var whole = ReadMessage.All(NewReader(), bytes, []);
            var pieces = ReadMessage.All(NewReader(), bytes, one.Cuts);
            return whole.SequenceEqual(pieces) && ReadMessage.All(NewReader(responses: true), bytes, one.Cuts, closes: true).Count >= 0;
        });
    }

    static Gen<(string Text, string Body)> OneMessage() => Gen.OneOf(
        Bodies.Select(body => ($"POST /x HTTP/1.1\r\nContent-Length: {body.Length}\r\n\r\n{body}", body)),
        from body in Bodies
        from size in Gen.Choose(1, 30)
        from extension in Gen.Elements("", ";x", " ;name=\"value\"")
        from trailer in Gen.Elements("", "X: y\r\n", "A: b\r\nC: d\r\n")
        select ($"POST /x HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n{Chunked(body, size, extension)}0{extension}\r\n{trailer}\r\n", body));

    static string Chunked(string body, int size, string extension) =>
        string.Concat(body.Chunk(size).Select(chunk => $"{chunk.Length:X}{extension}\r\n{new string(chunk)}\r\n"));

    static void Check<T>(int tests, Gen<T> cases, Func<T, bool> holds) =>
        FsCheck.Check.One(Config.QuickThrowOnFailure.WithMaxTest(tests), Prop.ForAll(cases.ToArbitrary(), holds));

    static HttpMessageReader NewReader(bool responses = false) => new(responses, headBytesMax: 200, BodyBytesMax, bufferBytes: 32);
}
