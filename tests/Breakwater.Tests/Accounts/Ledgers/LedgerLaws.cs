using System.Globalization;
using System.Numerics;
using Breakwater.Accounts.Ledgers;
using Breakwater.Instruments;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Accounts.Ledgers;

/// <summary>L1, L2, L3 and L9 over random histories, after every transition, against <see cref="LedgerModel"/>.
/// </summary>
/// <remarks>More histories: <c>BREAKWATER_LEDGER_HISTORIES=10000</c>.</remarks>
public sealed class LedgerLaws
{
    private const int Steps = 400;

    private static readonly int Histories = int.Parse(
        Environment.GetEnvironmentVariable("BREAKWATER_LEDGER_HISTORIES") ?? "40", CultureInfo.InvariantCulture);

    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void A_ledger_is_the_obvious_one_and_refuses_what_it_must() => ForEach((step, model, _) =>
    {
        foreach (string account in model.Accounts)
        {
            LedgerAccount own = step.After.Find(account)!;
            Assert.Equal(model.OwnerOf(account), own.Owner);
            Assert.Equal(
                model.Holdings.Where(line => line.Key.Account == account && !line.Value.Lots.IsZero)
                    .OrderBy(line => line.Key.Instrument, StringComparer.Ordinal)
                    .Select(line => (line.Key.Instrument, line.Value.Lots, line.Value.Cost)),
                own.Holdings.Select(line => (line.Instrument.Name, (BigInteger)line.Lots, (BigInteger)line.CostUnits)));
            foreach (string asset in model.Assets)
            {
                AccountCash line = own.CashOf(AssetId.Of(asset));
                (string, string) key = (account, asset);
                Assert.Equal(LedgerModel.Get(model.Claims, key), line.Claim);
                Assert.Equal(LedgerModel.Get(model.Realised, key), line.Realised);
                Assert.Equal(LedgerModel.Get(model.Funding, key), line.Funding);
                Assert.Equal(LedgerModel.Get(model.FeesPaid, key), line.Fees);
            }
        }

        foreach (((string account, string asset, Place place), BigInteger units) in model.Tokens)
        {
            Assert.Equal(units, step.After.Find(account)!.TokensAt(AssetId.Of(asset), place));
        }
    });

    [Fact]
    public void INV_L1_Every_token_held_is_somebodys_to_the_last_unit() => ForEach((step, model, _) =>
    {
        foreach (AssetBook book in step.After.Assets.Values)
        {
            string asset = book.Asset.Name;
            LedgerAccount[] accounts = [.. step.After.Accounts.Values];
            AccountCash[] lines = [.. accounts.Select(account => account.CashOf(book.Asset))];

            // Accounts with their claims, what the protocol has, less what is open or lost: L1 of RELIABILITY.
            BigInteger owned = Sum(lines.Select(line => line.Balance));
            BigInteger house = (BigInteger)book.Fees.Tokens + book.Fees.Claim + book.Insurance.Tokens
                + book.Insurance.Claim + book.Residue.Tokens + book.Residue.Claim;
            Assert.Equal(owned + house - book.OpenCost - book.BadDebt, book.HeldAt(Place.Home));
            Assert.Equal(
                Sum(accounts.SelectMany(account => account.Holdings)
                    .Where(holding => holding.Instrument is not VanillaOption
                        && LedgerModel.AssetOf(holding.Instrument) == asset)
                    .Select(holding => holding.CostUnits)),
                book.OpenCost);

            // Tokens alone, place by place, against what came in and went out.
            foreach (CustodyPool pool in book.Pools)
            {
                BigInteger tokens = Sum(accounts.Select(account => account.TokensAt(book.Asset, pool.Place)));
                BigInteger apart = pool.Place.IsHome
                    ? (BigInteger)book.RealisedLosses + book.Fees.Tokens + book.Insurance.Tokens + book.Residue.Tokens
                    : 0;
                Assert.Equal(LedgerModel.Get(model.Held, (asset, pool.Place)), pool.HeldUnits);
                Assert.Equal(pool.HeldUnits, tokens + apart);
            }

            Assert.Equal(LedgerModel.Get(model.Residue, asset), book.Residue.Tokens + book.Residue.Claim);
            Assert.Equal(LedgerModel.Get(model.Fees, asset), book.Fees.Tokens + book.Fees.Claim);
            Assert.Equal(LedgerModel.Get(model.Insurance, asset), book.Insurance.Tokens + book.Insurance.Claim);
            Assert.Equal(LedgerModel.Get(model.BadDebt, asset), book.BadDebt);
        }
    });

    [Fact]
    public void INV_L2_Longs_equal_shorts_and_settlement_sums_to_what_roundings_leave() => ForEach((step, model, _) =>
    {
        foreach (IGrouping<string, Holding> held in step.After.Accounts.Values
            .SelectMany(account => account.Holdings).GroupBy(holding => holding.Instrument.Name))
        {
            Assert.True(Sum(held.Select(holding => holding.Lots)).IsZero);
            Assert.Equal(
                Sum(held.Where(holding => holding.Lots > 0).Select(holding => holding.Lots)),
                step.After.Instruments[held.Key].LongLots);
            Assert.Equal(
                Sum(held.Where(holding => holding.Lots < 0).Select(holding => -holding.Lots)),
                step.After.Instruments[held.Key].ShortLots);
        }

        Assert.Equal(model.Listed.Order(StringComparer.Ordinal), step.After.Instruments.Keys);
        if (step.Transition is not LedgerTransition.Settlement)
        {
            return;
        }

        foreach (AssetBook book in step.After.Assets.Values)
        {
            AssetBook before = step.Before.Find(book.Asset)!;
            int closed = step.Before.Accounts.Values.Sum(account => account.Holdings.Length)
                - step.After.Accounts.Values.Sum(account => account.Holdings.Length);
            Int128 paid = before.AccountTokens + before.AccountClaims - book.AccountTokens - book.AccountClaims;
            Int128 residue = book.Residue.Claim - before.Residue.Claim;
            Assert.Equal(paid, residue - (book.OpenCost - before.OpenCost));
            Assert.InRange(residue, Int128.Zero, closed);
        }
    });

    [Fact]
    public void INV_L3_Only_who_is_named_or_holds_what_settles_is_lowered() => ForEach((step, model, _) =>
    {
        foreach (LedgerAccount before in step.Before.Accounts.Values)
        {
            LedgerAccount after = step.After.Find(before.Id)!;
            if (!IsLowered(before, after))
            {
                continue;
            }

            bool mayBe = step.Transition switch
            {
                LedgerTransition.Withdrawal own => own.Account == before.Id && own.By == before.Owner,
                LedgerTransition.Transfer own => own.From == before.Id && own.By == before.Owner,
                LedgerTransition.Fill own => IsNamed(own.Buyer, before) || IsNamed(own.Seller, before),
                LedgerTransition.Fee own => own.Account == before.Id && IsWord(own.By, before),
                LedgerTransition.FundingPayment own => before.HoldingOf(own.Perpetual) is not null,
                LedgerTransition.Settlement own => before.Holdings.Any(holding =>
                    holding.Instrument.Underlying == own.Underlying
                    && ContractTerms.ExpiryOf(holding.Instrument) == own.Expiry),
                LedgerTransition.LossRealisation own => own.Account == before.Id,
                LedgerTransition.LossAllocation own => own.Account == before.Id,
                _ => false,
            };
            Assert.True(mayBe, $"{step.Transition} lowered {before.Id}");
        }
    });

    [Fact]
    public void INV_L9_Gains_leave_only_as_far_as_losers_and_insurance_have_paid() => ForEach((step, model, seen) =>
    {
        foreach (AssetBook book in step.After.Assets.Values)
        {
            Assert.True(book.RealisedLosses >= 0);
            string asset = book.Asset.Name;

            // Over the whole past of an owner: what he took out of home he had brought there, or others had paid in.
            BigInteger tokens =
                Sum(step.After.Accounts.Values.Select(account => account.TokensAt(book.Asset, Place.Home)));
            BigInteger paidIn = tokens + book.RealisedLosses + book.Fees.Tokens + book.Insurance.Tokens
                + seen.Out(asset);
            Assert.Equal(seen.In(asset), paidIn);
        }

        foreach (LedgerAccount account in step.After.Accounts.Values)
        {
            foreach (AccountCash line in account.Cash)
            {
                // Nobody's own tokens are touched by another's gain: only a transition that lowers him lowers them.
                LedgerAccount? before = step.Before.Find(account.Id);
                Int128 ownBefore = before?.CashOf(line.Asset).Tokens ?? 0;
                bool isFall = line.Tokens < ownBefore;
                Assert.True(!isFall || IsLowered(before!, account) || step.Transition is LedgerTransition.Transfer);
                Int128 most = step.After.Withdrawable(account.Id, line.Asset, Place.Home);
                Assert.True(most - line.Tokens <= step.After.Find(line.Asset)!.RealisedLosses);
                AssertLimit(step.After, account, line.Asset, most);
            }
        }
    });

    // What is withdrawable goes out, one unit more does not.
    private static void AssertLimit(Ledger ledger, LedgerAccount account, AssetId asset, Int128 most)
    {
        LedgerTransition.Withdrawal all = new(
            ledger.At, account.Id, account.Owner, asset, Place.Home, most);
        Assert.Equal(most > 0 && most <= LedgerLimits.UnitsMax, LedgerPosting.Apply(ledger, all).IsAccepted);
        Assert.False(LedgerPosting.Apply(ledger, all with { Units = most + 1 }).IsAccepted);
    }

    private static bool IsNamed(FillSide side, LedgerAccount account) =>
        side.Account == account.Id && IsWord(side.By, account);

    private static bool IsWord(Mandate by, LedgerAccount account) => by is not Mandate.Party party
        || party.Name == account.Owner || account.Delegates.Contains(party.Name);

    // Less of anything: a balance, or different holdings.
    private static bool IsLowered(LedgerAccount before, LedgerAccount after) =>
        before.Cash.Any(line => after.CashOf(line.Asset).Balance < line.Balance)
        || after.Cash.Any(line => line.Balance < before.CashOf(line.Asset).Balance)
        || before.Elsewhere.Any(line =>
            after.TokensAt(line.Asset, new Place(line.Chain, line.Bridge)) < line.Units)
        || !before.Holdings.SequenceEqual(after.Holdings);

    private static BigInteger Sum(IEnumerable<Int128> values) =>
        values.Aggregate(BigInteger.Zero, static (sum, value) => sum + value);

    private static void ForEach(Action<Step, LedgerModel, Passages> law) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(Histories), Prop.ForAll(Seeds, seed =>
        {
            LedgerHistory history = new(new Random(seed));
            LedgerModel model = new();
            Passages seen = new();
            Ledger ledger = Ledger.Empty;
            for (int index = 0; index < Steps; index++)
            {
                LedgerTransition transition = index < LedgerHistory.Openings.Length
                    ? LedgerHistory.Openings[index]
                    : history.Next(ledger);
                FailureReason[] reasons = [.. model.Reasons(transition)];
                Result<Ledger> result = LedgerPosting.Apply(ledger, transition);
                Assert.True(
                    result.IsAccepted == (reasons.Length == 0),
                    $"step {index}: {transition}: {string.Join(',', reasons)} and {string.Join(',', result.Failures)}");
                if (!result.IsAccepted)
                {
                    Assert.Contains(result.Failures[0].Reason, reasons);
                    continue;
                }

                model.Apply(transition);
                seen.See(transition);
                law(new Step(ledger, transition, result.Value), model, seen);
                ledger = result.Value;
            }
        }));

    private sealed record Step(Ledger Before, LedgerTransition Transition, Ledger After);

    /// <summary>Tokens that came to the home chain and left it, from the transitions alone.</summary>
    private sealed class Passages
    {
        private readonly Dictionary<string, BigInteger> _in = [];
        private readonly Dictionary<string, BigInteger> _out = [];

        public BigInteger In(string asset) => LedgerModel.Get(_in, asset);

        public BigInteger Out(string asset) => LedgerModel.Get(_out, asset);

        public void See(LedgerTransition transition)
        {
            switch (transition)
            {
                case LedgerTransition.Deposit { Place.IsHome: true } own:
                    LedgerModel.Add(_in, own.Asset.Name, own.Units);
                    break;
                case LedgerTransition.Withdrawal { Place.IsHome: true } own:
                    LedgerModel.Add(_out, own.Asset.Name, own.Units);
                    break;
                case LedgerTransition.InsuranceContribution { Source: InsuranceSource.Outside } own:
                    LedgerModel.Add(_in, own.Asset.Name, own.Units);
                    break;
            }
        }
    }
}
