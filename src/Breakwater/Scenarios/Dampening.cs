namespace Breakwater.Scenarios;

/// <summary>d_s of METHODOLOGY 3.6: what an extreme may charge a linear position.</summary>
internal static class Dampening
{
    /// <summary>d_s = min(1, min over underlyings of c_e·R_h ÷ |x|), x the simple return, in units of 1e-9.</summary>
    /// <param name="horizon">Half-widths R_h.</param>
    /// <param name="simpleReturns">[underlying] simple returns of the scenario; not modified.</param>
    /// <param name="fraction">c_e in (0, 1].</param>
    /// <remarks>Rounded to the nearest 1e-9, which keeps it in [0, 1e9].</remarks>
    public static long Nano(HorizonInputs horizon, ReadOnlySpan<double> simpleReturns, double fraction)
    {
        double dampening = 1d;
        for (int underlying = 0; underlying < simpleReturns.Length; underlying++)
        {
            double move = Math.Abs(simpleReturns[underlying]);
            double allowed = fraction * horizon.GridMoves[underlying];
            dampening = move > allowed ? Math.Min(dampening, allowed / move) : dampening;
        }

        return (long)Math.Round(dampening * ScenarioSet.NanoOne, MidpointRounding.ToEven);
    }
}
