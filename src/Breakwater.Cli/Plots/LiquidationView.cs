using System.Collections.Immutable;
using Breakwater.Attestation;
using Breakwater.Explanation;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Cli.Plots;

/// <summary>Liquidation surfaces of one book and the report they belong to.</summary>
/// <param name="Book">Which book: <see cref="BookNow"/> or <see cref="BookAfter"/>.</param>
/// <param name="Report">Its report.</param>
/// <param name="Parameters">Governed constants: triggers of the stages.</param>
/// <param name="Surfaces">Its surfaces in order of asset.</param>
internal sealed record LiquidationView(
    string Book, AttestationReport Report, RiskParameters Parameters, ImmutableArray<LiquidationSurface> Surfaces)
{
    /// <summary>The portfolio as it is.</summary>
    public const string BookNow = "now";

    /// <summary>The portfolio once the orders of a what-if question are filled.</summary>
    public const string BookAfter = "after";

    /// <summary>Surface of an underlying; <c>null</c> if the book does not depend on it.</summary>
    public LiquidationSurface? Find(AssetId asset) => Surfaces.FirstOrDefault(own => own.Underlying == asset);
}
