using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Numerics;
using Breakwater.Revaluation;

namespace Breakwater.Margin;

/// <summary>Least margin of short options, whatever the scenarios say (METHODOLOGY 4.5).</summary>
/// <remarks>
/// Σ over short options of n·S·fraction, reduced one for one by long options of the same underlying, expiry and right
/// (a spread), never below a share of the gross amount. A long put does not answer for a short call, so rights are kept
/// apart (docs/adr/0041).
/// </remarks>
internal static class ShortOptionMinimum
{
    /// <summary>The minimum, rounded up once.</summary>
    /// <param name="positions">Netted positions.</param>
    /// <param name="arrays">Risk arrays with a row for each.</param>
    /// <param name="fraction">Fraction of the index per unit.</param>
    /// <param name="grossFloorFraction">Least share of the gross amount.</param>
    internal static Money Of(
        ImmutableArray<Position> positions, RiskArrays arrays, decimal fraction, decimal grossFloorFraction)
    {
        (Int128 net, Int128 gross) = NetAndGross(positions, arrays);
        (Int128 rate, int rateDecimals) = DecimalParts.Of(fraction);
        (Int128 floor, int floorDecimals) = DecimalParts.Of(grossFloorFraction);
        BigInteger unit = BigInteger.Pow(10, floorDecimals);
        BigInteger basis = BigInteger.Max(net * unit, (BigInteger)gross * floor);
        return Money.FromMicroDollars(
            WholeDivision.Up(basis * rate, unit * BigInteger.Pow(10, rateDecimals)));
    }

    // n·S of short options, micro-dollars: after spreads, and before.
    private static (Int128 Net, Int128 Gross) NetAndGross(ImmutableArray<Position> positions, RiskArrays arrays)
    {
        SortedDictionary<(AssetId Underlying, Timestamp Expiry, OptionRight Right),
        (Int128 Short, Int128 Long)> groups = [];
        foreach (Position position in positions)
        {
            if (position.Instrument is VanillaOption option)
            {
                Int128 basis = position.Lots * arrays.Rows[arrays.IndexOf(option)].MinimumBaseMicroUsd;
                (AssetId, Timestamp, OptionRight) key = (option.Underlying, option.Expiry, option.Right);
                (Int128 shorts, Int128 longs) = groups.GetValueOrDefault(key);
                groups[key] = basis < 0 ? (shorts - basis, longs) : (shorts, longs + basis);
            }
        }

        Int128 net = 0;
        Int128 gross = 0;
        foreach ((Int128 shorts, Int128 longs) in groups.Values)
        {
            net += Int128.Max(0, shorts - longs);
            gross += shorts;
        }

        return (net, gross);
    }
}
