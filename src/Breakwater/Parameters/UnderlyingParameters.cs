using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Parameters;

/// <summary>Constants of one underlying (METHODOLOGY 3.4, 3.6, 4.2; INTERFACES 3 for lots).</summary>
public sealed record UnderlyingParameters
{
    private static readonly ParameterField RiskClassField = new(
        "underlyings.*.riskClass", "class 1, 2 or 3", 1m, 3m, "vote / 7 d",
        "1: BTC and ETH; 2: majors; 3: others; sets horizons and grid floors (METHODOLOGY 3.6, 4.2).");

    private static readonly ParameterField OptionLotInverseField = Lot("optionLotInverse", "units of underlying");
    private static readonly ParameterField OptionLotLinearField = Lot("optionLotLinear", "units of underlying");
    private static readonly ParameterField FutureLotLinearField = Lot("futureLotLinear", "units of underlying");
    private static readonly ParameterField FutureLotInverseField = Lot("futureLotInverseUsd", "USD");

    private static readonly ParameterField TokenDecimalsField = new(
        "underlyings.*.tokenDecimals", "decimal places", 0m, 18m, "fixed",
        "Least unit of the token: lot of spot and collateral (INTERFACES 3).");

    private static readonly ParameterField HaircutCalmField = new(
        "underlyings.*.haircutCalmFraction", "fraction", 0m, 1m, "5 points down / 3 d",
        "Least haircut where no scenario revalues the asset (METHODOLOGY 5, class bounds).");

    private static readonly ParameterField HaircutMaximumField = new(
        "underlyings.*.haircutMaximumFraction", "fraction", 0.01m, 1m, "5 points down / 3 d",
        "Greatest haircut where no scenario revalues the asset (METHODOLOGY 5, class bounds).");

    private static readonly ParameterField SupplyField = new(
        "underlyings.*.circulatingSupply", "units", 0m, 1000000000000000m, "×2 / 3 d",
        "Circulating supply, of which a share caps what the protocol should hold (METHODOLOGY 5).");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        RiskClassField, OptionLotInverseField, OptionLotLinearField, FutureLotLinearField, FutureLotInverseField,
        TokenDecimalsField, HaircutCalmField, HaircutMaximumField, SupplyField,
    ];

    internal UnderlyingParameters(AssetId asset, ParameterValues values)
    {
        Asset = asset;
        Jumps = new JumpParameters(asset, values);
        RiskClass = (int)values.Exact(RiskClassField, asset.Name);
        OptionLotInverse = values.Exact(OptionLotInverseField, asset.Name);
        OptionLotLinear = values.Exact(OptionLotLinearField, asset.Name);
        FutureLotLinear = values.Exact(FutureLotLinearField, asset.Name);
        FutureLotInverseUsd = values.Exact(FutureLotInverseField, asset.Name);
        TokenDecimals = (int)values.Exact(TokenDecimalsField, asset.Name);
        HaircutCalmFraction = values[HaircutCalmField, asset.Name];
        HaircutMaximumFraction = values[HaircutMaximumField, asset.Name];
        CirculatingSupply = values[SupplyField, asset.Name];
    }

    /// <summary>The underlying.</summary>
    public AssetId Asset { get; }

    /// <summary>Its jumps and volatility of volatility.</summary>
    public JumpParameters Jumps { get; }

    /// <summary>Risk class, 1–3.</summary>
    public int RiskClass { get; }

    /// <summary>Lot of an inverse option, units of underlying.</summary>
    public decimal OptionLotInverse { get; }

    /// <summary>Lot of a linear option, units of underlying.</summary>
    public decimal OptionLotLinear { get; }

    /// <summary>Lot of a linear future or perpetual, units of underlying.</summary>
    public decimal FutureLotLinear { get; }

    /// <summary>Lot of an inverse future or perpetual, USD.</summary>
    public decimal FutureLotInverseUsd { get; }

    /// <summary>Decimal places of the token.</summary>
    public int TokenDecimals { get; }

    /// <summary>Least haircut as collateral where not revalued, fraction.</summary>
    public double HaircutCalmFraction { get; }

    /// <summary>Greatest haircut as collateral where not revalued, fraction.</summary>
    public double HaircutMaximumFraction { get; }

    /// <summary>Circulating supply, units; 0 where it is not to count.</summary>
    public double CirculatingSupply { get; }

    /// <summary>Lot of an instrument on this underlying, in the units its quantity is stated in (INTERFACES
    /// 3).</summary>
    public decimal LotOf(Instrument instrument) => instrument switch
    {
        Spot => LeastUnit(TokenDecimals),
        Perpetual { Settlement: Settlement.Inverse } or DatedFuture { Settlement: Settlement.Inverse } =>
            FutureLotInverseUsd,
        Perpetual or DatedFuture => FutureLotLinear,
        VanillaOption { Settlement: Settlement.Inverse } => OptionLotInverse,
        VanillaOption => OptionLotLinear,
        _ => throw new System.Diagnostics.UnreachableException(instrument.Name),
    };

    private static decimal LeastUnit(int decimals)
    {
        decimal unit = 1m;
        for (int place = 0; place < decimals; place++)
        {
            unit /= 10m;
        }

        return unit;
    }

    private static ParameterField Lot(string name, string unit) => new(
        "underlyings.*." + name, unit, 0.00000001m, 1000m, "fixed", "Smallest tradable unit (INTERFACES 3).");
}
