using Breakwater.Instruments;

namespace Breakwater.Accounts.Ledgers;

/// <summary>Applies transitions to a ledger: pure and total.</summary>
public static class LedgerPosting
{
    /// <summary>The ledger after a transition.</summary>
    /// <remarks>
    /// Conserves tokens and claims (L1, L9) and balances lots (L2), checked after each transition; lowers only who is
    /// named or holds what settles (L3). Every amount is rounded once, against the account, and what rounding leaves
    /// goes to <see cref="AssetBook.Residue"/>. Cost: the lines of the subaccounts named; funding and settlement walk
    /// all subaccounts once. Source: docs/methodology/ledger, docs/adr/0085 to 0087.
    /// </remarks>
    /// <param name="ledger">The ledger before; not modified.</param>
    /// <param name="transition">The transition.</param>
    /// <returns>The ledger after, or the first reason why nothing of it was applied.</returns>
    public static Result<Ledger> Apply(Ledger ledger, LedgerTransition transition)
    {
        if (transition.At < ledger.At)
        {
            return Result<Ledger>.Refused(new Failure(
                FailureReason.OutOfOrder, "the transition is earlier than the one before",
                Value: transition.At.ToString(), Limit: $"≥ {ledger.At}"));
        }

        Ledger timed = ledger with { At = transition.At };
        return transition switch
        {
            LedgerTransition.Fill fill => FillPosting.Apply(timed, fill),
            LedgerTransition.Deposit deposit => CustodyPosting.Apply(timed, deposit),
            LedgerTransition.Withdrawal withdrawal => CustodyPosting.Apply(timed, withdrawal),
            LedgerTransition.Transfer transfer => CustodyPosting.Apply(timed, transfer),
            LedgerTransition.FundingPayment funding => FundingPosting.Apply(timed, funding),
            LedgerTransition.Settlement settlement => SettlementPosting.Apply(timed, settlement),
            LedgerTransition.Fee fee => FeePosting.Apply(timed, fee),
            LedgerTransition.InsuranceContribution contribution => FeePosting.Apply(timed, contribution),
            LedgerTransition.LossRealisation realisation => LossPosting.Apply(timed, realisation),
            LedgerTransition.BadDebtRecord record => LossPosting.Apply(timed, record),
            LedgerTransition.LossAllocation allocation => LossPosting.Apply(timed, allocation),
            LedgerTransition.AccountOpening opening => OpeningPosting.Apply(timed, opening),
            LedgerTransition.DelegateGrant grant => OpeningPosting.Apply(timed, grant),
            LedgerTransition.DelegateRevocation revocation => OpeningPosting.Apply(timed, revocation),
            LedgerTransition.AssetAdmission admission => OpeningPosting.Apply(timed, admission),
            LedgerTransition.InstrumentListing listing => OpeningPosting.Apply(timed, listing),
            _ => throw new System.Diagnostics.UnreachableException(transition.ToString()),
        };
    }
}
