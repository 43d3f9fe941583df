using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Numerics;
using Breakwater.Parameters;
using Breakwater.Surfaces;

namespace Breakwater.Sensitivities;

/// <summary>Marks instruments to market (METHODOLOGY 1.1): one value for equity and for scenario 0.</summary>
public static class Marking
{
    /// <summary>Mark of one instrument.</summary>
    /// <param name="instrument">The instrument; its expiry, if any, lies after <paramref name="at"/>.</param>
    /// <param name="at">Instant of valuation.</param>
    /// <param name="market">Market of its underlying.</param>
    /// <param name="surface">Surface of its underlying; may be <c>null</c> for spot and perpetuals.</param>
    /// <param name="parameters">Constants of valuation.</param>
    /// <exception cref="ArgumentException">The instrument has expired, or needs a surface and has none.</exception>
    public static InstrumentMark Of(
        Instrument instrument,
        Timestamp at,
        UnderlyingMarket market,
        VolatilitySurface? surface,
        ValuationParameters parameters) => instrument switch
        {
            Spot => Linear(instrument, market.IndexUsd, market.IndexUsd, 0.0, []),
            Perpetual perpetual => OfPerpetual(perpetual, market),
            DatedFuture future => OfFuture(
                future, Remaining(future, future.Expiry, at), market, Needed(surface, future)),
            VanillaOption option => OptionMarking.Of(
                option, Remaining(option, option.Expiry, at), market.IndexUsd, Needed(surface, option), parameters),
            _ => throw new System.Diagnostics.UnreachableException(instrument.Name),
        };

    /// <summary>Mark of the numeraire, which is worth one of itself always.</summary>
    public static InstrumentMark OfNumeraire() => Linear(new Spot(AssetId.Numeraire), 1.0, 1.0, 0.0, []);

    private static InstrumentMark OfPerpetual(Perpetual perpetual, UnderlyingMarket market)
    {
        ImmutableArray<Finding> findings = market.PerpetualMarkUsd is null
            ? [new Finding(FindingKind.MissingInput, perpetual.Name, "perpetual without a mark is marked at its index")]
            : [];
        double mark = market.PerpetualMarkUsd ?? market.IndexUsd;
        return perpetual.Settlement == Settlement.Linear
            ? Linear(perpetual, market.IndexUsd, mark, 0.0, findings)
            : Inverse(perpetual, market.IndexUsd, mark, 0.0, findings);
    }

    private static InstrumentMark OfFuture(
        DatedFuture future, double expiryYears, UnderlyingMarket market, VolatilitySurface surface)
    {
        double? observed = ObservedMark(future.Expiry, market);
        ImmutableArray<Finding> findings = observed is null
            ? [new Finding(FindingKind.MissingInput, future.Name, "future without a mark is marked at b(T)")]
            : [];
        double mark = observed ?? surface.Forwards.ForwardUsd(expiryYears);
        return future.Settlement == Settlement.Linear
            ? Linear(future, market.IndexUsd, mark, expiryYears, findings)
            : Inverse(future, market.IndexUsd, mark, expiryYears, findings);
    }

    private static double? ObservedMark(Timestamp expiry, UnderlyingMarket market)
    {
        foreach (FutureMark mark in market.FutureMarks)
        {
            if (mark.Expiry == expiry) return mark.MarkUsd;
        }

        return null;
    }

    private static InstrumentMark Linear(
        Instrument instrument, double index, double mark, double expiryYears, ImmutableArray<Finding> findings)
    {
        GreekVector greeks = GreekVector.OfDelta(1.0) with { RhoForward = expiryYears * mark };
        return Checked(new InstrumentMark(instrument, index, mark, expiryYears, 0.0, mark, greeks, findings));
    }

    // One USD of face: coin value 1/F₀ − 1/F, USD value S times it, at F = F₀.
    private static InstrumentMark Inverse(
        Instrument instrument, double index, double mark, double expiryYears, ImmutableArray<Finding> findings)
    {
        double delta = index / mark / mark;
        GreekVector greeks = GreekVector.OfDelta(delta) with { RhoForward = expiryYears * mark * delta };
        return Checked(new InstrumentMark(instrument, index, mark, expiryYears, 0.0, mark, greeks, findings));
    }

    private static InstrumentMark Checked(InstrumentMark mark)
    {
        Require.Positive(mark.IndexUsd);
        Require.Positive(mark.ReferenceUsd);
        return mark;
    }

    private static double Remaining(Instrument instrument, Timestamp expiry, Timestamp at) =>
        expiry > at
            ? expiry.YearsSince(at)
            : throw new ArgumentException($"{instrument.Name} expired at {expiry}, which is not after {at}");

    private static VolatilitySurface Needed(VolatilitySurface? surface, Instrument instrument) =>
        surface ?? throw new ArgumentException($"{instrument.Name} needs a surface and has none");
}
