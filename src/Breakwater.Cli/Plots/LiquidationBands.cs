using System.Collections.Immutable;
using Breakwater.Parameters;

namespace Breakwater.Cli.Plots;

/// <summary>Margin ratios at which the drawing changes colour: the triggers of METHODOLOGY 6.1 and some above.
/// </summary>
/// <param name="Limits">Ratios, rising.</param>
/// <param name="Names">[limit + 1] what is between them, from below.</param>
internal sealed record LiquidationBands(ImmutableArray<double> Limits, ImmutableArray<string> Names)
{
    // Above the triggers nothing is done; these only show how far away they are.
    private static readonly ImmutableArray<double> Ample = [2.0, 3.0, 5.0, 10.0];

    /// <summary>Ratio at which liquidation begins.</summary>
    public const double Liquidation = 1.0;

    /// <summary>Bands of governed triggers.</summary>
    public static LiquidationBands Of(RiskParameters parameters)
    {
        (double auction, double call, double warning) = (
            (double)parameters.Margin.AuctionRatio, (double)parameters.Margin.CallRatio,
            (double)parameters.Margin.WarningRatio);
        return new LiquidationBands(
            [auction, Liquidation, call, warning, .. Ample],
            [
                Svg.Invariant($"< {auction:0.##} auction"), "< 1 deleverage", Svg.Invariant($"< {call:0.##} call"),
                Svg.Invariant($"< {warning:0.##} warning"), .. Ample.Select(limit => Svg.Invariant($"< {limit:0.##}")),
                Svg.Invariant($"{Ample[^1]:0.##} and more"),
            ]);
    }

    /// <summary>Whether equity does not cover maintenance margin in a band.</summary>
    public bool IsUncovered(int band) => band < Limits.Length && Limits[band] <= Liquidation;
}
