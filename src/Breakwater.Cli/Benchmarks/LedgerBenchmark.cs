using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using Breakwater.Numerics;

namespace Breakwater.Cli.Benchmarks;

/// <summary>Transitions of the ledger one after the other: nine trades to a deposit, each account in 22
/// instruments.</summary>
/// <remarks>Expected cost: a trade copies two accounts of 22 holdings, two tree paths of five arrays, a page of an
/// asset and one of an instrument, 3 kB in all, 3 µs while the accounts fit the caches.</remarks>
internal static class LedgerBenchmark
{
    private const int TransitionCount = 50_000;
    private const int GroupCount = 10;
    private const int StrikesOfGroup = 10;
    private const int Seed = 1;
    private static readonly int[] Sizes = [200, 1_000, 100_000];
    private static readonly Timestamp At = Timestamp.Parse("2026-03-26T06:00:00Z");
    private static readonly Mandate Owner = new Mandate.Party("owner");

    private static readonly Instrument[] Perpetuals =
        [InstrumentName.Parse("BTC_USDC-PERPETUAL"), InstrumentName.Parse("BTC-PERPETUAL")];

    /// <summary>The entry.</summary>
    public static BenchmarkEntry Entry { get; } = new(
        "ledger", "50,000 trades and deposits on the ledger, one after the other", Run);

    private static IEnumerable<BenchmarkResult> Run(BenchmarkSetting setting)
    {
        foreach (int size in Sizes)
        {
            Random random = new(Seed);
            Instrument[][] traded = [.. Enumerable.Range(0, GroupCount).Select(OptionsOf)];
            Ledger opened = Opened(size, traded);
            LedgerTransition[] drawn =
                [.. Enumerable.Range(0, TransitionCount).Select(_ => Draw(random, size, traded))];

            // A first pass opens the positions; the rounds trade on in them.
            Ledger open = Applied(opened, drawn);
            Ledger last = open;
            RoundTime time = RoundTime.Median(setting.Rounds, () => last = Applied(open, drawn));
            AssetBook book = last.Find(AssetId.Numeraire)!;
            yield return BenchmarkResult.Of(
                "ledger", $"{size} subaccounts", 1, time, TransitionCount / 1e3, "k transitions/s",
                Checksum.Of("feesUsd", (double)book.Fees.Claim / Money.MicroDollarsPerDollar, 6),
                Checksum.Of("claimsUsd", (double)book.AccountClaims / Money.MicroDollarsPerDollar, 6),
                Checksum.Of("openCostUsd", (double)book.OpenCost / Money.MicroDollarsPerDollar, 6)) with
            {
                Figures = [("transitionMicroseconds", time.CpuSeconds * 1e6 / TransitionCount)],
            };
        }
    }

    private static Ledger Applied(Ledger ledger, LedgerTransition[] transitions)
    {
        foreach (LedgerTransition transition in transitions)
        {
            ledger = LedgerPosting.Apply(ledger, transition).Value;
        }

        return ledger;
    }

    private static Ledger Opened(int size, Instrument[][] traded) => Applied(
        Ledger.Empty,
        [
            new LedgerTransition.AssetAdmission(At, AssetId.Of("BTC"), 8),
            .. traded.SelectMany(own => own).Concat(Perpetuals).Select(own => new LedgerTransition.InstrumentListing(
                At, own, own == Perpetuals[1] ? 10m : 0.0001m)),
            .. Enumerable.Range(0, size).Select(own => new LedgerTransition.AccountOpening(At, NameOf(own), "owner")),
            .. Enumerable.Range(0, size).Select(own => new LedgerTransition.Deposit(
                At, NameOf(own), AssetId.Numeraire, Place.Home, 1_000_000_000_000)),
        ]);

    // Accounts of a group trade with each other, in the options of the group and in the perpetuals.
    private static LedgerTransition Draw(Random random, int size, Instrument[][] traded)
    {
        int group = random.Next(GroupCount);
        int members = size / GroupCount;
        int buyer = random.Next(members);
        int seller = (buyer + 1 + random.Next(members - 1)) % members;
        if (random.Next(10) == 0)
        {
            return new LedgerTransition.Deposit(
                At, NameOf((buyer * GroupCount) + group), AssetId.Numeraire, Place.Home, 1_000_000);
        }

        bool isOption = random.Next(3) > 0;
        Instrument instrument = isOption
            ? traded[group][random.Next(traded[group].Length)]
            : Perpetuals[random.Next(Perpetuals.Length)];
        return new LedgerTransition.Fill(
            At, instrument, random.Next(1, 100), (isOption ? 1_000.5m : 90_000.5m) + random.Next(1_000),
            new FillSide(NameOf((buyer * GroupCount) + group), Owner, 50),
            new FillSide(NameOf((seller * GroupCount) + group), Owner, 20));
    }

    private static Instrument[] OptionsOf(int group) =>
    [
        .. Enumerable.Range(group * StrikesOfGroup, StrikesOfGroup).SelectMany(strike =>
            Enum.GetValues<OptionRight>().Select(right => new VanillaOption(
                AssetId.Of("BTC"), Settlement.Linear, Timestamp.Parse("2026-03-27T08:00:00Z"),
                50_000m + (strike * 1_000m), right))),
    ];

    private static string NameOf(int account) => $"desk-{account:D6}";
}
