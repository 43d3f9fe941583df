namespace Breakwater.Books;

/// <summary>Core of one slot: an account, or its holdings in one underlying.</summary>
/// <param name="Amount">Micro-dollars; 0 where it is not computed.</param>
/// <param name="Binding">What it is made of.</param>
/// <param name="Threshold">Loss from which on the next sweep may collect candidates, micro-dollars: a loosened value at
/// risk; NaN where it has to guess.</param>
public readonly record struct SlotCore(long Amount, SlotBinding Binding, double Threshold)
{
    private const double LoosenedShare = 0.1; // of the distance from value at risk to expected shortfall

    /// <summary>A slot that needs the plain margin.</summary>
    internal static SlotCore Plain { get; } = new(0, SlotBinding.Plain, double.NaN);

    /// <summary>The core of a slot without a distribution.</summary>
    /// <param name="worst">Worst dampened deterministic loss.</param>
    internal static SlotCore OfNamed(long worst) => Of(0, 0, worst, double.NaN);

    /// <summary>The core of a slot whose tail has been found.</summary>
    /// <param name="tail">Tail of expected shortfall, without constants.</param>
    /// <param name="atRisk">Value at risk, without constants.</param>
    /// <param name="masses">Masses of both tails.</param>
    /// <param name="constant">What is lost in every scenario, micro-dollars, a whole number.</param>
    /// <param name="worst">Worst dampened deterministic loss, constants included.</param>
    internal static SlotCore Of(
        in TailSelection.Part tail, long atRisk, in TailMasses masses, double constant, long worst)
    {
        long expected = TailSelection.ShortfallUp(tail, masses.Unit, masses.Shortfall);
        long boundary = Math.Min(tail.Boundary, atRisk);
        double threshold = constant + boundary - (LoosenedShare * ((double)Math.Max(expected, atRisk) - boundary));
        return Of(expected + (long)constant, atRisk + (long)constant, worst, threshold);
    }

    private static SlotCore Of(long expected, long atRisk, long worst, double threshold) => new(
        Math.Max(expected, Math.Max(atRisk, worst)),
        expected >= atRisk && expected >= worst ? SlotBinding.ExpectedShortfall
            : atRisk >= worst ? SlotBinding.ValueAtRisk
            : SlotBinding.Scenario,
        threshold);
}
