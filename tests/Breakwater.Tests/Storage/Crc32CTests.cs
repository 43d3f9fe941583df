using Breakwater.Adapters.Storage;

namespace Breakwater.Tests.Storage;

public sealed class Crc32CTests
{
    // RFC 3720, B.4: checksums as they stand there, first byte first on the wire.
    public static TheoryData<byte[], uint> Published => new()
    {
        { new byte[32], 0x8A9136AA },
        { [.. Enumerable.Repeat((byte)0xFF, 32)], 0x62A8AB43 },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)i)], 0x46DD794E },
        { [.. Enumerable.Range(0, 32).Select(i => (byte)(31 - i))], 0x113FDB5C },
        { "123456789"u8.ToArray(), 0xE3069283 }, // the check value of every catalogue of CRCs
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void It_gives_the_published_checksums(byte[] bytes, uint checksum) =>
        Assert.Equal(checksum, Crc32C.Of(bytes));
}
