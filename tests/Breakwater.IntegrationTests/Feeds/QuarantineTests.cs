using System.Text;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Feeds.Binance;
using Breakwater.Instruments;
using Breakwater.IntegrationTests.Commands;

namespace Breakwater.IntegrationTests.Feeds;

/// <summary>What feeds sent and was refused is kept on disk, bounded, and can be read again: RELIABILITY 2.2.</summary>
public sealed class QuarantineTests
{
    private static readonly Timestamp At = Timestamp.Parse("2026-02-05T09:36:47Z");
    private static readonly Failure Why = new(FailureReason.OutOfRange, "too much");

    [Fact]
    public void What_is_kept_comes_back_as_it_was()
    {
        using TemporaryFolder folder = new();
        byte[] raw = [.. Enumerable.Range(0, 300).Select(value => (byte)(value % 256))];
        using (Quarantine quarantine = Quarantine.Open(folder.FullName))
        {
            Assert.True(quarantine.Keep(At, "venue", FeedStage.Clock, Why, raw));
            Assert.True(quarantine.Keep(At, "venue", FeedStage.Syntax, Why, Array.Empty<byte>()));
        }

        QuarantinedInput[] kept = [.. Quarantine.Read(folder.FullName)];
        Assert.Equal(2, kept.Length);
        Assert.Equal(raw, kept[0].Raw.ToArray());
        Assert.Equal(
            (At, "venue", FeedStage.Clock, FailureReason.OutOfRange, "too much", 300L, null),
            (kept[0].ReceivedAt, kept[0].Source, kept[0].Stage, kept[0].Reason, kept[0].Message, kept[0].Length,
                kept[0].RestDigest));
    }

    [Fact]
    public void Of_a_long_input_the_first_64_KiB_and_a_digest_of_the_rest_are_kept()
    {
        using TemporaryFolder folder = new();
        byte[] raw = new byte[Quarantine.RawBytesMax + 5];
        raw[^1] = 7;
        using (Quarantine quarantine = Quarantine.Open(folder.FullName))
        {
            quarantine.Keep(At, "venue", FeedStage.Transport, Why, raw);
        }

        QuarantinedInput kept = Assert.Single(Quarantine.Read(folder.FullName));
        Assert.Equal((Quarantine.RawBytesMax, raw.Length), (kept.Raw.Length, (int)kept.Length));
        Assert.Equal(Digest.Of(raw.AsSpan(Quarantine.RawBytesMax)).ToString(), kept.RestDigest);
    }

    [Fact]
    public void The_oldest_inputs_make_room_and_are_counted_and_the_disk_stays_bounded()
    {
        using TemporaryFolder folder = new();
        const int Count = 500;
        using Quarantine quarantine = Quarantine.Open(folder.FullName, segmentBytesMax: 4_096, segmentCountMax: 3);
        for (int number = 0; number < Count; number++)
        {
            quarantine.Keep(
                At.AddMilliseconds(number), "venue", FeedStage.Clock, Why, Encoding.ASCII.GetBytes($"input {number}"));
        }

        QuarantinedInput[] kept = [.. Quarantine.Read(folder.FullName)];
        Assert.Equal(Count, kept.Length + quarantine.OverflowCount);
        Assert.True(quarantine.OverflowCount > 0);
        Assert.Equal(
            Enumerable.Range(Count - kept.Length, kept.Length).Select(number => $"input {number}"),
            kept.Select(input => Encoding.ASCII.GetString(input.Raw.Span)));
        Assert.True(Directory.EnumerateFiles(folder.FullName).Sum(file => new FileInfo(file).Length) <= 3 * 4_096);
    }

    [Fact]
    public void A_quarantine_that_is_opened_again_goes_on_and_counts_what_was_there_when_it_goes()
    {
        using TemporaryFolder folder = new();
        for (int run = 0; run < 20; run++)
        {
            using Quarantine quarantine = Quarantine.Open(folder.FullName, segmentBytesMax: 1_024, segmentCountMax: 2);
            for (int number = 0; number < 3; number++)
            {
                quarantine.Keep(At, "venue", FeedStage.Clock, Why, new byte[100]);
            }

            Assert.Equal(run >= 2 ? 3 : 0, quarantine.OverflowCount); // each run has a segment of its own
        }

        Assert.Equal(6, Quarantine.Read(folder.FullName).Count());
    }

    [Fact]
    public void A_torn_or_changed_input_is_not_read_and_what_lies_before_it_is()
    {
        using TemporaryFolder folder = new();
        using (Quarantine quarantine = Quarantine.Open(folder.FullName))
        {
            for (int number = 0; number < 4; number++)
            {
                quarantine.Keep(At, "venue", FeedStage.Clock, Why, new byte[100]);
            }
        }

        string file = Assert.Single(Directory.EnumerateFiles(folder.FullName));
        byte[] whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, whole[..^1]);
        Assert.Equal(3, Quarantine.Read(folder.FullName).Count());
        for (int position = 0; position < whole.Length; position += 7)
        {
            byte[] flipped = [.. whole];
            flipped[position] ^= 0x10;
            File.WriteAllBytes(file, flipped);
            Assert.Equal(position / (whole.Length / 4), Quarantine.Read(folder.FullName).Count());
        }
    }

    [Fact]
    public void An_input_of_quarantine_is_refused_again_for_what_it_says()
    {
        using TemporaryFolder folder = new();
        BinanceSettings settings = new(
            BinanceMarketKind.Futures, new Uri("ws://localhost/stream"), new Uri("http://localhost/depth"))
        {
            Markets = [new BinanceMarket("BTCUSDT", InstrumentName.Parse("BTC-PERPETUAL"))],
        };
        const string Trade = "{\"stream\":\"btcusdt@aggTrade\",\"data\":{\"e\":\"aggTrade\",\"E\":1770284207000,"
            + "\"s\":\"BTCUSDT\",\"a\":5,\"p\":\"64000.5\",\"q\":\"1\",\"m\":true}}";
        using (Quarantine quarantine = Quarantine.Open(folder.FullName))
        {
            quarantine.Keep(At, "binance", FeedStage.Sequence, Why, Encoding.UTF8.GetBytes(Trade));
            quarantine.Keep(
                At, "binance", FeedStage.Meaning, Why,
                Encoding.UTF8.GetBytes(Trade.Replace("64000.5", "NaN", StringComparison.Ordinal)));
        }

        QuarantinedInput[] kept = [.. Quarantine.Read(folder.FullName)];
        FeedMessage message = Assert.Single(BinanceFeed.Reread(settings, kept[0]).Value);
        Assert.False(Assert.IsType<FeedMessage.Traded>(message).IsBuy); // the buyer was the maker
        Assert.Equal(FailureReason.Malformed, Assert.Single(BinanceFeed.Reread(settings, kept[1]).Failures).Reason);
    }
}
