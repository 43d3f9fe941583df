using System.Numerics;

namespace Breakwater.Books;

/// <summary>Sums over the holdings of one account, underlying by underlying: <c>UnderlyingBook</c> without allocation.
/// </summary>
internal sealed class UnderlyingSheet
{
    private const int GroupsMax = 64; // expiries and tenors: one bit each

    private readonly LineConstants _constants;
    private readonly Int128[] _deltaByExpiry = new Int128[GroupsMax];
    private readonly Int128[] _vega = new Int128[GroupsMax];
    private readonly Int128[] _minimum = new Int128[2 * GroupsMax];
    private readonly Int128[] _pinMaintenance;
    private readonly Int128[] _pinInitial;
    private readonly int[] _pins; // those touched
    private BasisSheet _basis = new(GroupsMax);
    private int _pinCount;
    private ulong _expiries; // those touched, of deltas and of minimum
    private ulong _tenors;
    private Int128 _delta;
    private Int128 _gamma;
    private Int128 _perpetual;
    private Int128 _spot; // coin: debts and collateral
    private Int128 _collateral;
    private Int128 _value;
    private Int128 _net;
    private Int128 _gross;

    /// <summary>Scratch for a market.</summary>
    /// <param name="constants">The market, prepared.</param>
    internal UnderlyingSheet(LineConstants constants)
    {
        _constants = constants;
        _pinMaintenance = new Int128[constants.PinCount];
        _pinInitial = new Int128[constants.PinCount];
        _pins = new int[constants.PinCount];
    }

    /// <summary>Sums of the maintenance side.</summary>
    internal SideSheet Maintenance;

    /// <summary>Sums of the initial side.</summary>
    internal SideSheet Initial;

    /// <summary>Begins an account.</summary>
    internal void Begin()
    {
        (Maintenance, Initial) = (default, default);
        (_value, _net, _gross) = (0, 0, 0);
    }

    /// <summary>Forgets what an account left that could not be held.</summary>
    internal void Clear()
    {
        Array.Clear(_deltaByExpiry);
        Array.Clear(_vega);
        Array.Clear(_minimum);
        Array.Clear(_pinMaintenance);
        Array.Clear(_pinInitial);
        (_pinCount, _expiries, _tenors) = (0, 0, 0);
    }

    /// <summary>Tries to add what an account holds in one underlying.</summary>
    /// <param name="underlying">Its constants.</param>
    /// <param name="holdings">Its holdings.</param>
    /// <param name="coins">Its coin.</param>
    /// <param name="coreMaintenance">Its core, micro-dollars.</param>
    /// <param name="coreInitial">Its core at the initial horizon, micro-dollars.</param>
    internal bool TryAdd(
        UnderlyingConstants underlying, ReadOnlySpan<Holding> holdings, ReadOnlySpan<CoinSize> coins,
        long coreMaintenance, long coreInitial)
    {
        (_delta, _gamma, _perpetual, _spot, _collateral) = (0, 0, 0, 0, 0);
        if (!underlying.IsHere || coreMaintenance is < 0 or >= LineLimits.PartMax
            || coreInitial is < 0 or >= LineLimits.PartMax || !TryHold(holdings))
        {
            return false;
        }

        foreach (ref readonly CoinSize coin in coins) Hold(coin);

        Maintenance.AddCore(coreMaintenance, underlying);
        Initial.AddCore(coreInitial, underlying);
        UInt128 size = unchecked(LineLimits.Magnitude(_delta) + (LineLimits.Magnitude(_gamma) >> 1));
        if (size >= LineLimits.SizeMax || !TryClose(underlying.Closing, size, coreMaintenance, coreInitial)
            || !TryBasis(underlying))
        {
            return false;
        }

        AddFlow(underlying);
        AddMinimum();
        AddPins();
        _expiries = 0;
        return true;
    }

    /// <summary>Tries to sum equity.</summary>
    /// <param name="cash">The numeraire after haircut, micro-dollars.</param>
    /// <param name="entries">What was paid.</param>
    /// <param name="equity">Equity, micro-dollars.</param>
    internal bool TryEquity(long cash, ReadOnlySpan<BookEntry> entries, out long equity)
    {
        Int128 value = _value + cash;
        bool isHere = true;
        foreach (ref readonly BookEntry entry in entries)
        {
            ref readonly GainConstants gain = ref _constants.Gains[entry.Row];
            isHere &= gain.IsHere;
            value += gain.Down(entry);
        }

        isHere &= value < LineLimits.EquityMax && value > -LineLimits.EquityMax;
        equity = isHere ? (long)value : 0;
        return isHere;
    }

    /// <summary>Tries to read n·S of short options after spreads and before, micro-dollars.</summary>
    internal bool TryMinimum(out long net, out long gross)
    {
        bool isHere = _gross < LineLimits.EquityMax; // net is not above it
        (net, gross) = isHere ? ((long)_net, (long)_gross) : (0, 0);
        return isHere;
    }

    // Sums of 2^10 terms of 2^44 lots × 2^72.
    private bool TryHold(ReadOnlySpan<Holding> holdings)
    {
        ReadOnlySpan<RowConstants> rows = _constants.Rows;
        (Int128 all, Int128 moves, Int128 value) = ((Int128)0, (Int128)0, _value);
        unchecked
        {
            foreach (ref readonly Holding holding in holdings)
            {
                ref readonly RowConstants row = ref rows[holding.Row];
                if (!row.IsHere || Math.Abs(holding.Minus) >= LineLimits.LotsMax) return false;
                long lots = -(long)holding.Minus;
                Int128 delta = row.Delta.Times(lots);
                all += delta;
                moves += row.GammaMove.Times(lots);
                if (row.Expiry < 0)
                {
                    _perpetual += delta;
                    continue;
                }

                _deltaByExpiry[row.Expiry] += delta;
                _expiries |= 1UL << row.Expiry;
                if (row.Right < 0) continue;
                value += Math.BigMul(lots, lots >= 0 ? row.MarkDownMicroUsd : row.MarkUpMicroUsd);
                HoldOption(row, lots);
            }
        }

        (_delta, _gamma, _value) = (all, moves, value);
        return true;
    }

    // 2^10 legs of 2^90: coin of itself is spot, what an inverse contract earned moves with its price.
    private void Hold(in CoinSize coin)
    {
        int expiry = coin.ContractRow < 0 ? -1 : _constants.Rows[coin.ContractRow].Expiry;
        unchecked
        {
            if (coin.IsCollateral) _collateral += coin.DeltaFemto;
            else (_delta, _gamma) = (_delta + coin.DeltaFemto, _gamma + coin.MoveFemto);
            if (coin.ContractRow < 0) _spot += coin.DeltaFemto;
            else if (expiry < 0) _perpetual += coin.DeltaFemto;
            else _deltaByExpiry[expiry] += coin.DeltaFemto; // its lots have set the bit
        }
    }

    private void HoldOption(in RowConstants row, long lots)
    {
        unchecked // 2^44 lots × 2^50
        {
            Int128 minimum = Math.BigMul(lots, row.MinimumMicroUsd);
            _minimum[row.Right] += minimum;
            if (minimum < 0) _gross -= minimum;
            if (row.Bucket >= 0)
            {
                _vega[row.Bucket] += Math.BigMul(lots, row.VegaMicroUsd);
                _tenors |= 1UL << row.Bucket;
            }

            if (row.Pin >= 0) HoldPin(row, lots);
        }
    }

    private void HoldPin(in RowConstants row, long lots)
    {
        bool isKnown = _pins.AsSpan(0, _pinCount).Contains(row.Pin);
        if (!isKnown) _pins[_pinCount++] = row.Pin;
        _pinMaintenance[row.Pin] += Math.BigMul(lots, row.PinMaintenanceMicroUsd);
        _pinInitial[row.Pin] += Math.BigMul(lots, row.PinInitialMicroUsd);
    }

    // LiquidityCharge
    private bool TryClose(ClosingConstants? closing, UInt128 size, long coreMaintenance, long coreInitial)
    {
        if (closing is null)
        {
            return true;
        }

        if (!closing.TryImpact(size, out UInt128 sum)
            || !closing.TryHorizon(size, coreMaintenance, out UInt128 maintenance)
            || !closing.TryHorizon(size, coreInitial, out UInt128 initial))
        {
            return false;
        }

        for (; _tenors != 0; _tenors &= _tenors - 1)
        {
            int tenor = BitOperations.TrailingZeroCount(_tenors);
            UInt128 vega = LineLimits.Magnitude(_vega[tenor]);
            if (vega >= LineLimits.VegaMax || !closing.TryVega(tenor, (ulong)vega, out UInt128 charge)) return false;
            sum = unchecked(sum + charge);
            _vega[tenor] = 0;
        }

        unchecked // parts below 2^95
        {
            Maintenance.Liquidity += sum + maintenance;
            Initial.Liquidity += sum + initial;
        }

        return true;
    }

    // FlowCharge
    private void AddFlow(UnderlyingConstants underlying)
    {
        Maintenance.Flow = unchecked(Maintenance.Flow + Against(underlying.DriftMaintenanceNano)); // below 2^85
        Initial.Flow = unchecked(Initial.Flow + Against(underlying.DriftInitialNano));
    }

    private UInt128 Against(long drift)
    {
        Int128 delta = unchecked(_delta + _collateral); // 2^100
        bool isAgainst = drift < 0 ? delta > 0 : drift > 0 && delta < 0;
        return isAgainst ? LineNano.Times(LineLimits.Magnitude(delta), (ulong)Math.Abs(drift)) : 0;
    }

    // BasisFloor
    private bool TryBasis(UnderlyingConstants underlying)
    {
        if (!_basis.TrySum(
            _spot, _perpetual, _deltaByExpiry, _expiries, _constants.Rates, out UInt128 daily))
        {
            return false;
        }

        for (ulong left = _expiries; left != 0; left &= left - 1)
        {
            _deltaByExpiry[BitOperations.TrailingZeroCount(left)] = 0;
        }

        if (daily == 0) return true;
        unchecked // 2^90 × 2^32 ÷ 2^30
        {
            Maintenance.Basis += LineNano.Times(daily, underlying.RootMaintenance);
            Initial.Basis += LineNano.Times(daily, underlying.RootInitial);
        }

        return true;
    }

    // ShortOptionMinimum
    private void AddMinimum()
    {
        for (ulong left = _expiries; left != 0; left &= left - 1)
        {
            int put = 2 * BitOperations.TrailingZeroCount(left);
            AddMinimum(ref _minimum[put]);
            AddMinimum(ref _minimum[put + 1]);
        }
    }

    private void AddMinimum(ref Int128 basis)
    {
        if (basis < 0) _net = unchecked(_net - basis); // 2^104
        basis = 0;
    }

    // PinCharge
    private void AddPins()
    {
        for (; _pinCount > 0; _pinCount--)
        {
            int pin = _pins[_pinCount - 1];
            Maintenance.Pin += LineLimits.Magnitude(_pinMaintenance[pin]);
            Initial.Pin += LineLimits.Magnitude(_pinInitial[pin]);
            (_pinMaintenance[pin], _pinInitial[pin]) = (0, 0);
        }
    }
}
