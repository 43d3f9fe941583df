using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Engine;

/// <summary>Fields of market events in canonical bytes.</summary>
internal static class MarketEventEncoding
{
    private const int SourceLengthMax = 256;
    private const int RowsMax = 4096;
    private const int LevelsMax = 1024;

    internal static void Write(CanonicalWriter writer, RiskEvent happened)
    {
        switch (happened)
        {
            case RiskEvent.ChainSeen own:
                writer.Write(own.Asset).Write(own.Chain.At).Write(own.Chain.Rows, WriteRow);
                break;
            case RiskEvent.QuoteSeen own:
                WriteRow(writer, own.Quote);
                break;
            case RiskEvent.IndexSeen own:
                writer.Write(own.Asset).Write(own.IndexUsd);
                break;
            case RiskEvent.IndexModeSeen own:
                writer.Write(own.Asset).Write((int)own.Mode);
                break;
            case RiskEvent.FuturesSeen own:
                Write(writer.Write(own.Asset), own.Futures);
                break;
            case RiskEvent.ClosesSeen own:
                Write(writer.Write(own.Asset).Write((int)own.Kind), own.Series);
                break;
            case RiskEvent.FundingSeen own:
                Write(writer.Write(own.Asset), own.Series);
                break;
            case RiskEvent.DepthSeen own:
                Write(writer.Write(own.Asset), own.Series);
                break;
            case RiskEvent.FlowSeen own:
                Write(writer.Write(own.Asset), own.Series);
                break;
            default:
                throw new System.Diagnostics.UnreachableException(happened.ToString());
        }
    }

    internal static RiskEvent? Read(ref CanonicalReader reader, int kind, Timestamp at)
    {
        switch (kind)
        {
            case 1:
                return new RiskEvent.ChainSeen(at, reader.Asset(), ReadChain(ref reader));
            case 2:
                return ReadRow(ref reader) is { } row ? new RiskEvent.QuoteSeen(at, row) : null;
            case 3:
                return new RiskEvent.IndexSeen(at, reader.Asset(), reader.Double());
            case 4:
                return new RiskEvent.FuturesSeen(at, reader.Asset(), ReadFutures(ref reader));
            case 5:
                AssetId priced = reader.Asset();
                SeriesKind of = (SeriesKind)reader.Member((int)SeriesKind.VolatilityIndex);
                return new RiskEvent.ClosesSeen(at, priced, of, ReadCloses(ref reader));
            case 6:
                return new RiskEvent.FundingSeen(at, reader.Asset(), ReadFunding(ref reader));
            case 7:
                return new RiskEvent.DepthSeen(at, reader.Asset(), ReadDepth(ref reader));
            case 8:
                return new RiskEvent.FlowSeen(at, reader.Asset(), ReadFlow(ref reader));
            case 15:
                return new RiskEvent.IndexModeSeen(
                    at, reader.Asset(), (MarketMode)reader.Member((int)MarketMode.Halted));
            default:
                return null;
        }
    }

    internal static void Write(CanonicalWriter writer, FuturesObservation own) => writer
        .Write(own.At).Write(own.PerpetualMarkUsd).Write(own.Marks, static (inner, mark) =>
            inner.Write(mark.Expiry).Write(mark.MarkUsd).Write(mark.IsListed));

    internal static void Write(CanonicalWriter writer, PriceSeries own) => writer
        .Write(own.Source).Write(own.BarMilliseconds)
        .Write(own.Closes, static (inner, point) => inner.Write(point.At).Write(point.Value))
        .Write(own.Bars, static (inner, bar) =>
            inner.Write(bar.Open).Write(bar.High).Write(bar.Low).Write(bar.VolumeUsd));

    internal static void Write(CanonicalWriter writer, FundingSeries own) => writer.Write(own.Source).Write(
        own.Points, static (inner, point) => inner.Write(point.At).Write(point.Fraction8h));

    internal static void Write(CanonicalWriter writer, DepthSeries own) => writer
        .Write(own.Source).Write(own.SuspectCount).Write(own.Samples, static (inner, sample) =>
            inner.Write(sample.At).Write(sample.Bids, WriteLevel).Write(sample.Asks, WriteLevel));

    internal static void Write(CanonicalWriter writer, FlowBarSeries own) => writer
        .Write(own.Source).Write(own.BarMilliseconds).Write(own.Bars, static (inner, bar) =>
            inner.Write(bar.At).Write(bar.CloseUsd).Write(bar.BuyQuantity).Write(bar.Quantity));

    private static void WriteLevel(CanonicalWriter writer, DepthLevel level) =>
        writer.Write(level.DistanceFraction).Write(level.CumulativeUsd);

    internal static void WriteRow(CanonicalWriter writer, ChainRow row) => writer
        .Write(row.Option.Name).Write(row.BidCoin).Write(row.AskCoin).Write(row.MarkCoin)
        .Write(row.MarkVolatilityAnnual).Write(row.ForwardUsd).Write(row.IsForwardListed).Write(row.IndexUsd)
        .Write(row.OpenInterest).Write(row.VolumeDaily);

    internal static ChainRow? ReadRow(ref CanonicalReader reader)
    {
        VanillaOption? option = reader.Instrument() as VanillaOption;
        if (option is null) reader.Break();
        double? bid = reader.OptionalDouble();
        double? ask = reader.OptionalDouble();
        double? mark = reader.OptionalDouble();
        double? volatility = reader.OptionalDouble();
        double? forward = reader.OptionalDouble();
        bool isListed = reader.Bool();
        double? index = reader.OptionalDouble();
        double interest = reader.Double();
        double volume = reader.Double();
        return option is null
            ? null
            : new ChainRow(option, bid, ask, mark, volatility, forward, isListed, index, interest)
            {
                VolumeDaily = volume,
            };
    }

    private static ChainObservation ReadChain(ref CanonicalReader reader)
    {
        Timestamp at = reader.Time();
        ImmutableArray<ChainRow>.Builder rows = ImmutableArray.CreateBuilder<ChainRow>();
        for (int left = reader.Count(32, RowsMax); left > 0; left--)
        {
            if (ReadRow(ref reader) is { } row) rows.Add(row);
        }

        return new ChainObservation(at, rows.ToImmutable());
    }

    internal static FuturesObservation ReadFutures(ref CanonicalReader reader)
    {
        Timestamp at = reader.Time();
        double? perpetual = reader.OptionalDouble();
        ImmutableArray<FutureMark>.Builder marks = ImmutableArray.CreateBuilder<FutureMark>();
        for (int left = reader.Count(17, RowsMax); left > 0; left--)
        {
            marks.Add(new FutureMark(reader.Time(), reader.Double(), reader.Bool()));
        }

        return new FuturesObservation(at, marks.ToImmutable(), perpetual);
    }

    internal static PriceSeries ReadCloses(
        ref CanonicalReader reader, int most = RiskEventEncoding.PointsMax)
    {
        string source = reader.Text(SourceLengthMax);
        long bar = reader.Long();
        ImmutableArray<PricePoint>.Builder closes = ImmutableArray.CreateBuilder<PricePoint>();
        for (int left = reader.Count(16, most); left > 0; left--)
        {
            closes.Add(new PricePoint(reader.Time(), reader.Double()));
        }

        ImmutableArray<BarDetail>.Builder details = ImmutableArray.CreateBuilder<BarDetail>();
        for (int left = reader.Count(4, most); left > 0; left--)
        {
            details.Add(new BarDetail(
                reader.OptionalDouble(), reader.OptionalDouble(), reader.OptionalDouble(), reader.OptionalDouble()));
        }

        return new PriceSeries(source, bar, closes.ToImmutable()) { Bars = details.ToImmutable() };
    }

    internal static FundingSeries ReadFunding(
        ref CanonicalReader reader, int most = RiskEventEncoding.PointsMax)
    {
        string source = reader.Text(SourceLengthMax);
        ImmutableArray<FundingPoint>.Builder points = ImmutableArray.CreateBuilder<FundingPoint>();
        for (int left = reader.Count(16, most); left > 0; left--)
        {
            points.Add(new FundingPoint(reader.Time(), reader.Double()));
        }

        return new FundingSeries(source, points.ToImmutable());
    }

    internal static DepthSeries ReadDepth(
        ref CanonicalReader reader, int most = RiskEventEncoding.PointsMax)
    {
        string source = reader.Text(SourceLengthMax);
        int suspect = reader.Int();
        ImmutableArray<DepthSample>.Builder samples = ImmutableArray.CreateBuilder<DepthSample>();
        for (int left = reader.Count(16, most); left > 0; left--)
        {
            samples.Add(new DepthSample(reader.Time(), ReadLevels(ref reader), ReadLevels(ref reader)));
        }

        return new DepthSeries(source, samples.ToImmutable(), suspect);
    }

    private static ImmutableArray<DepthLevel> ReadLevels(ref CanonicalReader reader)
    {
        ImmutableArray<DepthLevel>.Builder levels = ImmutableArray.CreateBuilder<DepthLevel>();
        for (int left = reader.Count(16, LevelsMax); left > 0; left--)
        {
            levels.Add(new DepthLevel(reader.Double(), reader.Double()));
        }

        return levels.ToImmutable();
    }

    internal static FlowBarSeries ReadFlow(
        ref CanonicalReader reader, int most = RiskEventEncoding.PointsMax)
    {
        string source = reader.Text(SourceLengthMax);
        long bar = reader.Long();
        ImmutableArray<FlowBar>.Builder bars = ImmutableArray.CreateBuilder<FlowBar>();
        for (int left = reader.Count(32, most); left > 0; left--)
        {
            bars.Add(new FlowBar(reader.Time(), reader.Double(), reader.Double(), reader.Double()));
        }

        return new FlowBarSeries(source, bar, bars.ToImmutable());
    }
}
