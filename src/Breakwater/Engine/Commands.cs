using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Engine;

/// <summary>Carries out commands: the ledger says what can be, <see cref="MarginGate"/> what may be.</summary>
internal static class Commands
{
    /// <summary>Posts a transition of the ledger.</summary>
    internal static Result<RiskState> Post(
        RiskState state, RiskEvent.LedgerCommand command, BookKeeper keeper, List<Effect> effects)
    {
        LedgerTransition transition = command.Transition;
        if (transition.At != command.At)
        {
            return Refused(new Failure(
                FailureReason.Inconsistent, "the transition states another time than its command",
                Value: $"{transition.At}", Limit: $"{command.At}"));
        }

        if (TermsRefusal(state.Parameters, transition) is { } other) return Refused(other);
        Result<Ledger> posted = LedgerPosting.Apply(state.Ledger, transition);
        if (!posted.IsAccepted) return Result<RiskState>.Refused(posted.Failures);
        MarginGate gate = new(state, posted.Value, keeper);
        if (gate.Check(transition) is { } refusal) return Refused(refusal);
        RiskState after = state with
        {
            Ledger = posted.Value,
            Accounts = Standings(state, gate, transition, effects),
            HasSettledSince = state.HasSettledSince || transition is LedgerTransition.Settlement,
        };
        return Result<RiskState>.Accepted(
            transition is LedgerTransition.InstrumentListing or LedgerTransition.Settlement
                ? DueWork.Rescheduled(after, after.At)
                : after);
    }

    /// <summary>Puts a new version of the governed constants in force.</summary>
    internal static Result<RiskState> Govern(RiskState state, RiskEvent.ParametersGiven given)
    {
        if (given.Version <= state.Parameters.Version)
        {
            return Refused(new Failure(
                FailureReason.OutOfOrder, "a version of the parameters follows the one in force",
                Value: $"{given.Version}", Limit: $"> {state.Parameters.Version}"));
        }

        Result<RiskParameters> parameters =
            ParameterValidation.Check(given.Version, given.EffectiveAt, given.ProtocolId, given.Values);
        if (!parameters.IsAccepted) return Result<RiskState>.Refused(parameters.Failures);
        foreach (InstrumentBook page in state.Ledger.Instruments.Values)
        {
            if (LotRefusal(parameters.Value, page.Terms.Instrument, page.Terms.LotQuantity) is { } refusal)
            {
                return Refused(refusal);
            }
        }

        foreach (AssetBook book in state.Ledger.Assets.Values)
        {
            if (DecimalsRefusal(parameters.Value, book.Asset, book.Decimals) is { } refusal) return Refused(refusal);
        }

        return Result<RiskState>.Accepted(state with { Parameters = parameters.Value, Held = null });
    }

    // Of the accounts that a trade or payment has changed; the rest of them wait for the tick.
    private static AccountStandings Standings(
        RiskState state, MarginGate gate, LedgerTransition transition, List<Effect> effects)
    {
        AccountStandings standings = state.Accounts;
        foreach ((string id, AccountStanding after) in gate.Standings(transition))
        {
            AccountStanding before = standings.Find(id) ?? AccountStanding.New;
            standings = standings.With(id, after);
            if (after.Stage != before.Stage)
            {
                effects.Add(new Effect.StageChanged(id, before.Stage, after.Stage, after));
            }
        }

        return standings;
    }

    // Margin counts in the lots and decimals of the parameters: the ledger has to count in the same.
    private static Failure? TermsRefusal(RiskParameters parameters, LedgerTransition transition) => transition switch
    {
        LedgerTransition.InstrumentListing listing =>
            LotRefusal(parameters, listing.Instrument, listing.LotQuantity),
        LedgerTransition.AssetAdmission admission =>
            DecimalsRefusal(parameters, admission.Asset, admission.Decimals),
        _ => null,
    };

    private static Failure? LotRefusal(RiskParameters parameters, Instrument instrument, decimal lot) =>
        parameters.Find(instrument.Underlying)?.LotOf(instrument) is not { } governed
            ? new Failure(
                FailureReason.UnknownInstrument, $"{instrument.Underlying} is not governed", Value: instrument.Name)
            : governed != lot
                ? new Failure(
                    FailureReason.Inconsistent, $"the lot of {instrument} is not the governed one", Value: $"{lot}",
                    Limit: $"{governed}")
                : null;

    private static Failure? DecimalsRefusal(RiskParameters parameters, AssetId asset, int decimals)
    {
        int? governed = asset == AssetId.Numeraire
            ? LedgerLimits.NumeraireDecimals
            : parameters.TokenDecimalsOf(asset);
        return governed == decimals ? null : new Failure(
            FailureReason.Inconsistent, $"the decimals of {asset} are not the governed ones", Value: $"{decimals}",
            Limit: governed is { } known ? $"{known}" : "a governed asset");
    }

    private static Result<RiskState> Refused(Failure failure) => Result<RiskState>.Refused(failure);
}
