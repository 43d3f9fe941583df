using System.Globalization;
using System.IO.Compression;
using System.Text;

namespace Breakwater.Cli.Sieges;

/// <summary>What a socket of a siege does (RELIABILITY T-W2).</summary>
internal enum SiegeKind
{
    /// <summary>Sends a header for ever, a byte a second.</summary>
    SlowHeaders,

    /// <summary>Sends a body for ever, a byte a second.</summary>
    SlowBody,

    /// <summary>Asks for the stream and never reads.</summary>
    SilentStream,

    /// <summary>Asks for the stream, leaves, and asks again.</summary>
    SubscribeFlood,

    /// <summary>Sends a small body that unpacks to a great one.</summary>
    CompressionBomb,

    /// <summary>Sends a body that is nested without end.</summary>
    DeepJson,

    /// <summary>Sends a body that is longer than any may be.</summary>
    HugeJson,
}

/// <summary>What a kind of socket sends, and how it goes on.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Opening">What it sends at once.</param>
/// <param name="IsDripping">Whether it goes on with a byte a second.</param>
/// <param name="IsReading">Whether it reads what it is answered.</param>
internal sealed record SiegeOpening(SiegeKind Kind, ReadOnlyMemory<byte> Opening, bool IsDripping, bool IsReading)
{
    private const int HugeBytes = 4 << 20;
    private const int BombBytes = 64 << 20;
    private const int Depth = 100_000;

    /// <summary>Every kind, for a server and a key.</summary>
    /// <param name="address">Where the server listens.</param>
    /// <param name="secret">Secret of a key.</param>
    internal static IReadOnlyList<SiegeOpening> All(Uri address, string secret)
    {
        string host = $"Host: {address.Authority}\r\n";
        string key = $"Authorization: Bearer {secret}\r\n";
        string post = $"POST /v1/events HTTP/1.1\r\n{host}{key}Content-Type: application/json\r\n";
        byte[] stream = Ascii($"GET /v1/stream HTTP/1.1\r\n{host}{key}\r\n");
        return
        [
            new(SiegeKind.SlowHeaders, Ascii($"GET /v1/status HTTP/1.1\r\n{host}X-Slow: "), true, true),
            new(SiegeKind.SlowBody, Ascii($"{post}Content-Length: 100000\r\n\r\n{{\"a\":\""), true, true),
            new(SiegeKind.SilentStream, stream, false, false),
            new(SiegeKind.SubscribeFlood, stream, false, true),
            new(SiegeKind.CompressionBomb, Body($"{post}Content-Encoding: gzip\r\n", Bomb()), false, true),
            new(SiegeKind.DeepJson, Body(post, Ascii(new string('[', Depth) + new string(']', Depth))), false, true),
            new(SiegeKind.HugeJson, Body(post, Ascii("{\"a\":\"" + new string('x', HugeBytes) + "\"}")), false, true),
        ];
    }

    /// <summary>The kind of a socket by its number: most are slow, one in 50 of each other kind.</summary>
    /// <param name="number">Its number, from 0.</param>
    internal static SiegeKind KindOf(int number) => (number % 50) switch
    {
        0 => SiegeKind.SubscribeFlood,
        1 => SiegeKind.CompressionBomb,
        2 => SiegeKind.DeepJson,
        3 => SiegeKind.HugeJson,
        < 14 => SiegeKind.SilentStream,
        < 32 => SiegeKind.SlowBody,
        _ => SiegeKind.SlowHeaders,
    };

    private static byte[] Body(string head, byte[] body) =>
    [
        .. Ascii(string.Create(CultureInfo.InvariantCulture, $"{head}Content-Length: {body.Length}\r\n\r\n")),
        .. body,
    ];

    private static byte[] Bomb()
    {
        using MemoryStream packed = new();
        using (GZipStream zip = new(packed, CompressionLevel.Fastest))
        {
            byte[] zeros = new byte[1 << 20];
            for (int written = 0; written < BombBytes; written += zeros.Length) zip.Write(zeros);
        }

        return packed.ToArray();
    }

    private static byte[] Ascii(string text) => Encoding.ASCII.GetBytes(text);
}
