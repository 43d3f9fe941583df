using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Margin;

/// <summary>Says whether a subaccount can be margined at all: every holding known, and small enough for exact sums.
/// </summary>
public static class MarginAdmission
{
    /// <summary>Greatest lots of a derivative: 2⁵³, so that Greeks of a position fit 128 bits.</summary>
    private static readonly Int128 DerivativeLotsMax = Int128.One << 53;

    /// <summary>Greatest units of spot or collateral: 2⁹⁶, 79 billion coins of 18 decimals.</summary>
    private static readonly Int128 CoinUnitsMax = Int128.One << 96;

    /// <summary>Greatest sum of |holding| × greatest entry, micro-dollars: 2⁹⁴, 2e22 USD. Times a weight (2²²) or a
    /// dampening (2³⁰) it stays below 2¹²⁶.</summary>
    private static readonly BigInteger GrossMax = BigInteger.One << 94;

    /// <summary>Entry prices are believed between these, USD per unit of underlying.</summary>
    private const decimal EntryPriceMinimum = 0.000000001m;

    private const string Collateral = "collateral";

    private const decimal EntryPriceMaximum = 1_000_000_000_000m;

    /// <summary>Every reason why the subaccount cannot be margined; empty if it can.</summary>
    /// <param name="netted">A subaccount in canonical form.</param>
    /// <param name="arrays">The risk arrays.</param>
    /// <param name="parameters">Governed constants.</param>
    public static ImmutableArray<Failure> Check(Subaccount netted, RiskArrays arrays, RiskParameters parameters)
    {
        ImmutableArray<Failure>.Builder failures = ImmutableArray.CreateBuilder<Failure>();
        BigInteger gross = 0;
        foreach (Position position in netted.Positions)
        {
            gross += Admit(position.Instrument, position.Lots, "position", arrays, parameters, failures);
            gross += AdmitEntries(position, arrays, failures);
        }

        foreach (CollateralBalance balance in netted.Collateral)
        {
            gross += balance.Asset == AssetId.Numeraire
                ? (BigInteger)Int128.Abs(balance.Units)
                : Admit(new Spot(balance.Asset), balance.Units, Collateral, arrays, parameters, failures);
        }

        foreach (Order order in netted.Orders)
        {
            gross += Admit(order.Instrument, order.Lots, "order", arrays, parameters, failures);
            AdmitLimit(order, failures);
        }

        if (gross > GrossMax)
        {
            failures.Add(new Failure(
                FailureReason.TooLarge,
                $"subaccount {netted.Id} is too large for exact sums",
                Value: gross.ToString(CultureInfo.InvariantCulture),
                Limit: $"{GrossMax} micro-dollars of |holding| × greatest scenario loss"));
        }

        return failures.ToImmutable();
    }

    // Adds refusals; returns |holding| × the greatest magnitude of its row.
    private static BigInteger Admit(
        Instrument instrument,
        Int128 units,
        string what,
        RiskArrays arrays,
        RiskParameters parameters,
        ImmutableArray<Failure>.Builder failures)
    {
        int rowIndex = arrays.IndexOf(instrument);
        int? decimals = instrument is Spot && what == Collateral
            ? parameters.TokenDecimalsOf(instrument.Underlying)
            : parameters.Find(instrument.Underlying)?.TokenDecimals;
        if (rowIndex < 0 || decimals is null)
        {
            failures.Add(new Failure(
                FailureReason.UnknownInstrument,
                $"{what} {instrument} has no {(decimals is null ? "governed parameters" : "market")}",
                Value: instrument.Name));
            return 0;
        }

        Int128 limit = instrument is Spot ? CoinUnitsMax : DerivativeLotsMax;
        if (Int128.Abs(units) > limit)
        {
            failures.Add(new Failure(
                FailureReason.TooLarge,
                $"{what} {instrument} is too large",
                Value: units.ToString(CultureInfo.InvariantCulture),
                Limit: $"{limit} least units"));
            return 0;
        }

        BigInteger unit = instrument is Spot ? DecimalParts.PowerOfTen(decimals.Value) : BigInteger.One;
        return (BigInteger)Int128.Abs(units) * RiskArrays.EntryLimit / unit;
    }

    private static void AdmitLimit(Order order, ImmutableArray<Failure>.Builder failures)
    {
        if (order.LimitPrice is not { } price)
        {
            failures.Add(new Failure(
                FailureReason.Missing, $"a resting order of {order.Instrument} has no limit price",
                Value: order.Instrument.Name));
        }
        else if (price is < EntryPriceMinimum or > EntryPriceMaximum)
        {
            failures.Add(new Failure(
                FailureReason.OutOfRange,
                $"limit price of {order.Instrument}",
                Value: price.ToString(CultureInfo.InvariantCulture),
                Limit: $"{EntryPriceMinimum} to {EntryPriceMaximum}"));
        }
    }

    // Adds refusals; returns the coin that entries of inverse contracts may have accrued × the greatest entry.
    private static BigInteger AdmitEntries(
        Position position, RiskArrays arrays, ImmutableArray<Failure>.Builder failures)
    {
        int rowIndex = arrays.IndexOf(position.Instrument);
        BigInteger gross = 0;
        foreach (PositionEntry entry in position.Entries)
        {
            if (entry.EntryPriceUsd is not { } price)
            {
                continue;
            }

            if (price is < EntryPriceMinimum or > EntryPriceMaximum)
            {
                failures.Add(new Failure(
                    FailureReason.OutOfRange,
                    $"entry price of {position.Instrument}",
                    Value: price.ToString(CultureInfo.InvariantCulture),
                    Limit: $"{EntryPriceMinimum} to {EntryPriceMaximum} USD"));
            }
            else if (rowIndex >= 0 && position.Instrument is Perpetual { Settlement: Settlement.Inverse }
                or DatedFuture { Settlement: Settlement.Inverse })
            {
                (Int128 paid, int decimals) = DecimalParts.Of(price);
                (Int128 lot, int lotDecimals) = DecimalParts.Of(arrays.Rows[rowIndex].LotQuantity);
                BigInteger usd = (BigInteger)Int128.Abs(entry.Lots) * lot * BigInteger.Pow(10, decimals);
                gross += usd * RiskArrays.EntryLimit / (paid * BigInteger.Pow(10, lotDecimals));
            }
        }

        return gross;
    }
}
