using System.Collections.Immutable;
using System.Numerics;
using Breakwater.Accounts;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Margin.AddOns;

/// <summary>One underlying of an account as add-ons see it: net sensitivities in dollars, by strike and by tenor.
/// </summary>
/// <remarks>Positions alone are closed in a liquidation; collateral counts where it hedges (basis, flow).</remarks>
internal sealed class UnderlyingBook
{
    private const int MicroDecimals = 6;
    private const int FemtoDecimals = 15;
    private const int PicoDecimals = 12;

    private readonly SortedDictionary<(Timestamp Expiry, decimal Strike), (FillRange Maintenance, FillRange Initial)>
        _pins = [];

    private readonly SortedDictionary<Timestamp, BigInteger> _deltaByExpiry = [];
    private readonly FillRange[] _vega;
    private BigInteger _deltaSpot;
    private BigInteger _deltaPerpetual;
    private FillRange _deltaPositions;
    private FillRange _deltaAll;
    private FillRange _gamma;

    private UnderlyingBook(AssetTerms terms, UnderlyingParameters governed)
    {
        Terms = terms;
        Governed = governed;
        _vega = new FillRange[terms.Liquidity?.Vega.Length ?? 0];
    }

    /// <summary>Its terms.</summary>
    internal AssetTerms Terms { get; }

    /// <summary>Its governed constants.</summary>
    internal UnderlyingParameters Governed { get; }

    /// <summary>$delta of positions, femto-dollars.</summary>
    internal FillRange DeltaPositions => _deltaPositions;

    /// <summary>$delta of positions and collateral, femto-dollars.</summary>
    internal FillRange DeltaAll => _deltaAll;

    /// <summary>$delta that positions gain over a move of one deviation of a day, femto-dollars.</summary>
    internal FillRange GammaMove => _gamma;

    /// <summary>[bucket] vega, femto-dollars per 1.00 of volatility.</summary>
    internal ReadOnlySpan<FillRange> Vega => _vega;

    /// <summary>$delta of spot and collateral, femto-dollars.</summary>
    internal BigInteger DeltaSpot => _deltaSpot;

    /// <summary>$delta of perpetuals, femto-dollars.</summary>
    internal BigInteger DeltaPerpetual => _deltaPerpetual;

    /// <summary>$delta by expiry, of futures and options, femto-dollars.</summary>
    internal IEnumerable<KeyValuePair<Timestamp, BigInteger>> DeltaByExpiry => _deltaByExpiry;

    /// <summary>Net pin charges by expiry and strike, signed micro-dollars.</summary>
    internal IEnumerable<(FillRange Maintenance, FillRange Initial)> Pins => _pins.Values;

    /// <summary>Books of every underlying of an account, in order of asset.</summary>
    /// <param name="account">The account in integers.</param>
    /// <param name="orders">Exposures of orders that may fill; empty to leave orders out.</param>
    internal static ImmutableArray<UnderlyingBook> Of(MarginAccount account, ImmutableArray<OrderExposure> orders)
    {
        SortedDictionary<AssetId, UnderlyingBook> books = [];
        for (int index = 0; index < account.Netted.Positions.Length; index++)
        {
            Position position = account.Netted.Positions[index];
            BookOf(books, position.Instrument.Underlying, account)
                .Add(position.Instrument, position.Lots, account.Exposures[index], account.Arrays, isOrder: false);
        }

        foreach (OrderExposure order in orders)
        {
            BookOf(books, order.Order.Instrument.Underlying, account)
                .Add(order.Order.Instrument, order.Order.Lots, order.Exposure, account.Arrays, isOrder: true);
        }

        for (int index = account.Netted.Positions.Length; index < account.Exposures.Length; index++)
        {
            AssetId asset = account.UnderlyingOf(index);
            if (asset != AssetId.Numeraire)
            {
                BookOf(books, asset, account).AddCollateral(account.Exposures[index], account.Arrays);
            }
        }

        return [.. books.Values];
    }

    private static UnderlyingBook BookOf(
        SortedDictionary<AssetId, UnderlyingBook> books, AssetId asset, MarginAccount account)
    {
        if (!books.TryGetValue(asset, out UnderlyingBook? book))
        {
            // admission has refused what has no row or is not governed
            book = new UnderlyingBook(account.Arrays.TermsOf(asset)!, account.Parameters.Find(asset)!);
            books.Add(asset, book);
        }

        return book;
    }

    private void Add(Instrument instrument, Int128 lots, Exposure exposure, RiskArrays arrays, bool isOrder)
    {
        (BigInteger delta, BigInteger move) = SizeOf(exposure, arrays);
        Enter(ref _deltaPositions, delta, isOrder);
        Enter(ref _deltaAll, delta, isOrder);
        Enter(ref _gamma, move, isOrder);
        if (instrument is VanillaOption option)
        {
            AddOption(option, lots, ReportLines.GreeksOf(exposure, arrays), arrays, isOrder);
        }

        if (!isOrder)
        {
            AddToGroup(instrument, delta);
        }
    }

    private void AddOption(VanillaOption option, Int128 lots, HoldingGreeks greeks, RiskArrays arrays, bool isOrder)
    {
        if (_vega.Length > 0)
        {
            Enter(ref _vega[BucketOf(option.Expiry)], greeks.Vega.Units * (BigInteger)Femto.PerMicro, isOrder);
        }

        RiskRow row = arrays.Rows[arrays.IndexOf(option)];
        if (row.PinMaintenanceMicroUsd > 0 || row.PinInitialMicroUsd > 0)
        {
            (FillRange maintenance, FillRange initial) = _pins.GetValueOrDefault((option.Expiry, option.StrikeUsd));
            Enter(ref maintenance, lots * row.PinMaintenanceMicroUsd, isOrder);
            Enter(ref initial, lots * row.PinInitialMicroUsd, isOrder);
            _pins[(option.Expiry, option.StrikeUsd)] = (maintenance, initial);
        }
    }

    private int BucketOf(Timestamp expiry)
    {
        ImmutableArray<VegaTerms> buckets = Terms.Liquidity!.Vega; // there are buckets
        int bucket = 0;
        while (bucket < buckets.Length - 1 && buckets[bucket].Until < expiry)
        {
            bucket++;
        }

        return bucket;
    }

    private void AddToGroup(Instrument instrument, BigInteger delta)
    {
        switch (instrument)
        {
            case Spot:
                _deltaSpot += delta;
                break;
            case Perpetual:
                _deltaPerpetual += delta;
                break;
            case DatedFuture future:
                _deltaByExpiry[future.Expiry] = _deltaByExpiry.GetValueOrDefault(future.Expiry) + delta;
                break;
            case VanillaOption option:
                _deltaByExpiry[option.Expiry] = _deltaByExpiry.GetValueOrDefault(option.Expiry) + delta;
                break;
            default:
                throw new System.Diagnostics.UnreachableException(instrument.Name);
        }
    }

    private void AddCollateral(Exposure exposure, RiskArrays arrays)
    {
        // at its own price: what is pegged to an underlying need not be worth as much
        BigInteger delta = CollateralDelta(exposure.Legs[0], arrays);
        _deltaSpot += delta;
        _deltaAll = _deltaAll.Hold(delta);
    }

    // $delta and $gamma over one deviation of a day, femto-dollars, rounded towards zero.
    private (BigInteger Delta, BigInteger GammaMove) SizeOf(Exposure exposure, RiskArrays arrays)
    {
        BigInteger delta = 0;
        BigInteger move = 0;
        foreach (ExposureLeg leg in exposure.Legs)
        {
            (BigInteger ofLeg, BigInteger moveOfLeg) = SizeOf(leg, arrays, Terms.IndexMicroUsd);
            delta += ofLeg;
            move += moveOfLeg;
        }

        return (delta, move);
    }

    /// <summary>$delta and $gamma over one deviation of a day of one leg, femto-dollars, rounded towards zero.
    /// </summary>
    /// <param name="leg">The leg of a position.</param>
    /// <param name="arrays">Sizes of its row.</param>
    /// <param name="indexMicroUsd">Index of its underlying, micro-dollars.</param>
    internal static (BigInteger Delta, BigInteger GammaMove) SizeOf(
        in ExposureLeg leg, RiskArrays arrays, long indexMicroUsd)
    {
        ClosingSize unit = arrays.Rows[leg.RowIndex].Closing;
        BigInteger scale = BigInteger.Pow(10, leg.Decimals + PicoDecimals + MicroDecimals - FemtoDecimals);
        BigInteger holding = (BigInteger)leg.Down * indexMicroUsd;
        return (holding * unit.DeltaPico / scale, holding * unit.GammaMovePico / scale);
    }

    /// <summary>$delta of collateral, femto-dollars, rounded towards zero.</summary>
    /// <param name="leg">Its leg.</param>
    /// <param name="arrays">Price of its row.</param>
    internal static BigInteger CollateralDelta(in ExposureLeg leg, RiskArrays arrays) =>
        (BigInteger)leg.Down * arrays.Rows[leg.RowIndex].MarkPriceMicroUsd * Femto.PerMicro
        / BigInteger.Pow(10, leg.Decimals);

    private static void Enter(ref FillRange range, BigInteger amount, bool isOrder) =>
        range = isOrder ? range.Order(amount) : range.Hold(amount);
}
