using System.Collections.Immutable;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Parameters;
using Breakwater.Surfaces;

namespace Breakwater.Sensitivities;

/// <summary>Sensitivities of one subaccount by underlying and expiry, with totals (METHODOLOGY 1.2).</summary>
/// <param name="Rows">Buckets in order of underlying, kind and expiry; empty buckets are left out.</param>
/// <param name="Totals">One row per underlying of <paramref name="Rows"/>: the sum of its buckets in their
/// order.</param>
public sealed record RiskSensitivityMatrix(ImmutableArray<SensitivityRow> Rows, ImmutableArray<SensitivityRow> Totals)
{
    /// <summary>$delta over all underlyings, USD per joint 100 % move.</summary>
    public double DollarDeltaTotal => Total(static row => row.DollarDelta);

    /// <summary>$gamma over all underlyings, USD of $delta per joint 1 % move.</summary>
    public double DollarGammaPerPercentTotal => Total(static row => row.DollarGammaPerPercent);

    /// <summary>Vega over all underlyings, USD per vol point.</summary>
    public double VegaPerVolPointTotal => Total(static row => row.VegaPerVolPoint);

    /// <summary>Theta over all underlyings, USD per day.</summary>
    public double ThetaPerDayTotal => Total(static row => row.ThetaPerDay);

    /// <summary>Matrix of one subaccount.</summary>
    /// <param name="subaccount">Positions and collateral; every instrument lies ahead of its expiry.</param>
    /// <param name="market">The market; knows every underlying.</param>
    /// <param name="surfaces">Surfaces of it.</param>
    /// <param name="parameters">Lots and constants of valuation.</param>
    /// <exception cref="ArgumentException">An underlying has no market, no parameters or no surface where one is
    /// needed.
    /// </exception>
    public static RiskSensitivityMatrix Of(
        Subaccount subaccount, MarketSnapshot market, SurfaceSet surfaces, RiskParameters parameters)
    {
        List<SensitivityRow> parts = new(subaccount.Positions.Length + subaccount.Collateral.Length);
        foreach (CollateralBalance balance in subaccount.Collateral)
        {
            if (balance.Asset != AssetId.Numeraire) parts.Add(PartOf(balance, market, parameters));
        }

        foreach (Position position in subaccount.Positions)
        {
            parts.Add(PositionSensitivities.Of(position, market, surfaces, parameters));
        }

        // A stable sort: parts of one bucket are added in the order of the account.
        ImmutableArray<SensitivityRow> rows = Joined(parts.OrderBy(static part => part, BucketOrder.Instance));
        ImmutableArray<SensitivityRow> totals = Joined(rows.Select(static row =>
            row with { Kind = SensitivityBucketKind.Total, Expiry = null }));
        return new RiskSensitivityMatrix(rows, totals);
    }

    private static SensitivityRow PartOf(CollateralBalance balance, MarketSnapshot market, RiskParameters parameters)
    {
        UnderlyingMarket asset = PositionSensitivities.Needed(market.Find(balance.Asset), balance.Asset, "market");
        int decimals = parameters.TokenDecimalsOf(balance.Asset)
            ?? throw new ArgumentException($"{balance.Asset} has no parameters");
        double quantity = (double)balance.Units / (double)DecimalParts.PowerOfTen(decimals);
        return new SensitivityRow(
            balance.Asset, SensitivityBucketKind.Spot, null, asset.IndexUsd, GreekVector.OfDelta(quantity));
    }

    private static ImmutableArray<SensitivityRow> Joined(IEnumerable<SensitivityRow> parts)
    {
        ImmutableArray<SensitivityRow>.Builder rows = ImmutableArray.CreateBuilder<SensitivityRow>();
        foreach (SensitivityRow part in parts)
        {
            if (rows.Count > 0 && BucketOrder.Instance.Compare(rows[^1], part) == 0)
            {
                rows[^1] = rows[^1] with { Greeks = rows[^1].Greeks + part.Greeks };
            }
            else
            {
                rows.Add(part);
            }
        }

        return rows.ToImmutable();
    }

    private double Total(Func<SensitivityRow, double> column)
    {
        double sum = 0.0;
        foreach (SensitivityRow row in Totals)
        {
            sum += column(row);
        }

        return sum;
    }

    private sealed class BucketOrder : IComparer<SensitivityRow>
    {
        internal static BucketOrder Instance { get; } = new();

        public int Compare(SensitivityRow? left, SensitivityRow? right)
        {
            if (left is null || right is null) return (left is null ? 0 : 1) - (right is null ? 0 : 1);
            int order = left.Underlying.CompareTo(right.Underlying);
            if (order == 0) order = left.Kind.CompareTo(right.Kind);
            return order == 0 ? Nullable.Compare(left.Expiry, right.Expiry) : order;
        }
    }
}
