using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>Canonical bytes of a ledger: there and back, and nothing else is taken for one.</summary>
public sealed class LedgerEncodingLaws
{
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void A_ledger_comes_back_from_its_bytes_and_lives_on_as_it_would_have() => Prop.ForAll(Seeds, seed =>
    {
        LedgerHistory history = new(new Random(seed));
        Ledger ledger = After(Opened(), history, 120);
        Result<Ledger> read = LedgerDecoding.Read(LedgerEncoding.Encode(ledger).Bytes);
        Assert.True(read.IsAccepted, string.Join(',', read.Failures));
        Assert.Equal(LedgerEncoding.DigestOf(ledger), LedgerEncoding.DigestOf(read.Value));
        LedgerTransition[] later = [.. Enumerable.Range(0, 60).Select(_ => history.Next(ledger))];
        Assert.Equal(
            LedgerEncoding.DigestOf(After(ledger, later)), LedgerEncoding.DigestOf(After(read.Value, later)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Spoilt_bytes_are_refused_and_never_thrown_at() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        byte[] bytes = LedgerEncoding.Encode(After(Opened(), new LedgerHistory(random), 60)).Bytes.ToArray();
        for (int spoilt = 0; spoilt < 20; spoilt++)
        {
            byte[] copy = [.. bytes];
            int place = random.Next(copy.Length);
            copy[place] ^= (byte)(1 << random.Next(8));
            Result<Ledger> read = LedgerDecoding.Read(copy);

            // A flip in a name, a time or a statistic makes another sound ledger; what is accepted has those bytes.
            Assert.True(!read.IsAccepted || LedgerEncoding.Encode(read.Value).Bytes.SequenceEqual(copy));
        }

        Assert.False(LedgerDecoding.Read(bytes.AsSpan(0, random.Next(bytes.Length))).IsAccepted);
        Assert.False(LedgerDecoding.Read([.. bytes, 0]).IsAccepted);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_unit_from_nowhere_is_found_by_the_audit() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        Ledger ledger = After(Opened(), new LedgerHistory(random), 80);
        Assert.Null(LedgerAudit.Check(ledger));
        AccountCash[] lines = [.. ledger.Accounts.Values.SelectMany(own => own.Cash).Where(own => own.Tokens > 0)];
        if (lines.Length == 0)
        {
            return;
        }

        AccountCash line = lines[random.Next(lines.Length)];
        LedgerAccount account = ledger.Accounts.Values.First(own => own.Cash.Contains(line));
        Ledger richer = ledger with
        {
            Accounts = ledger.Accounts.With(account.With(line with { Tokens = line.Tokens + 1 })),
        };
        Assert.Equal(FailureReason.Inconsistent, LedgerAudit.Check(richer)!.Reason);
        Assert.False(LedgerDecoding.Read(LedgerEncoding.Encode(richer).Bytes).IsAccepted);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_of_openings_does_not_show_in_the_bytes()
    {
        Timestamp at = LedgerDesk.Start;
        LedgerTransition[] openings =
            [.. ((string[])["b", "a", "c"]).Select(name => new LedgerTransition.AccountOpening(at, name, "ann"))];
        Assert.Equal(
            LedgerEncoding.DigestOf(After(Ledger.Empty, openings)),
            LedgerEncoding.DigestOf(After(Ledger.Empty, [.. openings.Reverse()])));
    }

    private static Ledger Opened() => After(Ledger.Empty, [.. LedgerHistory.Openings]);

    private static Ledger After(Ledger ledger, LedgerHistory history, int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            ledger = After(ledger, [history.Next(ledger)]);
        }

        return ledger;
    }

    private static Ledger After(Ledger ledger, LedgerTransition[] transitions)
    {
        foreach (LedgerTransition transition in transitions)
        {
            Result<Ledger> result = LedgerPosting.Apply(ledger, transition);
            ledger = result.IsAccepted ? result.Value : ledger;
        }

        return ledger;
    }
}
