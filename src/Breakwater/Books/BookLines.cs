using Breakwater.Margin;
using Breakwater.Scenarios;

namespace Breakwater.Books;

/// <summary>Lines of a margin in the order in which rules apply (METHODOLOGY 4.3).</summary>
public enum BookLine
{
    /// <summary>The core.</summary>
    Core,

    /// <summary>Multipliers of the core.</summary>
    Multipliers,

    /// <summary>Anti-procyclical buffer.</summary>
    Buffer,

    /// <summary>Cap of offsets between underlyings.</summary>
    Diversification,

    /// <summary>Cost of closing.</summary>
    Liquidity,

    /// <summary>Options at their strike in their last hours.</summary>
    Pin,

    /// <summary>Offsets between spot, perpetual and dated prices.</summary>
    Basis,

    /// <summary>Drift foretold by the order flow.</summary>
    Flow,

    /// <summary>The short-option minimum.</summary>
    ShortOptionMinimum,

    /// <summary>Initial margin above maintenance.</summary>
    MinimumRatio,

    /// <summary>Resting orders: zero here, who has some takes the plain path.</summary>
    OpenOrders,

    /// <summary>Speed limit, signed.</summary>
    Scheduled,
}

/// <summary>What an account's margin comes to; micro-dollars.</summary>
/// <param name="Equity">Equity.</param>
/// <param name="Initial">Initial margin.</param>
/// <param name="Target">Target margin.</param>
/// <param name="Maintenance">Maintenance margin.</param>
/// <param name="RatioMicro">Equity ÷ maintenance in millionths, rounded down; 0 where there is no maintenance margin.
/// </param>
/// <param name="Stage">Stage of the ladder.</param>
public readonly record struct BookTotals(
    long Equity, long Initial, long Target, long Maintenance, long RatioMicro, MarginStage Stage);

/// <summary>Lines of both sides of every account of a book.</summary>
public sealed class BookLines
{
    /// <summary>Lines of one side.</summary>
    public const int LineCount = (int)BookLine.Scheduled + 1;

    private readonly long[] _amounts;
    private readonly BookTotals[] _totals;
    private readonly bool[] _isHere;

    /// <summary>Room for so many accounts.</summary>
    /// <param name="accountCount">Accounts; ≥ 0.</param>
    public BookLines(int accountCount)
    {
        _amounts = new long[2 * LineCount * accountCount];
        _totals = new BookTotals[accountCount];
        _isHere = new bool[accountCount];
    }

    /// <summary>Whether the account's lines are here; if not, the plain margin has to be asked.</summary>
    /// <param name="account">Index of the account.</param>
    public bool IsHere(int account) => _isHere[account];

    /// <summary>[line] amounts of one side, micro-dollars.</summary>
    /// <param name="account">Index of the account.</param>
    /// <param name="horizon">Which side.</param>
    public ReadOnlySpan<long> Amounts(int account, MarginHorizon horizon) => Fill(account, horizon);

    /// <summary>Totals of an account.</summary>
    /// <param name="account">Index of the account.</param>
    public BookTotals Totals(int account) => _totals[account];

    /// <summary>Amounts to fill.</summary>
    internal Span<long> Fill(int account, MarginHorizon horizon) =>
        _amounts.AsSpan(((2 * account) + (int)horizon) * LineCount, LineCount);

    /// <summary>Notes the totals.</summary>
    internal void Note(int account, in BookTotals totals) => (_totals[account], _isHere[account]) = (totals, true);

    /// <summary>Notes that the plain margin has to be asked.</summary>
    internal void NotePlain(int account) => (_totals[account], _isHere[account]) = (default, false);
}
