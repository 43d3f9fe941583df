using System.Collections.Immutable;
using Breakwater.Markets;
using Breakwater.Surfaces;

namespace Breakwater.Adapters.Reports;

/// <summary>What the surface report shows.</summary>
/// <param name="Surfaces">Surfaces in order of asset.</param>
/// <param name="MarketFindings">What the inputs lack.</param>
/// <param name="ParameterVersion">Version of the governed constants.</param>
internal sealed record SurfaceView(
    ImmutableArray<CalibratedSurface> Surfaces, ImmutableArray<Finding> MarketFindings, int ParameterVersion)
{
    /// <summary>Why surfaces are unusable; empty if none is halted (METHODOLOGY 2.4).</summary>
    public ImmutableArray<Finding> Halted =>
    [
        .. from calibrated in Surfaces
           where calibrated.Surface.State == SurfaceState.Halted
           select new Finding(
               FindingKind.SurfaceState,
               calibrated.Surface.Underlying.Name,
               $"the surface is halted: its snapshot of {calibrated.Surface.At} is too old"),
    ];
}

/// <summary>A surface with the quotes it was fitted to and how long that took.</summary>
/// <param name="Surface">The surface.</param>
/// <param name="Quotes">Its cleaned quotes.</param>
/// <param name="Milliseconds">Wall time of one calibration, raw quotes to certified surface, best of some; <c>null</c>
/// where nobody measured it.</param>
internal sealed record CalibratedSurface(
    VolatilitySurface Surface, ImmutableArray<SliceQuotes> Quotes, double? Milliseconds)
{
    /// <summary>Whether a slice, checked anew, is free of butterflies, in order after the slice before it, and free of
    /// butterflies at the quarter points between (METHODOLOGY 2.2, 2.3).</summary>
    public bool IsArbitrageFree(int slice) =>
        SurfaceCertificate.Holds(Surface.Svi.AsSpan(), slice, certifiedLevel: 1.0);
}
