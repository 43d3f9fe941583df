using System.Collections.Immutable;
using Breakwater.Books;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Parameters;
using Breakwater.Revaluation;

namespace Breakwater.Engine;

/// <summary>Accounts that are margined together, one after another in memory.</summary>
internal sealed class BookSection
{
    // Accounts that did not change between two that did are swept with them: a sweep by pieces would read every tile
    // once a piece.
    private const int GapAccounts = 32;

    private readonly List<LiveAccount?> _accounts = [];
    private readonly List<bool> _isMargined = [];
    private ImmutableArray<ImmutableArray<Failure>> _refusals = [];
    private AccountMargin?[] _solo = [];
    private bool[] _isLikely = [];
    private ulong[] _assets = [];
    private bool _isBuilt;

    /// <summary>Accounts, those that have left included.</summary>
    internal int Count => _accounts.Count;

    /// <summary>An account that is here.</summary>
    /// <param name="index">Its index.</param>
    internal LiveAccount this[int index] =>
        _accounts[index] ?? throw new InvalidOperationException($"the account of index {index} has left");

    /// <summary>Sheets of the last build.</summary>
    internal BookSheets? Sheets { get; private set; }

    /// <summary>Adds an account; returns its index.</summary>
    internal int Add(LiveAccount account)
    {
        _accounts.Add(account);
        _isMargined.Add(false);
        _isBuilt = false;
        return _accounts.Count - 1;
    }

    /// <summary>Puts another account in the place of one.</summary>
    internal void Replace(int index, LiveAccount account)
    {
        _accounts[index] = account;
        _isMargined[index] = false;
        _isBuilt = false;
    }

    /// <summary>Lets an account leave: its place is margined on until the section is built anew, and nobody asks.
    /// </summary>
    internal void Leave(int index) => _accounts[index] = null;

    /// <summary>Forgets what was made of rows that are no more.</summary>
    internal void Unbuild() => _isBuilt = false;

    /// <summary>Margins what reads a changed asset, and everything after a change of accounts.</summary>
    /// <param name="tables">The market, loaded.</param>
    /// <param name="scratch">Scratch of this thread.</param>
    /// <param name="changed">Bits of the assets that changed.</param>
    internal void Refresh(BookTables tables, BookScratch scratch, ulong changed)
    {
        if (!_isBuilt)
        {
            Build(tables);
            changed = ulong.MaxValue;
        }

        if (changed == 0 || Sheets is not { } sheets) return;
        sheets.Funding.Recharge(sheets.Holdings, tables.Valuation.Arrays);
        int first = 0;
        while (NextRun(ref first, changed, out int end))
        {
            scratch.Run(tables, sheets, first, end - first);
            for (int index = first; index < end; index++)
            {
                _isLikely[index] = sheets.Lines.IsHere(index)
                    && scratch.IsLiquidationLikely(tables, sheets.Holdings, sheets.Initial, sheets.Lines, index);
            }

            first = end;
        }

        AssessSolo(tables, scratch, sheets, changed);
    }

    /// <summary>Margin of an account; <c>null</c> if it came or changed after the last refresh.</summary>
    internal AccountMargin? Of(int index)
    {
        if (!_isMargined[index]) return null;
        if (!_refusals[index].IsEmpty) return AccountMargin.Refused(_refusals[index]);
        return _solo[index]
            ?? SoloMargin.Of(Sheets!.Lines.Totals(index), _isLikely[index]); // built before anybody asks
    }

    // The next accounts that read something that changed, with small gaps between them.
    private bool NextRun(ref int first, ulong changed, out int end)
    {
        while (first < _assets.Length && (_assets[first] & changed) == 0) first++;
        end = first;
        for (int index = first; index < _assets.Length && index - end < GapAccounts; index++)
        {
            if ((_assets[index] & changed) != 0) end = index + 1;
        }

        return end > first;
    }

    // What the lines of a book do not hold, coin above all, one account after another.
    private void AssessSolo(BookTables tables, BookScratch scratch, BookSheets sheets, ulong changed)
    {
        for (int index = 0; index < _assets.Length; index++)
        {
            if ((_assets[index] & changed) == 0) continue;
            _solo[index] = sheets.Lines.IsHere(index) || !_refusals[index].IsEmpty || _accounts[index] is not { } own
                ? null
                : SoloMargin.OfAdmitted(tables, scratch, own);
        }
    }

    private void Build(BookTables tables)
    {
        (RiskArrays arrays, RiskParameters parameters) = (tables.Valuation.Arrays, tables.Parameters);
        BookDraft draft = new();
        BookFundsDraft funds = new();
        ImmutableArray<Failure>[] refusals = new ImmutableArray<Failure>[_accounts.Count];
        _assets = new ulong[_accounts.Count];
        _isLikely = new bool[_accounts.Count];
        _solo = new AccountMargin?[_accounts.Count];
        for (int index = 0; index < _accounts.Count; index++)
        {
            refusals[index] = _accounts[index] is { } own
                ? MarginAdmission.Check(own.Subaccount, arrays, parameters)
                : [];
            MarginAccount? account = _accounts[index] is { } live && refusals[index].IsEmpty
                ? MarginAccount.Of(live.Subaccount, arrays, parameters, live.Context.Protocol)
                : null;
            Add(draft, funds, account, _accounts[index]);
            // An account of nothing but the numeraire reads no asset, but has to be margined once: bit 63 is also the
            // 64th asset's, which costs work only.
            _assets[index] = _accounts[index]?.AssetsOf(arrays, parameters) ?? 0;
            if (_assets[index] == 0) _assets[index] = 1UL << 63;
            _isMargined[index] = true;
        }

        _refusals = [.. refusals];
        BookHoldings holdings = draft.Build();
        tables.MustHold(holdings);
        Sheets = new BookSheets(
            holdings, funds.Build(), new BookCores(holdings), new BookCores(holdings), new BookLines(_accounts.Count),
            new FundingSheet(holdings, _accounts, arrays));
        _isBuilt = true;
    }

    private static void Add(BookDraft draft, BookFundsDraft funds, MarginAccount? account, LiveAccount? live)
    {
        if (account is null || live is null)
        {
            draft.AddPlain();
            funds.AddPlain();
            return;
        }

        draft.Add(account with
        {
            Exposures =
            [
                .. account.Exposures.Select(static own => own with { FundingMaintenance = 0, FundingInitial = 0 }),
            ],
        });
        funds.Add(account, live.Context);
    }
}
