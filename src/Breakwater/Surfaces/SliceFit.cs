using System.Collections.Immutable;
using Breakwater.Numerics;

namespace Breakwater.Surfaces;

/// <summary>Calibrates the slices of one underlying and certifies them (METHODOLOGY 2.2).</summary>
internal static class SliceFit
{
    private const int RoundsMax = 6; // METHODOLOGY 2.2
    private const double RoundPenaltyRatio = 4.0; // METHODOLOGY 2.2
    private const double RoundMarginRatio = 1.5; // METHODOLOGY 2.2
    private const int BlendSteps = 10; // METHODOLOGY 2.2: 90 % … 0 %
    private const double CoarseTolerance = 1e-3; // Relative fall of the loss; only prepares the next search.
    private const double FineTolerance = 1e-6; // Moves no volatility by a hundredth of a point.

    private static readonly ImmutableArray<double> Penalties = [1.0, 10.0, 100.0, 1000.0]; // METHODOLOGY 2.2

    /// <summary>Slices free of arbitrage through the quotes.</summary>
    /// <param name="quotes">Expiries in order, each with at least two quotes; at least one.</param>
    /// <param name="shapes">[slice] whether a slice has quotes enough for a shape of its own.</param>
    /// <param name="settings">Loss, level and default shape.</param>
    internal static SviParameters[] Solve(
        ImmutableArray<SliceQuotes> quotes, ReadOnlySpan<bool> shapes, in FitSettings settings)
    {
        EssviParameters[] start = new EssviParameters[quotes.Length];
        EssviFit.Fit(quotes.AsSpan(), shapes, settings, start);
        JointObjective objective = new(quotes, start, shapes, settings);
        JointFit fit = new(objective, settings.LevelCertified);
        foreach (double penalty in Penalties)
        {
            fit.Search(penalty, penalty == Penalties[^1] ? FineTolerance : CoarseTolerance);
        }

        SviParameters[] slices = new SviParameters[quotes.Length];
        List<(int Slice, double K)> violations = [];
        for (int round = 0; round <= RoundsMax; round++)
        {
            fit.Blend(1.0, slices);
            violations.Clear();
            if (!SurfaceCertificate.Collect(slices, settings.LevelCertified, violations)) return slices;
            if (round == RoundsMax) break;
            objective.Tighten(violations, RoundPenaltyRatio, RoundMarginRatio);
            fit.Search(Penalties[^1], FineTolerance);
        }

        return Blended(fit, slices, settings.LevelCertified);
    }

    private static SviParameters[] Blended(JointFit fit, SviParameters[] slices, double level)
    {
        for (int step = BlendSteps - 1; step >= 0; step--)
        {
            fit.Blend((double)step / BlendSteps, slices);
            if (SurfaceCertificate.Holds(slices, level)) return slices;
        }

        Check.That(false, "step 1 of a calibration must hold its certificate");
        return slices;
    }
}
