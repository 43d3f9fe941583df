namespace Breakwater.Revaluation;

/// <summary>Where a time to expiry lies among the slices of a surface (METHODOLOGY 2.3).</summary>
/// <param name="Next">Number of slices not after it.</param>
/// <param name="Share">How far it lies from the last of them to the next, in [0, 1); 0 behind the last slice.</param>
/// <param name="BeyondYears">Years behind the last slice; 0 elsewhere.</param>
internal readonly record struct SlicePlace(int Next, double Share, double BeyondYears)
{
    /// <summary>The place of a time to expiry, by the steps of <c>SurfaceEvaluation</c>.</summary>
    /// <param name="sliceYears">[slice] time to expiry, years, strictly rising.</param>
    /// <param name="expiryYears">Time to expiry, years; ≥ 0.</param>
    internal static SlicePlace Of(ReadOnlySpan<double> sliceYears, double expiryYears)
    {
        int next = 0;
        while (next < sliceYears.Length && sliceYears[next] <= expiryYears) next++;
        double previousYears = next > 0 ? sliceYears[next - 1] : 0.0;
        return next == sliceYears.Length
            ? new SlicePlace(next, 0.0, expiryYears - previousYears)
            : new SlicePlace(next, (expiryYears - previousYears) / (sliceYears[next] - previousYears), 0.0);
    }
}
