using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>Lines of METHODOLOGY 4.3 of one account after another: scratch of one thread, made once, used at every
/// tick without allocation.</summary>
/// <remarks>
/// Equal to <c>PortfolioMargin.Assess</c> to the last unit: all of it is whole numbers of 128 bits, rounded where the
/// plain lines round. What is beyond <see cref="LineLimits"/>, or unknown here (resting orders),
/// is left to the plain margin.
/// </remarks>
public sealed class LineSheet
{
    private readonly LineConstants _constants;
    private readonly UnderlyingSheet _sheet;

    /// <summary>Scratch for a market.</summary>
    /// <param name="constants">The market, prepared.</param>
    public LineSheet(LineConstants constants)
    {
        ArgumentNullException.ThrowIfNull(constants);
        _constants = constants;
        _sheet = new UnderlyingSheet(constants);
    }

    /// <summary>Fills the lines of neighbouring accounts.</summary>
    /// <param name="book">Holdings.</param>
    /// <param name="funds">Cash, entries, multipliers; of the same accounts.</param>
    /// <param name="maintenance">Cores of the maintenance horizon.</param>
    /// <param name="initial">Cores of the initial horizon.</param>
    /// <param name="firstAccount">Index of the first account.</param>
    /// <param name="accountCount">How many accounts; ≥ 0.</param>
    /// <param name="results">Filled.</param>
    /// <returns>Accounts that are left to the plain margin.</returns>
    public int Run(
        BookHoldings book, BookFunds funds, BookCores maintenance, BookCores initial, int firstAccount,
        int accountCount, BookLines results)
    {
        ArgumentNullException.ThrowIfNull(book);
        ArgumentNullException.ThrowIfNull(funds);
        ArgumentNullException.ThrowIfNull(maintenance);
        ArgumentNullException.ThrowIfNull(initial);
        ArgumentNullException.ThrowIfNull(results);
        ArgumentOutOfRangeException.ThrowIfNotEqual(funds.AccountCount, book.AccountCount);
        int left = 0;
        for (int account = firstAccount; account < firstAccount + accountCount; account++)
        {
            int slot = book.SlotOf(account);
            bool isHere = _constants.IsHere && book.IsHeldAlone(account) && funds.IsHere(account)
                && maintenance.Bindings[slot] != SlotBinding.Plain && initial.Bindings[slot] != SlotBinding.Plain
                && TrySum(book, account, maintenance.Amounts, initial.Amounts)
                && TryFinish(account, funds, maintenance.Amounts[slot], initial.Amounts[slot], results);
            if (isHere) continue;
            results.NotePlain(account);
            left++;
        }

        return left;
    }

    // Sums over holdings and underlyings.
    private bool TrySum(
        BookHoldings book, int account, ReadOnlySpan<long> maintenance, ReadOnlySpan<long> initial)
    {
        int slot = book.SlotOf(account);
        int firstGroup = book.AccountGroup[account];
        int groups = book.AccountGroup[account + 1] - firstGroup;
        ReadOnlySpan<int> groupFirst = book.GroupFirst.Slice(firstGroup, groups + 1);
        ReadOnlySpan<int> assets = book.AssetsOf(account);
        _sheet.Begin();
        if (groupFirst[^1] - groupFirst[0] >= LineLimits.HoldingsMax) return false;
        for (int group = 0; group < groups; group++)
        {
            int own = groups == 1 ? slot : slot + 1 + group;
            bool isHere = (uint)assets[group] < (uint)_constants.Underlyings.Length
                && _sheet.TryAdd(
                    _constants.Underlyings[assets[group]], book.Holdings[groupFirst[group]..groupFirst[group + 1]],
                    book.CoinSizesOf(firstGroup + group), maintenance[own], initial[own]);
            if (isHere) continue;
            _sheet.Clear();
            return false;
        }

        return true;
    }

    private bool TryFinish(int account, BookFunds funds, long maintenance, long initial, BookLines results)
    {
        LineRates rates = _constants.Rates;
        ref readonly LineFraction others = ref funds.Multiplier(account);
        Span<long> atMaintenance = results.Fill(account, MarginHorizon.Maintenance);
        Span<long> atInitial = results.Fill(account, MarginHorizon.Initial);
        if (!_sheet.TryEquity(funds.Cash(account), funds.Entries(account), out long equity)
            || !_sheet.TryMinimum(out long net, out long gross)
            || !_sheet.Maintenance.TryFill(maintenance, rates, others, atMaintenance)
            || !_sheet.Initial.TryFill(initial, rates, others, atInitial)
            || !LineSums.TryMinimum(net, gross, rates, rates.ShortMaintenance, atMaintenance)
            || !LineSums.TryMinimum(net, gross, rates, rates.ShortInitial, atInitial))
        {
            return false;
        }

        LineSums.AddRules(rates, funds.InEffectNano(account), atMaintenance, atInitial);
        if (!LineSums.TryTotal(rates, equity, atMaintenance, atInitial, out BookTotals totals)) return false;
        results.Note(account, totals);
        return true;
    }
}
