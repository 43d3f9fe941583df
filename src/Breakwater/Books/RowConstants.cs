using System.Numerics;
using Breakwater.Instruments;
using Breakwater.Revaluation;

namespace Breakwater.Books;

/// <summary>$ per lot in units of 1e-18 USD, split so that a lot is worth <see cref="Whole"/> femto-dollars and
/// <see cref="Rest"/> thousandths of one, both of one sign.</summary>
/// <param name="Whole">Femto-dollars, rounded towards zero.</param>
/// <param name="Rest">Thousandths of a femto-dollar; magnitude below 1000.</param>
internal readonly record struct LotDollars(Int128 Whole, int Rest)
{
    private const long Thousand = 1000;

    /// <summary>Splits a product of index and sensitivity.</summary>
    /// <param name="index">Index, micro-dollars.</param>
    /// <param name="pico">Sensitivity of one lot, 1e-12.</param>
    /// <param name="dollars">The split.</param>
    /// <returns>Whether it is below the limit.</returns>
    internal static bool TryOf(long index, Int128 pico, out LotDollars dollars)
    {
        BigInteger product = (BigInteger)index * pico;
        bool isHere = product.GetBitLength() <= LineLimits.LotBits;
        dollars = isHere ? new LotDollars((Int128)(product / Thousand), (int)(product % Thousand)) : default;
        return isHere;
    }

    /// <summary>Femto-dollars of so many lots, rounded towards zero.</summary>
    /// <param name="lots">Signed lots, below the limit of an account.</param>
    internal Int128 Times(long lots) => unchecked( // 2^44 lots of 2^72
        LineLimits.Product(lots, Whole) + (lots * Rest / Thousand));
}

/// <summary>Where a row stands among those of its underlying.</summary>
/// <param name="Expiry">Index of its expiry; −1 if it has none.</param>
/// <param name="Bucket">Tenor of vega of that expiry; −1 where there is none.</param>
/// <param name="Pin">Index of its strike and expiry among those that pin; −1 of all else.</param>
internal readonly record struct RowPlace(int Expiry, int Bucket, int Pin);

/// <summary>What one lot of a row adds to the lines of a margin: made once per market.</summary>
internal readonly record struct RowConstants
{
    /// <summary>$delta that a liquidation closes.</summary>
    internal LotDollars Delta { get; init; }

    /// <summary>$delta gained over a move of one deviation of a day.</summary>
    internal LotDollars GammaMove { get; init; }

    /// <summary>Vega, micro-dollars per 1.00.</summary>
    internal long VegaMicroUsd { get; init; }

    /// <summary>n·S of the short-option minimum, micro-dollars.</summary>
    internal long MinimumMicroUsd { get; init; }

    /// <summary>Value of a long lot, micro-dollars.</summary>
    internal long MarkDownMicroUsd { get; init; }

    /// <summary>Value of a short lot, micro-dollars.</summary>
    internal long MarkUpMicroUsd { get; init; }

    /// <summary>Index among the expiries of the underlying; −1 of a perpetual.</summary>
    internal int Expiry { get; init; }

    /// <summary>Group of the short-option minimum: expiry and right; −1 unless an option.</summary>
    internal int Right { get; init; }

    /// <summary>Tenor of its vega; −1 where there is none.</summary>
    internal int Bucket { get; init; }

    /// <summary>Index of its strike among those that pin; −1 of all else.</summary>
    internal int Pin { get; init; }

    /// <summary>Pin charge of a lot, micro-dollars, maintenance.</summary>
    internal long PinMaintenanceMicroUsd { get; init; }

    /// <summary>Pin charge of a lot, micro-dollars, initial.</summary>
    internal long PinInitialMicroUsd { get; init; }

    /// <summary>Whether the lines know it: not spot, and below the limits.</summary>
    internal bool IsHere { get; init; }

    /// <summary>Constants of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="index">Index of its underlying, micro-dollars.</param>
    /// <param name="place">Where it stands among the rows of its underlying.</param>
    internal static RowConstants Of(RiskRow row, long index, RowPlace place)
    {
        bool isHere = LotDollars.TryOf(index, row.Closing.DeltaPico, out LotDollars delta)
            & LotDollars.TryOf(index, row.Closing.GammaMovePico, out LotDollars move)
            & Int128.Abs(row.Greeks.VegaMicroUsd) < LineLimits.LotMicroUsdMax
            & Math.Abs(row.MinimumBaseMicroUsd) < LineLimits.LotMicroUsdMax
            & Math.Abs(row.MarkValueDownMicroUsd) < LineLimits.LotMicroUsdMax
            & Math.Abs(row.MarkValueUpMicroUsd) < LineLimits.LotMicroUsdMax
            & Math.Abs(row.PinMaintenanceMicroUsd) < LineLimits.LotMicroUsdMax
            & Math.Abs(row.PinInitialMicroUsd) < LineLimits.LotMicroUsdMax;
        if (!isHere || row.Instrument is Spot) return default;
        VanillaOption? option = row.Instrument as VanillaOption;
        return new RowConstants
        {
            Delta = delta,
            GammaMove = move,
            VegaMicroUsd = option is null ? 0 : (long)row.Greeks.VegaMicroUsd,
            MinimumMicroUsd = option is null ? 0 : row.MinimumBaseMicroUsd,
            MarkDownMicroUsd = option is null ? 0 : row.MarkValueDownMicroUsd,
            MarkUpMicroUsd = option is null ? 0 : row.MarkValueUpMicroUsd,
            Expiry = place.Expiry,
            Right = option is null ? -1 : (2 * place.Expiry) + (option.Right == OptionRight.Call ? 1 : 0),
            Bucket = option is null ? -1 : place.Bucket,
            Pin = place.Pin,
            PinMaintenanceMicroUsd = row.PinMaintenanceMicroUsd,
            PinInitialMicroUsd = row.PinInitialMicroUsd,
            IsHere = true,
        };
    }
}
