using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Books;

/// <summary>Everything that lines of METHODOLOGY 4.3 take from market and parameters, prepared once for all accounts.
/// </summary>
public sealed class LineConstants
{
    private const int ExpiriesMax = 64; // one bit each

    private readonly RowConstants[] _rows;
    private readonly GainConstants[] _gains;
    private readonly UnderlyingConstants[] _underlyings;

    private LineConstants(
        RowConstants[] rows, GainConstants[] gains, UnderlyingConstants[] underlyings, LineRates rates, int pinCount)
    {
        (_rows, _gains, _underlyings, Rates, PinCount) = (rows, gains, underlyings, rates, pinCount);
        IsHere = rates.IsHere;
    }

    /// <summary>Whether the governed constants are within the limits of fast lines.</summary>
    public bool IsHere { get; }

    /// <summary>[row] constants of rows.</summary>
    internal ReadOnlySpan<RowConstants> Rows => _rows;

    /// <summary>[row] what gains of entries need.</summary>
    internal ReadOnlySpan<GainConstants> Gains => _gains;

    /// <summary>[underlying of the scenario set] constants of underlyings.</summary>
    internal ReadOnlySpan<UnderlyingConstants> Underlyings => _underlyings;

    /// <summary>Governed constants.</summary>
    internal LineRates Rates { get; }

    /// <summary>Strikes of expiries that pin.</summary>
    internal int PinCount { get; }

    /// <summary>Prepares a market.</summary>
    /// <param name="arrays">Risk arrays; rows and underlyings keep their indices.</param>
    /// <param name="parameters">Governed constants.</param>
    public static LineConstants Of(RiskArrays arrays, RiskParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(arrays);
        ArgumentNullException.ThrowIfNull(parameters);
        ImmutableArray<AssetId> assets = arrays.Scenarios.Maintenance.Underlyings;
        UnderlyingConstants[] underlyings =
            [.. assets.Select(asset => UnderlyingConstants.Of(asset, arrays, parameters))];
        Timestamp[][] expiries = [.. assets.Select(asset => ExpiriesOf(arrays, asset))];
        Dictionary<(AssetId, Timestamp, decimal), int> pins = [];
        RowConstants[] rows = new RowConstants[arrays.Rows.Length];
        for (int index = 0; index < rows.Length; index++)
        {
            RiskRow row = arrays.Rows[index];
            int asset = assets.IndexOf(row.Instrument.Underlying);
            if (asset < 0 || !underlyings[asset].IsHere || expiries[asset].Length > ExpiriesMax) continue;
            rows[index] = RowConstants.Of(
                row, underlyings[asset].IndexMicroUsd,
                PlaceOf(row, expiries[asset], arrays.TermsOf(assets[asset])?.Liquidity, pins));
        }

        return new LineConstants(
            rows, [.. arrays.Rows.Select(GainConstants.Of)], underlyings, new LineRates(parameters), pins.Count);
    }

    private static Timestamp[] ExpiriesOf(RiskArrays arrays, AssetId asset) =>
    [
        .. arrays.Rows.Where(row => row.Instrument.Underlying == asset).Select(static row => ExpiryOf(row.Instrument))
            .OfType<Timestamp>().Distinct().Order(),
    ];

    private static Timestamp? ExpiryOf(Instrument instrument) => instrument switch
    {
        DatedFuture future => future.Expiry,
        VanillaOption option => option.Expiry,
        _ => null,
    };

    private static RowPlace PlaceOf(
        RiskRow row, Timestamp[] expiries, LiquidityTerms? terms, Dictionary<(AssetId, Timestamp, decimal), int> pins)
    {
        if (ExpiryOf(row.Instrument) is not { } expiry) return new RowPlace(-1, -1, -1);
        int pin = -1;
        if (row.Instrument is VanillaOption option && (row.PinMaintenanceMicroUsd > 0 || row.PinInitialMicroUsd > 0))
        {
            (AssetId, Timestamp, decimal) key = (option.Underlying, expiry, option.StrikeUsd);
            if (!pins.TryGetValue(key, out pin)) pins.Add(key, pin = pins.Count);
        }

        return new RowPlace(Array.IndexOf(expiries, expiry), BucketOf(terms, expiry), pin);
    }

    private static int BucketOf(LiquidityTerms? terms, Timestamp expiry)
    {
        if (terms is null || terms.Vega.IsEmpty) return -1;
        int bucket = 0;
        while (bucket < terms.Vega.Length - 1 && terms.Vega[bucket].Until < expiry) bucket++;
        return bucket;
    }
}
