using System.Collections.Immutable;
using Breakwater.Forecasts;
using Breakwater.Instruments;
using Breakwater.Markets;

namespace Breakwater.Scenarios;

/// <summary>C* of METHODOLOGY 3.5: correlation of standardised hourly returns, shrunk and repaired.</summary>
/// <param name="Matrix">[n, n] row-major correlation matrix; positive definite.</param>
/// <param name="Shrinkage">Ledoit–Wolf intensity, in [0, 1].</param>
/// <param name="Findings">Pairs without common hours.</param>
internal sealed record CorrelationEstimate(
    ImmutableArray<double> Matrix, double Shrinkage, ImmutableArray<Finding> Findings)
{
    /// <summary>Floor of the eigenvalues (METHODOLOGY 3.5).</summary>
    public const double EigenvalueMinimum = 1e-8;

    // Weights beyond ten half-lives are below a thousandth of the newest.
    private const double HalfLivesRead = 10d;

    // Fewer common hours do not make a correlation; the assets are then taken to move as BTC and ETH do over a day.
    private const int HoursMinimum = 168;
    private const double CorrelationUnknown = 0.8;
    private const double DayHours = 24d;

    /// <summary>Estimates the correlation at the end of the histories.</summary>
    public static CorrelationEstimate Of(ScenarioInputs inputs)
    {
        double halfLife = inputs.Parameters.Scenarios.CorrelationHalfLifeDays * DayHours;
        int hours = (int)(halfLife * HalfLivesRead);
        long end = inputs.At.UnixMilliseconds / Timestamp.HourMilliseconds;
        HourlyPanel[] panels = [.. inputs.Underlyings.Select(input =>
            HourlyPanel.Of(input.History, [], end - hours, hours + 1))];
        int[] known =
            [.. Enumerable.Range(0, panels.Length).Where(index => CountReturns(panels[index]) >= HoursMinimum)];
        (double[] observations, double[] weights) = Observations(panels, known, Ewma.DecayOf(halfLife));
        if (known.Length == 0 || weights.Length < HoursMinimum)
        {
            return new CorrelationEstimate(Unknown(panels.Length), 0d, [Substituted(inputs, "all pairs")]);
        }

        double[] covariance = new double[known.Length * known.Length];
        double shrinkage = LedoitWolf.ShrinkWeighted(observations, weights, known.Length, covariance);
        double[] matrix = Correlate([.. Unknown(panels.Length)], panels.Length, known, covariance);
        ImmutableArray<Finding> findings = [.. Enumerable.Range(0, panels.Length)
            .Where(index => Array.IndexOf(known, index) < 0)
            .Select(index => Substituted(inputs, inputs.Underlyings[index].Asset.Name))];
        return new CorrelationEstimate(
            [.. NearestCorrelation.Of(matrix, panels.Length, EigenvalueMinimum)], shrinkage, findings);
    }

    private static int CountReturns(HourlyPanel panel)
    {
        int count = 0;
        for (int hour = 0; hour < panel.Count; hour++)
        {
            count += panel.HasReturn(hour, 1) ? 1 : 0;
        }

        return count;
    }

    private static (double[] Observations, double[] Weights) Observations(
        HourlyPanel[] panels, int[] known, double decay)
    {
        List<double> observations = [];
        List<double> weights = [];
        double weight = 1d;
        double sum = 0d;
        for (int hour = panels[0].Count - 2; hour >= 0; hour--, weight *= decay)
        {
            if (known.Length > 0 && Array.TrueForAll(known, index => panels[index].HasReturn(hour, 1)))
            {
                observations.AddRange(known.Select(index => panels[index].Standardised(hour, 1)));
                weights.Add(weight);
                sum += weight;
            }
        }

        return ([.. observations], [.. weights.Select(entry => entry / sum)]);
    }

    private static double[] Correlate(double[] matrix, int dimension, int[] known, double[] covariance)
    {
        for (int row = 0; row < known.Length; row++)
        {
            for (int column = 0; column < known.Length; column++)
            {
                double scale = Math.Sqrt(
                    covariance[(row * known.Length) + row] * covariance[(column * known.Length) + column]);
                matrix[(known[row] * dimension) + known[column]] =
                    row == column
                        || scale <= 0d ? (row == column ? 1d : 0d) : covariance[(row * known.Length) + column] / scale;
            }
        }

        return matrix;
    }

    private static ImmutableArray<double> Unknown(int dimension) =>
        [.. Enumerable.Range(0, dimension * dimension)
            .Select(cell => cell / dimension == cell % dimension ? 1d : CorrelationUnknown)];

    // Of the instant only the hour is read, so that the sets of an hour are the same.
    private static Finding Substituted(ScenarioInputs inputs, string subject)
    {
        long hour = inputs.At.UnixMilliseconds / Timestamp.HourMilliseconds;
        Timestamp until = Timestamp.FromUnixMilliseconds(hour * Timestamp.HourMilliseconds);
        return new Finding(FindingKind.SubstitutedFactor, subject, FormattableString.Invariant(
            $"fewer than {HoursMinimum} common hours up to {until}: correlation {CorrelationUnknown} is assumed"));
    }
}
