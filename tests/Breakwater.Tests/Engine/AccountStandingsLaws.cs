using Breakwater.Engine;
using Breakwater.Margin;
using Breakwater.Numerics;
using FsCheck;
using FsCheck.Fluent;

namespace Breakwater.Tests.Engine;

/// <summary>The persistent table of standings against a sorted dictionary.</summary>
public sealed class AccountStandingsLaws
{
    private const int StepsMax = 900; // leaves are cut several times
    private static readonly Arbitrary<int> Seeds = Gen.Choose(0, int.MaxValue).ToArbitrary();

    [Fact]
    public void Every_version_keeps_what_it_held_and_names_stand_in_order() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        SortedDictionary<string, AccountStanding> model = new(StringComparer.Ordinal);
        (AccountStandings standings, AccountStandings kept) = (AccountStandings.Empty, AccountStandings.Empty);
        KeyValuePair<string, AccountStanding>[] keptModel = [];
        int steps = random.Next(1, StepsMax);
        int keptAt = random.Next(steps);
        for (int step = 0; step < steps; step++)
        {
            if (step == keptAt) (kept, keptModel) = (standings, [.. model]);
            (string name, AccountStanding own) = ($"{random.Next(400)}", Standing(step));
            standings = standings.With(name, own);
            model[name] = own;
        }

        AssertSame(model, standings);
        AssertSame(keptModel, kept);
        AssertSame(model, AccountStandings.Of(model));
        Assert.Null(standings.Find("nobody"));
        Assert.All(standings.Leaves, static leaf => Assert.InRange(
            leaf.Names.Length, 1, (2 * AccountStandings.LeafNames) - 1));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Names_that_have_no_standing_get_a_new_one_and_nothing_else_changes() => Prop.ForAll(Seeds, seed =>
    {
        Random random = new(seed);
        SortedDictionary<string, AccountStanding> model = new(StringComparer.Ordinal);
        int count = random.Next(300);
        for (int step = 0; step < count; step++) model[$"{random.Next(400)}"] = Standing(step);
        AccountStandings before = AccountStandings.Of(model);
        SortedSet<string> names = new(model.Keys.Where(_ => random.Next(3) > 0), StringComparer.Ordinal);
        Assert.Same(before, before.Covering([.. names]));
        int more = random.Next(1, 200);
        for (int step = 0; step < more; step++) names.Add($"{random.Next(400, 800)}");
        foreach (string name in names) model.TryAdd(name, AccountStanding.New);
        AssertSame(model, before.Covering([.. names]));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Nobody_stands_anywhere_before_the_first_margin()
    {
        Assert.Empty(AccountStandings.Empty);
        Assert.Null(AccountStandings.Empty.Find("anybody"));
        Assert.Same(AccountStandings.Empty, AccountStandings.Empty.Covering([]));
    }

    private static AccountStanding Standing(int number) => AccountStanding.New with
    {
        Computed = AccountStanding.New.Computed with { Equity = Money.FromMicroDollars(number) },
        Stage = (MarginStage)(number % 3),
    };

    private static void AssertSame(
        IReadOnlyCollection<KeyValuePair<string, AccountStanding>> model, AccountStandings standings)
    {
        Assert.Equal(model.Count, standings.Count);
        Assert.Equal(model, standings);
        Assert.Equal(model.Select(static own => own.Key), standings.Keys);
        Assert.Equal(model.Select(static own => own.Value), standings.Values);
        Assert.All(model, own => Assert.Same(own.Value, standings.Find(own.Key)));
    }
}
