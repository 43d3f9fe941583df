namespace Breakwater.Scenarios;

/// <summary>Which of the two scenario sets: they share ids and seeds, and differ in horizon (METHODOLOGY
/// 4.2).</summary>
public enum MarginHorizon
{
    /// <summary>Maintenance margin: 4, 8 or 12 h by risk class.</summary>
    Maintenance,

    /// <summary>Initial margin: 12, 24 or 36 h by risk class.</summary>
    Initial,
}

/// <summary>Block of the scenario set (METHODOLOGY 3.6).</summary>
public enum ScenarioBlock
{
    /// <summary>Filtered historical simulation; half of the distribution.</summary>
    A,

    /// <summary>Jump-diffusion Monte Carlo; half of the distribution.</summary>
    B,

    /// <summary>Historical black swans; deterministic, dampened.</summary>
    C,

    /// <summary>Price and volatility grid; deterministic, its extremes dampened.</summary>
    D,

    /// <summary>Hypothetical events; deterministic.</summary>
    E,
}

/// <summary>One joint move of all risk factors over the horizon: its name and its place, not its values.</summary>
/// <param name="Id">Index in its set; 0 is the centre of the grid, where nothing moves.</param>
/// <param name="Block">Its block.</param>
/// <param name="Label">Unique name for people, such as <c>D spot -50 % of range, vol up, sticky strike</c>.</param>
/// <param name="Weight">Weight in the distribution, parts of <see cref="ScenarioSet.WeightTotal"/>; ≥ 1 in blocks A
/// and B, 0 in C, D and E.</param>
/// <param name="DampeningNano">d_s of METHODOLOGY 3.6 in units of 1e-9, in [0, 1e9]; 1e9 where nothing is dampened.
/// </param>
/// <param name="IsStickyStrike">Whether the surface stays at fixed strikes under the spot move (METHODOLOGY 2.5).
/// </param>
public sealed record Scenario(
    int Id, ScenarioBlock Block, string Label, int Weight, long DampeningNano, bool IsStickyStrike);
