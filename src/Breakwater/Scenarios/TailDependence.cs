using Breakwater.Numerics;

namespace Breakwater.Scenarios;

/// <summary>How often extremes of two t-copula factors meet.</summary>
public static class TailDependence
{
    /// <summary>Tail-dependence coefficient of the t-copula: 2·t_{ν+1}(−√((ν + 1)(1 − ρ)/(1 + ρ))).</summary>
    /// <param name="degrees">ν ≥ 0.1.</param>
    /// <param name="correlation">ρ in (−1, 1]; 1 gives 1.</param>
    /// <returns>In [0, 1]; absolute error below 1e-13.</returns>
    /// <remarks>Source: Demarta and McNeil (2005), International Statistical Review 73, 111–129, equation 14.</remarks>
    public static double OfStudentCopula(double degrees, double correlation)
    {
        Require.Positive(degrees);
        Require.InRange(correlation, -1d, 1d);
        Require.Positive(1d + correlation);
        double argument = Math.Sqrt((degrees + 1d) * (1d - correlation) / (1d + correlation));
        return 2d * StudentT.Cdf(-argument, degrees + 1d);
    }
}
