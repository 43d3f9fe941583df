using Breakwater.Numerics;

namespace Breakwater.Pricing;

/// <summary>
/// How an option settles: the mean of N index fixings in the last Δ_T years, equally spaced, the first one step after
/// the window opens, the last at expiry (METHODOLOGY 1.3).
/// </summary>
public sealed record TwapWindow
{
    private const double SecondsPerYear = 31_536_000.0; // METHODOLOGY 0: ACT/365

    private TwapWindow(double windowYears, int fixingCount)
    {
        WindowYears = windowYears;
        FixingCount = fixingCount;
    }

    /// <summary>Thirty minutes, 1,800 fixings, one per second: the default of METHODOLOGY 1.3.</summary>
    public static TwapWindow Default { get; } = new(1_800.0 / SecondsPerYear, 1_800);

    /// <summary>Length of the window Δ_T, years; &gt; 0.</summary>
    public double WindowYears { get; }

    /// <summary>Number of fixings N; ≥ 1.</summary>
    public int FixingCount { get; }

    /// <summary>Time between fixings, years.</summary>
    public double StepYears => WindowYears / FixingCount;

    /// <summary>Checks and makes a window.</summary>
    /// <param name="windowYears">Length, years; in (0, 10].</param>
    /// <param name="fixingCount">Number of fixings; in [1, 1,000,000].</param>
    /// <returns>The window.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside its range.</exception>
    public static TwapWindow Of(double windowYears, int fixingCount)
    {
        Require.Positive(windowYears);
        Require.InRange(windowYears, 0.0, 10.0);
        Require.InRange(fixingCount, 1, 1_000_000);
        return new TwapWindow(windowYears, fixingCount);
    }
}

/// <summary>Fixings seen so far; <c>default</c> is none.</summary>
/// <param name="Count">m, number of fixings seen.</param>
/// <param name="Sum">Σ, their sum, money.</param>
public readonly record struct TwapFixings(int Count, double Sum);
