using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Revaluation;

namespace Breakwater.Margin;

/// <summary>Sums of sensitivities by underlying and expiry (INTERFACES 4).</summary>
internal static class SensitivityLines
{
    /// <summary>Lines by underlying, those without expiry first, then by expiry.</summary>
    /// <param name="netted">The subaccount.</param>
    /// <param name="exposures">Its exposures: positions, then collateral.</param>
    /// <param name="arrays">Risk arrays.</param>
    internal static ImmutableArray<SensitivityLine> Of(
        Subaccount netted, ImmutableArray<Exposure> exposures, RiskArrays arrays)
    {
        SortedDictionary<(AssetId Underlying, Timestamp Expiry), HoldingGreeks> sums = [];
        for (int index = 0; index < exposures.Length; index++)
        {
            if (exposures[index].Legs.IsEmpty)
            {
                continue; // the numeraire: nothing moves it
            }

            bool isPosition = index < netted.Positions.Length;
            (AssetId, Timestamp) key = isPosition
                ? (netted.Positions[index].Instrument.Underlying, ExpiryOf(netted.Positions[index].Instrument))
                : (netted.Collateral[index - netted.Positions.Length].Asset, default);
            HoldingGreeks own = ReportLines.GreeksOf(
                isPosition
                    ? exposures[index]
                    : Whole(exposures[index], netted.Collateral[index - netted.Positions.Length]),
                arrays);
            sums[key] = sums.TryGetValue(key, out HoldingGreeks? sum) ? sum.Plus(own) : own;
        }

        return
        [
            .. sums.Select(entry => new SensitivityLine(
                entry.Key.Underlying,
                entry.Key.Expiry == default ? null : entry.Key.Expiry,
                entry.Value)),
        ];
    }

    // Sensitivities are of what is held: a haircut changes what counts, not what moves.
    private static Exposure Whole(Exposure exposure, CollateralBalance balance) => exposure with
    {
        Legs = [exposure.Legs[0] with { Down = balance.Units, Up = balance.Units }],
    };

    // The default instant, 1970, stands for no expiry: every instrument's expiry lies ahead of its market.
    private static Timestamp ExpiryOf(Instrument instrument) => instrument switch
    {
        VanillaOption option => option.Expiry,
        DatedFuture future => future.Expiry,
        _ => default,
    };
}
