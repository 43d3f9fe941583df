using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Collateral;
using Breakwater.Instruments;
using Breakwater.Parameters;

namespace Breakwater.Margin;

/// <summary>What lies outside one account's own book and multiplies its core (METHODOLOGY 4.8): each tightens only.
/// </summary>
/// <remarks>Flow's multiplier comes with the market; the three here come from the solvency of the protocol, from the
/// account's behaviour and from learned models, and are neutral until such a source speaks.</remarks>
public sealed record MarginMultipliers
{
    private MarginMultipliers(decimal system, decimal behaviour, decimal learned)
    {
        System = system;
        Behaviour = behaviour;
        Learned = learned;
    }

    /// <summary>No source speaks: all are one.</summary>
    public static MarginMultipliers Neutral { get; } = new(1m, 1m, 1m);

    /// <summary>m_sys; ≥ 1.</summary>
    public decimal System { get; }

    /// <summary>m_beh; ≥ 1.</summary>
    public decimal Behaviour { get; }

    /// <summary>m_ml; ≥ 1.</summary>
    public decimal Learned { get; }

    /// <summary>Checked multipliers, or why they are refused: a multiplier is never below one nor above its cap.
    /// </summary>
    /// <param name="system">m_sys, ratio.</param>
    /// <param name="behaviour">m_beh, ratio.</param>
    /// <param name="learned">m_ml, ratio.</param>
    /// <param name="parameters">The caps.</param>
    public static Result<MarginMultipliers> Of(
        decimal system, decimal behaviour, decimal learned, AddOnParameters parameters)
    {
        ImmutableArray<Failure> failures =
        [
            .. Refusals("system", system, parameters.SystemMultiplierMaximum),
            .. Refusals("behaviour", behaviour, parameters.BehaviourMultiplierMaximum),
            .. Refusals("learned", learned, parameters.LearnedMultiplierMaximum),
        ];
        return failures.IsEmpty
            ? Result<MarginMultipliers>.Accepted(new MarginMultipliers(system, behaviour, learned))
            : Result<MarginMultipliers>.Refused(failures);
    }

    private static IEnumerable<Failure> Refusals(string name, decimal value, decimal maximum)
    {
        if (value < 1m || value > maximum)
        {
            yield return new Failure(
                FailureReason.OutOfRange, $"the {name} multiplier is outside its range",
                Value: value.ToString(CultureInfo.InvariantCulture), Limit: $"1 to {maximum}");
        }
    }
}

/// <summary>What margin needs to know beside account, arrays and parameters: inputs with a past.</summary>
/// <param name="Multipliers">System, behaviour, learned.</param>
/// <param name="InEffectNano">Maintenance margin in effect ÷ computed, units of 1e-9: the engine's one number per
/// account (METHODOLOGY 4.7); ≥ 0.</param>
public sealed record MarginContext(MarginMultipliers Multipliers, long InEffectNano)
{
    /// <summary>In effect is what is computed.</summary>
    public const long InEffectOne = 1_000_000_000;

    /// <summary>No source speaks and nothing is remembered: a single run.</summary>
    public static MarginContext Neutral { get; } = new(MarginMultipliers.Neutral, InEffectOne);

    /// <summary>What all accounts hold together as collateral: what the protocol holds too much of counts less
    /// (METHODOLOGY 5). Neutral until an engine counts.</summary>
    public ProtocolHoldings Protocol { get; init; } = ProtocolHoldings.Neutral;
}
