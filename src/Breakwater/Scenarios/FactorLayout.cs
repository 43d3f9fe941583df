using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Scenarios;

/// <summary>Risk factors of one underlying, in canonical order (METHODOLOGY 3.1).</summary>
public enum RiskFactorKind
{
    /// <summary>x: log return of spot.</summary>
    SpotReturn,

    /// <summary>u: relative shock of the 30-day at-the-money volatility (0.5 means half as much again).</summary>
    VolatilityLevel,

    /// <summary>δ_ρ: shift of the slices' ρ.</summary>
    SkewTwist,

    /// <summary>δ_ψ: relative shock of the slices' b.</summary>
    SmileTwist,

    /// <summary>Log change of perpetual ÷ spot.</summary>
    PerpetualBasis,

    /// <summary>Log change of forward ÷ spot for expiries of at most 91 days.</summary>
    QuarterBasis1,

    /// <summary>Likewise beyond 91 and up to 182 days.</summary>
    QuarterBasis2,

    /// <summary>Likewise beyond 182 and up to 273 days.</summary>
    QuarterBasis3,

    /// <summary>Likewise beyond 273 days.</summary>
    QuarterBasis4,
}

/// <summary>Canonical order of all risk factors: per underlying, then gas and depth, then other collateral.</summary>
/// <param name="Underlyings">Underlyings in ordinal order.</param>
/// <param name="CollateralAssets">Collateral assets that are no underlyings, in ordinal order; one log-return factor
/// each. The numeraire never is one.</param>
public sealed record FactorLayout(ImmutableArray<AssetId> Underlyings, ImmutableArray<AssetId> CollateralAssets)
{
    /// <summary>Factors per underlying: the members of <see cref="RiskFactorKind"/>.</summary>
    public const int FactorsPerUnderlying = 9;

    /// <summary>Number of factors: columns of the matrix.</summary>
    public int Count => (FactorsPerUnderlying * Underlyings.Length) + 2 + CollateralAssets.Length;

    /// <summary>Column of gas: log change of the gas price.</summary>
    public int Gas => FactorsPerUnderlying * Underlyings.Length;

    /// <summary>Column of depth: log change of market depth.</summary>
    public int Depth => Gas + 1;

    /// <summary>Column of a factor of an underlying.</summary>
    /// <param name="underlyingIndex">Index in <see cref="Underlyings"/>.</param>
    /// <param name="kind">Which factor.</param>
    public static int Column(int underlyingIndex, RiskFactorKind kind) =>
        (FactorsPerUnderlying * underlyingIndex) + (int)kind;

    /// <summary>Column of a collateral asset's log return.</summary>
    /// <param name="collateralIndex">Index in <see cref="CollateralAssets"/>.</param>
    public int CollateralColumn(int collateralIndex) => Depth + 1 + collateralIndex;

    /// <summary>Bucket of the basis that moves a forward.</summary>
    /// <param name="expiryYears">Time to expiry, years; quarters end at 91, 182 and 273 days (METHODOLOGY 3.1: one per
    /// quarter bucket).</param>
    public static RiskFactorKind BasisOf(double expiryYears) => (expiryYears * 365d) switch
    {
        <= 91d => RiskFactorKind.QuarterBasis1,
        <= 182d => RiskFactorKind.QuarterBasis2,
        <= 273d => RiskFactorKind.QuarterBasis3,
        _ => RiskFactorKind.QuarterBasis4,
    };

    /// <summary>Names of all columns in order, such as <c>BTC.SpotReturn</c>, <c>Gas</c>,
    /// <c>stETH.Return</c>.</summary>
    public ImmutableArray<string> Names()
    {
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>(Count);
        foreach (AssetId underlying in Underlyings)
        {
            for (int kind = 0; kind < FactorsPerUnderlying; kind++)
            {
                names.Add($"{underlying.Name}.{(RiskFactorKind)kind}");
            }
        }

        names.Add("Gas");
        names.Add("Depth");
        names.AddRange(CollateralAssets.Select(asset => $"{asset.Name}.Return"));
        return names.MoveToImmutable();
    }
}
