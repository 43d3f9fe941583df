using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Accounts.Ledgers;

/// <summary>What a lot of a derivative is worth in least units of the asset it settles in, as fixed at its listing.
/// </summary>
/// <remarks>
/// A change of governed lots does not touch what is held: the terms stay with the listing. Linear contracts settle in
/// micro-dollars of the numeraire, inverse ones in the least units of the coin (METHODOLOGY 1.1). Values are exact
/// ratios of whole numbers, rounded once and up: whoever pays pays the next unit, whoever receives leaves it.
/// </remarks>
public sealed record ContractTerms
{
    // Digits of a lot without its point: products with 18 decimals of a token and 12 of a price stay below 2^128.
    private static readonly Int128 LotWholeMax = 100_000_000;

    // What all lots of an account may be worth at a price of one, so that no settlement of theirs passes 2^100 units:
    // linear at any price, inverse futures at one above 1/16 USD, inverse puts at one above a thousandth of the strike.
    private static readonly UInt128 LinearUnitsMax = UInt128.One << 70;
    private static readonly UInt128 InverseFutureUnitsMax = UInt128.One << 96;
    private static readonly UInt128 InverseOptionUnitsMax = UInt128.One << 90;

    // Value of one lot at price P (pico): linear and options P × factor ÷ divisor, inverse futures factor ÷ P.
    private readonly UInt128 _factor;
    private readonly UInt128 _divisor;

    // Least units in one lot at a price of one: factor ÷ divisor.
    private readonly UInt128 _unitsFactor;
    private readonly UInt128 _unitsDivisor;

    private ContractTerms(Instrument instrument, decimal lotQuantity, AssetId settlementAsset, int decimals)
    {
        Instrument = instrument;
        LotQuantity = lotQuantity;
        SettlementAsset = settlementAsset;
        Decimals = decimals;
        (Int128 lot, int lotDecimals) = DecimalParts.Of(lotQuantity);
        IsInverseFuture = instrument is not VanillaOption && settlementAsset != AssetId.Numeraire;
        int exponent = decimals - lotDecimals + (IsInverseFuture ? PicoPrice.Decimals : -PicoPrice.Decimals);
        (_factor, _divisor) = Ratio(lot, exponent);
        (_unitsFactor, _unitsDivisor) = Ratio(lot, decimals - lotDecimals);
    }

    /// <summary>What is traded; a derivative.</summary>
    public Instrument Instrument { get; }

    /// <summary>Size of a lot in the unit of its quantity: units of underlying, USD for inverse futures; &gt; 0.
    /// </summary>
    public decimal LotQuantity { get; }

    /// <summary>Asset of all its payments.</summary>
    public AssetId SettlementAsset { get; }

    /// <summary>Decimals of the settlement asset.</summary>
    public int Decimals { get; }

    /// <summary>Whether its price is paid when it is traded (an option) and not when it is closed.</summary>
    public bool IsPaidAtOnce => Instrument is VanillaOption;

    /// <summary>Instant of settlement; <c>null</c> for a perpetual.</summary>
    public Timestamp? Expiry => ExpiryOf(Instrument);

    /// <summary>Whether it is a future or perpetual that settles in the coin.</summary>
    internal bool IsInverseFuture { get; }

    /// <summary>Instant at which an instrument settles; <c>null</c> for one that does not.</summary>
    public static Timestamp? ExpiryOf(Instrument instrument) => instrument switch
    {
        VanillaOption option => option.Expiry,
        DatedFuture future => future.Expiry,
        _ => null,
    };

    /// <summary>Asset in which a derivative settles; <c>null</c> for spot.</summary>
    public static AssetId? SettlementAssetOf(Instrument instrument) => instrument switch
    {
        VanillaOption option => Of(option.Settlement, option),
        DatedFuture future => Of(future.Settlement, future),
        Perpetual perpetual => Of(perpetual.Settlement, perpetual),
        Spot => null,
        _ => throw new System.Diagnostics.UnreachableException(instrument.Name),
    };

    /// <summary>Terms of a derivative, or <c>null</c> for a lot that is not positive or has more than eight digits, or
    /// a strike outside the limits of <see cref="PicoPrice"/>.</summary>
    /// <param name="instrument">A derivative.</param>
    /// <param name="lotQuantity">Size of a lot: units of underlying, USD for inverse futures.</param>
    /// <param name="settlementDecimals">Decimals of the settlement asset, in [0, 18].</param>
    /// <exception cref="ArgumentException">The instrument is spot.</exception>
    internal static ContractTerms? Of(Instrument instrument, decimal lotQuantity, int settlementDecimals)
    {
        AssetId asset = SettlementAssetOf(instrument)
            ?? throw new ArgumentException($"{instrument} is not a derivative", nameof(instrument));
        if (lotQuantity is <= 0 or > 100_000_000)
        {
            return null;
        }

        (Int128 whole, int decimals) = DecimalParts.Of(lotQuantity);
        bool isStruckInRange = instrument is not VanillaOption option || PicoPrice.Of(option.StrikeUsd) is not null;
        return whole <= LotWholeMax && decimals <= PicoPrice.Decimals && isStruckInRange
            ? new ContractTerms(instrument, lotQuantity, asset, settlementDecimals)
            : null;
    }

    /// <summary>What an account pays that trades lots at a price; least units, rounded up, negative if it receives.
    /// </summary>
    /// <remarks>Of an inverse future the buyer receives coin (n·c/F) and pays it back when it closes.</remarks>
    /// <param name="lots">Signed lots, positive to buy.</param>
    /// <param name="pricePico">Price, 10⁻¹² of the quoted unit; ≥ 0, for inverse futures &gt; 0.</param>
    /// <returns><c>null</c> if it is 2¹⁰⁰ units or more.</returns>
    internal Int128? PaidUp(Int128 lots, Int128 pricePico)
    {
        UInt128 size = (UInt128)Int128.Abs(lots);
        bool isPaid = lots > 0 != IsInverseFuture;
        return IsInverseFuture
            ? RoundedUp(isPaid, size, _factor, (UInt128)pricePico)
            : RoundedUp(isPaid, size * _factor, (UInt128)pricePico, _divisor);
    }

    /// <summary>What an account pays whose lots settle at an average of the index; least units, rounded up.</summary>
    /// <remarks>A future closes at the average. A call pays max(A − K, 0) USD and a put max(K − A, 0), an inverse
    /// option as much divided by A in coin (METHODOLOGY 1.3).</remarks>
    /// <param name="held">Signed lots held.</param>
    /// <param name="averagePico">Settlement price, 10⁻¹² USD per unit of underlying; &gt; 0.</param>
    /// <returns><c>null</c> if it is 2¹⁰⁰ units or more.</returns>
    internal Int128? SettledUp(Int128 held, Int128 averagePico)
    {
        if (Instrument is not VanillaOption option)
        {
            return PaidUp(-held, averagePico);
        }

        Int128 strike = PicoPrice.OfDecimals(option.StrikeUsd, PicoPrice.Decimals)!.Value; // listed only if so
        Int128 payoff = Int128.Max(0, option.Right == OptionRight.Call ? averagePico - strike : strike - averagePico);
        return option.Settlement == Settlement.Linear
            ? PaidUp(-held, payoff)
            : RoundedUp(
                held < 0, (UInt128)Int128.Abs(held) * _unitsFactor, (UInt128)payoff,
                _unitsDivisor * (UInt128)averagePico);
    }

    /// <summary>Whether lots are few enough for every settlement of theirs to be computed exactly.</summary>
    /// <param name="lots">Signed lots held.</param>
    internal bool Admits(Int128 lots)
    {
        UInt128 most = SettlementAsset == AssetId.Numeraire ? LinearUnitsMax
            : IsInverseFuture ? InverseFutureUnitsMax
            : InverseOptionUnitsMax;
        UInt128 size = (UInt128)Int128.Abs(lots);
        return size <= (UInt128)LedgerLimits.LotsMax
            && WideShare.Down(size, _unitsFactor, _unitsDivisor) is { } units && units <= most;
    }

    /// <summary>Funding that an account pays for one hour; least units of the settlement asset, rounded up, negative if
    /// it receives.</summary>
    /// <param name="lots">Signed lots held.</param>
    /// <param name="ratePico">Rate per hour, 10⁻¹² of the notional; longs pay where it is positive.</param>
    /// <param name="pricePico">Price of the notional, 10⁻¹² USD; &gt; 0.</param>
    /// <returns><c>null</c> if it is 2¹⁰⁰ units or more.</returns>
    internal Int128? FundingUp(Int128 lots, Int128 ratePico, Int128 pricePico)
    {
        UInt128 size = (UInt128)Int128.Abs(lots);
        UInt128 rate = (UInt128)Int128.Abs(ratePico);
        UInt128 one = (UInt128)DecimalParts.PowerOfTen(PicoPrice.Decimals);
        bool isPaid = lots > 0 == ratePico > 0;
        return IsInverseFuture
            ? RoundedUp(isPaid, size * rate, _factor, (UInt128)pricePico * one)
            : RoundedUp(isPaid, size * _factor, (UInt128)pricePico * rate, _divisor * one);
    }

    private static Int128? RoundedUp(bool isPaid, UInt128 left, UInt128 right, UInt128 divisor) => isPaid
        ? (Int128?)WideShare.Up(left, right, divisor)
        : -(Int128?)WideShare.Down(left, right, divisor);

    private static (UInt128 Factor, UInt128 Divisor) Ratio(Int128 lot, int exponent)
    {
        while (exponent < 0 && lot % 10 == 0)
        {
            lot /= 10;
            exponent++;
        }

        return exponent >= 0
            ? ((UInt128)(lot * DecimalParts.PowerOfTen(exponent)), 1)
            : ((UInt128)lot, (UInt128)DecimalParts.PowerOfTen(-exponent));
    }

    private static AssetId Of(Settlement settlement, Instrument instrument) =>
        settlement == Settlement.Linear ? AssetId.Numeraire : instrument.Underlying;
}
