using System.Collections.Immutable;

namespace Breakwater.Surfaces;

/// <summary>What the joint fit makes small: misfit, ridge and arbitrage penalties, with analytic derivatives.</summary>
/// <remarks>
/// Residuals (σ_model − σ_mid)/s under Huber's loss with weights ω, a ridge towards step 1, and penalties: butterflies
/// at
/// level c, calendar order at equal k, wings that fall in T (METHODOLOGY 2.2).
/// </remarks>
internal sealed class JointObjective
{
    private const int Size = SmileFit.Dimension;
    private const double Ridge = 0.03; // METHODOLOGY 2.2
    private const double RidgeWithoutShape = 10.0; // Slices with too few quotes keep the shape of step 1.
    private const double ButterflyWeight = 3.0; // METHODOLOGY 2.2
    private const double CalendarWeight = 30.0; // METHODOLOGY 2.2, per unit of volatility
    private const double WingWeight = 30.0; // METHODOLOGY 2.2, per unit of slope
    private const double ButterflyMargin = 0.003; // METHODOLOGY 2.2
    private const double CalendarMargin = 0.0003; // METHODOLOGY 2.2: 0.03 vol points
    private const double GridStep = 1.122462048309373; // 2^(1/6): differences of its powers are spaced as a sinh
    private const int GridHalf = 30; // METHODOLOGY 2.2: 61 points
    private const double GridReach = 10.0; // METHODOLOGY 2.2, units of √θ

    private static readonly ImmutableArray<double> FixedPoints =
        [-3.0, -2.0, -1.2, -0.7, 0.7, 1.2, 2.0, 3.0]; // METHODOLOGY 2.2

    private static readonly ImmutableArray<double> GridMultipliers = Multipliers();

    private readonly ImmutableArray<SliceQuotes> _quotes;
    private readonly FitSettings _settings;
    private readonly double[] _ridge;
    private readonly List<double>[] _grid;
    private readonly double[] _rootYears;
    private readonly double[] _start;
    private readonly Smile[] _smiles;
    private readonly double[] _gradient;
    private readonly BlockTridiagonal _matrix;
    private double _penaltyRatio = 1.0;
    private double _marginRatio = 1.0;

    internal JointObjective(
        ImmutableArray<SliceQuotes> quotes,
        ReadOnlySpan<EssviParameters> start,
        ReadOnlySpan<bool> shapes,
        in FitSettings settings)
    {
        int count = quotes.Length;
        _quotes = quotes;
        _settings = settings;
        _matrix = new BlockTridiagonal(count);
        _start = new double[count * Size];
        _ridge = new double[count * Size];
        _gradient = new double[count * Size];
        _smiles = new Smile[count];
        _grid = new List<double>[count];
        _rootYears = [.. quotes.Select(slice => Math.Sqrt(slice.ExpiryYears))];
        for (int i = 0; i < count; i++)
        {
            SmileFit.ToPoint(start[i].ToSvi(), settings.LevelCertified, _start.AsSpan(i * Size, Size));
            double rootTheta = Math.Sqrt(start[i].Theta);
            _ridge.AsSpan(i * Size, Size).Fill(shapes[i] ? Ridge : RidgeWithoutShape);
            _ridge[i * Size + 3] /= rootTheta;
            _grid[i] = [.. GridMultipliers.Select(multiplier => multiplier * rootTheta), .. FixedPoints];
        }
    }

    /// <summary>[slices × 5] point of step 1, from which the search starts and towards which the ridge pulls.</summary>
    internal ReadOnlySpan<double> Start => _start;

    /// <summary>[slices × 5] gradient of the last <see cref="Linearise"/>.</summary>
    internal ReadOnlySpan<double> Gradient => _gradient;

    /// <summary>Normal matrix of the last <see cref="Linearise"/>.</summary>
    internal BlockTridiagonal Matrix => _matrix;

    /// <summary>Asks more from now on: heavier penalties, wider margins, more points.</summary>
    /// <param name="points">(slice, k) at which the certificate failed.</param>
    /// <param name="penaltyRatio">Multiplies the penalties.</param>
    /// <param name="marginRatio">Multiplies the margins.</param>
    internal void Tighten(List<(int Slice, double K)> points, double penaltyRatio, double marginRatio)
    {
        foreach ((int slice, double k) in points) _grid[slice].Add(k);
        _penaltyRatio *= penaltyRatio;
        _marginRatio *= marginRatio;
    }

    /// <summary>The loss at a point.</summary>
    /// <param name="point">[slices × 5] not modified.</param>
    /// <param name="penalty">Weight λ of the penalties.</param>
    internal double Loss(ReadOnlySpan<double> point, double penalty)
    {
        double lambda = penalty * _penaltyRatio;
        double sum = 0.0;
        for (int i = 0; i < _quotes.Length; i++)
        {
            _smiles[i] = SmileFit.At(point.Slice(i * Size, Size), _settings.LevelCertified);
            sum += QuoteLoss(i) + RidgeLoss(i, point) + lambda * PenaltyLoss(i);
        }

        return sum;
    }

    private double QuoteLoss(int slice)
    {
        Smile smile = _smiles[slice];
        double sum = 0.0;
        foreach (SmileQuote quote in _quotes[slice].Quotes)
        {
            double model = Math.Sqrt(smile.Variance(quote.K)) / _rootYears[slice];
            sum += quote.Weight * _settings.Huber((model - quote.MidVolatility) / quote.Scale);
        }

        return sum;
    }

    private double RidgeLoss(int slice, ReadOnlySpan<double> point)
    {
        double sum = 0.0;
        for (int j = slice * Size; j < (slice + 1) * Size; j++)
        {
            double residual = _ridge[j] * (point[j] - _start[j]);
            sum += 0.5 * residual * residual;
        }

        return sum;
    }

    private double PenaltyLoss(int slice)
    {
        Smile smile = _smiles[slice];
        double sum = 0.0;
        foreach (double k in _grid[slice])
        {
            double butterfly = ButterflyResidual(smile.G(k, _settings.LevelCertified));
            sum += 0.5 * butterfly * butterfly;
            if (slice == 0) continue;
            double calendar = CalendarResidual(slice, _smiles[slice - 1].Variance(k), smile.Variance(k));
            sum += 0.5 * calendar * calendar;
        }

        if (slice == 0) return sum;
        Smile before = _smiles[slice - 1];
        double right = WingResidual(before.B * (1.0 + before.Rho), smile.B * (1.0 + smile.Rho));
        double left = WingResidual(before.B * (1.0 - before.Rho), smile.B * (1.0 - smile.Rho));
        return sum + 0.5 * (right * right + left * left);
    }

    private double ButterflyResidual(double g) => ButterflyWeight * Math.Max(0.0, _marginRatio * ButterflyMargin - g);

    private double CalendarResidual(int slice, double before, double variance) => CalendarWeight * Math.Max(
        0.0, (Math.Sqrt(before) - Math.Sqrt(variance)) / _rootYears[slice] + _marginRatio * CalendarMargin);

    private static double WingResidual(double before, double wing) => WingWeight * Math.Max(0.0, before - wing);

    /// <summary>Fills gradient and normal matrix at a point.</summary>
    /// <param name="point">[slices × 5] not modified.</param>
    /// <param name="penalty">Weight λ of the penalties.</param>
    internal void Linearise(ReadOnlySpan<double> point, double penalty)
    {
        double lambda = penalty * _penaltyRatio;
        _matrix.Clear();
        Array.Clear(_gradient);
        for (int i = 0; i < _quotes.Length; i++)
        {
            _smiles[i] = SmileFit.At(point.Slice(i * Size, Size), _settings.LevelCertified);
            AddQuotes(i);
            AddRidge(i, point);
            AddButterflies(i, lambda);
            if (i == 0) continue;
            AddCalendars(i, lambda);
            AddWing(i, lambda, 1.0);
            AddWing(i, lambda, -1.0);
        }
    }

    private void AddQuotes(int slice)
    {
        Smile smile = _smiles[slice];
        Span<double> row = stackalloc double[Size];
        foreach (SmileQuote quote in _quotes[slice].Quotes)
        {
            double model = Math.Sqrt(smile.VarianceGradient(quote.K, row)) / _rootYears[slice];
            double residual = (model - quote.MidVolatility) / quote.Scale;
            double byVariance = 0.5 / (model * _quotes[slice].ExpiryYears * quote.Scale);
            for (int j = 0; j < Size; j++) row[j] *= byVariance;
            Add(slice, row, residual, quote.Weight * _settings.HuberWeight(residual));
        }
    }

    private void AddRidge(int slice, ReadOnlySpan<double> point)
    {
        Span<double> row = stackalloc double[Size];
        for (int j = 0; j < Size; j++)
        {
            int at = slice * Size + j;
            row.Clear();
            row[j] = _ridge[at];
            Add(slice, row, _ridge[at] * (point[at] - _start[at]), 1.0);
        }
    }

    private void AddButterflies(int slice, double lambda)
    {
        Smile smile = _smiles[slice];
        Span<double> row = stackalloc double[Size];
        foreach (double k in _grid[slice])
        {
            double residual = ButterflyResidual(smile.G(k, _settings.LevelCertified));
            if (!(residual > 0.0)) continue;
            smile.GGradient(k, _settings.LevelCertified, row);
            for (int j = 0; j < Size; j++) row[j] *= -ButterflyWeight;
            Add(slice, row, residual, lambda);
        }
    }

    private void AddCalendars(int slice, double lambda)
    {
        Smile smile = _smiles[slice];
        Smile before = _smiles[slice - 1];
        Span<double> row = stackalloc double[Size];
        Span<double> rowBefore = stackalloc double[Size];
        foreach (double k in _grid[slice])
        {
            double residual = CalendarResidual(slice, before.Variance(k), smile.Variance(k));
            if (!(residual > 0.0)) continue;
            double factor = -0.5 * CalendarWeight / _rootYears[slice];
            double byVariance = factor / Math.Sqrt(smile.VarianceGradient(k, row));
            double byBefore = -factor / Math.Sqrt(before.VarianceGradient(k, rowBefore));
            for (int j = 0; j < Size; j++)
            {
                row[j] *= byVariance;
                rowBefore[j] *= byBefore;
            }

            AddCoupled(slice, rowBefore, row, residual, lambda);
        }
    }

    private void AddWing(int slice, double lambda, double side)
    {
        Span<double> row = stackalloc double[Size];
        Span<double> rowBefore = stackalloc double[Size];
        double wing = _smiles[slice].WingGradient(side, row);
        double before = _smiles[slice - 1].WingGradient(side, rowBefore);
        double residual = WingResidual(before, wing);
        if (!(residual > 0.0)) return;
        for (int j = 0; j < Size; j++)
        {
            row[j] *= -WingWeight;
            rowBefore[j] *= WingWeight;
        }

        AddCoupled(slice, rowBefore, row, residual, lambda);
    }

    private void Add(int slice, ReadOnlySpan<double> row, double residual, double weight)
    {
        _matrix.Add(slice, row, weight);
        for (int j = 0; j < Size; j++) _gradient[slice * Size + j] += weight * residual * row[j];
    }

    private void AddCoupled(
        int slice, ReadOnlySpan<double> before, ReadOnlySpan<double> row, double residual, double weight)
    {
        _matrix.AddCoupled(slice, before, row, weight);
        for (int j = 0; j < Size; j++)
        {
            _gradient[slice * Size + j] += weight * residual * row[j];
            _gradient[(slice - 1) * Size + j] += weight * residual * before[j];
        }
    }

    private static ImmutableArray<double> Multipliers()
    {
        double[] values = new double[2 * GridHalf + 1];
        double power = 1.0;
        for (int j = 1; j <= GridHalf; j++)
        {
            power *= GridStep;
            values[GridHalf + j] = power - 1.0 / power;
        }

        double last = values[2 * GridHalf];
        for (int j = 1; j <= GridHalf; j++)
        {
            values[GridHalf + j] *= GridReach / last;
            values[GridHalf - j] = -values[GridHalf + j];
        }

        return [.. values];
    }
}
