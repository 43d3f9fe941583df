using System.Collections.Immutable;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Margin;
using Breakwater.Markets;

namespace Breakwater.Engine;

/// <summary>What follows from an event for the world outside: the host performs it, the engine never looks back. A
/// closed hierarchy.</summary>
public abstract record Effect
{
    private Effect()
    {
    }

    /// <summary>A command was decided: now, or before under the same name.</summary>
    /// <param name="CommandId">Its name.</param>
    /// <param name="Sequence">Sequence of the event that decided it.</param>
    /// <param name="Refusal">Why it was refused; <c>null</c> if it took effect.</param>
    /// <param name="IsRepeat">Whether the name was known: nothing happened this time.</param>
    public sealed record CommandDecided(string CommandId, long Sequence, Failure? Refusal, bool IsRepeat) : Effect;

    /// <summary>An event that is no command was refused; the state is as before.</summary>
    /// <param name="Refusal">Why.</param>
    public sealed record EventRefused(Failure Refusal) : Effect;

    /// <summary>The engine itself moved the ledger: funding of an hour, settlement of an expiry.</summary>
    /// <param name="Transition">What was posted.</param>
    /// <param name="Refusal">Why it could not be; <c>null</c> if it was.</param>
    public sealed record Posted(LedgerTransition Transition, Failure? Refusal) : Effect;

    /// <summary>A market was valued.</summary>
    /// <param name="At">The instant it was valued as of.</param>
    /// <param name="Redone">What had to be done.</param>
    public sealed record MarketValued(Timestamp At, StageCounts Redone) : Effect;

    /// <summary>The market could not be valued; what was valued last stays in force.</summary>
    /// <param name="Reasons">Why.</param>
    public sealed record MarketUnusable(ImmutableArray<Failure> Reasons) : Effect;

    /// <summary>What may be done in a market changed.</summary>
    /// <param name="Asset">The underlying.</param>
    /// <param name="From">What could be done before.</param>
    /// <param name="To">What can be done now.</param>
    public sealed record ModeChanged(AssetId Asset, MarketMode From, MarketMode To) : Effect;

    /// <summary>A subaccount moved on the ladder of METHODOLOGY 6.1.</summary>
    /// <param name="Account">The subaccount.</param>
    /// <param name="From">Stage before.</param>
    /// <param name="To">Stage now.</param>
    /// <param name="Standing">Its margin in effect.</param>
    public sealed record StageChanged(string Account, MarginStage From, MarginStage To, AccountStanding Standing)
        : Effect;

    /// <summary>A report was made.</summary>
    /// <param name="CommandId">Who asked.</param>
    /// <param name="Report">The report, with the digests of everything it was made of.</param>
    public sealed record ReportMade(string CommandId, Attestation.AttestationReport Report) : Effect;
}
