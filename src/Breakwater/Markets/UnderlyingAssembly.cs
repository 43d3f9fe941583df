using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Markets;

/// <summary>Makes the observations of one asset into its market.</summary>
internal static class UnderlyingAssembly
{
    /// <summary>Age up to which a futures mark is used: beyond it a market is halted (METHODOLOGY 2.4).</summary>
    private const long FuturesAgeMilliseconds = Timestamp.HourMilliseconds;

    /// <summary>Age up to which a funding rate is believed: a daily file states a day's mean at its end, so the newest
    /// is up to 24 h old; twice that allows for one missing day.</summary>
    private const long FundingAgeMilliseconds = 2 * Timestamp.DayMilliseconds;

    /// <summary>The market as of <paramref name="at"/>, or <c>null</c> with a finding if there is no usable
    /// price.</summary>
    internal static UnderlyingMarket? Build(UnderlyingObservations asSeen, Timestamp at, List<Finding> findings)
    {
        ChainObservation? chain = asSeen.Chain is { } given && given.At <= at ? given : null;
        InspectedChain inspected = ChainInspection.Inspect(asSeen.Asset, chain, findings);
        PricePoint? own = inspected.IndexUsd is { } chainIndex ? new PricePoint(chain!.At, chainIndex) : null;
        UnderlyingObservations seen = asSeen with
        {
            Prices = [.. asSeen.Prices.Select(series => PrintGuard.Clean(
                asSeen.Asset.Name, series, at, own, PrintGuard.PriceExcursion, findings))],
            VolatilityIndices = [.. asSeen.VolatilityIndices.Select(series => PrintGuard.Clean(
                asSeen.Asset.Name, series, at, null, PrintGuard.IndexExcursion, findings))],
        };
        PricePoint? index = own ?? LastClose(seen, at, findings);
        if (index is not { } priced)
        {
            return null;
        }

        ReportAge(seen.Asset, priced.At, at, findings);
        FuturesObservation? futures = UsableFutures(seen, at, findings);
        ImmutableArray<FutureMark> marks = JoinMarks(
            MarkGuard.Clean(seen.Asset, futures?.Marks ?? [], inspected.Forwards, priced, findings),
            inspected.Forwards, priced.At);
        return new UnderlyingMarket(
            seen.Asset,
            priced.At,
            priced.Value,
            inspected.Quotes,
            marks,
            MarkGuard.Perpetual(seen.Asset, futures?.PerpetualMarkUsd, marks, priced, findings),
            Funding(seen, at, findings),
            HistoryAssembly.Build(seen, at, inspected.IndexUsd is null ? null : priced, findings),
            VolatilityIndex(seen, at, findings))
        {
            DailyVolumes = VolumeAssembly.Of(asSeen.Prices, at),
            Depth = DepthAssembly.Of(seen, at, findings),
            Flow = seen.Flow.Until(at),
        };
    }

    private static PricePoint? LastClose(UnderlyingObservations seen, Timestamp at, List<Finding> findings)
    {
        PricePoint? last = null;
        foreach (PriceSeries series in seen.Prices)
        {
            foreach (PricePoint point in series.Closes)
            {
                last = point.At <= at && (last is null || point.At >= last.Value.At) ? point : last;
            }
        }

        bool isUsable = last is { } close && at.MillisecondsSince(close.At) <= SnapshotAssembly.UnusableMilliseconds;
        findings.Add(new Finding(
            FindingKind.MissingInput, seen.Asset.Name,
            isUsable
                ? $"no option chain: valued at the close of {last!.Value.At}, without quotes"
                : $"no option chain and no price within 24 h of {at}: it has no market"));
        return isUsable ? last : null;
    }

    private static void ReportAge(AssetId asset, Timestamp own, Timestamp at, List<Finding> findings)
    {
        if (at.MillisecondsSince(own) > SnapshotAssembly.StaleMilliseconds)
        {
            findings.Add(new Finding(
                FindingKind.StaleInput, asset.Name,
                $"its snapshot {own} is {at.MillisecondsSince(own) / 1000} s older than {at}"));
        }
    }

    private static FuturesObservation? UsableFutures(UnderlyingObservations seen, Timestamp at, List<Finding> findings)
    {
        bool isUsable = seen.Futures is { } given && given.At <= at
            && at.MillisecondsSince(given.At) <= FuturesAgeMilliseconds;
        FuturesObservation? futures = isUsable ? seen.Futures : null;
        if (seen.Futures is { } old && (!isUsable || at.MillisecondsSince(old.At) > SnapshotAssembly.StaleMilliseconds))
        {
            findings.Add(new Finding(
                FindingKind.StaleInput, seen.Asset.Name,
                $"the futures marks are of {old.At}; {(isUsable ? "used" : "not used: over 1 h from the snapshot")}"));
        }

        if (futures is null)
        {
            findings.Add(Missing(seen.Asset, "no futures marks: forwards are those recorded with the option quotes"));
        }

        if (futures?.PerpetualMarkUsd is null)
        {
            findings.Add(Missing(seen.Asset, "no mark of the perpetual: it is marked at its index"));
        }

        return futures;
    }

    private static ImmutableArray<FutureMark> JoinMarks(
        ImmutableArray<FutureMark> fromFile, ImmutableArray<FutureMark> fromChain, Timestamp at)
    {
        SortedDictionary<Timestamp, FutureMark> marks = [];
        foreach (FutureMark mark in fromChain.Concat(fromFile).Where(mark => mark.Expiry > at))
        {
            marks[mark.Expiry] = mark;
        }

        return [.. marks.Values];
    }

    private static double? Funding(UnderlyingObservations seen, Timestamp at, List<Finding> findings)
    {
        SortedDictionary<Timestamp, FundingPoint> known = [];
        foreach (FundingPoint point in seen.Funding.SelectMany(series => series.Points).Where(point => point.At <= at))
        {
            known[point.At] = point;
        }

        FundingPoint? newest = known.Count > 0 ? known.Values.Last() : null;
        if (newest is { } last && at.MillisecondsSince(last.At) <= FundingAgeMilliseconds)
        {
            return MarkGuard.Funding([.. known.Values]);
        }

        findings.Add(newest is { } old
            ? new Finding(
                FindingKind.StaleInput, seen.Asset.Name, $"the newest funding rate is of {old.At}: taken as unknown")
            : Missing(seen.Asset, "no funding rate: both sides of a perpetual are charged the unknown rate"));
        return null;
    }

    private static ImmutableArray<PricePoint> VolatilityIndex(
        UnderlyingObservations seen, Timestamp at, List<Finding> findings)
    {
        // Implied volatilities outside [1 %, 1000 %] are flagged (METHODOLOGY 1.4); an index there is a misprint.
        const double Absurd = 10;
        ImmutableArray<PricePoint> joined = SeriesJoin.Join(
            seen.VolatilityIndices.Select(series => series.Closes.AsEnumerable()), at);
        ImmutableArray<PricePoint> kept = [.. joined.Where(point => point.Value <= Absurd)];
        if (kept.Length < joined.Length)
        {
            findings.Add(new Finding(
                FindingKind.AbsurdValue, seen.Asset.Name,
                $"{joined.Length - kept.Length} values of the volatility index over 1000 %: left out"));
        }

        if (kept.IsEmpty)
        {
            findings.Add(Missing(seen.Asset, "no volatility index: moves of volatility are drawn from their law"));
        }
        else if (at.MillisecondsSince(kept[^1].At) > SnapshotAssembly.UnusableMilliseconds)
        {
            findings.Add(new Finding(
                FindingKind.StaleInput, seen.Asset.Name, $"the volatility index ends at {kept[^1].At}"));
        }

        return kept;
    }

    private static Finding Missing(AssetId asset, string message) => new(FindingKind.MissingInput, asset.Name, message);
}
