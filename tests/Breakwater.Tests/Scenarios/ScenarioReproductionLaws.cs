using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Breakwater.Instruments;
using Breakwater.Scenarios;
using Breakwater.Tests.Laws;

namespace Breakwater.Tests.Scenarios;

/// <summary>Seed and digest can be recomputed by anybody, and change with everything they stand for (METHODOLOGY 3.7).
/// </summary>
public sealed partial class ScenarioReproductionLaws
{
    private static readonly Digest Parameters = Digest.Of("example"u8);

    [Fact]
    public void The_seed_of_the_documented_example_is_recomputed_from_its_public_values()
    {
        string[] values = [.. Value().Matches(Document()).Select(match => match.Groups["value"].Value)];
        Assert.Equal(6, values.Length);
        byte[] bytes =
        [
            .. Encoding.UTF8.GetBytes(values[0]), .. Convert.FromHexString(values[1]),
            .. BitConverter.GetBytes(long.Parse(values[2], CultureInfo.InvariantCulture)),
            .. Convert.FromHexString(values[3]),
        ];
        byte[] hash = SHA256.HashData(bytes);

        Assert.Equal(values[4], Convert.ToHexStringLower(hash));
        ulong key = BinaryPrimitives.ReadUInt64LittleEndian(hash);
        Assert.Equal(values[5], key.ToString("x16", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_code_makes_the_seed_of_the_documented_example()
    {
        string[] values = [.. Value().Matches(Document()).Select(match => match.Groups["value"].Value)];
        ScenarioSeed seed = ScenarioSeed.From(
            values[0], Parameters, Timestamp.Parse("2026-02-05T09:36:47Z"), ScenarioSeed.NoBeacon);

        Assert.Equal("0x" + values[1], seed.ParameterDigest.ToString());
        Assert.Equal(values[2], seed.Epoch.ToString(CultureInfo.InvariantCulture));
        Assert.Equal("0x" + values[4], seed.Value.ToString());
        Assert.Equal(values[5], seed.PhiloxKey.ToString("x16", CultureInfo.InvariantCulture));
        Assert.True(seed.IsBeaconMissing);
    }

    [Fact]
    public void Every_public_value_changes_the_seed_and_the_hour_of_the_day_does_not()
    {
        Timestamp noon = Timestamp.Parse("2026-02-05T12:00:00Z");
        Timestamp night = Timestamp.Parse("2026-02-05T23:59:59Z");
        Timestamp next = Timestamp.Parse("2026-02-06T00:00:00Z");
        ScenarioSeed seed = ScenarioSeed.From("breakwater", Parameters, noon, ScenarioSeed.NoBeacon);
        Digest[] others =
        [
            ScenarioSeed.From("Breakwater", Parameters, noon, ScenarioSeed.NoBeacon).Value,
            ScenarioSeed.From("breakwater", Digest.Of("other"u8), noon, ScenarioSeed.NoBeacon).Value,
            ScenarioSeed.From("breakwater", Parameters, next, ScenarioSeed.NoBeacon).Value,
            ScenarioSeed.From("breakwater", Parameters, noon, SimulatedPast.Beacon(1)).Value,
            seed.Value,
        ];

        Assert.Equal(others.Length, others.Distinct().Count());
        Assert.Equal(
            seed.Value,
            ScenarioSeed.From("breakwater", Parameters, night, ScenarioSeed.NoBeacon).Value);
        Assert.Throws<ArgumentException>(() => ScenarioSeed.From("breakwater", Parameters, noon, [1, 2]));
    }

    [Fact]
    public void The_digest_is_that_of_the_documented_bytes()
    {
        ScenarioSet set = SimulatedPast.Sets.Initial;
        List<long> numbers = [1, set.Count, set.Layout.Count];
        foreach (Scenario scenario in set.Scenarios)
        {
            numbers.AddRange(
                ["ABCDE".IndexOf(scenario.Block.ToString()[0], StringComparison.Ordinal),
                    scenario.IsStickyStrike ? 1 : 0, scenario.Weight, scenario.DampeningNano]);
            numbers.AddRange(set.Row(scenario.Id));
        }

        byte[] bytes = [.. numbers.SelectMany(BitConverter.GetBytes)];
        Assert.Equal("0x" + Convert.ToHexStringLower(SHA256.HashData(bytes)), set.Digest.ToString());
    }

    [Fact]
    public void Every_integer_of_a_set_changes_its_digest()
    {
        Scenario plain = new(0, ScenarioBlock.A, "a", 1, 5, false);
        ImmutableArray<long> values = [1, 2, 3];
        Digest[] digests =
        [
            ScenarioEncoding.DigestOf(MarginHorizon.Maintenance, [plain], values),
            ScenarioEncoding.DigestOf(MarginHorizon.Initial, [plain], values),
            ScenarioEncoding.DigestOf(MarginHorizon.Maintenance, [plain with { Block = ScenarioBlock.B }], values),
            ScenarioEncoding.DigestOf(MarginHorizon.Maintenance, [plain with { Weight = 2 }], values),
            ScenarioEncoding.DigestOf(MarginHorizon.Maintenance, [plain with { DampeningNano = 6 }], values),
            ScenarioEncoding.DigestOf(MarginHorizon.Maintenance, [plain with { IsStickyStrike = true }], values),
            ScenarioEncoding.DigestOf(MarginHorizon.Maintenance, [plain], [1, 2, 4]),
            ScenarioEncoding.DigestOf(MarginHorizon.Maintenance, [plain], [1, 2]),
            ScenarioEncoding.DigestOf(MarginHorizon.Maintenance, [plain, plain, plain], values),
        ];
        Assert.Equal(digests.Length, digests.Distinct().Count());
    }

    [Fact]
    public void The_order_of_the_underlyings_changes_no_bit()
    {
        ScenarioSets one = SimulatedPast.OfMarket(1, "BTC", "ETH");
        ScenarioSets other = SimulatedPast.OfMarket(1, "ETH", "BTC");

        Assert.Equal(one.Maintenance.Digest, other.Maintenance.Digest);
        Assert.Equal(one.Initial.Digest, other.Initial.Digest);
        Assert.Equal(one.Initial.Underlyings, other.Initial.Underlyings);
        Assert.Equal(one.Initial.Findings, other.Initial.Findings);
    }

    [Fact]
    public void The_beacon_changes_block_B_and_nothing_else()
    {
        ScenarioSet one = SimulatedPast.Sets.Initial;
        ScenarioSet other = ScenarioDesign.Build(SimulatedPast.Inputs(beacon: 1)).Initial;
        Assert.NotEqual(one.Digest, other.Digest);
        foreach (Scenario scenario in one.Scenarios)
        {
            Assert.Equal(
                scenario.Block != ScenarioBlock.B, one.Row(scenario.Id).SequenceEqual(other.Row(scenario.Id)));
        }
    }

    private static string Document() =>
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "methodology", "scenario-seed.md"));

    [GeneratedRegex(
        @"^\| example [^|]+ \| `(?:0x)?(?<value>[^`]+)` \|",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Value();
}
