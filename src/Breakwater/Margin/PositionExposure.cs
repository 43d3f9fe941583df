using System.Numerics;
using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin.Tails;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Margin;

/// <summary>Turns a netted position into integers: holdings, value, unrealised profit, funding (METHODOLOGY 1.1, 4.1).
/// </summary>
internal static class PositionExposure
{
    /// <summary>Decimals of coin profit that an inverse contract has accrued.</summary>
    internal const int CoinDecimals = 12;

    private const int MicroDecimals = 6;

    /// <summary>Exposure of one netted position.</summary>
    internal static Exposure Of(Position position, RiskArrays arrays, RiskParameters parameters)
    {
        int rowIndex = arrays.IndexOf(position.Instrument);
        RiskRow row = arrays.Rows[rowIndex];
        ExposureLeg own = new(rowIndex, position.Lots, position.Lots, 0);
        switch (position.Instrument)
        {
            case Spot:
                int decimals = parameters.Find(position.Instrument.Underlying)!.TokenDecimals; // refused otherwise
                return OfSpot(own with { Decimals = decimals }, row);
            case VanillaOption:
                Int128 mark = position.Lots >= 0 ? row.MarkValueDownMicroUsd : row.MarkValueUpMicroUsd;
                return new Exposure([own], 0, 0, position.Lots * mark, 0);
            case Perpetual { Settlement: Settlement.Linear } or DatedFuture { Settlement: Settlement.Linear }:
                Int128 gain = LinearGain(position, row);
                return WithFunding(new Exposure([own], 0, 0, gain, gain), position, row);
            case Perpetual or DatedFuture:
                return WithFunding(OfInverse(own, position, row, arrays), position, row);
            default:
                throw new System.Diagnostics.UnreachableException(position.Instrument.Name);
        }
    }

    private static Exposure OfSpot(ExposureLeg leg, RiskRow row) =>
        new([leg], 0, 0, CoinValue(leg.Down, leg.Decimals, row), 0);

    private static Exposure OfInverse(ExposureLeg own, Position position, RiskRow row, RiskArrays arrays)
    {
        (Int128 down, Int128 up) = InverseGainCoin(position, row);
        if (down == 0 && up == 0)
        {
            return new Exposure([own], 0, 0, 0, 0);
        }

        int spotIndex = arrays.IndexOf(new Spot(position.Instrument.Underlying));
        Int128 value = CoinValue(down, CoinDecimals, arrays.Rows[spotIndex]);
        return new Exposure([own, new ExposureLeg(spotIndex, down, up, CoinDecimals)], 0, 0, value, value);
    }

    /// <summary>Value of coin, micro-dollars, rounded down.</summary>
    /// <param name="units">Signed units of 10^−decimals.</param>
    /// <param name="decimals">Decimals of a unit.</param>
    /// <param name="spot">Row of the coin.</param>
    internal static Int128 CoinValue(Int128 units, int decimals, RiskRow spot) => LegArithmetic.ProductDown(
        units,
        units >= 0 ? spot.MarkValueDownMicroUsd : spot.MarkValueUpMicroUsd,
        DecimalParts.PowerOfTen(decimals));

    private static Exposure WithFunding(Exposure exposure, Position position, RiskRow row) => exposure with
    {
        FundingMaintenance = Charge(position.Lots, row.FundingMaintenance),
        FundingInitial = Charge(position.Lots, row.FundingInitial),
    };

    private static Int128 Charge(Int128 lots, FundingCharge charge) =>
        lots >= 0 ? lots * charge.LongMicroUsd : -lots * charge.ShortMicroUsd;

    // Σ n·(P − P_entry), each entry price rounded down once: entries of one price are already joined.
    private static Int128 LinearGain(Position position, RiskRow row)
    {
        (Int128 lot, int lotDecimals) = DecimalParts.Of(row.LotQuantity);
        Int128 gain = 0;
        foreach (PositionEntry entry in position.Entries)
        {
            if (entry.EntryPriceUsd is { } price)
            {
                (Int128 paid, int paidDecimals) = DecimalParts.Of(price);
                BigInteger difference = (row.MarkPriceMicroUsd * BigInteger.Pow(10, paidDecimals))
                    - (paid * BigInteger.Pow(10, MicroDecimals));
                gain += WholeDivision.Down(
                    (BigInteger)entry.Lots * lot * difference, BigInteger.Pow(10, lotDecimals + paidDecimals));
            }
        }

        return gain;
    }

    // Σ n·c·(1/F_entry − 1/F) in 1e-12 coin, between two whole numbers.
    private static (Int128 Down, Int128 Up) InverseGainCoin(Position position, RiskRow row)
    {
        (Int128 lot, int lotDecimals) = DecimalParts.Of(row.LotQuantity);
        Int128 down = 0;
        Int128 up = 0;
        foreach (PositionEntry entry in position.Entries)
        {
            if (entry.EntryPriceUsd is { } price)
            {
                ArgumentOutOfRangeException.ThrowIfNegativeOrZero(price);
                (Int128 paid, int paidDecimals) = DecimalParts.Of(price);
                BigInteger difference = (row.MarkPriceMicroUsd * BigInteger.Pow(10, paidDecimals))
                    - (paid * BigInteger.Pow(10, MicroDecimals));
                BigInteger numerator = (BigInteger)entry.Lots * lot * difference * BigInteger.Pow(10, CoinDecimals);
                BigInteger denominator = BigInteger.Pow(10, lotDecimals) * paid * row.MarkPriceMicroUsd;
                down += WholeDivision.Down(numerator, denominator);
                up += WholeDivision.Up(numerator, denominator);
            }
        }

        return (down, up);
    }
}
