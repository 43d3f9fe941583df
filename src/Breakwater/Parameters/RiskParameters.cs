using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Parameters;

/// <summary>Governed constants of the methodology: one immutable version.</summary>
/// <remarks>An instance that exists is valid: <see cref="ParameterValidation.Check"/> is the only way to one.</remarks>
public sealed record RiskParameters
{
    internal RiskParameters(
        int version, Timestamp effectiveAt, string protocolId, ImmutableArray<AssetId> assets,
        ImmutableArray<string> pegsAndAssets, ParameterValues values)
    {
        Version = version;
        EffectiveAt = effectiveAt;
        ProtocolId = protocolId;
        Values = values;
        Margin = new MarginParameters(values);
        Collateral = new CollateralParameters(values);
        Valuation = new ValuationParameters(values);
        Surfaces = new SurfaceParameters(values);
        Volatility = new VolatilityParameters(values);
        Horizons = new HorizonParameters(values);
        Scenarios = new ScenarioParameters(values);
        Grid = new GridParameters(values);
        FactorLaws = new FactorLawParameters(values);
        Liquidity = new LiquidityParameters(values);
        AddOns = new AddOnParameters(values);
        Flow = new FlowParameters(values);
        Haircuts = new HaircutParameters(values);
        Underlyings = [.. assets.Select(asset => new UnderlyingParameters(asset, values))];
        CollateralAssets =
        [
            .. pegsAndAssets.Select(path => new CollateralAssetParameters(path, values))
                .OrderBy(static entry => entry.Asset),
        ];
    }

    /// <summary>Version number; ≥ 1.</summary>
    public int Version { get; }

    /// <summary>When this version takes effect.</summary>
    public Timestamp EffectiveAt { get; }

    /// <summary>Name of the protocol that governs these parameters; enters the scenario seed (METHODOLOGY
    /// 3.7).</summary>
    public string ProtocolId { get; }

    /// <summary>Every value by path: what is hashed and voted on.</summary>
    public ParameterValues Values { get; }

    /// <summary>The margin itself.</summary>
    public MarginParameters Margin { get; }

    /// <summary>Haircuts of collateral by bridge.</summary>
    public CollateralParameters Collateral { get; }

    /// <summary>Valuation: discounting and the settlement average.</summary>
    public ValuationParameters Valuation { get; }

    /// <summary>Volatility surfaces.</summary>
    public SurfaceParameters Surfaces { get; }

    /// <summary>The volatility filter and its floors.</summary>
    public VolatilityParameters Volatility { get; }

    /// <summary>Margin periods of risk.</summary>
    public HorizonParameters Horizons { get; }

    /// <summary>The distribution blocks of the scenario sets.</summary>
    public ScenarioParameters Scenarios { get; }

    /// <summary>The grid and dampening.</summary>
    public GridParameters Grid { get; }

    /// <summary>Laws of the small factors.</summary>
    public FactorLawParameters FactorLaws { get; }

    /// <summary>Liquidity and concentration.</summary>
    public LiquidityParameters Liquidity { get; }

    /// <summary>Add-ons, multipliers and speed limits.</summary>
    public AddOnParameters AddOns { get; }

    /// <summary>Order flow.</summary>
    public FlowParameters Flow { get; }

    /// <summary>Collateral haircuts.</summary>
    public HaircutParameters Haircuts { get; }

    /// <summary>Collateral assets that are no underlyings, in order of asset.</summary>
    public ImmutableArray<CollateralAssetParameters> CollateralAssets { get; }

    /// <summary>Underlyings, in order of asset.</summary>
    public ImmutableArray<UnderlyingParameters> Underlyings { get; }

    /// <summary>SHA-256 of the canonical bytes: version, time, protocol and every value by path.</summary>
    public Digest Digest => new CanonicalWriter("PARM", 1)
        .Write(Version)
        .Write(EffectiveAt)
        .Write(ProtocolId)
        .Write(
            [.. Values.ByPath.OrderBy(entry => entry.Key, StringComparer.Ordinal)],
            static (writer, entry) => writer.Write(entry.Key).Write(entry.Value))
        .Digest;

    /// <summary>Constants of one underlying; <c>null</c> if it is not governed (then it cannot be traded).</summary>
    public UnderlyingParameters? Find(AssetId asset) => Underlyings.FirstOrDefault(entry => entry.Asset == asset);

    /// <summary>Constants of one collateral asset; <c>null</c> if it is an underlying or not governed.</summary>
    public CollateralAssetParameters? FindCollateral(AssetId asset) =>
        CollateralAssets.FirstOrDefault(entry => entry.Asset == asset);

    /// <summary>Decimal places of a token; <c>null</c> if it is not governed.</summary>
    public int? TokenDecimalsOf(AssetId asset) =>
        Find(asset)?.TokenDecimals ?? FindCollateral(asset)?.TokenDecimals;

    /// <summary>Underlying that moves an asset in scenarios: the asset itself, or that it is pegged to.</summary>
    /// <returns><c>null</c> if no scenario moves it.</returns>
    public AssetId? MovedBy(AssetId asset) =>
        Find(asset) is not null ? asset : FindCollateral(asset)?.RevaluedBy;
}
