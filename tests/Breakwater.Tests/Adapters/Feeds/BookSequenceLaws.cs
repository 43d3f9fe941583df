using System.Collections.Immutable;
using Breakwater.Adapters.Feeds;
using Breakwater.Adapters.Feeds.Binance;

namespace Breakwater.Tests.Adapters.Feeds;

/// <summary>A book rebuilt from a stream is the venue's, or is declared lost: RELIABILITY T-I2, T-I3.</summary>
public sealed class BookSequenceLaws
{
    private const int Rounds = 400;

    public enum Venue
    {
        Deribit,
        Futures,
        Spot,
    }

    [Theory]
    [InlineData(Venue.Deribit)]
    [InlineData(Venue.Futures)]
    [InlineData(Venue.Spot)]
    public void T_I3_Any_permutation_of_a_stream_leaves_the_same_book_or_an_explicit_gap(Venue venue)
    {
        Random random = new(11);
        int wholeCount = 0;
        for (int round = 0; round < Rounds; round++)
        {
            VenueBook stream = new(venue, random, 8);
            Action<FeedBench>[] order = [.. stream.Deliveries];
            for (int swap = random.Next(4); swap > 0; swap--)
            {
                int at = random.Next(order.Length - 1);
                (order[at], order[at + 1]) = (order[at + 1], order[at]);
            }

            FeedBench bench = Deliver(venue, order);
            Assert.True(
                bench.Book.IsKnown || bench.IsLost, "the consumer's book is unknown and nobody asks for a snapshot");
            if (bench.Book.IsKnown)
            {
                wholeCount++;
                Assert.Equal(stream.TextAt(stream.LastId), bench.Book.ToString());
            }
        }

        Assert.InRange(wholeCount, Rounds / 10, Rounds - 1); // both cases occur
    }

    [Theory]
    [InlineData(Venue.Deribit)]
    [InlineData(Venue.Futures)]
    [InlineData(Venue.Spot)]
    public void T_I3_After_any_loss_and_repetition_a_book_is_what_the_venue_had_at_its_number_or_lost(Venue venue)
    {
        Random random = new(12);
        for (int round = 0; round < Rounds; round++)
        {
            VenueBook stream = new(venue, random, 12);
            List<Action<FeedBench>> order = [];
            foreach (Action<FeedBench> delivery in stream.Deliveries)
            {
                int copies = random.Next(10) switch { 0 => 0, 1 => 2, _ => 1 };
                order.AddRange(Enumerable.Repeat(delivery, copies));
            }

            FeedBench bench = Deliver(venue, [.. order]);
            if (bench.Book.IsKnown)
            {
                Assert.Equal(stream.TextAt(bench.Book.UpdateId), bench.Book.ToString());
            }
        }
    }

    [Theory]
    [InlineData(Venue.Deribit)]
    [InlineData(Venue.Futures)]
    [InlineData(Venue.Spot)]
    public void A_repeated_change_is_refused_once_and_harms_nothing(Venue venue)
    {
        VenueBook stream = new(venue, new Random(13), 5);
        Action<FeedBench>[] order = [.. stream.Deliveries];
        FeedBench bench = Deliver(venue, [.. order, order[^2], order[^1]]);
        Assert.Equal(stream.TextAt(stream.LastId), bench.Book.ToString());
        Assert.Equal(2, bench.RefusedCount);
    }

    [Theory]
    [InlineData(Venue.Deribit)]
    [InlineData(Venue.Futures)]
    [InlineData(Venue.Spot)]
    public void T_I2_A_change_that_crosses_the_book_is_refused_and_the_book_is_lost(Venue venue)
    {
        VenueBook stream = new(venue, new Random(14), 5);
        FeedBench bench = Deliver(venue, [.. stream.Deliveries]);
        stream.Crossing(bench);
        Assert.False(bench.Book.IsKnown);
        Assert.True(bench.IsLost);
        Assert.Equal(1, bench.RefusedCount);
        Assert.Equal(FeedGapReason.RefusedChange, bench.Output.OfType<FeedMessage.Gap>().Single().Reason);
    }

    [Fact]
    public void T_I2_Whatever_is_delivered_the_consumer_never_sees_a_crossed_book()
    {
        Random random = new(15);
        for (int round = 0; round < Rounds; round++)
        {
            FeedBench bench = FeedBench.OfDeribit(FeedBench.Perpetual);
            bench.Read(VenueJson.DeribitSnapshot(0, [Level(random)], [Level(random)]));
            for (long id = 1; id < 10; id++)
            {
                bench.Read(VenueJson.DeribitChange(id - 1, id, [Level(random)], [Level(random)]));
                Assert.False(bench.Book.IsCrossed);
            }
        }

        static FeedLevel Level(Random random) => new(random.Next(90, 110), random.Next(3) + 1);
    }

    [Fact]
    public void A_sequence_that_begins_anew_is_a_gap_and_not_dropped_for_ever()
    {
        FeedBench bench = FeedBench.OfDeribit(FeedBench.Perpetual);
        bench.Read(VenueJson.DeribitSnapshot(1_000_000, [new(99, 1)], [new(101, 1)]));
        bench.Read(VenueJson.DeribitChange(1_000_000, 1_000_001, [new(99, 2)], []));
        bench.Read(VenueJson.DeribitChange(4, 5, [new(99, 3)], []));
        Assert.True(bench.IsLost);
        Assert.Equal(FeedGapReason.SequenceReset, bench.Output.OfType<FeedMessage.Gap>().Single().Reason);
    }

    [Fact]
    public void A_snapshot_older_than_the_kept_changes_is_not_believed()
    {
        FeedBench bench = FeedBench.OfBinance(BinanceMarketKind.Futures);
        bench.Read(VenueJson.Depth(110, 115, 105, [new(99, 3)], []));
        bench.ReadSnapshot(VenueJson.DepthSnapshot(100, [new(99, 1)], [new(101, 1)]));
        Assert.True(bench.IsLost);
        bench.Read(VenueJson.Depth(116, 118, 115, [new(99, 4)], []));
        bench.ReadSnapshot(VenueJson.DepthSnapshot(116, [new(99, 3.5m)], [new(101, 1)]));
        Assert.False(bench.IsLost);
        Assert.Equal("B 99 4\nA 101 1\n", bench.Book.ToString());
    }

    private static FeedBench Deliver(Venue venue, Action<FeedBench>[] order)
    {
        FeedBench bench = venue switch
        {
            Venue.Deribit => FeedBench.OfDeribit(FeedBench.Perpetual),
            Venue.Futures => FeedBench.OfBinance(BinanceMarketKind.Futures),
            _ => FeedBench.OfBinance(BinanceMarketKind.Spot),
        };
        foreach (Action<FeedBench> delivery in order)
        {
            delivery(bench);
        }

        return bench;
    }

    /// <summary>A venue's book through some changes, and the messages that state it.</summary>
    private sealed class VenueBook
    {
        private readonly SortedDictionary<long, string> _texts = [];
        private readonly List<Action<FeedBench>> _changes = [];
        private readonly Action<FeedBench> _snapshot;
        private readonly Venue _venue;

        internal VenueBook(Venue venue, Random random, int count)
        {
            _venue = venue;
            SortedDictionary<decimal, decimal> bids = new() { [95] = 1, [96] = 2 };
            SortedDictionary<decimal, decimal> asks = new() { [105] = 1, [106] = 2 };
            long id = 50;
            long start = id;
            string first = venue == Venue.Deribit
                ? VenueJson.DeribitSnapshot(id, Levels(bids), Levels(asks))
                : VenueJson.DepthSnapshot(id, Levels(bids), Levels(asks));
            _snapshot = bench => Snapshot(bench, first);
            Note(id, bids, asks);
            for (int change = 0; change < count; change++)
            {
                long previous = id;
                id += venue == Venue.Deribit ? 1 + random.Next(5) : 3;
                FeedLevel bid = new(90 + random.Next(10), random.Next(3));
                FeedLevel ask = new(101 + random.Next(10), random.Next(3));
                Set(bids, bid);
                Set(asks, ask);
                long from = previous == start && venue == Venue.Futures ? previous : previous + 1;
                string text = venue switch
                {
                    Venue.Deribit => VenueJson.DeribitChange(previous, id, [bid], [ask]),
                    Venue.Futures => VenueJson.Depth(from, id, from - 1, [bid], [ask]),
                    _ => VenueJson.Depth(from, id, null, [bid], [ask]),
                };
                _changes.Add(bench => bench.Read(text));
                Note(id, bids, asks);
            }

            LastId = id;
        }

        internal long LastId { get; }

        internal IEnumerable<Action<FeedBench>> Deliveries => [_snapshot, .. _changes];

        internal string TextAt(long id) => _texts[id];

        internal void Crossing(FeedBench bench) => bench.Read(_venue switch
        {
            Venue.Deribit => VenueJson.DeribitChange(LastId, LastId + 1, [new FeedLevel(150, 1)], []),
            Venue.Futures => VenueJson.Depth(LastId + 1, LastId + 2, LastId, [new FeedLevel(150, 1)], []),
            _ => VenueJson.Depth(LastId + 1, LastId + 2, null, [new FeedLevel(150, 1)], []),
        });

        private void Snapshot(FeedBench bench, string text)
        {
            if (_venue == Venue.Deribit)
            {
                bench.Read(text);
            }
            else
            {
                bench.ReadSnapshot(text);
            }
        }

        private void Note(
            long id, SortedDictionary<decimal, decimal> bids, SortedDictionary<decimal, decimal> asks)
        {
            FeedBook book = new();
            book.Apply(new FeedMessage.BookSnapshot(
                default, FeedBench.Perpetual, id, [.. Levels(bids)], [.. Levels(asks)]));
            _texts[id] = book.ToString();
        }

        private static void Set(SortedDictionary<decimal, decimal> side, FeedLevel level)
        {
            if (level.Quantity == 0)
            {
                side.Remove(level.Price);
            }
            else
            {
                side[level.Price] = level.Quantity;
            }
        }

        private static ImmutableArray<FeedLevel> Levels(SortedDictionary<decimal, decimal> side) =>
            [.. side.Select(level => new FeedLevel(level.Key, level.Value))];
    }
}
