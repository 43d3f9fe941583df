using System.Collections.Immutable;
using Breakwater.Instruments;

namespace Breakwater.Parameters;

/// <summary>How an asset belongs to the protocol that margins it (METHODOLOGY 4.5, specific wrong-way risk).</summary>
public enum EcosystemTie
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Its issuer, protocol or wrapper is of the same ecosystem: at least half is cut.</summary>
    Own,

    /// <summary>The governance token of the protocol: counts nothing.</summary>
    Governance,
}

/// <summary>Constants of one collateral asset that is no underlying (METHODOLOGY 5).</summary>
/// <remarks>
/// It stands at <c>collateralAssets.PEG.ASSET.field</c>. PEG is <c>USD</c>, an underlying, or <c>NONE</c>. ASSET is the
/// ticker as its issuer writes it, case kept: <c>stETH</c>, <c>WBTC</c> (docs/adr/0056).
/// </remarks>
public sealed record CollateralAssetParameters
{
    /// <summary>Section of the parameter file.</summary>
    internal const string Section = "collateralAssets";

    /// <summary>PEG of assets worth one dollar.</summary>
    internal const string DollarPeg = "USD";

    /// <summary>PEG of assets that are worth what they are worth.</summary>
    internal const string NoPeg = "NONE";

    private static readonly ParameterField TokenDecimalsField = new(
        "collateralAssets.*.tokenDecimals", "decimal places", 0m, 18m, "fixed",
        "Least unit of the token (INTERFACES 3).");

    private static readonly ParameterField PegHaircutField = new(
        "collateralAssets.*.pegHaircutFraction", "fraction", 0m, 0.5m, "5 points down / 3 d",
        "h0: haircut of the peg in calm markets; 0 without peg (METHODOLOGY 5; docs/methodology/haircuts.md).");

    private static readonly ParameterField ExitQueueDaysField = new(
        "collateralAssets.*.exitQueueDays", "days", 0m, 90m, "25 % / 3 d",
        "Time to redeem a staked asset; h0 rises by one deviation of its peg over it (METHODOLOGY 5).");

    private static readonly ParameterField CalmField = new(
        "collateralAssets.*.haircutCalmFraction", "fraction", 0m, 1m, "5 points down / 3 d",
        "Least haircut where no scenario revalues the asset (METHODOLOGY 5, class bounds).");

    private static readonly ParameterField MaximumField = new(
        "collateralAssets.*.haircutMaximumFraction", "fraction", 0.01m, 1m, "5 points down / 3 d",
        "Greatest haircut of price and peg where no scenario revalues the asset (METHODOLOGY 5, class bounds).");

    private static readonly ParameterField SupplyField = new(
        "collateralAssets.*.circulatingSupply", "units", 0m, 1000000000000000m, "×2 / 3 d",
        "Circulating supply, of which a share caps what the protocol should hold (METHODOLOGY 5).");

    private static readonly ParameterField EcosystemField = new(
        "collateralAssets.*.ecosystem", "0 none, 1 own, 2 governance", 0m, 2m, "vote / 7 d",
        "Whether the token is of the protocol's own ecosystem, or governs it (METHODOLOGY 4.5).");

    /// <summary>Every field of this section.</summary>
    internal static ImmutableArray<ParameterField> Fields { get; } =
    [
        TokenDecimalsField, PegHaircutField, ExitQueueDaysField, CalmField, MaximumField, SupplyField, EcosystemField,
    ];

    internal CollateralAssetParameters(string pegAndAsset, ParameterValues values)
    {
        string[] parts = pegAndAsset.Split('.');
        Asset = AssetId.Of(parts[1]);
        IsDollarPegged = parts[0] == DollarPeg;
        Underlying = parts[0] is DollarPeg or NoPeg ? null : AssetId.Of(parts[0]);
        TokenDecimals = (int)values.Exact(TokenDecimalsField, pegAndAsset);
        PegHaircutFraction = values[PegHaircutField, pegAndAsset];
        ExitQueueDays = values[ExitQueueDaysField, pegAndAsset];
        HaircutCalmFraction = values[CalmField, pegAndAsset];
        HaircutMaximumFraction = values[MaximumField, pegAndAsset];
        CirculatingSupply = values[SupplyField, pegAndAsset];
        Ecosystem = (EcosystemTie)(int)values.Exact(EcosystemField, pegAndAsset);
    }

    /// <summary>The asset.</summary>
    public AssetId Asset { get; }

    /// <summary>Whether one unit should be worth one dollar.</summary>
    public bool IsDollarPegged { get; }

    /// <summary>Underlying that one unit should be worth; <c>null</c> if none.</summary>
    public AssetId? Underlying { get; }

    /// <summary>Whether it has a peg at all.</summary>
    public bool IsPegged => IsDollarPegged || Underlying is not null;

    /// <summary>Underlying whose scenarios revalue it; <c>null</c> if none does. Those of a token of the own ecosystem
    /// never do: it may not diversify (METHODOLOGY 4.5).</summary>
    public AssetId? RevaluedBy => Ecosystem == EcosystemTie.None ? Underlying : null;

    /// <summary>Decimal places of the token.</summary>
    public int TokenDecimals { get; }

    /// <summary>h0, fraction.</summary>
    public double PegHaircutFraction { get; }

    /// <summary>Time to redeem, days.</summary>
    public double ExitQueueDays { get; }

    /// <summary>Least haircut where not revalued, fraction.</summary>
    public double HaircutCalmFraction { get; }

    /// <summary>Greatest haircut where not revalued, fraction.</summary>
    public double HaircutMaximumFraction { get; }

    /// <summary>Circulating supply, units; 0 where it is not to count.</summary>
    public double CirculatingSupply { get; }

    /// <summary>Tie to the protocol.</summary>
    public EcosystemTie Ecosystem { get; }

    /// <summary>Adds why the assets named in a file are none: unknown peg, double name, an underlying.</summary>
    internal static IEnumerable<Failure> Conflicts(
        ImmutableArray<string> pegsAndAssets, ImmutableArray<AssetId> underlyings)
    {
        SortedSet<string> seen = new(underlyings.Select(static own => own.Name), StringComparer.OrdinalIgnoreCase);
        foreach (string path in pegsAndAssets)
        {
            string[] parts = path.Split('.');
            if (!AssetId.TryOf(parts[1], out _))
            {
                yield return Refuse(path, "no name of an asset", "1–16 letters and digits");
            }

            if (parts[0] is not (DollarPeg or NoPeg) && !underlyings.Any(own => own.Name == parts[0]))
            {
                yield return Refuse(path, "the peg is no underlying", $"{DollarPeg}, {NoPeg} or an underlying");
            }

            if (!seen.Add(parts[1]))
            {
                yield return Refuse(path, "the asset stands twice", "each asset once, in any case of letters");
            }
        }
    }

    private static Failure Refuse(string path, string message, string limit) => new(
        FailureReason.Inconsistent, $"{Section}.{path}: {message}", Place: $"{Section}.{path}", Value: path,
        Limit: limit);
}
