using Breakwater.Numerics;

namespace Breakwater.Accounts.Ledgers;

/// <summary>The four ways in which cash of a subaccount moves against the ledger's page of the asset.</summary>
/// <remarks>
/// The rule of L9 (docs/adr/0086): a loss is paid first out of the payer's own claim, then out of its tokens, which go
/// to the pool of realised losses, and what is left is owed. A gain is a claim at first, whatever the pool holds.
/// Tokens leave the pool only when a claim is drawn, and never more than are in it, so that no gain is ever paid out
/// of what others deposited. Source of the rule: Drift v2's profit-and-loss pool, made after the loss of May 2022.
/// </remarks>
internal static class CashPosting
{
    /// <summary>Books a signed amount: a gain or a loss.</summary>
    /// <param name="line">The account's cash.</param>
    /// <param name="book">The page of the asset.</param>
    /// <param name="units">Least units, positive to receive.</param>
    internal static (AccountCash Line, AssetBook Book) Book(AccountCash line, AssetBook book, Int128 units) =>
        units < 0 ? Pay(line, book, -units)
        : units == 0 ? (line, book)
        : Moved(line, book, 0, units, 0);

    /// <summary>Adds tokens that came in; a debt is paid first.</summary>
    /// <param name="line">The account's cash.</param>
    /// <param name="book">The page of the asset; what is held has already grown.</param>
    /// <param name="units">Least units; ≥ 0.</param>
    internal static (AccountCash Line, AssetBook Book) Deposit(AccountCash line, AssetBook book, Int128 units)
    {
        Int128 repaid = Int128.Min(Int128.Max(-line.Claim, 0), units);
        return Moved(line, book, units - repaid, repaid, repaid);
    }

    /// <summary>Turns as much of a claim into tokens as realised losses can pay and is needed.</summary>
    /// <param name="line">The account's cash.</param>
    /// <param name="book">The page of the asset.</param>
    /// <param name="units">Tokens needed in all; ≥ 0.</param>
    internal static (AccountCash Line, AssetBook Book) Draw(AccountCash line, AssetBook book, Int128 units)
    {
        Int128 lacking = Int128.Max(0, units - line.Tokens);
        Int128 drawn = Int128.Min(lacking, Int128.Min(Int128.Max(line.Claim, 0), book.RealisedLosses));
        return Moved(line, book, drawn, -drawn, -drawn);
    }

    /// <summary>Takes tokens away that leave the account; there are as many.</summary>
    /// <param name="line">The account's cash.</param>
    /// <param name="book">The page of the asset.</param>
    /// <param name="units">Least units; ≥ 0.</param>
    internal static (AccountCash Line, AssetBook Book) TakeOut(AccountCash line, AssetBook book, Int128 units) =>
        Moved(line, book, -units, 0, 0);

    private static (AccountCash Line, AssetBook Book) Pay(AccountCash line, AssetBook book, Int128 units)
    {
        Int128 ofClaim = Int128.Min(Int128.Max(line.Claim, 0), units);
        Int128 ofTokens = Int128.Min(line.Tokens, units - ofClaim);
        return Moved(line, book, -ofTokens, ofTokens - units, ofTokens);
    }

    private static (AccountCash Line, AssetBook Book) Moved(
        AccountCash line, AssetBook book, Int128 tokens, Int128 claim, Int128 losses)
    {
        AccountCash after = line with { Tokens = line.Tokens + tokens, Claim = line.Claim + claim };
        Check.That(
            after.Tokens >= 0 && (after.Claim >= 0 || after.Tokens == 0),
            $"L9: {after.Tokens} tokens of {after.Asset} beside a claim of {after.Claim}");
        return (after, book with
        {
            AccountTokens = book.AccountTokens + tokens,
            AccountClaims = book.AccountClaims + claim,
            RealisedLosses = book.RealisedLosses + losses,
        });
    }
}
