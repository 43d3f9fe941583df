using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Engine.Snapshots;

/// <summary>Ground state of markets in canonical bytes; series of any length.</summary>
internal static class GroundEncoding
{
    private const int ItemsMax = 1 << 24;

    /// <summary>Writes the ground state of an asset.</summary>
    internal static void Write(CanonicalWriter writer, AssetGround own)
    {
        writer.Write(own.Asset);
        WriteTime(writer, own.SeenAt);
        writer.Write(own.IndexUsd).Write([.. own.Quotes.Values], WriteRow);
        Write(writer, own.Futures, own.Prices, own.VolatilityIndices);
        writer.Write(own.EarlierIndexes, WritePoint);
        Write(writer, own.Funding, own.Depths, own.Flow);
    }

    /// <summary>Reads it.</summary>
    internal static AssetGround Read(ref CanonicalReader reader)
    {
        AssetGround ground = AssetGround.None(reader.Asset());
        Timestamp? seenAt = ReadTime(ref reader);
        double? index = reader.OptionalDouble();
        ImmutableSortedDictionary<string, ChainRow>.Builder quotes = ground.Quotes.ToBuilder();
        for (int left = reader.Count(32, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            if (ReadRow(ref reader) is { } row) quotes[row.Option.Name] = row;
        }

        return ground with
        {
            SeenAt = seenAt,
            IndexUsd = index,
            Quotes = quotes.ToImmutable(),
            Futures = ReadFutures(ref reader),
            Prices = ReadSeries(ref reader),
            VolatilityIndices = ReadSeries(ref reader),
            EarlierIndexes = ReadPoints(ref reader),
            Funding = ReadFunding(ref reader),
            Depths = ReadDepths(ref reader),
            Flow = ReadFlow(ref reader),
        };
    }

    /// <summary>Writes what was observed of an asset.</summary>
    internal static void Write(CanonicalWriter writer, UnderlyingObservations own)
    {
        writer.Write(own.Asset).Write(own.Chain is not null);
        if (own.Chain is { } chain) writer.Write(chain.At).Write(chain.Rows, WriteRow);
        Write(writer, own.Futures, own.Prices, own.VolatilityIndices);
        writer.Write(own.EarlierIndexes, WritePoint);
        Write(writer, own.Funding, own.Depths, own.Flow.Bars);
    }

    /// <summary>Reads it.</summary>
    internal static UnderlyingObservations ReadObservations(ref CanonicalReader reader)
    {
        AssetId asset = reader.Asset();
        ChainObservation? chain = null;
        if (reader.Bool())
        {
            Timestamp at = reader.Time();
            ImmutableArray<ChainRow>.Builder rows = ImmutableArray.CreateBuilder<ChainRow>();
            for (int left = reader.Count(32, ItemsMax); left > 0 && !reader.IsBroken; left--)
            {
                if (ReadRow(ref reader) is { } row) rows.Add(row);
            }

            chain = new ChainObservation(at, rows.ToImmutable());
        }

        FuturesObservation? futures = ReadFutures(ref reader);
        ImmutableArray<PriceSeries> prices = ReadSeries(ref reader);
        ImmutableArray<PriceSeries> volatility = ReadSeries(ref reader);
        ImmutableArray<PricePoint> earlier = ReadPoints(ref reader);
        ImmutableArray<FundingSeries> funding = ReadFunding(ref reader);
        ImmutableArray<DepthSeries> depths = ReadDepths(ref reader);
        ImmutableArray<FlowBarSeries> flow = ReadFlow(ref reader);
        return new UnderlyingObservations(asset, chain, earlier, prices, volatility, futures, funding)
        {
            Depths = depths,
            Flow = flow.IsEmpty ? FlowObservations.None : FlowObservations.None with { Bars = flow },
        };
    }

    private static void Write(
        CanonicalWriter writer, FuturesObservation? futures, ImmutableArray<PriceSeries> prices,
        ImmutableArray<PriceSeries> volatility)
    {
        writer.Write(futures is not null);
        if (futures is not null) MarketEventEncoding.Write(writer, futures);
        writer.Write(prices, MarketEventEncoding.Write).Write(volatility, MarketEventEncoding.Write);
    }

    private static void Write(
        CanonicalWriter writer, ImmutableArray<FundingSeries> funding, ImmutableArray<DepthSeries> depths,
        ImmutableArray<FlowBarSeries> flow) => writer
        .Write(funding, MarketEventEncoding.Write).Write(depths, MarketEventEncoding.Write)
        .Write(flow, MarketEventEncoding.Write);

    private static void WriteRow(CanonicalWriter writer, ChainRow row)
    {
        MarketEventEncoding.WriteRow(writer, row);
        WriteTime(writer, row.QuotedAt);
    }

    private static ChainRow? ReadRow(ref CanonicalReader reader)
    {
        ChainRow? row = MarketEventEncoding.ReadRow(ref reader);
        Timestamp? quotedAt = ReadTime(ref reader);
        return row is null ? null : row with { QuotedAt = quotedAt };
    }

    private static void WriteTime(CanonicalWriter writer, Timestamp? at) =>
        writer.Write(at is not null).Write(at ?? default);

    private static Timestamp? ReadTime(ref CanonicalReader reader)
    {
        bool isKnown = reader.Bool();
        Timestamp at = reader.Time();
        return isKnown ? at : null;
    }

    private static void WritePoint(CanonicalWriter writer, PricePoint point) =>
        writer.Write(point.At).Write(point.Value);

    private static ImmutableArray<PricePoint> ReadPoints(ref CanonicalReader reader)
    {
        ImmutableArray<PricePoint>.Builder points = ImmutableArray.CreateBuilder<PricePoint>();
        for (int left = reader.Count(16, ItemsMax); left > 0; left--)
        {
            points.Add(new PricePoint(reader.Time(), reader.Double()));
        }

        return points.ToImmutable();
    }

    private static FuturesObservation? ReadFutures(ref CanonicalReader reader) =>
        reader.Bool() ? MarketEventEncoding.ReadFutures(ref reader) : null;

    private static ImmutableArray<PriceSeries> ReadSeries(ref CanonicalReader reader)
    {
        ImmutableArray<PriceSeries>.Builder series = ImmutableArray.CreateBuilder<PriceSeries>();
        for (int left = reader.Count(20, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            series.Add(MarketEventEncoding.ReadCloses(ref reader, ItemsMax));
        }

        return series.ToImmutable();
    }

    private static ImmutableArray<FundingSeries> ReadFunding(ref CanonicalReader reader)
    {
        ImmutableArray<FundingSeries>.Builder series = ImmutableArray.CreateBuilder<FundingSeries>();
        for (int left = reader.Count(8, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            series.Add(MarketEventEncoding.ReadFunding(ref reader, ItemsMax));
        }

        return series.ToImmutable();
    }

    private static ImmutableArray<DepthSeries> ReadDepths(ref CanonicalReader reader)
    {
        ImmutableArray<DepthSeries>.Builder series = ImmutableArray.CreateBuilder<DepthSeries>();
        for (int left = reader.Count(12, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            series.Add(MarketEventEncoding.ReadDepth(ref reader, ItemsMax));
        }

        return series.ToImmutable();
    }

    private static ImmutableArray<FlowBarSeries> ReadFlow(ref CanonicalReader reader)
    {
        ImmutableArray<FlowBarSeries>.Builder series = ImmutableArray.CreateBuilder<FlowBarSeries>();
        for (int left = reader.Count(16, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            series.Add(MarketEventEncoding.ReadFlow(ref reader, ItemsMax));
        }

        return series.ToImmutable();
    }
}
