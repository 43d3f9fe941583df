namespace Breakwater.Cli.Benchmarks.SideBySide;

/// <summary>A figure over rounds.</summary>
/// <param name="Median">Median; of an even number of rounds the lower middle one.</param>
/// <param name="Least">The least.</param>
/// <param name="Greatest">The greatest.</param>
internal sealed record Spread(double Median, double Least, double Greatest)
{
    /// <summary>The spread of what was measured; <c>null</c> if nothing was.</summary>
    /// <param name="figures">Figures, one a round; <c>null</c> where it was not measured.</param>
    public static Spread? Of(IEnumerable<double?> figures)
    {
        double[] sorted = [.. figures.OfType<double>().Order()];
        return sorted.Length == 0 ? null : new Spread(sorted[(sorted.Length - 1) / 2], sorted[0], sorted[^1]);
    }
}
