using System.Collections.Immutable;
using System.Globalization;
using Breakwater.Surfaces;

namespace Breakwater.Cli.Conformance.Kinds;

/// <summary>Cases of <c>svi-ssvi</c>: slices of total variance by raw parameters, jump wings or an SSVI
/// surface.</summary>
internal static class SurfaceFamilies
{
    private const string File = "svi-ssvi";
    private const double Reach = 1.5; // minG is over |k| ≤ 1.5 (reference/README.md)

    /// <summary>The families.</summary>
    public static ImmutableArray<Family> All { get; } =
    [
        new(File, ["params"], ["T"], inputs => Slice(inputs, Raw(inputs))),
        new(File, ["jw", "T"], [], inputs => Slice(inputs, JumpWings(inputs).ToRaw(inputs.Number("T")))),
        new(File, ["theta", "rho", "family", "params"], [], Surface),
    ];

    private static SviParameters Raw(CaseInputs inputs)
    {
        CaseInputs raw = inputs.Object("params");
        return new(raw.Number("a"), raw.Number("b"), raw.Number("rho"), raw.Number("m"), raw.Number("sigma"));
    }

    private static SviJumpWings JumpWings(CaseInputs inputs)
    {
        CaseInputs wings = inputs.Object("jw");
        return new(
            wings.Number("v"), wings.Number("psi"), wings.Number("p"), wings.Number("c"), wings.Number("vTilde"));
    }

    private static Answers Slice(CaseInputs inputs, SviParameters slice)
    {
        (double Value, double K) Least() => Durrleman.Minimum(slice, -Reach, Reach, 1.0);
        return AddCurves(new Answers(), slice)
            .AddKeyed("jw", name => WingOf(SviJumpWings.Of(slice, inputs.Number("T")), name))
            .AddKeyed("params", name => ParameterOf(slice, name))
            .Add("minG", () => Least().Value)
            .Add("argMinG", () => Least().K);
    }

    private static Answers Surface(CaseInputs inputs)
    {
        double theta = inputs.Number("theta");
        CaseInputs parameters = inputs.Object("params");
        double phi = inputs.Text("family") switch
        {
            "power-law" => Ssvi.PowerLaw(theta, parameters.Number("eta"), parameters.Number("gamma")),
            "heston-like" => Ssvi.HestonLike(theta, parameters.Number("lam")),
            string family => throw new UnknownCaseException($"family {family} is unknown"),
        };
        EssviParameters slice = Ssvi.Slice(theta, inputs.Number("rho"), phi);
        return AddCurves(new Answers(), slice.ToSvi())
            .Add("phi", () => phi)
            .Add("thetaPhi_1plusAbsRho", () => Ssvi.WingMeasure(slice))
            .Add("thetaPhi2_1plusAbsRho", () => Ssvi.CurvatureMeasure(slice))
            .Add("sufficientNoButterfly", () => Ssvi.IsSurelyButterflyFree(slice));
    }

    private static Answers AddCurves(Answers answers, SviParameters slice) => answers
        .AddKeyed("w", k => slice.TotalVariance(Point(k)))
        .AddKeyed("g", k => Durrleman.G(slice, Point(k)))
        .Add("butterflyFree", () => Durrleman.IsButterflyFree(slice))
        .Add("butterflyArbitrage", () => !Durrleman.IsButterflyFree(slice));

    private static Answer? WingOf(SviJumpWings wings, string name) => name switch
    {
        "v" => wings.Variance,
        "psi" => wings.Skew,
        "p" => wings.PutWing,
        "c" => wings.CallWing,
        "vTilde" => wings.LeastVariance,
        _ => null,
    };

    private static Answer? ParameterOf(SviParameters slice, string name) => name switch
    {
        "a" => slice.A,
        "b" => slice.B,
        "rho" => slice.Rho,
        "m" => slice.M,
        "sigma" => slice.Sigma,
        _ => null,
    };

    private static double Point(string key) =>
        double.TryParse(key, NumberStyles.Float, CultureInfo.InvariantCulture, out double k) && double.IsFinite(k)
            ? k
            : throw new UnknownCaseException($"{key} is no log-moneyness");
}
