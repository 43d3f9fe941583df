using System.Collections.Immutable;
using Breakwater.Instruments;
using Breakwater.Markets;
using Breakwater.Scenarios;
using Breakwater.Surfaces;

namespace Breakwater.Engine.Snapshots;

/// <summary>Remembered surfaces and held scenario sets in canonical bytes: derived once, and since then given.
/// </summary>
internal static class DerivedEncoding
{
    private const int TextMax = 1 << 16;
    private const int ItemsMax = 1 << 20;
    private const int ValuesMax = 1 << 26;

    internal static void Write(CanonicalWriter writer, SurfaceSet surfaces) => writer.Write(surfaces.Surfaces, Write);

    internal static SurfaceSet ReadSurfaces(ref CanonicalReader reader)
    {
        ImmutableArray<VolatilitySurface>.Builder surfaces = ImmutableArray.CreateBuilder<VolatilitySurface>();
        for (int left = reader.Count(64, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            if (ReadSurface(ref reader) is { } surface) surfaces.Add(surface);
        }

        return new SurfaceSet(surfaces.ToImmutable());
    }

    internal static void Write(CanonicalWriter writer, ScenarioSets sets)
    {
        Write(writer, sets.Maintenance);
        Write(writer, sets.Initial);
    }

    internal static ScenarioSets? ReadSets(ref CanonicalReader reader)
    {
        ScenarioSet? maintenance = ReadSet(ref reader);
        ScenarioSet? initial = ReadSet(ref reader);
        return maintenance is null || initial is null ? null : new ScenarioSets(maintenance, initial);
    }

    internal static void Write(CanonicalWriter writer, Finding own) => writer
        .Write((int)own.Kind).Write(own.Subject).Write(own.Message).Write((decimal?)own.CostMicroUsd)
        .Write((int)own.Charge);

    private static ImmutableArray<Finding> ReadFindings(ref CanonicalReader reader)
    {
        ImmutableArray<Finding>.Builder findings = ImmutableArray.CreateBuilder<Finding>();
        for (int left = reader.Count(17, ItemsMax); left > 0 && !reader.IsBroken; left--)
        {
            FindingKind kind = (FindingKind)reader.Member((int)FindingKind.MissingBeacon);
            string subject = reader.Text(TextMax);
            string message = reader.Text(TextMax);
            decimal? cost = reader.OptionalDecimal();
            findings.Add(new Finding(kind, subject, message)
            {
                CostMicroUsd = cost is { } known ? (long)known : null,
                Charge = (ChargingRule)reader.Member((int)ChargingRule.CalmHaircut),
            });
        }

        return findings.ToImmutable();
    }

    private static void Write(CanonicalWriter writer, VolatilitySurface own)
    {
        writer.Write(own.Underlying).Write(own.At).Write(own.Slices, static (inner, slice) => inner
            .Write(slice.Expiry).Write(slice.ExpiryYears).Write(slice.ForwardUsd)
            .Write(slice.Svi.A).Write(slice.Svi.B).Write(slice.Svi.Rho).Write(slice.Svi.M).Write(slice.Svi.Sigma)
            .Write(slice.Quality.RmseVolPoints).Write(slice.Quality.ShareInsideSpread)
            .Write(slice.Quality.ShareWithinOnePoint).Write(slice.Quality.QuoteCount)
            .Write(slice.Quality.MedianHalfSpreadVolPoints).Write(slice.Quality.IsPassed).Write((int)slice.State));
        writer.Write(own.Forwards.SpotUsd)
            .Write(own.Forwards.KnotYears, static (inner, years) => inner.Write(years))
            .Write(own.Forwards.KnotLogRatios, static (inner, ratio) => inner.Write(ratio))
            .Write(own.LevelCertified).Write((int)own.State).Write(own.Findings, Write).Write(own.ShockRatio);
    }

    private static VolatilitySurface? ReadSurface(ref CanonicalReader reader)
    {
        AssetId underlying = reader.Asset();
        Timestamp at = reader.Time();
        ImmutableArray<SurfaceSlice>.Builder slices = ImmutableArray.CreateBuilder<SurfaceSlice>();
        for (int left = reader.Count(105, ItemsMax); left > 0; left--)
        {
            slices.Add(ReadSlice(ref reader));
        }

        double spot = reader.Double();
        ImmutableArray<double> years = ReadDoubles(ref reader);
        ImmutableArray<double> ratios = ReadDoubles(ref reader);
        double level = reader.Double();
        SurfaceState state = (SurfaceState)reader.Member((int)SurfaceState.Halted);
        ImmutableArray<Finding> findings = ReadFindings(ref reader);
        double shock = reader.Double();
        bool isOrdered = !reader.IsBroken && slices.Count > 0 && years.Length == ratios.Length && spot > 0d;
        double before = 0d;
        foreach (SurfaceSlice slice in slices)
        {
            isOrdered &= slice.ExpiryYears > before;
            before = slice.ExpiryYears;
        }

        if (isOrdered)
        {
            return new VolatilitySurface(
                underlying, at, slices.ToImmutable(), ForwardCurve.OfKnots(spot, years, ratios), level, state,
                findings, shock);
        }

        reader.Break();
        return null;
    }

    private static SurfaceSlice ReadSlice(ref CanonicalReader reader)
    {
        Timestamp expiry = reader.Time();
        double years = reader.Double();
        double forward = reader.Double();
        SviParameters svi = new(
            reader.Double(), reader.Double(), reader.Double(), reader.Double(), reader.Double());
        SliceQuality quality = new(
            reader.Double(), reader.Double(), reader.Double(), reader.Int(), reader.Double(), reader.Bool());
        return new SurfaceSlice(
            expiry, years, forward, svi, quality, (SurfaceState)reader.Member((int)SurfaceState.Halted));
    }

    private static ImmutableArray<double> ReadDoubles(ref CanonicalReader reader)
    {
        ImmutableArray<double>.Builder values = ImmutableArray.CreateBuilder<double>();
        for (int left = reader.Count(8, ItemsMax); left > 0; left--)
        {
            values.Add(reader.Double());
        }

        return values.ToImmutable();
    }

    private static void Write(CanonicalWriter writer, ScenarioSet own)
    {
        writer.Write((int)own.Horizon)
            .Write(own.Layout.Underlyings, static (inner, asset) => inner.Write(asset))
            .Write(own.Layout.CollateralAssets, static (inner, asset) => inner.Write(asset))
            .Write(own.HorizonHours, static (inner, hours) => inner.Write(hours))
            .Write(own.Scenarios, static (inner, scenario) => inner
                .Write((int)scenario.Block).Write(scenario.Label).Write(scenario.Weight)
                .Write(scenario.DampeningNano).Write(scenario.IsStickyStrike))
            .Write(own.ValuesNano, static (inner, value) => inner.Write(value));
        Write(writer, own.Seed);
        Write(writer, own.SeedBefore);
        writer.Write(own.Findings, Write);
    }

    private static void Write(CanonicalWriter writer, ScenarioSeed own) => writer
        .Write(own.ProtocolId).Write(own.ParameterDigest).Write(own.Epoch)
        .Write(own.Beacon, static (inner, word) => inner.Write((int)word)).Write(own.Value);

    private static ScenarioSet? ReadSet(ref CanonicalReader reader)
    {
        MarginHorizon horizon = (MarginHorizon)reader.Member((int)MarginHorizon.Initial);
        FactorLayout layout = new(ReadAssets(ref reader), ReadAssets(ref reader));
        ImmutableArray<int>.Builder hours = ImmutableArray.CreateBuilder<int>();
        for (int left = reader.Count(4, ItemsMax); left > 0; left--) hours.Add(reader.Int());
        ImmutableArray<Scenario>.Builder scenarios = ImmutableArray.CreateBuilder<Scenario>();
        for (int left = reader.Count(21, ItemsMax); left > 0; left--)
        {
            scenarios.Add(new Scenario(
                scenarios.Count, (ScenarioBlock)reader.Member((int)ScenarioBlock.E), reader.Text(TextMax),
                reader.Int(), reader.Long(), reader.Bool()));
        }

        ImmutableArray<long>.Builder values = ImmutableArray.CreateBuilder<long>();
        for (int left = reader.Count(8, ValuesMax); left > 0; left--) values.Add(reader.Long());
        ScenarioSeed seed = ReadSeed(ref reader);
        ScenarioSeed before = ReadSeed(ref reader);
        ImmutableArray<Finding> findings = ReadFindings(ref reader);
        bool isWhole = !reader.IsBroken && scenarios.Count > 0 && values.Count == scenarios.Count * layout.Count
            && hours.Count == layout.Underlyings.Length;
        if (!isWhole)
        {
            reader.Break();
            return null;
        }

        ImmutableArray<Scenario> made = scenarios.ToImmutable();
        ImmutableArray<long> moves = values.ToImmutable();
        return new ScenarioSet(
            horizon, layout, hours.ToImmutable(), made, moves, seed,
            ScenarioEncoding.DigestOf(horizon, made, moves), findings)
        {
            SeedBefore = before,
        };
    }

    private static ScenarioSeed ReadSeed(ref CanonicalReader reader)
    {
        string protocol = reader.Text(TextMax);
        Digest parameters = reader.Digest();
        long epoch = reader.Long();
        byte[] beacon = new byte[reader.Count(4, ScenarioSeed.BeaconBytes)];
        for (int index = 0; index < beacon.Length; index++) beacon[index] = (byte)reader.Member(byte.MaxValue);
        return new ScenarioSeed(protocol, parameters, epoch, [.. beacon], reader.Digest());
    }

    private static ImmutableArray<AssetId> ReadAssets(ref CanonicalReader reader)
    {
        ImmutableArray<AssetId>.Builder assets = ImmutableArray.CreateBuilder<AssetId>();
        for (int left = reader.Count(5, ItemsMax); left > 0; left--) assets.Add(reader.Asset());
        return assets.ToImmutable();
    }
}
