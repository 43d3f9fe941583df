using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Forecasts;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>garch11-dmgbp</c> and <c>hawkes</c>.</summary>
internal static class TimeSeriesFamilies
{
    private const string DefaultSeries = "data/dmgbp.csv"; // the one the notes of the file name
    private const string Model = "constant mean, GARCH(1,1), normal";

    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new("garch11-dmgbp", ["data", "model"], [], Estimate),
        new("garch11-dmgbp", ["params"], ["data"], Path),
        new("hawkes", ["events", "T", "mu", "alpha", "beta"], [], Flow),
    ];

    private static Answers Estimate(CaseInputs inputs)
    {
        if (inputs.Text("model") != Model)
        {
            throw new UnknownCaseException($"model {inputs.Text("model")} is unknown");
        }

        GarchFit fit = GarchFit.Of(Series(inputs.Folder, inputs.Text("data")));
        if (!fit.HasConverged)
        {
            throw new InvalidOperationException($"no maximum found; last at {fit.Parameters}");
        }

        return new Answers()
            .Add("mu", () => fit.Parameters.Mu)
            .Add("omega", () => fit.Parameters.Omega)
            .Add("alpha", () => fit.Parameters.Alpha)
            .Add("beta", () => fit.Parameters.Beta)
            .Add("logLikelihood", () => fit.Likelihood.Value);
    }

    private static Answers Path(CaseInputs inputs)
    {
        ImmutableArray<double> values = inputs.Numbers("params");
        if (values.Length != GarchLikelihood.Dimension)
        {
            throw new UnknownCaseException($"params has {values.Length} numbers, not mu, omega, alpha, beta");
        }

        double[] returns = Series(inputs.Folder, inputs.Has("data") ? inputs.Text("data") : DefaultSeries);
        GarchParameters parameters = new(values[0], values[1], values[2], values[3]);
        double[] variances = new double[returns.Length];
        parameters.Variance(returns, variances);
        return new Answers()
            .AddKeyed("variance", step => int.TryParse(step, CultureInfo.InvariantCulture, out int index)
                && index >= 0 && index < variances.Length ? variances[index] : (Answer?)null)
            .Add("logLikelihood", () => GarchLikelihood.Of(parameters, returns).Value);
    }

    private static Answers Flow(CaseInputs inputs)
    {
        Hawkes flow = new(inputs.Number("mu"), inputs.Number("alpha"), inputs.Number("beta"));
        ImmutableArray<double> events = inputs.Numbers("events");
        return new Answers()
            .Add("logLikelihood", () => flow.LogLikelihood(events.AsSpan(), inputs.Number("T")))
            .Add("compensator", () => flow.Compensator(events.AsSpan(), inputs.Number("T")))
            .Add("branchingRatio", () => flow.BranchingRatio())
            .Add("stationaryIntensity", () => flow.StationaryIntensity());
    }

    // One number a line below a heading.
    private static double[] Series(string folder, string name)
    {
        string root = System.IO.Path.GetFullPath(folder) + System.IO.Path.DirectorySeparatorChar;
        string path = System.IO.Path.GetFullPath(System.IO.Path.Combine(root, name));
        if (!path.StartsWith(root, StringComparison.Ordinal) || !System.IO.File.Exists(path))
        {
            throw new UnknownCaseException($"series {name} is not below the folder");
        }

        return [.. System.IO.File.ReadLines(path).Skip(1).Where(line => line.Length > 0).Select(line =>
            double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && double.IsFinite(value)
                ? value
                : throw new UnknownCaseException($"series {name} holds '{line}'"))];
    }
}
