using System.Diagnostics;
using System.Globalization;
using System.Text;
using LambdaLogs.Extension.Wire.Http;

namespace LambdaLogs.Extension.Tests.Contract.Fuzz;

/// <summary>
/// Broken responses of endpoints, made of good ones by edits of bytes: they are read without an exception, within bounds, and the same in
/// whichever pieces they come. <c>make fuzz</c> runs it at length, see <see cref="TelemetryFuzzTests"/>.
/// </summary>
public sealed class ResponseFuzzTests
{
    const int Cases = 20_000;
    const int BodyBytesMax = 64;

    static readonly string[] Good =
    [
        "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nKeep-Alive: timeout=5\r\n\r\n4;a=b\r\nwiki\r\n6\r\npedia \r\n0\r\nX: y\r\n\r\n",
        "HTTP/1.0 503 Busy\r\nRetry-After: 1\r\n\r\n" + "until the end, which is longer than what is kept of a body, for it has no length of its own",
        "HTTP/1.1 204 None\r\nContent-Length: 7\r\n\r\n",
    ];

    [Fact]
    public void A_broken_response_is_read_within_bounds_and_the_same_in_any_pieces()
    {
        var seconds = Number("FUZZ_SECONDS", 0);
        var seed = Number("FUZZ_SEED", seconds == 0 ? 1 : Environment.TickCount & 0xFFFFFF);
        var watch = Stopwatch.StartNew();
        var count = 0;
        for (; seconds == 0 ? count < Cases : watch.Elapsed.TotalSeconds < seconds; count++)
            Check(seed + count);

        if (seconds > 0)
            Console.Error.WriteLine($"{count} responses, seeds {seed} to {seed + count - 1}: nothing found.");
    }

    /// <summary>Each seed is a case of its own, so that one number repeats it.</summary>
    static void Check(int seed)
    {
        var random = new Random(seed);
        var bytes = Broken(random);

        var whole = Read(bytes, bytes.Length);
        var single = Read(bytes, 1);
        var pieces = Read(bytes, random.Next(1, 20));

        Assert.True(whole == single && whole == pieces, $"seed {seed}: {whole}, {single}, {pieces}: {Encoding.Latin1.GetString(bytes)}");
        Assert.True(whole.Body.Length <= BodyBytesMax, $"seed {seed}: {whole.Body.Length} bytes are kept");
    }

    static byte[] Broken(Random random)
    {
        var bytes = Encoding.Latin1.GetBytes(Good[random.Next(Good.Length)] + (random.Next(4) == 0 ? Good[random.Next(Good.Length)] : "")).ToList();
        for (var edits = random.Next(0, 6); edits > 0 && bytes.Count > 0; edits--)
        {
            var at = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, Math.Min(random.Next(1, 10), bytes.Count - at));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(at, Math.Min(random.Next(1, 30), bytes.Count - at)));
                    break;
                default:
                    bytes.Insert(at, "\r\n:;0f -+"u8[random.Next(9)]);
                    break;
            }
        }

        return [.. bytes];
    }

    static (ResponseState State, int Status, string Body, bool Keeps) Read(byte[] bytes, int pieceLength)
    {
        var reader = new ResponseReader(BodyBytesMax);
        reader.Reset();
        foreach (var piece in bytes.Chunk(Math.Max(pieceLength, 1)))
        {
            if (reader.State is ResponseState.Malformed or ResponseState.HeadTooLarge)
                break;

            piece.CopyTo(reader.FreeSpace());
            reader.Read(piece.Length);
        }

        reader.Close();
        return (reader.State, reader.Status, Encoding.Latin1.GetString(reader.Body), reader.KeepsConnection);
    }

    static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
