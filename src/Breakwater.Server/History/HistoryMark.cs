using System.Globalization;
using Breakwater.Accounts.Ledgers;
using Breakwater.Engine;
using Breakwater.Instruments;
using Breakwater.Margin;

namespace Breakwater.Server.History;

/// <summary>A command about a subaccount, decided, or what the engine itself posted to it.</summary>
/// <param name="Sequence">Event that decided it.</param>
/// <param name="At">When.</param>
/// <param name="Kind">What was asked for, as clients name it; <c>funding</c> or <c>settlement</c>.</param>
/// <param name="Subject">Instrument or asset; empty where there is none.</param>
/// <param name="Quantity">What the subaccount gets, negative what it gives: decimal text, units of the instrument or
/// asset, of funding those of what the instrument settles in; <c>null</c> where nothing moves, or the ledger knows no
/// unit of it.</param>
/// <param name="Price">Price as the instrument is quoted, decimal text; of funding and settlement USD per unit of the
/// underlying; <c>null</c> where there is none.</param>
/// <param name="Refusal">Why nothing happened; <c>null</c> if it took effect.</param>
internal sealed record HistoryMark(
    long Sequence, Timestamp At, string Kind, string Subject, string? Quantity, string? Price, string? Refusal)
{
    /// <summary>Marks of a command, with the subaccounts they are of: two where two take part, else one or none.
    /// </summary>
    /// <param name="decided">The command.</param>
    internal static IEnumerable<(string Account, HistoryMark Mark)> Of(DecidedCommand decided)
    {
        HistoryMark Made(string kind, string subject = "", Int128? count = null, decimal? price = null) => new(
            decided.Sequence, decided.Transition.At, kind, subject, Told(count, decided.Unit),
            price?.ToString(CultureInfo.InvariantCulture), decided.Refusal?.Reason.ToString());

        switch (decided.Transition)
        {
            case LedgerTransition.Fill own:
                yield return (own.Buyer.Account, Made("fill", own.Instrument.Name, own.Lots, own.Price));
                yield return (own.Seller.Account, Made("fill", own.Instrument.Name, -own.Lots, own.Price));
                break;
            case LedgerTransition.Deposit own:
                yield return (own.Account, Made("deposit", own.Asset.Name, own.Units));
                break;
            case LedgerTransition.Withdrawal own:
                yield return (own.Account, Made("withdraw", own.Asset.Name, -own.Units));
                break;
            case LedgerTransition.Transfer own:
                yield return (own.From, Made("transfer", own.Asset.Name, -own.Units));
                yield return (own.To, Made("transfer", own.Asset.Name, own.Units));
                break;
            case LedgerTransition.Fee own:
                yield return (own.Account, Made("fee", own.Asset.Name, -own.Units));
                break;
            case LedgerTransition.AccountOpening own:
                yield return (own.Account, Made("openSubaccount"));
                break;
            default:
                break; // about nobody's holdings, or no command of clients
        }
    }

    private static string? Told(Int128? count, FixedDecimal? unit) => count is { } own && unit is { } known
        ? new FixedDecimal(own * known.Units, known.Decimals).Shortest().ToString()
        : null;
}

/// <summary>A command of the ledger with what became of it.</summary>
/// <param name="Sequence">Event that decided it.</param>
/// <param name="Transition">What was asked for.</param>
/// <param name="Unit">Size of a lot or least unit of what it moves; <c>null</c> if the ledger does not know it.</param>
/// <param name="Refusal">Why nothing happened; <c>null</c> if it took effect.</param>
internal sealed record DecidedCommand(
    long Sequence, LedgerTransition Transition, FixedDecimal? Unit, Failure? Refusal) : IHistoryEntry
{
    /// <inheritdoc/>
    public IEnumerable<(string Account, HistoryMark Mark)> Marks() => HistoryMark.Of(this);

    /// <summary>A command as it was decided.</summary>
    /// <param name="command">The command.</param>
    /// <param name="state">The state after it.</param>
    /// <param name="refusal">Why nothing happened; <c>null</c> if it took effect.</param>
    internal static DecidedCommand Of(RiskEvent.LedgerCommand command, RiskState state, Failure? refusal) => new(
        state.Sequence, command.Transition, UnitOf(command.Transition, state.Ledger), refusal);

    private static FixedDecimal? UnitOf(LedgerTransition transition, Ledger ledger) => transition switch
    {
        LedgerTransition.Fill { Instrument: Spot spot } => UnitOf(spot.Underlying, ledger),
        LedgerTransition.Fill own => ledger.Find(own.Instrument) is { } page
            ? FixedDecimal.Of(page.Terms.LotQuantity)
            : null,
        LedgerTransition.Deposit own => UnitOf(own.Asset, ledger),
        LedgerTransition.Withdrawal own => UnitOf(own.Asset, ledger),
        LedgerTransition.Transfer own => UnitOf(own.Asset, ledger),
        LedgerTransition.Fee own => UnitOf(own.Asset, ledger),
        _ => null,
    };

    private static FixedDecimal? UnitOf(AssetId asset, Ledger ledger) =>
        ledger.Find(asset) is { } book ? new FixedDecimal(1, book.Decimals) : null;
}
