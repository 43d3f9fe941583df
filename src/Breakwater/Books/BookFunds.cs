using Breakwater.Accounts;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Revaluation;

namespace Breakwater.Books;

/// <summary>What was paid for lots of a linear future or perpetual.</summary>
/// <param name="Row">Row of the risk arrays.</param>
/// <param name="Lots">Signed lots.</param>
/// <param name="PaidMicroUsd">Price, micro-dollars per unit of underlying, rounded down.</param>
/// <param name="PaidRestPico">What the price is above it, 1e-12 USD; in [0, 10⁶).</param>
public readonly record struct BookEntry(int Row, long Lots, long PaidMicroUsd, int PaidRestPico = 0);

/// <summary>What accounts own beside lots, and what multiplies their cores: the rest of what their lines need.
/// </summary>
public sealed class BookFunds
{
    private readonly long[] _cash;
    private readonly long[] _inEffect;
    private readonly int[] _multiplier;
    private readonly int[] _entryFirst;
    private readonly BookEntry[] _entries;
    private readonly LineFraction[] _multipliers;

    internal BookFunds(BookFundsDraft draft)
    {
        _cash = [.. draft.Cash];
        _inEffect = [.. draft.InEffect];
        _multiplier = [.. draft.Multiplier];
        _entryFirst = [.. draft.EntryFirst, draft.Entries.Count];
        _entries = [.. draft.Entries];
        _multipliers = [.. draft.Multipliers];
    }

    /// <summary>Accounts.</summary>
    public int AccountCount => _cash.Length;

    /// <summary>Whether fast lines can hold what the account owns.</summary>
    /// <param name="account">Index of the account.</param>
    public bool IsHere(int account) => _multiplier[account] >= 0;

    /// <summary>The numeraire after haircut, micro-dollars.</summary>
    internal long Cash(int account) => _cash[account];

    /// <summary>MM in effect ÷ computed, nano.</summary>
    internal long InEffectNano(int account) => _inEffect[account];

    /// <summary>m_sys·m_beh·m_ml.</summary>
    internal ref readonly LineFraction Multiplier(int account) => ref _multipliers[_multiplier[account]];

    /// <summary>What was paid.</summary>
    internal ReadOnlySpan<BookEntry> Entries(int account) =>
        _entries.AsSpan(_entryFirst[account].._entryFirst[account + 1]);
}

/// <summary>Collects accounts into <see cref="BookFunds"/>, in the order of their <see cref="BookDraft"/>.</summary>
public sealed class BookFundsDraft
{
    private const int PicoDecimals = 12;
    private const int PicoPerMicro = 1_000_000;

    private readonly Dictionary<decimal, int> _known = [];

    internal List<long> Cash { get; } = [];

    internal List<long> InEffect { get; } = [];

    internal List<int> Multiplier { get; } = [];

    internal List<int> EntryFirst { get; } = [];

    internal List<BookEntry> Entries { get; } = [];

    internal List<LineFraction> Multipliers { get; } = [];

    /// <summary>Adds an account.</summary>
    /// <param name="cashMicroUsd">The numeraire after haircut, micro-dollars; negative where it is owed.</param>
    /// <param name="entries">What it paid for linear futures and perpetuals; none of those entered at the mark.</param>
    /// <param name="context">Multipliers and memory.</param>
    public BookFundsDraft Add(Int128 cashMicroUsd, ReadOnlySpan<BookEntry> entries, MarginContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        MarginMultipliers own = context.Multipliers;
        int multiplier = MultiplierOf(own.System * own.Behaviour * own.Learned);
        bool isHere = Int128.Abs(cashMicroUsd) < LineLimits.EquityMax
            && context.InEffectNano is >= 0 and < LineLimits.NanoMax && entries.Length < LineLimits.HoldingsMax;
        foreach (BookEntry entry in entries)
        {
            isHere &= Math.Abs(entry.Lots) < LineLimits.LotsMax
                && entry.PaidMicroUsd is >= 0 and < LineLimits.EquityMax
                && entry.PaidRestPico is >= 0 and < PicoPerMicro;
        }

        if (!isHere || multiplier < 0) return AddPlain();
        EntryFirst.Add(Entries.Count);
        Entries.AddRange(entries);
        Cash.Add((long)cashMicroUsd);
        InEffect.Add(context.InEffectNano);
        Multiplier.Add(multiplier);
        return this;
    }

    /// <summary>Adds an account that only the plain margin can hold.</summary>
    public BookFundsDraft AddPlain()
    {
        EntryFirst.Add(Entries.Count);
        Cash.Add(0);
        InEffect.Add(0);
        Multiplier.Add(-1);
        return this;
    }

    /// <summary>Adds an account in integers; coin, resting orders and inverse gains make it a matter of the plain
    /// margin.</summary>
    internal BookFundsDraft Add(MarginAccount account, MarginContext context)
    {
        if (!account.Orders.IsEmpty || account.Netted.Collateral.Any(static own => own.Asset != AssetId.Numeraire))
        {
            return AddPlain();
        }

        List<BookEntry> entries = [];
        foreach (Position position in account.Netted.Positions)
        {
            if (!TryAdd(position, account.Arrays, entries)) return AddPlain();
        }

        Int128 cash = 0;
        for (int index = account.Netted.Positions.Length; index < account.Exposures.Length; index++)
        {
            cash += account.Exposures[index].Value;
        }

        return Add(cash, [.. entries], context);
    }

    /// <summary>Adds an account in integers as <see cref="BookDraft.AddAlone"/> does: everything but options at what it
    /// is worth in the market it was made of.</summary>
    internal BookFundsDraft AddAlone(MarginAccount account, MarginContext context)
    {
        if (!account.Orders.IsEmpty) return AddPlain();
        Int128 worth = 0;
        for (int index = 0; index < account.Exposures.Length; index++)
        {
            bool isOption = index < account.Netted.Positions.Length
                && account.Netted.Positions[index].Instrument is VanillaOption;
            worth += isOption ? 0 : account.Exposures[index].Value;
        }

        return Add(worth, [], context);
    }

    /// <summary>The funds.</summary>
    public BookFunds Build() => new(this);

    private static bool TryAdd(Position position, RiskArrays arrays, List<BookEntry> entries)
    {
        if (position.Instrument is Spot) return false;
        bool isLinear = position.Instrument is Perpetual { Settlement: Settlement.Linear }
            or DatedFuture { Settlement: Settlement.Linear };
        foreach (PositionEntry entry in position.Entries)
        {
            if (position.Instrument is VanillaOption || entry.EntryPriceUsd is not { } price) continue;
            (Int128 paid, int decimals) = DecimalParts.Of(price);
            if (!isLinear || decimals > PicoDecimals || Int128.Abs(entry.Lots) >= LineLimits.LotsMax) return false;
            (Int128 micro, Int128 rest) =
                Int128.DivRem(paid * DecimalParts.PowerOfTen(PicoDecimals - decimals), PicoPerMicro);
            if (micro >= LineLimits.EquityMax) return false;
            entries.Add(new BookEntry(
                arrays.IndexOf(position.Instrument), (long)entry.Lots, (long)micro, (int)rest));
        }

        return true;
    }

    private int MultiplierOf(decimal product)
    {
        if (_known.TryGetValue(product, out int index)) return index;
        index = LineFraction.TryOf(product, out LineFraction fraction) ? Multipliers.Count : -1;
        if (index >= 0) Multipliers.Add(fraction);
        _known.Add(product, index);
        return index;
    }
}
