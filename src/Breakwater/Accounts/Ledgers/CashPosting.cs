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
    internal static (AccountCash Line, AssetBook Book) Book(AccountCash line, AssetBook book, Int128 units)
    {
        CashMove move = MoveOf(line, units);
        return (move.Of(line), move.Of(book));
    }

    /// <summary>What a signed amount moves: it does not depend on the page.</summary>
    /// <param name="line">The account's cash.</param>
    /// <param name="units">Least units, positive to receive.</param>
    internal static CashMove MoveOf(AccountCash line, Int128 units)
    {
        if (units >= 0)
        {
            return new CashMove(0, units, 0);
        }

        Int128 ofClaim = Int128.Min(Int128.Max(line.Claim, 0), -units);
        Int128 ofTokens = Int128.Min(line.Tokens, -units - ofClaim);
        return new CashMove(-ofTokens, ofTokens + units, ofTokens);
    }

    /// <summary>Adds tokens that came in; a debt is paid first.</summary>
    /// <param name="line">The account's cash.</param>
    /// <param name="book">The page of the asset; what is held has already grown.</param>
    /// <param name="units">Least units; ≥ 0.</param>
    internal static (AccountCash Line, AssetBook Book) Deposit(AccountCash line, AssetBook book, Int128 units)
    {
        Int128 repaid = Int128.Min(Int128.Max(-line.Claim, 0), units);
        CashMove move = new(units - repaid, repaid, repaid);
        return (move.Of(line), move.Of(book));
    }

    /// <summary>Turns as much of a claim into tokens as realised losses can pay and is needed.</summary>
    /// <param name="line">The account's cash.</param>
    /// <param name="book">The page of the asset.</param>
    /// <param name="units">Tokens needed in all; ≥ 0.</param>
    internal static (AccountCash Line, AssetBook Book) Draw(AccountCash line, AssetBook book, Int128 units)
    {
        Int128 lacking = Int128.Max(0, units - line.Tokens);
        Int128 drawn = Int128.Min(lacking, Int128.Min(Int128.Max(line.Claim, 0), book.RealisedLosses));
        CashMove move = new(drawn, -drawn, -drawn);
        return (move.Of(line), move.Of(book));
    }

    /// <summary>Takes tokens away that leave the account; there are as many.</summary>
    /// <param name="line">The account's cash.</param>
    /// <param name="book">The page of the asset.</param>
    /// <param name="units">Least units; ≥ 0.</param>
    internal static (AccountCash Line, AssetBook Book) TakeOut(AccountCash line, AssetBook book, Int128 units)
    {
        CashMove move = new(-units, 0, 0);
        return (move.Of(line), move.Of(book));
    }
}

/// <summary>How cash of one account moves, least units; <c>default</c> moves nothing.</summary>
/// <param name="Tokens">Change of its tokens.</param>
/// <param name="Claim">Change of its claim.</param>
/// <param name="Losses">Change of the pool of realised losses.</param>
internal readonly record struct CashMove(Int128 Tokens, Int128 Claim, Int128 Losses)
{
    /// <summary>The account's cash after the move.</summary>
    internal AccountCash Of(AccountCash line)
    {
        AccountCash after = line with { Tokens = line.Tokens + Tokens, Claim = line.Claim + Claim };
        CheckBacked(after);
        return after;
    }

    /// <summary>The page after the move.</summary>
    internal AssetBook Of(AssetBook book) => book with
    {
        AccountTokens = book.AccountTokens + Tokens,
        AccountClaims = book.AccountClaims + Claim,
        RealisedLosses = book.RealisedLosses + Losses,
    };

    /// <summary>States L9 of an account: who owes has no tokens.</summary>
    /// <exception cref="InvalidOperationException">A debt stands beside tokens: a mistake in this code.</exception>
    internal static void CheckBacked(AccountCash line) => Check.That(
        line.Tokens >= 0 && (line.Claim >= 0 || line.Tokens == 0),
        $"L9: {line.Tokens} tokens of {line.Asset} beside a claim of {line.Claim}");
}
