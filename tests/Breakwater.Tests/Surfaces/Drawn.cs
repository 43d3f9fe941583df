using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Surfaces;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Surfaces;

/// <summary>Random slices and surfaces, each drawn from one seed, which FsCheck names when a law breaks.</summary>
internal sealed class Drawn(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>The time of every drawn surface: an expiry hour, so that days to expiry are whole.</summary>
    public static Timestamp At { get; } = Timestamp.Parse("2026-02-05T08:00:00Z");

    /// <summary>The underlying of every drawn surface.</summary>
    public static AssetId Btc { get; } = AssetId.Of("BTC");

    /// <summary>A law over random draws.</summary>
    public static void Always(int count, Func<Drawn, bool> law) => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(count),
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed => law(new Drawn(seed))));

    /// <summary>A number between two.</summary>
    public double Between(double low, double high) => low + (high - low) * _random.NextDouble();

    /// <summary>A whole number from <paramref name="low"/> up to but not including <paramref name="high"/>.</summary>
    public int Count(int low, int high) => _random.Next(low, high);

    /// <summary>The items in another order.</summary>
    public ImmutableArray<T> Shuffled<T>(ImmutableArray<T> items)
    {
        T[] shuffled = [.. items];
        _random.Shuffle(shuffled);
        return [.. shuffled];
    }

    /// <summary>A raw SVI slice of positive variance; as likely with butterflies as without.</summary>
    public SviParameters Slice()
    {
        double rho = Between(-0.95, 0.95);
        double sigma = Math.Exp(Between(-3.5, 0.5));
        double b = Math.Exp(Between(-4.0, 0.7));
        double least = Math.Exp(Between(-7.0, 0.0));
        return new SviParameters(least - b * sigma * Math.Sqrt(1.0 - rho * rho), b, rho, Between(-0.5, 0.5), sigma);
    }

    /// <summary>eSSVI slices within the sufficient conditions of METHODOLOGY 2.2 up to a level.</summary>
    public (ImmutableArray<EssviParameters> Slices, ImmutableArray<double> Years) Chain(int count, double level)
    {
        double years = Between(1.0, 10.0) / 365.0;
        double theta = Math.Pow(Between(0.2, 1.5), 2.0) * years;
        double rho = Between(-0.8, 0.8);
        double psi = Between(0.1, 1.0) * EssviParameters.PsiMaximum(theta, rho, level);
        List<EssviParameters> slices = [new(theta, rho, psi)];
        List<double> times = [years];
        while (slices.Count < count)
        {
            double growth = Between(1.05, 3.0);
            years *= growth * Between(0.8, 1.2) is var ratio and > 1.02 ? ratio : 1.02;
            EssviParameters last = slices[^1];
            slices.Add(Next(last, last.Theta * growth, level));
            times.Add(years);
        }

        return ([.. slices], [.. times]);
    }

    // ψ may rise by no more than θ does and by no less than the turn of ρ asks for; where there is no room ρ stays.
    private EssviParameters Next(EssviParameters last, double theta, double level)
    {
        double rho = Math.Clamp(last.Rho + Between(-0.2, 0.2), -0.95, 0.95);
        double high = Math.Min(last.Psi * theta / last.Theta, EssviParameters.PsiMaximum(theta, rho, level));
        double low = last.Psi * EssviParameters.PsiRatioMinimum(last.Rho, rho);
        return low <= high
            ? new EssviParameters(theta, rho, Between(low, high))
            : new EssviParameters(theta, last.Rho, last.Psi);
    }

    /// <summary>A surface whose slices are free of arbitrage up to a level.</summary>
    public VolatilitySurface Surface(int count, double level = 3.0)
    {
        (ImmutableArray<EssviParameters> slices, ImmutableArray<double> years) = Chain(count, level);
        return SurfaceOf([.. slices.Select(slice => slice.ToSvi())], years, level);
    }

    /// <summary>The surface of given slices.</summary>
    public static VolatilitySurface SurfaceOf(
        ImmutableArray<SviParameters> slices, ImmutableArray<double> years, double level = 3.0) => new(
            Btc,
            At,
            [
                .. slices.Zip(years, (svi, time) => new SurfaceSlice(
                    At.AddMilliseconds((long)(time * Timestamp.YearMilliseconds)), time, 70_000.0, svi, default,
                    SurfaceState.Fresh)),
            ],
            ForwardCurve.Through(70_000.0, [], []),
            level,
            SurfaceState.Fresh,
            []);
}
