using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Markets;
using Breakwater.Pricing;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>almgren-chriss</c> and <c>order-flow-imbalance</c>.</summary>
internal static class ExecutionFamilies
{
    private const double Million = 1e6;
    private const double Trillion = 1e12;
    private const int StateColumns = 4; // bid price, bid size, ask price, ask size

    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new("almgren-chriss", ["X", "T", "N", "sigma", "epsilon", "eta", "gamma", "lam"], ["S0"], Schedule),
        new("order-flow-imbalance", ["states"], [], Imbalance),
    ];

    private static Answers Schedule(CaseInputs inputs)
    {
        AlmgrenChriss schedule = AlmgrenChriss.Of(
            inputs.Number("X"), inputs.Number("T"), inputs.Integer("N"), inputs.Number("lam"),
            new ExecutionMarket(
                inputs.Number("sigma"), inputs.Number("epsilon"), inputs.Number("eta"), inputs.Number("gamma")));
        return new Answers()
            .Add("kappa", () => schedule.Kappa)
            .Add("halfLife", () => schedule.Kappa > 0d
                ? schedule.HalfLife
                : throw new UnknownCaseException("the straight line has no half-life"))
            .Add("holdings", () => Answer.Of(schedule.Holdings))
            .Add("trades", () => Answer.Of(schedule.Trades))
            .Add("E", () => schedule.CostExpected)
            .Add("V", () => schedule.CostVariance)
            .Add("E_million", () => schedule.CostExpected / Million)
            .Add("V_trillion", () => schedule.CostVariance / Trillion);
    }

    private static Answers Imbalance(CaseInputs inputs)
    {
        (ImmutableArray<double> values, int columns) = inputs.Matrix("states");
        if (columns != StateColumns)
        {
            throw new UnknownCaseException($"a state has {columns} numbers, not bid and ask with their sizes");
        }

        BestQuotes[] states = new BestQuotes[values.Length / columns];
        for (int state = 0; state < states.Length; state++)
        {
            int start = state * columns;
            states[state] = new BestQuotes(values[start], values[start + 1], values[start + 2], values[start + 3]);
        }

        ImmutableArray<double> events = OrderFlowImbalance.Events(states);
        double sum = 0d;
        foreach (double own in events)
        {
            sum += own;
        }

        return new Answers().Add("events", () => Answer.Of(events)).Add("ofi", () => sum);
    }
}
