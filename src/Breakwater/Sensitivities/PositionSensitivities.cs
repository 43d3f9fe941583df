using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Surfaces;

namespace Breakwater.Sensitivities;

/// <summary>Sensitivities of one position, entry prices included.</summary>
internal static class PositionSensitivities
{
    /// <summary>The position's part of its bucket.</summary>
    internal static SensitivityRow Of(
        Position position, MarketSnapshot market, SurfaceSet surfaces, RiskParameters parameters)
    {
        AssetId asset = position.Instrument.Underlying;
        if (asset == AssetId.Numeraire) return Part(position, Marking.OfNumeraire(), 1.0);
        UnderlyingMarket own = Needed(market.Find(asset), asset, "market");
        UnderlyingParameters terms = Needed(parameters.Find(asset), asset, "parameters");
        InstrumentMark mark = Marking.Of(
            position.Instrument, market.At, own, surfaces.Find(asset), parameters.Valuation);
        return Part(position, mark, (double)terms.LotOf(position.Instrument));
    }

    internal static T Needed<T>(T? value, AssetId asset, string what)
        where T : class => value ?? throw new ArgumentException($"{asset} has no {what}");

    private static SensitivityRow Part(Position position, InstrumentMark mark, double lotQuantity)
    {
        GreekVector greeks = ((double)position.Lots * lotQuantity) * mark.Greeks;
        double accrued = IsInverseFuture(mark.Instrument) ? AccruedCoin(position, mark, lotQuantity) : 0.0;
        // Coin already earned is worth S = (S/F)·F: it moves with the instrument's price like S/F units.
        greeks += GreekVector.OfDelta(accrued * mark.IndexUsd / mark.ReferenceUsd);
        (SensitivityBucketKind kind, Timestamp? expiry) = BucketOf(mark.Instrument);
        return new SensitivityRow(mark.Instrument.Underlying, kind, expiry, mark.IndexUsd, greeks);
    }

    // Σ n·(1/entry − 1/mark) over the entries: coin earned so far.
    private static double AccruedCoin(Position position, InstrumentMark mark, double lotQuantity)
    {
        double coin = 0.0;
        foreach (PositionEntry entry in position.Entries)
        {
            if (entry.EntryPriceUsd is decimal price)
            {
                coin += (double)entry.Lots * lotQuantity * (1.0 / (double)price - 1.0 / mark.MarkPriceUsd);
            }
        }

        return coin;
    }

    private static bool IsInverseFuture(Instrument instrument) =>
        instrument is Perpetual { Settlement: Settlement.Inverse } or DatedFuture { Settlement: Settlement.Inverse };

    private static (SensitivityBucketKind Kind, Timestamp? Expiry) BucketOf(Instrument instrument) => instrument switch
    {
        Spot => (SensitivityBucketKind.Spot, null),
        Perpetual => (SensitivityBucketKind.Perpetual, null),
        DatedFuture future => (SensitivityBucketKind.Expiry, future.Expiry),
        VanillaOption option => (SensitivityBucketKind.Expiry, option.Expiry),
        _ => throw new System.Diagnostics.UnreachableException(instrument.Name),
    };
}
